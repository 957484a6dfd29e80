//! `contacts.*`.

use grammers_tl_types::{enums, functions, types};

use super::{Context, convert, input};
use crate::ids::Peer;
use crate::world::Answer;
use crate::world::error::{PHONE_NOT_OCCUPIED, USERNAME_NOT_OCCUPIED};
use crate::world::types::{Caller, PhoneContact};

/// People in one answer to a search.
const MAX_FOUND: usize = 100;

pub(super) fn import_contacts(
    context: &Context<'_>,
    asked: functions::contacts::ImportContacts,
) -> Answer<enums::contacts::ImportedContacts> {
    let caller = context.caller()?;
    let lines = asked.contacts.into_iter().map(|contact| {
        let enums::InputContact::InputPhoneContact(contact) = contact;
        PhoneContact {
            client_id: contact.client_id,
            phone: contact.phone,
            first_name: contact.first_name,
            last_name: contact.last_name,
        }
    });
    let imported = context
        .world()
        .import_contacts(caller, &lines.collect::<Vec<_>>());
    let found = imported.imported.iter().map(|(client_id, user)| {
        enums::ImportedContact::Contact(types::ImportedContact {
            user_id: user.0,
            client_id: *client_id,
        })
    });
    Ok(types::contacts::ImportedContacts {
        imported: found.collect(),
        popular_invites: Vec::new(),
        retry_contacts: imported.retry,
        users: convert::users(&imported.users),
    }
    .into())
}

pub(super) fn add_contact(
    context: &Context<'_>,
    asked: functions::contacts::AddContact,
) -> Answer<enums::Updates> {
    let caller = context.caller()?;
    let user = input::user(context, caller, &asked.id)?;
    let view = context
        .world()
        .add_contact(caller, user, &asked.first_name, &asked.last_name)?;
    Ok(no_updates(context, vec![convert::user(&view)]))
}

pub(super) fn delete_contacts(
    context: &Context<'_>,
    asked: functions::contacts::DeleteContacts,
) -> Answer<enums::Updates> {
    let caller = context.caller()?;
    let named = asked
        .id
        .iter()
        .filter_map(|named| input::user(context, caller, named).ok());
    let users: Vec<_> = named.collect();
    context.world().delete_contacts(caller, &users);
    let views = users
        .iter()
        .filter_map(|user| context.world().user(caller.account, *user));
    Ok(no_updates(
        context,
        views.map(|view| convert::user(&view)).collect(),
    ))
}

fn no_updates(context: &Context<'_>, users: Vec<enums::User>) -> enums::Updates {
    let date = convert::seconds(context.world().clock().now_ms());
    types::Updates {
        updates: Vec::new(),
        users,
        chats: Vec::new(),
        date,
        seq: 0,
    }
    .into()
}

pub(super) fn get_contacts(
    context: &Context<'_>,
    _: functions::contacts::GetContacts,
) -> Answer<enums::contacts::Contacts> {
    let caller = context.caller()?;
    let views = context.world().contacts(caller);
    let contacts = views.iter().map(|view| {
        types::Contact {
            user_id: view.id.0,
            mutual: false,
        }
        .into()
    });
    Ok(types::contacts::Contacts {
        contacts: contacts.collect(),
        saved_count: i32::try_from(views.len()).unwrap_or(i32::MAX),
        users: convert::users(&views),
    }
    .into())
}

pub(super) fn resolve_username(
    context: &Context<'_>,
    asked: functions::contacts::ResolveUsername,
) -> Answer<enums::contacts::ResolvedPeer> {
    let caller = context.caller()?;
    let found = context.world().resolve_username(&asked.username)?;
    resolved(context, caller, found).ok_or(USERNAME_NOT_OCCUPIED)
}

pub(super) fn resolve_phone(
    context: &Context<'_>,
    asked: functions::contacts::ResolvePhone,
) -> Answer<enums::contacts::ResolvedPeer> {
    let caller = context.caller()?;
    let found = context.world().resolve_phone(&asked.phone)?;
    resolved(context, caller, Peer::User(found)).ok_or(PHONE_NOT_OCCUPIED)
}

fn resolved(context: &Context<'_>, caller: Caller, found: Peer) -> Option<enums::contacts::ResolvedPeer> {
    let (mut users, mut chats) = (Vec::new(), Vec::new());
    match found {
        Peer::User(user) => users.push(convert::user(&context.world().user(caller.account, user)?)),
        Peer::Chat(group) | Peer::Channel(group) => {
            chats.push(convert::group(&context.world().group(caller.account, group)?));
        }
    }
    Some(
        types::contacts::ResolvedPeer {
            peer: convert::peer(found),
            chats,
            users,
        }
        .into(),
    )
}

pub(super) fn search(
    context: &Context<'_>,
    asked: functions::contacts::Search,
) -> Answer<enums::contacts::Found> {
    let caller = context.caller()?;
    let limit = usize::try_from(asked.limit).unwrap_or(0).min(MAX_FOUND);
    let views = context.world().search_people(caller, &asked.q, limit);
    let (known, others): (Vec<_>, Vec<_>) = views.iter().partition(|view| view.is_contact);
    let peers = |views: Vec<&crate::world::types::UserView>| {
        views
            .into_iter()
            .map(|view| convert::peer(Peer::User(view.id)))
            .collect()
    };
    Ok(types::contacts::Found {
        my_results: peers(known),
        results: peers(others),
        chats: Vec::new(),
        users: convert::users(&views),
    }
    .into())
}
