//! Finding people: phone books, public names, phones.

use super::error::{
    CONTACT_ID_INVALID, PHONE_NOT_OCCUPIED, USER_ID_INVALID, USERNAME_INVALID, USERNAME_NOT_OCCUPIED,
};
use super::fact::FactKind;
use super::mailbox::Message;
use super::types::{Caller, ImportedContacts, Mentioned, PhoneContact, Requirement, UserView};
use super::{Answer, World};
use crate::ids::{Peer, UserId, phone_digits};

/// Contacts taken from one `contacts.importContacts`; the rest are given back to retry.
const IMPORT_MAX_CONTACTS: usize = 500;

impl World {
    /// A person as the account sees them.
    #[must_use]
    pub fn user(&self, viewer: UserId, user: UserId) -> Option<UserView> {
        self.lock().state.user_view(viewer, user)
    }

    /// A person by number and access hash (`inputUser`). The viewer itself needs no hash.
    ///
    /// # Errors
    /// `USER_ID_INVALID`: no such person, or a hash that is not this viewer's.
    pub fn check_user(&self, viewer: UserId, user: UserId, access_hash: i64) -> Answer<UserId> {
        let locked = self.lock();
        let known = locked.state.users.contains_key(&user);
        let right = user == viewer || access_hash == locked.state.user_hash(viewer, user);
        if known && right {
            Ok(user)
        } else {
            Err(USER_ID_INVALID)
        }
    }

    /// People and groups that messages mention, as the account sees them.
    #[must_use]
    pub fn mentioned_in(&self, viewer: UserId, messages: &[Message]) -> Mentioned {
        self.lock().state.mentioned(viewer, messages.iter())
    }

    /// `contacts.importContacts`. Unknown phones become people if the scenario populates the world.
    pub fn import_contacts(&self, caller: Caller, contacts: &[PhoneContact]) -> ImportedContacts {
        let now_ms = self.now_ms();
        let mut locked = self.lock();
        let mut answer = ImportedContacts::default();
        for (index, contact) in contacts.iter().enumerate() {
            if index >= IMPORT_MAX_CONTACTS {
                answer.retry.push(contact.client_id);
                continue;
            }
            let digits = phone_digits(&contact.phone);
            let found = self.find_by_phone(&mut locked, &digits);
            let imported = FactKind::Imported {
                account: caller.account,
                phone: digits,
                user: found,
            };
            self.commit(&mut locked, now_ms, imported);
            let Some(user) = found else { continue };
            let contact_kept = FactKind::Contact {
                account: caller.account,
                user,
                first_name: contact.first_name.clone(),
                last_name: contact.last_name.clone(),
            };
            self.commit(&mut locked, now_ms, contact_kept);
            answer.imported.push((contact.client_id, user));
            answer.users.extend(locked.state.user_view(caller.account, user));
        }
        answer
    }

    /// `contacts.addContact`: puts a known person into the phone book.
    ///
    /// # Errors
    /// `CONTACT_ID_INVALID`.
    pub fn add_contact(
        &self,
        caller: Caller,
        user: UserId,
        first_name: &str,
        last_name: &str,
    ) -> Answer<UserView> {
        let mut locked = self.lock();
        if !locked.state.users.contains_key(&user) || user == caller.account {
            return Err(CONTACT_ID_INVALID);
        }
        let (first_name, last_name) = (first_name.to_owned(), last_name.to_owned());
        let fact = FactKind::Contact {
            account: caller.account,
            user,
            first_name,
            last_name,
        };
        self.commit(&mut locked, self.now_ms(), fact);
        locked
            .state
            .user_view(caller.account, user)
            .ok_or(CONTACT_ID_INVALID)
    }

    /// `contacts.deleteContacts`: who is not in the phone book is passed over.
    pub fn delete_contacts(&self, caller: Caller, users: &[UserId]) {
        let mut locked = self.lock();
        for user in users {
            let fact = FactKind::ContactRemoved {
                account: caller.account,
                user: *user,
            };
            self.commit(&mut locked, self.now_ms(), fact);
        }
    }

    /// `contacts.getContacts`.
    #[must_use]
    pub fn contacts(&self, caller: Caller) -> Vec<UserView> {
        let locked = self.lock();
        let Some(account) = locked.state.accounts.get(&caller.account) else {
            return Vec::new();
        };
        account
            .contacts
            .keys()
            .filter_map(|user| locked.state.user_view(caller.account, *user))
            .collect()
    }

    /// `contacts.resolveUsername`.
    ///
    /// # Errors
    /// `USERNAME_INVALID`, `USERNAME_NOT_OCCUPIED`.
    pub fn resolve_username(&self, username: &str) -> Answer<Peer> {
        let name = username.trim_start_matches('@').to_lowercase();
        if name.len() < 4 || !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
            return Err(USERNAME_INVALID);
        }
        self.lock()
            .state
            .by_username
            .get(&name)
            .copied()
            .ok_or(USERNAME_NOT_OCCUPIED)
    }

    /// `contacts.resolvePhone`: like an import, but nobody gets into the phone book.
    ///
    /// # Errors
    /// `PHONE_NOT_OCCUPIED`.
    pub fn resolve_phone(&self, phone: &str) -> Answer<UserId> {
        let digits = phone_digits(phone);
        let mut locked = self.lock();
        self.find_by_phone(&mut locked, &digits).ok_or(PHONE_NOT_OCCUPIED)
    }

    /// `contacts.search` among the phone book and public names: people whose name has a word that begins so.
    #[must_use]
    pub fn search_people(&self, caller: Caller, query: &str, limit: usize) -> Vec<UserView> {
        let locked = self.lock();
        let Some(account) = locked.state.accounts.get(&caller.account) else {
            return Vec::new();
        };
        let query = query.trim_start_matches('@').to_lowercase();
        let known = account
            .contacts
            .keys()
            .filter_map(|user| locked.state.users.get(user));
        let named = locked.state.by_username.get(&query).and_then(|peer| match peer {
            Peer::User(user) => locked.state.users.get(user),
            Peer::Chat(_) | Peer::Channel(_) => None,
        });
        let mut found: Vec<UserId> = known
            .filter(|user| user.matches(&query))
            .map(|user| user.id)
            .collect();
        found.extend(named.map(|user| user.id));
        found.dedup();
        found
            .iter()
            .take(limit)
            .filter_map(|user| locked.state.user_view(caller.account, *user))
            .collect()
    }

    /// `users.getRequirementsToContact`, in the order asked.
    #[must_use]
    pub fn requirements_to_contact(&self, caller: Caller, users: &[UserId]) -> Vec<Requirement> {
        let locked = self.lock();
        users
            .iter()
            .map(|user| locked.state.requirement(caller.account, *user))
            .collect()
    }
}
