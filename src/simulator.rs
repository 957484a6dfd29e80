//! `alfa telegram-sim`: the simulated Telegram as a program of its own, for tests and for any client.

use std::future::Future;
use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use alfa_telegram_sim::scenario::Scenario;
use alfa_telegram_sim::server::{Options, Running, Simulator};
use serde_json::json;

/// What the command takes.
#[derive(Debug, Clone, clap::Args)]
pub struct Arguments {
    /// Port of the MTProto server; 0: a free one.
    #[arg(long, default_value_t = 0)]
    pub port: u16,
    /// Port of the control API; 0: a free one.
    #[arg(long, default_value_t = 0)]
    pub control_port: u16,
    /// Who is in the world and what goes wrong (YAML); without it, the sandbox's world.
    #[arg(long)]
    pub scenario: Option<PathBuf>,
    /// The file that keeps the world from one start to the next; without it, the world is forgotten.
    #[arg(long)]
    pub journal: Option<PathBuf>,
}

/// Runs the simulator until `stop`. It prints one line of JSON when it is ready: addresses, key and sign-in code.
///
/// # Errors
/// When the scenario cannot be read, or an address is taken.
pub async fn run(arguments: Arguments, stop: impl Future<Output = ()>) -> anyhow::Result<()> {
    let scenario = match &arguments.scenario {
        Some(file) => Scenario::parse(&std::fs::read_to_string(file)?)?,
        None => Scenario::sandbox()?,
    };
    let code = scenario.code.clone();
    let options = Options {
        address: SocketAddr::from((Ipv4Addr::LOCALHOST, arguments.port)),
        control_port: Some(arguments.control_port),
        journal: arguments.journal,
        ..Options::new(scenario)
    };
    let running = Simulator::start(options).await?;
    writeln!(std::io::stdout().lock(), "{}", ready_line(&running, &code))?;
    stop.await;
    running.shutdown().await;
    Ok(())
}

fn ready_line(running: &Running, code: &str) -> serde_json::Value {
    json!({
        "mtproto": running.address().to_string(),
        "dc": running.this_dc(),
        "rsa_public_key": running.public_key().pem,
        "control": running.control_address().map(|address| format!("http://{address}")),
        "code": code,
    })
}
