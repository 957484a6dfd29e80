//! A dialog as the inbox shows it: with the person and the newest message.

use super::ApiState;
use super::time::Time;
use super::word::{DialogOwner, FunnelStage, MessageAuthor, MessageDirection, MessageState};
use crate::error::AppResult;
use alfa_store::entity::dialogs::Model;
use alfa_store::entity::{contacts, messages};
use serde::Serialize;
use std::collections::HashMap;
use utoipa::ToSchema;

/// Characters of the newest message that the list shows.
const PREVIEW_CHARS: usize = 200;

/// A dialog with a contact.
#[derive(Debug, Serialize, ToSchema)]
pub struct Dialog {
    pub contact_id: i64,
    /// The contact's name.
    pub contact_name: Option<String>,
    pub account_id: i64,
    /// Who answers.
    pub owner: DialogOwner,
    pub owner_since: Option<Time>,
    pub closed_at: Option<Time>,
    pub close_reason: Option<String>,
    pub campaign_id: Option<i64>,
    pub product_id: Option<i64>,
    /// Messages of the person that nobody has seen.
    pub unread: i32,
    pub last_message_at: Time,
    /// The newest message with the person, on whichever account.
    pub last_message: Option<LastMessage>,
    pub stage: Option<FunnelStage>,
    /// The person said stop.
    pub opted_out: bool,
    /// The AI is about to answer.
    pub answer_due: bool,
}

/// A message in short.
#[derive(Debug, Serialize, ToSchema)]
pub struct LastMessage {
    pub id: i64,
    /// Its beginning, at most 200 characters.
    pub text: String,
    pub direction: MessageDirection,
    pub author: MessageAuthor,
    pub state: MessageState,
    pub sent_at: Time,
    /// It was deleted in Telegram.
    pub deleted: bool,
}

impl From<messages::Model> for LastMessage {
    fn from(row: messages::Model) -> Self {
        Self {
            id: row.id,
            text: row.text.chars().take(PREVIEW_CHARS).collect(),
            direction: row.direction.into(),
            author: row.author.into(),
            state: row.state.into(),
            sent_at: row.sent_at.into(),
            deleted: row.deleted_at.is_some(),
        }
    }
}

fn dialog(
    row: Model,
    contact: Option<&contacts::Model>,
    newest: Option<messages::Model>,
    answers: &[i64],
) -> Dialog {
    Dialog {
        contact_id: row.contact_id,
        contact_name: contact.map(|contact| contact.name.clone()),
        account_id: row.account_id,
        owner: row.owner.into(),
        owner_since: row.owner_since.map(Time),
        closed_at: row.closed_at.map(Time),
        close_reason: row.close_reason,
        campaign_id: row.campaign_id,
        product_id: row.product_id,
        unread: row.unread,
        last_message_at: row.last_message_at.into(),
        last_message: newest.map(LastMessage::from),
        stage: contact.map(|contact| contact.stage.into()),
        opted_out: contact.is_some_and(|contact| contact.opted_out_at.is_some()),
        answer_due: row.react_due_at.is_some() || answers.contains(&row.contact_id),
    }
}

/// The dialogs (at most a page of them) as the inbox shows them.
///
/// # Errors
/// Of the database.
pub async fn many(state: &ApiState, rows: Vec<Model>) -> AppResult<Vec<Dialog>> {
    let db = state.store().reader();
    let ids: Vec<i64> = rows.iter().map(|row| row.contact_id).collect();
    let contacts = alfa_store::contacts::get_many(db, &ids).await?;
    let people: HashMap<i64, &contacts::Model> = contacts.iter().map(|row| (row.id, row)).collect();
    let mut newest = alfa_store::messages::newest_of_each(db, &ids).await?;
    let answers = alfa_store::outbox::answers_waiting(db, &ids).await?;
    let shown = rows.into_iter().map(|row| {
        let id = row.contact_id;
        dialog(row, people.get(&id).copied(), newest.remove(&id), &answers)
    });
    Ok(shown.collect())
}

/// One dialog.
///
/// # Errors
/// Of the database.
pub async fn one(state: &ApiState, row: Model) -> AppResult<Dialog> {
    let db = state.store().reader();
    let id = row.contact_id;
    let contact = alfa_store::contacts::find(db, id).await?;
    let newest = alfa_store::messages::newest_of_each(db, &[id]).await?.remove(&id);
    let answers = alfa_store::outbox::answers_waiting(db, &[id]).await?;
    Ok(dialog(row, contact.as_ref(), newest, &answers))
}
