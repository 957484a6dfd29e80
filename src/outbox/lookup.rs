//! Asking Telegram about people: who has a phone or a username, and what it takes to write to them.
//!
//! What Telegram answered before it refused to go on is kept. A question about many that it refuses as a whole is asked
//! again in halves, until the one person is left that it is about.

use std::collections::HashMap;

use alfa_store::UnixMillis;
use alfa_store::entity::contacts;
use alfa_store::outreach::prepare::KnownPeer;
use alfa_store::types::LookupKind;
use alfa_telegram::{ContactRequirement, Peer, PeerRef, PhoneContact, TelegramError, UserClient};

use super::limits::Limits;
use super::send::{Outcome, classify};

/// People that one call asks about.
const PEOPLE_PER_CALL: usize = 100;
/// Calls that one step makes about many people, halves included.
const MOST_CALLS: usize = 16;

/// Nobody in Telegram has the phone or the username, as far as Telegram tells.
pub(super) const NO_TELEGRAM: &str = "no_telegram";
/// The person is in Telegram, but this account has no way to them.
const UNREACHABLE: &str = "unreachable_from_account";
/// The phone or the username is another person's than the one that the contact is known to be.
pub(super) const ANOTHER_PERSON: &str = "another_person";

/// What Telegram said about people that an account cannot address.
#[derive(Default)]
pub(super) struct Lookup {
    pub found: Vec<(i64, Peer)>,
    /// Not found, and why.
    pub absent: Vec<(i64, &'static str)>,
    /// Telegram asks to try again later.
    pub later: Vec<i64>,
    /// Telegram refused the question about this one.
    pub failed: Vec<(i64, String)>,
    /// There is no room for the question now.
    pub blocked: Vec<(i64, LookupKind)>,
    /// Why nothing more can be asked.
    pub stopped: Option<TelegramError>,
}

/// Looks people up: by phone, then whoever was not found so by username.
pub(super) async fn look_up(
    client: &UserClient,
    contacts: &[&contacts::Model],
    limits: &mut Limits,
    now: UnixMillis,
) -> Lookup {
    let mut lookup = Lookup::default();
    let (with_phone, mut by_name): (Vec<_>, Vec<_>) =
        contacts.iter().partition(|contact| contact.phone.is_some());
    by_name.extend(by_phone(client, &with_phone, limits, now, &mut lookup).await);
    if lookup.stopped.is_none() {
        by_username(client, &by_name, limits, now, &mut lookup).await;
    }
    lookup
}

/// Answers who was not found.
async fn by_phone<'a>(
    client: &UserClient,
    contacts: &[&'a contacts::Model],
    limits: &mut Limits,
    now: UnixMillis,
    lookup: &mut Lookup,
) -> Vec<&'a contacts::Model> {
    let room = limits.room(LookupKind::Phones, now).min(contacts.len());
    let (asked, blocked) = contacts.split_at(room);
    let block = |lookup: &mut Lookup, contact: &contacts::Model| {
        lookup.blocked.push((contact.id, LookupKind::Phones));
    };
    blocked.iter().for_each(|contact| block(lookup, contact));
    let mut parts = Parts::of(asked);
    let mut answers = Vec::new();
    while let Some(part) = parts.next() {
        let book: Vec<PhoneContact> = part.iter().filter_map(|contact| entry(contact)).collect();
        limits.spend(LookupKind::Phones, part.len(), now);
        match client.import_contacts(&book).await {
            Ok(answer) => answers.push(answer),
            Err(error) => parts.failed(part, error),
        }
    }
    let by_phone: HashMap<&str, &contacts::Model> = asked
        .iter()
        .filter_map(|contact| Some((contact.phone.as_deref()?, *contact)))
        .collect();
    let of = |phone: &String| by_phone.get(phone.as_str()).copied();
    let mut left = Vec::new();
    for imported in answers {
        for (phone, peer) in imported.found {
            match of(&phone) {
                Some(contact) if is_possibly(contact, &peer) => lookup.found.push((contact.id, peer)),
                Some(contact) if contact.username.is_some() => left.push(contact),
                Some(contact) => lookup.absent.push((contact.id, ANOTHER_PERSON)),
                None => {}
            }
        }
        left.extend(imported.not_found.iter().filter_map(of));
        lookup
            .later
            .extend(imported.retry.iter().filter_map(of).map(|contact| contact.id));
    }
    if let Some(End::Wait { seconds }) = parts.ended {
        limits.wait(LookupKind::Phones, seconds, now);
        parts.rest().for_each(|contact| block(lookup, contact));
    }
    let refused = parts.refused.into_iter();
    lookup
        .failed
        .extend(refused.map(|(contact, error)| (contact.id, error.to_string())));
    match parts.ended {
        Some(End::Stopped(error)) => lookup.stopped = Some(error),
        Some(End::Wait { .. }) | None => {}
    }
    left
}

