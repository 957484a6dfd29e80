//! The demo's campaigns and dialogs, written as they would stand had they happened. No account of a real Telegram and
//! nothing that could be sent is made.

use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::Result;
use crate::entity::{campaign_contacts, campaigns, contacts, dialogs, messages};
use crate::outreach::counters::Moves;
use crate::outreach::stages::{self, BY_ALFA, BY_CONTACT, Cause};
use crate::types::{
    Approval, CampaignContactState, CampaignState, CounterKind, DialogOwner, FunnelStage, MessageAuthor,
    MessageDirection, MessageState, UnixMillis,
};

/// A message of a dialog.
#[derive(Clone, Debug)]
pub struct Line {
    /// Who wrote it.
    pub author: MessageAuthor,
    /// What it says.
    pub text: String,
    /// When it was written.
    pub at: UnixMillis,
    /// JSON array of the classes found, of a reply.
    pub labels: Option<String>,
}

/// What happened with one person of a campaign.
#[derive(Clone, Debug)]
pub struct Talk {
    /// The person.
    pub contact_id: i64,
    /// Index of the campaign's template.
    pub variant: i32,
    /// The business's day of the first message, as the counters name it.
    pub day: String,
    /// The messages; the first is ours.
    pub lines: Vec<Line>,
    /// When the person read the first message.
    pub read_at: Option<UnixMillis>,
    /// Stages that the person came to, and when.
    pub stages: Vec<(FunnelStage, UnixMillis)>,
}

/// A campaign that is over.
#[derive(Clone, Debug)]
pub struct Past {
    /// Its name.
    pub name: String,
    /// What it says of itself.
    pub description: String,
    /// Its templates.
    pub templates: Vec<String>,
    /// When it began.
    pub started_at: UnixMillis,
    /// When its last message left.
    pub completed_at: UnixMillis,
}

/// Writes a campaign with its talks down and gives its id. Nobody is in two campaigns.
///
/// # Errors
/// Of the database.
pub async fn campaign(
    db: &impl ConnectionTrait,
    account_id: i64,
    past: &Past,
    talks: &[Talk],
) -> Result<i64> {
    let (sum_ms, count) = first_replies(talks);
    let row = campaigns::ActiveModel {
        name: Set(past.name.clone()),
        description: Set(Some(past.description.clone())),
        templates: Set(serde_json::to_string(&past.templates).ok()),
        approval: Set(Approval::Auto),
        state: Set(CampaignState::Completed),
        batch_size: Set(10),
        started_at: Set(Some(past.started_at)),
        completed_at: Set(Some(past.completed_at)),
        response_ms_sum: Set(sum_ms),
        response_count: Set(count),
        created_at: Set(past.started_at),
        updated_at: Set(past.completed_at),
        ..Default::default()
    };
    let id = campaigns::Entity::insert(row).exec(db).await?.last_insert_id;
    let mut moves = Moves::new();
    for talk in talks {
        person(db, account_id, id, talk, &mut moves).await?;
    }
    moves.apply(db).await?;
    Ok(id)
}

/// Milliseconds to the first replies in all, and how many replied.
fn first_replies(talks: &[Talk]) -> (i64, i64) {
    let waits = talks.iter().filter_map(|talk| {
        let reply = talk.reply()?;
        Some(reply.at.ms_since(talk.lines.first()?.at))
    });
    waits.fold((0, 0), |(sum, count), wait| (sum + wait, count + 1))
}

impl Talk {
    fn reply(&self) -> Option<&Line> {
        self.lines
            .iter()
            .find(|line| line.author == MessageAuthor::Contact)
    }

    fn opted_out(&self) -> Option<UnixMillis> {
        let out = self
            .stages
            .iter()
            .find(|(stage, _)| *stage == FunnelStage::OptedOut);
        out.map(|(_, at)| *at)
    }
}

