//! Status, direction, method, kind of a place and time of the day in a question. Pure.

use alfa_store::types::ClientStatus;

use super::intent::Words;
use super::intent_schedule::CAME;
use super::lexis::Token;
use super::tool::{Args, Tool};

const EVENING: (&str, &str) = ("17:00", "24:00");
const MORNING: (&str, &str) = ("06:00", "12:00");
const AFTERNOON: (&str, &str) = ("12:00", "17:00");

/// Status, direction, method, kind of a place and time of the day.
pub fn details(args: &mut Args, tool: Tool, words: &[Token]) {
    let all = Words(words);
    let takes = |arg: &str| tool.takes().contains(&arg);
    let first = |table: &[(&str, &[&str])]| {
        table
            .iter()
            .find(|(_, stems)| all.any(stems))
            .map(|(word, _)| (*word).to_owned())
    };
    if tool.is_of_clients() {
        args.status = client_status(words).map(|status| status.as_str().to_owned());
    } else if takes("status") {
        args.status = booking_status(all).or_else(|| {
            first(&[
                ("attended", &["посещен", "посетил", "визит", "visits$", "attend"]),
                ("paid", &["оплаченн"]),
            ])
        });
    }
    if takes("direction") {
        args.direction = first(&[
            ("fitness", &["фитнес", "fitness$"]),
            ("coworking", &["коворкинг", "coworking$"]),
            ("coffee", &["кофе", "кафе$", "coffee$"]),
            ("kids", &["детск", "kids$"]),
        ]);
    }
    if takes("method") {
        args.method = first(&[
            ("cash", &["налич", "cash$"]),
            ("transfer", &["перевод", "transfer"]),
            ("card", &["картой$", "картам$", "card$"]),
        ]);
    }
    if takes("kind") {
        args.kind = first(&[
            ("meeting_room", &["переговор", "meeting$"]),
            ("desk", &["стол", "desk", "коворкинг", "coworking$"]),
            ("hall", &["зал$", "залы$", "залов$", "зала$", "hall", "halls$"]),
        ]);
    }
    if takes("from_time") {
        time_window(args, words);
    }
}

/// What became of the bookings that are asked for.
fn booking_status(all: Words<'_>) -> Option<String> {
    let absent = all.any(&["неяв", "прогул", "noshow"])
        || all.phrase(&["не$", "приш"])
        || all.phrase(&["не$", "приход"])
        || all.phrase(&["не$", "явил"])
        || all.phrase(&["no$", "-", "show"])
        || all.phrase(&["didn't$", "come$"])
        || all.phrase(&["didn't$", "show"]);
    let came = all.any(CAME) && !all.any(&["запис", "брон", "book", "не$", "not$"]);
    let people = all.any(&[
        "кто$",
        "who$",
        "человек",
        "людей$",
        "клиент",
        "посетител",
        "people$",
        "client",
        "customer",
    ]);
    let word = match () {
        () if absent => "no_show",
        () if all.any(&["отмен", "cancel"]) => "cancelled",
        () if came && people => "attended",
        () => return None,
    };
    Some(word.to_owned())
}

/// Which clients are meant; "not active" is no status.
fn client_status(words: &[Token]) -> Option<ClientStatus> {
    let denied = |at: usize| at > 0 && words[at - 1].is(&["не$", "not$"]);
    let mut meant = words.iter().enumerate().filter(|(at, _)| !denied(*at));
    meant.find_map(|(_, word)| match () {
        () if word.is(&["активн", "active$"]) => Some(ClientStatus::Active),
        () if word.is(&["бывш", "former$", "ушедш"]) => Some(ClientStatus::Former),
        () if word.is(&["новых$", "новые$", "новичк", "new$"]) => Some(ClientStatus::New),
        () => None,
    })
}

fn time_window(args: &mut Args, words: &[Token]) {
    let all = Words(words);
    let part = match () {
        () if all.phrase(&["после$", "обед"]) => Some(AFTERNOON),
        () if all.any(&["вечер", "evening$", "tonight$"]) => Some(EVENING),
        () if all.any(&["утром$", "утра$", "morning$"]) => Some(MORNING),
        () if all.any(&["днем$", "afternoon$"]) => Some(AFTERNOON),
        () => None,
    };
    if let Some((from, to)) = part {
        (args.from_time, args.to_time) = (Some(from.to_owned()), Some(to.to_owned()));
    }
    for (at, word) in words.iter().enumerate() {
        let before = at.checked_sub(1).map(|place| &words[place]);
        let led = before.is_some_and(|word| {
            word.is(&[
                "с$",
                "после$",
                "в$",
                "к$",
                "from$",
                "after$",
                "at$",
                "до$",
                "till$",
                "until$",
                "to$",
                "before$",
            ])
        });
        let Some(time) = clock_time(words, at).filter(|_| led || word.word.contains(':')) else {
            continue;
        };
        if before.is_some_and(|word| word.is(&["до$", "till$", "until$", "to$", "before$", "-"])) {
            args.to_time = Some(time);
        } else {
            args.from_time = Some(time);
            if part.is_none() {
                args.to_time = None;
            }
        }
    }
}

/// `15:00`; `6 pm`; a bare `18` only before "час" or "o'clock", or after "после".
fn clock_time(words: &[Token], at: usize) -> Option<String> {
    let word = &words[at];
    let (hours, minutes): (u32, u32) = match word.word.split_once(':') {
        Some((hours, minutes)) => (hours.parse().ok()?, minutes.parse().ok()?),
        None => {
            let next = words.get(at + 1);
            let afternoon = next.is_some_and(|word| word.is(&["pm$", "вечера$", "дня$"]));
            let said = afternoon || next.is_some_and(|word| word.is(&["am$", "час", "o'clock$", "утра$"]));
            let after = at
                .checked_sub(1)
                .is_some_and(|place| words[place].is(&["после$", "after$"]));
            let hours: u32 = word.word.parse().ok().filter(|_| said || after)?;
            (
                if afternoon && hours < 12 {
                    hours + 12
                } else {
                    hours
                },
                0,
            )
        }
    };
    (hours <= 24 && minutes < 60).then(|| format!("{hours:02}:{minutes:02}"))
}
