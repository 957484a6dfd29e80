//! What a question is about: a table of word stems, in the order in which they are tried. Pure.

use super::lexis::Token;
use super::tool::Tool;

/// What is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Intent {
    /// Figures.
    Ask(Tool),
    /// Small talk.
    Talk(Talk),
    /// Something is to be changed or sent, which the assistant does not do.
    Change,
    /// Of the business, and no tool knows it: what is nearest is not answered instead.
    Beyond,
}

/// Small talk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Talk {
    Greeting,
    Thanks,
    Identity,
    Help,
    Bye,
}

/// The words of a question.
#[derive(Clone, Copy)]
pub struct Words<'a>(pub &'a [Token]);

impl Words<'_> {
    /// One of the stems is there.
    #[must_use]
    pub fn any(self, stems: &[&str]) -> bool {
        self.0.iter().any(|token| token.is(stems))
    }

    /// These words stand one after another.
    #[must_use]
    pub fn phrase(self, stems: &[&str]) -> bool {
        self.0
            .windows(stems.len().max(1))
            .any(|window| window.iter().zip(stems).all(|(token, stem)| token.is(&[stem])))
    }
}

const CHANGES: &[&str] = &[
    "удали",
    "удалить$",
    "измени$",
    "изменить$",
    "отмени$",
    "отменить$",
    "запиши",
    "записать$",
    "перенеси",
    "создай",
    "создать$",
    "добавь",
    "добавить$",
    "отправь",
    "отправить$",
    "пришли$",
    "напиши",
    "заблокируй",
    "обнови$",
    "поменяй",
    "верни$",
    "спиши",
    "delete$",
    "remove$",
    "cancel$",
    "create$",
    "add$",
    "send$",
    "update$",
    "change$",
    "book$",
    "drop$",
    "insert$",
    "erase$",
];

/// The intent of a question; `None`: nothing that the assistant knows of.
#[must_use]
pub fn of(words: &[Token], staff: bool, place: bool) -> Option<Intent> {
    let all = Words(words);
    if changes(words) {
        return Some(Intent::Change);
    }
    if beyond(all) {
        return Some(Intent::Beyond);
    }
    let ask = outreach(all)
        .or_else(|| glance(all))
        .or_else(|| revenue(all, staff))
        .or_else(|| schedule(all, staff, place))
        .or_else(|| clients(all));
    match (talk(all), ask) {
        // "Hello, how many clients do we have?" is a question.
        (Some(Talk::Help | Talk::Identity), _) | (Some(_), None) => talk(all).map(Intent::Talk),
        (_, Some(tool)) => Some(Intent::Ask(tool)),
        (None, None) => None,
    }
}

fn changes(words: &[Token]) -> bool {
    let polite: &[&str] = &[
        "пожалуйста$",
        "please$",
        "можешь$",
        "can$",
        "you$",
        "could$",
        "а$",
        "и$",
        "давай$",
    ];
    let verb = words.iter().find(|word| !word.is(polite));
    verb.is_some_and(|word| word.is(CHANGES)) || Words(words).any(&["sql$"])
}

fn talk(all: Words<'_>) -> Option<Talk> {
    let short = all.0.len() <= 5;
    Some(match () {
        () if all.phrase(&["кто$", "ты$"])
            || all.phrase(&["ты$", "кто$"])
            || all.phrase(&["who$", "are$", "you$"])
            || all.phrase(&["what$", "are$", "you$"])
            || all.phrase(&["как$", "тебя$", "зовут$"]) =>
        {
            Talk::Identity
        }
        () if all.phrase(&["ты$", "умеешь$"])
            || all.phrase(&["ты$", "можешь$"])
            || all.phrase(&["can$", "you$", "do$"])
            || all.phrase(&["can$", "i$", "ask$"])
            || (short && all.any(&["помощь$", "помоги$", "help$"])) =>
        {
            Talk::Help
        }
        () if all.any(&["спасибо", "благодар", "thank"]) => Talk::Thanks,
        () if all.any(&[
            "привет",
            "здравств",
            "добрый$",
            "доброе$",
            "hi$",
            "hello$",
            "hey$",
        ]) && short =>
        {
            Talk::Greeting
        }
        () if short && (all.any(&["пока$", "goodbye$", "bye$"]) || all.phrase(&["до$", "свидания$"])) => {
            Talk::Bye
        }
        () => return None,
    })
}

