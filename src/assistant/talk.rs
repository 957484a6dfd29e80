//! Small talk, and orders that the assistant does not carry out. Pure.

use super::intent::Words;
use super::lexis::Token;

/// Small talk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Talk {
    Greeting,
    Thanks,
    Identity,
    Help,
    Bye,
    /// "Ок", "понятно".
    Okay,
}

const CHANGES: &[&str] = &[
    "удали",
    "отметь$",
    "напомни$",
    "напомнить$",
    "заморозь$",
    "пусть$",
    "продли$",
    "оформи$",
    "поставь$",
    "проведи$",
    "начисли$",
    "remind$",
    "mark$",
    "move$",
    "reschedule$",
    "freeze$",
    "extend$",
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

/// Something is to be changed or sent.
#[must_use]
pub fn changes(words: &[Token]) -> bool {
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

/// Small talk in a question.
#[must_use]
pub fn of(all: Words<'_>) -> Option<Talk> {
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
        () if all.any(&["спасибо", "спс$", "пасиб", "благодар", "thank", "thx$"]) => {
            Talk::Thanks
        }
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
        () if (1..=2).contains(&all.0.len())
            && all.0.iter().all(|word| {
                word.is(&[
                    "ок$",
                    "окей$",
                    "да$",
                    "нет$",
                    "ага$",
                    "понятно$",
                    "понял",
                    "ясно$",
                    "хорошо$",
                    "ладно$",
                    "отлично$",
                    "супер$",
                    "круто$",
                    "ok$",
                    "okay$",
                    "yes$",
                    "no$",
                    "fine$",
                    "great$",
                    "cool$",
                    "good$",
                    "nice$",
                ])
            }) =>
        {
            Talk::Okay
        }
        () => return None,
    })
}
