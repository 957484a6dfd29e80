//! Runs the simulator as a program: `telegram-sim --port 0 --scenario FILE` prints one JSON line
//! and serves until its input ends.

use std::error::Error;
use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr};

use alfa_telegram_sim::scenario::Scenario;
use alfa_telegram_sim::server::{Options, Simulator};
use tokio::io::AsyncReadExt;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut scenario = Scenario::sandbox()?;
    let mut address = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let mut arguments = std::env::args()
        .skip(1)
        .filter(|argument| argument != "telegram-sim");
    while let (Some(name), Some(value)) = (arguments.next(), arguments.next()) {
        match name.as_str() {
            "--port" => address.set_port(value.parse()?),
            "--scenario" => scenario = Scenario::parse(&std::fs::read_to_string(value)?)?,
            other => return Err(format!("unknown option {other}").into()),
        }
    }
    let code = scenario.code.clone();
    let options = Options {
        address,
        control_port: Some(0),
        ..Options::new(scenario)
    };
    let running = Simulator::start(options).await?;
    let key = running.public_key();
    let line = serde_json::json!({
        "mtproto": running.address().to_string(),
        "dc": running.this_dc(),
        "rsa_public_key": key.pem,
        "control": running.control_address().map(|address| format!("http://{address}")),
        "code": code,
    });
    writeln!(std::io::stdout(), "{line}")?;
    let mut input = Vec::new();
    tokio::io::stdin().read_to_end(&mut input).await?;
    running.shutdown().await;
    Ok(())
}
