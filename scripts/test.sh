#!/usr/bin/env bash
# Every test, with what they need installed first. See CONTRIBUTING.md.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/steps.sh"
. "$(dirname "$0")/server.sh"
cd "$root"
export CARGO_TERM_COLOR=never NO_COLOR=1

say "=== tools"
need_build_tools
need_rust_components
has python3 || need_packages python3
has curl || need_packages curl
has shellcheck || need_packages shellcheck
need_node
need_python test scripts/requirements.txt
start_postgres
export ALFA_TEST_POSTGRES_URL=$postgres_url
say "--- tools: ok in $SECONDS s"

step "format" cargo fmt --all --check
step "lints" cargo clippy --locked --workspace --all-targets -- -D warnings
step "shell scripts" shellcheck -x -P scripts scripts/*.sh .ci/run
step "spelling" "$(dirname "$python")/typos" ./*.md docs scripts bench locales/en.yaml
if has cargo-nextest; then
    step "tests" cargo nextest run --locked --workspace --no-fail-fast
    step "documentation tests" cargo test --locked --workspace --doc
else
    step "tests" cargo test --locked --workspace --no-fail-fast
fi
grep -rnE --include='*.rs' '#\[ignore' src crates tests 2>/dev/null | sed 's/^/SKIPPED /' || true

alfa=$target/debug/alfa
step "build" cargo build --locked --bin alfa
if [ -f web/package.json ]; then
    step "web: build" scripts/web.sh
    step "web: API types, types, lints" npm run --prefix web --silent check
    step "web: unit tests" npm test --prefix web --silent
    chromium=$(command -v chromium || command -v chromium-browser || true)
    [ -n "$chromium" ] || { need_packages chromium && chromium=$(command -v chromium); }
    step "web: in the browser" env ALFA_BINARY="$alfa" CHROMIUM="$chromium" npm run --prefix web --silent browser
fi
step "README's commands, word for word" scripts/readme-walkthrough.sh "$alfa"
step "README's commands on PostgreSQL" scripts/readme-walkthrough.sh "$alfa" postgres
step "interop: Telethon, mtcute, MCP" env ALFA_BIN="$alfa" tests/interop/run.sh
step "Schemathesis" scripts/schemathesis.sh "$alfa" "$(dirname "$python")/schemathesis"
if has cargo-deny; then
    step "licences and advisories" cargo deny --all-features check licenses bans sources
else
    skip "licences" "cargo-deny is not installed (cargo install cargo-deny)"
fi
summary
