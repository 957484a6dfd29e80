//! Service messages: those that talk about messages, sessions and salts, and no rpc_result wraps them.

use grammers_tl_types::{
    Cursor, Deserializable, Identifiable, RawVec, Serializable, enums, functions, types,
};

use super::crypto::u32_at;
use super::keys::KeyEntry;
use super::lock;
use super::session::{Outbound, Session};
use std::sync::Mutex;

/// The constructor around a call's answer, which the crate of TL types leaves out.
const RPC_RESULT: u32 = 0xf35c_6d01;
/// The constructor of a compressed object, which the crate of TL types leaves out.
pub(crate) const GZIP_PACKED: u32 = 0x3072_cfa1;
/// Answers longer than this are compressed, in bytes.
const GZIP_FROM_BYTES: usize = 1024;

/// Answers a service message. None: it is not one. Some(empty): it needs no answer.
pub(crate) fn answer(
    key: &KeyEntry,
    session: &Mutex<Session>,
    msg_id: i64,
    body: &[u8],
) -> Option<Vec<Outbound>> {
    let fields = &mut Cursor::from_slice(body.get(4..).unwrap_or_default());
    let one = |body: Vec<u8>| Some(vec![Outbound::service(body, msg_id)]);
    match u32_at(body, 0) {
        types::MsgsAck::CONSTRUCTOR_ID => {
            let acknowledged = types::MsgsAck::deserialize(fields).ok()?;
            lock(session).acknowledge(&acknowledged.msg_ids);
            Some(Vec::new())
        }
        functions::Ping::CONSTRUCTOR_ID => {
            let ping = functions::Ping::deserialize(fields).ok()?;
            one(pong(msg_id, ping.ping_id))
        }
        functions::PingDelayDisconnect::CONSTRUCTOR_ID => {
            let ping = functions::PingDelayDisconnect::deserialize(fields).ok()?;
            one(pong(msg_id, ping.ping_id))
        }
        functions::GetFutureSalts::CONSTRUCTOR_ID => {
            let asked = functions::GetFutureSalts::deserialize(fields).ok()?;
            one(future_salts(key, msg_id, asked.num))
        }
        functions::DestroySession::CONSTRUCTOR_ID => {
            let asked = functions::DestroySession::deserialize(fields).ok()?;
            one(destroy_session(key, session, asked.session_id))
        }
        types::MsgsStateReq::CONSTRUCTOR_ID => {
            let asked = types::MsgsStateReq::deserialize(fields).ok()?;
            one(state_info(session, msg_id, &asked.msg_ids))
        }
        types::MsgResendReq::CONSTRUCTOR_ID | types::MsgResendAnsReq::CONSTRUCTOR_ID => {
            let asked = types::MsgResendReq::deserialize(fields).ok()?;
            Some(resend(session, msg_id, &asked.msg_ids))
        }
        functions::RpcDropAnswer::CONSTRUCTOR_ID => {
            // Calls are answered before the next message is looked at, so there is never one to drop.
            let unknown = enums::RpcDropAnswer::RpcAnswerUnknown.to_bytes();
            Some(vec![Outbound::result(rpc_result(msg_id, unknown), msg_id)])
        }
        types::MsgsAllInfo::CONSTRUCTOR_ID
        | types::MsgsStateInfo::CONSTRUCTOR_ID
        | types::HttpWait::CONSTRUCTOR_ID => Some(Vec::new()),
        _ => None,
    }
}

fn pong(msg_id: i64, ping_id: i64) -> Vec<u8> {
    enums::Pong::Pong(types::Pong { msg_id, ping_id }).to_bytes()
}

fn future_salts(key: &KeyEntry, req_msg_id: i64, count: i32) -> Vec<u8> {
    let salts = key.future_salts(count).into_iter().map(|salt| types::FutureSalt {
        valid_since: salt.valid_since,
        valid_until: salt.valid_until,
        salt: salt.salt,
    });
    let salts = RawVec(salts.collect());
    enums::FutureSalts::Salts(types::FutureSalts {
        req_msg_id,
        now: key.now_seconds(),
        salts,
    })
    .to_bytes()
}

