"""Sending with pacing off, one account: Alfa's durable outbox against Telethon's bare loop, each with a simulated
Telegram of its own in a separate process."""

import contextlib
import json
import os
import statistics
import subprocess
import time

import data
import harness
from harness import say

MESSAGES = int(os.environ.get("BENCH_MESSAGES", "2000"))
TIMEOUT_SECONDS = 600


@contextlib.contextmanager
def simulator(folder):
    """A simulated Telegram; gives its address, data centre, sign-in code and the file of its key."""
    command = [harness.ALFA, "telegram-sim", "--port", "0", "--scenario", harness.ROOT / "bench" / "sending.yaml"]
    child = subprocess.Popen(list(map(str, command)), cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
    try:
        told = json.loads(child.stdout.readline())
        key = folder / "simulator.pem"
        key.write_text(told["rsa_public_key"])
        yield {**told, "key": key}
    finally:
        child.terminate()
        child.wait(30)


def expect_delivered(sim, number):
    _, counted = harness.get(sim["control"] + "/counters")
    if counted.get("delivered") != number or counted.get("duplicate_refused"):
        raise RuntimeError(f"the simulated Telegram counted {counted}")


def phone(number):
    return f"+79{data.phone_digits(number)}"


def run():
    rounds = {"telethon": [], "ready": [], "whole": []}
    for number in range(harness.ROUNDS):
        say(f"sending of {MESSAGES} messages, round {number + 1}: Telethon, then Alfa")
        rounds["telethon"].append(telethon())
        rounds["ready"].append(alfa(approval="manual"))
        rounds["whole"].append(alfa(approval="auto"))
    return {"messages": MESSAGES, **{who: statistics.median(all_) for who, all_ in rounds.items()}}


def telethon():
    folder = harness.fresh("telethon")
    phones = folder / "phones.txt"
    phones.write_text("\n".join(map(phone, range(MESSAGES))))
    python = harness.TARGET / "venv-telethon" / "bin" / "python"
    with simulator(folder) as sim:
        command = [python, harness.ROOT / "bench" / "peers" / "telethon" / "send.py"]
        command += [sim["mtproto"], str(sim["dc"]), sim["key"], sim["code"], phones]
        done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_SECONDS)
        if done.returncode:
            raise RuntimeError(done.stderr[-2000:])
        expect_delivered(sim, MESSAGES)
    told = json.loads(done.stdout.splitlines()[-1])
    if told["sent"] != MESSAGES:
        raise RuntimeError(f"Telethon sent {told}")
    return told["sent"] / told["seconds"]


@contextlib.contextmanager
def alfa_with_people(folder, sim, **env):
    """Alfa with the people of the measurement, no pacing and an account in this simulated Telegram."""
    file = folder / "people.csv"
    with file.open("w", encoding="utf-8") as out:
        out.write("name,phone,profession,interests\n")
        for number in range(MESSAGES):
            name = f"{data.FIRST_NAMES[number % 16]} {data.LAST_NAMES[number // 16 % 13]}"
            out.write(f'{name},{phone(number)},{data.PROFESSIONS[number % 11]},"{data.INTERESTS[number % 8]}"\n')
    env = {"PACING": "off", "NEW_DIALOGS_PER_DAY": "10000", "SIMULATOR": f"{sim['mtproto']},{sim['key']}", **env}
    with harness.alfa(folder, **env) as server:
        report, _ = harness.upload(server.url + "/api/contacts/upload", file)
        if report["created"] != MESSAGES:
            raise RuntimeError(f"upload: {report}")
        yield server


def campaign(server, approval):
    """A campaign for all of them; its address."""
    body = {"name": "Замер", "product_id": 3, "contact_ids": list(range(1, MESSAGES + 1)), "approval": approval}
    made = done(harness.post(server.url + "/api/campaigns/create", body))
    return f"{server.url}/api/campaigns/{made['id']}"


def start(url):
    done(harness.post(f"{url}/initiate-dialogs", {"batch_size": 10, "delay_between_messages": 3}))


def sent(url):
    """Waits for the end of the first messages."""
    stats = until(lambda: finished(done(harness.get(f"{url}/stats"))))
    if stats["sent"] != MESSAGES:
        raise RuntimeError(f"Alfa sent {stats['sent']} of {MESSAGES}: {stats.get('by_reason')}")


def alfa(approval):
    """`manual`: from the approval of the drafts until the last message is sent, as Telethon's loop begins with people and
    texts in its hands. `auto`: from the request to start the dialogs: planning, texts and look-ups included."""
    folder = harness.fresh("alfa-sending")
    with simulator(folder) as sim, alfa_with_people(folder, sim) as server:
        url = campaign(server, approval)
        started = time.monotonic()
        start(url)
        if approval == "manual":
            until(lambda: done(harness.get(f"{url}/drafts?limit=1"))["total"] == MESSAGES)
            started = time.monotonic()
            done(harness.post(f"{url}/approve", {}))
        sent(url)
        seconds = time.monotonic() - started
        expect_delivered(sim, MESSAGES)
    return MESSAGES / seconds


def finished(stats):
    """The statistics, when nobody waits any more."""
    return stats if stats["sent"] + stats["failed"] + stats["skipped"] >= MESSAGES else None


def until(told):
    """What `told` gives when it gives something."""
    end = time.monotonic() + TIMEOUT_SECONDS
    while time.monotonic() < end:
        if found := told():
            return found
        time.sleep(0.02)
    raise RuntimeError("the campaign does not end")


def done(answer):
    status, body = answer
    if status >= 300:
        raise RuntimeError(f"{status} {body}")
    return body
