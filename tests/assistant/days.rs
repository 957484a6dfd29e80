//! Questions over changes of daylight saving, in other time zones than Moscow's. The bounds of each day are written here
//! in UTC, by hand.

use alfa::clock::Clock;
use alfa::demo;
use alfa_store::UnixMillis;
use alfa_store::crm::rebase;
use chrono::NaiveDateTime;

use crate::studio::{Studio, figure};

fn moment(utc: &str) -> UnixMillis {
    let at = NaiveDateTime::parse_from_str(utc, "%Y-%m-%d %H:%M").unwrap();
    UnixMillis(at.and_utc().timestamp_millis())
}

fn between(column: &str, from: &str, to: &str) -> String {
    format!("{column} >= {} AND {column} < {}", moment(from).0, moment(to).0)
}

fn revenue(from: &str, to: &str) -> String {
    format!(
        "SELECT COALESCE(SUM(CASE kind WHEN 'refund' THEN -amount_minor ELSE amount_minor END), 0) FROM payments WHERE status = 'completed' AND {}",
        between("paid_at", from, to)
    )
}

fn booked(from: &str, to: &str) -> String {
    format!(
        "SELECT COUNT(*) FROM bookings WHERE status <> 'cancelled' AND {}",
        between("starts_at", from, to)
    )
}

fn new_clients(from: &str, to: &str) -> String {
    format!(
        "SELECT COUNT(*) FROM clients WHERE {}",
        between("created_at", from, to)
    )
}

/// A question, its figure's place, the SQL.
type Case = (&'static str, &'static str, String);

/// The studio at this moment in this zone, with payments at these moments, which days of another zone or of always 24
/// hours would count wrongly.
async fn asked_in(zone: &str, now: &str, edges: &[&str], cases: &[Case]) {
    let (clock, _time) = Clock::at(moment(now), 1);
    let studio = Studio::at(clock, &[("ALFA_TIMEZONE", zone)]).await;
    demo::fill(&studio.app, demo::SEED).await.unwrap();
    let sql = studio.sql();
    for (place, at) in edges.iter().enumerate() {
        let moved = sql
            .execute(
                "UPDATE payments SET paid_at = ?1, amount_minor = ?2 WHERE id = (SELECT id FROM payments WHERE kind = 'payment' AND status = 'completed' AND refunded_minor = 0 ORDER BY id LIMIT 1 OFFSET ?3)",
                (moment(at).0, 1_000_003 + 10_007 * place as i64, place as i64),
            )
            .unwrap();
        assert_eq!(moved, 1);
    }
    // Days and totals are made anew, as after a change of the zone.
    let calendar = alfa::crm::calendar(&studio.app);
    let tx = studio.app.begin().await.unwrap();
    rebase::rebase(&tx, calendar.zone_name(), |at| calendar.day_and_hour(at))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    for (question, place, query) in cases {
        let wanted: i64 = sql.query_row(query, [], |row| row.get(0)).unwrap();
        let reply = studio.ask(question).await;
        let figure = figure(&reply, place);
        assert_eq!(
            figure,
            Some(wanted),
            "{zone}, {question}: {:?} {}",
            reply.calls,
            reply.message
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_berlin_after_a_day_of_25_hours() {
    let yesterday = ("2026-10-24 22:00", "2026-10-25 23:00");
    let week = ("2026-10-18 22:00", yesterday.1);
    let march = ("2026-02-28 23:00", "2026-03-31 22:00");
    asked_in(
        "Europe/Berlin",
        "2026-10-26 11:00",
        &[
            "2026-10-24 22:30",
            "2026-10-25 22:30",
            "2026-03-28 23:30",
            "2026-03-29 22:30",
            "2026-03-29 21:59",
        ],
        &[
            ("Выручка за вчера", "/revenue", revenue(yesterday.0, yesterday.1)),
            (
                "Какая выручка сегодня?",
                "/revenue",
                revenue("2026-10-25 23:00", "2026-10-26 23:00"),
            ),
            ("Выручка за прошлую неделю", "/revenue", revenue(week.0, week.1)),
            (
                "новые клиенты за прошлую неделю",
                "/new_clients",
                new_clients(week.0, week.1),
            ),
            (
                "Сколько было записей за прошлую неделю?",
                "/bookings",
                booked(week.0, week.1),
            ),
            (
                "Сколько записей за октябрь?",
                "/bookings",
                booked("2026-09-30 22:00", "2026-10-31 23:00"),
            ),
            ("Выручка за март", "/revenue", revenue(march.0, march.1)),
            (
                "revenue on March 29",
                "/revenue",
                revenue("2026-03-28 23:00", "2026-03-29 22:00"),
            ),
            (
                "revenue on March 30",
                "/revenue",
                revenue("2026-03-29 22:00", "2026-03-30 22:00"),
            ),
            (
                "Выручка за 28 марта",
                "/revenue",
                revenue("2026-03-27 23:00", "2026-03-28 23:00"),
            ),
        ],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_new_york_and_in_vladivostok() {
    asked_in(
        "America/New_York",
        "2026-11-02 17:00",
        &[
            "2026-11-01 04:30",
            "2026-11-02 04:30",
            "2026-03-08 04:59",
            "2026-03-09 04:30",
        ],
        &[
            (
                "revenue yesterday",
                "/revenue",
                revenue("2026-11-01 04:00", "2026-11-02 05:00"),
            ),
            (
                "What's today's revenue?",
                "/revenue",
                revenue("2026-11-02 05:00", "2026-11-03 05:00"),
            ),
            (
                "Revenue last week",
                "/revenue",
                revenue("2026-10-26 04:00", "2026-11-02 05:00"),
            ),
            (
                "Выручка за 8 марта",
                "/revenue",
                revenue("2026-03-08 05:00", "2026-03-09 04:00"),
            ),
            (
                "How many bookings are there tomorrow?",
                "/bookings",
                booked("2026-11-03 05:00", "2026-11-04 05:00"),
            ),
        ],
    )
    .await;
    asked_in(
        "Asia/Vladivostok",
        "2026-11-28 03:00",
        &["2026-11-26 14:30", "2026-11-27 13:30", "2026-11-27 14:30"],
        &[
            (
                "Выручка за вчера",
                "/revenue",
                revenue("2026-11-26 14:00", "2026-11-27 14:00"),
            ),
            (
                "Какая выручка сегодня?",
                "/revenue",
                revenue("2026-11-27 14:00", "2026-11-28 14:00"),
            ),
            (
                "Выручка за неделю",
                "/revenue",
                revenue("2026-11-22 14:00", "2026-11-29 14:00"),
            ),
            (
                "Сколько записей на завтра?",
                "/bookings",
                booked("2026-11-28 14:00", "2026-11-29 14:00"),
            ),
        ],
    )
    .await;
}
