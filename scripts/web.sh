#!/usr/bin/env bash
# Builds the pages of the admin into web/dist, unless nothing changed since the last time. Installs Node when it is missing.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

# What the pages of the admin were built from: their sources and the Node that did it.
web_sources() {
    node --version
    (cd "$root" && find web docs/openapi.json -type f -not -path '*/node_modules/*' -not -path 'web/dist/*' \
        -not -path '*/screenshots/*' -not -path '*/test-results/*' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum)
}

# Installs what the pages are built with, when the lock file is another than at the last time.
need_web_packages() {
    local mark=$root/web/node_modules/.installed
    cmp -s "$root/web/package-lock.json" "$mark" && return 0
    npm ci --prefix "$root/web" --no-audit --no-fund --loglevel=error
    cp "$root/web/package-lock.json" "$mark"
}

build_web() {
    need_web_packages
    local mark=$root/web/node_modules/.built sources
    sources=$(web_sources | sha256sum | cut -c1-64)
    [ -f "$root/web/dist/index.html" ] && [ "$(cat "$mark" 2>/dev/null)" = "$sources" ] && return 0
    say "Building the pages of the admin."
    npm run --prefix "$root/web" --silent build
    say "$sources" >"$mark"
}

[ -f "$root/web/package.json" ] || exit 0
need_node
build_web
