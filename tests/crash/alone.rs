//! A second process on the same database does not start, and one that follows a killed one does at once.

use std::time::{Duration, Instant};

use crate::alfa::Place;
use crate::people;
use crate::simulator::Simulator;

const LONGEST_REFUSAL: Duration = Duration::from_secs(20);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_processes_do_not_serve_one_database() {
    let folder = tempfile::tempdir().unwrap();
    let simulator = Simulator::start(folder.path(), &people::scenario(1));
    let place = Place::new(folder.path(), simulator.variable());
    let mut first = place.start(None);
    assert!(place.is_up(&mut first).await, "{}", place.said());

    let elsewhere = Place::new(folder.path(), simulator.variable());
    let mut second = elsewhere.start(None);
    let begun = Instant::now();
    let status = loop {
        if let Some(status) = second.ended() {
            break status;
        }
        assert!(begun.elapsed() < LONGEST_REFUSAL, "the second one runs");
        tokio::time::sleep(Duration::from_millis(20)).await;
    };
    assert_eq!(status.code(), Some(1), "{}", place.said());
    let said = place.said();
    assert!(
        said.contains("Another Alfa already works with the database"),
        "{said}"
    );
    assert!(first.ended().is_none(), "the first one goes on");

    first.kill();
    let mut third = place.start(None);
    assert!(place.is_up(&mut third).await, "{}", place.said());
    third.kill();
}
