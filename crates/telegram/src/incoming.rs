//! What Telegram tells us, in the product's terms.

use std::fmt;

use grammers_session::updates::UpdatesLike;
use grammers_tl_types as tl;

use crate::session::Session;
use crate::types::millis;
use crate::{LossReason, Peer};

/// A message of a private conversation, from the other person or from us (here or on another device).
#[derive(Clone, PartialEq, Eq)]
pub struct IncomingMessage {
    /// Telegram's id of the message in this account.
    pub id: i32,
    /// The other person, whoever wrote.
    pub peer: Peer,
    /// The text, or the caption of a picture or file; may be empty.
    pub text: String,
    /// Written from our account.
    pub out: bool,
    /// Of a message that this client has just sent: what [`crate::UserClient::send_text`] was given. Unknown for
    /// messages from other devices, and for all that come after a gap or a restart.
    pub random_id: Option<i64>,
    /// It carries a picture, a file, a contact or the like.
    pub has_media: bool,
    /// When it was sent, in milliseconds since 1970.
    pub date_ms: i64,
    /// When it was last edited.
    pub edited_ms: Option<i64>,
}

impl fmt::Debug for IncomingMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IncomingMessage")
            .field("id", &self.id)
            .field("user_id", &self.peer.reference.user_id)
            .field("out", &self.out)
            .field("date_ms", &self.date_ms)
            .finish_non_exhaustive()
    }
}

/// One thing that happened in the account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Incoming {
    /// A new message in a private conversation.
    Message(IncomingMessage),
    /// A message got another text.
    Edited(IncomingMessage),
    /// Messages were deleted; their ids are unique in the account.
    Deleted {
        /// Telegram's message ids.
        ids: Vec<i32>,
    },
    /// The other person read our messages.
    ReadOutbox {
        /// Who read.
        user_id: i64,
        /// Everything up to this message id was read.
        max_id: i32,
        /// When, if Telegram says so; milliseconds since 1970.
        date_ms: Option<i64>,
    },
    /// Their messages were read in our account (here or on another device).
    ReadInbox {
        /// Whose messages.
        user_id: i64,
        /// Everything up to this message id was read.
        max_id: i32,
    },
    /// A login by QR code was confirmed on another device: poll it.
    LoginToken,
    /// So much happened while we were away that Telegram will not tell it one by one: read the histories again.
    TooLong {
        /// Everything up to this moment was received and committed, by Telegram's clock in milliseconds since 1970;
        /// nothing when that is not known.
        since_ms: Option<i64>,
    },
    /// The login is gone. Not part of what is committed.
    SessionLost(LossReason),
}

impl Incoming {
    /// The product's view of an update; `None` for what does not concern private conversations.
    pub(crate) fn from_update(update: tl::enums::Update, date_s: i32, session: &Session) -> Option<Self> {
        use tl::enums::Update;
        Some(match update {
            Update::NewMessage(update) => Self::Message(private_message(update.message, session)?),
            Update::EditMessage(update) => Self::Edited(private_message(update.message, session)?),
            Update::DeleteMessages(update) if !update.messages.is_empty() => {
                Self::Deleted { ids: update.messages }
            }
            Update::ReadHistoryOutbox(update) => Self::ReadOutbox {
                user_id: user_of(&update.peer)?,
                max_id: update.max_id,
                date_ms: (date_s > 0).then(|| millis(date_s)),
            },
            Update::ReadHistoryInbox(update) => Self::ReadInbox {
                user_id: user_of(&update.peer)?,
                max_id: update.max_id,
            },
            _ => return None,
        })
    }
}

fn private_message(message: tl::enums::Message, session: &Session) -> Option<IncomingMessage> {
    let tl::enums::Message::Message(message) = message else {
        return None;
    };
    let user_id = user_of(&message.peer_id)?;
    Some(IncomingMessage {
        id: message.id,
        peer: session.person(user_id),
        text: message.message,
        out: message.out,
        random_id: None,
        has_media: message.media.is_some(),
        date_ms: millis(message.date),
        edited_ms: message.edit_date.map(millis),
    })
}

pub(crate) fn user_of(peer: &tl::enums::Peer) -> Option<i64> {
    match peer {
        tl::enums::Peer::User(user) => Some(user.user_id),
        _ => None,
    }
}

/// Whether a packet from the connection speaks of a person whom it does not introduce and whom we cannot address.
/// Telegram's advice is to fetch the difference then, which introduces everybody.
pub(crate) fn speaks_of_strangers(updates: &tl::enums::Updates, session: &Session) -> bool {
    use tl::enums::Updates;
    let (list, users): (&[tl::enums::Update], &[tl::enums::User]) = match updates {
        Updates::UpdateShortMessage(short) => return !session.can_address(short.user_id),
        Updates::UpdateShort(short) => (std::slice::from_ref(&short.update), &[]),
        Updates::Updates(updates) => (&updates.updates, &updates.users),
        Updates::Combined(updates) => (&updates.updates, &updates.users),
        _ => return false,
    };
    let introduced = |id: i64| {
        users
            .iter()
            .any(|user| matches!(user, tl::enums::User::User(user) if user.id == id && !user.min))
    };
    list.iter()
        .filter_map(partner)
        .any(|id| !introduced(id) && !session.can_address(id))
}

fn partner(update: &tl::enums::Update) -> Option<i64> {
    let message = match update {
        tl::enums::Update::NewMessage(update) => &update.message,
        tl::enums::Update::EditMessage(update) => &update.message,
        _ => return None,
    };
    match message {
        tl::enums::Message::Message(message) => user_of(&message.peer_id),
        _ => None,
    }
}

/// The messages that a packet says this client has just sent: their ids with the numbers they were sent under.
pub(crate) fn just_sent(raw: &UpdatesLike) -> Vec<(i32, i64)> {
    let list = match raw {
        UpdatesLike::ShortSentMessage { request, update } => return vec![(update.id, request.random_id)],
        UpdatesLike::Updates(tl::enums::Updates::Updates(updates)) => &updates.updates,
        UpdatesLike::Updates(tl::enums::Updates::Combined(updates)) => &updates.updates,
        _ => return Vec::new(),
    };
    let named = list.iter().map(|update| match update {
        tl::enums::Update::MessageId(named) => Some((named.id, named.random_id)),
        _ => None,
    });
    named.flatten().collect()
}

/// Whether a packet says that a login by QR code was confirmed.
pub(crate) fn confirms_login(updates: &tl::enums::Updates) -> bool {
    let list: &[tl::enums::Update] = match updates {
        tl::enums::Updates::UpdateShort(short) => std::slice::from_ref(&short.update),
        tl::enums::Updates::Updates(updates) => &updates.updates,
        tl::enums::Updates::Combined(updates) => &updates.updates,
        _ => return false,
    };
    list.iter()
        .any(|update| matches!(update, tl::enums::Update::LoginToken))
}