fn destroy_session(key: &KeyEntry, current: &Mutex<Session>, session_id: i64) -> Vec<u8> {
    let is_current = lock(current).id == session_id;
    if !is_current && key.destroy_session(session_id) {
        enums::DestroySessionRes::DestroySessionOk(types::DestroySessionOk { session_id }).to_bytes()
    } else {
        enums::DestroySessionRes::DestroySessionNone(types::DestroySessionNone { session_id }).to_bytes()
    }
}

fn state_info(session: &Mutex<Session>, req_msg_id: i64, msg_ids: &[i64]) -> Vec<u8> {
    let session = lock(session);
    let info = msg_ids.iter().map(|msg_id| session.state_of(*msg_id)).collect();
    enums::MsgsStateInfo::Info(types::MsgsStateInfo { req_msg_id, info }).to_bytes()
}

fn resend(session: &Mutex<Session>, req_msg_id: i64, msg_ids: &[i64]) -> Vec<Outbound> {
    let again: Vec<Outbound> = {
        let mut session = lock(session);
        msg_ids
            .iter()
            .filter_map(|msg_id| session.take_again(*msg_id))
            .collect()
    };
    if again.len() == msg_ids.len() {
        return again;
    }
    let mut answers = again;
    answers.push(Outbound::service(
        state_info(session, req_msg_id, msg_ids),
        req_msg_id,
    ));
    answers
}

/// `bad_server_salt` with the salt to use.
pub(crate) fn bad_salt(key: &KeyEntry, bad_msg_id: i64, bad_msg_seqno: i32) -> Vec<u8> {
    enums::BadMsgNotification::BadServerSalt(types::BadServerSalt {
        bad_msg_id,
        bad_msg_seqno,
        error_code: 48,
        new_server_salt: key.current_salt(),
    })
    .to_bytes()
}

/// `bad_msg_notification`.
pub(crate) fn bad_message(bad_msg_id: i64, bad_msg_seqno: i32, error_code: i32) -> Vec<u8> {
    enums::BadMsgNotification::Notification(types::BadMsgNotification {
        bad_msg_id,
        bad_msg_seqno,
        error_code,
    })
    .to_bytes()
}

/// `new_session_created`, told before anything else of a session.
pub(crate) fn new_session(key: &KeyEntry, first_msg_id: i64, unique_id: i64) -> Vec<u8> {
    enums::NewSession::Created(types::NewSessionCreated {
        first_msg_id,
        unique_id,
        server_salt: key.current_salt(),
    })
    .to_bytes()
}

/// `msgs_ack` of a client's message whose answer will take time.
pub(crate) fn acknowledge(msg_id: i64) -> Vec<u8> {
    enums::MsgsAck::Ack(types::MsgsAck {
        msg_ids: vec![msg_id],
    })
    .to_bytes()
}

/// Wraps a call's result, compressed if it is long.
pub(crate) fn rpc_result(req_msg_id: i64, result: Vec<u8>) -> Vec<u8> {
    let mut body = Vec::with_capacity(12 + result.len());
    body.extend(RPC_RESULT.to_le_bytes());
    body.extend(req_msg_id.to_le_bytes());
    match (result.len() > GZIP_FROM_BYTES).then(|| gzip(&result)).flatten() {
        Some(packed) => {
            body.extend(GZIP_PACKED.to_le_bytes());
            packed.serialize(&mut body);
        }
        None => body.extend(result),
    }
    body
}

fn gzip(bytes: &[u8]) -> Option<Vec<u8>> {
    use std::io::Write;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).ok()?;
    encoder.finish().ok()
}

/// Unpacks a `gzip_packed` object (without its constructor), up to a bound in bytes.
pub(crate) fn gunzip(fields: &[u8], max_bytes: usize) -> Option<Vec<u8>> {
    use std::io::Read;
    let packed = Vec::<u8>::deserialize(&mut Cursor::from_slice(fields)).ok()?;
    let limit = u64::try_from(max_bytes).ok()?.checked_add(1)?;
    let mut unpacked = Vec::new();
    flate2::read::GzDecoder::new(packed.as_slice())
        .take(limit)
        .read_to_end(&mut unpacked)
        .ok()?;
    (unpacked.len() <= max_bytes).then_some(unpacked)
}
