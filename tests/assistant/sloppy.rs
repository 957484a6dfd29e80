//! Questions as people write them in haste: slang, slips, names in every case, pronouns, and what only sounds like a question
//! that is known. Figures are those of SQL; what cannot be answered is said.

use crate::leaning;
use crate::studio::{NOW, Studio, figure};

pub fn days(column: &str, from: &str, to: &str) -> String {
    format!("date(({column} + 10800000) / 1000, 'unixepoch') BETWEEN '{from}' AND '{to}'")
}

pub fn revenue(from: &str, to: &str, more: &str) -> String {
    format!(
        "SELECT COALESCE(SUM(CASE kind WHEN 'refund' THEN -amount_minor ELSE amount_minor END), 0) FROM payments WHERE status = 'completed' AND {} {more}",
        days("paid_at", from, to)
    )
}

pub fn booked(from: &str, to: &str, more: &str) -> String {
    format!(
        "SELECT COUNT(*) FROM bookings WHERE {} {more}",
        days("starts_at", from, to)
    )
}

pub const KEPT: &str = "AND status <> 'cancelled'";
const CAME: &str = "AND status = 'attended'";

pub fn of(table: &str, name: &str, column: &str) -> String {
    format!("AND {column} = (SELECT id FROM {table} WHERE name = '{name}')")
}

/// Questions, the figure's place, the SQL.
type Case = (&'static [&'static str], &'static str, String);

fn money() -> Vec<Case> {
    let average = |from: &str, to: &str| {
        format!(
            "SELECT CAST(ROUND(AVG(amount_minor)) AS INTEGER) FROM payments WHERE status = 'completed' AND kind = 'payment' AND {}",
            days("paid_at", from, to)
        )
    };
    let top = |group: &str, from: &str, to: &str| {
        format!(
            "SELECT MAX(n) FROM (SELECT SUM(CASE kind WHEN 'refund' THEN -amount_minor ELSE amount_minor END) AS n FROM payments WHERE status = 'completed' AND {} GROUP BY {group})",
            days("paid_at", from, to)
        )
    };
    vec![
        (
            &[
                "чё по деньгам вчера",
                "касса за вчера",
                "выручка вчра",
                "hw much did we make yesterday",
            ],
            "/revenue",
            revenue("2026-11-27", "2026-11-27", ""),
        ),
        (
            &[
                "чо по выручке за неделю",
                "revenue this wk",
                "привет, сколько денег за эту неделю?",
            ],
            "/revenue",
            revenue("2026-11-23", "2026-11-29", ""),
        ),
        (
            &[
                "сколько бабла подняли в октябре",
                "сколько мы подняли за прошлый месяц",
                "how much money did we make in october",
            ],
            "/revenue",
            revenue("2026-10-01", "2026-10-31", ""),
        ),
        (
            &["сколько денег пришло налом за неделю"],
            "/revenue",
            revenue("2026-11-23", "2026-11-29", "AND method = 'cash'"),
        ),
        (
            &["how much cash did we take today", "касса за сегодня по налу"],
            "/revenue",
            revenue("2026-11-28", "2026-11-28", "AND method = 'cash'"),
        ),
        (
            &["revenue last wk vs this", "сравни выручку прошлой недели и этой"],
            "/revenue_before",
            revenue("2026-11-16", "2026-11-22", ""),
        ),
        (
            &["выручка за позапрошлую неделю", "revenue the week before last"],
            "/revenue",
            revenue("2026-11-09", "2026-11-15", ""),
        ),
        (
            &["выручка за лето", "revenue in summer"],
            "/revenue",
            revenue("2026-06-01", "2026-08-31", ""),
        ),
        (
            &[
                "выручка с начала года",
                "revenue ytd",
                "revenue since the beginning of the year",
            ],
            "/revenue",
            revenue("2026-01-01", "2026-11-28", ""),
        ),
        (
            &["выручка с понедельника", "revenue since monday"],
            "/revenue",
            revenue("2026-11-23", "2026-11-28", ""),
        ),
        (
            &["выручка с понедельника по среду"],
            "/revenue",
            revenue("2026-11-23", "2026-11-25", ""),
        ),
        (
            &["деньги за 3 последних дня", "выручка за последние 3 дня"],
            "/revenue",
            revenue("2026-11-26", "2026-11-28", ""),
        ),
        (
            &["выручка на 15 число"],
            "/revenue",
            revenue("2026-11-15", "2026-11-15", ""),
        ),
        (
            &["выручка с 1 по 10 число"],
            "/revenue",
            revenue("2026-11-01", "2026-11-10", ""),
        ),
        (
            &["сколько заработали вчера и позавчера"],
            "/revenue_before",
            revenue("2026-11-26", "2026-11-26", ""),
        ),
        (
            &["выручка за второе полугодие"],
            "/revenue",
            revenue("2026-07-01", "2026-12-31", ""),
        ),
        (
            &[
                "what did yoga bring last month",
                "сколько принесла йога в октябре",
            ],
            "/revenue",
            revenue("2026-10-01", "2026-10-31", &of("services", "Йога", "service_id")),
        ),
        (
            &[
                "сколько заработала Ира Белова в октябре",
                "сколько принесла Ирина в октябре",
            ],
            "/revenue",
            revenue(
                "2026-10-01",
                "2026-10-31",
                &of("staff", "Ирина Белова", "staff_id"),
            ),
        ),
        (
            &["ср чек за октябрь", "avg check last month"],
            "/average",
            average("2026-10-01", "2026-10-31"),
        ),
        (
            &["сколько платежей было вчера"],
            "/average",
            average("2026-11-27", "2026-11-27"),
        ),
        (
            &[
                "какой тренер приносит больше денег",
                "кто из тренеров больше всех заработал в ноябре",
            ],
            "/rows/0/revenue",
            top("staff_id", "2026-11-01", "2026-11-30"),
        ),
        (
            &[
                "на чём больше всего зарабатываем",
                "что лучше продаётся",
                "which services sell best",
            ],
            "/rows/0/revenue",
            top("service_id", "2026-11-01", "2026-11-30"),
        ),
        (
            &["сколько безнала за ноябрь"],
            "/rows/0/revenue",
            top("method", "2026-11-01", "2026-11-30"),
        ),
    ]
}

