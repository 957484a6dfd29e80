//! One TCP connection: reads frames, has them answered, writes answers and news.

use std::sync::{Arc, Mutex};

use bytes::BytesMut;
use grammers_tl_types::{Identifiable, Serializable, enums, types};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::{mpsc, watch};

use super::crypto::{array_at, i32_at, i64_at, u32_at};
use super::handshake::Handshake;
use super::hub::{Outgoing, Sink};
use super::keys::KeyEntry;
use super::service::{self, GZIP_PACKED};
use super::session::{self, MSG_CONTAINER, Outbound, Seen, Session};
use super::transport::{FramingError, MAX_FRAME_BYTES, Transport};
use super::{lock, os};
use crate::clock::ActivityGuard;
use crate::rpc::{self, Verdict};
use crate::server::Shared;

/// Containers and compressed objects may be nested so deep.
const MAX_NESTING: usize = 3;
/// Bytes read at once.
const READ_BYTES: usize = 64 * 1024;
/// News written in one go.
const MAX_NEWS_AT_ONCE: usize = 100;
/// The transport error for a key (or a handshake) the server does not know.
const KEY_UNKNOWN: i32 = 404;

/// Serves a connection until it ends, or the server does.
pub(crate) async fn serve(shared: Arc<Shared>, stream: TcpStream, mut stop: watch::Receiver<bool>) {
    let (sink, news) = shared.hub.connect();
    let number = sink.connection;
    let mut connection = Connection::new(Arc::clone(&shared), sink);
    tokio::select! {
        // An error means that the server is gone: the same as its stop signal.
        _ = stop.wait_for(|stopped| *stopped) => {}
        ended = connection.run(stream, news) => {
            if let Err(error) = ended {
                tracing::debug!(connection = number, %error, "connection ended");
            }
        }
    }
    shared.hub.disconnect(number);
}

