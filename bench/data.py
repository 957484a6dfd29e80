"""Invented people, campaigns and messages: the same for the same size, on every machine."""

import csv
import sqlite3

MESSAGES_PER_CONTACT = 5
CAMPAIGN_SIZE = 10_000
# One row of so many repeats an earlier person in another spelling.
REPEAT_EVERY = 100
# 2026-01-01 in milliseconds.
FIRST_MS = 1_767_225_600_000

FIRST_NAMES = "Иван Мария Пётр Анна Олег Елена Игорь Ольга Антон Вера Денис Нина Юрий Дарья Роман Алла".split()
LAST_NAMES = "Ясенев Берёзкин Дубов Клёнов Ольхин Рябинин Липов Вязов Кедров Тополев Осинин Соснов Ивин".split()
PROFESSIONS = "Врач Учитель Бизнесмен Инженер Дизайнер Повар Юрист Водитель Студент Бухгалтер Продавец".split()
INTERESTS = ["Инвестиции", "Здоровье", "Путешествия", "Спорт", "Кино, книги", "Автомобили", "Ремонт", "Дети"]
TEXTS = [
    "Здравствуйте! Расскажу коротко о карте, которая подойдёт вам для ежедневных покупок.",
    "Добрый день. А сколько стоит обслуживание?",
    "Обслуживание бесплатное. Хотите, пришлю ссылку на условия?",
    "Да, пришлите, посмотрю вечером.",
    "Вот ссылка. Если будут вопросы, напишите мне сюда.",
]
# Out of ten people of a campaign.
STATES = ["sent", "sent", "sent", "sent", "sent", "sent", "replied", "failed", "skipped", "pending"]


def phone_digits(number):
    """Nine digits after `+79`, scattered and all different."""
    return f"{(number * 618_033_989 + 271_828_183) % 1_000_000_000:09d}"


def spelt(number, style):
    d = phone_digits(number)
    if style == 0:
        return f"+79{d}"
    if style == 1:
        return f"8 (9{d[:2]}) {d[2:5]}-{d[5:7]}-{d[7:]}"
    return f"79{d}" if style == 2 else f"8-9{d[:2]}-{d[2:5]}-{d[5:]}"


def people(count):
    """Rows of name, phone, profession, interests; one in a hundred is a repeat."""
    for at in range(count):
        repeat = at > 0 and at % REPEAT_EVERY == 0
        number = at - 1 if repeat else at
        name = f"{FIRST_NAMES[number % 16]} {LAST_NAMES[number // 16 % 13]}"
        style = (number + repeat) % 4
        yield name, spelt(number, style), PROFESSIONS[number % 11], INTERESTS[number % 8]


def distinct(count):
    return count - (count - 1) // REPEAT_EVERY