const TRAINERS: &[&str] = &[
    "тренер",
    "инструктор",
    "сотрудник",
    "trainer",
    "coach",
    "instructor",
    "staff$",
];
const CLIENTS: &[&str] = &["клиент", "client", "customer", "посетител", "member$", "members$"];
const ROOMS: &[&str] = &[
    "зал$",
    "зала$",
    "залы$",
    "залов$",
    "зале$",
    "мест",
    "стол",
    "переговор",
    "комнат",
    "hall",
    "room",
    "place",
    "desk",
    "коворкинг",
    "coworking",
];

/// The best clients, by what is counted and not by money.
const COUNTED: &[&str] = &[
    "посещ",
    "посет",
    "визит",
    "запис",
    "брон",
    "трениров",
    "заняти",
    "отмен",
    "visit",
    "booking",
    "attend",
    "session",
    "cancel",
];

const SUBSCRIPTIONS: &[&str] = &["абонемент", "subscription", "membership"];
const ENDING: &[&str] = &[
    "заканч",
    "законч",
    "истек",
    "кончает",
    "кончит",
    "кончаю",
    "оканч",
    "продл",
    "ending$",
    "ended$",
    "end$",
    "ends$",
    "expir",
    "renew",
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
    "стоит$",
    "стоят$",
    "цена$",
    "цены$",
    "price",
    "cost",
];

