//! What Telegram tells an account: stored once, with the work that it asks for, in one transaction.
//!
//! The stream of updates is committed only after the database is. A process killed between the two sees the updates
//! again, and storing them a second time changes nothing.

use std::sync::Arc;

use alfa_store::outreach::counters::Moves;
use alfa_store::outreach::prepare::{self, KnownPeer};
use alfa_store::outreach::receive::{self, NewMessage};
use alfa_store::outreach::takeover;
use alfa_store::outreach::{deliver, reached, react, receipts};
use alfa_store::types::{ConsentBasis, DialogOwner, MessageAuthor, OutboxKind};
use alfa_store::{Tx, UnixMillis, entity::contacts};
use alfa_telegram::{Incoming, IncomingMessage, Peer, UserClient};
use serde_json::json;

use super::keep::keep;
use super::{opt_out, reread, stop, stranger};
use crate::accounts::Account;
use crate::app::App;
use crate::campaigns::settle;
use crate::contacts::phone::{self, Country};
use crate::error::AppResult;
use crate::events::{Event, Topic};
use crate::outbox::{author_of, day_key, product_of};

/// A burst is answered after this, even when the person is still writing.
const LONGEST_BURST_MS: i64 = 60_000;
/// The sender of Telegram's own notices.
const TELEGRAM_ITSELF: i64 = 777_000;
/// What is stored of a picture, a voice message or a file that came without a word.
pub(super) const MEDIA_NOTE: &str = "📎";

/// Receives what Telegram tells the account, as long as the client lives.
pub fn start_receiver(app: &Arc<App>, account: &Arc<Account>, client: &UserClient) {
    let (owner, account, client) = (app.clone(), account.clone(), client.clone());
    app.workers.keep_alive("receiver", move || {
        run(owner.clone(), account.clone(), client.clone())
    });
}

/// Ends when the client is closed.
async fn run(app: Arc<App>, account: Arc<Account>, client: UserClient) {
    let mut stream = match client.updates() {
        Ok(stream) => stream,
        Err(error) => {
            tracing::error!(account_id = account.id, %error, "nothing is received");
            return;
        }
    };
    while let Some(batch) = stream.next().await {
        for update in &batch.updates {
            if !keep(&app, &account, &client, update).await {
                return;
            }
        }
        crate::crash::point("receive:stored");
        if let Err(error) = stream.commit().await {
            tracing::error!(account_id = account.id, %error, "the state of updates could not be kept");
        }
        crate::crash::point("receive:committed");
    }
}

pub(super) async fn handle(
    app: &App,
    account: &Account,
    client: &UserClient,
    update: &Incoming,
) -> AppResult<()> {
    match update {
        Incoming::Message(message) if message.out => own_message(app, account, message).await,
        Incoming::Message(message) => person_wrote(app, account, message).await,
        Incoming::Edited(message) => edited(app, account, message).await,
        Incoming::Deleted { ids } => deleted(app, account, ids).await,
        Incoming::ReadOutbox { user_id, max_id, .. } => read_by_person(app, account, *user_id, *max_id).await,
        Incoming::ReadInbox { user_id, .. } => read_by_us(app, account, *user_id).await,
        Incoming::TooLong { since_ms } => reread::histories(app, account, client, *since_ms).await,
        Incoming::SessionLost(reason) => {
            account.lost(*reason);
            Ok(())
        }
        Incoming::LoginToken => Ok(()),
    }
}

