//! Signing in by a QR code that the owner scans with Telegram on another device.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use grammers_tl_types as tl;

use crate::types::millis;
use crate::{Me, SignIn, TelegramError, UserClient};

/// What to show as a QR code.
#[derive(Clone, PartialEq, Eq)]
pub struct QrLogin {
    /// `tg://login?token=…`: whoever confirms it lets us in, so it is a secret.
    pub url: String,
    /// From then on another one is needed; milliseconds since 1970.
    pub expires_at_ms: i64,
}

impl fmt::Debug for QrLogin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("QrLogin")
            .field("expires_at_ms", &self.expires_at_ms)
            .finish_non_exhaustive()
    }
}

/// How far a login by QR code got.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QrPoll {
    /// Not confirmed yet; show this one, which may be new.
    Waiting(QrLogin),
    /// Signed in.
    Done(Me),
    /// Confirmed, and the account has a password as well: call [`UserClient::check_password`].
    PasswordNeeded {
        /// The owner's own reminder of it.
        hint: Option<String>,
    },
}

impl UserClient {
    /// Begins a login by QR code.
    ///
    /// # Errors
    /// Those of the connection; a wrong application id comes as [`TelegramError::Rpc`].
    pub async fn start_qr_login(&self) -> Result<QrPoll, TelegramError> {
        self.poll_qr_login().await
    }

    /// Asks whether it was confirmed. Worth asking when [`crate::Incoming::LoginToken`] comes and when the code
    /// expires.
    ///
    /// # Errors
    /// As for [`UserClient::start_qr_login`].
    pub async fn poll_qr_login(&self) -> Result<QrPoll, TelegramError> {
        let options = &self.shared().options;
        let request = tl::functions::auth::ExportLoginToken {
            api_id: options.api_id,
            api_hash: options.api_hash.clone(),
            except_ids: Vec::new(),
        };
        let mut answer = self.invoke(&request).await;
        if let Ok(tl::enums::auth::LoginToken::MigrateTo(elsewhere)) = answer {
            self.shared().move_home(elsewhere.dc_id).await?;
            answer = self
                .invoke(&tl::functions::auth::ImportLoginToken {
                    token: elsewhere.token,
                })
                .await;
        }
        match answer {
            Ok(tl::enums::auth::LoginToken::Token(token)) => Ok(QrPoll::Waiting(QrLogin {
                url: format!("tg://login?token={}", URL_SAFE_NO_PAD.encode(token.token)),
                expires_at_ms: millis(token.expires),
            })),
            Ok(tl::enums::auth::LoginToken::Success(success)) => {
                Ok(QrPoll::Done(self.complete_login(success.authorization).await?))
            }
            Ok(tl::enums::auth::LoginToken::MigrateTo(_)) => Err(TelegramError::NotConnected(
                "referred to another data centre twice".to_owned(),
            )),
            Err(TelegramError::PasswordNeeded) => match self.password_needed().await? {
                SignIn::PasswordNeeded { hint } => Ok(QrPoll::PasswordNeeded { hint }),
                SignIn::Done(me) => Ok(QrPoll::Done(me)),
            },
            Err(error) => Err(error),
        }
    }
}
