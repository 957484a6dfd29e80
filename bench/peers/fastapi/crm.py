"""The CRM side of the seed's stack, in the same style as app.py: the snapshot of the business and an assistant without a
provider, which reads the snapshot and answers by the words of the question. Days are UTC days.
"""

import os
from datetime import datetime, timedelta, timezone

from fastapi import Depends, FastAPI
from pydantic import BaseModel
from sqlalchemy import Index, case, create_engine, event, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker

engine = create_engine(os.environ.get("DATABASE_URL", "sqlite:///./peer.db"), connect_args={"check_same_thread": False})
SessionLocal = sessionmaker(bind=engine, autoflush=False)


@event.listens_for(engine, "connect")
def settings(connection, _record):
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")


class Base(DeclarativeBase):
    pass


class Client(Base):
    __tablename__ = "clients"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    status: Mapped[str] = mapped_column(index=True)
    created_at: Mapped[datetime] = mapped_column(index=True)


class ScheduleSession(Base):
    __tablename__ = "schedule_sessions"
    id: Mapped[int] = mapped_column(primary_key=True)
    starts_at: Mapped[datetime] = mapped_column(index=True)
    capacity: Mapped[int]
    seats_taken: Mapped[int]


class Booking(Base):
    __tablename__ = "bookings"
    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int]
    session_id: Mapped[int]
    status: Mapped[str]
    starts_at: Mapped[datetime]
    __table_args__ = (Index("ix_bookings", "starts_at", "status"),)


class Payment(Base):
    __tablename__ = "payments"
    id: Mapped[int] = mapped_column(primary_key=True)
    client_id: Mapped[int]
    kind: Mapped[str]
    status: Mapped[str]
    amount_minor: Mapped[int]
    paid_at: Mapped[datetime]
    __table_args__ = (Index("ix_payments", "paid_at", "status"),)


Base.metadata.create_all(engine)
app = FastAPI()


class Question(BaseModel):
    message: str
    conversation_history: list[dict] = []


def get_db():
    with SessionLocal() as db:
        yield db


def snapshot(db: Session) -> dict:
    today = datetime.now(timezone.utc).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    week, month = today - timedelta(days=today.weekday()), today.replace(day=1)
    tomorrow = today + timedelta(days=1)

    def clients(*where):
        return db.scalar(select(func.count()).select_from(Client).where(*where))

    def revenue(since):
        signed = case((Payment.kind == "refund", -Payment.amount_minor), else_=Payment.amount_minor)
        return db.scalar(
            select(func.coalesce(func.sum(signed), 0)).where(Payment.status == "completed", Payment.paid_at >= since)
        )

    day = (Booking.starts_at >= today, Booking.starts_at < tomorrow)
    return {
        "total_clients": clients(),
        "active_clients": clients(Client.status == "active"),
        "new_clients_today": clients(Client.created_at >= today),
        "new_clients_week": clients(Client.created_at >= week),
        "new_clients_month": clients(Client.created_at >= month),
        "today_bookings": db.scalar(select(func.count()).select_from(Booking).where(*day, Booking.status != "cancelled")),
        "available_slots_today": db.scalar(
            select(func.coalesce(func.sum(ScheduleSession.capacity - ScheduleSession.seats_taken), 0)).where(
                ScheduleSession.starts_at >= today, ScheduleSession.starts_at < tomorrow
            )
        ),
        "revenue_today": revenue(today) / 100,
        "revenue_week": revenue(week) / 100,
        "revenue_month": revenue(month) / 100,
    }


@app.get("/ready")
def ready():
    return {"status": "ready"}


@app.get("/api/ai-assistant/stats")
def stats(db: Session = Depends(get_db)):
    return snapshot(db)


@app.post("/api/ai-assistant/chat")
def chat(question: Question, db: Session = Depends(get_db)):
    data, asked = snapshot(db), question.message.lower()
    if "выруч" in asked:
        message = f"Выручка за сегодня: {data['revenue_today']} ₽, за неделю: {data['revenue_week']} ₽."
    elif "запис" in asked:
        message = f"Записей на сегодня: {data['today_bookings']}."
    else:
        message = f"В базе {data['total_clients']} клиентов, из них {data['active_clients']} активных."
    return {"message": message, "data": data}
