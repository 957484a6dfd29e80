"""Replies: from the moment when a person writes in the simulated Telegram until Alfa has stored and classified it and queued
what it answers, as another connection to the database sees it."""

import http.client
import json
import sqlite3
import statistics
import threading
import time

import harness
import sending

# The goal is stated for the second.
RATES_PER_SECOND = (20, 200)
# Each leads to an answer of its own.
TEXTS = ["Интересно, расскажите подробнее", "А какая там ставка?", "Спасибо, у меня уже есть карта", "Не верю, звучит как развод"]
LOOK_SECONDS = 0.001


def run():
    return {"rows": [latencies(rate) for rate in RATES_PER_SECOND]}


def latencies(per_second):
    harness.say(f"replies of {sending.MESSAGES} people, {per_second} a second")
    folder = harness.fresh("replies")
    with sending.simulator(folder) as sim, sending.alfa_with_people(folder, sim, SETTLE_SECONDS="0") as server:
        url = sending.campaign(server, "auto")
        sending.start(url)
        sending.sent(url)
        queued, stop = {}, threading.Event()
        watcher = threading.Thread(target=watch, args=(folder / "alfa.db", queued, stop))
        watcher.start()
        try:
            said = say_all(sim, per_second)
            sending.until(lambda: len(queued) == sending.MESSAGES)
        finally:
            stop.set()
            watcher.join()
    taken = sorted((queued[phone] - at) * 1000 for phone, at in said.items())
    return {"replies": len(taken), "per_second": per_second, "p50_ms": statistics.median(taken), "p99_ms": taken[int(len(taken) * 0.99)]}


def say_all(sim, per_second):
    """When each person began to write, by phone."""
    host = sim["control"].removeprefix("http://")
    connection, said = http.client.HTTPConnection(host, timeout=30), {}
    account = json.loads(harness.ask(connection, "GET", "/accounts"))[0]["phone"]
    began = time.monotonic()
    for number in range(sending.MESSAGES):
        time.sleep(max(0, began + number / per_second - time.monotonic()))
        phone = sending.phone(number)
        said[phone] = time.monotonic()
        harness.ask(connection, "POST", "/say", json.dumps({"account": account, "person": phone, "text": TEXTS[number % len(TEXTS)]}))
    return said


def watch(database, queued, stop):
    """Notes when the first answer to each person is in the outbox."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as db:
        last = 0
        while not stop.wait(LOOK_SECONDS):
            rows = db.execute("SELECT o.id, c.phone FROM outbox o JOIN contacts c ON c.id = o.contact_id WHERE o.id > ? AND o.in_reply_to IS NOT NULL ORDER BY o.id", (last,)).fetchall()
            now = time.monotonic()
            for last, phone in rows:
                queued.setdefault(phone, now)
