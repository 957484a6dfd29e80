//! Groups and channels that our accounts are in. Reading a group's members makes contacts without consent: a campaign
//! cannot write to them until somebody records another basis.

use std::collections::HashSet;
use std::sync::Arc;

use alfa_store::contacts::{self, Profile};
use alfa_store::entity::{group_members, jobs as job_row, telegram_groups};
use alfa_store::groups::{NewGroup, NewMember};
use alfa_store::jobs::{self, NewJob};
use alfa_store::outreach::prepare::{self, KnownPeer};
use alfa_store::types::{ContactSource, GroupKind};
use alfa_store::{Order, Page, PageOf, Tx};
use alfa_telegram::{Group, GroupRef, Peer};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::accounts::service::explain;
use crate::app::App;
use crate::contacts::phone::{self, Country};
use crate::error::{AppError, AppResult, Message};
use crate::jobs::Held;

/// Kind of the job that reads a group's members.
pub const JOB_KIND: &str = "parse_members";
/// Members that one call to Telegram brings.
const PAGE_MEMBERS: usize = 200;
/// Members that one parsing may read.
pub const MOST_MEMBERS: i64 = 100_000;

#[derive(Serialize, Deserialize)]
struct Payload {
    group_id: i64,
    limit: i64,
}

/// The groups as last seen.
///
/// # Errors
/// A cursor that is not of this list.
pub async fn list(app: &App, order: Order, page: &Page) -> AppResult<(PageOf<telegram_groups::Model>, u64)> {
    let db = app.store.reader();
    Ok((
        alfa_store::groups::list(db, None, order, page).await?,
        alfa_store::groups::total(db, None).await?,
    ))
}

/// Asks Telegram which groups our accounts are in now.
///
/// # Errors
/// When no account is connected; what Telegram says.
pub async fn refresh(app: &App) -> AppResult<()> {
    let mut asked = false;
    for account in app.accounts.all() {
        let Some(client) = account.client() else { continue };
        let groups: Vec<NewGroup> = client
            .groups()
            .await
            .map_err(explain)?
            .into_iter()
            .map(new_group)
            .collect();
        let tx = app.begin().await?;
        alfa_store::groups::save(&tx, account.id, &groups, app.clock.now()).await?;
        tx.commit().await?;
        asked = true;
    }
    if asked {
        Ok(())
    } else {
        Err(AppError::conflict(
            "no_account",
            Message::new("campaign.no_account"),
        ))
    }
}

fn new_group(group: Group) -> NewGroup {
    NewGroup {
        telegram_id: group.reference.telegram_id,
        access_hash: group.reference.access_hash,
        title: group.title,
        username: group.username.map(|name| name.to_lowercase()),
        kind: stored_kind(group.reference.kind),
        members_count: group.members_count.map_or(0, i64::from),
    }
}

fn stored_kind(kind: alfa_telegram::GroupKind) -> GroupKind {
    match kind {
        alfa_telegram::GroupKind::Group => GroupKind::Group,
        alfa_telegram::GroupKind::Supergroup => GroupKind::Supergroup,
        alfa_telegram::GroupKind::Channel => GroupKind::Channel,
    }
}

fn telegram_kind(kind: GroupKind) -> alfa_telegram::GroupKind {
    match kind {
        GroupKind::Group => alfa_telegram::GroupKind::Group,
        GroupKind::Supergroup => alfa_telegram::GroupKind::Supergroup,
        GroupKind::Channel => alfa_telegram::GroupKind::Channel,
    }
}

/// The members found by parsing.
///
/// # Errors
/// No such group; a cursor that is not of this list.
pub async fn members(
    app: &App,
    group_id: i64,
    order: Order,
    page: &Page,
) -> AppResult<(PageOf<group_members::Model>, u64)> {
    let db = app.store.reader();
    alfa_store::groups::get(db, group_id).await?;
    let total = alfa_store::groups::member_total(db, group_id).await?;
    Ok((
        alfa_store::groups::members(db, group_id, order, page).await?,
        total,
    ))
}

/// Asks for a group's members to be read in the background. While one reading goes on, the same is answered.
///
/// # Errors
/// No such group; a limit out of its bounds.
pub async fn parse_members(app: &App, group_id: i64, limit: Option<i64>) -> AppResult<job_row::Model> {
    let limit = limit.unwrap_or(MOST_MEMBERS);
    if !(1..=MOST_MEMBERS).contains(&limit) {
        return Err(AppError::invalid(
            "limit",
            Message::new("group.limit").with("most", MOST_MEMBERS),
        ));
    }
    let tx = app.begin().await?;
    alfa_store::groups::get(&tx, group_id).await?;
    let now = app.clock.now();
    let job = NewJob {
        kind: JOB_KIND.to_owned(),
        unique_key: Some(format!("{JOB_KIND}:{group_id}")),
        payload: json!(Payload { group_id, limit }).to_string(),
        run_at: now,
    };
    let id = jobs::enqueue(&tx, &job, now).await?.id();
    let row = jobs::get(&tx, id).await?;
    tx.commit().await?;
    app.wakes.jobs.signal();
    Ok(row)
}

