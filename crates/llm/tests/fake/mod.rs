//! A fake provider on loopback: HTTP/1.1 by hand, so that it can also break off, hang and lie.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::support::ScaledClock;

/// How one request is answered.
#[derive(Clone, Debug)]
pub enum Reply {
    /// A whole answer with a `Content-Length`.
    Http(u16, Vec<(&'static str, String)>, String),
    /// Events, with so many milliseconds of the test's clock before each; then the end of the body.
    Events(Vec<String>, u64),
    /// The same with more headers.
    EventsWith(Vec<(&'static str, String)>, Vec<String>),
    /// Events, then silence with the connection open.
    Stall(Vec<String>),
    /// No answer, with the connection open.
    Hang,
    /// The connection is reset without an answer.
    Reset,
    /// Events, then a reset.
    ResetAfter(Vec<String>),
    /// A body without end.
    Endless,
    /// Bytes in the body of an event stream, one at a time.
    Bytes(Vec<u8>),
}

/// The events of a good answer.
pub fn good(text: &str) -> Vec<String> {
    let mut events = vec![piece(r#"{"role":"assistant","content":""}"#, "null")];
    for word in text.split_inclusive(' ') {
        events.push(says(word));
    }
    events.push(piece("{}", "\"stop\""));
    events.push(r#"{"choices":[],"usage":{"prompt_tokens":100,"completion_tokens":20}}"#.to_owned());
    events.push("[DONE]".to_owned());
    events
}

/// One piece of text.
pub fn says(word: &str) -> String {
    piece(&serde_json::json!({ "content": word }).to_string(), "null")
}

/// One piece of anything.
pub fn piece(delta: &str, finish: &str) -> String {
    format!(r#"{{"choices":[{{"index":0,"delta":{delta},"finish_reason":{finish}}}]}}"#)
}

impl Reply {
    /// A good answer, streamed.
    pub fn good(text: &str) -> Self {
        Self::Events(good(text), 0)
    }

    /// An error answer.
    pub fn error(status: u16, body: &str) -> Self {
        Self::Http(status, Vec::new(), body.to_owned())
    }

    /// An error answer with a header.
    pub fn error_with(status: u16, name: &'static str, value: &str, body: &str) -> Self {
        Self::Http(status, vec![(name, value.to_owned())], body.to_owned())
    }
}

/// A request as it came in.
#[derive(Clone, Debug)]
pub struct Received {
    /// Request line and headers.
    pub head: String,
    /// The body.
    pub body: String,
}

impl Received {
    /// The body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

#[derive(Default)]
struct State {
    script: VecDeque<Reply>,
    otherwise: Option<Reply>,
    received: Vec<Received>,
    connections: usize,
}

/// A running fake. It ends with the test's runtime.
#[derive(Clone)]
pub struct Fake {
    pub address: SocketAddr,
    state: Arc<Mutex<State>>,
}

impl Fake {
    /// Starts one that answers `otherwise` whenever nothing else is scripted.
    #[expect(
        clippy::disallowed_methods,
        reason = "a program of the tests that ends with their runtime"
    )]
    pub async fn start(clock: &Arc<ScaledClock>, otherwise: Reply) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let fake = Self {
            address: listener.local_addr().unwrap(),
            state: Arc::default(),
        };
        fake.otherwise(otherwise);
        let (state, clock) = (fake.state.clone(), clock.clone());
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                state.lock().unwrap().connections += 1;
                let (state, clock) = (state.clone(), clock.clone());
                tokio::spawn(async move {
                    let _ = serve(socket, &state, &clock).await;
                });
            }
        });
        fake
    }

    /// What is answered from now on when nothing else is scripted.
    pub fn otherwise(&self, reply: Reply) {
        self.state.lock().unwrap().otherwise = Some(reply);
    }

    /// What is answered next.
    pub fn script(&self, replies: impl IntoIterator<Item = Reply>) {
        self.state.lock().unwrap().script.extend(replies);
    }

    /// Every request so far.
    pub fn received(&self) -> Vec<Received> {
        self.state.lock().unwrap().received.clone()
    }

    /// How many requests there were.
    pub fn count(&self) -> usize {
        self.state.lock().unwrap().received.len()
    }

    /// How many connections there were.
    pub fn connections(&self) -> usize {
        self.state.lock().unwrap().connections
    }
}

async fn serve(mut socket: TcpStream, state: &Mutex<State>, clock: &ScaledClock) -> std::io::Result<()> {
    socket.set_nodelay(true)?;
    let mut buffer = Vec::new();
    while let Some(received) = read_request(&mut socket, &mut buffer).await? {
        let reply = {
            let mut state = state.lock().unwrap();
            state.received.push(received);
            let scripted = state.script.pop_front();
            scripted.or_else(|| state.otherwise.clone()).unwrap()
        };
        if !answer(&mut socket, reply, clock).await? {
            return Ok(());
        }
    }
    Ok(())
}

async fn read_request(socket: &mut TcpStream, buffer: &mut Vec<u8>) -> std::io::Result<Option<Received>> {
    loop {
        if let Some(end) = buffer.windows(4).position(|window| window == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&buffer[..end]).into_owned();
            let length = head.lines().find_map(|line| {
                let (name, value) = line.split_once(':')?;
                name.eq_ignore_ascii_case("content-length")
                    .then(|| value.trim().parse::<usize>().unwrap())
            });
            let total = end + 4 + length.unwrap_or(0);
            if buffer.len() >= total {
                let body = String::from_utf8_lossy(&buffer[end + 4..total]).into_owned();
                buffer.drain(..total);
                return Ok(Some(Received { head, body }));
            }
        }
        if socket.read_buf(buffer).await? == 0 {
            return Ok(None);
        }
    }
}

const EVENTS_HEAD: &str =
    "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n";

/// Answers; says whether the connection goes on.
async fn answer(socket: &mut TcpStream, reply: Reply, clock: &ScaledClock) -> std::io::Result<bool> {
    match reply {
        Reply::Http(status, headers, body) => {
            let kind = if body.starts_with(['{', '[']) {
                "application/json"
            } else {
                "text/plain"
            };
            let mut head = format!(
                "HTTP/1.1 {status} X\r\ncontent-type: {kind}\r\ncontent-length: {}\r\n",
                body.len()
            );
            for (name, value) in headers {
                head.push_str(&format!("{name}: {value}\r\n"));
            }
            socket.write_all(format!("{head}\r\n{body}").as_bytes()).await?;
            Ok(true)
        }
        Reply::Events(events, pause_ms) => {
            socket.write_all(format!("{EVENTS_HEAD}\r\n").as_bytes()).await?;
            for event in events {
                if pause_ms > 0 {
                    tokio::time::sleep(clock.real(pause_ms)).await;
                }
                chunk(socket, format!("data: {event}\n\n").as_bytes()).await?;
            }
            chunk(socket, b"").await?;
            Ok(true)
        }
        Reply::EventsWith(headers, events) => {
            let mut head = EVENTS_HEAD.to_owned();
            for (name, value) in headers {
                head.push_str(&format!("{name}: {value}\r\n"));
            }
            socket.write_all(format!("{head}\r\n").as_bytes()).await?;
            for event in events {
                chunk(socket, format!("data: {event}\n\n").as_bytes()).await?;
            }
            chunk(socket, b"").await?;
            Ok(true)
        }
        Reply::Stall(events) => {
            begin(socket, events).await?;
            silence(socket).await;
            Ok(false)
        }
        Reply::Hang => {
            silence(socket).await;
            Ok(false)
        }
        Reply::Reset => {
            socket.set_zero_linger()?;
            Ok(false)
        }
        Reply::ResetAfter(events) => {
            begin(socket, events).await?;
            tokio::time::sleep(Duration::from_millis(20)).await;
            socket.set_zero_linger()?;
            Ok(false)
        }
        Reply::Endless => {
            socket.write_all(format!("{EVENTS_HEAD}\r\n").as_bytes()).await?;
            let word = says(&"x".repeat(8_000));
            loop {
                chunk(socket, format!("data: {word}\n\n").as_bytes()).await?;
            }
        }
        Reply::Bytes(bytes) => {
            socket.write_all(format!("{EVENTS_HEAD}\r\n").as_bytes()).await?;
            for byte in bytes {
                chunk(socket, &[byte]).await?;
            }
            chunk(socket, b"").await?;
            Ok(true)
        }
    }
}

async fn begin(socket: &mut TcpStream, events: Vec<String>) -> std::io::Result<()> {
    socket.write_all(format!("{EVENTS_HEAD}\r\n").as_bytes()).await?;
    for event in events {
        chunk(socket, format!("data: {event}\n\n").as_bytes()).await?;
    }
    Ok(())
}

/// Says nothing until the other side goes.
async fn silence(socket: &mut TcpStream) {
    let mut rest = [0; 64];
    while matches!(socket.read(&mut rest).await, Ok(1..)) {}
}

async fn chunk(socket: &mut TcpStream, data: &[u8]) -> std::io::Result<()> {
    let mut framed = format!("{:x}\r\n", data.len()).into_bytes();
    framed.extend_from_slice(data);
    framed.extend_from_slice(b"\r\n");
    socket.write_all(&framed).await
}
