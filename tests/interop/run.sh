#!/usr/bin/env bash
# Clients that share no code with Alfa: Telethon and mtcute against the simulated Telegram, the MCP client against `serve`.
# ALFA_BIN names the program that runs `telegram-sim` (nothing is built here). What the clients need is installed
# under target/. The last line is `N passed, N failed`.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
bin=${ALFA_BIN:-$root/target/debug/alfa}
work=$root/target/interop
mkdir -p "$work"

if [ ! -x "$bin" ]; then
    echo "interop: no program at $bin (set ALFA_BIN)" >&2
    exit 1
fi

venv=$root/target/interop-venv
if ! cmp -s "$here/requirements.txt" "$venv/requirements.txt"; then
    rm -rf "$venv"
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check -r "$here/requirements.txt"
    cp "$here/requirements.txt" "$venv/requirements.txt"
fi

node=$work/node
mkdir -p "$node"
if ! cmp -s "$here/package-lock.json" "$node/installed-lock.json"; then
    cp "$here/package.json" "$here/package-lock.json" "$node/"
    # No scripts: the only native part is an SQLite that the tests do not use.
    (cd "$node" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
    cp "$here/package-lock.json" "$node/installed-lock.json"
fi
cp "$here/mtcute_client.mjs" "$node/"

# The simulator serves until its input ends, so it cannot outlive this script.
coproc SIMULATOR { exec "$bin" telegram-sim --port 0 --scenario "$here/scenario.yaml" 2>"$work/simulator.log"; }
simulator_pid=$SIMULATOR_PID
simulator_input=${SIMULATOR[1]}
if ! read -r -t 60 line <&"${SIMULATOR[0]}"; then
    echo "interop: the simulator did not start" >&2
    cat "$work/simulator.log" >&2
    exit 1
fi
export SIMULATOR_LINE=$line

passed=0 failed=0
tally() { # name, output file, exit code
    local last
    last=$(grep -E '^[0-9]+ passed, [0-9]+ failed$' "$2" | tail -n 1 || true)
    if [ -z "$last" ]; then
        echo "FAILED $1: ended with $3 and no count"
        failed=$((failed + 1))
        return
    fi
    passed=$((passed + ${last%% *}))
    local rest=${last#*, }
    failed=$((failed + ${rest%% *}))
    if [ "$3" -ne 0 ] && [ "${rest%% *}" -eq 0 ]; then
        echo "FAILED $1: ended with $3"
        failed=$((failed + 1))
    fi
}

run() { # name, command…
    local name=$1 code=0
    shift
    SIMULATOR=$SIMULATOR_LINE timeout 300 "$@" 2>&1 | tee "$work/$name.log" | grep -v ' passed, ' || code=$?
    tally "$name" "$work/$name.log" "$code"
}

run telethon "$venv/bin/python" "$here/telethon_client.py"
run mtcute node "$node/mtcute_client.mjs"
# Not of Telegram: the assistant's tools for outside agents.
ALFA_BIN=$bin run mcp "$venv/bin/python" "$here/mcp_client.py"

control=$(node -e 'process.stdout.write(JSON.parse(process.argv[1]).control)' "$SIMULATOR_LINE")
unknown=$(node -e 'fetch(process.argv[1]).then(a => a.text()).then(t => process.stdout.write(t))' "$control/unknown-methods")
if [ "$unknown" = "{}" ]; then
    echo "ok every method that the clients called is there"
    passed=$((passed + 1))
else
    echo "FAILED methods that are not there: $unknown"
    failed=$((failed + 1))
fi

exec {simulator_input}>&-
# Whichever way this program takes its end, by its input or by a signal.
kill "$simulator_pid" 2>/dev/null || true
wait "$simulator_pid" || { echo "FAILED the simulator ended with $?"; failed=$((failed + 1)); }

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
