#!/usr/bin/env bash
# The quick checks: format, lints, unit tests.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/steps.sh"
cd "$root"
need_build_tools
need_rust_components
step "format" cargo fmt --all --check
step "lints" cargo clippy --locked --workspace --all-targets -- -D warnings
step "unit tests" cargo test --locked --workspace --lib --bins
summary
