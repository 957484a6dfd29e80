//! Who and what there is in the world, and what it answers to questions.

mod answers;

use serde::{Deserialize, Serialize};

use crate::clock::ActivityGuard;
use crate::ids::{GroupId, KeyId, Peer, UserId};
use crate::persona::{Delays, Language, PersonaKind};
use crate::world::mailbox::Message;

pub use answers::{
    Affected, Dialog, DialogsPage, Difference, ImportedContacts, LoginToken, LoginTokenState, MembersFilter,
    MembersPage, MessagesPage, PageQuery, PhoneContact, Requirement, Sent, SignIn, UpdatesState,
};

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
