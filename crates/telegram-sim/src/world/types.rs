//! Who and what there is in the world, and what it answers to questions.

use serde::{Deserialize, Serialize};

use crate::clock::ActivityGuard;
use crate::ids::{GroupId, KeyId, Peer, UserId};
use crate::persona::{Delays, Language, PersonaKind};
use crate::world::mailbox::Message;

/// A person, or the face of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// The person's number.
    pub id: UserId,
    /// First name.
    pub first_name: String,
    /// Last name, may be empty.
    pub last_name: String,
    /// Public name, without `@`, as its owner writes it.
    pub username: Option<String>,
    /// Phone, digits only.
    pub phone: Option<String>,
    /// What strangers may know and do.
    pub privacy: Privacy,
    /// The account was deleted.
    pub deleted: bool,
    /// How the person behaves; none: stays silent (e.g. an account of ours).
    pub persona: Option<PersonaKind>,
    /// What the person answers in turn, instead of the persona's own words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub script: Vec<String>,
    /// The language the person writes.
    pub language: Language,
    /// The person's own pace, if it differs from the scenario's.
    pub delays: Option<Delays>,
}

/// What strangers may know of a person and do to them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Privacy {
    /// Importing the phone does not find the person.
    pub hidden_by_phone: bool,
    /// The phone is shown to everyone, not only to who knows it.
    pub shows_phone: bool,
    /// Strangers get `USER_PRIVACY_RESTRICTED`.
    pub private: bool,
    /// Only Premium users may write.
    pub premium_only: bool,
    /// A message costs this many stars.
    pub paid_stars: Option<i64>,
}

/// An identity that clients can sign in to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountInfo {
    /// The account's user.
    pub user: UserId,
    /// The code that signs it in.
    pub code: String,
    /// The second password, if one is set.
    pub password: Option<String>,
    /// The hint shown for it.
    pub hint: Option<String>,
}

/// A signed-in session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionInfo {
    /// Its authorization key.
    pub key: KeyId,
    /// Whose it is.
    pub user: UserId,
    /// The number it is revoked by (`account.resetAuthorization`).
    pub hash: i64,
    /// When it signed in.
    pub created_ms: i64,
}

/// Who asks: an account through one of its sessions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caller {
    /// The account's user.
    pub account: UserId,
    /// The session's key; none: the operator's phone, which no client of ours holds.
    pub key: Option<KeyId>,
}

/// A person as one account sees them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserView {
    /// The person's number.
    pub id: UserId,
    /// The key to the person for this viewer only.
    pub access_hash: i64,
    /// The viewer's own name for a contact, else the person's.
    pub first_name: String,
    /// Last name, may be empty.
    pub last_name: String,
    /// Public name without `@`.
    pub username: Option<String>,
    /// Digits, if the viewer may know it.
    pub phone: Option<String>,
    /// It is the viewer.
    pub is_self: bool,
    /// The viewer has the person in the phone book.
    pub is_contact: bool,
    /// The account was deleted.
    pub deleted: bool,
    /// Only Premium users may write.
    pub premium_only: bool,
    /// A message costs this many stars.
    pub paid_stars: Option<i64>,
}

/// Kinds of groups.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupKind {
    /// A basic group (`chat`).
    Group,
    /// A supergroup (`channel` with `megagroup`).
    #[default]
    Supergroup,
    /// A channel (`channel` with `broadcast`).
    Channel,
}

/// A member's rank.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The founder.
    Creator,
    /// An administrator.
    Admin,
    /// Anyone else.
    #[default]
    Member,
}

/// A member of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Who.
    pub user: UserId,
    /// The rank.
    pub role: Role,
    /// Since when.
    pub joined_ms: i64,
}

/// A group or channel, without its messages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// The bare number.
    pub id: GroupId,
    /// Which kind.
    pub kind: GroupKind,
    /// The title.
    pub title: String,
    /// Public name without `@`.
    pub username: Option<String>,
    /// When it was founded.
    pub created_ms: i64,
    /// Only administrators may list the members (always so in a channel).
    pub members_hidden: bool,
    /// The members, the founder first.
    pub members: Vec<Member>,
}

/// A group as one account sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupView {
    /// The group without its members' list.
    pub id: GroupId,
    /// Which kind.
    pub kind: GroupKind,
    /// The key to the group for this viewer only.
    pub access_hash: i64,
    /// The title.
    pub title: String,
    /// Public name without `@`.
    pub username: Option<String>,
    /// When it was founded.
    pub created_ms: i64,
    /// How many members there are.
    pub members_count: i32,
    /// The viewer's rank; none: not a member.
    pub role: Option<Role>,
    /// Whether the viewer may list the members.
    pub can_view_members: bool,
}

/// People and groups that an answer mentions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mentioned {
    /// People.
    pub users: Vec<UserView>,
    /// Groups.
    pub groups: Vec<GroupView>,
}

/// What happens to a mailbox, as it is told to the account's sessions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Update {
    /// A message came in or went out (in a channel too: see `message.peer`).
    NewMessage(Message),
    /// A message's text changed.
    EditMessage(Message),
    /// Messages were removed; `channel`: in this channel, else in the mailbox.
    DeleteMessages { ids: Vec<i32>, channel: Option<GroupId> },
    /// Another session read a conversation.
    ReadInbox {
        peer: Peer,
        max_id: i32,
        still_unread: i32,
    },
    /// The peer read the account's messages.
    ReadOutbox { peer: Peer, max_id: i32 },
    /// A login token shown by this session was accepted (no pts).
    LoginToken,
    /// The session was ended: close its connection (no pts).
    SessionEnded,
}

/// An update with its place in the pts log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated {
    /// What happened.
    pub update: Update,
    /// The pts after it, of the mailbox or of the channel; 0 if it has none.
    pub pts: i32,
    /// By how much it raised the pts.
    pub pts_count: i32,
    /// When, in milliseconds of the world's clock.
    pub at_ms: i64,
}

/// To which sessions an update goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PushTo {
    /// Every session of the account but the one whose own answer tells it.
    Account { account: UserId, except: Option<KeyId> },
    /// One key, signed in or not.
    Key(KeyId),
}

/// An update on its way to the sessions. It counts as work in progress until every subscriber dropped it.
#[derive(Debug)]
pub struct Push {
    /// To whom.
    pub to: PushTo,
    /// What.
    pub dated: Dated,
    /// Who may be mentioned in it, seen by the account.
    pub mentioned: Mentioned,
    /// Marks the push as work in progress.
    pub guard: ActivityGuard,
}

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
