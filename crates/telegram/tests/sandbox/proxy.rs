//! A wire between client and server that can be disturbed.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt, copy};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

pub struct Proxy {
    pub address: SocketAddr,
    damage: Arc<AtomicBool>,
    _connections: JoinSet<()>,
}

impl Proxy {
    pub async fn start(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let damage = Arc::new(AtomicBool::new(false));
        let mut connections = JoinSet::new();
        connections.spawn(accept(listener, server, Arc::clone(&damage)));
        Self {
            address,
            damage,
            _connections: connections,
        }
    }

    /// The next bytes that the server sends arrive damaged.
    pub fn damage_next_answer(&self) {
        self.damage.store(true, Ordering::SeqCst);
    }
}

async fn accept(listener: TcpListener, server: SocketAddr, damage: Arc<AtomicBool>) {
    let mut connections = JoinSet::new();
    while let Ok((client, _)) = listener.accept().await {
        let upstream = TcpStream::connect(server).await.unwrap();
        connections.spawn(forward(client, upstream, Arc::clone(&damage)));
    }
}

async fn forward(client: TcpStream, server: TcpStream, damage: Arc<AtomicBool>) {
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    let up = async { copy(&mut from_client, &mut to_server).await.map(|_bytes| ()) };
    let down = async {
        let mut buffer = vec![0; 64 * 1024];
        loop {
            let read = from_server.read(&mut buffer).await?;
            if read == 0 {
                return Ok::<(), std::io::Error>(());
            }
            if damage.swap(false, Ordering::SeqCst) {
                buffer[read - 1] ^= 0x55;
            }
            to_client.write_all(&buffer[..read]).await?;
        }
    };
    // Either side may hang up first.
    tokio::select! { _ = up => {}, _ = down => {} }
}
