//! Questions in both languages, each with the figure that SQL gives.

use serde_json::Value;

use crate::studio::{Studio, figure};

/// The business's day of a moment in milliseconds: Moscow is three hours ahead, all the year.
fn day(column: &str) -> String {
    format!("date(({column} + 10800000) / 1000, 'unixepoch')")
}

fn days(column: &str, from: &str, to: &str) -> String {
    format!("{} BETWEEN '{from}' AND '{to}'", day(column))
}

fn revenue(from: &str, to: &str, more: &str) -> String {
    let when = days("paid_at", from, to);
    format!(
        "SELECT COALESCE(SUM(CASE kind WHEN 'refund' THEN -amount_minor ELSE amount_minor END), 0) FROM payments WHERE status = 'completed' AND {when} {more}"
    )
}

fn booked(from: &str, to: &str, more: &str) -> String {
    format!(
        "SELECT COUNT(*) FROM bookings WHERE {} {more}",
        days("starts_at", from, to)
    )
}

fn new_clients(from: &str, to: &str) -> String {
    format!(
        "SELECT COUNT(*) FROM clients WHERE {}",
        days("created_at", from, to)
    )
}

fn ending(from: &str, to: &str) -> String {
    format!(
        "SELECT COUNT(*) FROM subscriptions WHERE status = 'active' AND date(ends_on * 86400, 'unixepoch') BETWEEN '{from}' AND '{to}'"
    )
}

/// Who did not come since a day.
fn lapsed(since: &str, more: &str) -> String {
    format!(
        "SELECT COUNT(*) FROM clients c WHERE NOT EXISTS (SELECT 1 FROM bookings b WHERE b.client_id = c.id AND b.status = 'attended' AND {} >= '{since}') {more}",
        day("b.starts_at")
    )
}

const KEPT: &str = "AND status <> 'cancelled'";
const NOW: &str = "1795856400000";

/// Questions, the figure's place in `data`, the SQL.
pub type Case = (Vec<&'static str>, &'static str, String);

