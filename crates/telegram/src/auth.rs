//! Signing in by code and password, and signing out.

use std::fmt;

use grammers_tl_types as tl;
use serde::{Deserialize, Serialize};

use crate::{Me, TelegramError, UserClient, password, pump};

/// By which way the code goes to the owner of the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CodeDelivery {
    /// As a message in Telegram on their other devices.
    App,
    /// By SMS.
    Sms,
    /// By a phone call.
    Call,
    /// By e-mail.
    Email,
    /// Some other way.
    Other,
}

/// A login that waits for its code. Keep it (it can be serialised): a restart in between loses nothing.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeRequest {
    phone: String,
    phone_code_hash: String,
    /// How the code was sent.
    pub delivery: CodeDelivery,
    /// Number of characters, when Telegram says so.
    pub code_length: Option<u32>,
}

impl fmt::Debug for CodeRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CodeRequest")
            .field("delivery", &self.delivery)
            .finish_non_exhaustive()
    }
}

/// How far a login got.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignIn {
    /// Signed in.
    Done(Me),
    /// The account has a password as well: ask for it and call [`UserClient::check_password`].
    PasswordNeeded {
        /// The owner's own reminder of it.
        hint: Option<String>,
    },
}

impl UserClient {
    /// Asks Telegram to send a login code to the owner of a phone number.
    ///
    /// # Errors
    /// [`TelegramError::InvalidPhone`], [`TelegramError::PhoneBanned`], [`TelegramError::FloodWait`].
    pub async fn request_code(&self, phone: &str) -> Result<CodeRequest, TelegramError> {
        let options = &self.shared().options;
        let request = tl::functions::auth::SendCode {
            phone_number: phone.to_owned(),
            api_id: options.api_id,
            api_hash: options.api_hash.clone(),
            settings: tl::types::CodeSettings {
                allow_flashcall: false,
                current_number: false,
                allow_app_hash: false,
                allow_missed_call: false,
                allow_firebase: false,
                unknown_number: false,
                logout_tokens: None,
                token: None,
                app_sandbox: None,
            }
            .into(),
        };
        match self.invoke(&request).await? {
            tl::enums::auth::SentCode::Code(sent) => {
                let (delivery, code_length) = delivery(&sent.r#type);
                Ok(CodeRequest {
                    phone: phone.to_owned(),
                    phone_code_hash: sent.phone_code_hash,
                    delivery,
                    code_length,
                })
            }
            tl::enums::auth::SentCode::PaymentRequired(_) => Err(unsupported("AUTH_PAYMENT_REQUIRED")),
            tl::enums::auth::SentCode::Success(_) => Err(unsupported("AUTH_ALREADY_DONE")),
        }
    }

    /// Signs in with the code that the owner got.
    ///
    /// # Errors
    /// [`TelegramError::WrongCode`], [`TelegramError::CodeExpired`], [`TelegramError::NoSuchAccount`].
    pub async fn sign_in(&self, request: &CodeRequest, code: &str) -> Result<SignIn, TelegramError> {
        let call = tl::functions::auth::SignIn {
            phone_number: request.phone.clone(),
            phone_code_hash: request.phone_code_hash.clone(),
            phone_code: Some(code.trim().to_owned()),
            email_verification: None,
        };
        match self.invoke(&call).await {
            Ok(authorization) => Ok(SignIn::Done(self.complete_login(authorization).await?)),
            Err(TelegramError::PasswordNeeded) => self.password_needed().await,
            Err(error) => Err(error),
        }
    }

    pub(crate) async fn password_needed(&self) -> Result<SignIn, TelegramError> {
        let tl::enums::account::Password::Password(challenge) =
            self.invoke(&tl::functions::account::GetPassword {}).await?;
        Ok(SignIn::PasswordNeeded { hint: challenge.hint })
    }

    /// Ends a login that needs the password of the two-step verification.
    ///
    /// # Errors
    /// [`TelegramError::WrongPassword`]; another attempt may follow.
    pub async fn check_password(&self, password: &str) -> Result<Me, TelegramError> {
        let tl::enums::account::Password::Password(challenge) =
            self.invoke(&tl::functions::account::GetPassword {}).await?;
        let password = password.to_owned();
        let proof = tokio::task::spawn_blocking(move || password::proof(challenge, &password))
            .await
            .map_err(|_| TelegramError::Handshake("checking the password failed".to_owned()))??;
        let authorization = self
            .invoke(&tl::functions::auth::CheckPassword { password: proof })
            .await?;
        self.complete_login(authorization).await
    }

    /// Signs out at Telegram and forgets the session.
    ///
    /// # Errors
    /// Those of the connection; the session is then kept, and it can be tried again.
    pub async fn log_out(&self) -> Result<(), TelegramError> {
        match self.invoke(&tl::functions::auth::LogOut {}).await {
            Ok(_) => self.shared().forget_login().await,
            Err(TelegramError::SessionLost(_)) => Ok(()),
            Err(error) => Err(error),
        }
    }

    pub(crate) async fn complete_login(
        &self,
        authorization: tl::enums::auth::Authorization,
    ) -> Result<Me, TelegramError> {
        let tl::enums::auth::Authorization::Authorization(authorization) = authorization else {
            return Err(TelegramError::NoSuchAccount);
        };
        let tl::enums::User::User(user) = authorization.user else {
            return Err(TelegramError::UnknownOutcome(
                "the answer named no user".to_owned(),
            ));
        };
        let me = Me::from_user(&user);
        // From here on nothing may be missed. If the state cannot be had now, the pump asks for it.
        let state = pump::current_state(self.shared()).await.ok();
        self.session().set_login(me.clone(), state).await?;
        self.shared().lost.send_replace(None);
        self.shared().reload_updates();
        Ok(me)
    }
}

fn delivery(kind: &tl::enums::auth::SentCodeType) -> (CodeDelivery, Option<u32>) {
    use tl::enums::auth::SentCodeType as Kind;
    let (delivery, length) = match kind {
        Kind::App(kind) => (CodeDelivery::App, kind.length),
        Kind::Sms(kind) => (CodeDelivery::Sms, kind.length),
        Kind::Call(kind) => (CodeDelivery::Call, kind.length),
        Kind::EmailCode(kind) => (CodeDelivery::Email, kind.length),
        Kind::FirebaseSms(kind) => (CodeDelivery::Sms, kind.length),
        Kind::FragmentSms(kind) => (CodeDelivery::Sms, kind.length),
        Kind::MissedCall(kind) => (CodeDelivery::Call, kind.length),
        Kind::FlashCall(_) => (CodeDelivery::Call, 0),
        Kind::SmsWord(_) | Kind::SmsPhrase(_) => (CodeDelivery::Sms, 0),
        Kind::SetUpEmailRequired(_) => (CodeDelivery::Other, 0),
    };
    (delivery, u32::try_from(length).ok().filter(|length| *length > 0))
}

fn unsupported(name: &str) -> TelegramError {
    TelegramError::Rpc {
        code: 501,
        name: name.to_owned(),
        value: None,
    }
}
