//! From a leased row to what Telegram said. Only this file calls `send_text`.

use alfa_store::entity::outbox;
use alfa_store::outreach::prepare::KnownPeer;
use alfa_store::outreach::receive;
use alfa_store::types::OutboxState;
use alfa_store::{Store, UnixMillis};
use alfa_telegram::{LossReason, PeerRef, RefusedReason, TelegramError, UserClient};

use crate::policy::Sendable;

/// A message that is leased and may be sent now.
pub(super) struct Leased {
    /// The row as it was leased: `Sending`, its attempts counted.
    pub row: outbox::Model,
    /// An earlier send of it may have reached Telegram.
    pub again: bool,
    /// The gate's word of just now; or why it may not be sent any more, when the outcome of an earlier send must be
    /// found out first.
    pub sendable: Result<Sendable, &'static str>,
    /// How the account addresses the person.
    pub peer: KnownPeer,
}

impl Leased {
    /// With the row as the lease left it.
    pub fn taken(mut self) -> Self {
        self.row.state = OutboxState::Sending;
        self.row.attempts += 1;
        self
    }
}

/// What became of a message.
#[derive(Debug)]
pub(super) enum Outcome {
    /// Telegram took it.
    Sent {
        telegram_message_id: Option<i64>,
        at: UnixMillis,
    },
    /// This person cannot be written to.
    Refused(&'static str),
    /// The account must wait so many seconds.
    Wait { seconds: i64 },
    /// The account may not write to strangers.
    Limited(&'static str),
    /// The account's session is gone.
    SessionLost(LossReason),
    /// Nothing was sent because there is no connection.
    NotConnected,
    /// It may have been sent.
    Unknown(String),
    /// Telegram refused the message itself.
    Failed(String),
    /// The history tells that it was not sent, and it may not be sent now.
    NotSentAfterAll,
}

impl Outcome {
    /// Whether Telegram took it.
    pub fn is_sent(&self) -> bool {
        matches!(self, Self::Sent { .. })
    }
}

/// Sends a message, or finds out whether it was sent.
pub(super) async fn transmit(
    store: &Store,
    client: &UserClient,
    leased: &Leased,
    now: UnixMillis,
) -> Outcome {
    let peer = PeerRef {
        user_id: leased.peer.telegram_user_id,
        access_hash: leased.peer.access_hash,
    };
    if leased.sendable.is_err() {
        return match find(store, client, peer, &leased.row, now).await {
            Ok(found) => found.unwrap_or(Outcome::NotSentAfterAll),
            Err(outcome) => outcome,
        };
    }
    let text = leased.row.text.as_deref().unwrap_or_default();
    let answer = client.send_text(peer, text, leased.row.random_id).await;
    crate::crash::point("lane:answered");
    match answer {
        Ok(sent) => Outcome::Sent {
            telegram_message_id: Some(i64::from(sent.telegram_message_id)),
            at: UnixMillis(sent.sent_at_ms),
        },
        Err(TelegramError::RandomIdDuplicate) => match find(store, client, peer, &leased.row, now).await {
            Ok(found) => found.unwrap_or(Outcome::Sent {
                telegram_message_id: None,
                at: now,
            }),
            Err(Outcome::Wait { seconds }) => Outcome::Wait { seconds },
            Err(error) => Outcome::Unknown(format!("{error:?}")),
        },
        Err(error) => match classify(error) {
            // That Telegram refuses it now does not tell that it had refused it before.
            refused @ (Outcome::Refused(_) | Outcome::Failed(_) | Outcome::Limited(_)) if leased.again => {
                match find(store, client, peer, &leased.row, now).await {
                    Ok(found) => found.unwrap_or(refused),
                    Err(Outcome::Refused(_) | Outcome::Failed(_)) => refused,
                    Err(error) => Outcome::Unknown(format!("{error:?}")),
                }
            }
            outcome => outcome,
        },
    }
}

/// Looks for the message in the dialog's history: the newest of ours with this text since the row was made that is not
/// known as another row's.
async fn find(
    store: &Store,
    client: &UserClient,
    peer: PeerRef,
    row: &outbox::Model,
    now: UnixMillis,
) -> Result<Option<Outcome>, Outcome> {
    // Telegram's times are whole seconds, and its clock is not ours.
    const CLOCK_SKEW_MS: i64 = 60_000;
    let text = row.text.as_deref().unwrap_or_default();
    let found = client
        .find_sent(peer, text, row.created_at.0 - CLOCK_SKEW_MS)
        .await
        .map_err(classify)?;
    for message in found {
        let id = i64::from(message.id);
        let known = receive::by_telegram_id(store.reader(), row.account_id, row.contact_id, id)
            .await
            .map_err(|error| Outcome::Unknown(error.to_string()))?;
        let of_another = known
            .and_then(|known| known.outbox_id)
            .is_some_and(|outbox_id| outbox_id != row.id);
        if !of_another {
            return Ok(Some(Outcome::Sent {
                telegram_message_id: Some(id),
                at: UnixMillis(message.date_ms.min(now.0)),
            }));
        }
    }
    Ok(None)
}

pub(super) fn classify(error: TelegramError) -> Outcome {
    match error {
        TelegramError::FloodWait { seconds } | TelegramError::SlowMode { seconds } => Outcome::Wait {
            seconds: i64::from(seconds),
        },
        TelegramError::PeerFlood => Outcome::Limited("peer_flood"),
        TelegramError::AccountFrozen => Outcome::Limited("account_frozen"),
        TelegramError::Refused(reason) => Outcome::Refused(refusal_name(reason)),
        TelegramError::RandomIdDuplicate => Outcome::Unknown("RANDOM_ID_DUPLICATE".to_owned()),
        TelegramError::SessionLost(reason) => Outcome::SessionLost(reason),
        TelegramError::NotConnected(_) | TelegramError::Closed => Outcome::NotConnected,
        TelegramError::UnknownOutcome(cause) => Outcome::Unknown(cause),
        TelegramError::Rpc { code, name, .. } => Outcome::Failed(format!("{code} {name}")),
        other => Outcome::Unknown(other.to_string()),
    }
}

/// Telegram does not take the account's key to the person.
pub(super) const INVALID_PEER: &str = "invalid_peer";

/// The reason as the API names it.
pub(super) fn refusal_name(reason: RefusedReason) -> &'static str {
    match reason {
        RefusedReason::Privacy => "privacy_restricted",
        RefusedReason::Deactivated => "account_deleted",
        RefusedReason::BlockedByUser => "blocked_us",
        RefusedReason::BlockedByUs => "blocked_by_us",
        RefusedReason::PremiumOnly => "premium_only",
        RefusedReason::PaymentRequired { .. } => "payment_required",
        RefusedReason::InvalidPeer => INVALID_PEER,
    }
}
