//! Finds people in Telegram and records who they are: which rows are one person, who said stop under another name, and
//! who cannot be found.

use std::collections::{BTreeMap, HashMap, HashSet};

use alfa_store::entity::{contacts, outbox};
use alfa_store::outreach::counters::Moves;
use alfa_store::outreach::deliver::{self, NotSent};
use alfa_store::outreach::identity::{self, Found, Recognised};
use alfa_store::outreach::prepare::{self, KnownPeer, NO_PEER};
use alfa_store::types::LookupKind;
use alfa_store::{Tx, UnixMillis};
use alfa_telegram::Peer;

use super::limits::Limits;
use super::lookup::{ANOTHER_PERSON, Lookup, NO_TELEGRAM, look_up};
use super::prepare::{SOON_MS, Work};
use crate::accounts::Account;
use crate::accounts::service::explain;
use crate::app::App;
use crate::campaigns::settle;
use crate::clock::{HOUR_MS, SECOND_MS};
use crate::contacts::phone::{self, Country};
use crate::error::{AppError, AppResult, Message};

/// A phone that Telegram did not look up is tried again after this.
const RETRY_MS: i64 = HOUR_MS;
/// Why a message waits for the next look-ups.
const LOOKUP_LIMITED: &str = "lookup_limited";
/// Telegram refused to look this one person up.
const LOOKUP_FAILED: &str = "lookup_failed";

impl Work<'_> {
    /// Finds the people of these messages whom the account cannot address yet.
    pub(super) async fn find(&mut self, rows: &[outbox::Model]) -> AppResult<()> {
        let db = self.app.store.reader();
        let mut ids: Vec<i64> = rows.iter().map(|row| row.contact_id).collect();
        ids.sort_unstable();
        ids.dedup();
        let known = prepare::peers(db, self.account.id, &ids).await?;
        let known: HashSet<i64> = known.into_iter().map(|peer| peer.contact_id).collect();
        ids.retain(|id| !known.contains(id));
        let strangers = alfa_store::contacts::get_many(db, &ids).await?;
        let strangers: Vec<&contacts::Model> = strangers.iter().collect();
        let lookup = if strangers.is_empty() {
            Lookup::default()
        } else {
            look_up(self.client, &strangers, &mut self.limits, self.now).await
        };
        crate::crash::point("prepare:looked_up");
        let waits_again = |row: &&outbox::Model| row.reason.as_deref() == Some(NO_PEER);
        let back: Vec<i64> = rows
            .iter()
            .filter(|row| known.contains(&row.contact_id))
            .filter(waits_again)
            .map(|row| row.id)
            .collect();
        if !strangers.is_empty() || !back.is_empty() {
            self.record(rows, &lookup, back).await?;
        }
        self.stopped = lookup.stopped;
        Ok(())
    }

    async fn record(&mut self, rows: &[outbox::Model], lookup: &Lookup, mut back: Vec<i64>) -> AppResult<()> {
        let mut of: HashMap<i64, Vec<&outbox::Model>> = HashMap::new();
        for row in rows {
            of.entry(row.contact_id).or_default().push(row);
        }
        let of = |contact_id: &i64| of.get(contact_id).map_or(&[][..], Vec::as_slice);
        let mut moves = Moves::new();
        let tx = self.app.begin().await?;
        let found = recognise(self.app, &tx, self.account.id, lookup, (&mut moves, self.now)).await?;
        let mut outcomes: Vec<(i64, NotSent<'_>)> = Vec::new();
        let mut replan = false;
        for (contact_id, recognised) in found {
            self.progressed = true;
            let stays = match recognised {
                Recognised::Is => true,
                Recognised::Merged { kept, .. } => {
                    replan = true;
                    kept == contact_id
                }
                Recognised::Duplicate { .. } => {
                    let reason = identity::DUPLICATE;
                    outcomes.push((contact_id, NotSent::Skipped { reason }));
                    false
                }
                Recognised::Another => {
                    let reason = ANOTHER_PERSON;
                    outcomes.push((contact_id, NotSent::Skipped { reason }));
                    false
                }
                Recognised::OptedOut | Recognised::Gone => false,
            };
            if stays {
                self.met.insert(contact_id);
                back.extend(of(&contact_id).iter().map(|row| row.id));
            }
        }
        for (contact_id, reason) in &lookup.absent {
            if *reason == NO_TELEGRAM {
                prepare::mark_no_telegram(&tx, *contact_id, self.now).await?;
            }
            outcomes.push((*contact_id, NotSent::Skipped { reason }));
        }
        let until = self.now.plus_ms(RETRY_MS);
        let reason = LOOKUP_LIMITED;
        let later = lookup.later.iter();
        outcomes.extend(later.map(|id| (*id, NotSent::Deferred { until, reason })));
        for (contact_id, error) in &lookup.failed {
            let reason = LOOKUP_FAILED;
            outcomes.push((*contact_id, NotSent::Failed { reason, error }));
        }
        for (contact_id, outcome) in &outcomes {
            self.progressed = true;
            for row in of(contact_id) {
                deliver::record_not_sent(&tx, row, row.state, outcome, &mut moves).await?;
            }
        }
        self.progressed |= !back.is_empty();
        // Only what waited for its person: what is not written yet is written now.
        prepare::release_found(&tx, &back, self.now).await?;
        let mut blocked: BTreeMap<LookupKind, Vec<i64>> = BTreeMap::new();
        for (contact_id, kind) in &lookup.blocked {
            let ids = of(contact_id).iter().map(|row| row.id);
            blocked.entry(*kind).or_default().extend(ids);
        }
        for (kind, outbox_ids) in blocked {
            self.wait_for(&tx, kind, &outbox_ids).await?;
        }
        self.limits.keep(&tx).await?;
        settle(self.app, &tx, moves).await?;
        crate::crash::point("prepare:before_commit");
        tx.commit().await?;
        crate::crash::point("prepare:committed");
        self.app.events.announce();
        if replan {
            self.app.wakes.planner.signal();
        }
        self.account.lane.signal();
        Ok(())
    }

    /// Messages whose turn to be looked up has not come: what waits long makes room for others.
    pub(super) async fn wait_for(&mut self, tx: &Tx, kind: LookupKind, outbox_ids: &[i64]) -> AppResult<()> {
        let until = self.limits.until(kind, self.now);
        if until > self.now.plus_ms(SOON_MS) {
            prepare::defer(tx, outbox_ids, until, LOOKUP_LIMITED).await?;
            self.progressed = true;
        } else {
            self.wait = Some(self.wait.map_or(until, |wait| wait.min(until)));
        }
        Ok(())
    }
}

