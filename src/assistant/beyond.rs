//! Questions that no tool answers, in words that another tool would take for its own. What is nearest is not answered
//! instead: it is said what is lacking, and where it is or what can be asked. Pure.

use super::intent::{
    CLIENTS, COUNTED, ENDING, SUBSCRIPTIONS, Said, TRAINERS, Words, is_of_campaigns, ranks_clients,
};
use super::intent_money::MONEY;

/// What is asked for and is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lack {
    /// Profit, expenses, wages.
    Costs,
    /// What a service costs.
    Prices,
    /// Phones and addresses of people.
    Contacts,
    /// When which session is, and who leads it.
    Timetable,
    /// Figures by day, week or month.
    ByTime,
    /// What is of who asks: nobody is known by the question.
    Mine,
    /// What will be earned.
    Forecast,
    /// Why it is so, and what to do.
    Advice,
    /// What one client has paid.
    ClientMoney,
    /// Something else.
    Other,
}

impl Lack {
    /// The key of its words.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Costs => "lacks_costs",
            Self::Prices => "lacks_prices",
            Self::Contacts => "lacks_contacts",
            Self::Timetable => "lacks_timetable",
            Self::ByTime => "lacks_by_time",
            Self::Mine => "lacks_mine",
            Self::Forecast => "lacks_forecast",
            Self::Advice => "lacks_advice",
            Self::ClientMoney => "lacks_client_money",
            Self::Other => "unknown",
        }
    }
}

const COSTS: &[&str] = &[
    "расход",
    "затрат",
    "прибыль$",
    "прибыли$",
    "прибылью$",
    "маржа",
    "маржин",
    "рентаб",
    "убыт",
    "зарплат",
    "оклад",
    "налог",
    "себестоим",
    "profit",
    "expens",
    "salar",
    "wage",
    "payroll",
    "margin",
    "tax$",
    "taxes$",
];
const PRICES: &[&str] = &[
    "почем$",
    "цена$",
    "цены$",
    "цену$",
    "ценник",
    "прайс",
    "price",
    "prices$",
];
const COSTS_SO_MUCH: &[&str] = &["стоит$", "стоят$", "стоило$", "cost$", "costs$"];
/// What no campaign's figures tell of.
const BROUGHT: &[&str] = &[
    "выручк",
    "деньг",
    "денег$",
    "продаж",
    "заработа",
    "оплат",
    "revenue",
    "money$",
    "sales$",
];
/// Of what is still to come.
const FUTURE: &[&str] = &[
    "будет$",
    "будущ",
    "следующ",
    "прогноз",
    "ожида",
    "завтра$",
    "will$",
    "next$",
    "tomorrow$",
    "forecast",
    "projected$",
    "expected$",
];
const CONTACTS: &[&str] = &[
    "телефон$",
    "телефоны$",
    "телефончик",
    "phone",
    "email",
    "почта$",
    "почту$",
    "адрес$",
];
/// What is asked of subscriptions beside how many run and which end.
const OF_SUBSCRIPTIONS: &[&str] = &[
    "продали$",
    "продано$",
    "куп",
    "sold$",
    "bought$",
    "замор",
    "frozen$",
    "freeze",
];

/// What the question lacks; `None`: a tool may know it.
#[must_use]
pub fn of(all: Words<'_>, said: Said) -> Option<Lack> {
    let campaigns = is_of_campaigns(all);
    Some(match () {
        () if costs(all, said) => Lack::Costs,
        () if advice(all) => Lack::Advice,
        () if mine(all, said) => Lack::Mine,
        () if by_time(all) && !campaigns => Lack::ByTime,
        () if campaigns && all.any(BROUGHT) => Lack::Other,
        () if campaigns && !best_time(all) => return None,
        () if all.any(MONEY) && all.any(FUTURE) => Lack::Forecast,
        () if all.any(PRICES) || (all.any(COSTS_SO_MUCH) && !all.any(MONEY)) => Lack::Prices,
        () if contacts(all) => Lack::Contacts,
        () if timetable(all, said) => Lack::Timetable,
        () if client_money(all, said) => Lack::ClientMoney,
        () if counted(all, said) || best_time(all) || owes_other(all) || present(all) => Lack::Other,
        () => return None,
    })
}