fn entry(contact: &contacts::Model) -> Option<PhoneContact> {
    Some(PhoneContact {
        phone: contact.phone.clone()?,
        first_name: contact.first_name.clone().unwrap_or_else(|| contact.name.clone()),
        last_name: contact.last_name.clone().unwrap_or_default(),
    })
}

async fn by_username(
    client: &UserClient,
    contacts: &[&contacts::Model],
    limits: &mut Limits,
    now: UnixMillis,
    lookup: &mut Lookup,
) {
    let mut room = limits.room(LookupKind::Usernames, now);
    for contact in contacts {
        let nowhere = if contact.telegram_user_id.is_some() {
            UNREACHABLE
        } else {
            NO_TELEGRAM
        };
        let Some(username) = contact.username.as_deref() else {
            lookup.absent.push((contact.id, nowhere));
            continue;
        };
        if room == 0 {
            lookup.blocked.push((contact.id, LookupKind::Usernames));
            continue;
        }
        room -= 1;
        limits.spend(LookupKind::Usernames, 1, now);
        match client.resolve_username(username).await {
            Ok(Some(peer)) if is_possibly(contact, &peer) => lookup.found.push((contact.id, peer)),
            Ok(Some(_)) => lookup.absent.push((contact.id, ANOTHER_PERSON)),
            Ok(None) => lookup.absent.push((contact.id, nowhere)),
            Err(error) => match verdict(error) {
                Verdict::OfThisOne(error) => lookup.failed.push((contact.id, error.to_string())),
                Verdict::Ends(End::Wait { seconds }) => {
                    limits.wait(LookupKind::Usernames, seconds, now);
                    lookup.blocked.push((contact.id, LookupKind::Usernames));
                    room = 0;
                }
                Verdict::Ends(End::Stopped(error)) => {
                    lookup.stopped = Some(error);
                    return;
                }
            },
        }
    }
}

/// Nothing that is known of the contact says that it is somebody else.
fn is_possibly(contact: &contacts::Model, peer: &Peer) -> bool {
    contact
        .telegram_user_id
        .is_none_or(|id| id == peer.reference.user_id)
}

