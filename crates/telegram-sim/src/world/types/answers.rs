//! What the world answers.

use super::{Dated, Member, Mentioned, UserView};
use crate::ids::{Peer, UserId};
use crate::world::mailbox::Message;

/// A sent message, for the answer of `messages.sendMessage`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// The message in the sender's mailbox (or in the channel).
    pub message: Message,
    /// The pts after it.
    pub pts: i32,
    /// Always 1.
    pub pts_count: i32,
}

/// How an action moved a mailbox's pts (`messages.affectedMessages`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Affected {
    /// The pts after it.
    pub pts: i32,
    /// By how much it moved; 0: nothing happened.
    pub pts_count: i32,
}

/// The state of an account's updates (`updates.state`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UpdatesState {
    /// The mailbox's pts.
    pub pts: i32,
    /// The world's time in milliseconds.
    pub date_ms: i64,
    /// Unread messages in all conversations.
    pub unread: i32,
}

/// What happened since a pts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Messages that are new, oldest first.
    pub new_messages: Vec<Message>,
    /// Everything else, oldest first.
    pub other: Vec<Dated>,
    /// The state after what is in this answer.
    pub state: UpdatesState,
    /// False: more is there (`updates.differenceSlice`), ask again from `state.pts`.
    pub is_final: bool,
    /// Who is mentioned.
    pub mentioned: Mentioned,
}

/// A page of messages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MessagesPage {
    /// Newest first.
    pub messages: Vec<Message>,
    /// How many there are in all.
    pub count: i32,
    /// Who is mentioned.
    pub mentioned: Mentioned,
}

/// Which page of a conversation (the parameters of `messages.getHistory` and `messages.search`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PageQuery {
    /// Start at messages older than this number; 0: at the newest.
    pub offset_id: i32,
    /// Start at messages older than this moment; 0: no limit.
    pub offset_date_ms: i64,
    /// Shift the start by this many messages (negative: to newer ones).
    pub add_offset: i32,
    /// At most so many.
    pub limit: i32,
    /// Only numbers below this; 0: no limit.
    pub max_id: i32,
    /// Only numbers above this; 0: no limit.
    pub min_id: i32,
}

/// A line of the list of dialogs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dialog {
    /// With whom.
    pub peer: Peer,
    /// The newest message; none in a channel without messages.
    pub top_message: Option<Message>,
    /// Incoming messages up to this were read.
    pub read_inbox_max_id: i32,
    /// Outgoing messages up to this were read by the peer.
    pub read_outbox_max_id: i32,
    /// Unread incoming messages.
    pub unread_count: i32,
    /// The channel's own pts.
    pub channel_pts: Option<i32>,
}

/// A page of dialogs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DialogsPage {
    /// Newest first.
    pub dialogs: Vec<Dialog>,
    /// How many there are in all.
    pub count: i32,
    /// Who is mentioned.
    pub mentioned: Mentioned,
}

/// What writing to a person takes (`users.getRequirementsToContact`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Requirement {
    /// Nothing.
    Empty,
    /// Telegram Premium.
    Premium,
    /// This many stars a message.
    PaidStars(i64),
}

/// One line of a phone book to import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneContact {
    /// The client's own number for the line.
    pub client_id: i64,
    /// The phone as the client writes it.
    pub phone: String,
    /// The name the client gives.
    pub first_name: String,
    /// The last name the client gives.
    pub last_name: String,
}

/// What an import found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportedContacts {
    /// Lines that led to a person.
    pub imported: Vec<(i64, UserId)>,
    /// Lines to try again later, by the client's numbers.
    pub retry: Vec<i64>,
    /// The people found.
    pub users: Vec<UserView>,
}

/// Which members to list (`channels.getParticipants`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum MembersFilter {
    /// The newest first.
    #[default]
    Recent,
    /// Administrators and the founder.
    Admins,
    /// Whose name or username has a word that begins so.
    Search(String),
}

/// A page of members.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MembersPage {
    /// How many there are in all.
    pub count: i32,
    /// This page.
    pub members: Vec<Member>,
    /// Who they are.
    pub users: Vec<UserView>,
}

/// How a sign-in went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignIn {
    /// Signed in.
    Done(UserView),
    /// Nobody has this phone (`auth.authorizationSignUpRequired`).
    SignUpRequired,
}

/// A login token for a QR code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoginToken {
    /// The token's bytes.
    pub token: Vec<u8>,
    /// Until when it can be accepted.
    pub expires_ms: i64,
}

/// What asking for a login token gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoginTokenState {
    /// Show this.
    Show(LoginToken),
    /// It was accepted: signed in.
    Done(UserView),
}
