//! Ahead of the lane: finds people in Telegram and writes their first messages, a bounded number at a time, so that
//! neither look-ups nor the AI's latency slow the lane.

use std::collections::HashMap;
use std::sync::Arc;

use alfa_llm::OUTREACH_DEADLINE_MS;
use alfa_store::Tx;
use alfa_store::entity::{campaigns, contacts, outbox};
use alfa_store::outreach::counters::Moves;
use alfa_store::outreach::deliver::{self, NotSent};
use alfa_store::outreach::prepare::{self, Ahead, KnownPeer};
use alfa_store::outreach::together::{self, Written};
use alfa_store::outreach::{campaign, people};
use alfa_store::types::{AccountState, Approval, OutboxState};
use alfa_telegram::{ContactRequirement, Peer, PeerRef, PhoneContact, TelegramError, UserClient};
use futures::StreamExt as _;
use futures::future::BoxFuture;

use crate::accounts::Account;
use crate::accounts::service::explain;
use crate::app::App;
use crate::campaigns::{draft, settle};
use crate::clock::{HOUR_MS, SECOND_MS};
use crate::error::{AppError, AppResult, Message};
use crate::workers::Next;

/// Messages of one campaign that wait for an account, at most about this many; `step` bounds one look-up.
const AHEAD: Ahead = Ahead {
    messages: 100,
    drafts: 1_000,
    step: 50,
};
/// The same when pacing is off.
const AHEAD_UNPACED: Ahead = Ahead {
    messages: 2_000,
    drafts: 2_000,
    step: 500,
};
/// The same when an AI provider writes, which takes seconds for each text: few at a time, so that the first can leave.
const STEP_BY_AI: u64 = 8;
/// Texts that are written at once.
const WRITTEN_AT_ONCE: usize = 4;
/// Usernames that one step resolves: Telegram allows few of these calls.
const STEP_USERNAMES: usize = 10;
/// A phone that Telegram did not look up is tried again after this.
const RETRY_MS: i64 = HOUR_MS;

/// Prepares the next messages of an account.
///
/// # Errors
/// When the database or Telegram fails; the step is repeated later.
pub async fn step(app: Arc<App>, account: Arc<Account>) -> AppResult<Next> {
    let Some(client) = account.client() else {
        return Ok(Next::Idle);
    };
    let db = app.store.reader();
    let state = alfa_store::accounts::get(db, account.id).await?.state;
    if !matches!(state, AccountState::Ready | AccountState::FloodWait) {
        return Ok(Next::Idle);
    }
    let now = app.clock.now();
    let lookups_after = account.lookups_after();
    if lookups_after > now {
        return Ok(Next::At(lookups_after));
    }
    let mut ahead = if app.config.pacing { AHEAD } else { AHEAD_UNPACED };
    if app.ai.outreach().is_configured() {
        ahead.step = ahead.step.min(STEP_BY_AI);
    }
    let rows = prepare::unwritten(db, account.id, ahead).await?;
    let (due, later): (Vec<_>, Vec<_>) = rows
        .into_iter()
        .partition(|row| row.not_before <= now.plus_ms(RETRY_MS / 2));
    if due.is_empty() {
        let next = later
            .iter()
            .map(|row| row.not_before.plus_ms(-RETRY_MS / 2))
            .min();
        return Ok(next.map_or(Next::Idle, Next::At));
    }
    match prepare_rows(&app, &account, &client, due).await {
        Ok(()) => Ok(Next::Again),
        Err(Trouble::Telegram(TelegramError::FloodWait { seconds })) => {
            tracing::info!(account_id = account.id, seconds, "looking people up must wait");
            let until = now.plus_ms(i64::from(seconds) * SECOND_MS + 10 * SECOND_MS);
            // Remembered: a signal that comes meanwhile does not end the wait.
            account.no_lookups_before(until);
            Ok(Next::At(until))
        }
        Err(Trouble::Telegram(error)) => Err(AppError::internal(error)),
        Err(Trouble::App(error)) => Err(error),
    }
}

