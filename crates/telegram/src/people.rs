//! Finding people: by phone, by username; and whether we may write to them.

use std::fmt;

use grammers_tl_types as tl;

use crate::{Peer, PeerRef, TelegramError, UserClient};

/// Phones that one call may carry.
const PHONES_PER_CALL: usize = 100;
/// People that one call may ask about.
const PEOPLE_PER_CALL: usize = 100;

/// An entry for the account's address book. Telegram then shows the person under this name.
#[derive(Clone, PartialEq, Eq)]
pub struct PhoneContact {
    /// International, with or without `+`.
    pub phone: String,
    /// Must not be empty; the phone stands in for a name that is not known.
    pub first_name: String,
    /// May be empty.
    pub last_name: String,
}

impl fmt::Debug for PhoneContact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PhoneContact")
    }
}

/// What became of phones that were looked up.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct ImportedPhones {
    /// As they were given, with the person found.
    pub found: Vec<(String, Peer)>,
    /// Nobody on Telegram, or nobody who lets himself be found by phone.
    pub not_found: Vec<String>,
    /// Not looked up: try again later.
    pub retry: Vec<String>,
}

impl fmt::Debug for ImportedPhones {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ImportedPhones")
            .field("found", &self.found.len())
            .field("not_found", &self.not_found.len())
            .field("retry", &self.retry.len())
            .finish()
    }
}

/// What Telegram asks of a stranger who wants to write to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContactRequirement {
    /// Nothing.
    Free,
    /// A Telegram Premium account.
    Premium,
    /// Stars for each message.
    Paid {
        /// Price of one message.
        stars: u64,
    },
}

impl UserClient {
    /// Looks phones up, each under itself as the name. See [`UserClient::import_contacts`].
    ///
    /// # Errors
    /// As there.
    pub async fn import_phones(&self, phones: &[String]) -> Result<ImportedPhones, TelegramError> {
        let contact = |phone: &String| PhoneContact {
            phone: phone.clone(),
            first_name: phone.clone(),
            last_name: String::new(),
        };
        let contacts: Vec<_> = phones.iter().map(contact).collect();
        self.import_contacts(&contacts).await
    }

    /// Puts people into the account's address book, which finds them by their phones.
    /// When a call fails after another succeeded, the rest is reported as to be tried again.
    ///
    /// # Errors
    /// [`TelegramError::FloodWait`] and the like, when nothing was looked up.
    pub async fn import_contacts(&self, contacts: &[PhoneContact]) -> Result<ImportedPhones, TelegramError> {
        let mut result = ImportedPhones::default();
        for (index, chunk) in contacts.chunks(PHONES_PER_CALL).enumerate() {
            match self.import_chunk(chunk, &mut result).await {
                Ok(()) => {}
                Err(error) if index == 0 => return Err(error),
                Err(_) => {
                    let rest = &contacts[index * PHONES_PER_CALL..];
                    result
                        .retry
                        .extend(rest.iter().map(|contact| contact.phone.clone()));
                    break;
                }
            }
        }
        Ok(result)
    }

    async fn import_chunk(
        &self,
        chunk: &[PhoneContact],
        result: &mut ImportedPhones,
    ) -> Result<(), TelegramError> {
        let input = |(index, contact): (usize, &PhoneContact)| {
            tl::types::InputPhoneContact {
                client_id: i64::try_from(index).unwrap_or(i64::MAX),
                phone: contact.phone.clone(),
                first_name: contact.first_name.clone(),
                last_name: contact.last_name.clone(),
                note: None,
            }
            .into()
        };
        let request = tl::functions::contacts::ImportContacts {
            contacts: chunk.iter().enumerate().map(input).collect(),
        };
        let tl::enums::contacts::ImportedContacts::Contacts(answer) = self.invoke(&request).await?;
        self.session().remember(&answer.users);

        for (index, contact) in chunk.iter().enumerate() {
            let client_id = i64::try_from(index).unwrap_or(i64::MAX);
            let phone = contact.phone.clone();
            let imported = answer
                .imported
                .iter()
                .map(|tl::enums::ImportedContact::Contact(found)| found);
            let user_id = imported
                .into_iter()
                .find(|found| found.client_id == client_id)
                .map(|found| found.user_id);
            match user_id.and_then(|id| peer_among(&answer.users, id)) {
                Some(peer) => result.found.push((phone, peer)),
                None if answer.retry_contacts.contains(&client_id) => result.retry.push(phone),
                None => result.not_found.push(phone),
            }
        }
        Ok(())
    }

    /// Finds a person by username, with or without `@`; `None` when nobody has it or it is no person's.
    ///
    /// # Errors
    /// [`TelegramError::FloodWait`] and those of the connection.
    pub async fn resolve_username(&self, name: &str) -> Result<Option<Peer>, TelegramError> {
        let username = name.trim().trim_start_matches('@').to_owned();
        let request = tl::functions::contacts::ResolveUsername {
            username,
            referer: None,
        };
        match self.invoke(&request).await {
            Ok(tl::enums::contacts::ResolvedPeer::Peer(answer)) => {
                self.session().remember(&answer.users);
                Ok(crate::incoming::user_of(&answer.peer).and_then(|id| peer_among(&answer.users, id)))
            }
            Err(TelegramError::Rpc { name, .. })
                if matches!(name.as_str(), "USERNAME_NOT_OCCUPIED" | "USERNAME_INVALID") =>
            {
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// What it takes to write to each of these people, in their order.
    ///
    /// # Errors
    /// Those of the connection; [`TelegramError::UnknownOutcome`] when the answer does not fit the question.
    pub async fn contact_requirements(
        &self,
        peers: &[PeerRef],
    ) -> Result<Vec<ContactRequirement>, TelegramError> {
        let mut requirements = Vec::with_capacity(peers.len());
        for chunk in peers.chunks(PEOPLE_PER_CALL) {
            let request = tl::functions::users::GetRequirementsToContact {
                id: chunk.iter().map(|peer| peer.input_user()).collect(),
            };
            let answer = self.invoke(&request).await?;
            if answer.len() != chunk.len() {
                return Err(TelegramError::UnknownOutcome(
                    "the answer has another length".to_owned(),
                ));
            }
            requirements.extend(answer.iter().map(requirement));
        }
        Ok(requirements)
    }
}

fn requirement(answer: &tl::enums::RequirementToContact) -> ContactRequirement {
    match answer {
        tl::enums::RequirementToContact::Empty => ContactRequirement::Free,
        tl::enums::RequirementToContact::Premium => ContactRequirement::Premium,
        tl::enums::RequirementToContact::PaidMessages(paid) => ContactRequirement::Paid {
            stars: u64::try_from(paid.stars_amount).unwrap_or(0),
        },
    }
}

/// One of the people that came with an answer.
pub(crate) fn peer_among(users: &[tl::enums::User], id: i64) -> Option<Peer> {
    users.iter().find_map(|user| match user {
        tl::enums::User::User(user) if user.id == id => Some(Peer::from_user(user)),
        _ => None,
    })
}