#[derive(Debug, thiserror::Error)]
enum Ended {
    #[error(transparent)]
    Io(#[from] std::io::Error),
    #[error(transparent)]
    Framing(#[from] FramingError),
    #[error("malformed message")]
    Malformed,
}

struct Bound {
    key: Arc<KeyEntry>,
    session: Arc<Mutex<Session>>,
    session_id: i64,
}

struct Connection {
    shared: Arc<Shared>,
    sink: Sink,
    transport: Option<Transport>,
    handshake: Handshake,
    last_plain_msg_id: i64,
    bound: Option<Bound>,
    batch: Vec<Outbound>,
    output: Vec<u8>,
    black_hole: bool,
    closing: bool,
}

impl Connection {
    fn new(shared: Arc<Shared>, sink: Sink) -> Self {
        Self {
            shared,
            sink,
            transport: None,
            handshake: Handshake::new(),
            last_plain_msg_id: 0,
            bound: None,
            batch: Vec::new(),
            output: Vec::new(),
            black_hole: false,
            closing: false,
        }
    }

    async fn run(&mut self, mut stream: TcpStream, mut news: mpsc::Receiver<Outgoing>) -> Result<(), Ended> {
        stream.set_nodelay(true)?;
        let mut input = BytesMut::with_capacity(READ_BYTES);
        loop {
            // Work in progress until what it led to is written.
            let mut guards = Vec::new();
            tokio::select! {
                read = read_some(&mut stream, &mut input) => {
                    let arrived_at = read?;
                    if self.black_hole {
                        input.clear();
                        continue;
                    }
                    guards.push(self.shared.activity.begin());
                    self.take_input(&mut input, arrived_at)?;
                }
                Some(outgoing) = news.recv() => {
                    self.take_news(outgoing, &mut guards);
                    for _ in 1..MAX_NEWS_AT_ONCE {
                        let Ok(outgoing) = news.try_recv() else { break };
                        self.take_news(outgoing, &mut guards);
                    }
                }
            }
            self.pack();
            if !self.output.is_empty() && !self.black_hole {
                stream.write_all(&self.output).await?;
            }
            self.output.clear();
            drop(guards);
            if self.closing {
                return Ok(stream.shutdown().await?);
            }
        }
    }

    fn take_input(&mut self, input: &mut BytesMut, arrived_at: usize) -> Result<(), Ended> {
        match &mut self.transport {
            Some(transport) => transport.deobfuscate(&mut input[arrived_at..]),
            None => self.transport = Transport::detect(input)?,
        }
        while !self.closing && !self.black_hole {
            let Some(transport) = &mut self.transport else {
                break;
            };
            let Some(mut frame) = transport.next_frame(input)? else {
                break;
            };
            self.take_frame(&mut frame)?;
            self.pack();
        }
        Ok(())
    }

    fn take_frame(&mut self, frame: &mut [u8]) -> Result<(), Ended> {
        if frame.len() < 20 {
            return Err(Ended::Malformed);
        }
        match i64_at(frame, 0) {
            0 => self.take_plain(frame),
            key_id => self.take_encrypted(key_id, frame),
        }
    }

    fn take_plain(&mut self, frame: &[u8]) -> Result<(), Ended> {
        let length = usize::try_from(i32_at(frame, 16)).map_err(|_| Ended::Malformed)?;
        let question = frame.get(20..20 + length).ok_or(Ended::Malformed)?;
        // Some clients acknowledge the handshake's answers.
        if u32_at(question, 0) == types::MsgsAck::CONSTRUCTOR_ID {
            return Ok(());
        }
        match self.handshake.answer(question, &self.shared.rsa) {
            Ok(answer) => {
                if let Some(new) = answer.done {
                    tracing::debug!(padding = ?new.padding, dc = ?new.dc, temporary = new.temporary, "new key");
                    self.shared
                        .keys
                        .add(&self.shared.world, new.key, new.salt, !new.temporary);
                }
                self.put_plain(&answer.body);
            }
            Err(error) => {
                tracing::debug!(%error, "handshake refused");
                self.fail(KEY_UNKNOWN);
            }
        }
        Ok(())
    }

    fn put_plain(&mut self, body: &[u8]) {
        let now = os::since_epoch();
        let by_time = i64::try_from(now.as_secs()).unwrap_or(0) << 32 | i64::from(now.subsec_nanos()) << 2;
        self.last_plain_msg_id = ((by_time & !3) | 1).max(self.last_plain_msg_id + 4);
        let mut message = vec![0; 8];
        message.extend(self.last_plain_msg_id.to_le_bytes());
        message.extend(u32::try_from(body.len()).unwrap_or(u32::MAX).to_le_bytes());
        message.extend_from_slice(body);
        if let Some(transport) = &mut self.transport {
            transport.put_frame(&message, &mut self.output);
        }
    }

    /// Tells a transport error and ends the connection.
    fn fail(&mut self, code: i32) {
        if let Some(transport) = &mut self.transport {
            transport.put_error(code, &mut self.output);
        }
        self.closing = true;
    }

    fn take_encrypted(&mut self, key_id: i64, frame: &mut [u8]) -> Result<(), Ended> {
        let Some(key) = self.shared.keys.get(&self.shared.world, key_id) else {
            self.fail(KEY_UNKNOWN);
            return Ok(());
        };
        let Some(plain) = key.key.open(frame) else {
            self.fail(KEY_UNKNOWN);
            return Ok(());
        };
        let (salt, session_id, msg_id, seq_no) = (
            i64_at(plain, 0),
            i64_at(plain, 8),
            i64_at(plain, 16),
            i32_at(plain, 24),
        );
        let length = usize::try_from(i32_at(plain, 28)).map_err(|_| Ended::Malformed)?;
        let body = plain.get(32..32 + length).ok_or(Ended::Malformed)?;
        let is_new = self.bind(&key, session_id);
        if let Some(code) = session::bad_message_code(msg_id, &key) {
            let refusal = service::bad_message(msg_id, seq_no, code);
            self.batch.push(Outbound::service(refusal, msg_id));
            return Ok(());
        }
        if !key.is_good_salt(salt) {
            self.batch
                .push(Outbound::service(service::bad_salt(&key, msg_id, seq_no), msg_id));
            return Ok(());
        }
        if is_new {
            let unique_id = i64::from_le_bytes(os::random_bytes());
            self.batch
                .push(Outbound::push(service::new_session(&key, msg_id, unique_id)));
        }
        self.take_message(&key, msg_id, seq_no, body, 0)
    }

    /// Makes the session of a message the connection's own; true: it is a new one.
    fn bind(&mut self, key: &Arc<KeyEntry>, session_id: i64) -> bool {
        if self
            .bound
            .as_ref()
            .is_some_and(|b| b.session_id == session_id && Arc::ptr_eq(&b.key, key))
        {
            // A refused first message (bad salt) leaves the session new until one is taken.
            return self
                .bound
                .as_ref()
                .is_some_and(|bound| lock(&bound.session).is_untouched());
        }
        self.pack();
        let session = key.session(session_id);
        let is_new = lock(&session).is_untouched();
        self.bound = Some(Bound {
            key: Arc::clone(key),
            session,
            session_id,
        });
        is_new
    }

    fn take_message(
        &mut self,
        key: &Arc<KeyEntry>,
        msg_id: i64,
        seq_no: i32,
        body: &[u8],
        depth: usize,
    ) -> Result<(), Ended> {
        if depth > MAX_NESTING {
            return Err(Ended::Malformed);
        }
        match u32_at(body, 0) {
            MSG_CONTAINER => {
                for (msg_id, seq_no, body) in container(body).ok_or(Ended::Malformed)? {
                    self.take_message(key, msg_id, seq_no, body, depth + 1)?;
                }
                Ok(())
            }
            GZIP_PACKED => {
                let unpacked = service::gunzip(&body[4..], MAX_FRAME_BYTES).ok_or(Ended::Malformed)?;
                self.take_message(key, msg_id, seq_no, &unpacked, depth + 1)
            }
            _ => {
                self.take_single(key, msg_id, seq_no, body);
                Ok(())
            }
        }
    }

    fn take_single(&mut self, key: &Arc<KeyEntry>, msg_id: i64, seq_no: i32, body: &[u8]) {
        let Some(bound) = &self.bound else { return };
        if lock(&bound.session).receive(msg_id) == Seen::Before {
            let again = lock(&bound.session).take_again(msg_id);
            self.batch
                .push(again.unwrap_or_else(|| Outbound::service(service::acknowledge(msg_id), msg_id)));
            return;
        }
        if let Some(answers) = service::answer(key, &bound.session, msg_id, body) {
            self.batch.extend(answers);
            return;
        }
        if !self.closing && !self.black_hole {
            let verdict = rpc::call(&self.shared, key, &self.sink, body);
            self.carry_out(key, msg_id, seq_no, verdict);
        }
    }

    fn carry_out(&mut self, key: &Arc<KeyEntry>, msg_id: i64, seq_no: i32, verdict: Verdict) {
        match verdict {
            Verdict::Answer(result) => {
                self.batch
                    .push(Outbound::result(service::rpc_result(msg_id, result), msg_id));
            }
            Verdict::Later(pending) => {
                let Some(bound) = &self.bound else { return };
                let session_id = bound.session_id;
                self.batch
                    .push(Outbound::service(service::acknowledge(msg_id), msg_id));
                let (shared, key, sink) = (Arc::clone(&self.shared), Arc::clone(key), self.sink.clone());
                os::spawn(async move {
                    pending.wait(&shared).await;
                    let guard = shared.activity.begin();
                    let result = pending.process(&shared, &key, &sink);
                    sink.send(Outgoing::Answer {
                        session_id,
                        req_msg_id: msg_id,
                        result,
                        guard,
                    });
                });
            }
            Verdict::BadSalt => {
                key.spoil_salts();
                let refusal = service::bad_salt(key, msg_id, seq_no);
                self.refuse(msg_id, refusal);
            }
            Verdict::ClockSkew { seconds } => {
                key.set_skew_seconds(seconds);
                let code = if seconds > 0 { 16 } else { 17 };
                self.refuse(msg_id, service::bad_message(msg_id, seq_no, code));
            }
            Verdict::Close => self.closing = true,
            Verdict::ForgetKey => {
                self.shared.keys.forget(&self.shared.world, key.key.id());
                self.fail(KEY_UNKNOWN);
            }
            Verdict::BlackHole => self.black_hole = true,
        }
    }

    /// Refuses a message as if it had not come: its repetition under the same id is taken.
    fn refuse(&mut self, msg_id: i64, refusal: Vec<u8>) {
        if let Some(bound) = &self.bound {
            lock(&bound.session).forget_received(msg_id);
        }
        self.batch.push(Outbound::service(refusal, msg_id));
    }

    fn take_news(&mut self, outgoing: Outgoing, guards: &mut Vec<ActivityGuard>) {
        if self.sink.take_overflow() {
            self.batch
                .push(Outbound::push(enums::Updates::TooLong.to_bytes()));
        }
        match outgoing {
            Outgoing::Push { body, guard } => {
                self.batch.push(Outbound::push(Arc::unwrap_or_clone(body)));
                guards.push(guard);
            }
            Outgoing::Answer {
                session_id,
                req_msg_id,
                result,
                guard,
            } => {
                if self
                    .bound
                    .as_ref()
                    .is_some_and(|bound| bound.session_id == session_id)
                {
                    let body = service::rpc_result(req_msg_id, result);
                    self.batch.push(Outbound::result(body, req_msg_id));
                }
                guards.push(guard);
            }
            Outgoing::Close => self.closing = true,
        }
    }

    /// Encrypts and frames what is to be sent.
    fn pack(&mut self) {
        let (Some(bound), Some(transport)) = (&self.bound, &mut self.transport) else {
            return;
        };
        if !self.batch.is_empty() {
            let output = &mut self.output;
            lock(&bound.session).pack(&bound.key, &mut self.batch, |packet| {
                transport.put_frame(packet, output)
            });
        }
    }
}

/// Reads at least a byte; where in the buffer the new bytes begin.
async fn read_some(stream: &mut TcpStream, input: &mut BytesMut) -> std::io::Result<usize> {
    let arrived_at = input.len();
    input.reserve(READ_BYTES / 4);
    match stream.read_buf(input).await? {
        0 => Err(std::io::ErrorKind::UnexpectedEof.into()),
        _ => Ok(arrived_at),
    }
}

/// The messages of a container. None: it is not well formed.
fn container(body: &[u8]) -> Option<Vec<(i64, i32, &[u8])>> {
    let count = usize::try_from(i32::from_le_bytes(array_at(body, 4))).ok()?;
    let mut messages = Vec::new();
    let mut at = 8;
    for _ in 0..count {
        let header = body.get(at..at + 16)?;
        let length = usize::try_from(i32_at(header, 12)).ok()?;
        messages.push((
            i64_at(header, 0),
            i32_at(header, 8),
            body.get(at + 16..at + 16 + length)?,
        ));
        at += 16 + length;
    }
    Some(messages)
}
