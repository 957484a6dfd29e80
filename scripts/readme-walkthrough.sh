#!/usr/bin/env bash
# Runs the curl commands of README.md word for word against a fresh `alfa serve` in an empty folder, then asks
# whether the people of contacts.csv were written to, one answered and the statistics agree with the simulator's.
# Usage: readme-walkthrough.sh [BINARY] [postgres]: with `postgres` on a private PostgreSQL instead of SQLite.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/server.sh"
binary=$(realpath "${1:-$target/debug/alfa}")
[ -x "$binary" ] || fail "$binary is not there: build it first (make run does)"

new_folder walkthrough
place=$folder
cp "$root/contacts.csv" "$place/"
# The commands between the two marks, as they stand.
awk '/<!-- walkthrough:end -->/ { on = 0 } /^```$/ { code = 0 } on && code; /^```bash$/ { code = 1 } /<!-- walkthrough:begin -->/ { on = 1 }' \
    "$root/README.md" >"$place/commands.sh"
[ "$(grep -c '^curl ' "$place/commands.sh")" -ge 5 ] || fail "README.md does not hold the five commands between its marks"

port=8000
if curl -s -o /dev/null "http://127.0.0.1:$port/"; then
    port=$(free_port)
    say "Port 8000 is taken: the commands go to $port instead."
    sed -i "s/localhost:8000/localhost:$port/g" "$place/commands.sh"
fi
mkdir "$place/data"
settings=()
if [ "${2:-}" = postgres ]; then
    start_postgres
    settings=("DATABASE_URL=$postgres_url/postgres")
fi
start_alfa "$binary" "$place/data" "$port" "${settings[@]}"
cd "$place"
python3 "$root/scripts/readme_walkthrough.py" "$place/commands.sh" "http://127.0.0.1:$port" "$place/data/stdout.log"
