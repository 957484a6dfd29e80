//! Runs the simulator as a program: `telegram-sim [SCENARIO]` prints one JSON line and serves until its input ends.

use std::error::Error;
use std::io::Write;

use alfa_telegram_sim::scenario::Scenario;
use alfa_telegram_sim::server::{Options, Simulator};
use tokio::io::AsyncReadExt;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let scenario = match std::env::args().nth(1) {
        Some(path) => Scenario::parse(&std::fs::read_to_string(path)?)?,
        None => Scenario::sandbox()?,
    };
    let code = scenario.code.clone();
    let running = Simulator::start(Options::new(scenario)).await?;
    let key = running.public_key();
    let line = serde_json::json!({
        "mtproto": running.address().to_string(),
        "dc": running.this_dc(),
        "rsa_public_key": key.pem,
        "code": code,
    });
    writeln!(std::io::stdout(), "{line}")?;
    let mut input = Vec::new();
    tokio::io::stdin().read_to_end(&mut input).await?;
    running.shutdown().await;
    Ok(())
}
