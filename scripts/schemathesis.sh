#!/usr/bin/env bash
# Schemathesis on /openapi.json: bad input never ends in a 5xx, and answers fit their schemas.
# The seed is fixed so that a failure comes again; SCHEMATHESIS_SEED takes another.
# Usage: schemathesis.sh ALFA SCHEMATHESIS
set -euo pipefail
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/server.sh"
binary=$(realpath "$1") schemathesis=$(realpath -s "$2")
new_folder schemathesis
place=$folder
port=$(free_port)
start_alfa "$binary" "$place" "$port" LOG_LEVEL=warn
cd "$place"
status=0
"$schemathesis" --config-file "$root/scripts/schemathesis.toml" run \
    --seed "${SCHEMATHESIS_SEED:-1}" "http://127.0.0.1:$port/openapi.json" || status=$?
kill -0 "$alfa_pid" 2>/dev/null || { tail -50 "$place/stdout.log"; fail "the server ended during the run"; }
if grep -aE '"level":"ERROR"|ERROR|panicked' "$place/stdout.log" | head -20 | grep -q .; then
    grep -aE 'ERROR|panicked' "$place/stdout.log" | head -20
    fail "the server's log has errors"
fi
exit $status
