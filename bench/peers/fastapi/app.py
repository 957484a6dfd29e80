"""The seed's stack as a competent team would write it: FastAPI, SQLAlchemy's ORM, SQLite, one uvicorn worker.

The same endpoints as Alfa's, with the same meaning. It keeps no consent, no report by row and no undo.
"""

import csv
import io
import os
import re
from datetime import datetime, timezone

from fastapi import Depends, FastAPI, HTTPException, UploadFile
from pydantic import BaseModel, ConfigDict
from sqlalchemy import ForeignKey, Index, create_engine, event, func, insert, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker

CHUNK_ROWS = 1000

engine = create_engine(os.environ.get("DATABASE_URL", "sqlite:///./peer.db"), connect_args={"check_same_thread": False})
SessionLocal = sessionmaker(bind=engine, autoflush=False)


@event.listens_for(engine, "connect")
def settings(connection, _record):
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")


class Base(DeclarativeBase):
    pass


class Contact(Base):
    __tablename__ = "contacts"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    phone: Mapped[str | None] = mapped_column(unique=True, index=True)
    username: Mapped[str | None]
    profession: Mapped[str | None]
    interests: Mapped[str | None]
    status: Mapped[str] = mapped_column(default="active")
    created_at: Mapped[datetime] = mapped_column(default=lambda: datetime.now(timezone.utc))


class Campaign(Base):
    __tablename__ = "campaigns"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    status: Mapped[str] = mapped_column(default="draft")
    created_at: Mapped[datetime] = mapped_column(default=lambda: datetime.now(timezone.utc))


class CampaignContact(Base):
    __tablename__ = "campaign_contacts"
    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id"))
    status: Mapped[str]
    __table_args__ = (Index("ix_campaign_contacts", "campaign_id", "status"),)


class Message(Base):
    __tablename__ = "messages"
    id: Mapped[int] = mapped_column(primary_key=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id"), index=True)
    campaign_id: Mapped[int | None]
    direction: Mapped[str]
    text: Mapped[str]
    status: Mapped[str]
    sent_at: Mapped[datetime]


Base.metadata.create_all(engine)


class Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class ContactOut(Out):
    id: int
    name: str
    phone: str | None
    username: str | None
    profession: str | None
    interests: str | None
    status: str
    created_at: datetime


class ContactList(Out):
    items: list[ContactOut]
    total: int


class MessageOut(Out):
    id: int
    contact_id: int
    campaign_id: int | None
    direction: str
    text: str
    status: str
    sent_at: datetime


class MessageList(Out):
    items: list[MessageOut]
    total: int


app = FastAPI()


def get_db():
    with SessionLocal() as db:
        yield db


@app.get("/ready")
def ready():
    return {"status": "ready"}


@app.get("/api/contacts", response_model=ContactList)
def contacts(limit: int = 50, offset: int = 0, db: Session = Depends(get_db)):
    items = db.scalars(select(Contact).order_by(Contact.id.desc()).offset(offset).limit(limit)).all()
    return {"items": items, "total": db.scalar(select(func.count(Contact.id)))}


@app.get("/api/contacts/{contact_id}", response_model=ContactOut)
def contact(contact_id: int, db: Session = Depends(get_db)):
    found = db.get(Contact, contact_id)
    if found is None:
        raise HTTPException(404, "no such contact")
    return found


def normalise(phone: str) -> str | None:
    digits = re.sub(r"\D", "", phone)
    if len(digits) == 11 and digits[0] in "78":
        return "+7" + digits[1:]
    return "+" + digits if 10 <= len(digits) <= 15 else None


@app.post("/api/contacts/upload")
def upload(file: UploadFile, bulk: bool = False, db: Session = Depends(get_db)):
    """As the ORM's tutorial does it; `bulk` skips the ORM's objects, as one does who has found that out."""
    created = skipped = errors = 0
    seen: set[str] = set()
    chunk: list[dict] = []

    def save():
        nonlocal created, skipped
        known = set(db.scalars(select(Contact.phone).where(Contact.phone.in_([row["phone"] for row in chunk]))))
        new = [row for row in chunk if row["phone"] not in known]
        if bulk and new:
            db.execute(insert(Contact), new)
        else:
            db.add_all(Contact(**row) for row in new)
        db.commit()
        created += len(new)
        skipped += len(chunk) - len(new)
        chunk.clear()

    for row in csv.DictReader(io.TextIOWrapper(file.file, "utf-8-sig", newline="")):
        phone = normalise(row.get("phone") or "")
        name = (row.get("name") or "").strip()
        if phone is None or not name:
            errors += 1
        elif phone in seen:
            skipped += 1
        else:
            seen.add(phone)
            chunk.append({"name": name, "phone": phone, "profession": row.get("profession"), "interests": row.get("interests")})
            if len(chunk) == CHUNK_ROWS:
                save()
    if chunk:
        save()
    return {"created": created, "skipped": skipped, "errors": errors}


@app.get("/api/campaigns/{campaign_id}/stats")
def stats(campaign_id: int, db: Session = Depends(get_db)):
    if db.get(Campaign, campaign_id) is None:
        raise HTTPException(404, "no such campaign")
    rows = db.execute(
        select(CampaignContact.status, func.count()).where(CampaignContact.campaign_id == campaign_id).group_by(CampaignContact.status)
    )
    by_status = dict(rows.all())
    total = sum(by_status.values())
    sent = sum(by_status.get(name, 0) for name in ("sent", "replied"))
    replied = by_status.get("replied", 0)
    return {
        "total": total,
        "pending": by_status.get("pending", 0),
        "sent": sent,
        "replied": replied,
        "failed": by_status.get("failed", 0),
        "success_rate": sent / total if total else 0,
        "reply_rate": replied / sent if sent else 0,
    }


@app.get("/api/messages/history", response_model=MessageList)
def history(contact_id: int, limit: int = 50, db: Session = Depends(get_db)):
    if db.get(Contact, contact_id) is None:
        raise HTTPException(404, "no such contact")
    last = select(Message).where(Message.contact_id == contact_id).order_by(Message.sent_at.desc(), Message.id.desc()).limit(limit)
    items = list(db.scalars(last))[::-1]
    total = db.scalar(select(func.count(Message.id)).where(Message.contact_id == contact_id))
    return {"items": items, "total": total}
