//! An MTProto session: message ids, sequence numbers, what was received and what was sent.
//!
//! Source: core.telegram.org/mtproto/description and /service_messages_about_messages.

use std::collections::VecDeque;

use super::crypto::ENVELOPE_BYTES;
use super::keys::KeyEntry;

/// Client messages remembered to recognise repeated ones.
const MAX_RECEIVED: usize = 1024;
/// Own messages remembered to repeat them, as long as nobody acknowledged them.
const MAX_SENT: usize = 256;
/// Bytes of own messages remembered.
const MAX_SENT_BYTES: usize = 1024 * 1024;
/// Messages put together into one container at most.
const MAX_CONTAINER: usize = 100;
/// Bytes put together into one container, unless a single message is longer.
const MAX_CONTAINER_BYTES: usize = 512 * 1024;
/// The constructor of a container, which the crate of TL types leaves out.
pub(crate) const MSG_CONTAINER: u32 = 0x73f1_f8dc;
/// A client's message may be so old and so far ahead of the time, in seconds.
const MAX_AGE_SECONDS: i32 = 300;
const MAX_AHEAD_SECONDS: i32 = 30;

/// A message on its way to the client.
pub(crate) struct Outbound {
    pub(crate) body: Vec<u8>,
    /// The client's message that this answers.
    pub(crate) answers: Option<i64>,
    /// The client has to acknowledge it.
    pub(crate) content: bool,
}

impl Outbound {
    /// A service message: needs no acknowledgment.
    pub(crate) fn service(body: Vec<u8>, answers: i64) -> Self {
        Self {
            body,
            answers: Some(answers),
            content: false,
        }
    }

    /// The answer to a call.
    pub(crate) fn result(body: Vec<u8>, answers: i64) -> Self {
        Self {
            body,
            answers: Some(answers),
            content: true,
        }
    }

    /// News nobody asked for.
    pub(crate) fn push(body: Vec<u8>) -> Self {
        Self {
            body,
            answers: None,
            content: true,
        }
    }
}

struct Sent {
    msg_id: i64,
    answers: Option<i64>,
    body: Vec<u8>,
}

/// What is known of a client's message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Seen {
    /// Never seen before.
    New,
    /// Received before.
    Before,
}

/// One session of one key.
pub(crate) struct Session {
    pub(crate) id: i64,
    content_sent: i32,
    last_msg_id: i64,
    received: VecDeque<i64>,
    highest_received: i64,
    sent: VecDeque<Sent>,
    sent_bytes: usize,
}

impl Session {
    pub(crate) fn new(id: i64) -> Self {
        Self {
            id,
            content_sent: 0,
            last_msg_id: 0,
            received: VecDeque::new(),
            highest_received: 0,
            sent: VecDeque::new(),
            sent_bytes: 0,
        }
    }

    /// Notes that a client's message came.
    pub(crate) fn receive(&mut self, msg_id: i64) -> Seen {
        // Ids grow, so a new one is nearly always the highest; only then the search can be spared.
        if msg_id <= self.highest_received && self.received.contains(&msg_id) {
            return Seen::Before;
        }
        self.highest_received = self.highest_received.max(msg_id);
        if self.received.len() == MAX_RECEIVED {
            self.received.pop_front();
        }
        self.received.push_back(msg_id);
        Seen::New
    }

    /// Whether no message of it was taken yet.
    pub(crate) fn is_untouched(&self) -> bool {
        self.highest_received == 0
    }

    /// Takes a message as not received, so that its repetition is new.
    pub(crate) fn forget_received(&mut self, msg_id: i64) {
        self.received.retain(|received| *received != msg_id);
    }

    /// The status byte of `msgs_state_info` for a client's message: 1 unknown, 4 received.
    pub(crate) fn state_of(&self, msg_id: i64) -> u8 {
        if self.received.contains(&msg_id) { 4 } else { 1 }
    }

    /// The client has these.
    pub(crate) fn acknowledge(&mut self, msg_ids: &[i64]) {
        for msg_id in msg_ids {
            if let Some(index) = self.sent.iter().position(|sent| sent.msg_id == *msg_id)
                && let Some(sent) = self.sent.remove(index)
            {
                self.sent_bytes -= sent.body.len();
            }
        }
    }

