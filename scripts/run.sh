#!/usr/bin/env bash
# Builds Alfa and starts it in the current folder, where its data stays. PROFILE=release takes the optimised build.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
need_build_tools

profile=${PROFILE:-dev}
[ "$profile" = dev ] && folder=debug || folder=$profile
binary=$target/$folder/alfa
[ -x "$binary" ] || say "First build: some minutes. The next start takes seconds."
cargo build --locked --manifest-path "$root/Cargo.toml" --profile "$profile" --bin alfa
exec "$binary" serve