fn clients() -> Vec<Case> {
    vec![
        (vec!["Сколько клиентов в базе?", "How many clients do we have?", "сколько всего клиентов", "Число клиентов"], "/total_clients", "SELECT COUNT(*) FROM clients".into()),
        (vec!["сколько у нас активных клиентов", "How many active clients are there?", "Активные клиенты — сколько?"], "/count", "SELECT COUNT(*) FROM clients WHERE status = 'active'".into()),
        (vec!["Сколько бывших клиентов?", "How many former clients?"], "/count", "SELECT COUNT(*) FROM clients WHERE status = 'former'".into()),
        (vec!["Сколько новых клиентов пришло сегодня?", "New clients today"], "/new_clients", new_clients("2026-11-28", "2026-11-28")),
        (vec!["новые клиенты за прошлую неделю", "New clients last week", "How many new clients joined last week?"], "/new_clients", new_clients("2026-11-16", "2026-11-22")),
        (vec!["Сколько новых клиентов на этой неделе?", "New clients this week"], "/new_clients", new_clients("2026-11-23", "2026-11-29")),
        (vec!["Сколько человек добавилось с 1 по 15 ноября?", "new clients from 1 to 15 November", "новые клиенты 1–15 ноября"], "/new_clients", new_clients("2026-11-01", "2026-11-15")),
        (vec!["Новые клиенты за февраль", "New clients in February", "новые клиенты за февраль 2026 года"], "/new_clients", new_clients("2026-02-01", "2026-02-28")),
        (vec!["Сколько новых клиентов в этом квартале?", "new clients this quarter"], "/new_clients", new_clients("2026-10-01", "2026-12-31")),
        (vec!["Новых в этом месяце больше, чем в прошлом?", "Are there more new clients this month than last month?"], "/new_clients_before", new_clients("2026-10-01", "2026-10-31")),
        (vec!["Раздели клиентов по статусам", "clients by status"], "/by_status/1/count", "SELECT COUNT(*) FROM clients WHERE status = 'active'".into()),
        (vec!["Откуда к нам приходят клиенты?", "Where do our clients come from?", "источники клиентов"], "/by_source/0/count", "SELECT COUNT(*) AS n FROM clients GROUP BY source ORDER BY n DESC LIMIT 1".into()),
        (vec!["кто пропал с сентября", "Кто не был с сентября", "Who hasn't visited since September?"], "/count", lapsed("2026-09-01", "")),
        (vec!["Кто не был у нас больше месяца?", "кто не приходил больше месяца"], "/count", lapsed("2026-10-28", "")),
        (vec!["Сколько активных клиентов не были 30 дней?", "Кто из активных клиентов не был 30 дней?", "How many active clients haven't visited for 30 days?"], "/count", lapsed("2026-10-29", "AND c.status = 'active'")),
        (vec!["Сколько бывших клиентов не были 30 дней?", "How many former clients haven't visited for 30 days?"], "/count", lapsed("2026-10-29", "AND c.status = 'former'")),
        (vec!["Сколько новых клиентов не были 30 дней?"], "/count", lapsed("2026-10-29", "AND c.status = 'new'")),
        (vec!["Сколько клиентов не были 30 дней?", "Сколько не активных клиентов за последние 31 день?"], "/count", lapsed("2026-10-29", "")),
        (vec!["У кого день рождения на этой неделе?", "Whose birthday is it this week?", "именинники на этой неделе"], "/count", "SELECT COUNT(*) FROM clients WHERE strftime('%m-%d', birth_date * 86400, 'unixepoch') BETWEEN '11-23' AND '11-29'".into()),
        (vec!["Whose birthday is it today?", "У кого сегодня день рождения?"], "/count", "SELECT COUNT(*) FROM clients WHERE strftime('%m-%d', birth_date * 86400, 'unixepoch') = '11-28'".into()),
        (vec!["Сколько людей отписалось от сообщений?", "How many people unsubscribed?"], "/opted_out", "SELECT COUNT(*) FROM contacts WHERE opted_out_at IS NOT NULL".into()),
        (vec!["Есть дубли в базе?", "Are there duplicate clients?"], "/duplicates/0/count", "SELECT COUNT(*) AS n FROM clients c JOIN contacts p ON p.id = c.contact_id GROUP BY p.name ORDER BY n DESC LIMIT 1".into()),
        (vec!["Сколько действующих абонементов?", "How many subscriptions are active?"], "/active_subscriptions", "SELECT COUNT(*) FROM subscriptions WHERE status = 'active' AND date(starts_on * 86400, 'unixepoch') <= '2026-11-28' AND date(ends_on * 86400, 'unixepoch') >= '2026-11-28'".to_owned()),
        (vec!["Какие абонементы заканчиваются на этой неделе?", "Сколько абонементов заканчивается на этой неделе?", "Which subscriptions end this week?"], "/ending_subscriptions", ending("2026-11-23", "2026-11-29")),
        (vec!["Какие абонементы заканчиваются в декабре?", "Which memberships expire in December?"], "/ending_subscriptions", ending("2026-12-01", "2026-12-31")),
        (vec!["У кого скоро закончится абонемент?"], "/ending_subscriptions", ending("2026-11-28", "2026-12-04")),
        (vec!["Какие абонементы заканчиваются в ближайшие 30 дней?"], "/ending_subscriptions", ending("2026-11-28", "2026-12-27")),
        (vec!["Сколько абонементов закончилось в октябре?", "How many subscriptions ended in October?"], "/ending_subscriptions", ending("2026-10-01", "2026-10-31")),
        (vec!["Найди клиента Смирнова", "Find client Smirnov"], "/count", "SELECT MIN(10, COUNT(*)) FROM clients c JOIN contacts p ON p.id = c.contact_id WHERE p.last_name IN ('Смирнов', 'Смирнова')".into()),
        (vec!["Найди клиента Трампушкина", "Find client Zzyzx"], "/count", "SELECT 0".into()),
    ]
}

