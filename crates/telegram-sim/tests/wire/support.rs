//! A client over grammers' bare sender, with a handshake of its own (grammers knows Telegram's own keys only).

use std::time::Duration;

use alfa_telegram_sim::fault::FaultRule;
use alfa_telegram_sim::scenario::Scenario;
use alfa_telegram_sim::server::{Options, Running, Simulator};
use grammers_crypto::aes::{ige_decrypt, ige_encrypt};
use grammers_crypto::{factorize, generate_key_data_from_nonce, rsa};
use grammers_mtproto::{mtp, transport};
use grammers_mtsender::{InvocationError, Sender, ServerAddr, connect_with_auth};
use grammers_tl_types::{self as tl, Cursor, Deserializable, Serializable, enums, functions, types};
use num_bigint::BigUint;
use sha1::{Digest, Sha1};

pub const ACCOUNT: &str = "79007770001";
pub const SILENT: &str = "79007770002";
pub const TALKATIVE: &str = "79007770003";
/// Beyond this a test is stuck.
pub const PATIENCE: Duration = Duration::from_secs(20);

const SCENARIO: &str = r#"
seed: 5
code: "31415"
delays: { read: { min_ms: 20, max_ms: 40 }, reply: { min_ms: 60, max_ms: 90 } }
accounts:
  - { phone: "+79007770001", first_name: "Wire" }
  - { phone: "+79007770009", first_name: "Guarded", password: "tulip" }
people:
  - { phone: "+79007770002", first_name: "Silent", persona: silent }
  - { phone: "+79007770003", first_name: "Talkative", persona: interested }
"#;

pub fn scenario() -> Scenario {
    Scenario::parse(SCENARIO).unwrap()
}

pub async fn simulator() -> Running {
    Simulator::start(Options::new(scenario())).await.unwrap()
}

