"""Moves what happened to each contact some days back, as if the campaigns had gone on for weeks.

The simulated people answer within a second, so all of it happened just now; figures over days want more days.
Usage: age.py alfa.db, while Alfa is down.
"""

import datetime
import sqlite3
import sys

HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS
DAYS = 24
# The business's time zone where none is set: Moscow.
ZONE = datetime.timezone(datetime.timedelta(hours=3))

TIMES = {
    "campaign_contacts": ("contact_id", ["sent_at", "read_at", "replied_at"]),
    "messages": ("contact_id", ["sent_at", "read_at", "handled_at", "edited_at", "deleted_at"]),
    "dialogs": ("contact_id", ["last_message_at", "owner_since", "closed_at"]),
    "contacts": ("id", ["opted_out_at", "last_outreach_at", "last_inbound_at", "last_message_at"]),
    "stage_moves": ("contact_id", ["created_at"]),
}


def shift_ms(contact: int, at_ms: int) -> int:
    """How far back: most weekdays are busier than weekends, most hours lie in the working day."""
    days = (contact * 7) % DAYS
    then = datetime.datetime.fromtimestamp(at_ms / 1000, ZONE) - datetime.timedelta(days=days)
    if then.weekday() >= 5 and contact % 3:
        days += 2
    if days == 0:
        return 0
    hour = 10 + (contact * 5) % 9
    hours = then.hour - hour
    return days * DAY_MS + hours * HOUR_MS - (contact * 13 % 50) * 60_000


def main(path: str) -> None:
    with sqlite3.connect(path) as db:
        sent = db.execute("select contact_id, min(sent_at) from messages group by contact_id").fetchall()
        for contact, at_ms in sent:
            by = shift_ms(contact, at_ms)
            for table, (key, columns) in TIMES.items():
                moved = ", ".join(f"{column} = {column} - {by}" for column in columns)
                db.execute(f"update {table} set {moved} where {key} = ?", (contact,))
        # What a campaign sent on each day is counted as it happens.
        db.execute("delete from campaign_counters where kind = 'sent_day'")
        db.execute(
            "insert into campaign_counters (campaign_id, kind, key, value)"
            " select campaign_id, 'sent_day', date(sent_at / 1000, 'unixepoch', '+3 hours'), count(*)"
            " from campaign_contacts where sent_at is not null group by 1, 3"
        )
        # A campaign lasted as long as its messages.
        db.execute(
            "update campaigns set (created_at, started_at) ="
            " (select min(sent_at) - 600000, min(sent_at) from campaign_contacts where campaign_id = campaigns.id)"
            " where exists (select 1 from campaign_contacts where campaign_id = campaigns.id and sent_at is not null)"
        )


main(sys.argv[1])