    /// Takes out, to be sent again, one of our messages (by its id, or the answer to a client's message).
    pub(crate) fn take_again(&mut self, msg_id: i64) -> Option<Outbound> {
        let index = self
            .sent
            .iter()
            .position(|s| s.msg_id == msg_id || s.answers == Some(msg_id))?;
        let sent = self.sent.remove(index)?;
        self.sent_bytes -= sent.body.len();
        Some(Outbound {
            body: sent.body,
            answers: sent.answers,
            content: true,
        })
    }

    /// Puts messages into as few encrypted packets as may be; `emit` gets each packet.
    pub(crate) fn pack(&mut self, key: &KeyEntry, batch: &mut Vec<Outbound>, mut emit: impl FnMut(&[u8])) {
        let mut rest = std::mem::take(batch);
        while !rest.is_empty() {
            let mut bytes = 0;
            let fits = rest.iter().take(MAX_CONTAINER).take_while(|message| {
                bytes += message.body.len() + 16;
                bytes <= MAX_CONTAINER_BYTES
            });
            let count = fits.count().max(1);
            let later = rest.split_off(count);
            emit(&self.pack_one(key, rest));
            rest = later;
        }
    }

    fn pack_one(&mut self, key: &KeyEntry, messages: Vec<Outbound>) -> Vec<u8> {
        let length: usize = messages.iter().map(|message| message.body.len() + 16).sum();
        let mut packet = Vec::with_capacity(ENVELOPE_BYTES + 16 + 24 + length + 32);
        packet.resize(ENVELOPE_BYTES, 0);
        packet.extend(key.current_salt().to_le_bytes());
        packet.extend(self.id.to_le_bytes());
        let count = messages.len();
        let start = packet.len();
        if count > 1 {
            // The container's own header is known only when its contents have their ids: it comes above them.
            packet.resize(start + 24, 0);
        }
        for message in messages {
            let kind = if message.answers.is_some() { 1 } else { 3 };
            let msg_id = self.next_msg_id(key, kind);
            put_header(
                &mut packet,
                msg_id,
                self.next_seq_no(message.content),
                message.body.len(),
            );
            packet.extend_from_slice(&message.body);
            if message.content {
                self.remember(Sent {
                    msg_id,
                    answers: message.answers,
                    body: message.body,
                });
            }
        }
        if count > 1 {
            let mut header = Vec::with_capacity(24);
            let msg_id = self.next_msg_id(key, 1);
            put_header(
                &mut header,
                msg_id,
                self.next_seq_no(false),
                packet.len() - start - 16,
            );
            header.extend(MSG_CONTAINER.to_le_bytes());
            header.extend(u32::try_from(count).unwrap_or(u32::MAX).to_le_bytes());
            packet[start..start + 24].copy_from_slice(&header);
        }
        key.key.seal(&mut packet);
        packet
    }

    /// Ids grow, carry the time, and end in 1 (an answer) or 3 (news) modulo 4.
    fn next_msg_id(&mut self, key: &KeyEntry, kind: i64) -> i64 {
        let by_time = key.message_time() & !3;
        let next = if by_time > self.last_msg_id {
            by_time
        } else {
            (self.last_msg_id | 3) + 1
        };
        self.last_msg_id = next + kind;
        self.last_msg_id
    }

    fn next_seq_no(&mut self, content: bool) -> i32 {
        let number = self.content_sent.wrapping_mul(2);
        self.content_sent = self.content_sent.wrapping_add(i32::from(content));
        number + i32::from(content)
    }

    fn remember(&mut self, sent: Sent) {
        self.sent_bytes += sent.body.len();
        self.sent.push_back(sent);
        while self.sent.len() > MAX_SENT || self.sent_bytes > MAX_SENT_BYTES {
            let Some(oldest) = self.sent.pop_front() else {
                break;
            };
            self.sent_bytes -= oldest.body.len();
        }
    }
}

/// What is wrong with a client's message id: the code of `bad_msg_notification`.
pub(crate) fn bad_message_code(msg_id: i64, key: &KeyEntry) -> Option<i32> {
    if msg_id % 4 != 0 {
        return Some(18);
    }
    let sent_at = i32::try_from(msg_id >> 32).unwrap_or(0);
    let age_seconds = key.now_seconds().saturating_sub(sent_at);
    if age_seconds > MAX_AGE_SECONDS {
        return Some(16);
    }
    (age_seconds < -MAX_AHEAD_SECONDS).then_some(17)
}

