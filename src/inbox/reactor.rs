//! Answers what people wrote, once per burst: classify, look the reaction up, write the follow-up, queue it.
//!
//! Everything that a reaction changes is one transaction: the messages are marked as handled, the stage moves, and the
//! follow-up is in the outbox, or none of it. A process killed before the commit leaves the messages unhandled.

use std::sync::Arc;

use alfa_store::entity::{contacts, dialogs, messages};
use alfa_store::outreach::counters::Moves;
use alfa_store::outreach::lane::Lease;
use alfa_store::outreach::stages::{BY_ALFA, Cause, move_stage as move_in_funnel};
use alfa_store::outreach::{people, react as store_react, takeover};
use alfa_store::types::{ConsentBasis, DialogOwner, FunnelStage, MessageDirection, OutboxKind};
use alfa_store::{Tx, UnixMillis};
use futures::StreamExt as _;
use futures::future::BoxFuture;
use serde_json::json;

use super::classify::Classification;
use super::reaction::{FollowUpKind, Reaction, react_all};
use super::receive::MEDIA_NOTE;
use crate::ai::{self, Person};
use crate::app::App;
use crate::campaigns::draft::profile_of;
use crate::clock::{MINUTE_MS, SECOND_MS};
use crate::error::AppResult;
use crate::events::{Event, Topic};
use crate::funnel::Stage;
use crate::outbox;
use crate::policy::{self, Intent, Sendable, Verdict};
use crate::text::Lang;
use crate::workers::Next;
use crate::writing::check::CheckContext;
use crate::writing::compose::disclosure;
use crate::writing::follow_up::{FollowUpContext, Promise, PromiseKind, follow_up};
use crate::writing::recommend::recommend;
use crate::writing::vet::vetted;
use crate::writing::{Draft, FactRef, Profile, ToldFacts, guess_form, guess_language};

/// Dialogs that one step answers.
const STEP_DIALOGS: u64 = 50;
/// Messages of one burst that are read together, the newest; the ones before them are only noted.
const BURST_MESSAGES: u64 = 50;
/// How long a reaction may take before another process may do it.
const LEASE_MS: i64 = 3 * MINUTE_MS;
/// How long AI providers have for an answer to a person who waits for it.
const REPLY_PATIENCE_MS: i64 = 40 * SECOND_MS;
/// Dialogs that AI providers answer at once.
const ANSWERED_AT_ONCE: usize = 4;
/// Messages of the dialog that the writer looks back on.
const LOOK_BACK: u64 = 40;

/// Makes reactions that a killed process had begun due again.
///
/// # Errors
/// When the database fails.
pub async fn release_dead(app: &App) -> AppResult<()> {
    let tx = app.begin().await?;
    store_react::release_dead(&tx, &app.node, app.clock.now()).await?;
    tx.commit().await?;
    Ok(())
}

/// Starts the worker that answers.
pub fn start_worker(app: &Arc<App>) {
    let owner = app.clone();
    app.workers
        .run("reactor", app.wakes.reactor.clone(), app.for_ever(), move || {
            step(owner.clone())
        });
}

async fn step(app: Arc<App>) -> AppResult<Next> {
    let now = app.clock.now();
    let due = store_react::due(app.store.reader(), now, STEP_DIALOGS).await?;
    if due.is_empty() {
        return Ok(store_react::next_due(app.store.reader())
            .await?
            .map_or(Next::Idle, Next::At));
    }
    // An AI provider takes seconds for an answer; the offline engine is not worth doing two things at once.
    let at_once = if app.ai.outreach().is_configured() {
        ANSWERED_AT_ONCE
    } else {
        1
    };
    let mut answers: Vec<BoxFuture<'_, ()>> = Vec::new();
    for dialog in &due {
        let app = &app;
        answers.push(Box::pin(async move {
            // One dialog that cannot be answered does not hold up the others: its lease puts it off.
            if let Err(error) = answer(app, dialog, now).await {
                tracing::error!(dialog_id = dialog.id, %error, "a dialog could not be answered");
            }
        }));
    }
    futures::stream::iter(answers)
        .buffer_unordered(at_once)
        .collect::<()>()
        .await;
    Ok(Next::Again)
}

