#!/usr/bin/env bash
# Measures Alfa against the peers and the ceilings and writes docs/benchmarks.md. Run it on a quiet machine.
# BENCH_SIZE=1000000 is the size that the goals are stated for; see bench/run.py for the other settings.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/server.sh"
cd "$root"
need_build_tools
for tool in curl wrk sqlite3 python3; do has "$tool" || need_packages "$tool"; done
need_python fastapi bench/peers/fastapi/requirements.txt
need_python telethon bench/peers/telethon/requirements.txt
need_python litellm bench/peers/litellm/requirements.txt
cargo build --locked --release --bin alfa --example text_costs
cargo build --locked --release --manifest-path bench/ceiling/Cargo.toml --target-dir "$target/bench"
start_postgres
BENCH_POSTGRES_URL=$postgres_url python3 bench/run.py
