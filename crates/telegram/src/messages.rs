//! Sending, and reading conversations.

use std::fmt;

use grammers_tl_types as tl;

use crate::incoming::user_of;
use crate::types::millis;
use crate::{PeerRef, TelegramError, UserClient};

/// Messages that one call may bring.
const MESSAGES_PER_CALL: usize = 100;
/// Calls that a search for a sent message may take.
const MAX_SEARCH_CALLS: usize = 5;

/// A message that Telegram took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SentMessage {
    /// Its id in this account.
    pub telegram_message_id: i32,
    /// When, by Telegram's clock; milliseconds since 1970.
    pub sent_at_ms: i64,
}

/// A message of a conversation's history.
#[derive(Clone, PartialEq, Eq)]
pub struct HistoryMessage {
    /// Its id in this account.
    pub id: i32,
    /// The text, or the caption of a picture or file.
    pub text: String,
    /// Written from our account.
    pub out: bool,
    /// It carries a picture, a file or the like.
    pub has_media: bool,
    /// When it was sent; milliseconds since 1970.
    pub date_ms: i64,
    /// When it was last edited.
    pub edited_ms: Option<i64>,
}

impl fmt::Debug for HistoryMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HistoryMessage")
            .field("id", &self.id)
            .field("out", &self.out)
            .field("date_ms", &self.date_ms)
            .finish_non_exhaustive()
    }
}

impl UserClient {
    /// Sends a plain text. It is sent at most once for one `random_id`, however often this is called with it.
    ///
    /// # Errors
    /// [`TelegramError::RandomIdDuplicate`] when it was sent before ([`UserClient::find_sent`] finds it);
    /// [`TelegramError::UnknownOutcome`] when it may have been sent: repeat with the same `random_id`.
    pub async fn send_text(
        &self,
        peer: PeerRef,
        text: &str,
        random_id: i64,
    ) -> Result<SentMessage, TelegramError> {
        self.session().remember_reference(peer);
        let request = tl::functions::messages::SendMessage {
            no_webpage: true,
            silent: false,
            background: false,
            clear_draft: false,
            noforwards: false,
            update_stickersets_order: false,
            invert_media: false,
            allow_paid_floodskip: false,
            peer: peer.input_peer(),
            reply_to: None,
            message: text.to_owned(),
            random_id,
            reply_markup: None,
            entities: None,
            schedule_date: None,
            schedule_repeat_period: None,
            send_as: None,
            quick_reply_shortcut: None,
            effect: None,
            allow_paid_stars: None,
            suggested_post: None,
            rich_message: None,
        };
        let answer = self.invoke(&request).await?;
        sent_message(&answer, random_id)
            .ok_or_else(|| TelegramError::UnknownOutcome("the answer does not name the message".to_owned()))
    }

    /// Gives a message of ours in a conversation another text. That it has this text already is no error.
    ///
    /// # Errors
    /// [`TelegramError::Rpc`] with `MESSAGE_EDIT_TIME_EXPIRED` or `MESSAGE_ID_INVALID`; [`TelegramError::Refused`] for a
    /// person who cannot be addressed; those of the connection.
    pub async fn edit_text(&self, peer: PeerRef, message_id: i32, text: &str) -> Result<(), TelegramError> {
        self.session().remember_reference(peer);
        let request = tl::functions::messages::EditMessage {
            no_webpage: true,
            invert_media: false,
            peer: peer.input_peer(),
            id: message_id,
            message: Some(text.to_owned()),
            media: None,
            reply_markup: None,
            entities: None,
            schedule_date: None,
            schedule_repeat_period: None,
            quick_reply_shortcut_id: None,
            rich_message: None,
        };
        match self.invoke(&request).await {
            Err(TelegramError::Rpc { name, .. }) if name == "MESSAGE_NOT_MODIFIED" => Ok(()),
            answer => answer.map(|_updates| ()),
        }
    }

    /// Our messages with this text in a conversation, newest first, back to the given time (milliseconds since 1970
    /// by Telegram's clock; 0 for no limit). Looks at the newest 500 messages at most.
    ///
    /// # Errors
    /// Those of the connection.
    pub async fn find_sent(
        &self,
        peer: PeerRef,
        text: &str,
        since_ms: i64,
    ) -> Result<Vec<HistoryMessage>, TelegramError> {
        // Telegram keeps whole seconds and trims texts.
        let since_ms = since_ms - since_ms.rem_euclid(1000);
        let mut found = Vec::new();
        let mut before_id = None;
        for _ in 0..MAX_SEARCH_CALLS {
            let page = self.history(peer, MESSAGES_PER_CALL, before_id).await?;
            let Some(oldest) = page.last() else { break };
            before_id = Some(oldest.id);
            let done = oldest.date_ms < since_ms || page.len() < MESSAGES_PER_CALL;
            let ours = |message: &HistoryMessage| {
                message.out && message.date_ms >= since_ms && message.text.trim() == text.trim()
            };
            found.extend(page.into_iter().filter(ours));
            if done {
                break;
            }
        }
        Ok(found)
    }

