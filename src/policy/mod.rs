//! The gate: who may be written to, now, and why. Nothing is sent without its receipt.
//!
//! [`admit`] is pure. It is asked twice for each message: when the message is queued, and again by the lane just before
//! it is sent. Only it can make a [`Sendable`], and only a [`Sendable`] can be queued or sent.

pub mod people;
mod quiet_hours;
pub mod service;
pub mod settings;

use alfa_store::UnixMillis;
use alfa_store::types::{ConsentBasis, ContactStatus, DialogOwner, OutboxKind};
use serde::Serialize;

use crate::clock::DAY_MS;
pub use quiet_hours::end_of_quiet;

use crate::config::QuietHours;

/// The span over which [`Policy::campaign_messages_per_30_days`] counts, in milliseconds.
pub const FREQUENCY_SPAN_MS: i64 = 30 * DAY_MS;
/// How many messages the AI may send without an answer, at most; [`Policy::most_unanswered`] may be less.
pub const MOST_UNANSWERED: i32 = 3;

/// Why a message waits for the end of quiet hours.
pub const QUIET_HOURS: &str = "quiet_hours";

/// What the operator has decided for everybody.
#[derive(Debug, Clone)]
pub struct Policy {
    /// When nobody is written to, in the recipient's time zone.
    pub quiet_hours: Option<QuietHours>,
    /// How many campaigns may write to one person in 30 days.
    pub campaign_messages_per_30_days: u64,
    /// How long after any message a person is left alone by campaigns, in milliseconds.
    pub recent_ms: i64,
    /// How many messages the AI may send without an answer.
    pub most_unanswered: i32,
}

/// What the gate must know of the person.
#[derive(Debug, Clone)]
pub struct Person {
    /// Whether the person can be reached at all.
    pub status: ContactStatus,
    /// The ledger's present verdict.
    pub consent: ConsentBasis,
    /// Whether the person has said stop.
    pub opted_out: bool,
    /// When a campaign last wrote to the person, or claimed to.
    pub last_outreach_at: Option<UnixMillis>,
    /// When anybody last wrote anything in the person's dialogs.
    pub last_message_at: Option<UnixMillis>,
    /// Campaign messages in the last 30 days.
    pub campaign_messages: u64,
    /// The person's own time zone.
    pub time_zone: chrono_tz::Tz,
    /// Who owns the account's dialog with the person, when there is one.
    pub dialog_owner: Option<DialogOwner>,
    /// A person of the team owns a dialog with the person, on whichever account.
    pub with_human: bool,
    /// Messages of the AI since the person last wrote, over all campaigns and on all accounts.
    pub unanswered_ai: i32,
}

/// A message that somebody wants to send.
#[derive(Debug, Clone)]
pub struct Intent {
    /// From which of our accounts.
    pub account_id: i64,
    /// To whom.
    pub contact_id: i64,
    /// For which campaign.
    pub campaign_id: Option<i64>,
    /// Which message of the campaign's dialog this is; 0 is the first.
    pub dialog_step: i32,
    /// What kind of message.
    pub kind: OutboxKind,
    /// Its text, once written.
    pub text: Option<String>,
    /// The facts that the text uses, as JSON.
    pub facts: Option<String>,
    /// The message that it answers.
    pub in_reply_to: Option<i64>,
    /// Not before this moment.
    pub not_before: UnixMillis,
}

impl Intent {
    /// Whether it is a follow-up that nobody asked for: the person is silent.
    pub fn breaks_silence(&self) -> bool {
        self.kind == OutboxKind::FollowUp && self.campaign_id.is_some() && self.in_reply_to.is_none()
    }
}

/// A message that the gate has let through. Only [`admit`] makes one.
#[derive(Debug, Clone)]
pub struct Sendable {
    intent: Intent,
    receipt: String,
}

impl Sendable {
    /// The message.
    pub fn intent(&self) -> &Intent {
        &self.intent
    }

    /// Takes the message out.
    pub fn into_intent(self) -> Intent {
        self.intent
    }

    /// Why it may be sent, as JSON: the basis of consent, the purpose and the moment of the check.
    pub fn receipt(&self) -> &str {
        &self.receipt
    }
}