fn schedule() -> Vec<Case> {
    let yoga = of("services", "Йога", "service_id");
    vec![
        (
            &["сколько народу было в пн", "сколько человек пришло в понедельник"],
            "/bookings",
            booked("2026-11-23", "2026-11-23", CAME),
        ),
        (
            &[
                "скок народу было на йоге вчера",
                "how many ppl came to yoga yesterday",
            ],
            "/bookings",
            booked("2026-11-27", "2026-11-27", &format!("{CAME} {yoga}")),
        ),
        (
            &[
                "сколько людей придёт завтра",
                "много народу завтра?",
                "who's coming tomorow",
                "сколько человек записалось на завтра",
            ],
            "/bookings",
            booked("2026-11-29", "2026-11-29", KEPT),
        ),
        (
            &[
                "кто завтра к Ирине",
                "кто завтра идёт к Ире Беловой?",
                "whos booked with Irina tomorrow",
            ],
            "/bookings",
            booked(
                "2026-11-29",
                "2026-11-29",
                &format!("{KEPT} {}", of("staff", "Ирина Белова", "staff_id")),
            ),
        ),
        (
            &["кто сегодня на пилатесе", "список на пилатес сегодня"],
            "/bookings",
            booked(
                "2026-11-28",
                "2026-11-28",
                &format!("{KEPT} {}", of("services", "Пилатес", "service_id")),
            ),
        ),
        (
            &["кто придёт сегодня вечером", "сколько записей сегодня вечером"],
            "/bookings",
            booked(
                "2026-11-28",
                "2026-11-28",
                &format!("{KEPT} AND time((starts_at + 10800000) / 1000, 'unixepoch') >= '17:00'"),
            ),
        ),
        (
            &["кто не пришёл вчера"],
            "/bookings",
            booked("2026-11-27", "2026-11-27", "AND status = 'no_show'"),
        ),
        (
            &["кто отменил запись вчера", "who cancelled yesterday"],
            "/bookings",
            booked("2026-11-27", "2026-11-27", "AND status = 'cancelled'"),
        ),
        (
            &[
                "есть места на стретчинг завтра",
                "any room for one more in stretching tomorrow?",
                "можно записать человека на стретчинг завтра?",
            ],
            "/free_seats",
            format!(
                "SELECT COALESCE(SUM(capacity - seats_taken), 0) FROM schedule_sessions WHERE status = 'scheduled' AND starts_at > {} AND {} {}",
                NOW.0,
                days("starts_at", "2026-11-29", "2026-11-29"),
                of("services", "Стретчинг", "service_id")
            ),
        ),
    ]
}