async fn answer(app: &App, dialog: &dialogs::Model, now: UnixMillis) -> AppResult<()> {
    let tx = app.begin().await?;
    let lease = Lease {
        owner: &app.node,
        until: now.plus_ms(LEASE_MS),
    };
    if !store_react::lease(&tx, dialog, lease).await? {
        return Ok(());
    }
    tx.commit().await?;
    crate::crash::point("react:leased");

    let burst = store_react::unhandled(
        app.store.reader(),
        dialog.account_id,
        dialog.contact_id,
        BURST_MESSAGES,
    )
    .await?;
    let contact = alfa_store::contacts::get(app.store.reader(), dialog.contact_id).await?;
    let decided = decide(app, dialog, &contact, &burst).await?;
    let tx = app.begin().await?;
    record(app, &tx, dialog, &contact, &burst, decided).await?;
    crate::crash::point("react:before_commit");
    tx.commit().await?;
    crate::crash::point("react:done");
    app.events.announce();
    if let Some(account) = app.accounts.get(dialog.account_id) {
        account.lane.signal();
    }
    Ok(())
}

/// Whether a promise is of this kind and must be kept at once.
fn due(promise: &Promise, kind: PromiseKind) -> bool {
    promise.kind == kind && !promise.if_confirmed
}

/// What is to be done about a burst.
struct Decided {
    classified: Classification,
    reaction: Reaction,
    draft: Option<Answer>,
}

/// The text of an answer, what it promises, and who wrote it.
pub(super) struct Answer {
    pub(super) draft: Draft,
    promises: Vec<Promise>,
    pub(super) provider: &'static str,
    rests_on: ToldFacts,
}

/// Who will send what is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    /// The AI: the first time it says so.
    ByAi,
    /// A person of the team.
    ByTeam,
}

async fn decide(
    app: &App,
    dialog: &dialogs::Model,
    contact: &contacts::Model,
    burst: &[messages::Model],
) -> AppResult<Decided> {
    let text = burst
        .iter()
        .map(|message| message.text.as_str())
        .collect::<Vec<_>>()
        .join("\n");
    let person = Person::of(Some(contact), REPLY_PATIENCE_MS);
    let (classified, _) = ai::meaning(app, &text, &person.masker).await;
    let stage = stage_before(contact, burst);
    let mut reaction = react_all(&classified.classes, classified.confidence, stage);
    if burst.iter().any(|message| message.text == MEDIA_NOTE) {
        // Only a person can look at a picture or listen to a voice.
        reaction.follow_up = FollowUpKind::None;
        reaction = reaction.to_person();
    }
    let draft = match reaction.follow_up {
        FollowUpKind::Answer => write(app, dialog, contact, &person, &classified, &text, Told::ByAi).await?,
        FollowUpKind::None | FollowUpKind::OptOutConfirmation => None,
    };
    if draft.is_none() && reaction.follow_up == FollowUpKind::Answer {
        // Nothing fitting is left to say: a person of the team goes on.
        reaction = reaction.to_person();
    }
    Ok(Decided {
        classified,
        reaction,
        draft,
    })
}

