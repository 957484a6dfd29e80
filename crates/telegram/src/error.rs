//! What can go wrong, in the terms in which the product must decide about it.

use grammers_mtsender::{InvocationError, RpcError};
use thiserror::Error;

/// Why Telegram does not let us write to this person, while the account itself is well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusedReason {
    /// Their privacy settings forbid it.
    Privacy,
    /// Their account was deleted.
    Deactivated,
    /// They blocked us.
    BlockedByUser,
    /// We blocked them.
    BlockedByUs,
    /// Only Telegram Premium accounts may write to them.
    PremiumOnly,
    /// A message to them costs this many stars.
    PaymentRequired {
        /// Price of one message.
        stars: u32,
    },
    /// The id or the access hash is not valid (for this account).
    InvalidPeer,
}

/// Why a login is gone. A new one is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LossReason {
    /// Telegram does not know this login (any more).
    AuthKeyUnregistered,
    /// It was ended from another device, or it expired.
    SessionRevoked,
    /// The account was deleted or banned.
    UserDeactivated,
    /// The same login was used in two places at once.
    AuthKeyDuplicated,
}

/// A failure of the product's storage of a session.
#[derive(Clone, Debug, Error)]
#[error("{0}")]
pub struct VaultError(pub String);

/// What went wrong with a call to Telegram.
#[derive(Clone, Debug, Error)]
pub enum TelegramError {
    /// The account must not repeat this kind of call before the time is over.
    #[error("flood wait of {seconds} s")]
    FloodWait {
        /// How long.
        seconds: u32,
    },
    /// The same, for one chat.
    #[error("slow mode: wait {seconds} s")]
    SlowMode {
        /// How long.
        seconds: u32,
    },
    /// The account wrote to too many strangers; it may only answer for now.
    #[error("the account is limited for writing to strangers (PEER_FLOOD)")]
    PeerFlood,
    /// The account is frozen; an appeal in the official application is needed.
    #[error("the account is frozen")]
    AccountFrozen,
    /// This person cannot be written to.
    #[error("refused: {0:?}")]
    Refused(RefusedReason),
    /// A message with this `random_id` was already sent.
    #[error("this message was already sent (RANDOM_ID_DUPLICATE)")]
    RandomIdDuplicate,
    /// The login is gone; a new one is needed.
    #[error("the login is gone: {0:?}")]
    SessionLost(LossReason),
    /// The login code is not the right one.
    #[error("wrong login code")]
    WrongCode,
    /// The login code is too old; ask for another.
    #[error("the login code expired")]
    CodeExpired,
    /// The two-step verification password is not the right one.
    #[error("wrong password")]
    WrongPassword,
    /// Not a phone number, or nobody has it.
    #[error("invalid phone number")]
    InvalidPhone,
    /// Telegram banned this number.
    #[error("this phone number is banned by Telegram")]
    PhoneBanned,
    /// The number has no Telegram account; one must be made in an official application.
    #[error("this phone number has no Telegram account")]
    NoSuchAccount,
    /// The account has two-step verification; its password is needed.
    #[error("a password is needed")]
    PasswordNeeded,
    /// The connection failed or no answer came: Telegram may or may not have done it.
    #[error("unknown outcome: {0}")]
    UnknownOutcome(String),
    /// Telegram could not be reached: it certainly did not do it.
    #[error("not connected: {0}")]
    NotConnected(String),
    /// Any other error that Telegram answered with.
    #[error("Telegram answered {code} {name}")]
    Rpc {
        /// Like an HTTP status.
        code: i32,
        /// Telegram's name of it, without the number in it.
        name: String,
        /// The number in it.
        value: Option<u32>,
    },
    /// The product's storage of the session failed.
    #[error("storage of the session: {0}")]
    Vault(#[from] VaultError),
    /// The stored session was made in the other environment (sandbox or production), or is not a session.
    #[error("the stored session cannot be used here: {0}")]
    WrongEnvironment(String),
    /// The server's key did not fit, or the agreement on a key failed.
    #[error("agreement on a key failed: {0}")]
    Handshake(String),
    /// The update stream is in other hands.
    #[error("the stream of updates is taken")]
    StreamTaken,
    /// The client was closed.
    #[error("the client is closed")]
    Closed,
}

impl TelegramError {
    /// Whether Telegram may have done what was asked for although we got no answer.
    pub fn outcome_is_unknown(&self) -> bool {
        matches!(self, Self::UnknownOutcome(_))
    }