fn schedule() -> Vec<Case> {
    let yoga = "AND service_id = (SELECT id FROM services WHERE name = 'Йога')";
    let trainer = "AND staff_id = (SELECT id FROM staff WHERE name = 'Ирина Белова')";
    let free = |from: &str, to: &str, more: &str| {
        format!(
            "SELECT COALESCE(SUM(capacity - seats_taken), 0) FROM schedule_sessions WHERE status = 'scheduled' AND starts_at > {NOW} AND {} {more}",
            days("starts_at", from, to)
        )
    };
    vec![
        (
            vec![
                "Сколько записей на сегодня?",
                "How many bookings are there today?",
                "записи на сегодня сколько",
            ],
            "/bookings",
            booked("2026-11-28", "2026-11-28", KEPT),
        ),
        (
            vec![
                "How many bookings are there tomorrow?",
                "Сколько записей на завтра?",
                "кто записан на завтра",
            ],
            "/bookings",
            booked("2026-11-29", "2026-11-29", KEPT),
        ),
        (
            vec![
                "Сколько было записей за прошлую неделю?",
                "How many bookings did we have last week?",
            ],
            "/bookings",
            booked("2026-11-16", "2026-11-22", KEPT),
        ),
        (
            vec![
                "Сколько записей на пятницу?",
                "How many bookings on Friday?",
                "Кто записан на пятницу?",
            ],
            "/bookings",
            booked("2026-12-04", "2026-12-04", KEPT),
        ),
        (
            vec![
                "Сколько записей было в пятницу?",
                "How many bookings were there last Friday?",
            ],
            "/bookings",
            booked("2026-11-27", "2026-11-27", KEPT),
        ),
        (
            vec!["Сколько записей за октябрь?", "bookings in October"],
            "/bookings",
            booked("2026-10-01", "2026-10-31", KEPT),
        ),
        (
            vec!["Сколько записей на йогу за октябрь?", "yoga bookings in October"],
            "/bookings",
            booked("2026-10-01", "2026-10-31", &format!("{KEPT} {yoga}")),
        ),
        (
            vec![
                "Сколько записей у Ирины Беловой за октябрь?",
                "Irina Belova bookings in October",
                "Сколько записей к тренеру Ирине в октябре",
            ],
            "/bookings",
            booked("2026-10-01", "2026-10-31", &format!("{KEPT} {trainer}")),
        ),
        (
            vec![
                "Сколько посещений было вчера?",
                "How many visits were there yesterday?",
            ],
            "/bookings",
            booked("2026-11-27", "2026-11-27", "AND status = 'attended'"),
        ),
        (
            vec![
                "Сколько отмен было за март?",
                "How many cancellations were there in March?",
                "отмены за март",
            ],
            "/cancelled",
            booked("2026-03-01", "2026-03-31", "AND status = 'cancelled'"),
        ),
        (
            vec!["сколько не пришло вчера", "How many no-shows yesterday?"],
            "/no_shows",
            booked("2026-11-27", "2026-11-27", "AND status = 'no_show'"),
        ),
        (
            vec![
                "How many no-shows did we have last week?",
                "Сколько неявок за прошлую неделю?",
            ],
            "/no_shows",
            booked("2026-11-16", "2026-11-22", "AND status = 'no_show'"),
        ),
        (
            vec![
                "Кто чаще всех не приходит на занятия?",
                "Who misses most often? top no-shows",
            ],
            "/clients/0/no_shows",
            format!(
                "SELECT COUNT(*) AS n FROM bookings WHERE status = 'no_show' AND {} GROUP BY client_id ORDER BY n DESC LIMIT 1",
                days("starts_at", "2026-08-31", "2026-11-28")
            ),
        ),
        (
            vec![
                "Есть ли свободные места сегодня вечером?",
                "Any free slots this evening?",
            ],
            "/free_seats",
            free(
                "2026-11-28",
                "2026-11-28",
                "AND strftime('%H', (starts_at + 10800000) / 1000, 'unixepoch') >= '17'",
            ),
        ),
        (
            vec!["Сколько свободных мест сегодня?", "How many free seats today?"],
            "/free_seats",
            free("2026-11-28", "2026-11-28", ""),
        ),
        (
            vec![
                "Сколько мест осталось на йогу в понедельник?",
                "How many seats are left for yoga on Monday?",
            ],
            "/free_seats",
            free("2026-11-30", "2026-11-30", yoga),
        ),
        (
            vec![
                "Какие переговорки свободны в пятницу с 15:00?",
                "Which meeting rooms are free on Friday from 15:00?",
            ],
            "/free_places",

                "SELECT COUNT(*) FROM places p WHERE kind = 'meeting_room' AND NOT EXISTS (SELECT 1 FROM occupancy o WHERE o.resource = 'place' AND o.resource_id = p.id AND o.from_at < strftime('%s', '2026-12-04 13:00') * 1000 AND o.to_at > strftime('%s', '2026-12-04 12:00') * 1000)".to_owned()
            ,
        ),
        (
            vec![
                "В какие часы больше всего посещений?",
                "What is the busiest hour?",
            ],
            "/attended",
            booked("2026-10-30", "2026-11-28", "AND status = 'attended'"),
        ),
        (
            vec![
                "Какой зал самый загруженный в этом месяце?",
                "Which hall is the busiest this month?",
            ],
            "/rows/0/hours",
            format!(
                "SELECT ROUND(SUM(to_at - from_at) / 3600000.0, 1) AS n FROM occupancy o JOIN places p ON p.id = o.resource_id WHERE o.resource = 'place' AND p.kind = 'hall' AND {} GROUP BY p.id ORDER BY n DESC LIMIT 1",
                days("from_at", "2026-11-01", "2026-11-30")
            ),
        ),
        (
            vec![
                "Насколько загружена тренер Ирина на этой неделе?",
                "How busy is trainer Irina this week?",
            ],
            "/rows/0/hours",
            format!(
                "SELECT ROUND(SUM(to_at - from_at) / 3600000.0, 1) FROM occupancy WHERE resource = 'staff' AND resource_id = (SELECT id FROM staff WHERE name = 'Ирина Белова') AND {}",
                days("from_at", "2026-11-23", "2026-11-29")
            ),
        ),
        (
            vec![
                "Which trainer is the busiest this month?",
                "Какой тренер самый загруженный в этом месяце?",
            ],
            "/rows/0/hours",
            format!(
                "SELECT ROUND(SUM(to_at - from_at) / 3600000.0, 1) AS n FROM occupancy WHERE resource = 'staff' AND {} GROUP BY resource_id ORDER BY n DESC LIMIT 1",
                days("from_at", "2026-11-01", "2026-11-30")
            ),
        ),
    ]
}

