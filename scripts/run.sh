#!/usr/bin/env bash
# Builds the pages of the admin and Alfa, and starts it in the current folder, where its data stays. PROFILE=release takes the optimised build.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
need_build_tools

profile=${PROFILE:-dev}
[ "$profile" = dev ] && folder=debug || folder=$profile
binary=$target/$folder/alfa
[ -x "$binary" ] || say "First build: some minutes. The next start takes seconds."
"$root/scripts/web.sh" || say "The pages of the admin could not be built (see above): Alfa starts without them."
cargo build --locked --manifest-path "$root/Cargo.toml" --profile "$profile" --bin alfa
exec "$binary" serve