pub fn break_once(running: &Running, method: &str, action: &str) {
    let rule = format!(r#"{{"method":"{method}","times":1,"action":{action}}}"#);
    running
        .world()
        .add_fault(serde_json::from_str::<FaultRule>(&rule).unwrap());
}

/// A signed-in client.
pub struct Client<T: transport::Transport = transport::Full> {
    pub sender: Sender<T, mtp::Encrypted>,
}

impl Client {
    pub async fn signed_in(running: &Running) -> Self {
        let mut client = Self::with_key(running, new_key(running).await).await;
        client.sign_in(ACCOUNT).await.unwrap();
        client
    }

    pub async fn with_key(running: &Running, key: [u8; 256]) -> Self {
        Self::over(running, transport::Full::new(), key).await
    }

    pub async fn reconnect(self, running: &Running) -> Self {
        Self::with_key(running, self.sender.auth_key()).await
    }
}

impl<T: transport::Transport> Client<T> {
    pub async fn over(running: &Running, transport: T, key: [u8; 256]) -> Self {
        let address = ServerAddr::Tcp {
            address: running.address(),
        };
        let mut client = Self {
            sender: connect_with_auth(transport, address, key).await.unwrap(),
        };
        let config = client
            .call(&initial(functions::help::GetConfig {}))
            .await
            .unwrap();
        let enums::Config::Config(config) = config;
        assert_eq!(config.dc_options.len(), 5);
        client
    }

    pub async fn call<R: tl::RemoteCall>(&mut self, request: &R) -> Result<R::Return, InvocationError> {
        tokio::time::timeout(PATIENCE, self.sender.invoke(request))
            .await
            .expect("no answer")
    }

    pub async fn sign_in(&mut self, phone: &str) -> Result<enums::auth::Authorization, InvocationError> {
        let sent = self
            .call(&functions::auth::SendCode {
                phone_number: phone.to_owned(),
                api_id: 1,
                api_hash: "wire".to_owned(),
                settings: types::CodeSettings::from_bytes(&[0; 8]).unwrap().into(),
            })
            .await?;
        let enums::auth::SentCode::Code(sent) = sent else {
            panic!("{sent:?}")
        };
        self.call(&functions::auth::SignIn {
            phone_number: phone.to_owned(),
            phone_code_hash: sent.phone_code_hash,
            phone_code: Some("31415".to_owned()),
            email_verification: None,
        })
        .await
    }

    pub async fn find(&mut self, phone: &str) -> enums::InputPeer {
        let found = self
            .call(&functions::contacts::ResolvePhone {
                phone: phone.to_owned(),
            })
            .await
            .unwrap();
        let enums::contacts::ResolvedPeer::Peer(found) = found;
        let enums::User::User(user) = &found.users[0] else {
            panic!("{found:?}")
        };
        types::InputPeerUser {
            user_id: user.id,
            access_hash: user.access_hash.unwrap(),
        }
        .into()
    }

    pub async fn send(
        &mut self,
        peer: &enums::InputPeer,
        text: &str,
        random_id: i64,
    ) -> Result<i32, InvocationError> {
        match self.call(&message(peer, text, random_id)).await? {
            enums::Updates::UpdateShortSentMessage(sent) => Ok(sent.id),
            other => panic!("{other:?}"),
        }
    }

    pub async fn history(&mut self, peer: &enums::InputPeer) -> Vec<types::Message> {
        let asked = functions::messages::GetHistory {
            peer: peer.clone(),
            offset_id: 0,
            offset_date: 0,
            add_offset: 0,
            limit: 100,
            max_id: 0,
            min_id: 0,
            hash: 0,
        };
        let page = self.call(&asked).await.unwrap();
        let enums::messages::Messages::Messages(page) = page else {
            panic!("{page:?}")
        };
        let plain = page.messages.into_iter().map(|message| match message {
            enums::Message::Message(message) => message,
            other => panic!("{other:?}"),
        });
        plain.collect()
    }
}

pub fn message(peer: &enums::InputPeer, text: &str, random_id: i64) -> functions::messages::SendMessage {
    functions::messages::SendMessage {
        no_webpage: true,
        silent: false,
        background: false,
        clear_draft: false,
        noforwards: false,
        update_stickersets_order: false,
        invert_media: false,
        allow_paid_floodskip: false,
        peer: peer.clone(),
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
    }
}

/// The name of the RPC error that a call ended in.
pub fn error_name<R: std::fmt::Debug>(result: Result<R, InvocationError>) -> String {
    match result {
        Err(InvocationError::Rpc(error)) => match error.value {
            Some(value) => format!("{} {value}", error.name),
            None => error.name,
        },
        other => panic!("expected an RPC error, not {other:?}"),
    }
}

pub fn initial<Q>(query: Q) -> functions::InvokeWithLayer<functions::InitConnection<Q>> {
    let query = functions::InitConnection {
        api_id: 1,
        device_model: "test".to_owned(),
        system_version: "1".to_owned(),
        app_version: "1".to_owned(),
        system_lang_code: "en".to_owned(),
        lang_pack: String::new(),
        lang_code: "en".to_owned(),
        proxy: None,
        params: None,
        query,
    };
    functions::InvokeWithLayer {
        layer: tl::LAYER,
        query,
    }
}

/// A key whose frames grammers' Abridged can read: it takes a short frame for a transport error when its first four
/// bytes, which are the key's id, are negative as an `i32`. Half of all keys are such.
pub async fn key_for_abridged(running: &Running) -> [u8; 256] {
    for _ in 0..64 {
        let key = new_key(running).await;
        let key_id = &Sha1::digest(key)[12..];
        if key_id[3] & 0x80 == 0 {
            return key;
        }
    }
    panic!("64 keys in a row with a negative id")
}

/// Makes an authorization key as the source says: core.telegram.org/mtproto/auth_key.
pub async fn new_key(running: &Running) -> [u8; 256] {
    let address = ServerAddr::Tcp {
        address: running.address(),
    };
    let mut plain = Sender::connect(transport::Full::new(), mtp::Plain::new(), address)
        .await
        .unwrap();
    let (nonce, new_nonce) = ([3; 16], std::array::from_fn(|i| u8::try_from(i).unwrap() ^ 0x5c));
    let enums::ResPq::Pq(pq) = plain.invoke(&functions::ReqPqMulti { nonce }).await.unwrap();
    let server_nonce = pq.server_nonce;
    let (p, q) = factorize(u64::from_be_bytes(pq.pq.clone().try_into().unwrap()));
    let (p, q) = (p.to_be_bytes()[4..].to_vec(), q.to_be_bytes()[4..].to_vec());
    let (pq_p, pq_q) = (p.clone(), q.clone());
    let inner: enums::PQInnerData = types::PQInnerData {
        pq: pq.pq,
        p,
        q,
        nonce,
        server_nonce,
        new_nonce,
    }
    .into();
    let public = running.public_key();
    let key = rsa::Key::new(&public.modulus, &public.exponent).unwrap();
    let request = functions::ReqDhParams {
        nonce,
        server_nonce,
        p: pq_p,
        q: pq_q,
        public_key_fingerprint: public.fingerprint,
        encrypted_data: rsa::encrypt_hashed(&inner.to_bytes(), &key, &[0x61; 224]),
    };
    let answer = plain.invoke(&request).await.unwrap();
    let enums::ServerDhParams::Ok(params) = answer else {
        panic!("{answer:?}")
    };
    let (key, iv) = generate_key_data_from_nonce(&server_nonce, &new_nonce);
    let mut answer = params.encrypted_answer;
    ige_decrypt(&mut answer, &key, &iv);
    let mut fields = Cursor::from_slice(&answer[20..]);
    let enums::ServerDhInnerData::Data(dh) = enums::ServerDhInnerData::deserialize(&mut fields).unwrap();
    assert_eq!(Sha1::digest(&answer[20..20 + fields.pos()])[..], answer[..20]);

    let prime = BigUint::from_bytes_be(&dh.dh_prime);
    let secret = BigUint::from_bytes_be(&[0x6b; 64]);
    let g_b = BigUint::from(dh.g.unsigned_abs())
        .modpow(&secret, &prime)
        .to_bytes_be();
    let inner: enums::ClientDhInnerData = types::ClientDhInnerData {
        nonce,
        server_nonce,
        retry_id: 0,
        g_b,
    }
    .into();
    let mut encrypted_data = Sha1::digest(inner.to_bytes()).to_vec();
    encrypted_data.extend(inner.to_bytes());
    encrypted_data.resize(encrypted_data.len().next_multiple_of(16), 0);
    ige_encrypt(&mut encrypted_data, &key, &iv);
    let answer = plain
        .invoke(&functions::SetClientDhParams {
            nonce,
            server_nonce,
            encrypted_data,
        })
        .await
        .unwrap();
    let enums::SetClientDhParamsAnswer::DhGenOk(_) = answer else {
        panic!("{answer:?}")
    };
    let shared = BigUint::from_bytes_be(&dh.g_a)
        .modpow(&secret, &prime)
        .to_bytes_be();
    let mut key = [0; 256];
    key[256 - shared.len()..].copy_from_slice(&shared);
    key
}