/// Makes sure that the account can address a contact, for a message that an operator writes by hand.
///
/// # Errors
/// When the person is not in Telegram, or Telegram cannot be asked now.
pub async fn ensure_peer(app: &App, account: &Account, contact: &contacts::Model) -> AppResult<()> {
    if !prepare::peers(app.store.reader(), account.id, &[contact.id])
        .await?
        .is_empty()
    {
        return Ok(());
    }
    let offline = || AppError::Unavailable {
        code: "telegram_unreachable",
        message: Message::new("account.unreachable"),
        retry_after_s: Some(10),
    };
    let client = account.client().ok_or_else(offline)?;
    let lookup = look_up(&client, std::iter::once(contact))
        .await
        .map_err(explain)?;
    let tx = app.begin().await?;
    let Some((_, peer)) = lookup.found.first() else {
        if lookup.absent.is_empty() {
            return Err(offline());
        }
        prepare::mark_no_telegram(&tx, contact.id, app.clock.now()).await?;
        tx.commit().await?;
        return Err(AppError::conflict(
            "no_telegram",
            Message::new("message.no_telegram"),
        ));
    };
    remember(&tx, account.id, contact.id, peer.reference).await?;
    tx.commit().await?;
    Ok(())
}

async fn remember(tx: &Tx, account_id: i64, contact_id: i64, reference: PeerRef) -> AppResult<()> {
    prepare::remember_peer(tx, account_id, peer_of(contact_id, reference)).await?;
    prepare::identify(tx, contact_id, reference.user_id).await?;
    Ok(())
}

fn peer_of(contact_id: i64, reference: PeerRef) -> KnownPeer {
    KnownPeer {
        contact_id,
        telegram_user_id: reference.user_id,
        access_hash: reference.access_hash,
    }
}

enum Trouble {
    Telegram(TelegramError),
    App(AppError),
}

impl<E: Into<AppError>> From<E> for Trouble {
    fn from(error: E) -> Self {
        Self::App(error.into())
    }
}

async fn prepare_rows(
    app: &App,
    account: &Account,
    client: &UserClient,
    rows: Vec<outbox::Model>,
) -> Result<(), Trouble> {
    let db = app.store.reader();
    let ids: Vec<i64> = rows.iter().map(|row| row.contact_id).collect();
    let people = people::load(db, &ids, app.clock.now()).await?;
    let contacts: HashMap<i64, contacts::Model> = people
        .into_iter()
        .map(|person| (person.contact.id, person.contact))
        .collect();
    let known = prepare::peers(db, account.id, &ids).await?;
    let strangers = contacts
        .values()
        .filter(|contact| !known.iter().any(|peer| peer.contact_id == contact.id));
    let lookup = look_up(client, strangers).await.map_err(Trouble::Telegram)?;
    let found: Vec<(i64, PeerRef)> = lookup
        .found
        .iter()
        .map(|(id, peer)| (*id, peer.reference))
        .collect();
    let references: Vec<PeerRef> = found.iter().map(|(_, reference)| *reference).collect();
    let requirements = client
        .contact_requirements(&references)
        .await
        .map_err(Trouble::Telegram)?;
    let closed: HashMap<i64, &'static str> = found
        .iter()
        .zip(&requirements)
        .filter_map(|((id, _), needs)| Some((*id, closed_reason(needs)?)))
        .collect();

    crate::crash::point("prepare:looked_up");

    let to_write = rows.iter().filter(|row| {
        let id = row.contact_id;
        !lookup.absent.contains(&id) && !closed.contains_key(&id) && !lookup.later.contains(&id)
    });
    let mut texts = write_all(app, to_write, &contacts).await?;

    let now = app.clock.now();
    let tx = app.begin().await?;
    let mut moves = Moves::new();
    let peers: Vec<KnownPeer> = found
        .iter()
        .map(|&(id, reference)| peer_of(id, reference))
        .collect();
    together::remember_peers(&tx, account.id, &peers).await?;
    together::identify(&tx, &peers).await?;
    let mut written = Vec::with_capacity(rows.len());
    for row in &rows {
        let Some(contact) = contacts.get(&row.contact_id) else {
            continue;
        };
        let not_sent = if lookup.absent.contains(&contact.id) {
            prepare::mark_no_telegram(&tx, contact.id, now).await?;
            Some(NotSent::Skipped {
                reason: "no_telegram",
            })
        } else if let Some(reason) = closed.get(&contact.id) {
            Some(NotSent::Skipped { reason })
        } else if lookup.later.contains(&contact.id) {
            Some(NotSent::Deferred {
                until: now.plus_ms(RETRY_MS),
                reason: "lookup_limited",
            })
        } else {
            None
        };
        match not_sent {
            Some(outcome) => {
                deliver::record_not_sent(&tx, row, row.state, &outcome, &mut moves).await?;
            }
            None => match texts.remove(&row.id) {
                Some(Ok(text)) => written.push(text),
                Some(Err(outcome)) => {
                    deliver::record_not_sent(&tx, row, row.state, &outcome, &mut moves).await?;
                }
                None => {}
            },
        }
    }
    together::set_texts(&tx, &written).await?;
    settle(app, &tx, moves).await?;
    crate::crash::point("prepare:before_commit");
    tx.commit().await?;
    crate::crash::point("prepare:committed");
    app.events.announce();
    account.lane.signal();
    Ok(())
}

