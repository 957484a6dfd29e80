//! Errors in the words of Telegram.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// What `rpc_error` carries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{code} {name}")]
pub struct RpcError {
    /// The HTTP-like code, e.g. 400 or 420.
    pub code: i32,
    /// The name with its value in place, e.g. `FLOOD_WAIT_17`.
    pub name: Cow<'static, str>,
}

impl RpcError {
    /// An error by its code and fixed name.
    #[must_use]
    pub const fn new(code: i32, name: &'static str) -> Self {
        Self {
            code,
            name: Cow::Borrowed(name),
        }
    }

    /// 420 `FLOOD_WAIT_n`.
    #[must_use]
    pub fn flood_wait(seconds: u32) -> Self {
        Self {
            code: 420,
            name: Cow::Owned(format!("FLOOD_WAIT_{seconds}")),
        }
    }

    /// 403 `ALLOW_PAYMENT_REQUIRED_n`: the person takes messages for stars only.
    #[must_use]
    pub fn payment_required(stars: i64) -> Self {
        Self {
            code: 403,
            name: Cow::Owned(format!("ALLOW_PAYMENT_REQUIRED_{stars}")),
        }
    }
}

macro_rules! errors {
    ($($konst:ident = $code:literal;)*) => { $(
        #[doc = concat!("`", stringify!($konst), "`")]
        pub const $konst: RpcError = RpcError::new($code, stringify!($konst));
    )* };
}

errors! {
    AUTH_KEY_UNREGISTERED = 401;
    SESSION_REVOKED = 401;
    SESSION_PASSWORD_NEEDED = 401;
    AUTH_TOKEN_INVALID = 400;
    AUTH_TOKEN_EXPIRED = 400;
    CHANNEL_INVALID = 400;
    CHANNEL_PRIVATE = 400;
    CHAT_ADMIN_REQUIRED = 400;
    CHAT_ID_INVALID = 400;
    CHAT_WRITE_FORBIDDEN = 403;
    CONTACT_ID_INVALID = 400;
    HASH_INVALID = 400;
    INPUT_USER_DEACTIVATED = 400;
    MESSAGE_AUTHOR_REQUIRED = 403;
    MESSAGE_EMPTY = 400;
    MESSAGE_ID_INVALID = 400;
    MESSAGE_NOT_MODIFIED = 400;
    MESSAGE_TOO_LONG = 400;
    PEER_FLOOD = 400;
    PEER_ID_INVALID = 400;
    PERSISTENT_TIMESTAMP_INVALID = 400;
    PHONE_CODE_EXPIRED = 400;
    PHONE_CODE_INVALID = 400;
    PHONE_NOT_OCCUPIED = 400;
    PHONE_NUMBER_INVALID = 400;
    PHONE_NUMBER_UNOCCUPIED = 400;
    PRIVACY_PREMIUM_REQUIRED = 406;
    RANDOM_ID_DUPLICATE = 500;
    RANDOM_ID_EMPTY = 400;
    USERNAME_INVALID = 400;
    USERNAME_NOT_OCCUPIED = 400;
    USER_ID_INVALID = 400;
    USER_IS_BLOCKED = 400;
    USER_PRIVACY_RESTRICTED = 403;
}
