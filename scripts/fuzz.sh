#!/usr/bin/env bash
# Random and hostile input for the check of what may leave, uploads, providers' answers and streams of events, and the
# masking of identifiers: the property tests of `make test`, with FUZZ_CASES inputs for each (256 in `make test`). What
# breaks one is written beside its test and tried first from then on.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$root"
need_build_tools
export PROPTEST_CASES="${FUZZ_CASES:-20000}" PROPTEST_MAX_GLOBAL_REJECTS=1000000
say "$PROPTEST_CASES inputs for each property"
cargo test --locked -p alfa --lib hostile
cargo test --locked -p alfa-llm --lib -- hostile survived masking identity
