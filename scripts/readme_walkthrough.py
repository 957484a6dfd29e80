"""Runs the README's commands one after another, then checks what came of them. Called by readme-walkthrough.sh."""

import json
import pathlib
import re
import subprocess
import sys
import time
import urllib.request

WAIT_SECONDS = 30
CONTACTS = {1: "79991234567", 2: "79991234568"}

passed = failed = 0


def check(what, holds, told=""):
    global passed, failed
    if holds:
        passed += 1
        print(f"ok      {what}")
    else:
        failed += 1
        print(f"FAILED  {what}: {str(told)[:1500]}")


def commands(text):
    """Each command with the lines that its backslashes continue it on."""
    return [command for command in re.split(r"(?m)^(?=curl )", text) if command.strip()]


def ask(url):
    with urllib.request.urlopen(url, timeout=10) as answer:
        return json.load(answer)


def run(command):
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=60)
    try:
        return json.loads(done.stdout)
    except ValueError:
        return {"not json": done.stdout, "stderr": done.stderr[-500:]}


def control_address(log):
    """Where the simulated Telegram tells what it counted; the server's log says."""
    found = re.search(r"control=\S*?(127\.0\.0\.1:\d+)", pathlib.Path(log).read_text())
    return found and f"http://{found[1]}"


def history(base, contact):
    return ask(f"{base}/api/messages/history?contact_id={contact}")["items"]


def by_direction(items, direction):
    return [item for item in items if item["direction"] == direction]


def settled(base):
    """Both people were written to, one answered and has a follow-up after the answer."""
    chats = [history(base, contact) for contact in CONTACTS]
    if not all(by_direction(chat, "out") for chat in chats):
        return False
    return any(followed_up(chat) for chat in chats)


def followed_up(chat):
    directions = [item["direction"] for item in chat]
    return "in" in directions and "out" in directions[directions.index("in") :]


def main():
    file, base, log = sys.argv[1:]
    five = commands(pathlib.Path(file).read_text())
    upload = run(five[0])
    check("the upload creates two contacts", upload.get("created") == 2, upload)
    campaign = run(five[1])
    check("the campaign is made", campaign.get("id") == 1, campaign)
    check("the unknown contact is named", campaign.get("unknown_contact_ids") == [3], campaign)
    started = time.monotonic()
    queued = run(five[2])
    check("the dialogs are begun", queued.get("queued") == 2 and queued.get("campaign_id") == 1, queued)
    stats = run(five[3])
    check("the statistics answer", stats.get("total") == 2, stats)
    while not settled(base) and time.monotonic() - started < WAIT_SECONDS:
        time.sleep(0.25)
    print(f"        {time.monotonic() - started:.1f} s until the follow-up")
    shown = run(five[4])
    check("the history is the first contact's", [item["contact_id"] for item in shown.get("items", [])] == [1] * len(shown.get("items", [])), shown)
    verify(base, log)
    print(f"{passed} passed, {failed} failed, 0 skipped")
    sys.exit(failed != 0)


def verify(base, log):
    chats = {contact: history(base, contact) for contact in CONTACTS}
    firsts = {contact: (by_direction(chat, "out") or [{"text": ""}])[0]["text"] for contact, chat in chats.items()}
    check("both people have a message", all(firsts.values()), firsts)
    check("the two messages differ", firsts[1] != firsts[2], firsts)
    check("they call people by name", "Иван" in firsts[1] and "Мария" in firsts[2], firsts)
    check("one answered and got a follow-up", any(map(followed_up, chats.values())), chats)
    state = ask(f"{base}/api/campaigns/1").get("status")
    check("the campaign runs or is completed", state in ("running", "completed"), state)
    control = control_address(log)
    check("the simulated Telegram tells its control address", control, "no control= in the log")
    if control:
        compare(base, control, chats)


def compare(base, control, chats):
    """Alfa's own figures against those of the simulated Telegram."""
    stats = ask(f"{base}/api/campaigns/1/stats")
    entries = [entry for entry in ask(f"{control}/log") if entry.get("phone") in CONTACTS.values()]
    opened = {entry["phone"] for entry in entries if entry["what"] == "dialog_opened"}
    replied = {entry["phone"] for entry in entries if entry["what"] == "reply_sent"}
    check("as many sent as dialogs opened", stats["sent"] == len(opened) == 2, (stats, opened))
    check("as many replied as the simulator saw", stats["replied"] == len(replied), (stats, replied))
    for contact, phone in CONTACTS.items():
        delivered = [entry["text"] for entry in entries if entry["what"] == "delivered" and entry["phone"] == phone]
        kept = [item["text"] for item in by_direction(chats[contact], "out")]
        check(f"contact {contact}: every kept message was delivered once", delivered[: len(kept)] == kept, (delivered, kept))
    check("nothing was sent twice", not any(entry["what"] == "duplicate_refused" for entry in entries), entries)


main()