fn clients() -> Vec<Case> {
    let new = |from: &str, to: &str| {
        format!(
            "SELECT COUNT(*) FROM clients WHERE {}",
            days("created_at", from, to)
        )
    };
    let born = |day: &str| {
        format!(
            "SELECT COUNT(*) FROM clients WHERE strftime('%m-%d', birth_date * 86400, 'unixepoch') LIKE '{day}'"
        )
    };
    vec![
        (&["сколко клиетов в базе", "скажи пожалуйста сколько у нас клиентов"], "/total_clients", "SELECT COUNT(*) FROM clients".into()),
        (&["сколько новеньких за неделю", "new cust this wk"], "/new_clients", new("2026-11-23", "2026-11-29")),
        (&["новеньких в ноябре сколько"], "/new_clients", new("2026-11-01", "2026-11-30")),
        (&["у кого завтра др", "whos birthday is tomorrow"], "/count", born("11-29")),
        (&["чьи дни рождения в декабре"], "/count", born("12-%")),
        (
            &["кто не ходит с лета", "кто слился с лета"],
            "/count",
            "SELECT COUNT(*) FROM clients c WHERE NOT EXISTS (SELECT 1 FROM bookings b WHERE b.client_id = c.id AND b.status = 'attended' AND date((b.starts_at + 10800000) / 1000, 'unixepoch') >= '2026-06-01')".into(),
        ),
        (
            &["how many memberships run out this month", "сколько абонементов кончается в этом месяце"],
            "/ending_subscriptions",
            "SELECT COUNT(*) FROM subscriptions WHERE status = 'active' AND date(ends_on * 86400, 'unixepoch') BETWEEN '2026-11-01' AND '2026-11-30'".into(),
        ),
        (
            &["сколько клиентов из Instagram", "новые клиенты из инсты"],
            "/by_source/0/count",
            "SELECT COUNT(*) AS n FROM clients GROUP BY source ORDER BY n DESC LIMIT 1".into(),
        ),
    ]
}