/// Why a person is not written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SkipReason {
    /// Nobody has recorded that the person agreed.
    NoConsent,
    /// The person said stop.
    OptedOut,
    /// Somebody wrote to the person within [`Policy::recent_ms`].
    RecentlyContacted,
    /// Campaigns have written often enough this month.
    FrequencyCap,
    /// The phone or the username is not in Telegram.
    NoTelegram,
    /// The contact is switched off.
    Inactive,
    /// Another campaign already has a message waiting for this person.
    Duplicate,
    /// A person of the team has taken the dialog over.
    HumanOwnsDialog,
    /// The AI has written three times without an answer.
    Unanswered,
}

impl SkipReason {
    /// The name in the API and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoConsent => "no_consent",
            Self::OptedOut => "opted_out",
            Self::RecentlyContacted => "recently_contacted",
            Self::FrequencyCap => "frequency_cap",
            Self::NoTelegram => "no_telegram",
            Self::Inactive => "inactive",
            Self::Duplicate => "duplicate",
            Self::HumanOwnsDialog => "human_owns_dialog",
            Self::Unanswered => "unanswered",
        }
    }
}

/// What the gate says.
#[derive(Debug)]
pub enum Verdict {
    /// It may be sent.
    Send(Sendable),
    /// It may not be sent before this moment.
    Defer(UnixMillis),
    /// It may not be sent.
    Skip(SkipReason),
}

#[derive(Serialize)]
struct Receipt<'a> {
    purpose: OutboxKind,
    consent: &'a ConsentBasis,
    checked_at_ms: i64,
}

/// Decides about one message to one person.
pub fn admit(person: &Person, intent: Intent, policy: &Policy, now: UnixMillis) -> Verdict {
    if let Some(reason) = refusal(person, intent.kind, policy, now) {
        return Verdict::Skip(reason);
    }
    if intent.breaks_silence()
        && let Some(until) = left_alone_until(person, policy, now)
    {
        return Verdict::Defer(until);
    }
    // Only what we begin waits for the morning: a person who wrote at night is answered.
    let we_begin = matches!(intent.kind, OutboxKind::FirstMessage | OutboxKind::Service);
    if (we_begin || intent.breaks_silence())
        && let Some(end) = policy
            .quiet_hours
            .and_then(|hours| end_of_quiet(hours, now, person.time_zone))
    {
        return Verdict::Defer(end);
    }
    Verdict::Send(sendable(person, intent, now))
}

/// Decides about repeating a message that may have been sent already: it had the gate's word, and only a stop or a
/// revoked consent since then takes it back.
pub fn admit_again(person: &Person, intent: Intent, now: UnixMillis) -> Verdict {
    let confirmation = intent.kind == OutboxKind::OptOutConfirmation;
    if person.opted_out && !confirmation {
        return Verdict::Skip(SkipReason::OptedOut);
    }
    if person.consent == ConsentBasis::None && !confirmation {
        return Verdict::Skip(SkipReason::NoConsent);
    }
    Verdict::Send(sendable(person, intent, now))
}

fn sendable(person: &Person, intent: Intent, now: UnixMillis) -> Sendable {
    let receipt = Receipt {
        purpose: intent.kind,
        consent: &person.consent,
        checked_at_ms: now.0,
    };
    let receipt = serde_json::to_string(&receipt).unwrap_or_default();
    Sendable { intent, receipt }
}

/// Why a message of this kind may not go to this person, if it may not.
pub fn refusal(person: &Person, kind: OutboxKind, policy: &Policy, now: UnixMillis) -> Option<SkipReason> {
    if kind == OutboxKind::OptOutConfirmation {
        return None;
    }
    if person.opted_out {
        return Some(SkipReason::OptedOut);
    }
    if person.status == ContactStatus::Inactive {
        return Some(SkipReason::Inactive);
    }
    if person.consent == ConsentBasis::None {
        return Some(SkipReason::NoConsent);
    }
    if person.status == ContactStatus::NoTelegram {
        return Some(SkipReason::NoTelegram);
    }
    match kind {
        OutboxKind::FirstMessage => outreach_refusal(person, policy, now),
        OutboxKind::FollowUp => ai_refusal(person, policy),
        // The AI's last word, that a person of the team will write, goes out in that person's dialog.
        OutboxKind::Reply => None,
        // What a client is told of a booking is expected, whoever owns the dialog.
        OutboxKind::Operator | OutboxKind::Service | OutboxKind::OptOutConfirmation => None,
    }
}

