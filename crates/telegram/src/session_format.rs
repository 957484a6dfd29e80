//! How a session looks as bytes: versioned, and marked with the environment it belongs to.

use std::collections::BTreeMap;
use std::net::{SocketAddrV4, SocketAddrV6};

use grammers_session::types::{DcOption, UpdatesState};
use serde::{Deserialize, Serialize};

use crate::{Me, TelegramError};

const VERSION: u32 = 1;

/// The data centre asked first by an account that has none yet.
const FIRST_DC: i32 = 2;

/// Everything of a session that outlives the process.
#[derive(Clone, Default)]
pub(crate) struct SessionState {
    pub home_dc: i32,
    pub dcs: BTreeMap<i32, DcOption>,
    pub me: Option<Me>,
    /// Up to where updates were received and committed; `None` before the first login.
    pub updates: Option<UpdatesState>,
}

impl SessionState {
    pub(crate) fn new() -> Self {
        Self {
            home_dc: FIRST_DC,
            ..Self::default()
        }
    }
}

#[derive(Serialize, Deserialize)]
struct File {
    version: u32,
    environment: String,
    home_dc: i32,
    dcs: Vec<FileDc>,
    me: Option<Me>,
    updates: Option<FileUpdates>,
}

#[derive(Serialize, Deserialize)]
struct FileDc {
    id: i32,
    ipv4: SocketAddrV4,
    ipv6: SocketAddrV6,
    auth_key: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct FileUpdates {
    pts: i32,
    qts: i32,
    date: i32,
    seq: i32,
}

/// The bytes that the vault keeps.
pub(crate) fn to_bytes(state: &SessionState, environment: &str) -> Result<Vec<u8>, TelegramError> {
    let dcs = state.dcs.values().map(|dc| FileDc {
        id: dc.id,
        ipv4: dc.ipv4,
        ipv6: dc.ipv6,
        auth_key: dc.auth_key.map(hex::encode),
    });
    let file = File {
        version: VERSION,
        environment: environment.to_owned(),
        home_dc: state.home_dc,
        dcs: dcs.collect(),
        me: state.me.clone(),
        updates: state.updates.as_ref().map(|updates| FileUpdates {
            pts: updates.pts,
            qts: updates.qts,
            date: updates.date,
            seq: updates.seq,
        }),
    };
    serde_json::to_vec(&file).map_err(|error| TelegramError::Vault(crate::VaultError(error.to_string())))
}

/// Reads what [`to_bytes`] wrote in the same environment.
pub(crate) fn from_bytes(bytes: &[u8], environment: &str) -> Result<SessionState, TelegramError> {
    let file: File = serde_json::from_slice(bytes).map_err(|_| refuse("it is not a session"))?;
    if file.version != VERSION {
        return Err(refuse("it was written by another version of the program"));
    }
    if file.environment != environment {
        return Err(refuse(&format!(
            "it belongs to the environment {}",
            file.environment
        )));
    }
    let mut dcs = BTreeMap::new();
    for dc in file.dcs {
        let auth_key = dc.auth_key.as_deref().map(key_from_hex).transpose()?;
        dcs.insert(
            dc.id,
            DcOption {
                id: dc.id,
                ipv4: dc.ipv4,
                ipv6: dc.ipv6,
                auth_key,
            },
        );
    }
    let updates = file.updates.map(|updates| UpdatesState {
        pts: updates.pts,
        qts: updates.qts,
        date: updates.date,
        seq: updates.seq,
        channels: Vec::new(),
    });
    Ok(SessionState {
        home_dc: file.home_dc,
        dcs,
        me: file.me,
        updates,
    })
}

fn key_from_hex(text: &str) -> Result<[u8; 256], TelegramError> {
    let mut key = [0; 256];
    hex::decode_to_slice(text, &mut key).map_err(|_| refuse("a key in it is damaged"))?;
    Ok(key)
}

fn refuse(why: &str) -> TelegramError {
    TelegramError::WrongEnvironment(why.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::{Ipv4Addr, Ipv6Addr};

    fn sample() -> SessionState {
        let mut state = SessionState::new();
        let ipv4 = SocketAddrV4::new(Ipv4Addr::LOCALHOST, 4430);
        let ipv6 = SocketAddrV6::new(Ipv6Addr::LOCALHOST, 4430, 0, 0);
        state.dcs.insert(
            2,
            DcOption {
                id: 2,
                ipv4,
                ipv6,
                auth_key: Some([7; 256]),
            },
        );
        state.updates = Some(UpdatesState {
            pts: 5,
            qts: 1,
            date: 9,
            seq: 3,
            channels: Vec::new(),
        });
        state
    }

    #[test]
    fn what_was_written_is_read_back_in_the_same_environment_only() {
        let bytes = to_bytes(&sample(), "sandbox").unwrap();
        let read = from_bytes(&bytes, "sandbox").unwrap();
        assert_eq!((read.home_dc, read.updates), (FIRST_DC, sample().updates));
        assert_eq!(read.dcs, sample().dcs);
        assert!(matches!(
            from_bytes(&bytes, "production"),
            Err(TelegramError::WrongEnvironment(_))
        ));
    }

    #[test]
    fn damaged_bytes_are_refused() {
        let bytes = to_bytes(&sample(), "sandbox").unwrap();
        let cut = &bytes[..bytes.len() / 2];
        let newer = String::from_utf8(bytes.clone())
            .unwrap()
            .replace("\"version\":1", "\"version\":2");
        let short_key = String::from_utf8(bytes.clone()).unwrap().replace("0707", "07");
        for bad in [cut, b"", newer.as_bytes(), short_key.as_bytes()] {
            assert!(matches!(
                from_bytes(bad, "sandbox"),
                Err(TelegramError::WrongEnvironment(_))
            ));
        }
    }
}