    /// Messages of a conversation, newest first, at most 100, older than `before_id` if given.
    ///
    /// # Errors
    /// [`TelegramError::Refused`] for a person who cannot be addressed; those of the connection.
    pub async fn history(
        &self,
        peer: PeerRef,
        limit: usize,
        before_id: Option<i32>,
    ) -> Result<Vec<HistoryMessage>, TelegramError> {
        let request = tl::functions::messages::GetHistory {
            peer: peer.input_peer(),
            offset_id: before_id.unwrap_or(0),
            offset_date: 0,
            add_offset: 0,
            limit: i32::try_from(limit.min(MESSAGES_PER_CALL)).unwrap_or(i32::MAX),
            max_id: 0,
            min_id: 0,
            hash: 0,
        };
        let (messages, users) = match self.invoke(&request).await? {
            tl::enums::messages::Messages::Messages(answer) => (answer.messages, answer.users),
            tl::enums::messages::Messages::Slice(answer) => (answer.messages, answer.users),
            tl::enums::messages::Messages::ChannelMessages(answer) => (answer.messages, answer.users),
            tl::enums::messages::Messages::NotModified(_) => (Vec::new(), Vec::new()),
        };
        self.session().remember(&users);
        Ok(messages.into_iter().filter_map(history_message).collect())
    }

    /// Marks a person's messages up to an id as read: they see it.
    ///
    /// # Errors
    /// [`TelegramError::Refused`] for a person who cannot be addressed; those of the connection.
    pub async fn mark_read(&self, peer: PeerRef, up_to_id: i32) -> Result<(), TelegramError> {
        let request = tl::functions::messages::ReadHistory {
            peer: peer.input_peer(),
            max_id: up_to_id,
        };
        self.invoke(&request).await.map(|_affected| ())
    }
}

fn history_message(message: tl::enums::Message) -> Option<HistoryMessage> {
    let tl::enums::Message::Message(message) = message else {
        return None;
    };
    user_of(&message.peer_id)?;
    Some(HistoryMessage {
        id: message.id,
        text: message.message,
        out: message.out,
        has_media: message.media.is_some(),
        date_ms: millis(message.date),
        edited_ms: message.edit_date.map(millis),
    })
}

/// The message that a send made, from either form of the answer.
fn sent_message(answer: &tl::enums::Updates, random_id: i64) -> Option<SentMessage> {
    let (updates, date) = match answer {
        tl::enums::Updates::UpdateShortSentMessage(sent) => {
            return Some(SentMessage {
                telegram_message_id: sent.id,
                sent_at_ms: millis(sent.date),
            });
        }
        tl::enums::Updates::Updates(answer) => (&answer.updates, answer.date),
        tl::enums::Updates::Combined(answer) => (&answer.updates, answer.date),
        _ => return None,
    };
    let id = updates.iter().find_map(|update| match update {
        tl::enums::Update::MessageId(named) if named.random_id == random_id => Some(named.id),
        _ => None,
    })?;
    let date = updates
        .iter()
        .find_map(|update| match update {
            tl::enums::Update::NewMessage(new) => match &new.message {
                tl::enums::Message::Message(message) if message.id == id => Some(message.date),
                _ => None,
            },
            _ => None,
        })
        .unwrap_or(date);
    Some(SentMessage {
        telegram_message_id: id,
        sent_at_ms: millis(date),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_message_is_named_by_either_form_of_the_answer() {
        let short = tl::types::UpdateShortSentMessage {
            out: true,
            id: 7,
            pts: 3,
            pts_count: 1,
            date: 100,
            media: None,
            entities: None,
            ttl_period: None,
        };
        let expected = SentMessage {
            telegram_message_id: 7,
            sent_at_ms: 100_000,
        };
        assert_eq!(
            sent_message(&tl::enums::Updates::UpdateShortSentMessage(short), 5),
            Some(expected)
        );

        let full = |random_id| tl::types::Updates {
            updates: vec![tl::types::UpdateMessageId { id: 7, random_id }.into()],
            users: Vec::new(),
            chats: Vec::new(),
            date: 100,
            seq: 0,
        };
        assert_eq!(sent_message(&full(5).into(), 5), Some(expected));
        assert_eq!(sent_message(&full(6).into(), 5), None, "another message's id");
        assert_eq!(sent_message(&tl::enums::Updates::TooLong, 5), None);
    }
}
