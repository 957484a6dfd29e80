//! Value types shared by the tables: time and the short words kept in enumeration columns.

use std::fmt;
use std::str::FromStr;

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// A moment in milliseconds since 1970-01-01T00:00:00 UTC: the type of every time column.
///
/// The databases' own time types are not used: MySQL's loses fractions and dates after 2038, and SQLite's is text.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, DeriveValueType, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct UnixMillis(pub i64);

impl UnixMillis {
    /// This moment moved by `delta_ms` milliseconds (may be negative); saturates at the ends.
    #[must_use]
    pub const fn plus_ms(self, delta_ms: i64) -> Self {
        Self(self.0.saturating_add(delta_ms))
    }

    /// Milliseconds from `earlier` to this moment (negative when `earlier` is later).
    #[must_use]
    pub const fn ms_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// A day of the business's calendar, in days since 1970-01-01. Which moments it spans depends on the business's time zone.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, DeriveValueType, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Day(pub i32);

impl Day {
    /// This day moved by `days` (may be negative); saturates at the ends.
    #[must_use]
    pub const fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }
}

/// A word that is none of an enumeration's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{word}` is not a {kind}")]
pub struct UnknownWord {
    /// Name of the enumeration's type.
    pub kind: &'static str,
    /// What was given.
    pub word: String,
}

/// Declares enumerations kept as short lower-case words, in the database and in JSON alike.
macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
        )]
        #[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))", rename_all = "snake_case")]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$vdoc])* #[doc = concat!("`", $word, "`")] $variant),+ }

        impl $name {
            /// Every value, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word kept in the database and written to JSON.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl FromStr for $name {
            type Err = UnknownWord;

            fn from_str(word: &str) -> Result<Self, UnknownWord> {
                match word {
                    $($word => Ok(Self::$variant),)+
                    _ => Err(UnknownWord { kind: stringify!($name), word: word.to_owned() }),
                }
            }
        }
    )+};
}

