//! A background upload goes on where it was when its process was killed, and makes everybody once. One in the
//! foreground is taken back at the next start, and can be sent again.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use reqwest::multipart::{Form, Part};

use crate::alfa::Place;
use crate::dice::Dice;
use crate::records;
use crate::simulator::Simulator;

const PEOPLE: usize = 12_000;
/// Each at the next batch of rows, before or after its commit.
const POINT_KILLS: [&str; 6] = [
    "import:before_commit:1",
    "import:committed:1",
    "import:before_commit:2",
    "import:committed:1",
    "import:before_commit:1",
    "import:committed:2",
];
const OUTSIDE_KILLS: usize = 4;
const POINT_LIMIT: Duration = Duration::from_secs(5);
const LONGEST_IMPORT: Duration = Duration::from_secs(60);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_background_upload_that_is_killed_goes_on_and_makes_everybody_once() {
    let mut dice = Dice::from_environment();
    let folder = tempfile::tempdir().unwrap();
    let simulator = Simulator::start(folder.path(), "open_registration: true\n");
    let place = Place::new(folder.path(), simulator.variable());
    let mut csv = "Имя,Телефон\n".to_owned();
    for index in 0..PEOPLE {
        csv += &format!("Вера Номерова,+7901{index:07}\n");
    }
    let mut alfa = place.start(Some(POINT_KILLS[0]));
    assert!(place.is_up(&mut alfa).await, "{}", place.said());
    let file = Part::text(csv).file_name("много.csv");
    let upload = place
        .http
        .post(place.url("/api/contacts/upload?background=true"))
        .multipart(Form::new().part("file", file));
    // The first kill may come before the answer: the job is there all the same.
    if let Some((status, body)) = place.ask(upload).await {
        assert_eq!(status, 202, "{body}");
    }
    assert!(alfa.dies_within(POINT_LIMIT).await);
    for point in &POINT_KILLS[1..] {
        let mut alfa = place.start(Some(point));
        assert!(
            alfa.dies_within(POINT_LIMIT).await,
            "the job does not go on: {}",
            place.said()
        );
    }
    for _ in 0..OUTSIDE_KILLS {
        let alfa = place.start(None);
        tokio::time::sleep(Duration::from_millis(dice.roll(50..=500))).await;
        alfa.kill();
    }
    let mut alfa = place.start(None);
    assert!(place.is_up(&mut alfa).await, "{}", place.said());
    let begun = Instant::now();
    let job = loop {
        let job = place.get("/api/jobs/1").await;
        if !matches!(job["state"].as_str(), Some("queued" | "running")) {
            break job;
        }
        assert!(begun.elapsed() < LONGEST_IMPORT, "{job}: {}", place.said());
        tokio::time::sleep(Duration::from_millis(50)).await;
    };
    assert_eq!(job["state"], "done", "{job}: {}", place.said());
    assert_eq!(job["result"]["created"], PEOPLE, "{job}");
    let contacts = records::contacts(&place).await;
    let phones: BTreeSet<_> = contacts
        .iter()
        .map(|contact| contact["phone"].to_string())
        .collect();
    assert_eq!((contacts.len(), phones.len()), (PEOPLE, PEOPLE));
    let import = place.get("/api/imports/1").await;
    assert_eq!(import["created"], PEOPLE, "{import}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_foreground_upload_that_is_killed_is_taken_back_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let simulator = Simulator::start(folder.path(), "open_registration: true\n");
    let place = Place::new(folder.path(), simulator.variable());
    let mut csv = "Имя,Телефон\n".to_owned();
    for index in 0..PEOPLE {
        csv += &format!("Вера Номерова,+7901{index:07}\n");
    }
    let send = async || {
        let file = Part::text(csv.clone()).file_name("много.csv");
        let request = place.http.post(place.url("/api/contacts/upload"));
        place.ask(request.multipart(Form::new().part("file", file))).await
    };
    let mut alfa = place.start(Some("import:committed:1"));
    assert!(place.is_up(&mut alfa).await, "{}", place.said());
    assert_eq!(send().await, None, "it dies behind its first rows");
    assert!(alfa.dies_within(POINT_LIMIT).await);

    let mut alfa = place.start(None);
    assert!(place.is_up(&mut alfa).await, "{}", place.said());
    let begun = Instant::now();
    while place.get("/api/imports/1").await["state"] == "running" {
        assert!(begun.elapsed() < LONGEST_IMPORT, "{}", place.said());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(place.get("/api/imports/1").await["state"], "failed");
    assert_eq!(place.get("/api/contacts").await["total"], 0);
    let left = std::fs::read_dir(folder.path().join("uploads")).unwrap().count();
    assert_eq!(left, 0, "its file is gone");
    let (status, report) = send().await.unwrap();
    assert_eq!(status, 200, "{report}");
    assert_eq!(report["created"], PEOPLE, "{report}");
}
