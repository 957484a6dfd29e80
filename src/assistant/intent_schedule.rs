//! What a question about the schedule is about, and about what one client did or will do. Pure.

use super::intent::{CLIENTS, SUBSCRIPTIONS, Said, TRAINERS, Words};
use super::tool::Tool;

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

/// Will be there.
pub const COMES: &[&str] = &[
    "прид",
    "приход",
    "идет$",
    "идут$",
    "ходит$",
    "ходят$",
    "будет$",
    "будут$",
    "ждем$",
    "записал",
    "coming$",
    "comes$",
    "come$",
    "expect",
];
/// A day of the schedule.
const DAYS: &[&str] = &[
    "сегодня",
    "завтра$",
    "послезавтра",
    "вчера$",
    "позавчера",
    "понедельник",
    "вторник",
    "среду$",
    "четверг",
    "пятниц",
    "суббот",
    "воскресень",
    "выходны",
    "today$",
    "tomorrow$",
    "yesterday$",
    "tonight$",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "weekend",
];
/// Was there.
pub const CAME: &[&str] = &[
    "был$",
    "была$",
    "было$",
    "были$",
    "пришло$",
    "пришли$",
    "пришел$",
    "пришла$",
    "приходил",
    "ходил",
    "посетил",
    "заходил",
    "дошло$",
    "came$",
    "visited$",
    "attended$",
    "showed$",
];

/// What is asked of one client by name: when he comes, when he came, what is left of his subscription.
#[must_use]
pub fn one_client(all: Words<'_>, said: Said) -> Option<Tool> {
    if !said.person || said.staff || all.any(TRAINERS) {
        return None;
    }
    let when = all.any(&["когда$", "when$"]);
    let last =
        all.any(&["последн", "last$"]) && all.any(&["раз$", "визит", "время$", "visit", "time$", "here$"]);
    let times = all.phrase(&["сколько$", "раз$"])
        || all.phrase(&["how$", "many$", "times$"])
        || all.phrase(&["how$", "often$"]);
    let left = all.any(&["остал", "left$"])
        && all.any(&[
            "заняти",
            "посещ",
            "визит",
            "трениров",
            "visit",
            "session",
            "class",
        ]);
    let subscription = all.any(SUBSCRIPTIONS);
    Some(match () {
        () if subscription || last || times || left || (when && all.any(CAME)) => Tool::ClientCard,
        () if (when || all.phrase(&["во$", "сколько$"]) || all.phrase(&["what$", "time$"]))
            && all.any(COMES) =>
        {
            Tool::NextBooking
        }
        () if all.any(&["записан", "запись$", "booked$", "appointment", "booking$"])
            && !all.any(&["кто$", "who$", "сколько$", "many$", "отмен", "cancel"]) =>
        {
            Tool::NextBooking
        }
        () => return None,
    })
}

/// Sessions, bookings, places and how full they are.
#[must_use]
pub fn schedule(all: Words<'_>, said: Said) -> Option<Tool> {
    let Said { staff, place, .. } = said;
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
        "заполнен",
        "full$",
        "занят$",
        "заняты$",
        "простаива",
    ]);
    let free = all.any(&["свободн", "free$", "available$", "доступн"])
        || (all.any(&["остал", "left$", "остаток"]) && all.any(&["мест", "seat", "spot", "slot", "place"]))
        || (all.any(&["есть$", "any$"]) && all.any(&["места$", "местечк", "spots$", "space$", "seats$"]))
        // "Можно записать человека на йогу?"
        || (all.any(&["записать$", "записаться$"]) && all.any(&["есть$", "можно$", "куда$", "ли$"]));
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
    let who = all.any(&["кто$", "кого$", "who$", "who's$", "anyone$", "anybody$"]);
    let many = all.any(&["сколько$", "много$", "many$"]);
    let people =
        all.any(CLIENTS) || all.any(&["человек", "людей$", "люди$", "people$", "persons$", "гостей$"]);
    let denied = all.any(&["не$", "not$", "didn't$", "hasn't$", "haven't$"]);
    let others = all.any(&[
        "нов",
        "new$",
        "добавил",
        "базе$",
        "базу$",
        "откуда$",
        "из$",
        "from$",
        "рожден",
        "birthday",
        "статус",
    ]);
    let comes = all.any(COMES) && !denied;
    let came = all.any(CAME) && !denied;
    Some(match () {
        () if absent
            && all.any(&[
                "прогульщик",
                "чаще",
                "топ",
                "most$",
                "often",
                "top$",
                "регулярно$",
            ]) =>
        {
            Tool::NoShowsTop
        }
        () if absent && who && !all.any(&["больше$", "давно$"]) => Tool::BookingsList,
        () if absent && !all.any(&["больше$", "давно$"]) => Tool::NoShows,
        () if all.any(&["отмен", "cancel"]) && who => Tool::BookingsList,
        () if all.any(&["отмен", "cancel"]) => Tool::Cancellations,
        () if all.phrase(&["any$", "room$"]) && (said.service || staff) => Tool::FreeSeats,
        () if (rooms || place)
            && (all.any(&["заброни", "снять$", "арендовать$"])
                || (all.any(&["занят", "taken$"]) && all.any(&["ли$", "is$"]))) =>
        {
            Tool::FreePlaces
        }
        () if free
            && (rooms
                || (place && !seats)
                || (all.any(&["коворкинг", "coworking"]) && !all.any(&["сеанс"]))) =>
        {
            Tool::FreePlaces
        }
        () if free => Tool::FreeSeats,
        () if (loaded
            || (people && !who)
            || all.any(&["посещ", "пик", "peak", "пуст", "empty", "quiet"]))
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
        () if many && people && all.any(DAYS) && !others && !loaded && !all.any(SUBSCRIPTIONS) => {
            Tool::BookingsCount
        }
        () if many && people && (came || comes) && !others && !loaded && !all.any(SUBSCRIPTIONS) => {
            Tool::BookingsCount
        }
        // "Сколько клиентов у Ирины" has no day: those are clients, not bookings.
        () if many
            && people
            && (staff || place || said.service)
            && !others
            && (!all.any(CLIENTS) || all.any(DAYS)) =>
        {
            Tool::BookingsCount
        }
        () if who && !denied && !others && (comes || came || staff || place || said.service) && !loaded => {
            Tool::BookingsList
        }
        // Of a trainer whom nobody knows it is said so.
        () if who && said.person && all.any(&["к$", "ко$", "with$"]) => Tool::BookingsList,
        () if all.any(&["список$", "списк", "list$"]) && (said.service || staff) => {
            Tool::BookingsList
        }
        () if booked
            && all.any(&["кто$", "who$", "who's$", "список", "list$", "покажи$", "show$"])
            && all.any(&["запис", "брон", "book"]) =>
        {
            Tool::BookingsList
        }
        () if all.any(&["дн$", "рожд"]) => return None,
        () if booked => Tool::BookingsCount,
        () => return None,
    })
}