pub(super) async fn write(
    app: &App,
    dialog: &dialogs::Model,
    contact: &contacts::Model,
    person: &Person,
    classified: &Classification,
    text: &str,
    told_by: Told,
) -> AppResult<Option<Answer>> {
    let kb = app.knowledge();
    let db = app.store.reader();
    let history = people::newest_messages(db, contact.id, LOOK_BACK).await?;
    let texts = |direction| {
        let of = history
            .iter()
            .filter(move |message: &&messages::Model| message.direction == direction);
        of.map(|message| message.text.clone()).collect::<Vec<_>>()
    };
    let sent = texts(MessageDirection::Out);
    let before: Vec<ToldFacts> = people::facts_told(db, contact.id, LOOK_BACK)
        .await?
        .iter()
        .filter_map(|facts| serde_json::from_str(facts).ok())
        .collect();
    let disclosed = kb
        .blocks
        .ai_disclosure
        .iter()
        .any(|block| before.iter().any(|told| told.blocks.contains(&block.id)));
    let told: Vec<FactRef> = before.into_iter().flat_map(|told| told.facts).collect();
    let profile = Profile {
        said: texts(MessageDirection::In),
        ..profile_of(contact)
    };
    // Who wrote first is told of what fits them best.
    let best = || Some(recommend(&profile, &kb, Lang::Ru)?.best.product_id);
    let product = dialog.product_id.or_else(best).and_then(|id| kb.product(id));
    let context = FollowUpContext {
        kb: &kb,
        product,
        profile: &profile,
        language: guess_language(text).unwrap_or_else(|| profile.writes_in()),
        form: guess_form(text).unwrap_or_else(|| profile.addressed_as()),
        said: text,
        told: &told,
        sent: &sent,
        on_list: contact.consent_basis == ConsentBasis::OperatorAttested,
        persona: None,
    };
    let rules = CheckContext {
        kb: &kb,
        products: product.into_iter().collect(),
        profile: Some(&profile),
        today: app.today(),
    };
    let seed = app.clock.random_u64();
    let offline = || {
        let write = |seed| follow_up(&classified.classes, &context, seed, app.today());
        vetted(&rules, seed, write, |written| written.draft.text.as_str())
    };
    let (mut written, provider) = match ai::answer(app, &classified.classes, &context, person).await {
        Some((written, provider)) => (written, provider.name()),
        None => match offline() {
            Some(written) => (written, ai::OFFLINE),
            None => return Ok(None),
        },
    };
    if told_by == Told::ByAi && app.config.ai_disclosure && !disclosed {
        // The first message that the AI writes to a person says so: after a template, or to who wrote first, it is this.
        let (text, blocks) = disclosure(&kb, context.language, context.form, seed);
        written.draft.text = format!("{}\n\n{text}", written.draft.text);
        written.draft.blocks.extend(blocks);
    }
    Ok(Some(Answer {
        rests_on: ToldFacts::of(&written.draft, provider, &kb),
        draft: written.draft,
        promises: written.promises,
        provider,
    }))
}

async fn record(
    app: &App,
    tx: &Tx,
    dialog: &dialogs::Model,
    contact: &contacts::Model,
    burst: &[messages::Model],
    decided: Decided,
) -> AppResult<()> {
    let now = app.clock.now();
    if !store_react::finish(tx, dialog).await? {
        // The person wrote again, or somebody of the team was quicker: what was decided is out of date. The messages
        // are still unhandled, and whoever made it so has seen to it that they are looked at.
        return Ok(());
    }
    let ids: Vec<i64> = burst.iter().map(|message| message.id).collect();
    let labels = json!(decided.classified.classes).to_string();
    let mut hand_over = decided.reaction.hand_over;
    let mut answer = None;
    let mut refused = None;
    if let (Some(written), Some(last)) = (decided.draft, burst.last()) {
        hand_over |= written
            .promises
            .iter()
            .any(|promise| due(promise, PromiseKind::HandOver));
        // The last word before a person goes on may leave in that person's dialog.
        let kind = if hand_over {
            OutboxKind::Reply
        } else {
            OutboxKind::FollowUp
        };
        match admitted(app, tx, dialog, contact, (kind, written), last.id).await? {
            Ok(sendable) => answer = Some(sendable),
            // The machine may not answer, and the question is there all the same: a person of the team must know.
            Err(reason) => {
                refused = Some(reason);
                hand_over = true;
            }
        }
    }
    let how = match (&answer, hand_over) {
        (Some(_), _) => store_react::ANSWERED,
        (None, true) => store_react::LEFT_TO_HUMAN,
        (None, false) => "noted",
    };
    let confidence = Some(f64::from(decided.classified.confidence));
    let handled = store_react::Handled {
        labels: Some(&labels),
        confidence,
        how,
        at: now,
    };
    if store_react::mark_handled(tx, &ids, &handled).await? != ids.len() as u64 {
        // Somebody else was quicker with some of them: what is left is looked at again.
        store_react::schedule(tx, contact.id, now).await?;
        return Ok(());
    }
    let Some(last) = burst.last() else { return Ok(()) };
    store_react::mark_all(tx, (Some(dialog.account_id), contact.id), "noted", now).await?;
    let mut moves = Moves::new();
    move_stage(tx, dialog, contact, &decided.reaction, (last.id, now), &mut moves).await?;
    if let Some(sendable) = answer {
        outbox::enqueue(tx, sendable, &app.clock).await?;
    }
    if hand_over {
        takeover::set_owner(tx, contact.id, DialogOwner::Human, now).await?;
    }
    if decided.reaction.close {
        takeover::close(
            tx,
            contact.id,
            decided
                .reaction
                .lost_reason
                .map_or("answered", |reason| reason.name()),
            now,
        )
        .await?;
    }
    crate::campaigns::count(app, tx, moves).await?;
    let body = json!({
        "contact_id": contact.id,
        "classes": decided.classified.classes,
        "stage": decided.reaction.next_stage,
        "notify": decided.reaction.notify || hand_over,
        "owner": if hand_over { "human" } else { "ai" },
        "answered": how == store_react::ANSWERED,
        "refused": refused,
    });
    let event = Event::new(Topic::Dialog, body)
        .contact(contact.id)
        .campaign(dialog.campaign_id);
    app.events.append(tx, &event, now).await?;
    Ok(())
}

