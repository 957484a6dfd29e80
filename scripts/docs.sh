#!/usr/bin/env bash
# The documentation of the code.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
need_build_tools
cargo doc --locked --manifest-path "$root/Cargo.toml" --workspace --no-deps
say "$target/doc/alfa/index.html"
