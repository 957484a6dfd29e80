"""What the web admin's check of a large business needs (`npm run browser:large` in web/): invented people as a file, and
their dialogs in a database that Alfa is not using.

python3 bench/admin.py people FILE CONTACTS
python3 bench/admin.py dialogs DATABASE DIALOGS
"""

import sqlite3
import sys

import data

MESSAGES_PER_DIALOG = 4
# One dialog of so many has unread messages, is answered by a person, is closed.
UNREAD_EVERY, HUMAN_EVERY, CLOSED_EVERY = 5, 7, 11
MINUTE_MS = 60_000


def dialogs(path, count):
    """A dialog with each of the first contacts, the later the contact the newer."""
    db = sqlite3.connect(path, isolation_level=None)
    contacts = db.execute("SELECT count(*) FROM contacts").fetchone()[0]
    if contacts < count:
        raise SystemExit(f"{count} dialogs want as many contacts, the database has {contacts}")
    ids = [row[0] for row in db.execute("SELECT id FROM contacts ORDER BY id LIMIT ?", (count,))]
    account = db.execute("SELECT min(id) FROM accounts").fetchone()[0] or 1
    db.execute("BEGIN")
    db.executemany(
        "INSERT INTO messages (contact_id, account_id, telegram_message_id, direction, text, state, author, sent_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (message(contact, account, at, step) for step in range(MESSAGES_PER_DIALOG) for at, contact in enumerate(ids)),
    )
    db.executemany(
        "INSERT INTO dialogs (contact_id, account_id, owner, closed_at, unread, unanswered_ai, react_seq, last_message_at, "
        "last_read_out_id) VALUES (?, ?, ?, ?, ?, 0, 0, ?, 0)",
        (dialog(contact, account, at) for at, contact in enumerate(ids)),
    )
    db.executemany(
        "UPDATE contacts SET last_message_at = ?, stage = 'replied' WHERE id = ?",
        ((last_ms(at), contact) for at, contact in enumerate(ids)),
    )
    db.execute("COMMIT")
    db.execute("ANALYZE")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()


def last_ms(at):
    return data.FIRST_MS + (at + MESSAGES_PER_DIALOG) * MINUTE_MS


def message(contact, account, at, step):
    ours = step % 2 == 0
    sent_ms = last_ms(at) - (MESSAGES_PER_DIALOG - 1 - step) * MINUTE_MS
    state, author = ("read", "ai") if ours else ("received", "contact")
    return contact, account, step + 1, "out" if ours else "in", data.TEXTS[step], state, author, sent_ms


def dialog(contact, account, at):
    closed = last_ms(at) if at % CLOSED_EVERY == 0 else None
    owner = "human" if at % HUMAN_EVERY == 0 else "ai"
    return contact, account, owner, closed, int(at % UNREAD_EVERY == 0), last_ms(at)


def main():
    what, path, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
    {"people": data.write_csv, "dialogs": dialogs}[what](path, count)


if __name__ == "__main__":
    main()