async fn move_stage(
    tx: &Tx,
    dialog: &dialogs::Model,
    contact: &contacts::Model,
    reaction: &Reaction,
    (message_id, at): (i64, UnixMillis),
    moves: &mut Moves,
) -> AppResult<()> {
    let to = stored_stage(reaction.next_stage);
    if to != contact.stage {
        let step = (&[contact.stage][..], to);
        let cause = Cause {
            message_id: Some(message_id),
            reason: reaction.lost_reason.map(|reason| reason.name()),
            by: BY_ALFA,
            at,
        };
        move_in_funnel(tx, contact.id, dialog.campaign_id, step, &cause, moves).await?;
    }
    Ok(())
}

/// The stage before the burst. That the person wrote has made the contact `Replied` already; the table of reactions
/// asks what they were until then.
fn stage_before(contact: &contacts::Model, burst: &[messages::Model]) -> Stage {
    let by_this = burst
        .iter()
        .any(|message| Some(message.id) == contact.stage_message_id);
    if contact.stage == FunnelStage::Replied && by_this {
        Stage::Contacted
    } else {
        stage_of(contact.stage)
    }
}

/// Asks the gate about the follow-up; answers why not when it does not let it through.
async fn admitted(
    app: &App,
    tx: &Tx,
    dialog: &dialogs::Model,
    contact: &contacts::Model,
    (kind, written): (OutboxKind, Answer),
    in_reply_to: i64,
) -> AppResult<Result<Sendable, &'static str>> {
    let now = app.clock.now();
    let people = policy::people::load(app, tx, &[contact.id], dialog.account_id).await?;
    let Some(person) = people.get(&contact.id) else {
        return Ok(Err("no_contact"));
    };
    let intent = Intent {
        account_id: dialog.account_id,
        contact_id: contact.id,
        campaign_id: dialog.campaign_id,
        dialog_step: alfa_store::outreach::plan::next_step(tx, dialog.campaign_id, contact.id).await?,
        kind,
        facts: Some(json!(written.rests_on).to_string()),
        text: Some(written.draft.text),
        in_reply_to: Some(in_reply_to),
        not_before: now,
    };
    Ok(match policy::admit(person, intent, &app.policy(), now) {
        Verdict::Send(sendable) => Ok(sendable),
        Verdict::Skip(reason) => Err(reason.as_str()),
        Verdict::Defer(_) => Err("quiet_hours"),
    })
}

/// The stage as the rules know it.
fn stage_of(stage: FunnelStage) -> Stage {
    Stage::ALL
        .into_iter()
        .find(|known| known.name() == stage.as_str())
        .unwrap_or_default()
}

/// The stage as the table knows it.
fn stored_stage(stage: Stage) -> FunnelStage {
    stage.name().parse().unwrap_or(FunnelStage::New)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_lists_of_stages_are_the_same() {
        for stage in Stage::ALL {
            assert_eq!(stage_of(stored_stage(stage)), stage);
        }
        assert_eq!(FunnelStage::ALL.len(), Stage::ALL.len());
    }
}