async fn person(
    db: &impl ConnectionTrait,
    account_id: i64,
    campaign_id: i64,
    talk: &Talk,
    moves: &mut Moves,
) -> Result<()> {
    let (Some(first), Some(last)) = (talk.lines.first(), talk.lines.last()) else {
        return Ok(());
    };
    let replied_at = talk.reply().map(|line| line.at);
    let member = campaign_contacts::ActiveModel {
        campaign_id: Set(campaign_id),
        contact_id: Set(talk.contact_id),
        state: Set(CampaignContactState::Sent),
        variant: Set(talk.variant),
        account_id: Set(Some(account_id)),
        stage: Set(FunnelStage::New),
        sent_at: Set(Some(first.at)),
        delivered: Set(true),
        read_at: Set(talk.read_at),
        replied_at: Set(replied_at),
        opted_out: Set(talk.opted_out().is_some()),
        ..Default::default()
    };
    campaign_contacts::Entity::insert(member)
        .exec_without_returning(db)
        .await?;
    count(campaign_id, talk, moves);
    let lines = talk
        .lines
        .iter()
        .map(|line| message(account_id, campaign_id, talk, line));
    messages::Entity::insert_many(lines)
        .exec_without_returning(db)
        .await?;
    let waits = last.author == MessageAuthor::Contact && talk.opted_out().is_none();
    let dialog = dialogs::ActiveModel {
        contact_id: Set(talk.contact_id),
        account_id: Set(account_id),
        // What waits, waits for a person: Alfa answers nobody here.
        owner: Set(if waits {
            DialogOwner::Human
        } else {
            DialogOwner::Ai
        }),
        owner_since: Set(waits.then_some(last.at)),
        closed_at: Set(talk.opted_out()),
        close_reason: Set(talk.opted_out().map(|_| "opted_out".to_owned())),
        campaign_id: Set(Some(campaign_id)),
        unread: Set(i32::from(waits)),
        unanswered_ai: Set(i32::from(replied_at.is_none())),
        react_seq: Set(0),
        last_message_at: Set(last.at),
        last_read_out_id: Set(0),
        ..Default::default()
    };
    dialogs::Entity::insert(dialog).exec_without_returning(db).await?;
    let inbound = talk
        .lines
        .iter()
        .rfind(|line| line.author == MessageAuthor::Contact);
    contacts::Entity::update_many()
        .col_expr(contacts::Column::LastOutreachAt, Expr::value(Some(first.at)))
        .col_expr(
            contacts::Column::LastInboundAt,
            Expr::value(inbound.map(|line| line.at)),
        )
        .col_expr(contacts::Column::LastMessageAt, Expr::value(Some(last.at)))
        .col_expr(contacts::Column::OptedOutAt, Expr::value(talk.opted_out()))
        .filter(contacts::Column::Id.eq(talk.contact_id))
        .exec(db)
        .await?;
    climb(db, campaign_id, talk, moves).await
}

fn count(campaign_id: i64, talk: &Talk, moves: &mut Moves) {
    let variant = || talk.variant.to_string();
    moves.add(
        campaign_id,
        CounterKind::State,
        CampaignContactState::Sent.as_str(),
        1,
    );
    moves.add(campaign_id, CounterKind::State, "delivered", 1);
    moves.add(campaign_id, CounterKind::SentDay, talk.day.as_str(), 1);
    moves.add(campaign_id, CounterKind::VariantTotal, variant(), 1);
    moves.add(campaign_id, CounterKind::VariantSent, variant(), 1);
    // [`climb`] takes it further.
    moves.add(campaign_id, CounterKind::Stage, FunnelStage::New.as_str(), 1);
    let happened = [
        (talk.read_at.is_some(), "read", CounterKind::VariantRead),
        (talk.reply().is_some(), "replied", CounterKind::VariantReplied),
        (
            talk.opted_out().is_some(),
            "opted_out",
            CounterKind::VariantOptedOut,
        ),
    ];
    for (_, state, by_variant) in happened.into_iter().filter(|(did, ..)| *did) {
        moves.add(campaign_id, CounterKind::State, state, 1);
        moves.add(campaign_id, by_variant, variant(), 1);
    }
}

fn message(account_id: i64, campaign_id: i64, talk: &Talk, line: &Line) -> messages::ActiveModel {
    let inbound = line.author == MessageAuthor::Contact;
    let read_at = if inbound {
        Some(line.at)
    } else {
        talk.read_at.map(|at| at.max(line.at))
    };
    messages::ActiveModel {
        account_id: Set(account_id),
        contact_id: Set(talk.contact_id),
        direction: Set(if inbound {
            MessageDirection::In
        } else {
            MessageDirection::Out
        }),
        text: Set(line.text.clone()),
        state: Set(match (inbound, read_at) {
            (true, _) => MessageState::Received,
            (false, Some(_)) => MessageState::Read,
            (false, None) => MessageState::Delivered,
        }),
        campaign_id: Set(Some(campaign_id)),
        author: Set(line.author),
        labels: Set(line.labels.clone()),
        handled_at: Set(inbound.then_some(line.at)),
        sent_at: Set(line.at),
        read_at: Set(read_at),
        ..Default::default()
    }
}

/// The person's way through the funnel.
async fn climb(db: &impl ConnectionTrait, campaign_id: i64, talk: &Talk, moves: &mut Moves) -> Result<()> {
    for (stage, at) in &talk.stages {
        let by = match stage {
            FunnelStage::Replied | FunnelStage::OptedOut => BY_CONTACT,
            _ => BY_ALFA,
        };
        let cause = Cause {
            message_id: None,
            reason: None,
            by,
            at: *at,
        };
        let to = (FunnelStage::ALL, *stage);
        stages::move_stage(db, talk.contact_id, Some(campaign_id), to, &cause, moves).await?;
    }
    Ok(())
}