words! {
    /// How a contact came to us.
    ContactSource { Upload = "upload", Manual = "manual", Group = "group", Inbound = "inbound" }
    /// Whether a contact can be written to at all.
    ContactStatus { Active = "active", Inactive = "inactive", NoTelegram = "no_telegram" }
    /// Why we may write to a person; `None` means that we may not.
    ConsentBasis {
        OperatorAttested = "operator_attested",
        WroteFirst = "wrote_first",
        ExistingClient = "existing_client",
        OptInForm = "opt_in_form",
        None = "none",
    }
    /// What an entry of the consent ledger says.
    ConsentAction { Granted = "granted", Revoked = "revoked" }
    /// Where a person stands on the way from stranger to client.
    FunnelStage {
        New = "new",
        Contacted = "contacted",
        Replied = "replied",
        Interested = "interested",
        Offered = "offered",
        Applied = "applied",
        Won = "won",
        Lost = "lost",
        OptedOut = "opted_out",
    }
    /// Kind of a Telegram chat with many members.
    GroupKind { Group = "group", Supergroup = "supergroup", Channel = "channel" }
    /// Which Telegram a session or an account belongs to. The two never mix.
    Environment {
        Sandbox = "sandbox",
        Production = "production",
        /// None: the demo business's own, which writes to nobody.
        Demo = "demo",
    }
    /// State of one of our Telegram accounts.
    AccountState {
        LoggedOut = "logged_out",
        CodeNeeded = "code_needed",
        PasswordNeeded = "password_needed",
        Connecting = "connecting",
        Ready = "ready",
        FloodWait = "flood_wait",
        Restricted = "restricted",
    }
    /// What Telegram is asked about people, each with its own limits.
    LookupKind { Phones = "phones", Usernames = "usernames", Requirements = "requirements" }
    /// Whether drafts leave by themselves or wait for a person.
    Approval { Auto = "auto", Manual = "manual" }
    /// Life cycle of a campaign.
    CampaignState {
        Draft = "draft",
        Scheduled = "scheduled",
        Running = "running",
        Paused = "paused",
        Completed = "completed",
        Cancelled = "cancelled",
        Failed = "failed",
    }
    /// Where one contact stands in one campaign.
    CampaignContactState {
        Pending = "pending",
        Queued = "queued",
        Sent = "sent",
        Failed = "failed",
        Skipped = "skipped",
        Cancelled = "cancelled",
    }
    /// What a campaign counter counts by.
    CounterKind {
        State = "state",
        Reason = "reason",
        Stage = "stage",
        SentDay = "sent_day",
        VariantTotal = "variant_total",
        VariantSent = "variant_sent",
        VariantRead = "variant_read",
        VariantReplied = "variant_replied",
        VariantOptedOut = "variant_opted_out",
    }
    /// Why an outgoing message exists.
    OutboxKind {
        FirstMessage = "first_message",
        FollowUp = "follow_up",
        Reply = "reply",
        Operator = "operator",
        OptOutConfirmation = "opt_out_confirmation",
        Service = "service",
    }
    /// Where an outgoing message stands.
    OutboxState {
        Draft = "draft",
        Queued = "queued",
        Sending = "sending",
        Sent = "sent",
        Deferred = "deferred",
        Skipped = "skipped",
        Failed = "failed",
        Cancelled = "cancelled",
    }
    /// Whether a person wrote to us or we to them.
    MessageDirection { In = "in", Out = "out" }
    /// What is known of a message. `Delivered`: the server took it; `Read`: the person saw it.
    MessageState {
        Queued = "queued",
        Sent = "sent",
        Delivered = "delivered",
        Read = "read",
        Failed = "failed",
        Received = "received",
    }
    /// Who wrote a message.
    MessageAuthor { Ai = "ai", Operator = "operator", Phone = "phone", Contact = "contact", Rule = "rule" }
    /// Who answers in a dialog.
    DialogOwner { Ai = "ai", Human = "human" }
    /// State of an upload of contacts.
    ImportState { Running = "running", Done = "done", Failed = "failed", Undone = "undone" }
    /// What an upload did to a contact.
    ChangeAction { Created = "created", Updated = "updated" }
    /// State of a background job.
    JobState {
        Queued = "queued",
        Running = "running",
        Done = "done",
        Failed = "failed",
        Cancelled = "cancelled",
    }
    /// Where a version of the knowledge base came from.
    KnowledgeSource { Sample = "sample", File = "file", Sync = "sync", Edit = "edit" }
    /// How a client stands to the business.
    ClientStatus { New = "new", Active = "active", Former = "former" }
    /// Kind of a place that can be booked.
    PlaceKind { Hall = "hall", Desk = "desk", MeetingRoom = "meeting_room", Other = "other" }
    /// What can be occupied by one thing at a time.
    ResourceKind { Place = "place", Staff = "staff" }
    /// State of a session in the schedule.
    SessionStatus { Scheduled = "scheduled", Cancelled = "cancelled" }
    /// State of a booking.
    BookingStatus {
        Booked = "booked",
        Paid = "paid",
        Attended = "attended",
        NoShow = "no_show",
        Cancelled = "cancelled",
    }
    /// What a booking is of; it follows from the booking's session.
    BookingKind {
        /// A seat in a session.
        Session = "session",
        /// A place for a time.
        Place = "place",
    }
    /// What a client is told of a booking.
    BookingNotice {
        Booked = "booked",
        Changed = "changed",
        Cancelled = "cancelled",
        SeatFreed = "seat_freed",
    }
    /// State of a subscription as it was sold; whether it runs today follows from its days and freezes.
    SubscriptionStatus { Active = "active", Cancelled = "cancelled" }
    /// Money in, or money given back.
    PaymentKind { Payment = "payment", Refund = "refund" }
    /// How money changed hands.
    PaymentMethod { Cash = "cash", Transfer = "transfer", Card = "card" }
    /// State of a payment or a refund; only what is completed counts.
    PaymentStatus { Pending = "pending", Completed = "completed", Failed = "failed", Cancelled = "cancelled" }
    /// What a day's total counts.
    Measure { Paid = "paid", Refunded = "refunded", NewClients = "new_clients", Clients = "clients" }
    /// What a day's total is split by.
    TotalBy { All = "all", Service = "service", Staff = "staff", Method = "method", Status = "status" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sea_orm::{ActiveEnum, Iterable};

    /// The word, the column's value and the JSON of every variant agree.
    fn agrees<E>(all: &[E], as_str: impl Fn(E) -> &'static str)
    where
        E: ActiveEnum<Value = String> + Copy + Serialize + FromStr + PartialEq + fmt::Debug + Iterable,
    {
        assert_eq!(all.len(), E::iter().count());
        for value in all {
            let word = as_str(*value);
            assert_eq!(value.to_value(), word);
            assert_eq!(
                serde_json::to_value(value).unwrap(),
                serde_json::Value::from(word)
            );
            assert_eq!(E::from_str(word).ok().as_ref(), Some(value));
        }
    }

    #[test]
    fn words_are_the_same_everywhere() {
        agrees(ContactSource::ALL, ContactSource::as_str);
        agrees(ContactStatus::ALL, ContactStatus::as_str);
        agrees(ConsentBasis::ALL, ConsentBasis::as_str);
        agrees(ConsentAction::ALL, ConsentAction::as_str);
        agrees(FunnelStage::ALL, FunnelStage::as_str);
        agrees(GroupKind::ALL, GroupKind::as_str);
        agrees(Environment::ALL, Environment::as_str);
        agrees(AccountState::ALL, AccountState::as_str);
        agrees(LookupKind::ALL, LookupKind::as_str);
        agrees(Approval::ALL, Approval::as_str);
        agrees(CampaignState::ALL, CampaignState::as_str);
        agrees(CampaignContactState::ALL, CampaignContactState::as_str);
        agrees(CounterKind::ALL, CounterKind::as_str);
        agrees(OutboxKind::ALL, OutboxKind::as_str);
        agrees(OutboxState::ALL, OutboxState::as_str);
        agrees(MessageDirection::ALL, MessageDirection::as_str);
        agrees(MessageState::ALL, MessageState::as_str);
        agrees(MessageAuthor::ALL, MessageAuthor::as_str);
        agrees(DialogOwner::ALL, DialogOwner::as_str);
        agrees(ImportState::ALL, ImportState::as_str);
        agrees(ChangeAction::ALL, ChangeAction::as_str);
        agrees(JobState::ALL, JobState::as_str);
        agrees(KnowledgeSource::ALL, KnowledgeSource::as_str);
        agrees(ClientStatus::ALL, ClientStatus::as_str);
        agrees(PlaceKind::ALL, PlaceKind::as_str);
        agrees(ResourceKind::ALL, ResourceKind::as_str);
        agrees(SessionStatus::ALL, SessionStatus::as_str);
        agrees(BookingStatus::ALL, BookingStatus::as_str);
        agrees(BookingKind::ALL, BookingKind::as_str);
        agrees(BookingNotice::ALL, BookingNotice::as_str);
        agrees(SubscriptionStatus::ALL, SubscriptionStatus::as_str);
        agrees(PaymentKind::ALL, PaymentKind::as_str);
        agrees(PaymentMethod::ALL, PaymentMethod::as_str);
        agrees(PaymentStatus::ALL, PaymentStatus::as_str);
        agrees(Measure::ALL, Measure::as_str);
        agrees(TotalBy::ALL, TotalBy::as_str);
    }
}