fn advice(all: Words<'_>) -> bool {
    let better = [
        "увелич",
        "повыс",
        "поднять$",
        "улучш",
        "привлеч",
        "вернуть$",
        "удержать$",
        "продвин",
        "increase$",
        "raise$",
        "improve$",
        "attract$",
        "grow$",
    ];
    let how = better
        .iter()
        .any(|verb| all.phrase(&["как$", verb]) || all.phrase(&["to$", verb]));
    how || all.any(&[
        "почему$",
        "отчего$",
        "why$",
        "посовету",
        "совет$",
        "advice$",
        "advise$",
    ])
}

/// What the business spends, and on whom.
fn costs(all: Words<'_>, said: Said) -> bool {
    // "Кто потратил больше всех" is of clients.
    let spent = all.any(&["потратили$", "тратим$"]) && !all.any(&["кто$", "клиент"]);
    let pays = all.any(&["заплатить$", "выплатить$", "платим$", "выплат", "pay$"])
        && (said.staff
            || all.any(TRAINERS)
            || all.phrase(&["мы$", "платим$"])
            || all.phrase(&["we$", "pay$"]));
    all.any(COSTS) || spent || pays
}

fn contacts(all: Words<'_>) -> bool {
    let number = all.phrase(&["какой$", "номер$"]) || all.phrase(&["what", "number"]);
    let looked_up = all.any(&[
        "найди",
        "найти$",
        "поищи",
        "find$",
        "search$",
        "карточк",
        "по$",
        "by$",
        "договор",
    ]) || all
        .0
        .iter()
        .any(|word| word.word.chars().any(|c| c.is_ascii_digit()));
    (number || all.any(CONTACTS)) && !looked_up
}

fn timetable(all: Words<'_>, said: Said) -> bool {
    let sessions = ["занятия$", "тренировки$", "группы$", "classes$", "sessions$"];
    let which = sessions.iter().any(|noun| {
        ["какие$", "what$", "which$"]
            .iter()
            .any(|word| all.phrase(&[word, noun]))
    });
    let leads =
        all.any(&["кто$", "who$"]) && all.any(&["ведет$", "ведут$", "преподает$", "teaches$", "leads$"]);
    let hour = (all.phrase(&["во$", "сколько$"]) || all.phrase(&["what$", "time$"]))
        && (said.service || all.any(&["заняти", "трениров", "class", "session"]));
    let works = all.any(&["работает$", "работают$", "смена$", "смене$", "works$", "working$"]);
    let open = said.staff
        && all.any(&["свободен$", "свободна$", "занят$", "занята$", "free$"])
        && !all.any(&["мест", "seat", "spot", "slot"]);
    if works || open {
        return true;
    }
    let plan = all.any(&["расписани", "timetable"]) || all.phrase(&["class$", "schedule$"]);
    (which || leads || hour || plan) && !all.any(&["свободн", "free$", "мест$", "места$", "available$"])
}

fn by_time(all: Words<'_>) -> bool {
    let each = ["дням$", "неделям$", "месяцам$", "годам$", "кварталам$"]
        .iter()
        .any(|unit| all.phrase(&["по$", unit]))
        || ["day$", "week$", "month$", "weekday$"].iter().any(|unit| {
            all.phrase(&["by$", unit]) || all.phrase(&["per$", unit]) || all.phrase(&["each$", unit])
        })
        || all.any(&["daily$", "weekly$", "monthly$"]);
    let best = [
        ["какой$", "день$"],
        ["какие$", "дни$"],
        ["какой$", "месяц$"],
        ["which$", "day$"],
        ["what$", "day$"],
        ["which$", "month$"],
        ["best$", "month$"],
        ["best$", "day$"],
        ["best$", "week$"],
        ["busiest$", "day$"],
        ["busiest$", "month$"],
    ]
    .iter()
    .any(|pair| all.phrase(pair));
    let rule = all.any(&[
        "больше$",
        "меньше$",
        "самый$",
        "самые$",
        "лучш",
        "most$",
        "best$",
        "busiest$",
        "недели$",
        "week$",
    ]);
    each || (best && rule)
}

