//! Questions that lean on the one before, as people ask them: pronouns, another side of the same, another period. Called by
//! the test of [`crate::sloppy`], whose studio they share.

use crate::sloppy::{KEPT, booked, days, of, revenue};
use crate::studio::{NOW, Studio, figure};

/// Somebody who owes, and what, by SQL.
fn debtor(studio: &Studio) -> (String, i64) {
    let owed = format!(
        "(SELECT COALESCE(SUM(price_minor - paid_minor), 0) FROM bookings WHERE client_id = c.id AND status <> 'cancelled' AND starts_at <= {} AND price_minor > paid_minor) + (SELECT COALESCE(SUM(price_minor - paid_minor), 0) FROM subscriptions WHERE client_id = c.id AND status = 'active' AND price_minor > paid_minor AND date(starts_on * 86400, 'unixepoch') <= '2026-11-28')",
        NOW.0
    );
    let query = format!(
        "SELECT p.name, {owed} AS owed FROM clients c JOIN contacts p ON p.id = c.contact_id GROUP BY p.name HAVING COUNT(*) = 1 ORDER BY owed DESC LIMIT 1"
    );
    studio
        .sql()
        .query_row(&query, [], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
}

pub async fn a_pronoun_is_the_client_of_the_question_before(studio: &Studio) {
    let (name, owed) = debtor(studio);
    assert!(owed > 0);
    for first in [
        format!("Покажи карточку клиента {name}"),
        format!("Когда следующая запись у {name}?"),
        format!("Find client {name}"),
    ] {
        for question in [
            "сколько он должен?",
            "какой у неё долг?",
            "А долг у него есть?",
            "how much does he owe?",
        ] {
            let reply = studio.ask_after(&[&first], question).await;
            assert_eq!(reply.data["owed"], owed, "{first} {question}: {}", reply.message);
            assert_eq!(reply.data["name"], name, "{first} {question}");
        }
        for question in [
            "когда она придёт?",
            "а когда у него следующая запись?",
            "when is his next booking?",
        ] {
            let reply = studio.ask_after(&[&first], question).await;
            assert_eq!(reply.data["name"], name, "{first} {question}: {}", reply.message);
            assert!(
                reply.data.contains_key("booking_id"),
                "{question}: {}",
                reply.message
            );
        }
        let reply = studio.ask_after(&[&first], "когда у неё день рождения?").await;
        assert_eq!(reply.data["name"], name);
        assert!(reply.data["birthday"].is_string(), "{}", reply.message);
    }
    // Nobody was named: it is asked of whom, and nobody's debt is told.
    for before in [&[][..], &["Какая выручка сегодня?"], &["Кто нам должен?"]]
    {
        for question in [
            "сколько он должен?",
            "какой у неё долг?",
            "does she owe anything?",
        ] {
            let reply = studio.ask_after(before, question).await;
            assert!(
                reply.calls.is_empty()
                    && (reply.message.contains("О каком клиенте") || reply.message.contains("Which client")),
                "{before:?} {question}: {}",
                reply.message
            );
        }
    }
}

pub async fn follow_ups_ask_the_same_of_another_side(studio: &Studio) {
    let sql = studio.sql();
    let october = ("2026-10-01", "2026-10-31");
    let per = |group: &str| {
        format!(
            "SELECT MAX(n) FROM (SELECT SUM(CASE kind WHEN 'refund' THEN -amount_minor ELSE amount_minor END) AS n FROM payments WHERE status = 'completed' AND {} GROUP BY {group})",
            days("paid_at", october.0, october.1)
        )
    };
    let cases: [(&[&str], &str, &str, String); 12] = [
        (
            &["Выручка за октябрь"],
            "а по тренерам?",
            "/rows/0/revenue",
            per("staff_id"),
        ),
        (
            &["Revenue in October"],
            "by service?",
            "/rows/0/revenue",
            per("service_id"),
        ),
        (
            &["Выручка за октябрь"],
            "а наличкой?",
            "/revenue",
            revenue(october.0, october.1, "AND method = 'cash'"),
        ),
        (
            &["Выручка за октябрь"],
            "больше, чем в сентябре?",
            "/revenue_before",
            revenue("2026-09-01", "2026-09-30", ""),
        ),
        (
            &["Revenue last month"],
            "and the month before?",
            "/revenue",
            revenue("2026-09-01", "2026-09-30", ""),
        ),
        (
            &["Выручка за вчера"],
            "а до этого?",
            "/revenue",
            revenue("2026-11-26", "2026-11-26", ""),
        ),
        (
            &["Сколько клиентов в базе?"],
            "а бывших",
            "/count",
            "SELECT COUNT(*) FROM clients WHERE status = 'former'".into(),
        ),
        (
            &["Сколько записей завтра?", "а послезавтра?"],
            "кто именно?",
            "/bookings",
            booked("2026-11-30", "2026-11-30", KEPT),
        ),
        (
            &["Кто завтра на йоге?"],
            "а на пилатесе",
            "/bookings",
            booked(
                "2026-11-29",
                "2026-11-29",
                &format!("{KEPT} {}", of("services", "Пилатес", "service_id")),
            ),
        ),
        (
            &["Кто завтра на йоге?"],
            "а есть там места?",
            "/free_seats",
            format!(
                "SELECT COALESCE(SUM(capacity - seats_taken), 0) FROM schedule_sessions WHERE status = 'scheduled' AND {} {}",
                days("starts_at", "2026-11-29", "2026-11-29"),
                of("services", "Йога", "service_id")
            ),
        ),
        (
            &["Сколько записей у Ирины Беловой за октябрь?"],
            "а отмен?",
            "/cancelled",
            booked(
                october.0,
                october.1,
                &format!(
                    "AND status = 'cancelled' {}",
                    of("staff", "Ирина Белова", "staff_id")
                ),
            ),
        ),
        (
            &["Кто не пришёл вчера?"],
            "а позавчера?",
            "/bookings",
            booked("2026-11-26", "2026-11-26", "AND status = 'no_show'"),
        ),
    ];
    for (before, question, place, query) in cases {
        let wanted: i64 = sql.query_row(&query, [], |row| row.get(0)).unwrap();
        let reply = studio.ask_after(before, question).await;
        let figure = figure(&reply, place);
        assert_eq!(
            figure,
            Some(wanted),
            "{before:?} {question}: {:?} {}",
            reply.calls,
            reply.message
        );
    }
    for question in ["почему?", "а в процентах?", "подробнее", "а какая там погода?"]
    {
        let reply = studio.ask_after(&["Выручка за октябрь"], question).await;
        assert!(
            reply.calls.is_empty() && reply.message.contains("не знаю"),
            "{question}: {}",
            reply.message
        );
    }
}