    pub(crate) fn from_invocation(error: InvocationError) -> Self {
        match error {
            InvocationError::Rpc(rpc) => Self::from_rpc(rpc),
            InvocationError::Io(error) if never_sent(error.kind()) => {
                Self::NotConnected(error.kind().to_string())
            }
            InvocationError::Io(error) => Self::UnknownOutcome(format!("connection: {}", error.kind())),
            InvocationError::Dropped("SenderPoolRunner was dropped at send") => {
                Self::NotConnected("the connection is being rebuilt".to_owned())
            }
            InvocationError::Dropped(_) => Self::UnknownOutcome("the connection was given up".to_owned()),
            InvocationError::Deserialize(_) => {
                Self::UnknownOutcome("the answer could not be read".to_owned())
            }
            InvocationError::Transport(error) => Self::UnknownOutcome(format!("transport: {error}")),
            InvocationError::Authentication(error) => Self::Handshake(error.to_string()),
            InvocationError::InvalidDc => Self::NotConnected("unknown data centre".to_owned()),
            InvocationError::Session(error) => Self::Vault(VaultError(error.to_string())),
        }
    }

    fn from_rpc(error: RpcError) -> Self {
        let seconds = error.value.unwrap_or(0);
        match error.name.as_str() {
            "FLOOD_WAIT" | "FLOOD_PREMIUM_WAIT" | "FLOOD_TEST_PHONE_WAIT" => Self::FloodWait { seconds },
            "SLOWMODE_WAIT" => Self::SlowMode { seconds },
            "PEER_FLOOD" | "PHONE_NUMBER_FLOOD" => Self::PeerFlood,
            "FROZEN_METHOD_INVALID" | "FROZEN_PARTICIPANT_MISSING" => Self::AccountFrozen,
            "RANDOM_ID_DUPLICATE" => Self::RandomIdDuplicate,
            "SESSION_PASSWORD_NEEDED" => Self::PasswordNeeded,
            "PHONE_CODE_INVALID" | "PHONE_CODE_EMPTY" | "CODE_INVALID" => Self::WrongCode,
            "PHONE_CODE_EXPIRED" | "PHONE_CODE_HASH_EMPTY" => Self::CodeExpired,
            "PASSWORD_HASH_INVALID" | "SRP_PASSWORD_CHANGED" => Self::WrongPassword,
            "PHONE_NUMBER_INVALID" => Self::InvalidPhone,
            "PHONE_NUMBER_BANNED" => Self::PhoneBanned,
            "PHONE_NUMBER_UNOCCUPIED" => Self::NoSuchAccount,
            name => match (refused(name, error.value), lost(name)) {
                (Some(reason), _) => Self::Refused(reason),
                (None, Some(reason)) => Self::SessionLost(reason),
                (None, None) if error.code >= 500 || error.code < 0 => {
                    Self::UnknownOutcome(format!("Telegram answered {} {name}", error.code))
                }
                (None, None) => Self::Rpc {
                    code: error.code,
                    name: error.name,
                    value: error.value,
                },
            },
        }
    }
}

fn refused(name: &str, value: Option<u32>) -> Option<RefusedReason> {
    Some(match name {
        "USER_PRIVACY_RESTRICTED" | "CHAT_SEND_PLAIN_FORBIDDEN" | "CHAT_WRITE_FORBIDDEN" => {
            RefusedReason::Privacy
        }
        "INPUT_USER_DEACTIVATED" => RefusedReason::Deactivated,
        "USER_IS_BLOCKED" => RefusedReason::BlockedByUser,
        "YOU_BLOCKED_USER" => RefusedReason::BlockedByUs,
        "PRIVACY_PREMIUM_REQUIRED" | "PREMIUM_ACCOUNT_REQUIRED" => RefusedReason::PremiumOnly,
        "ALLOW_PAYMENT_REQUIRED" => RefusedReason::PaymentRequired {
            stars: value.unwrap_or(0),
        },
        "PEER_ID_INVALID" | "USER_ID_INVALID" | "CHAT_ID_INVALID" | "PEER_ID_NOT_SUPPORTED" => {
            RefusedReason::InvalidPeer
        }
        _ => return None,
    })
}

fn lost(name: &str) -> Option<LossReason> {
    Some(match name {
        "AUTH_KEY_UNREGISTERED" | "AUTH_KEY_INVALID" | "AUTH_KEY_PERM_EMPTY" => {
            LossReason::AuthKeyUnregistered
        }
        "SESSION_REVOKED" | "SESSION_EXPIRED" => LossReason::SessionRevoked,
        "USER_DEACTIVATED" | "USER_DEACTIVATED_BAN" => LossReason::UserDeactivated,
        "AUTH_KEY_DUPLICATED" => LossReason::AuthKeyDuplicated,
        _ => return None,
    })
}

/// Errors of connecting: no byte of the request was written.
fn never_sent(kind: std::io::ErrorKind) -> bool {
    use std::io::ErrorKind::{AddrNotAvailable, ConnectionRefused, HostUnreachable, NetworkUnreachable};
    matches!(
        kind,
        ConnectionRefused | HostUnreachable | NetworkUnreachable | AddrNotAvailable
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use grammers_tl_types as tl;

    fn answered(code: i32, message: &str) -> TelegramError {
        let error = tl::types::RpcError {
            error_code: code,
            error_message: message.to_owned(),
        };
        TelegramError::from_invocation(InvocationError::Rpc(RpcError::from(error)))
    }

    #[test]
    fn errors_of_a_recipient_are_told_apart() {
        for (name, expected) in [
            ("USER_PRIVACY_RESTRICTED", RefusedReason::Privacy),
            ("INPUT_USER_DEACTIVATED", RefusedReason::Deactivated),
            ("USER_IS_BLOCKED", RefusedReason::BlockedByUser),
            ("YOU_BLOCKED_USER", RefusedReason::BlockedByUs),
            ("PRIVACY_PREMIUM_REQUIRED", RefusedReason::PremiumOnly),
            (
                "ALLOW_PAYMENT_REQUIRED_25",
                RefusedReason::PaymentRequired { stars: 25 },
            ),
            ("PEER_ID_INVALID", RefusedReason::InvalidPeer),
        ] {
            assert!(
                matches!(answered(403, name), TelegramError::Refused(reason) if reason == expected),
                "{name}"
            );
        }
    }

    #[test]
    fn errors_of_the_account_are_told_apart() {
        assert!(matches!(
            answered(420, "FLOOD_WAIT_17"),
            TelegramError::FloodWait { seconds: 17 }
        ));
        assert!(matches!(
            answered(420, "SLOWMODE_WAIT_5"),
            TelegramError::SlowMode { seconds: 5 }
        ));
        assert!(matches!(answered(400, "PEER_FLOOD"), TelegramError::PeerFlood));
        assert!(matches!(
            answered(420, "FROZEN_METHOD_INVALID"),
            TelegramError::AccountFrozen
        ));
        for (code, name, expected) in [
            (401, "AUTH_KEY_UNREGISTERED", LossReason::AuthKeyUnregistered),
            (401, "SESSION_REVOKED", LossReason::SessionRevoked),
            (401, "USER_DEACTIVATED", LossReason::UserDeactivated),
            (406, "AUTH_KEY_DUPLICATED", LossReason::AuthKeyDuplicated),
        ] {
            assert!(
                matches!(answered(code, name), TelegramError::SessionLost(reason) if reason == expected),
                "{name}"
            );
        }
    }

    #[test]
    fn only_what_certainly_was_not_done_is_called_not_connected() {
        let io = |kind: std::io::ErrorKind| TelegramError::from_invocation(InvocationError::Io(kind.into()));
        assert!(matches!(
            io(std::io::ErrorKind::ConnectionRefused),
            TelegramError::NotConnected(_)
        ));
        assert!(io(std::io::ErrorKind::ConnectionReset).outcome_is_unknown());
        assert!(TelegramError::from_invocation(InvocationError::Dropped("anything")).outcome_is_unknown());
        assert!(answered(500, "RPC_CALL_FAIL").outcome_is_unknown());
        assert!(answered(-503, "Timeout").outcome_is_unknown());
        assert!(!answered(400, "MESSAGE_EMPTY").outcome_is_unknown());
    }
}