fn money() -> Vec<Case> {
    let of = |table: &str, name: &str, column: &str| {
        format!("AND {column} = (SELECT id FROM {table} WHERE name = '{name}')")
    };
    let top = |group: &str, from: &str, to: &str| {
        format!(
            "SELECT SUM(CASE kind WHEN 'refund' THEN -amount_minor ELSE amount_minor END) AS n FROM payments WHERE status = 'completed' AND {} GROUP BY {group} ORDER BY n DESC LIMIT 1",
            days("paid_at", from, to)
        )
    };
    vec![
        (
            vec![
                "Какая выручка сегодня?",
                "What's today's revenue?",
                "сколько заработали сегодня",
            ],
            "/revenue",
            revenue("2026-11-28", "2026-11-28", ""),
        ),
        (
            vec![
                "Выручка за вчера",
                "revenue yesterday",
                "How much did we earn yesterday?",
            ],
            "/revenue",
            revenue("2026-11-27", "2026-11-27", ""),
        ),
        (
            vec!["выручка за неделю", "revenue this week"],
            "/revenue",
            revenue("2026-11-23", "2026-11-29", ""),
        ),
        (
            vec!["Выручка за прошлую неделю", "revenue last week"],
            "/revenue",
            revenue("2026-11-16", "2026-11-22", ""),
        ),
        (
            vec![
                "сколько заработали в этом квартале",
                "revenue this quarter",
                "Выручка за Q4",
            ],
            "/revenue",
            revenue("2026-10-01", "2026-12-31", ""),
        ),
        (
            vec!["Выручка за третий квартал", "Q3 revenue"],
            "/revenue",
            revenue("2026-07-01", "2026-09-30", ""),
        ),
        (
            vec![
                "Revenue from 1 to 15 November",
                "Выручка с 1 по 15 ноября",
                "доход 1-15 ноября",
            ],
            "/revenue",
            revenue("2026-11-01", "2026-11-15", ""),
        ),
        (
            vec!["Выручка за 31 октября", "revenue on October 31"],
            "/revenue",
            revenue("2026-10-31", "2026-10-31", ""),
        ),
        (
            vec![
                "Выручка с 28 декабря по 3 января",
                "revenue from December 28 to January 3",
            ],
            "/revenue",
            revenue("2025-12-28", "2026-01-03", ""),
        ),
        (
            vec!["Выручка за декабрь", "December revenue"],
            "/revenue",
            revenue("2025-12-01", "2025-12-31", ""),
        ),
        (
            vec!["Выручка за последние 30 дней", "revenue for the last 30 days"],
            "/revenue",
            revenue("2026-10-30", "2026-11-28", ""),
        ),
        (
            vec!["Выручка за год", "revenue this year"],
            "/revenue",
            revenue("2026-01-01", "2026-12-31", ""),
        ),
        (
            vec![
                "Сколько принёс Олег Соколов в прошлом месяце?",
                "How much revenue did Oleg Sokolov bring last month?",
            ],
            "/revenue",
            revenue(
                "2026-10-01",
                "2026-10-31",
                &of("staff", "Олег Соколов", "staff_id"),
            ),
        ),
        (
            vec!["Выручка по йоге за октябрь", "yoga revenue in October"],
            "/revenue",
            revenue("2026-10-01", "2026-10-31", &of("services", "Йога", "service_id")),
        ),
        (
            vec!["Сколько оплатили наличными в октябре?", "cash revenue in October"],
            "/revenue",
            revenue("2026-10-01", "2026-10-31", "AND method = 'cash'"),
        ),
        (
            vec!["Выручка коворкинга за октябрь", "coworking revenue in October"],
            "/revenue",
            revenue(
                "2026-10-01",
                "2026-10-31",
                "AND service_id IN (SELECT id FROM services WHERE direction = 'coworking')",
            ),
        ),
        (
            vec!["Выручка за октябрь по услугам", "October revenue by service"],
            "/rows/0/revenue",
            top("service_id", "2026-10-01", "2026-10-31"),
        ),
        (
            vec![
                "Сколько принёс каждый тренер в прошлом месяце?",
                "revenue by trainer last month",
            ],
            "/rows/0/revenue",
            format!(
                "SELECT MAX(n) FROM ({})",
                top("staff_id", "2026-10-01", "2026-10-31")
            ),
        ),
        (
            vec![
                "Сколько оплатили наличными, а сколько картой?",
                "revenue by payment method this month",
            ],
            "/rows/0/revenue",
            top("method", "2026-11-01", "2026-11-30"),
        ),
        (
            vec![
                "Break down March revenue by payment method",
                "Выручка за март по способам оплаты",
            ],
            "/rows/0/revenue",
            top("method", "2026-03-01", "2026-03-31"),
        ),
        (
            vec![
                "Выручка по направлениям за октябрь",
                "October revenue by direction",
            ],
            "/rows/0/revenue",
            format!(
                "SELECT SUM(CASE kind WHEN 'refund' THEN -amount_minor ELSE amount_minor END) AS n FROM payments p JOIN services s ON s.id = p.service_id WHERE p.status = 'completed' AND {} GROUP BY s.direction ORDER BY n DESC LIMIT 1",
                days("paid_at", "2026-10-01", "2026-10-31")
            ),
        ),
        (
            vec!["Какой средний чек?", "What is the average payment?"],
            "/average",
            format!(
                "SELECT CAST(ROUND(AVG(amount_minor)) AS INTEGER) FROM payments WHERE status = 'completed' AND kind = 'payment' AND {}",
                days("paid_at", "2026-11-01", "2026-11-30")
            ),
        ),
        (
            vec!["Средний платёж за март", "average payment in March"],
            "/average",
            format!(
                "SELECT CAST(ROUND(AVG(amount_minor)) AS INTEGER) FROM payments WHERE status = 'completed' AND kind = 'payment' AND {}",
                days("paid_at", "2026-03-01", "2026-03-31")
            ),
        ),
        (
            vec![
                "Сравни выручку этой и прошлой недели",
                "Compare revenue of this week and last week",
            ],
            "/revenue_before",
            revenue("2026-11-16", "2026-11-22", ""),
        ),
        (
            vec![
                "Мы заработали больше, чем в прошлом месяце?",
                "Is revenue up on last month?",
            ],
            "/change",
            format!(
                "SELECT ({}) - ({})",
                revenue("2026-11-01", "2026-11-30", ""),
                revenue("2026-10-01", "2026-10-31", "")
            ),
        ),
        (
            vec![
                "топ-5 клиентов по оплатам за год",
                "Top 10 clients by spend this year",
            ],
            "/clients/0/amount",
            format!(
                "SELECT SUM(CASE kind WHEN 'refund' THEN -amount_minor ELSE amount_minor END) AS n FROM payments WHERE status = 'completed' AND client_id IS NOT NULL AND {} GROUP BY client_id ORDER BY n DESC LIMIT 1",
                days("paid_at", "2026-01-01", "2026-12-31")
            ),
        ),
        (
            vec![
                "Топ-3 клиентов за год",
                "Топ 3 клиентов",
                "лучшие клиенты за этот год",
                "Top 3 customers this year",
            ],
            "/clients/2/amount",
            format!(
                "SELECT SUM(CASE kind WHEN 'refund' THEN -amount_minor ELSE amount_minor END) AS n FROM payments WHERE status = 'completed' AND client_id IS NOT NULL AND {} GROUP BY client_id ORDER BY n DESC LIMIT 1 OFFSET 2",
                days("paid_at", "2026-01-01", "2026-12-31")
            ),
        ),
        (
            vec!["Кто нам должен?", "Who owes us money?", "Какие долги у клиентов?"],
            "/owed",
            format!(
                "SELECT (SELECT COALESCE(SUM(price_minor - paid_minor), 0) FROM bookings WHERE status <> 'cancelled' AND client_id IS NOT NULL AND starts_at <= {NOW} AND price_minor > paid_minor) + (SELECT COALESCE(SUM(price_minor - paid_minor), 0) FROM subscriptions WHERE status = 'active' AND price_minor > paid_minor AND date(starts_on * 86400, 'unixepoch') <= '2026-11-28')"
            ),
        ),
        (
            vec![
                "Сколько возвратов сделали в ноябре?",
                "How many refunds were there in November?",
            ],
            "/refunds",
            format!(
                "SELECT COUNT(*) FROM payments WHERE kind = 'refund' AND status = 'completed' AND {}",
                days("paid_at", "2026-11-01", "2026-11-30")
            ),
        ),
        (
            vec!["самая популярная услуга", "What is the most popular service?"],
            "/rows/0/revenue",
            top("service_id", "2026-11-01", "2026-11-30"),
        ),
        (
            vec!["Выручка за 2024 год", "revenue in 2024"],
            "/revenue",
            "SELECT 0".into(),
        ),
        (
            vec![
                "Дай общую сводку по бизнесу",
                "Как у нас дела?",
                "Give me a quick summary",
            ],
            "/revenue_month",
            revenue("2026-11-01", "2026-11-28", ""),
        ),
    ]
}