/// A person wrote. "Stop" is obeyed here, before anything else; everything else is answered once the burst has settled.
async fn person_wrote(app: &App, account: &Account, message: &IncomingMessage) -> AppResult<()> {
    // Robots and Telegram itself (login codes) are nobody's customers.
    if message.peer.is_bot || message.peer.reference.user_id == TELEGRAM_ITSELF {
        return Ok(());
    }
    let now = app.clock.now();
    let tx = app.begin().await?;
    let contact = contact_of(app, &tx, account, &message.peer).await?;
    let new = NewMessage {
        account_id: account.id,
        contact_id: contact.id,
        telegram_message_id: i64::from(message.id),
        text: text_of(message),
        sent_at: UnixMillis(message.date_ms),
        author: MessageAuthor::Contact,
    };
    let Some(message_id) = receive::store_once(&tx, &new).await? else {
        return Ok(());
    };
    if contact.consent_basis == ConsentBasis::None {
        stranger::record_consent(&tx, &contact, message_id, now).await?;
    }
    reached::by_contact(&tx, contact.id, now).await?;
    let mut moves = Moves::new();
    let before = receive::dialog(&tx, account.id, contact.id).await?;
    let campaign_id = before.as_ref().and_then(|dialog| dialog.campaign_id);
    receive::count_reply(&tx, contact.id, campaign_id, (message_id, now), &mut moves).await?;
    // The question of which the answer had not left yet is answered together with this message.
    let cancelled =
        takeover::cancel_waiting(&tx, contact.id, &[OutboxKind::FollowUp], "superseded", &mut moves).await?;
    let reopened = react::unanswer(&tx, &cancelled, None).await?;

    let stop = opt_out::is_opt_out(&message.text);
    let silenced = contact.opted_out_at.is_some();
    let human = before
        .as_ref()
        .is_some_and(|dialog| dialog.owner == DialogOwner::Human);
    let how = match (stop, silenced, human) {
        (true, ..) => Some("opt_out"),
        (false, true, _) => Some("left_to_human_after_stop"),
        (false, false, true) => Some(react::LEFT_TO_HUMAN),
        (false, false, false) => None,
    };
    let settled_at = now.plus_ms(app.settings().settle_ms);
    // Who writes on and on is answered in the middle of it.
    let since = react::unhandled_since(&tx, account.id, contact.id).await?;
    let settled_at = since.map_or(settled_at, |since| {
        settled_at.min(since.plus_ms(LONGEST_BURST_MS).max(now))
    });
    let react_due_at = how.is_none().then_some(settled_at);
    receive::touch_dialog(&tx, (account.id, contact.id), now, react_due_at).await?;
    if reopened > 0 {
        // The question may have been put to another account of ours: it is answered there.
        react::schedule(&tx, contact.id, settled_at).await?;
    }
    if let Some(how) = how {
        let labels = stop.then_some(r#"["opt_out"]"#);
        let handled = react::Handled {
            labels,
            confidence: stop.then_some(1.0),
            how,
            at: now,
        };
        react::mark_handled(&tx, &[message_id], &handled).await?;
    }
    if stop {
        stop::apply(app, &tx, &contact, account.id, message_id, &mut moves).await?;
    }
    settle(app, &tx, moves).await?;
    let body = json!({"id": message_id, "direction": "in", "handled": how});
    app.events
        .append(
            &tx,
            &Event::new(Topic::Message, body)
                .contact(contact.id)
                .campaign(campaign_id),
            now,
        )
        .await?;
    crate::crash::point("receive:before_commit");
    tx.commit().await?;
    app.events.announce();
    app.wakes.reactor.signal();
    account.lane.signal();
    Ok(())
}

/// The contact behind a peer; a person whom nobody knows becomes one, and has agreed by writing first.
async fn contact_of(app: &App, tx: &Tx, account: &Account, peer: &Peer) -> AppResult<contacts::Model> {
    let now = app.clock.now();
    let (phone, username) = names_of(peer);
    let id = match known_contact(tx, account, peer).await? {
        Some(id) => id,
        None => stranger::create(tx, peer, phone.as_deref(), username.as_deref(), now).await?,
    };
    remember(tx, account, id, peer).await?;
    Ok(alfa_store::contacts::get(tx, id).await?)
}

/// The peer's phone and username as contacts have them.
fn names_of(peer: &Peer) -> (Option<String>, Option<String>) {
    let phone = peer
        .phone
        .as_deref()
        .and_then(|raw| phone::normalise(raw, Country::default()).ok());
    (
        phone.map(|phone| phone.to_string()),
        peer.username.as_deref().map(str::to_lowercase),
    )
}

async fn known_contact(tx: &Tx, account: &Account, peer: &Peer) -> AppResult<Option<i64>> {
    let (phone, username) = names_of(peer);
    let user_id = peer.reference.user_id;
    Ok(receive::contact_of(tx, account.id, user_id, phone.as_deref(), username.as_deref()).await?)
}

async fn remember(tx: &Tx, account: &Account, id: i64, peer: &Peer) -> AppResult<()> {
    let user_id = peer.reference.user_id;
    prepare::identify(tx, id, user_id).await?;
    let known = KnownPeer {
        contact_id: id,
        telegram_user_id: user_id,
        access_hash: peer.reference.access_hash,
    };
    // A peer of whom Telegram told only the id cannot be addressed: what is remembered stays.
    if known.access_hash != 0 {
        prepare::remember_peer(tx, account.id, known).await?;
    }
    Ok(())
}

/// What is stored of a message.
fn text_of(message: &IncomingMessage) -> &str {
    if message.text.is_empty() && message.has_media {
        MEDIA_NOTE
    } else {
        &message.text
    }
}

/// Our account sent something. It is one of our messages whose outcome was unknown, or an operator wrote from the phone.
async fn own_message(app: &App, account: &Account, message: &IncomingMessage) -> AppResult<()> {
    let now = app.clock.now();
    let tx = app.begin().await?;
    // Whom the operator writes to privately is not the CRM's business: only people who are in it.
    let Some(contact_id) = known_contact(&tx, account, &message.peer).await? else {
        return Ok(());
    };
    remember(&tx, account, contact_id, &message.peer).await?;
    let telegram_id = i64::from(message.id);
    if receive::by_telegram_id(&tx, account.id, contact_id, telegram_id)
        .await?
        .is_some()
    {
        return Ok(());
    }
    let mut moves = Moves::new();
    let awaiting =
        receive::awaiting_outcome(&tx, account.id, contact_id, message.random_id, &message.text).await?;
    if let Some(row) = awaiting {
        let at = UnixMillis(message.date_ms);
        let day = day_key(app.day_of(at));
        let product_id = product_of(&tx, &row).await?;
        let author = author_of(&row);
        let sent = deliver::Sent {
            row: &row,
            telegram_message_id: Some(telegram_id),
            at,
            author,
            product_id,
            day: &day,
        };
        deliver::record_sent(&tx, &sent, &mut moves).await?;
        // A message with its number is of a send that the lane itself has under way.
        if message.random_id.is_none() {
            account.recorded_elsewhere();
        }
    } else if receive::name_sent(&tx, account.id, contact_id, (telegram_id, &message.text)).await? {
        // It was known as sent, but not under which id.
    } else {
        let new = NewMessage {
            account_id: account.id,
            contact_id,
            telegram_message_id: telegram_id,
            text: text_of(message),
            sent_at: UnixMillis(message.date_ms),
            author: MessageAuthor::Phone,
        };
        let Some(message_id) = receive::store_once(&tx, &new).await? else {
            return Ok(());
        };
        receive::touch_written(&tx, (account.id, contact_id), UnixMillis(message.date_ms)).await?;
        super::service::take_over_in(app, &tx, contact_id, "phone", &mut moves).await?;
        let body = json!({"id": message_id, "direction": "out", "author": "phone"});
        app.events
            .append(&tx, &Event::new(Topic::Message, body).contact(contact_id), now)
            .await?;
    }
    settle(app, &tx, moves).await?;
    crate::crash::point("receive:own_before_commit");
    tx.commit().await?;
    app.events.announce();
    Ok(())
}

async fn edited(app: &App, account: &Account, message: &IncomingMessage) -> AppResult<()> {
    let tx = app.begin().await?;
    let user_id = message.peer.reference.user_id;
    let Some(contact_id) = receive::contact_of(&tx, account.id, user_id, None, None).await? else {
        return Ok(());
    };
    let at = message.edited_ms.map_or_else(|| app.clock.now(), UnixMillis);
    let key = (account.id, contact_id);
    if let Some(id) = receipts::edited(&tx, key, i64::from(message.id), text_of(message), at).await? {
        let body = json!({"id": id, "edited": true});
        app.events
            .append(
                &tx,
                &Event::new(Topic::Message, body).contact(contact_id),
                app.clock.now(),
            )
            .await?;
        // A stop that comes as a correction is a stop.
        let contact = alfa_store::contacts::get(&tx, contact_id).await?;
        if !message.out && contact.opted_out_at.is_none() && opt_out::is_opt_out(&message.text) {
            let mut moves = Moves::new();
            stop::apply(app, &tx, &contact, account.id, id, &mut moves).await?;
            settle(app, &tx, moves).await?;
        }
    }
    tx.commit().await?;
    app.events.announce();
    account.lane.signal();
    Ok(())
}

async fn deleted(app: &App, account: &Account, ids: &[i32]) -> AppResult<()> {
    let ids: Vec<i64> = ids.iter().map(|id| i64::from(*id)).collect();
    let tx = app.begin().await?;
    for message in receipts::deleted(&tx, account.id, &ids, app.clock.now()).await? {
        let event = Event::new(Topic::Message, json!({"id": message.id, "deleted": true}))
            .contact(message.contact_id);
        app.events.append(&tx, &event, app.clock.now()).await?;
    }
    tx.commit().await?;
    app.events.announce();
    Ok(())
}

async fn read_by_person(app: &App, account: &Account, user_id: i64, max_id: i32) -> AppResult<()> {
    let now = app.clock.now();
    let tx = app.begin().await?;
    let Some(contact_id) = receive::contact_of(&tx, account.id, user_id, None, None).await? else {
        return Ok(());
    };
    let mut moves = Moves::new();
    let key = (account.id, contact_id);
    let read = receipts::read_by_contact(&tx, key, i64::from(max_id), now, &mut moves).await?;
    settle(app, &tx, moves).await?;
    if !read.is_empty() {
        let body = json!({"ids": read, "state": "read"});
        app.events
            .append(&tx, &Event::new(Topic::Message, body).contact(contact_id), now)
            .await?;
    }
    tx.commit().await?;
    app.events.announce();
    Ok(())
}

async fn read_by_us(app: &App, account: &Account, user_id: i64) -> AppResult<()> {
    let tx = app.begin().await?;
    if let Some(contact_id) = receive::contact_of(&tx, account.id, user_id, None, None).await? {
        receipts::read_by_us(&tx, account.id, contact_id).await?;
    }
    tx.commit().await?;
    Ok(())
}
