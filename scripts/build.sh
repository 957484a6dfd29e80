#!/usr/bin/env bash
# The optimised binary, with the pages of the admin in it.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
need_build_tools
"$root/scripts/web.sh"
cargo build --locked --manifest-path "$root/Cargo.toml" --release --bin alfa
say "$target/release/alfa"
