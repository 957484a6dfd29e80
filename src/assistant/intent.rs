//! What a question is about: a table of word stems, in the order in which they are tried. Pure.

use super::beyond::{self, Lack};
use super::intent_money::revenue;
use super::intent_schedule::{one_client, schedule};
use super::lexis::Token;
use super::talk::{self, Talk};
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
    Beyond(Lack),
}

/// Which names a question says: of what is known, and of somebody else, who is a client then.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Said {
    pub staff: bool,
    pub service: bool,
    pub place: bool,
    pub campaign: bool,
    pub person: bool,
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

/// The intent of a question; `None`: nothing that the assistant knows of.
#[must_use]
pub fn of(words: &[Token], said: Said) -> Option<Intent> {
    let all = Words(words);
    if talk::changes(words) {
        return Some(Intent::Change);
    }
    if let Some(lack) = beyond::of(all, said) {
        return Some(Intent::Beyond(lack));
    }
    let ask = outreach(all, said)
        .or_else(|| glance(all))
        .or_else(|| one_client(all, said))
        .or_else(|| revenue(all, said))
        .or_else(|| schedule(all, said))
        .or_else(|| clients(all, said));
    match (talk::of(all), ask) {
        // "Hello, how many clients do we have?" is a question.
        (Some(Talk::Help | Talk::Identity), _) | (Some(_), None) => talk::of(all).map(Intent::Talk),
        (_, Some(tool)) => Some(Intent::Ask(tool)),
        (None, None) => None,
    }
}

/// Whoever gives lessons.
pub const TRAINERS: &[&str] = &[
    "тренер",
    "инструктор",
    "сотрудник",
    "trainer",
    "coach",
    "instructor",
    "staff$",
];
/// Whoever comes.
pub const CLIENTS: &[&str] = &["клиент", "client", "customer", "посетител", "member$", "members$"];
/// The best clients, by what is counted and not by money.
pub const COUNTED: &[&str] = &[
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

/// Words for subscriptions.
pub const SUBSCRIPTIONS: &[&str] = &["абонемент", "subscription", "membership"];
/// Words for their end.
pub const ENDING: &[&str] = &[
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
/// "Топ-3 клиентов", "our best customers": without a word about what they are best by.
#[must_use]
pub fn ranks_clients(all: Words<'_>) -> bool {
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

/// Speaks of campaigns.
#[must_use]
pub fn is_of_campaigns(all: Words<'_>) -> bool {
    all.any(&[
        "кампани",
        "рассылк",
        "campaign",
        "mailing",
        "newsletter",
        "воронк",
        "funnel",
        "прочтен",
        "прочит",
    ])
}

fn outreach(all: Words<'_>, said: Said) -> Option<Tool> {
    // A campaign may be named without the word for it; so may a group of the schedule.
    let named = said.campaign
        && all.any(&[
            "ответ",
            "отправ",
            "достав",
            "сравн",
            "repl",
            "sent$",
            "read$",
            "compare",
        ]);
    let campaign = is_of_campaigns(all) || named;
    let answers = all.any(&["ответ", "reply", "replies", "answer", "неотвечен", "unanswered"]);
    let unanswered = all.phrase(&["не$", "ответил"]) || all.phrase(&["не$", "отвечен"]);
    Some(match () {
        () if all.any(&["вариант", "variant"]) => Tool::BestVariant,
        () if all.any(&["возражен", "objection"])
            || all.phrase(&["отвеча", "чаще$"])
            || all.phrase(&["чаще$", "отвеча"])
            || all.phrase(&["что$", "отвеча"])
            || all.phrase(&["what$", "do$", "people$", "reply$"]) =>
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
        ]) && (answers || all.any(&["написал", "wrote$"])) =>
        {
            Tool::WaitingForAnswer
        }
        () if all.phrase(&["кому$", "ответить$"])
            || (unanswered && all.any(&["кому$", "мы$"]))
            || (all.any(&["need$", "have$", "should$"]) && all.phrase(&["to$", "reply$"]))
            || all.phrase(&["to$", "answer$"]) =>
        {
            Tool::WaitingForAnswer
        }
        () if campaign && all.any(&["какая$", "which$"]) && all.any(&["больше$", "more$"]) => {
            Tool::CampaignsCompared
        }
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
        "отчет",
        "итоги$",
        "report$",
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

/// Where people hear of a business.
const SOURCES: &[&str] = &[
    "инстаграм",
    "instagram",
    "вконтакт",
    "телеграм",
    "telegram",
    "сайт",
    "реклам",
    "яндекс",
    "гугл",
    "google",
    "рекомендац",
    "сарафан",
    "вывеск",
    "website$",
];
const BIRTHDAYS: &[&str] = &["рожден", "именинник", "birthday"];

fn clients(all: Words<'_>, said: Said) -> Option<Tool> {
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
            "слил",
            "отвалил",
            "забросил",
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
        () if all.any(BIRTHDAYS) && said.person => Tool::ClientCard,
        () if all.any(BIRTHDAYS) => Tool::Birthdays,
        () if absent => Tool::ClientsInactive,
        () if all.any(&["откуда$", "источник", "source"])
            || (all.any(&["where$"]) && all.any(&["from$"]))
            || (people && said.person && all.any(&["из$", "через$", "from$", "through$"]))
            || (people && all.any(SOURCES)) =>
        {
            Tool::ClientsBySource
        }
        () if all.any(SUBSCRIPTIONS)
            && (all.any(ENDING) || (all.any(&["run$", "runs$", "running$"]) && all.any(&["out$"]))) =>
        {
            Tool::SubscriptionsEnding
        }
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
        () if said.person && all.any(&["есть$", "ли$", "any$"]) && all.any(CLIENTS) => {
            Tool::ClientsSearch
        }
        () if said.person
            && (all.any(CLIENTS) || all.any(&["инф", "данные$", "статус", "status", "info$"])) =>
        {
            Tool::ClientCard
        }
        () if all.any(&["статус", "status"]) => Tool::ClientsByStatus,
        () if people
            && all.any(&[
                "новых$",
                "новые$",
                "новый$",
                "новеньк",
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
        () if all.any(&["новых$", "новые$", "новеньк", "добавил", "новичков$"])
            || (all.any(&["new$"]) && all.any(CLIENTS)) =>
        {
            Tool::ClientsNew
        }
        () if all.any(&[
            "активных$",
            "активные$",
            "бывших$",
            "бывшие$",
            "active$",
            "former$",
        ]) && all.0.len() <= 8 =>
        {
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
