//! The rules: what each persona plans when a message arrives.

use super::phrases::phrase;
use super::{Act, ChatMemory, Delays, Language, PersonaKind, RangeMs};
use crate::ids::{in_range, roll};

/// Messages of a burst begin at these moments after the first, in milliseconds.
const BURST_AT_MS: [u64; 3] = [0, 700, 1_500];
/// From a message to its correction.
const EDIT_AFTER_MS: u64 = 1_500;
/// From a message to its removal.
const DELETE_AFTER_MS: u64 = 3_000;

/// A message that reached a person.
#[derive(Clone, Copy, Debug)]
pub struct Incoming<'s> {
    /// How the person behaves.
    pub kind: PersonaKind,
    /// What the person answers in turn instead of the persona's own words; empty: the persona's words.
    pub script: &'s [String],
    /// What the person writes in.
    pub language: Language,
    /// The person's pace.
    pub delays: Delays,
    /// What the person remembers.
    pub memory: ChatMemory,
    /// Everything random is drawn from this; the same seed gives the same plan.
    pub seed: u64,
}

/// What the person plans, in order, and remembers from now on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What to do, and how many milliseconds after the message's arrival.
    pub acts: Vec<(u64, Act)>,
    /// What the person remembers.
    pub memory: ChatMemory,
}

/// What a person does about a message. Everyone but who cannot be written to reads it; who said stop, or has answered
/// as often as the persona ever does, is silent.
#[must_use]
pub fn react(incoming: &Incoming<'_>) -> Step {
    let mut memory = incoming.memory;
    memory.received += 1;
    if matches!(incoming.kind, PersonaKind::Private | PersonaKind::NotOnTelegram) {
        return Step {
            acts: Vec::new(),
            memory,
        };
    }
    let read_ms = draw_ms(incoming, 1, incoming.delays.read);
    let reply_ms = draw_ms(incoming, 2, incoming.delays.reply).max(read_ms + 1);
    let mut acts = vec![(read_ms, Act::Read)];
    if incoming.kind == PersonaKind::BlocksUs {
        acts.push((reply_ms, Act::Block));
    } else if !memory.stopped {
        let said = answer(incoming, reply_ms);
        memory.answered += u32::from(!said.is_empty());
        memory.stopped = incoming.kind == PersonaKind::SaysStop;
        acts.extend(said);
    }
    Step { acts, memory }
}

/// What a person who writes first says.
#[must_use]
pub fn first_words(language: Language, seed: u64) -> Option<Act> {
    phrase(language, "first_words", roll(seed, &[5])).map(say)
}

/// What the person says and does with it; nothing: stays silent.
fn answer(incoming: &Incoming<'_>, reply_ms: u64) -> Vec<(u64, Act)> {
    let turn = usize::try_from(incoming.memory.answered).unwrap_or(usize::MAX);
    if !incoming.script.is_empty() {
        return incoming
            .script
            .get(turn)
            .map(|text| (reply_ms, say(text)))
            .into_iter()
            .collect();
    }
    let occasions: &[&str] = match incoming.kind {
        PersonaKind::Interested | PersonaKind::WritesFirst => {
            &["interested_first", "interested_then", "thanks"]
        }
        PersonaKind::AlreadyHas => &["already_has_first", "already_has_then"],
        PersonaKind::AsksRate => &["asks_rate_first", "asks_rate_then"],
        PersonaKind::Distrusts => &["distrusts_first", "distrusts_then"],
        PersonaKind::Busy => &["busy_first", "busy_then"],
        PersonaKind::AsksQuestion => &["question_first", "question_then"],
        PersonaKind::SaysStop => &["stop"],
        PersonaKind::Bursts => &["burst_1", "thanks"],
        PersonaKind::Edits => &["edit_before", "thanks"],
        PersonaKind::Deletes => &["delete_first", "question_first"],
        PersonaKind::Silent | PersonaKind::Private | PersonaKind::NotOnTelegram | PersonaKind::BlocksUs => {
            &[]
        }
    };
    let turn = usize::try_from(incoming.memory.answered).unwrap_or(usize::MAX);
    let Some(occasion) = occasions.get(turn) else {
        return Vec::new();
    };
    let draw =
        |occasion: &str| phrase(incoming.language, occasion, drawn(incoming, 3)).map(ToOwned::to_owned);
    let mut acts: Vec<(u64, Act)> = draw(occasion)
        .map(|text| (reply_ms, Act::Say(text)))
        .into_iter()
        .collect();
    match (incoming.kind, turn) {
        (PersonaKind::Bursts, 0) => {
            for (offset_ms, occasion) in BURST_AT_MS.iter().skip(1).zip(["burst_2", "burst_3"]) {
                acts.extend(draw(occasion).map(|text| (reply_ms + offset_ms, Act::Say(text))));
            }
        }
        (PersonaKind::Edits, 0) => {
            acts.extend(draw("edit_after").map(|text| (reply_ms + EDIT_AFTER_MS, Act::EditLast(text))));
        }
        (PersonaKind::Deletes, 0) => acts.push((reply_ms + DELETE_AFTER_MS, Act::DeleteLast)),
        _ => {}
    }
    acts
}