/// Until when the person is left alone because somebody wrote within [`Policy::recent_ms`].
fn left_alone_until(person: &Person, policy: &Policy, now: UnixMillis) -> Option<UnixMillis> {
    let last = person.last_outreach_at.max(person.last_message_at);
    last.map(|at| at.plus_ms(policy.recent_ms))
        .filter(|until| *until > now)
}

/// Why the gate puts a message off, by name.
pub fn wait_reason(person: &Person, policy: &Policy, now: UnixMillis) -> &'static str {
    if left_alone_until(person, policy, now).is_some() {
        SkipReason::RecentlyContacted.as_str()
    } else {
        QUIET_HOURS
    }
}

fn outreach_refusal(person: &Person, policy: &Policy, now: UnixMillis) -> Option<SkipReason> {
    if person.with_human {
        return Some(SkipReason::HumanOwnsDialog);
    }
    if left_alone_until(person, policy, now).is_some() {
        return Some(SkipReason::RecentlyContacted);
    }
    // Each campaign's first message is one more that a silent person has not answered.
    if person.unanswered_ai >= policy.most_unanswered {
        return Some(SkipReason::Unanswered);
    }
    (person.campaign_messages >= policy.campaign_messages_per_30_days).then_some(SkipReason::FrequencyCap)
}

