"""Upload of a CSV: Alfa on SQLite and PostgreSQL, the seed's stack, `sqlite3 .import` and `psql \\copy`."""

import os
import re
import subprocess
import threading
import time

import data
import harness
from harness import say

TABLE = "CREATE TABLE contacts (id INTEGER PRIMARY KEY, name TEXT, phone TEXT UNIQUE, profession TEXT, interests TEXT)"
POSTGRES_TABLE = TABLE.replace("INTEGER PRIMARY KEY", "bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY")


def run(rows):
    """Rows a second of each, and Alfa's memory above idle. Leaves the filled folders of Alfa and the peer behind."""
    file = harness.WORK / "contacts.csv"
    data.write_csv(file, rows)
    found = {"rows": rows}
    say(f"upload of {rows} rows: Alfa")
    found["alfa"] = alfa(file, rows, harness.fresh("alfa"))
    say("upload: the seed's stack")
    found["peer_bulk"] = peer(file, rows, "?bulk=true")
    found["peer"] = peer(file, rows)
    say("upload: sqlite3 .import")
    found["sqlite_import"] = sqlite_import(file, rows)
    postgres = os.environ.get("BENCH_POSTGRES_URL")
    if postgres:
        say("upload: Alfa on PostgreSQL, psql \\copy")
        psql(postgres, "postgres", "CREATE DATABASE bench_alfa", "CREATE DATABASE bench_copy")
        found["alfa_postgres"] = alfa(file, rows, harness.fresh("alfa-postgres"), DATABASE_URL=f"{postgres}/bench_alfa")
        found["psql_copy"] = psql_copy(postgres, file, rows)
    return found


def alfa(file, rows, folder, **env):
    with harness.alfa(folder, **env) as server:
        idle = server.memory_bytes("RssAnon")
        stop = threading.Event()
        resident = [idle]

        def watch():
            while not stop.wait(0.05):
                resident.append(server.memory_bytes("RssAnon"))

        watcher = threading.Thread(target=watch)
        watcher.start()
        report, seconds = harness.upload(server.url + "/api/contacts/upload", file)
        stop.set()
        watcher.join()
    expect(report["created"], data.distinct(rows), report)
    return {"per_second": rows / seconds, "seconds": seconds, "memory_over_idle_bytes": max(resident) - idle}


def peer(file, rows, query=""):
    with harness.peer(harness.fresh("peer")) as server:
        report, seconds = harness.upload(f"{server.url}/api/contacts/upload{query}", file)
    expect(report["created"], data.distinct(rows), report)
    return {"per_second": rows / seconds, "seconds": seconds}


def sqlite_import(file, rows):
    """The raw speed of the engine: no validation; repeated phones differ in spelling here, so all rows go in."""
    folder = harness.fresh("sqlite-import")
    script = f"PRAGMA journal_mode=WAL;\n{TABLE.replace('id INTEGER PRIMARY KEY, ', '')};\n.import --csv --skip 1 {file} contacts\nSELECT count(*) FROM contacts;\n"
    started = time.monotonic()
    done = subprocess.run(["sqlite3", folder / "import.db"], input=script, capture_output=True, text=True, check=True)
    seconds = time.monotonic() - started
    expect(int(done.stdout.split()[-1]), rows, done.stderr[:500])
    return {"per_second": rows / seconds, "seconds": seconds}


def psql_copy(postgres, file, rows):
    psql(postgres, "bench_copy", POSTGRES_TABLE)
    started = time.monotonic()
    out = psql(postgres, "bench_copy", f"\\copy contacts (name, phone, profession, interests) FROM '{file}' CSV HEADER")
    seconds = time.monotonic() - started
    expect(int(re.search(r"COPY (\d+)", out)[1]), rows, out)
    return {"per_second": rows / seconds, "seconds": seconds}


def psql(postgres, database, *statements):
    command = ["psql", "-X", "-v", "ON_ERROR_STOP=1", f"{postgres}/{database}"]
    for statement in statements:
        command += ["-c", statement]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def expect(found, wanted, told):
    if found != wanted:
        raise RuntimeError(f"{found} rows instead of {wanted}: {told}")