async fn haste_and_slang_lead_to_the_same_figures(studio: &Studio) {
    let sql = studio.sql();
    let (mut asked, mut wrong) = (0, Vec::new());
    for (questions, place, query) in money().into_iter().chain(schedule()).chain(clients()) {
        let wanted: i64 = sql.query_row(&query, [], |row| row.get(0)).unwrap();
        for question in questions {
            asked += 1;
            let reply = studio.ask(question).await;
            let figure = figure(&reply, place);
            if figure != Some(wanted) {
                wrong.push(format!(
                    "{question}: {figure:?}, SQL {wanted}; {:?} {}",
                    reply.calls, reply.message
                ));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {asked}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(asked >= 70, "{asked}");
}

async fn what_only_sounds_like_a_figure_is_said_not_to_be_known(studio: &Studio) {
    let mut wrong = Vec::new();
    for (question, part) in [
        ("какая прибыль за ноябрь", "расход"),
        ("сколько потратили на рекламу", "расход"),
        ("зарплата тренеров", "зарплат"),
        ("сколько заплатить Анне за ноябрь", "зарплат"),
        ("profit this month", "expenses"),
        ("сколько стоит йога", "Каталог"),
        ("почём пилатес", "Каталог"),
        ("телефон Егорова", "Клиенты"),
        ("расписание на завтра", "Расписание"),
        ("во сколько завтра йога", "Расписание"),
        ("кто ведёт йогу", "Расписание"),
        ("свободен ли Олег завтра в 15:00", "Расписание"),
        ("выручка по дням за неделю", "Сравни"),
        ("какой день недели самый прибыльный", "Сравни"),
        ("сколько потратил Егоров", "долг"),
        ("how much has Egorov spent this year", "owes"),
        ("какая выручка будет в декабре", "прогноз"),
        ("прогноз выручки", "прогноз"),
        ("почему упала выручка", "цифрами"),
        ("как увеличить выручку", "цифрами"),
        ("средний чек у Олега", "по сотруднику"),
        ("сколько клиентов у Ирины", "по сотруднику"),
        ("возвраты по йоге за октябрь", "по услуге"),
        ("сколько заработал большой зал", "по месту"),
        ("Сколько клиентов было в базе в марте?", "на сейчас"),
        ("сводка за прошлую неделю", "на сейчас"),
        ("сколько клиентов ушло за год", "не понял"),
        ("сколько женщин среди клиентов", "не понял"),
        ("средний возраст клиентов", "не понял"),
        ("самый активный клиент", "не понял"),
        ("самый крупный платёж за ноябрь", "не понял"),
        ("кто не продлил абонемент", "не понял"),
        ("сколько человек сейчас в зале", "не понял"),
        ("сколько денег принесла рассылка", "не понял"),
        ("кто у меня завтра на тренировке", "назовите имя"),
        ("мои клиенты", "назовите имя"),
        ("отчёт за октябрь", "на сейчас"),
        ("выручка за январь, март и май", "Сравни"),
        ("у кого долг больше 5000", "не понял"),
        ("на какую группу чаще всего записываются", "не понял"),
        ("процент отмен за ноябрь", "не понял"),
        ("сколько пробных занятий", "не понял"),
        ("сколько записей через сайт", "не понял"),
        ("клиенты без абонемента", "не понял"),
        ("сколько стоил в среднем абонемент", "не понял"),
        ("average bookings per day", "Compare"),
        ("what's the no show rate", "did not understand"),
        ("сколько будет 2+2", "не понял"),
        ("revenue for black friday", "did not understand"),
    ] {
        let reply = studio.ask(question).await;
        let unknown = reply.message.contains("не знаю") || reply.message.contains("do not know");
        if !(reply.calls.is_empty() && unknown && reply.message.contains(part)) {
            wrong.push(format!("{question}: {:?} {}", reply.calls, reply.message));
        }
    }
    for (question, part) in [
        ("отметь что Егоров пришёл", "ничего не меняю"),
        ("напомни мне позвонить Егорову", "ничего не меняю"),
        ("выручка по Анне и Олегу", "Кого вы имеете в виду"),
        ("сколько клиентов фитнеса", "(направление: фитнес)"),
        ("Сколько бывших клиентов?", "(статус: бывший)"),
        ("какой тренер приносит больше денег", "больше всех: Анна Соколова"),
        ("кто завтра к Лене", "Не нашёл сотрудника «Лене»"),
        ("сравни кампании Возвращение и Зима", "Не нашёл кампанию «Зима»"),
        (
            "сравни рассылки «Лето» и «Осенний сезон»",
            "Не нашёл кампанию «Лето»",
        ),
        (
            "Compare the campaigns \"Summer\" and \"Winter\"",
            "I found no campaign \"Summer\"",
        ),
        ("how did the winter sale campaign do", "winter sale"),
        ("спс", "Пожалуйста"),
        ("понятно", "Хорошо"),
    ] {
        let reply = studio.ask(question).await;
        if !reply.message.contains(part) {
            wrong.push(format!("{question}: {}", reply.message));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

async fn two_campaigns_are_compared_with_each_other_only(studio: &Studio) {
    let reply = studio
        .ask("сравни Возвращение с рассылкой «Утренние группы»")
        .await;
    assert_eq!(reply.data["compared"], 2, "{}", reply.message);
    assert!(!reply.message.contains("Осенний сезон"), "{}", reply.message);
}

async fn a_card_tells_what_is_left_of_the_subscription(studio: &Studio) {
    let (name, ends_on, left): (String, String, i64) = studio
        .sql()
        .query_row(
            "SELECT p.name, date(s.ends_on * 86400, 'unixepoch'), s.visits_left FROM subscriptions s JOIN clients c ON c.id = s.client_id JOIN contacts p ON p.id = c.contact_id WHERE s.status = 'active' AND s.visits_left > 0 AND date(s.starts_on * 86400, 'unixepoch') <= '2026-11-28' AND date(s.ends_on * 86400, 'unixepoch') >= '2026-11-28' AND (SELECT COUNT(*) FROM contacts q WHERE q.name = p.name) = 1 AND (SELECT COUNT(*) FROM subscriptions o WHERE o.client_id = c.id AND o.status = 'active' AND date(o.ends_on * 86400, 'unixepoch') >= '2026-11-28') = 1 ORDER BY s.id LIMIT 1",
            [],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
        .unwrap();
    for question in [
        format!("Сколько занятий осталось у клиента {name}?"),
        format!("Когда закончится абонемент у {name}?"),
        format!("Когда последний раз приходил {name}?"),
    ] {
        let reply = studio.ask(&question).await;
        let held = &reply.data["subscriptions"][0];
        assert_eq!(
            (held["ends_on"].as_str(), held["visits_left"].as_i64()),
            (Some(ends_on.as_str()), Some(left)),
            "{question}: {}",
            reply.message
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn words_of_no_enumeration_are_refused_with_those_of_it() {
    use alfa::assistant::tool::Tool;
    for (tool, field, allowed) in [
        (Tool::RevenueTotal, "method", "cash, transfer, card"),
        (Tool::FreePlaces, "kind", "hall, desk, meeting_room, other"),
        (
            Tool::BookingsCount,
            "status",
            "booked, paid, attended, no_show, cancelled",
        ),
        (Tool::ClientsCount, "status", "new, active, former"),
    ] {
        let mut arguments = serde_json::Map::new();
        arguments.insert(field.to_owned(), "bitcoin".into());
        let bad = tool.call(arguments).unwrap_err();
        assert_eq!(bad.field, field);
        assert!(bad.why.contains(allowed), "{}", bad.why);
    }
    let studio = Studio::empty(&[]).await;
    let mut arguments = serde_json::Map::new();
    arguments.insert("direction".to_owned(), "swimming".into());
    let rights = alfa::assistant::rights::Rights::of(&alfa::access::Caller::Open);
    let (outcome, _) = alfa::assistant::call(
        &studio.app,
        "revenue_total",
        arguments,
        rights,
        alfa::text::Lang::En,
    )
    .await
    .unwrap()
    .unwrap();
    assert!(
        outcome.text.contains("swimming")
            && outcome.text.contains("coworking")
            && !outcome.data.contains_key("revenue"),
        "{}",
        outcome.text
    );
}

async fn who_was_born_on_29_february_has_a_birthday_every_year(studio: &Studio) {
    let sql = studio.sql();
    for born in [228, 229, 229, 229, 301] {
        let moved = sql
            .execute(
                "UPDATE clients SET birth_month_day = ?1 WHERE id = (SELECT MIN(id) FROM clients WHERE birth_month_day NOT IN (228, 229, 301))",
                [born],
            )
            .unwrap();
        assert_eq!(moved, 1);
    }
    let on = |days: &str| -> i64 {
        let query = format!("SELECT COUNT(*) FROM clients WHERE birth_month_day IN ({days})");
        sql.query_row(&query, [], |row| row.get(0)).unwrap()
    };
    for (question, days) in [
        ("У кого день рождения 28 февраля 2027?", "228, 229"),
        ("У кого день рождения 28 февраля 2028?", "228"),
        ("У кого день рождения 29 февраля 2028?", "229"),
        ("У кого день рождения 29 февраля?", "228, 229"),
        ("У кого день рождения 1 марта 2027?", "301"),
        ("Whose birthday is on February 28, 2027?", "228, 229"),
    ] {
        let reply = studio.ask(question).await;
        assert_eq!(reply.data["count"], on(days), "{question}: {}", reply.message);
    }
}

/// One studio for all of it: filling it takes longer than the questions.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn people_who_write_in_haste_are_understood_or_told_so() {
    let studio = Studio::filled().await;
    haste_and_slang_lead_to_the_same_figures(&studio).await;
    what_only_sounds_like_a_figure_is_said_not_to_be_known(&studio).await;
    two_campaigns_are_compared_with_each_other_only(&studio).await;
    leaning::a_pronoun_is_the_client_of_the_question_before(&studio).await;
    a_card_tells_what_is_left_of_the_subscription(&studio).await;
    leaning::follow_ups_ask_the_same_of_another_side(&studio).await;
    who_was_born_on_29_february_has_a_birthday_every_year(&studio).await;
}