fn ai_refusal(person: &Person, policy: &Policy) -> Option<SkipReason> {
    if person.with_human {
        return Some(SkipReason::HumanOwnsDialog);
    }
    (person.unanswered_ai >= policy.most_unanswered).then_some(SkipReason::Unanswered)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::HOUR_MS;

    const NOW: UnixMillis = UnixMillis(1_800_000_000_000);

    fn person() -> Person {
        Person {
            status: ContactStatus::Active,
            consent: ConsentBasis::OperatorAttested,
            opted_out: false,
            last_outreach_at: None,
            last_message_at: None,
            campaign_messages: 0,
            time_zone: chrono_tz::Europe::Moscow,
            dialog_owner: None,
            with_human: false,
            unanswered_ai: 0,
        }
    }

    fn policy() -> Policy {
        Policy {
            quiet_hours: None,
            campaign_messages_per_30_days: 4,
            recent_ms: DAY_MS,
            most_unanswered: MOST_UNANSWERED,
        }
    }

    fn reason(change: impl FnOnce(&mut Person), kind: OutboxKind) -> Option<SkipReason> {
        let mut person = person();
        change(&mut person);
        refusal(&person, kind, &policy(), NOW)
    }

    #[test]
    fn a_person_who_agreed_may_be_written_to() {
        assert_eq!(reason(|_| {}, OutboxKind::FirstMessage), None);
    }

    #[test]
    fn stop_beats_every_basis_and_every_kind_but_its_confirmation() {
        for kind in [
            OutboxKind::FirstMessage,
            OutboxKind::FollowUp,
            OutboxKind::Reply,
            OutboxKind::Operator,
            OutboxKind::Service,
        ] {
            assert_eq!(
                reason(|person| person.opted_out = true, kind),
                Some(SkipReason::OptedOut)
            );
        }
        assert_eq!(
            reason(|person| person.opted_out = true, OutboxKind::OptOutConfirmation),
            None
        );
    }

    #[test]
    fn nobody_is_written_to_without_consent() {
        for kind in [
            OutboxKind::FirstMessage,
            OutboxKind::FollowUp,
            OutboxKind::Operator,
            OutboxKind::Service,
        ] {
            assert_eq!(
                reason(|person| person.consent = ConsentBasis::None, kind),
                Some(SkipReason::NoConsent)
            );
        }
    }

    #[test]
    fn campaigns_leave_a_person_alone_for_a_day_and_after_enough_messages() {
        let hours_ago = |hours: i64| Some(UnixMillis(NOW.0 - hours * HOUR_MS));
        let first = OutboxKind::FirstMessage;
        assert_eq!(
            reason(|p| p.last_outreach_at = hours_ago(23), first),
            Some(SkipReason::RecentlyContacted)
        );
        assert_eq!(
            reason(|p| p.last_message_at = hours_ago(1), first),
            Some(SkipReason::RecentlyContacted)
        );
        assert_eq!(reason(|p| p.last_outreach_at = hours_ago(24), first), None);
        assert_eq!(
            reason(|p| p.campaign_messages = 4, first),
            Some(SkipReason::FrequencyCap)
        );
        assert_eq!(
            reason(|p| p.last_message_at = hours_ago(0), OutboxKind::FollowUp),
            None
        );
    }

    #[test]
    fn the_policy_says_how_long_and_how_often() {
        let mut person = person();
        person.last_message_at = Some(UnixMillis(NOW.0 - 30 * HOUR_MS));
        person.unanswered_ai = 1;
        let first = |policy: &Policy| refusal(&person, OutboxKind::FirstMessage, policy, NOW);
        assert_eq!(first(&policy()), None);
        let patient = Policy {
            recent_ms: 48 * HOUR_MS,
            ..policy()
        };
        assert_eq!(first(&patient), Some(SkipReason::RecentlyContacted));
        let once = Policy {
            most_unanswered: 1,
            ..policy()
        };
        assert_eq!(first(&once), Some(SkipReason::Unanswered));
    }

    #[test]
    fn a_follow_up_that_nobody_asked_for_waits_a_day_and_for_the_morning() {
        let intent = |in_reply_to| Intent {
            account_id: 1,
            contact_id: 1,
            campaign_id: Some(1),
            dialog_step: 1,
            kind: OutboxKind::FollowUp,
            text: None,
            facts: None,
            in_reply_to,
            not_before: NOW,
        };
        let mut person = person();
        person.last_message_at = Some(UnixMillis(NOW.0 - 23 * HOUR_MS));
        let until = |person: &Person, policy: &Policy, in_reply_to| match admit(
            person,
            intent(in_reply_to),
            policy,
            NOW,
        ) {
            Verdict::Defer(until) => Some(until),
            Verdict::Send(_) => None,
            Verdict::Skip(reason) => panic!("{reason:?}"),
        };
        assert_eq!(until(&person, &policy(), None), Some(NOW.plus_ms(HOUR_MS)));
        assert_eq!(wait_reason(&person, &policy(), NOW), "recently_contacted");
        assert_eq!(
            until(&person, &policy(), Some(5)),
            None,
            "an answer does not wait"
        );
        person.last_message_at = Some(UnixMillis(NOW.0 - 24 * HOUR_MS));
        assert_eq!(until(&person, &policy(), None), None);
        // NOW is 11:00 in Moscow.
        let quiet = Policy {
            quiet_hours: Some(QuietHours {
                from_minute: 9 * 60,
                to_minute: 14 * 60,
            }),
            ..policy()
        };
        assert!(until(&person, &quiet, None).is_some());
        assert_eq!(wait_reason(&person, &quiet, NOW), "quiet_hours");
    }

    #[test]
    fn the_ai_is_silent_in_a_human_s_dialog_and_after_three_unanswered() {
        let human = |p: &mut Person| p.with_human = true;
        assert_eq!(
            reason(human, OutboxKind::FollowUp),
            Some(SkipReason::HumanOwnsDialog)
        );
        assert_eq!(
            reason(human, OutboxKind::FirstMessage),
            Some(SkipReason::HumanOwnsDialog)
        );
        assert_eq!(reason(human, OutboxKind::Operator), None);
        assert_eq!(
            reason(human, OutboxKind::Reply),
            None,
            "the word that hands the dialog over"
        );
        assert_eq!(
            reason(|p| p.unanswered_ai = 3, OutboxKind::FollowUp),
            Some(SkipReason::Unanswered)
        );
        assert_eq!(
            reason(|p| p.unanswered_ai = 3, OutboxKind::FirstMessage),
            Some(SkipReason::Unanswered),
            "of another campaign"
        );
        assert_eq!(reason(|p| p.unanswered_ai = 2, OutboxKind::FirstMessage), None);
    }
}
