//! News: from what the world pushes to the connections it concerns.

use std::sync::Arc;

use grammers_tl_types::{Serializable, enums, types};
use tokio::sync::broadcast::{Receiver, error::RecvError};
use tokio::sync::watch;

use super::{convert, layer};
use crate::ids::Peer;
use crate::net::hub::{Outgoing, Sink};
use crate::net::keys::NEWEST_LAYER;
use crate::server::Shared;
use crate::world::types::{Push, PushTo, Update, UserView};

/// Hands out the world's news until the server stops.
pub(crate) async fn run(shared: Arc<Shared>, mut news: Receiver<Arc<Push>>, mut stop: watch::Receiver<bool>) {
    loop {
        let received = tokio::select! {
            // An error means that the server is gone: the same as its stop signal.
            _ = stop.wait_for(|stopped| *stopped) => return,
            received = news.recv() => received,
        };
        match received {
            Ok(push) => hand_out(&shared, &push),
            Err(RecvError::Lagged(_)) => {
                for (sink, _) in shared.hub.all() {
                    send(&shared, &sink, Arc::new(enums::Updates::TooLong.to_bytes()));
                }
            }
            Err(RecvError::Closed) => return,
        }
    }
}

fn hand_out(shared: &Shared, push: &Push) {
    let sinks = match push.to {
        PushTo::Account { account, except } => shared.hub.of_account(account, except),
        PushTo::Key(key) => shared.hub.of_key(key),
    };
    if sinks.is_empty() {
        return;
    }
    if push.dated.update == Update::SessionEnded {
        sinks.iter().for_each(|(sink, _)| sink.send(Outgoing::Close));
        return;
    }
    let Some(updates) = updates(push) else { return };
    let newest = Arc::new(updates.to_bytes());
    for (sink, client_layer) in sinks {
        let body = if client_layer < NEWEST_LAYER {
            let mut older = newest.to_vec();
            layer::adapt(&mut older, client_layer);
            Arc::new(older)
        } else {
            Arc::clone(&newest)
        };
        send(shared, &sink, body);
    }
}

fn send(shared: &Shared, sink: &Sink, body: Arc<Vec<u8>>) {
    sink.send(Outgoing::Push {
        body,
        guard: shared.activity.begin(),
    });
}

/// The form Telegram chooses: a short one where the client can be taken to know the person, else the long one.
fn updates(push: &Push) -> Option<enums::Updates> {
    let dated = &push.dated;
    let date = convert::seconds(dated.at_ms);
    match &dated.update {
        Update::NewMessage(new) => {
            if let Some(short) = short_message(push) {
                return Some(short);
            }
            let date = convert::seconds(new.date_ms);
            Some(full(push, convert::update(dated)?, date))
        }
        Update::EditMessage(_) => Some(full(push, convert::update(dated)?, date)),
        _ => Some(
            types::UpdateShort {
                update: convert::update(dated)?,
                date,
            }
            .into(),
        ),
    }
}

fn full(push: &Push, update: enums::Update, date: i32) -> enums::Updates {
    let (users, chats) = convert::mentioned(&push.mentioned);
    types::Updates {
        updates: vec![update],
        users,
        chats,
        date,
        seq: 0,
    }
    .into()
}

fn short_message(push: &Push) -> Option<enums::Updates> {
    let Update::NewMessage(new) = &push.dated.update else {
        return None;
    };
    let Peer::User(user) = new.peer else { return None };
    let known = |view: &UserView| view.id == user && view.is_contact;
    if !push.mentioned.users.iter().any(known) {
        return None;
    }
    Some(
        types::UpdateShortMessage {
            out: new.out,
            mentioned: false,
            media_unread: false,
            silent: false,
            id: new.id,
            user_id: user.0,
            message: new.text.clone(),
            pts: push.dated.pts,
            pts_count: push.dated.pts_count,
            date: convert::seconds(new.date_ms),
            fwd_from: None,
            via_bot_id: None,
            reply_to: new.reply_to.map(convert::reply_header),
            entities: None,
            ttl_period: None,
        }
        .into(),
    )
}