/// Reads the members: the job. It goes on at the job's cursor after a restart.
///
/// # Errors
/// What Telegram says, in the operator's words.
pub async fn run_job(app: &Arc<App>, job: &Held) -> AppResult<serde_json::Value> {
    let payload: Payload = serde_json::from_str(&job.row.payload).map_err(AppError::internal)?;
    let group = alfa_store::groups::get(app.store.reader(), payload.group_id).await?;
    let client = app
        .accounts
        .get(group.account_id)
        .and_then(|account| account.client())
        .ok_or_else(|| AppError::Unavailable {
            code: "telegram_unreachable",
            message: Message::new("account.unreachable"),
            retry_after_s: Some(10),
        })?;
    let reference = GroupRef {
        telegram_id: group.telegram_id,
        access_hash: group.access_hash,
        kind: telegram_kind(group.kind),
    };
    let ours = our_users(app, group.account_id).await?;
    let limit = usize::try_from(payload.limit).unwrap_or_default();
    let mut offset = job
        .row
        .cursor
        .as_deref()
        .and_then(|cursor| cursor.parse().ok())
        .unwrap_or(0_usize);
    let mut seen = offset;
    while seen < limit {
        let page = client
            .group_members(&reference, offset, PAGE_MEMBERS.min(limit - seen))
            .await
            .map_err(explain)?;
        let people: Vec<Peer> = page
            .members
            .into_iter()
            .filter(|peer| !peer.is_bot && !peer.is_deleted && !ours.contains(&peer.reference.user_id))
            .collect();
        let tx = app.begin().await?;
        save(app, &tx, &group, &people).await?;
        seen += people.len();
        let Some(next) = page.next_offset else {
            alfa_store::groups::set_parsed(&tx, group.id, app.clock.now()).await?;
            tx.commit().await?;
            break;
        };
        offset = next;
        let total = i64::try_from(page.total).ok();
        job.progress(
            &tx,
            i64::try_from(seen).unwrap_or(i64::MAX),
            total,
            &offset.to_string(),
        )
        .await?;
        tx.commit().await?;
    }
    Ok(json!({ "group_id": group.id, "members": seen }))
}

/// Our own accounts in Telegram: members of their groups too, and nobody's customers.
async fn our_users(app: &App, account_id: i64) -> AppResult<HashSet<i64>> {
    let db = app.store.reader();
    let environment = alfa_store::accounts::get(db, account_id).await?.environment;
    let all = alfa_store::accounts::list(db, environment).await?;
    Ok(all.into_iter().filter_map(|row| row.telegram_user_id).collect())
}

async fn save(app: &App, tx: &Tx, group: &telegram_groups::Model, people: &[Peer]) -> AppResult<()> {
    let now = app.clock.now();
    let members: Vec<NewMember> = people
        .iter()
        .map(|peer| NewMember {
            telegram_user_id: peer.reference.user_id,
            name: name_of(peer),
            username: peer.username.as_deref().map(str::to_lowercase),
        })
        .collect();
    for peer in people {
        let contact_id = contact_of(app, tx, group.account_id, peer).await?;
        let known = KnownPeer {
            contact_id,
            telegram_user_id: peer.reference.user_id,
            access_hash: peer.reference.access_hash,
        };
        if known.access_hash != 0 {
            prepare::remember_peer(tx, group.account_id, known).await?;
        }
    }
    alfa_store::groups::save_members(tx, group.id, &members, now).await?;
    alfa_store::groups::link_members(tx, group.id).await?;
    Ok(())
}

/// The contact of a member; a member whom nobody knows becomes one, without consent.
async fn contact_of(app: &App, tx: &Tx, account_id: i64, peer: &Peer) -> AppResult<i64> {
    let phone = peer
        .phone
        .as_deref()
        .and_then(|raw| phone::normalise(raw, Country::default()).ok());
    let phone = phone.map(|phone| phone.to_string());
    let username = peer.username.as_deref().map(str::to_lowercase);
    let user_id = peer.reference.user_id;
    let known = alfa_store::outreach::receive::contact_of(
        tx,
        account_id,
        user_id,
        phone.as_deref(),
        username.as_deref(),
    );
    if let Some(id) = known.await? {
        prepare::identify(tx, id, user_id).await?;
        return Ok(id);
    }
    let (phone, username) =
        alfa_store::outreach::receive::untaken(tx, phone.as_deref(), username.as_deref()).await?;
    let profile = Profile {
        name: name_of(peer),
        first_name: peer.first_name.clone(),
        last_name: peer.last_name.clone(),
        phone,
        username,
        telegram_user_id: Some(user_id),
        ..Profile::default()
    };
    Ok(
        contacts::create(tx, profile, ContactSource::Group, app.clock.now())
            .await?
            .id,
    )
}

/// A person's name as Telegram shows it, or the username.
pub fn name_of(peer: &Peer) -> String {
    let parts = [peer.first_name.as_deref(), peer.last_name.as_deref()];
    let name = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    match (name.is_empty(), peer.username.as_deref()) {
        (false, _) => name,
        (true, Some(username)) => format!("@{username}"),
        (true, None) => "Telegram".to_owned(),
    }
}