/// Records who was found; two rows that became one are noted in the audit log.
async fn recognise(
    app: &App,
    tx: &Tx,
    account_id: i64,
    lookup: &Lookup,
    (moves, now): (&mut Moves, UnixMillis),
) -> AppResult<Vec<(i64, Recognised)>> {
    let found: Vec<Found> = lookup.found.iter().map(found).collect();
    let recognised = identity::recognise(tx, account_id, &found, moves, now).await?;
    for one in &recognised {
        if let Recognised::Merged { kept, gone } = one {
            let (subject, detail) = (format!("contact:{kept}"), format!("contact:{gone}"));
            alfa_store::access::audit(tx, &app.node, "contact.merge", &subject, Some(&detail), now).await?;
        }
    }
    let ids = lookup.found.iter().map(|(id, _)| *id);
    Ok(ids.zip(recognised).collect())
}

fn found((contact_id, peer): &(i64, Peer)) -> Found {
    let phone = peer
        .phone
        .as_deref()
        .and_then(|raw| phone::normalise(raw, Country::default()).ok());
    Found {
        peer: KnownPeer {
            contact_id: *contact_id,
            telegram_user_id: peer.reference.user_id,
            access_hash: peer.reference.access_hash,
        },
        phone: phone.map(|phone| phone.to_string()),
        username: peer.username.as_deref().map(str::to_lowercase),
    }
}

/// Makes sure that the account can address a contact, for a message that an operator writes by hand.
///
/// # Errors
/// When the person is not in Telegram, is another row's or said stop, or Telegram cannot be asked now.
pub async fn ensure_peer(app: &App, account: &Account, contact: &contacts::Model) -> AppResult<()> {
    let db = app.store.reader();
    if !prepare::peers(db, account.id, &[contact.id]).await?.is_empty() {
        return Ok(());
    }
    let offline = || AppError::Unavailable {
        code: "telegram_unreachable",
        message: Message::new("account.unreachable"),
        retry_after_s: Some(10),
    };
    let client = account.client().ok_or_else(offline)?;
    let now = app.clock.now();
    let mut limits = Limits::load(db, account.id, app.config.pacing)
        .await?
        .for_one(now);
    let lookup = look_up(&client, &[contact], &mut limits, now).await;
    let mut moves = Moves::new();
    let tx = app.begin().await?;
    let recognised = recognise(app, &tx, account.id, &lookup, (&mut moves, now)).await?;
    if let Some((_, NO_TELEGRAM)) = lookup.absent.first() {
        prepare::mark_no_telegram(&tx, contact.id, now).await?;
    }
    limits.keep(&tx).await?;
    settle(app, &tx, moves).await?;
    tx.commit().await?;
    app.events.announce();
    app.wakes.planner.signal();
    if let Some(error) = lookup.stopped {
        super::prepare::stopped(app, account, &error).await?;
        return Err(explain(error));
    }
    if let Some((_, kind)) = lookup.blocked.first() {
        let wait_ms = limits.until(*kind, now).ms_since(now);
        return Err(AppError::TooManyRequests {
            retry_after_s: u64::try_from(wait_ms / SECOND_MS + 1).unwrap_or(1),
        });
    }
    let conflict = |code| {
        let message = Message::new("message.not_allowed").with("reason", code);
        Err(AppError::conflict(code, message))
    };
    match recognised.first() {
        Some((_, Recognised::Is)) => Ok(()),
        Some((id, Recognised::Merged { kept, .. })) if kept == id => Ok(()),
        Some((_, Recognised::Merged { .. } | Recognised::Duplicate { .. })) => conflict(identity::DUPLICATE),
        Some((_, Recognised::OptedOut)) => conflict("opted_out"),
        Some((_, Recognised::Another)) => conflict(ANOTHER_PERSON),
        Some((_, Recognised::Gone)) => Err(AppError::not_found("contact")),
        None => match lookup.absent.first() {
            Some((_, NO_TELEGRAM)) => Err(AppError::conflict(
                NO_TELEGRAM,
                Message::new("message.no_telegram"),
            )),
            Some((_, reason)) => conflict(*reason),
            None if lookup.failed.is_empty() => Err(offline()),
            None => conflict(LOOKUP_FAILED),
        },
    }
}