/// Asks what no tool knows, in words that another tool would take for its own.
fn beyond(all: Words<'_>) -> bool {
    let ranked = ranks_clients(all) && all.any(COUNTED);
    // When one client's subscription ends is told by no tool, and all that end are another answer.
    let when = all.any(ENDING) && all.any(&["когда$", "when$"]);
    let subscriptions = all.any(SUBSCRIPTIONS) && (when || all.any(OF_SUBSCRIPTIONS));
    let here = (ranked || subscriptions) && !all.any(MONEY) && outreach(all).is_none();
    here || best_time(all) || owes_other(all)
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

/// "Топ-3 клиентов", "our best customers": without a word about what they are best by.
fn ranks_clients(all: Words<'_>) -> bool {
    const OTHERS: &[&str] = &[
        "источник",
        "source",
        "услуг",
        "service",
        "направлен",
        "direction",
        "час",
        "hour",
        "неяв",
        "прогул",
        "пропуск",
        "missed$",
        "no$",
        "noshow",
        "долж",
        "долг",
        "debt",
    ];
    let best = ["лучши", "крупн", "best$", "biggest$"]
        .iter()
        .any(|adjective| CLIENTS.iter().any(|noun| all.phrase(&[adjective, noun])));
    let top = all.any(&["топ$", "top$"]) && all.any(CLIENTS);
    (best || top) && !all.any(OTHERS) && !all.any(TRAINERS)
}

fn outreach(all: Words<'_>) -> Option<Tool> {
    let campaign = all.any(&[
        "кампани",
        "рассылк",
        "campaign",
        "mailing",
        "newsletter",
        "воронк",
        "funnel",
        "прочтен",
        "прочит",
    ]);
    Some(match () {
        () if all.any(&["вариант", "variant"]) => Tool::BestVariant,
        () if all.any(&["возражен", "objection"])
            || all.phrase(&["отвеча", "чаще$"])
            || all.phrase(&["чаще$", "отвеча"]) =>
        {
            Tool::ReplyClasses
        }
        () if all.any(&[
            "ждет$",
            "ждут$",
            "waiting$",
            "waits$",
            "wait$",
            "неотвечен",
            "unanswered",
        ]) && all.any(&["ответ", "reply", "replies", "answer", "неотвечен", "unanswered"]) =>
        {
            Tool::WaitingForAnswer
        }
        () if all.phrase(&["кому$", "ответить$"]) => Tool::WaitingForAnswer,
        () if campaign && ranks(all) => Tool::CampaignsCompared,
        () if campaign => Tool::CampaignFunnel,
        () => return None,
    })
}

/// Asks which is best or worst, or how they stand to each other.
fn ranks(all: Words<'_>) -> bool {
    let most = all.any(&["самая$", "самой$", "самую$", "самые$", "самый$"])
        && all.any(&[
            "удачн",
            "неудачн",
            "успешн",
            "неуспешн",
            "эффективн",
            "провальн",
            "плох",
            "хорош",
        ]);
    if all.phrase(&["most$", "recent"]) {
        return false;
    }
    most || all.any(&[
        "сравн",
        "compare",
        "худш",
        "хуже$",
        "лучш",
        "best$",
        "worst$",
        "most$",
        "least$",
    ]) || ["больше$", "меньше$"]
        .iter()
        .any(|much| all.phrase(&[much, "всего$"]) || all.phrase(&[much, "всех$"]))
}

fn glance(all: Words<'_>) -> Option<Tool> {
    let said = all.any(&[
        "сводк",
        "дела$",
        "summary",
        "overview",
        "обзор",
        "snapshot",
        "dashboard",
    ]) || all.phrase(&["how$", "are$", "things$"])
        || all.phrase(&["are$", "we$", "doing$"])
        || all.phrase(&["how's$", "business$"]);
    said.then_some(Tool::Snapshot)
}

const MONEY: &[&str] = &[
    "выручк",
    "заработа",
    "доход",
    "оборот",
    "оплат",
    "платеж",
    "платил",
    "заплат",
    "чек$",
    "чека$",
    "принес",
    "продаж",
    "касс",
    "revenue",
    "earn",
    "income",
    "payment",
    "paid$",
    "spend",
    "spent$",
    "sales$",
    "turnover",
    "takings$",
    "money$",
];

fn revenue(all: Words<'_>, staff: bool) -> Option<Tool> {
    let money = all.any(MONEY);
    let (cash, card) = (
        all.any(&["налич", "cash$"]),
        all.any(&["картой$", "картам$", "картами$", "card$", "безнал"]),
    );
    Some(match () {
        () if all.any(&[
            "долж",
            "долг",
            "задолж",
            "owe$",
            "owes$",
            "owed$",
            "debt",
            "debtor",
        ]) =>
        {
            Tool::Debtors
        }
        () if all.any(&["возврат", "вернули$", "refund"]) => Tool::Refunds,
        () if ranks_clients(all) && !all.any(COUNTED) => Tool::TopClients,
        () if (money || all.any(&["щедр"]))
            && all.any(&["топ", "top$", "лучш", "best$", "крупн", "biggest$", "больше$"])
            && all.any(CLIENTS)
            && !all.any(&["чем$", "than$"]) =>
        {
            Tool::TopClients
        }
        () if all.any(&["популярн", "popular"]) => Tool::RevenueByService,
        () if !money => return None,
        () if (cash && card) || all.any(&["способ", "method"]) => Tool::RevenueByMethod,
        () if all.any(&["средн", "average$", "mean$", "avg$"]) => Tool::AveragePayment,
        () if all.any(&[
            "сравн",
            "чем$",
            "compare",
            "than$",
            "versus$",
            "vs$",
            "вырос",
            "выросл",
            "упал",
            "up$",
            "down$",
            "grow",
            "grew$",
        ]) =>
        {
            Tool::RevenueCompare
        }
        () if all.any(&["услуг", "service"]) => Tool::RevenueByService,
        () if all.any(&["направлен", "direction"]) => Tool::RevenueByDirection,
        () if all.any(TRAINERS) && !staff => Tool::RevenueByTrainer,
        () => Tool::RevenueTotal,
    })
}

fn schedule(all: Words<'_>, staff: bool, place: bool) -> Option<Tool> {
    let loaded = all.any(&[
        "загруж",
        "загрузк",
        "нагру",
        "нагруж",
        "занятост",
        "busy$",
        "busiest$",
        "load$",
        "loaded$",
        "workload",
        "occupan",
        "utili",
    ]);
    let free = all.any(&["свободн", "free$", "available$", "доступн"])
        || (all.any(&["остал", "left$", "остаток"]) && all.any(&["мест", "seat", "spot", "slot", "place"]));
    let seats = all.any(&[
        "места$",
        "мест$",
        "местечк",
        "seat",
        "slot",
        "spot",
        "запис",
        "заняти",
        "class",
    ]);
    let absent = all.any(&["неяв", "прогул", "no-show", "noshow", "missed$"])
        || all.phrase(&["no$", "-", "show"])
        || all.phrase(&["no$", "show"])
        || all.phrase(&["не$", "приш"])
        || all.phrase(&["не$", "приход"])
        || all.phrase(&["не$", "явил"])
        || all.phrase(&["didn't$", "come$"])
        || all.phrase(&["didn't$", "show"]);
    let booked = all.any(&[
        "запис",
        "брон",
        "booking",
        "booked$",
        "appointment",
        "reservation",
        "заняти",
        "трениров",
        "посещен",
        "визит",
        "visits$",
        "attend",
        "session",
    ]);
    let next = all.any(&["следующ", "ближайш", "next$", "когда$", "when$"]);
    let rooms = all.any(&[
        "зал$",
        "зала$",
        "залы$",
        "залов$",
        "переговор",
        "комнат",
        "стол",
        "hall",
        "room",
        "desk",
    ]);
    Some(match () {
        () if absent && all.any(&["чаще", "топ", "most$", "often", "top$", "регулярно$"]) => {
            Tool::NoShowsTop
        }
        () if absent && !all.any(&["больше$", "давно$"]) => Tool::NoShows,
        () if all.any(&["отмен", "cancel"]) => Tool::Cancellations,
        () if free
            && (rooms
                || (place && !seats)
                || (all.any(&["коворкинг", "coworking"]) && !all.any(&["сеанс"]))) =>
        {
            Tool::FreePlaces
        }
        () if free => Tool::FreeSeats,
        () if (loaded || all.any(&["посещ", "пик", "peak"]))
            && all.any(&["час", "hour", "время$", "времени$", "time$", "пик", "peak"]) =>
        {
            Tool::LoadByHour
        }
        () if loaded && (staff || all.any(TRAINERS)) => Tool::LoadByTrainer,
        () if loaded && (place || all.any(ROOMS)) => Tool::LoadByPlace,
        () if booked
            && next
            && (all.any(&["у$", "for$", "does$", "have$"])
                || all.phrase(&["'s$"])
                || all.0.iter().any(|word| word.word.ends_with("'s")))
            && !all.any(&["недел", "week", "месяц", "month"]) =>
        {
            Tool::NextBooking
        }
        () if booked
            && all.any(&["кто$", "who$", "список", "list$", "покажи$", "show$"])
            && all.any(&["запис", "брон", "book"]) =>
        {
            Tool::BookingsList
        }
        () if all.any(&["дн$", "рожд"]) => return None,
        () if booked => Tool::BookingsCount,
        () => return None,
    })
}

fn clients(all: Words<'_>) -> Option<Tool> {
    let people = all.any(CLIENTS)
        || all.any(&[
            "людей$",
            "человек",
            "people$",
            "базе$",
            "базу$",
            "нас$",
            "us$",
            "database$",
        ]);
    let absent = all.phrase(&["не$", "был"])
        || all.phrase(&["не$", "ходи"])
        || all.phrase(&["не$", "приход"])
        || all.phrase(&["не$", "посеща"])
        || all.phrase(&["давно$", "не$"])
        || all.phrase(&["не$", "активн"])
        || all.any(&[
            "пропал",
            "неактивн",
            "hasn't$",
            "haven't$",
            "inactive$",
            "lapsed$",
        ])
        || all.phrase(&["not$", "visited$"]);
    Some(match () {
        () if all.any(&["дубл", "duplicat", "повторяющ"]) => Tool::Duplicates,
        () if all.any(&["отписал", "отписк", "unsubscrib", "opted$"])
            || all.phrase(&["opt$", "-", "out"])
            || all.phrase(&["opt$", "out"]) =>
        {
            Tool::OptedOut
        }
        () if all.any(&["рожден", "именинник", "birthday"]) => Tool::Birthdays,
        () if absent => Tool::ClientsInactive,
        () if all.any(&["откуда$", "источник", "source"])
            || (all.any(&["where$"]) && all.any(&["from$"])) =>
        {
            Tool::ClientsBySource
        }
        () if all.any(SUBSCRIPTIONS) && all.any(ENDING) => Tool::SubscriptionsEnding,
        () if all.any(SUBSCRIPTIONS) => Tool::Subscriptions,
        () if all.any(&["карточк", "профиль$", "profile$", "расскажи$", "card$"])
            || all.phrase(&["tell$", "me$", "about$"]) =>
        {
            Tool::ClientCard
        }
        () if all.any(&["найди", "найти$", "поищи", "find$", "search$"])
            || all.phrase(&["look$", "up$"])
            || all.phrase(&["есть$", "ли$", "клиент"]) =>
        {
            Tool::ClientsSearch
        }
        () if all.any(&["статус", "status"]) => Tool::ClientsByStatus,
        () if people
            && all.any(&[
                "новых$",
                "новые$",
                "новый$",
                "новички$",
                "новичков$",
                "добавил",
                "появил",
                "пришло$",
                "пришли$",
                "new$",
                "joined$",
                "signed$",
                "added$",
            ]) =>
        {
            Tool::ClientsNew
        }
        () if all.any(&["новых$", "новые$", "добавил", "новичков$"])
            || (all.any(&["new$"]) && all.any(CLIENTS)) =>
        {
            Tool::ClientsNew
        }
        () if all.any(&["активных$", "активные$", "active$"]) && all.0.len() <= 8 => {
            Tool::ClientsCount
        }
        () if all.any(CLIENTS)
            || (people
                && all.any(&["сколько$", "many$", "число$", "количество$"])
                && all.any(&["базе$", "базу$", "database$"])) =>
        {
            Tool::ClientsCount
        }
        () => return None,
    })
}