/// "Кто у меня завтра", "my clients": of the trainer who asks.
fn mine(all: Words<'_>, said: Said) -> bool {
    let own = all.phrase(&["у$", "меня$"])
        || all.phrase(&["ко$", "мне$"])
        || all.any(&["мои$", "моих$", "мой$", "моя$", "my$"]);
    let what = all.any(CLIENTS)
        || all.any(TRAINERS)
        || all.any(COUNTED)
        || all.any(&["кто$", "who$", "человек", "людей$", "people$", "загру", "смен"]);
    own && what && !said.staff
}

/// A trainer's earnings are told, one client's payments are not.
fn client_money(all: Words<'_>, said: Said) -> bool {
    let money = all.any(MONEY) || all.any(&["потратил", "тратит$"]);
    let owes = all.any(&["долж", "долг", "owe$", "owes$", "debt", "карточк", "card$"]);
    said.person && money && !owes && !said.staff && !all.any(TRAINERS)
}

/// A number so great is a sum, not a place in a list.
const LEAST_SUM: i64 = 100;

fn counted(all: Words<'_>, said: Said) -> bool {
    let often = all.any(&["чаще$", "often$"])
        && all.any(&["ходит$", "ходят$", "приходит$", "посещ", "comes$", "visits$"]);
    let ranked = (ranks_clients(all) && all.any(COUNTED))
        || all.phrase(&["самый$", "активн"])
        || (often && !all.any(&["не$"]));
    let renewed = all.phrase(&["не$", "продл"]);
    // Of nobody's subscription it is not told when it ends, and all that end are another answer.
    let when = all.any(ENDING) && all.any(&["когда$", "when$"]) && !said.person;
    let subscriptions = all.any(SUBSCRIPTIONS) && (when || renewed || all.any(OF_SUBSCRIPTIONS));
    let much = all.any(&[
        "больше$",
        "более$",
        "свыше$",
        "меньше$",
        "менее$",
        "over$",
        "above$",
        "under$",
        "than$",
    ]);
    let threshold = all.any(&["долж", "долг", "debt", "owe$", "owes$"])
        && much
        && all
            .0
            .iter()
            .any(|word| word.number().is_some_and(|sum| sum >= LEAST_SUM));
    let favourite = all.any(&["чаще$", "often$"])
        && all.any(&["групп", "заняти", "class", "услуг", "service"])
        && !all.any(&["не$", "отмен"]);
    let share = all.any(&[
        "процент",
        "доля$",
        "долю$",
        "средн",
        "rate$",
        "percent",
        "share$",
        "average$",
        "avg$",
    ]) && all.any(COUNTED)
        && !all.any(MONEY)
        || all.any(&["процент", "доля$", "rate$", "percent"])
            && all.any(&["неяв", "прогул", "show", "noshow"]);
    threshold || share || favourite || (ranked || subscriptions) && !all.any(MONEY)
}

/// Who is there at this moment: nobody is counted at the door.
fn present(all: Words<'_>) -> bool {
    let now = all.any(&["сейчас$", "now$", "currently$"]);
    let inside = all.any(&[
        "зале$",
        "залах$",
        "студии$",
        "клубе$",
        "hall",
        "studio$",
        "gym$",
        "inside$",
    ]);
    let people = all.any(&["кто$", "человек", "людей$", "клиентов$", "who$", "people$"]);
    now && inside && people
}

/// When it is best to write: every campaign has its figures, and none tells that.
fn best_time(all: Words<'_>) -> bool {
    all.any(&["рассылк", "кампани", "campaign", "mailing"])
        && all.any(&["лучше$", "лучшее$", "best$"])
        && all.any(&[
            "время$",
            "когда$",
            "час$",
            "день$",
            "time$",
            "when$",
            "hour$",
            "day$",
        ])
}

/// What we owe, and who must do something: no debts of clients.
fn owes_other(all: Words<'_>) -> bool {
    let ours = all.phrase(&["мы$", "долж"]) || all.phrase(&["долж", "мы$"]) || all.phrase(&["we$", "owe$"]);
    let must = all.0.windows(2).any(|pair| {
        let does = pair[1].word.ends_with("ть") || pair[1].word.ends_with("ти");
        let pays = pair[1].is(&["плат", "заплат", "оплат", "доплат", "верн", "отда"]);
        pair[0].is(&["долж"]) && does && !pays
    });
    ours || must
}