/// Every question whose figure is known.
pub fn cases() -> impl Iterator<Item = Case> {
    clients().into_iter().chain(schedule()).chain(money())
}

/// What SQL gives.
pub fn wanted(sql: &rusqlite::Connection, query: &str) -> f64 {
    sql.query_row(query, [], |row| row.get::<_, Option<f64>>(0))
        .unwrap_or_default()
        .unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn figures_are_those_of_sql() {
    let studio = Studio::filled().await;
    let sql = studio.sql();
    let (mut asked, mut wrong) = (0, Vec::new());
    for (questions, place, query) in cases() {
        let wanted = wanted(&sql, &query);
        for question in questions {
            asked += 1;
            let reply = studio.ask(question).await;
            let found = Value::Object(reply.data.clone());
            let figure = found.pointer(place).and_then(Value::as_f64);
            if figure.is_none_or(|figure| (figure - wanted).abs() > 1e-9) {
                wrong.push(format!(
                    "{question}: {figure:?}, SQL {wanted}; {:?} {}",
                    reply.calls, reply.message
                ));
            }
            assert_eq!((reply.provider, reply.degraded), ("offline", false));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {asked} are wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(asked >= 140, "{asked}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn questions_lean_on_those_before() {
    let studio = Studio::filled().await;
    let sql = studio.sql();
    for (before, question, place, query) in [
        (
            vec!["Сколько было записей за прошлую неделю?"],
            "а за вчера?",
            "/bookings",
            booked("2026-11-27", "2026-11-27", KEPT),
        ),
        (
            vec!["сколько заработали в этом квартале"],
            "А в прошлом?",
            "/revenue",
            revenue("2026-07-01", "2026-09-30", ""),
        ),
        (
            vec!["What's today's revenue?"],
            "And yesterday?",
            "/revenue",
            revenue("2026-11-27", "2026-11-27", ""),
        ),
        (
            vec!["How many clients do we have?"],
            "How many of them are active?",
            "/count",
            "SELECT COUNT(*) FROM clients WHERE status = 'active'".to_owned(),
        ),
        (
            vec!["Выручка за октябрь", "а за сентябрь?"],
            "А за август?",
            "/revenue",
            revenue("2026-08-01", "2026-08-31", ""),
        ),
        (
            vec!["Сколько записей у Ирины Беловой за октябрь?"],
            "а у Олега?",
            "/bookings",
            booked(
                "2026-10-01",
                "2026-10-31",
                &format!("{KEPT} AND staff_id = (SELECT id FROM staff WHERE name = 'Олег Соколов')"),
            ),
        ),
        (
            vec!["Revenue last week", "Hi there"],
            "and last month?",
            "/revenue",
            revenue("2026-10-01", "2026-10-31", ""),
        ),
    ] {
        let wanted: i64 = sql.query_row(&query, [], |row| row.get(0)).unwrap();
        let reply = studio.ask_after(&before, question).await;
        let figure = figure(&reply, place);
        assert_eq!(
            figure,
            Some(wanted),
            "{before:?} {question}: {:?} {}",
            reply.calls,
            reply.message
        );
    }
}
