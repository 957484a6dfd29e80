# shellcheck shell=bash
# A private Alfa or PostgreSQL for a check, stopped when the script ends.

started_pids=()
started_folders=()

stop_started() {
    local pid folder
    for pid in "${started_pids[@]}"; do kill "$pid" 2>/dev/null || true; done
    for pid in "${started_pids[@]}"; do wait "$pid" 2>/dev/null || true; done
    for folder in "${started_folders[@]}"; do rm -rf "$folder"; done
}
trap stop_started EXIT

# A folder that goes away with the script; sets $folder.
new_folder() {
    folder=$(mktemp -d "${TMPDIR:-/tmp}/alfa-$1-XXXXXX")
    started_folders+=("$folder")
}

# start_alfa BINARY FOLDER PORT [NAME=VALUE…]: starts `alfa serve` in the folder and waits until it is ready; sets $alfa_pid.
start_alfa() {
    local binary=$1 place=$2 port=$3 tries
    shift 3
    (cd "$place" && exec env "$@" PORT="$port" "$binary" serve >"$place/stdout.log" 2>&1) &
    alfa_pid=$!
    started_pids+=("$alfa_pid")
    for tries in $(seq 300); do
        curl -sf "http://127.0.0.1:$port/ready" >/dev/null 2>&1 && return 0
        kill -0 "$alfa_pid" 2>/dev/null || break
        sleep 0.1
    done
    cat "$place/stdout.log" >&2
    fail "alfa serve is not ready after $tries tries"
}

# The folder of PostgreSQL's own programs, the newest first.
postgres_bin() {
    find /usr/lib/postgresql -mindepth 3 -maxdepth 3 -name initdb -path '*/bin/*' 2>/dev/null | sort -V | tail -1 | xargs -r dirname
}

# Starts a private PostgreSQL that forgets everything; sets $postgres_url (without a database).
start_postgres() {
    [ -n "$(postgres_bin)" ] || need_packages postgresql
    local bin port run=() tries
    bin=$(postgres_bin)
    port=$(free_port)
    new_folder postgres
    if [ "$(id -u)" = 0 ]; then
        # initdb and postgres refuse to run as root.
        chown postgres "$folder"
        run=(setpriv --reuid=postgres --regid=postgres --init-groups)
    fi
    (cd / && "${run[@]}" "$bin/initdb" -D "$folder/data" --username=alfa --auth=trust --encoding=UTF8 --no-sync >"$folder/../$(basename "$folder").log" 2>&1) ||
        fail "initdb failed: $(tail -3 "$folder/../$(basename "$folder").log")"
    rm -f "$folder/../$(basename "$folder").log"
    (cd / && exec "${run[@]}" "$bin/postgres" -D "$folder/data" -p "$port" -c listen_addresses=127.0.0.1 -c unix_socket_directories= \
        -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=300 >/dev/null 2>&1) &
    started_pids+=($!)
    for tries in $(seq 300); do
        "$bin/pg_isready" -q -h 127.0.0.1 -p "$port" && break
        [ "$tries" -lt 300 ] || fail "PostgreSQL does not start"
        sleep 0.1
    done
    export postgres_url=postgres://alfa@127.0.0.1:$port
}
