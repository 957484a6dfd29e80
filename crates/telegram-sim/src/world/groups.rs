//! Groups and channels: what members see of them.

use super::error::{CHANNEL_INVALID, CHANNEL_PRIVATE, CHAT_ADMIN_REQUIRED, CHAT_ID_INVALID, USER_ID_INVALID};
use super::fact::FactKind;
use super::state::State;
use super::types::{Caller, Group, GroupKind, GroupView, Member, MembersFilter, MembersPage, Role};
use super::{Answer, World};
use crate::ids::{GroupId, Peer, UserId};

/// Members in one answer, as in Telegram.
const MEMBERS_MAX_ROWS: usize = 200;

impl World {
    /// A group as the account sees it.
    #[must_use]
    pub fn group(&self, viewer: UserId, group: GroupId) -> Option<GroupView> {
        self.lock().state.group_view(viewer, group)
    }

    /// A supergroup or channel by number and access hash (`inputChannel`).
    ///
    /// # Errors
    /// `CHANNEL_INVALID`: none such, or a hash that is not this viewer's.
    pub fn check_channel(&self, viewer: UserId, group: GroupId, access_hash: i64) -> Answer<GroupId> {
        let locked = self.lock();
        let known = locked.state.channel_boxes.contains_key(&group);
        let right = access_hash == locked.state.group_hash(viewer, group);
        if known && right {
            Ok(group)
        } else {
            Err(CHANNEL_INVALID)
        }
    }

    /// A basic group (`inputPeerChat`), which only members may address.
    ///
    /// # Errors
    /// `CHAT_ID_INVALID`.
    pub fn check_chat(&self, viewer: UserId, group: GroupId) -> Answer<GroupId> {
        let locked = self.lock();
        let basic = locked
            .state
            .groups
            .get(&group)
            .is_some_and(|group| group.kind == GroupKind::Group);
        let member = locked.state.role(group, viewer).is_some();
        if basic && member {
            Ok(group)
        } else {
            Err(CHAT_ID_INVALID)
        }
    }

    /// The groups and channels that the account is in.
    #[must_use]
    pub fn groups(&self, viewer: UserId) -> Vec<GroupView> {
        let locked = self.lock();
        let groups = locked.state.groups_of.get(&viewer).into_iter().flatten();
        groups
            .filter_map(|group| locked.state.group_view(viewer, *group))
            .collect()
    }

    /// `channels.getParticipants`, and the members of a basic group for `messages.getFullChat`.
    ///
    /// # Errors
    /// `CHANNEL_INVALID`, `CHANNEL_PRIVATE` for who is not a member, `CHAT_ADMIN_REQUIRED` where the list is hidden.
    pub fn members(
        &self,
        caller: Caller,
        group: GroupId,
        filter: &MembersFilter,
        offset: usize,
        limit: usize,
    ) -> Answer<MembersPage> {
        let locked = self.lock();
        let state = &locked.state;
        let found = state.groups.get(&group).ok_or(CHANNEL_INVALID)?;
        let role = state.role(group, caller.account);
        if role.is_none() && found.username.is_none() {
            return Err(CHANNEL_PRIVATE);
        }
        if !found.members_shown_to(role) {
            return Err(CHAT_ADMIN_REQUIRED);
        }
        let wanted: Vec<Member> = found
            .members
            .iter()
            .filter(|member| state.fits(member, filter))
            .copied()
            .collect();
        let count = i32::try_from(wanted.len()).unwrap_or(i32::MAX);
        let members: Vec<Member> = wanted
            .into_iter()
            .skip(offset)
            .take(limit.min(MEMBERS_MAX_ROWS))
            .collect();
        let users = members
            .iter()
            .filter_map(|member| state.user_view(caller.account, member.user))
            .collect();
        Ok(MembersPage {
            count,
            members,
            users,
        })
    }

    /// `channels.getParticipant`.
    ///
    /// # Errors
    /// `CHANNEL_INVALID`, `USER_ID_INVALID` (Telegram: `USER_NOT_PARTICIPANT`, which the server may answer instead).
    pub fn member(&self, group: GroupId, user: UserId) -> Answer<Member> {
        let locked = self.lock();
        let found = locked.state.groups.get(&group).ok_or(CHANNEL_INVALID)?;
        found
            .members
            .iter()
            .find(|member| member.user == user)
            .copied()
            .ok_or(USER_ID_INVALID)
    }

    /// `channels.joinChannel`: only groups with a public name can be joined.
    ///
    /// # Errors
    /// `CHANNEL_INVALID`, `CHANNEL_PRIVATE`.
    pub fn join(&self, caller: Caller, group: GroupId) -> Answer<GroupView> {
        let mut locked = self.lock();
        let found = locked.state.groups.get(&group).ok_or(CHANNEL_INVALID)?;
        if locked.state.role(group, caller.account).is_none() {
            if found.username.is_none() {
                return Err(CHANNEL_PRIVATE);
            }
            let joined_ms = self.now_ms();
            let member = Member {
                user: caller.account,
                role: Role::Member,
                joined_ms,
            };
            self.commit(&mut locked, joined_ms, FactKind::Joined { group, member });
        }
        locked
            .state
            .group_view(caller.account, group)
            .ok_or(CHANNEL_INVALID)
    }

    /// `channels.leaveChannel`.
    ///
    /// # Errors
    /// `CHANNEL_INVALID`.
    pub fn leave(&self, caller: Caller, group: GroupId) -> Answer<()> {
        let mut locked = self.lock();
        if !locked.state.groups.contains_key(&group) {
            return Err(CHANNEL_INVALID);
        }
        let left = FactKind::Left {
            group,
            user: caller.account,
        };
        self.commit(&mut locked, self.now_ms(), left);
        Ok(())
    }
}

impl State {
    /// A member's rank; none: not a member.
    pub(super) fn role(&self, group: GroupId, user: UserId) -> Option<Role> {
        // The index answers first: looking through the members of a large group would be slow.
        self.groups_of
            .get(&user)
            .filter(|groups| groups.contains(&group))?;
        let members = &self.groups.get(&group)?.members;
        members
            .iter()
            .find(|member| member.user == user)
            .map(|member| member.role)
    }

    pub(super) fn group_view(&self, viewer: UserId, id: GroupId) -> Option<GroupView> {
        let group = self.groups.get(&id)?;
        let role = self.role(id, viewer);
        Some(GroupView {
            id,
            kind: group.kind,
            access_hash: self.group_hash(viewer, id),
            title: group.title.clone(),
            username: group.username.clone(),
            created_ms: group.created_ms,
            members_count: i32::try_from(group.members.len()).unwrap_or(i32::MAX),
            role,
            can_view_members: group.members_shown_to(role),
        })
    }

    fn fits(&self, member: &Member, filter: &MembersFilter) -> bool {
        match filter {
            MembersFilter::Recent => true,
            MembersFilter::Admins => member.role != Role::Member,
            MembersFilter::Search(query) => self
                .users
                .get(&member.user)
                .is_some_and(|user| user.matches(&query.to_lowercase())),
        }
    }
}

impl Group {
    /// How conversations in the group are addressed.
    #[must_use]
    pub fn peer(&self) -> Peer {
        match self.kind {
            GroupKind::Group => Peer::Chat(self.id),
            GroupKind::Supergroup | GroupKind::Channel => Peer::Channel(self.id),
        }
    }

    fn members_shown_to(&self, role: Option<Role>) -> bool {
        let hidden = self.members_hidden || self.kind == GroupKind::Channel;
        !hidden || matches!(role, Some(Role::Admin | Role::Creator))
    }
}
