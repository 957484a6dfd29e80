#!/usr/bin/env bash
# The optimised binary.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
need_build_tools
cargo build --locked --manifest-path "$root/Cargo.toml" --release --bin alfa
say "$target/release/alfa"