fn put_header(buffer: &mut Vec<u8>, msg_id: i64, seq_no: i32, length: usize) {
    buffer.extend(msg_id.to_le_bytes());
    buffer.extend(seq_no.to_le_bytes());
    buffer.extend(u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::net::crypto::{AuthKey, i32_at, i64_at, u32_at};

    fn key() -> KeyEntry {
        KeyEntry::new(AuthKey::new([9; 256]), None)
    }

    /// The plaintext of each packet, opened by an independent implementation.
    fn packets(session: &mut Session, mut batch: Vec<Outbound>) -> Vec<Vec<u8>> {
        let theirs = grammers_crypto::AuthKey::from_bytes([9; 256]);
        let mut opened = Vec::new();
        session.pack(&key(), &mut batch, |packet| {
            let mut packet = packet.to_vec();
            opened.push(
                grammers_crypto::decrypt_data_v2(&mut packet, &theirs)
                    .unwrap()
                    .to_vec(),
            );
        });
        opened
    }

    #[test]
    fn one_message_goes_alone_and_several_in_a_container_above_them() {
        let mut session = Session::new(77);
        let single = packets(&mut session, vec![Outbound::result(vec![1; 8], 4)]).remove(0);
        let first_id = i64_at(&single, 16);
        assert_eq!(
            (i64_at(&single, 8), first_id % 4, i32_at(&single, 24)),
            (77, 1, 1)
        );

        let batch = vec![
            Outbound::service(vec![2; 8], 8),
            Outbound::result(vec![3; 4], 12),
            Outbound::push(vec![4; 4]),
        ];
        let packet = packets(&mut session, batch).remove(0);
        let container_id = i64_at(&packet, 16);
        assert_eq!((u32_at(&packet, 32), i32_at(&packet, 36)), (MSG_CONTAINER, 3));
        let ids = [i64_at(&packet, 40), i64_at(&packet, 64), i64_at(&packet, 84)];
        assert!(first_id < ids[0] && ids.is_sorted() && ids[2] < container_id);
        assert_eq!(ids.map(|id| id % 4), [1, 1, 3]);
        let numbers = [
            i32_at(&packet, 48),
            i32_at(&packet, 72),
            i32_at(&packet, 92),
            i32_at(&packet, 24),
        ];
        assert_eq!(numbers, [2, 3, 5, 6], "odd where an acknowledgment is due");
    }

    #[test]
    fn large_batches_are_split() {
        let batch = (0..250).map(|_| Outbound::push(vec![0; 4])).collect();
        assert_eq!(packets(&mut Session::new(1), batch).len(), 3);
        let batch = (0..3)
            .map(|_| Outbound::push(vec![0; MAX_CONTAINER_BYTES]))
            .collect();
        assert_eq!(packets(&mut Session::new(1), batch).len(), 3);
    }

    #[test]
    fn what_was_not_acknowledged_can_be_had_again() {
        let mut session = Session::new(1);
        let packet = packets(&mut session, vec![Outbound::result(vec![5; 4], 400)]).remove(0);
        assert_eq!(session.take_again(400).map(|again| again.body), Some(vec![5; 4]));
        packets(&mut session, vec![Outbound::result(vec![6; 4], 404)]);
        let acknowledged = session.last_msg_id;
        assert!(acknowledged > i64_at(&packet, 16));
        session.acknowledge(&[acknowledged]);
        assert!(session.take_again(404).is_none());
    }

    #[test]
    fn repeated_messages_are_recognised_and_refused_ones_are_not() {
        let mut session = Session::new(1);
        assert!(session.is_untouched());
        assert_eq!(
            [session.receive(8), session.receive(4), session.receive(8)],
            [Seen::New, Seen::New, Seen::Before]
        );
        assert_eq!([session.state_of(4), session.state_of(12)], [4, 1]);
        session.forget_received(8);
        assert_eq!(session.receive(8), Seen::New);
    }

    #[test]
    fn ids_out_of_time_are_refused_by_their_code() {
        let key = key();
        let now = key.message_time() & !3;
        let seconds = |seconds: i64| now + (seconds << 32);
        assert_eq!(bad_message_code(now, &key), None);
        assert_eq!(bad_message_code(now + 1, &key), Some(18));
        assert_eq!(bad_message_code(seconds(-400), &key), Some(16));
        assert_eq!(bad_message_code(seconds(60), &key), Some(17));
    }
}
