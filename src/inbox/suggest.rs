//! What the AI would answer, for the person of the team who writes. Nothing is queued.

use std::sync::Arc;

use alfa_llm::ASSISTANT_DEADLINE_MS;
use alfa_store::entity::messages;
use alfa_store::outreach::people;
use alfa_store::types::MessageDirection;

use super::{reactor, service};
use crate::ai::{self, Person};
use crate::app::App;
use crate::error::{AppError, AppResult, Message};
use crate::knowledge::ReplyClass;
use crate::policy::SkipReason;
use crate::writing::FactRef;
use crate::writing::follow_up::leading;

/// Messages that are looked through for what the person said last.
const LOOK_BACK: u64 = 40;

/// A suggested answer.
#[derive(Debug, Clone)]
pub struct Suggestion {
    /// The answer.
    pub text: String,
    /// What the person's words were taken for.
    pub category: Option<ReplyClass>,
    /// How sure that is, 0 to 1.
    pub confidence: f32,
    /// The facts that the answer tells.
    pub facts: Vec<FactRef>,
    /// Who wrote it: a provider or `offline`.
    pub provider: &'static str,
}

/// Suggests an answer to what the person said last. It is written as the AI's own answers are, but for the words that an
/// AI writes: a person of the team sends it.
///
/// # Errors
/// No such dialog; a conflict when the person has said stop, has said nothing yet, or the knowledge base has no answer.
pub async fn suggest(app: &Arc<App>, contact_id: i64) -> AppResult<Suggestion> {
    let db = app.store.reader();
    let dialog = service::newest_dialog(app, db, contact_id)
        .await?
        .ok_or_else(|| AppError::not_found("dialog"))?;
    let contact = alfa_store::contacts::get(db, contact_id).await?;
    if contact.opted_out_at.is_some() {
        return Err(service::refused(SkipReason::OptedOut));
    }
    let history = people::newest_messages(db, contact_id, LOOK_BACK).await?;
    let said = said_last(&history);
    if said.is_empty() {
        let message = Message::new("message.nothing_said");
        return Err(AppError::conflict("nothing_said", message));
    }
    let person = Person::of(Some(&contact), ASSISTANT_DEADLINE_MS);
    let (classified, _) = ai::meaning(app, &said, &person.masker).await;
    let told = reactor::Told::ByTeam;
    let answer = reactor::write(app, &dialog, &contact, &person, &classified, &said, told).await?;
    let answer = answer.ok_or_else(|| AppError::conflict("no_answer", Message::new("error.no_answer")))?;
    Ok(Suggestion {
        text: answer.draft.text,
        category: leading(&classified.classes),
        confidence: classified.confidence,
        facts: answer.draft.facts,
        provider: answer.provider,
    })
}

/// What the person wrote since our last message; when we wrote last, the person's burst before that.
fn said_last(history: &[messages::Model]) -> String {
    let theirs = |message: &&messages::Model| message.direction == MessageDirection::In;
    let newest = history.iter().rev().skip_while(|message| !theirs(message));
    let mut burst: Vec<&str> = newest
        .take_while(theirs)
        .filter(|message| message.deleted_at.is_none())
        .map(|message| message.text.as_str())
        .collect();
    burst.reverse();
    burst.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use alfa_store::UnixMillis;
    use alfa_store::types::{MessageAuthor, MessageState};

    fn message(id: i64, direction: MessageDirection, text: &str) -> messages::Model {
        messages::Model {
            id,
            account_id: 1,
            contact_id: 1,
            direction,
            telegram_message_id: Some(id),
            text: text.to_owned(),
            state: MessageState::Received,
            campaign_id: None,
            outbox_id: None,
            author: MessageAuthor::Contact,
            labels: None,
            confidence: None,
            handled_at: None,
            handled_how: None,
            sent_at: UnixMillis(id),
            read_at: None,
            edited_at: None,
            deleted_at: None,
            first_text: None,
        }
    }

    #[test]
    fn the_newest_burst_of_the_person_is_answered() {
        use MessageDirection::{In, Out};
        let mut history = vec![
            message(1, In, "old"),
            message(2, Out, "hello"),
            message(3, In, "how much"),
            message(4, In, "and when?"),
        ];
        assert_eq!(said_last(&history), "how much\nand when?");
        history[2].deleted_at = Some(UnixMillis(5));
        assert_eq!(said_last(&history), "and when?");
        history.push(message(5, Out, "soon"));
        assert_eq!(said_last(&history), "and when?");
        assert_eq!(said_last(&history[1..2]), "");
    }
}
