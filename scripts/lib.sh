# shellcheck shell=bash
# What the scripts share: where things are, what is installed, and steps that are named, timed and counted.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
# Cargo and our own tools are told the same place, wherever they run.
export CARGO_TARGET_DIR=$target
mkdir -p "$target"

# The oldest Rust that builds Alfa, from Cargo.toml.
rust_needed=$(sed -n 's/^rust-version = "\(.*\)"$/\1/p' "$root/Cargo.toml" | head -1)
# The oldest Node that the admin's pages and the tests take.
node_needed=20
node_wanted=22

say() { printf '%s\n' "$*"; }

fail() {
    printf 'ERROR: %s\n' "$*" >&2
    exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

# Runs a command as root: at once, or through sudo when that asks nothing or somebody can answer.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif has sudo && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
        sudo "$@"
    else
        return 1
    fi
}

# Installs the Debian packages that are not there yet.
need_packages() {
    local missing=() package
    for package in "$@"; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    has apt-get || fail "please install by hand what these Debian packages hold: ${missing[*]}"
    say "installing: ${missing[*]}"
    if ! apt_install "${missing[@]}" >"$target/apt.log" 2>&1; then
        tail -n 20 "$target/apt.log" >&2
        fail "could not install ${missing[*]}. As root: apt-get update && apt-get install ${missing[*]}"
    fi
}

# The lists of packages are fetched once for a run.
apt_install() {
    local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -qq)
    [ -n "${ALFA_PACKAGE_LISTS:-}" ] || as_root "${apt[@]}" update || return 1
    export ALFA_PACKAGE_LISTS=fetched
    as_root "${apt[@]}" install -y --no-install-recommends "$@"
}

# The C compiler that SQLite and the cryptography need, and Rust, which is the one thing asked of the machine.
need_build_tools() {
    if ! has cc || ! has make; then need_packages build-essential; fi
    has cargo || export PATH=$PATH:$HOME/.cargo/bin
    has cargo || fail "Rust is missing. Install it from https://rustup.rs (version $rust_needed or newer), then try again."
    local found
    found=$(cd "$root" && rustc --version | cut -d' ' -f2)
    older "$found" "$rust_needed" &&
        fail "Rust $found is too old: $rust_needed or newer is needed. With rustup: rustup update stable"
    return 0
}

# Whether version $1 comes before version $2.
older() {
    [ "$1" != "$2" ] && [ "$(printf '%s\n%s\n' "${1%%-*}" "$2" | sort -V | head -1)" = "${1%%-*}" ] && [ "${1%%-*}" != "$2" ]
}

# rustfmt and clippy, which a minimal Rust lacks.
need_rust_components() {
    local component
    for component in rustfmt clippy; do
        cargo "${component/rustfmt/fmt}" --version >/dev/null 2>&1 && continue
        has rustup || fail "cargo $component is missing: install the $component component of your Rust"
        rustup component add "$component" >/dev/null
    done
}

# A Python environment of our own with the requirements of the given files; prints nothing, sets $python.
need_python() {
    local name=$1 mark
    shift
    python=$target/venv-$name/bin/python
    mark=$(cat "$@" | sha256sum | cut -c1-64)
    [ -x "$python" ] && [ "$(cat "$target/venv-$name/mark" 2>/dev/null)" = "$mark" ] && return 0
    has python3 || need_packages python3
    python3 -c 'import ensurepip, venv' 2>/dev/null || need_packages python3-venv
    rm -rf "$target/venv-$name"
    python3 -m venv "$target/venv-$name"
    local files=() file
    for file in "$@"; do files+=(-r "$file"); done
    "$python" -m pip install --quiet --disable-pip-version-check "${files[@]}"
    say "$mark" >"$target/venv-$name/mark"
}

# A Node that is new enough first in PATH: the system's, or the one of the npm registry.
need_node() {
    if ! has node || ! has npm; then need_packages nodejs npm; fi
    if [ "$(node -p 'process.versions.node.split(".")[0]')" -lt $node_needed ]; then
        [ -x "$target/node/node_modules/.bin/node" ] ||
            npm install --silent --no-audit --no-fund --prefix "$target/node" "node@$node_wanted"
        export PATH=$target/node/node_modules/.bin:$PATH
    fi
}

# A port of 127.0.0.1 that is free now.
free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}