/// What Telegram said about writing to people whom an account can address.
#[derive(Default)]
pub(super) struct Requirements {
    /// Whom Telegram told about: and why they cannot be written to, if so.
    pub told: Vec<(KnownPeer, Option<&'static str>)>,
    /// Whom it refused to tell about, why, and that as text.
    pub refused: Vec<(KnownPeer, TelegramError, String)>,
    /// There is no room for the question now.
    pub blocked: bool,
    pub stopped: Option<TelegramError>,
}

/// Asks what it takes to write to people, a bounded number.
pub(super) async fn ask_requirements(
    client: &UserClient,
    peers: &[KnownPeer],
    limits: &mut Limits,
    now: UnixMillis,
) -> Requirements {
    if limits.room(LookupKind::Requirements, now) == 0 {
        return Requirements {
            blocked: true,
            ..Requirements::default()
        };
    }
    let mut parts = Parts::of(peers);
    let mut told = Vec::new();
    while let Some(part) = parts.next() {
        let references: Vec<PeerRef> = part.iter().map(reference).collect();
        limits.spend(LookupKind::Requirements, part.len(), now);
        match client.contact_requirements(&references).await {
            Ok(answer) => told.extend(part.iter().copied().zip(answer.iter().map(closed_reason))),
            Err(error) => parts.failed(part, error),
        }
    }
    let mut requirements = Requirements {
        told,
        refused: parts
            .refused
            .into_iter()
            .map(|(peer, error)| (peer, error.clone(), error.to_string()))
            .collect(),
        ..Requirements::default()
    };
    match parts.ended {
        Some(End::Wait { seconds }) => {
            limits.wait(LookupKind::Requirements, seconds, now);
            requirements.blocked = true;
        }
        Some(End::Stopped(error)) => requirements.stopped = Some(error),
        None => {}
    }
    requirements
}

fn reference(peer: &KnownPeer) -> PeerRef {
    PeerRef {
        user_id: peer.telegram_user_id,
        access_hash: peer.access_hash,
    }
}

fn closed_reason(requirement: &ContactRequirement) -> Option<&'static str> {
    match requirement {
        ContactRequirement::Free => None,
        ContactRequirement::Premium => Some("premium_only"),
        ContactRequirement::Paid { .. } => Some("payment_required"),
    }
}

/// Why no further question of a kind is asked.
enum End {
    Wait { seconds: i64 },
    Stopped(TelegramError),
}

enum Verdict {
    /// It is about one of those who were asked about.
    OfThisOne(TelegramError),
    Ends(End),
}

fn verdict(error: TelegramError) -> Verdict {
    use TelegramError::{InvalidPhone, NoSuchAccount, PhoneBanned};
    if matches!(error, InvalidPhone | PhoneBanned | NoSuchAccount) {
        return Verdict::OfThisOne(error);
    }
    match classify(error.clone()) {
        Outcome::Wait { seconds } => Verdict::Ends(End::Wait { seconds }),
        Outcome::Refused(_) | Outcome::Failed(_) => Verdict::OfThisOne(error),
        _ => Verdict::Ends(End::Stopped(error)),
    }
}

/// A question about many, in parts: what Telegram refuses as a whole is asked again in halves. Whom the calls do not
/// suffice for is asked about in the next step.
struct Parts<'a, T> {
    waiting: Vec<&'a [T]>,
    calls: usize,
    refused: Vec<(T, TelegramError)>,
    ended: Option<End>,
}

impl<'a, T: Copy> Parts<'a, T> {
    fn of(all: &'a [T]) -> Self {
        Self {
            waiting: all.chunks(PEOPLE_PER_CALL).rev().collect(),
            calls: 0,
            refused: Vec::new(),
            ended: None,
        }
    }

    /// Whom to ask about next.
    fn next(&mut self) -> Option<&'a [T]> {
        if self.ended.is_some() || self.calls == MOST_CALLS {
            return None;
        }
        self.calls += 1;
        self.waiting.pop()
    }

    fn failed(&mut self, part: &'a [T], error: TelegramError) {
        match (verdict(error), part) {
            (Verdict::OfThisOne(error), [one]) => self.refused.push((*one, error)),
            (Verdict::OfThisOne(_), several) => {
                let (left, right) = several.split_at(several.len() / 2);
                self.waiting.extend([right, left]);
            }
            (Verdict::Ends(end), _) => {
                self.ended = Some(end);
                self.waiting.push(part);
            }
        }
    }

    /// Not asked about, because it ended before.
    fn rest(&self) -> impl Iterator<Item = T> {
        self.waiting.iter().copied().flatten().copied()
    }
}