/// Writes the texts of these rows, some at once: an AI provider takes seconds for each. By id of the row; what cannot be
/// written fails by name instead of waiting for ever.
async fn write_all(
    app: &App,
    rows: impl Iterator<Item = &outbox::Model>,
    contacts: &HashMap<i64, contacts::Model>,
) -> AppResult<HashMap<i64, Result<Written, NotSent<'static>>>> {
    let mut campaigns: HashMap<i64, campaigns::Model> = HashMap::new();
    let mut tasks = Vec::new();
    for row in rows {
        let (Some(contact), Some(id)) = (contacts.get(&row.contact_id), row.campaign_id) else {
            continue;
        };
        if !campaigns.contains_key(&id)
            && let Some(campaign) = campaign::get(app.store.reader(), id).await?
        {
            campaigns.insert(id, campaign);
        }
        tasks.push((row, contact, id));
    }
    let mut texts: Vec<BoxFuture<'_, (i64, Result<Written, NotSent<'static>>)>> = Vec::new();
    for (row, contact, id) in tasks {
        if let Some(campaign) = campaigns.get(&id) {
            texts.push(Box::pin(async move {
                (row.id, write(app, row, contact, campaign).await)
            }));
        }
    }
    Ok(futures::stream::iter(texts)
        .buffer_unordered(WRITTEN_AT_ONCE)
        .collect()
        .await)
}

async fn write(
    app: &App,
    row: &outbox::Model,
    contact: &contacts::Model,
    campaign: &campaigns::Model,
) -> Result<Written, NotSent<'static>> {
    let seed = row.random_id as u64;
    match draft::first_message(app, campaign, contact, seed, OUTREACH_DEADLINE_MS).await {
        Ok(draft) => Ok(Written {
            outbox_id: row.id,
            text: draft.text,
            facts: draft.facts,
            state: if campaign.approval == Approval::Manual {
                OutboxState::Draft
            } else {
                row.state
            },
        }),
        Err(error) => Err(NotSent::Failed {
            reason: "not_written",
            error,
        }),
    }
}

fn closed_reason(requirement: &ContactRequirement) -> Option<&'static str> {
    match requirement {
        ContactRequirement::Free => None,
        ContactRequirement::Premium => Some("premium_only"),
        ContactRequirement::Paid { .. } => Some("payment_required"),
    }
}

/// What Telegram said about people that an account had not met.
#[derive(Default)]
struct Lookup {
    found: Vec<(i64, Peer)>,
    absent: Vec<i64>,
    later: Vec<i64>,
}

async fn look_up<'a>(
    client: &UserClient,
    contacts: impl Iterator<Item = &'a contacts::Model>,
) -> Result<Lookup, TelegramError> {
    let mut lookup = Lookup::default();
    let (with_phone, without): (Vec<_>, Vec<_>) = contacts.partition(|contact| contact.phone.is_some());
    let mut by_phone: HashMap<&str, i64> = HashMap::new();
    let mut book = Vec::new();
    for contact in &with_phone {
        let Some(phone) = contact.phone.as_deref() else {
            continue;
        };
        by_phone.insert(phone, contact.id);
        book.push(PhoneContact {
            phone: phone.to_owned(),
            first_name: contact.first_name.clone().unwrap_or_else(|| contact.name.clone()),
            last_name: contact.last_name.clone().unwrap_or_default(),
        });
    }
    if !book.is_empty() {
        let imported = client.import_contacts(&book).await?;
        let id = |phone: &String| by_phone.get(phone.as_str()).copied();
        lookup.found.extend(
            imported
                .found
                .into_iter()
                .filter_map(|(phone, peer)| Some((id(&phone)?, peer))),
        );
        lookup.absent.extend(imported.not_found.iter().filter_map(id));
        lookup.later.extend(imported.retry.iter().filter_map(id));
    }
    for (index, contact) in without.iter().enumerate() {
        match contact.username.as_deref() {
            None => lookup.absent.push(contact.id),
            Some(_) if index >= STEP_USERNAMES => lookup.later.push(contact.id),
            Some(username) => match client.resolve_username(username).await? {
                Some(peer) => lookup.found.push((contact.id, peer)),
                None => lookup.absent.push(contact.id),
            },
        }
    }
    Ok(lookup)
}
