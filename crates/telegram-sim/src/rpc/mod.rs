//! Remote calls: one typed handler for each method.

mod account;
mod auth;
mod channels;
mod contacts;
pub(crate) mod convert;
mod dialogs;
mod groups;
mod help;
mod input;
pub(crate) mod layer;
mod messages;
mod methods;
pub(crate) mod push;
pub(crate) mod srp;
mod updates;
mod users;

use std::sync::Arc;

use grammers_tl_types::{
    Cursor, Deserializable, Identifiable, Serializable, deserialize, enums, functions, types,
};

use crate::fault::Injected;
use crate::net::crypto::u32_at;
use crate::net::hub::Sink;
use crate::net::keys::KeyEntry;
use crate::server::Shared;
use crate::world::error::RpcError;
use crate::world::types::Caller;
use crate::world::{Answer, World};

/// Wrappers around a call may be nested so deep (`invokeWithLayer(initConnection(…))` and the like).
const MAX_WRAPPERS: usize = 8;

/// What a request that cannot be read is answered.
const INPUT_REQUEST_INVALID: RpcError = RpcError::new(400, "INPUT_REQUEST_INVALID");

/// What is to be done about a call.
pub(crate) enum Verdict {
    /// Answer this (a serialized result or `rpc_error`).
    Answer(Vec<u8>),
    /// Acknowledge; answer later.
    Later(Pending),
    /// Refuse with `bad_server_salt`.
    BadSalt,
    /// Refuse with `bad_msg_notification`; the server's clock is off by this from now on.
    ClockSkew { seconds: i32 },
    /// Close the connection without an answer.
    Close,
    /// Forget the key, tell -404.
    ForgetKey,
    /// Never answer anything again.
    BlackHole,
}

/// A call that waits.
pub(crate) struct Pending {
    at_ms: i64,
    query: Vec<u8>,
}

impl Pending {
    /// Ends when the call's time has come, by the world's clock.
    pub(crate) async fn wait(&self, shared: &Shared) {
        shared.world.clock().sleep_until_ms(self.at_ms).await;
    }

    /// Processes the call.
    pub(crate) fn process(self, shared: &Arc<Shared>, key: &Arc<KeyEntry>, sink: &Sink) -> Vec<u8> {
        process(&Context { shared, key, sink }, &self.query)
    }
}

/// Who calls, and where the answer comes from.
pub(crate) struct Context<'a> {
    pub(crate) shared: &'a Arc<Shared>,
    pub(crate) key: &'a Arc<KeyEntry>,
    pub(crate) sink: &'a Sink,
}

impl Context<'_> {
    pub(crate) fn world(&self) -> &World {
        &self.shared.world
    }

    /// The signed-in caller.
    pub(crate) fn caller(&self) -> Answer<Caller> {
        self.world().caller(self.key.id())
    }

    /// The connection gets the news of its key from now on, and of its account if it has one.
    pub(crate) fn listen(&self) {
        let account = self.caller().ok().map(|caller| caller.account);
        self.shared
            .hub
            .listen(self.key.id(), account, self.key.layer(), self.sink);
    }
}

/// Handles a call: wrappers, faults, the method itself.
pub(crate) fn call(shared: &Arc<Shared>, key: &Arc<KeyEntry>, sink: &Sink, request: &[u8]) -> Verdict {
    let Ok(unwrapped) = unwrap(request) else {
        return Verdict::Answer(rpc_error(&INPUT_REQUEST_INVALID));
    };
    if let Some(layer) = unwrapped.layer {
        key.set_layer(layer);
    }
    let context = Context { shared, key, sink };
    if unwrapped.wants_updates && (unwrapped.layer.is_some() || !shared.hub.is_listening(sink)) {
        context.listen();
    }
    let query = unwrapped.query;
    let method = methods::name(u32_at(query, 0));
    match shared.world.fault(Some(key.id()), method) {
        None | Some(Injected::DropAck) => Verdict::Answer(process(&context, query)),
        Some(Injected::Error(error)) => Verdict::Answer(rpc_error(&error)),
        Some(Injected::CloseBefore) => Verdict::Close,
        Some(Injected::CloseAfter) => {
            process(&context, query);
            Verdict::Close
        }
        Some(Injected::DelayMs(ms)) => {
            let at_ms = shared.world.clock().now_ms() + i64::try_from(ms).unwrap_or(i64::MAX / 2);
            Verdict::Later(Pending {
                at_ms,
                query: query.to_vec(),
            })
        }
        Some(Injected::BadSalt) => Verdict::BadSalt,
        Some(Injected::ClockSkew { seconds }) => Verdict::ClockSkew { seconds },
        Some(Injected::ForgetKey) => Verdict::ForgetKey,
        Some(Injected::BlackHole) => Verdict::BlackHole,
    }
}

fn process(context: &Context<'_>, query: &[u8]) -> Vec<u8> {
    match methods::dispatch(context, query) {
        Ok(mut result) => {
            layer::adapt(&mut result, context.key.layer());
            result
        }
        Err(error) => {
            tracing::debug!(method = methods::name(u32_at(query, 0)), %error, "call refused");
            rpc_error(&error)
        }
    }
}

/// A serialized `rpc_error`.
fn rpc_error(error: &RpcError) -> Vec<u8> {
    let error = types::RpcError {
        error_code: error.code,
        error_message: error.name.to_string(),
    };
    enums::RpcError::Error(error).to_bytes()
}

struct Unwrapped<'a> {
    layer: Option<i32>,
    wants_updates: bool,
    query: &'a [u8],
}

/// The rest of a request, for reading wrappers: their last field is the wrapped call.
struct Rest;

impl Deserializable for Rest {
    fn deserialize(_: &mut Cursor<'_>) -> deserialize::Result<Self> {
        Ok(Self)
    }
}

/// Takes the wrappers off a call.
fn unwrap(request: &[u8]) -> deserialize::Result<Unwrapped<'_>> {
    let mut unwrapped = Unwrapped {
        layer: None,
        wants_updates: true,
        query: request,
    };
    for _ in 0..MAX_WRAPPERS {
        let query = unwrapped.query;
        let fields = &mut Cursor::from_slice(query.get(4..).unwrap_or_default());
        match u32_at(query, 0) {
            functions::InvokeWithLayer::<Rest>::CONSTRUCTOR_ID => {
                unwrapped.layer = Some(functions::InvokeWithLayer::<Rest>::deserialize(fields)?.layer);
            }
            functions::InitConnection::<Rest>::CONSTRUCTOR_ID => {
                functions::InitConnection::<Rest>::deserialize(fields)?;
            }
            functions::InvokeWithoutUpdates::<Rest>::CONSTRUCTOR_ID => unwrapped.wants_updates = false,
            functions::InvokeAfterMsg::<Rest>::CONSTRUCTOR_ID => {
                functions::InvokeAfterMsg::<Rest>::deserialize(fields)?;
            }
            functions::InvokeAfterMsgs::<Rest>::CONSTRUCTOR_ID => {
                functions::InvokeAfterMsgs::<Rest>::deserialize(fields)?;
            }
            functions::InvokeWithTakeout::<Rest>::CONSTRUCTOR_ID => {
                functions::InvokeWithTakeout::<Rest>::deserialize(fields)?;
            }
            _ => break,
        }
        unwrapped.query = query.get(4 + fields.pos()..).unwrap_or_default();
    }
    Ok(unwrapped)
}
