"""The assistant: the snapshot and offline questions at 100,000 clients, 200,000 payments and 100,000 bookings and at ten times
that, one after another over one connection; and beside the seed's stack, with as many requests at once as the reads.
"""

import datetime
import http.client
import itertools
import json
import pathlib
import random
import sqlite3
import statistics
import subprocess
import time

import harness

CLIENTS, PAYMENTS, BOOKINGS, SESSIONS = 100_000, 200_000, 100_000, 10_000
REQUESTS = 500
# Phones of who is added between requests.
NEW = itertools.count()
DAY_MS = 86_400_000
QUESTIONS = ["Сколько клиентов в базе?", "Какая выручка сегодня?", "Сколько записей на сегодня?", "выручка за прошлую неделю", "New clients this month"]


def insert(db, table, rows):
    """Rows of given columns; what must not be null and is not given gets an empty value of its type."""
    columns = list(rows[0])
    for _, name, kind, needed, default, key in db.execute(f"PRAGMA table_info({table})").fetchall():
        if needed and default is None and not key and name not in columns:
            empty = "" if any(word in kind.lower() for word in ("char", "text")) else 0
            for row in rows:
                row[name] = empty
            columns.append(name)
    marks = ", ".join(f":{name}" for name in columns)
    db.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)


def fill(folder, times):
    """The days and totals are made anew by the server's first start, since no time zone is noted."""
    subprocess.run([harness.ALFA, "migrate"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    chance, now = random.Random(1), int(time.time() * 1000)
    when = lambda: now - chance.randrange(365 * DAY_MS)
    with sqlite3.connect(folder / "alfa.db") as db:
        db.execute("PRAGMA foreign_keys = off")
        db.execute("DELETE FROM crm_state")
        made = [when() for _ in range(CLIENTS * times)]
        person = {"source": "manual", "status": "active", "consent_basis": "none", "stage": "new"}
        insert(db, "contacts", [{"id": n + 1, "name": f"Клиент {n}", "name_key": f"клиент {n}", "created_at": at, "updated_at": at, **person} for n, at in enumerate(made)])
        insert(db, "clients", [{"id": n + 1, "contact_id": n + 1, "status": ("active", "new", "former")[n % 3], "created_at": at, "updated_at": at} for n, at in enumerate(made)])
        del made
        service = {"name": "Йога", "name_key": "йога", "duration_minutes": 60, "price_minor": 90_000, "active": True}
        insert(db, "services", [{"id": 1, **service}])
        starts = [now - chance.randrange(-7 * DAY_MS, 358 * DAY_MS) // 60_000 * 60_000 for _ in range(SESSIONS * times)]
        insert(db, "schedule_sessions", [{"id": n + 1, "service_id": 1, "starts_at": at, "ends_at": at + 3_600_000, "capacity": 20, "seats_taken": 10, "price_minor": 90_000, "status": "scheduled"} for n, at in enumerate(starts)])
        insert(db, "bookings", [{"client_id": 1 + n % (CLIENTS * times), "session_id": 1 + n % len(starts), "service_id": 1, "status": ("attended", "booked", "no_show", "cancelled")[n % 4], "starts_at": starts[n % len(starts)], "ends_at": starts[n % len(starts)] + 3_600_000} for n in range(BOOKINGS * times)])
        insert(db, "payments", [{"client_id": 1 + n % (CLIENTS * times), "kind": "payment", "status": "completed", "method": ("cash", "card", "transfer")[n % 3], "amount_minor": 90_000, "service_id": 1, "paid_at": when()} for n in range(PAYMENTS * times)])
        db.execute("ANALYZE")


def measure(server, method, path, bodies, written=False):
    """Latencies one after another; when `written`, something is written before each, so that no kept figure is answered."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    taken = []
    for number in range(REQUESTS + 20):
        if written:
            new = next(NEW)
            created = json.dumps({"name": f"Новый {new}", "phone": f"+7901{new:07}"}).encode()
            harness.ask(connection, "POST", "/api/contacts/create", created)
        body = bodies[number % len(bodies)] if bodies else None
        started = time.perf_counter()
        harness.ask(connection, method, path, body)
        # The first ones warm the caches.
        if number >= 20:
            taken.append((time.perf_counter() - started) * 1000)
    taken.sort()
    return {"p50_ms": statistics.median(taken), "p99_ms": taken[int(len(taken) * 0.99)]}


def fill_peer(folder, times):
    """The same numbers of rows, spread over the same year."""
    with harness.peer(folder, "crm"):
        pass
    chance, now = random.Random(1), datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None)
    when = lambda ahead_days=0: str(now - datetime.timedelta(seconds=chance.randrange(-ahead_days * 86_400, (365 - ahead_days) * 86_400)))
    with sqlite3.connect(folder / "peer.db") as db:
        insert(db, "clients", [{"name": f"Клиент {n}", "status": ("active", "new", "former")[n % 3], "created_at": when()} for n in range(CLIENTS * times)])
        starts = [when(7) for _ in range(SESSIONS * times)]
        insert(db, "schedule_sessions", [{"starts_at": at, "capacity": 20, "seats_taken": 10} for at in starts])
        insert(db, "bookings", [{"client_id": 1 + n % (CLIENTS * times), "session_id": 1 + n % len(starts), "status": ("attended", "booked", "no_show", "cancelled")[n % 4], "starts_at": starts[n % len(starts)]} for n in range(BOOKINGS * times)])
        insert(db, "payments", [{"client_id": 1 + n % (CLIENTS * times), "kind": "payment", "status": "completed", "amount_minor": 90_000, "paid_at": when()} for n in range(PAYMENTS * times)])
        db.execute("ANALYZE")


def run():
    return {"sizes": [latencies(times) for times in (1, 10)], "rows": beside()}


def latencies(times):
    harness.say(f"assistant: {CLIENTS * times:,} clients")
    folder = harness.fresh(f"assistant-{times}")
    fill(folder, times)
    questions = [json.dumps({"message": text}).encode() for text in QUESTIONS]
    with harness.alfa(folder) as server:
        asked = {"stats": ("GET", "/api/ai-assistant/stats", None), "question": ("POST", "/api/ai-assistant/chat", questions)}
        found = {name: measure(server, *call) for name, call in asked.items()}
        found |= {f"{name}_written": measure(server, *call, written=True) for name, call in asked.items()}
        return {"clients": CLIENTS * times, **found}


def beside():
    """Requests a second in turns with the seed's stack, over the data of [`latencies`]."""
    harness.say("assistant: beside the seed's stack")
    folder = harness.fresh("assistant-peer")
    fill_peer(folder, 1)
    question = {"message": QUESTIONS[0]}
    asks = {
        "GET /api/ai-assistant/stats": lambda server: harness.wrk(server, "/api/ai-assistant/stats", 1),
        "POST /api/ai-assistant/chat": lambda server: harness.wrk_post(server, "/api/ai-assistant/chat", question, harness.CONNECTIONS, {}),
    }
    with harness.alfa(harness.WORK / "assistant-1") as alfa, harness.peer(folder, "crm") as peer:
        servers = {"alfa": alfa, "peer": peer}
        found = {name: {who: [] for who in servers} for name in asks}
        for number in range(harness.ROUNDS + 1):
            for name, ask in asks.items():
                for who, server in servers.items():
                    one = ask(server)
                    # The first round warms the caches.
                    if number:
                        found[name][who].append(one)
    return [{"name": name, **{who: harness.medians(rounds) for who, rounds in each.items()}} for name, each in found.items()]