def write_csv(path, count):
    with open(path, "w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["name", "phone", "profession", "interests"])
        rows.writerows(people(count))


def campaigns_of(contacts):
    return max(1, contacts // CAMPAIGN_SIZE)


def messages(contacts):
    """contact, number in the chat, campaign, direction, text, time in milliseconds."""
    campaigns = campaigns_of(contacts)
    for step in range(MESSAGES_PER_CONTACT):
        for contact in range(1, contacts + 1):
            direction = "out" if step % 2 == 0 else "in"
            at = FIRST_MS + (contact % 200) * 86_400_000 + step * 60_000
            yield contact, step + 1, (contact - 1) % campaigns + 1, direction, TEXTS[step], at


def members(contacts):
    """campaign, contact, state."""
    campaigns = campaigns_of(contacts)
    for contact in range(1, contacts + 1):
        yield (contact - 1) % campaigns + 1, contact, STATES[contact % 10]


def check_contiguous(db):
    count, most = db.execute("SELECT count(*), max(id) FROM contacts").fetchone()
    if count != most:
        raise RuntimeError(f"the ids of {count} contacts end at {most}: the load would ask for rows that are not there")
    return count


def fill_alfa(path):
    """Campaigns and messages for the contacts that were uploaded. Alfa must not be running. Returns the contacts."""
    db = sqlite3.connect(path, isolation_level=None)
    contacts = check_contiguous(db)
    db.execute("BEGIN")
    account = db.execute("SELECT min(id) FROM accounts").fetchone()[0] or 1
    db.executemany(
        "INSERT INTO campaigns (name, product_id, approval, state, batch_size, delay_ms, started_at, response_ms_sum, "
        "response_count, created_at, updated_at) VALUES (?, 3, 'auto', 'paused', 10, 3000, ?, 0, 0, ?, ?)",
        ((f"Кампания {number}", FIRST_MS, FIRST_MS, FIRST_MS) for number in range(campaigns_of(contacts))),
    )
    first = db.execute("SELECT min(id) FROM campaigns").fetchone()[0]
    if first != 1:
        raise RuntimeError("the database had campaigns already")
    db.executemany(
        "INSERT INTO campaign_contacts (campaign_id, contact_id, state, reason, variant, account_id, stage, sent_at, "
        "delivered, read_at, replied_at, opted_out) VALUES (?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, 0)",
        (alfa_member(account, *row) for row in members(contacts)),
    )
    fill_counters(db)
    db.executemany(
        "INSERT INTO messages (contact_id, telegram_message_id, campaign_id, direction, text, sent_at, account_id, state, author) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((*row, account, "read" if row[3] == "out" else "received", "ai" if row[3] == "out" else "contact") for row in messages(contacts)),
    )
    db.execute("COMMIT")
    db.execute("ANALYZE")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    return contacts


def alfa_member(account, campaign, contact, state):
    sent = FIRST_MS if state in ("sent", "replied") else None
    replied = FIRST_MS + 60_000 if state == "replied" else None
    reason = {"failed": "privacy", "skipped": "no_consent"}.get(state)
    stage = "replied" if replied else "contacted" if sent else "new"
    kept = "sent" if state == "replied" else state
    return campaign, contact, kept, reason, account, stage, sent, int(bool(sent)), replied or sent, replied


def fill_counters(db):
    """The counters that Alfa would have kept, counted from the rows."""
    for kind, key, condition in [
        ("state", "state", "1"),
        ("reason", "reason", "reason IS NOT NULL"),
        ("stage", "stage", "1"),
        ("sent_day", "'2026-01-01'", "sent_at IS NOT NULL"),
    ]:
        db.execute(
            "INSERT INTO campaign_counters (campaign_id, kind, key, value) "
            f"SELECT campaign_id, '{kind}', {key}, count(*) FROM campaign_contacts WHERE {condition} GROUP BY 1, 3"
        )
    for key in ("delivered", "read_at", "replied_at"):
        condition = "delivered" if key == "delivered" else f"{key} IS NOT NULL"
        db.execute(
            "INSERT INTO campaign_counters (campaign_id, kind, key, value) "
            f"SELECT campaign_id, 'state', '{key.removesuffix('_at')}', count(*) FROM campaign_contacts WHERE {condition} GROUP BY 1"
        )


def fill_peer(path):
    """The same for the seed's stack."""
    db = sqlite3.connect(path, isolation_level=None)
    contacts = check_contiguous(db)
    db.execute("BEGIN")
    db.executemany(
        "INSERT INTO campaigns (name, status, created_at) VALUES (?, 'paused', '2026-01-01 00:00:00.000000')",
        ((f"Кампания {number}",) for number in range(campaigns_of(contacts))),
    )
    db.executemany("INSERT INTO campaign_contacts (campaign_id, contact_id, status) VALUES (?, ?, ?)", members(contacts))
    db.executemany(
        "INSERT INTO messages (contact_id, campaign_id, direction, text, status, sent_at) "
        "VALUES (?, ?, ?, ?, 'sent', strftime('%Y-%m-%d %H:%M:%f000', ? / 1000, 'unixepoch'))",
        ((contact, campaign, direction, text, at) for contact, _, campaign, direction, text, at in messages(contacts)),
    )
    db.execute("COMMIT")
    db.execute("ANALYZE")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    return contacts
