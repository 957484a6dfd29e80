#!/usr/bin/env bash
# Schemathesis on /openapi.json: bad input never ends in a 5xx, and answers fit their schemas.
# The seed is fixed so that a failure comes again; SCHEMATHESIS_SEED takes another.
# SCHEMATHESIS_OPTIONS adds to its command line.
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
# Something to find under the first ids.
api=http://127.0.0.1:$port/api
post() { curl -sSf -o /dev/null -H "Content-Type: application/json" "$@"; }
curl -sSf -o /dev/null -F "file=@$root/contacts.csv" "$api/contacts/upload"
post -d '{"name": "First", "product_id": 3, "contact_ids": [1, 2]}' "$api/campaigns/create"
post -d '{"name": "Second", "contact_ids": [1, 2], "approval": "manual"}' "$api/campaigns/create"
post -d '{"batch_size": 10, "delay_between_messages": 3}' "$api/campaigns/1/initiate-dialogs"
status=0
for config in schemathesis-rows schemathesis; do
    # shellcheck disable=SC2086 # several options
    "$schemathesis" --config-file "$root/scripts/$config.toml" run ${SCHEMATHESIS_OPTIONS:-} \
        --seed "${SCHEMATHESIS_SEED:-1}" "http://127.0.0.1:$port/openapi.json" || status=1
done
kill -0 "$alfa_pid" 2>/dev/null || { tail -50 "$place/stdout.log"; fail "the server ended during the run"; }
if grep -aE '"level":"ERROR"|ERROR|panicked' "$place/stdout.log" | head -20 | grep -q .; then
    grep -aE 'ERROR|panicked' "$place/stdout.log" | head -20
    fail "the server's log has errors"
fi
exit $status
