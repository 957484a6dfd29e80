#!/usr/bin/env bash
# Schemathesis on /openapi.json: bad input never ends in a 5xx, and answers fit their schemas.
# Usage: schemathesis.sh ALFA SCHEMATHESIS
set -euo pipefail
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/server.sh"
binary=$1 schemathesis=$2
new_folder schemathesis
place=$folder
port=$(free_port)
start_alfa "$binary" "$place" "$port" LOG_LEVEL=warn
cd "$place"
status=0
"$schemathesis" --config-file "$root/scripts/schemathesis.toml" run \
    "http://127.0.0.1:$port/openapi.json" || status=$?
kill -0 "$alfa_pid" 2>/dev/null || { tail -50 "$place/stdout.log"; fail "the server ended during the run"; }
if grep -aE '"level":"ERROR"|ERROR|panicked' "$place/stdout.log" | head -20 | grep -q .; then
    grep -aE 'ERROR|panicked' "$place/stdout.log" | head -20
    fail "the server's log has errors"
fi
exit $status