fn say(text: &str) -> Act {
    Act::Say(text.to_owned())
}

fn drawn(incoming: &Incoming<'_>, purpose: u64) -> u64 {
    roll(incoming.seed, &[purpose, u64::from(incoming.memory.received)])
}

fn draw_ms(incoming: &Incoming<'_>, purpose: u64, range: RangeMs) -> u64 {
    in_range(drawn(incoming, purpose), range.min_ms, range.max_ms)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn incoming(kind: PersonaKind, memory: ChatMemory, seed: u64) -> Incoming<'static> {
        Incoming {
            kind,
            script: &[],
            language: Language::Ru,
            delays: Delays::default(),
            memory,
            seed,
        }
    }

    fn texts(step: &Step) -> Vec<&str> {
        step.acts
            .iter()
            .filter_map(|(_, act)| {
                if let Act::Say(text) = act {
                    Some(text.as_str())
                } else {
                    None
                }
            })
            .collect()
    }

    #[test]
    fn the_same_seed_plans_the_same_and_other_seeds_use_other_words() {
        for kind in PersonaKind::ALL {
            let memory = ChatMemory::default();
            assert_eq!(
                react(&incoming(kind, memory, 7)),
                react(&incoming(kind, memory, 7))
            );
        }
        let words = (0..40).map(|seed| react(&incoming(PersonaKind::AsksRate, ChatMemory::default(), seed)));
        let distinct: std::collections::BTreeSet<String> = words.map(|step| texts(&step).concat()).collect();
        assert!(distinct.len() > 2, "{distinct:?}");
    }

    #[test]
    fn nobody_answers_without_end() {
        for kind in PersonaKind::ALL {
            let mut memory = ChatMemory::default();
            let mut said = 0;
            for _ in 0..50 {
                let step = react(&incoming(kind, memory, 3));
                said += texts(&step).len();
                memory = step.memory;
            }
            assert!(said <= 4, "{kind:?} said {said} things");
        }
    }

    #[test]
    fn after_stop_there_is_only_reading() {
        let first = react(&incoming(PersonaKind::SaysStop, ChatMemory::default(), 3));
        assert_eq!(texts(&first).len(), 1);
        let second = react(&incoming(PersonaKind::SaysStop, first.memory, 3));
        assert!(second.acts.iter().all(|(_, act)| *act == Act::Read));
    }

    #[test]
    fn reading_comes_before_answering_and_within_the_range() {
        for seed in 0..200 {
            let step = react(&incoming(PersonaKind::Interested, ChatMemory::default(), seed));
            let [(read_ms, Act::Read), (reply_ms, Act::Say(_))] = &step.acts[..] else {
                panic!("{step:?}")
            };
            assert!(
                read_ms < reply_ms && (500..=2_000).contains(read_ms) && (2_000..=6_000).contains(reply_ms)
            );
        }
    }

    #[test]
    fn a_burst_is_three_messages_within_two_seconds() {
        let step = react(&incoming(PersonaKind::Bursts, ChatMemory::default(), 5));
        let at_ms: Vec<u64> = step
            .acts
            .iter()
            .filter(|(_, act)| matches!(act, Act::Say(_)))
            .map(|(at, _)| *at)
            .collect();
        assert_eq!(at_ms.len(), 3);
        assert!(at_ms[2] - at_ms[0] <= 2_000);
    }

    #[test]
    fn an_interested_person_asks_then_applies() {
        let first = react(&incoming(PersonaKind::Interested, ChatMemory::default(), 1));
        let second = react(&incoming(PersonaKind::Interested, first.memory, 1));
        assert_eq!((texts(&first).len(), texts(&second).len()), (1, 1));
        assert_eq!(second.memory.answered, 2);
    }

    #[test]
    fn silent_people_read_private_people_do_not() {
        let step = |kind| react(&incoming(kind, ChatMemory::default(), 1)).acts;
        assert!(matches!(step(PersonaKind::Silent)[..], [(_, Act::Read)]));
        assert!(matches!(
            step(PersonaKind::BlocksUs)[..],
            [(_, Act::Read), (_, Act::Block)]
        ));
        assert!(step(PersonaKind::Private).is_empty());
    }
}
