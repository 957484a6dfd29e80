//! Five hundred first messages, their replies and follow-ups, and more than two hundred kills.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::alfa::{Alfa, Place};
use crate::dice::Dice;
use crate::judge::Judge;
use crate::people::{self, WAVE_PEOPLE};
use crate::records;
use crate::simulator::Simulator;

const WAVES: usize = 10;
const PEOPLE: usize = WAVES * WAVE_PEOPLE;
const LEAST_KILLS: usize = 200;
/// A point that is not reached within this time is not waited for: the process is killed from outside.
const POINT_LIMIT: Duration = Duration::from_millis(1_500);
/// The referee's log without a new entry for so long: longer than anybody thinks about an answer.
const QUIET: Duration = Duration::from_secs(8);
const LONGEST_REST: Duration = Duration::from_secs(90);
/// Kills of the very first start, before anything is set up.
const KILLS_AT_SETUP_MS: [u64; 5] = [30, 80, 150, 250, 400];

/// Every step of a campaign's beginning, which happens once in a wave.
const STEPS_OF_BEGINNING: [&str; 5] = [
    "plan:before_commit",
    "plan:committed",
    "prepare:looked_up",
    "prepare:before_commit",
    "prepare:committed",
];
/// Every step of sending and of receiving, with the largest n of `point:n`.
const STEPS: [(&str, u64); 13] = [
    ("lane:before_lease", 1),
    ("lane:leased", 1),
    ("lane:answered", 5),
    ("lane:sent", 2),
    ("lane:before_commit", 2),
    ("lane:recorded", 2),
    ("receive:own_before_commit", 2),
    ("receive:before_commit", 5),
    ("receive:stored", 3),
    ("receive:committed", 3),
    ("react:leased", 3),
    ("react:before_commit", 2),
    ("react:done", 2),
];
/// Kills from outside in each wave.
const OUTSIDE_KILLS: usize = 4;

enum Shot {
    At(String),
    Outside(Duration),
}

fn shots(dice: &mut Dice) -> Vec<Shot> {
    let mut shots: Vec<Shot> = STEPS
        .iter()
        .map(|(point, most)| Shot::At(format!("{point}:{}", dice.roll(1..=*most))))
        .collect();
    shots.extend((0..OUTSIDE_KILLS).map(|_| Shot::Outside(Duration::from_millis(dice.roll(50..=900)))));
    dice.shuffle(&mut shots);
    let beginning = STEPS_OF_BEGINNING
        .iter()
        .map(|point| Shot::At(format!("{point}:1")));
    beginning.chain(shots).collect()
}

struct Run {
    place: Place,
    simulator: Simulator,
    kills: Vec<String>,
}

impl Run {
    /// Starts the process, lets it be killed, and notes by what.
    async fn kill(&mut self, shot: Shot, campaign: &mut Option<i64>) {
        match shot {
            Shot::Outside(after) => {
                let alfa = self.place.start(None);
                tokio::time::sleep(after).await;
                alfa.kill();
                self.kills.push(format!("outside after {} ms", after.as_millis()));
            }
            Shot::At(point) => {
                let mut alfa = self.place.start(Some(&point));
                if let Some(id) = *campaign
                    && self.place.is_up(&mut alfa).await
                    && initiate(&self.place, id).await
                {
                    *campaign = None;
                }
                if alfa.dies_within(POINT_LIMIT).await {
                    self.kills.push(point);
                } else {
                    alfa.kill();
                    self.kills.push(format!("outside, {point} was not reached"));
                }
            }
        }
    }

    /// Lets the process live until nothing happens any more.
    async fn rest(&self, alfa: &mut Alfa, campaigns: &[i64]) {
        assert!(self.place.is_up(alfa).await, "{}", self.place.said());
        let begun = Instant::now();
        let (mut seq, mut quiet_since) = (0, Instant::now());
        loop {
            assert!(alfa.ended().is_none(), "it died by itself: {}", self.place.said());
            let new = self.simulator.log_after(seq).await;
            if let Some(last) = new.last() {
                seq = last["seq"].as_u64().unwrap();
                quiet_since = Instant::now();
            }
            let completed = completed(&self.place, campaigns).await;
            if quiet_since.elapsed() >= QUIET && completed == campaigns.len() {
                return;
            }
            if begun.elapsed() > LONGEST_REST {
                println!(
                    "not quiet in time: {completed} campaigns completed; {}",
                    self.place.said()
                );
                return;
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }
}

/// Starts a campaign. False: the process died; ask again.
async fn initiate(place: &Place, campaign_id: i64) -> bool {
    let path = format!("/api/campaigns/{campaign_id}/initiate-dialogs");
    let request = place.http.post(place.url(&path)).json(&json!({"batch_size": 50}));
    match place.ask(request).await {
        // A conflict: it was started before the process died.
        Some((200 | 202 | 409, _)) => true,
        Some((status, body)) => panic!("{status} {body}"),
        None => false,
    }
}

async fn completed(place: &Place, campaigns: &[i64]) -> usize {
    let mut completed = 0;
    for id in campaigns {
        completed += usize::from(stats(place, *id).await["status"] == "completed");
    }
    completed
}

pub async fn stats(place: &Place, campaign_id: i64) -> Value {
    place.get(&format!("/api/campaigns/{campaign_id}/stats")).await
}

/// Uploads everybody and makes a campaign for each fifty of them.
async fn set_up(place: &Place) -> Vec<i64> {
    let mut alfa = place.start(None);
    assert!(place.is_up(&mut alfa).await, "{}", place.said());
    let file = Part::text(people::file(PEOPLE)).file_name("люди.csv");
    let upload = place
        .http
        .post(place.url("/api/contacts/upload"))
        .multipart(Form::new().part("file", file).text("consent", "existing_client"));
    let (status, report) = place.ask(upload).await.unwrap();
    assert_eq!(status, 200, "{report}");
    let mut contacts = records::contacts(place).await;
    assert_eq!(contacts.len(), PEOPLE, "{report}");
    contacts.sort_by_key(|contact| contact["phone"].as_str().unwrap().to_owned());
    let ids: Vec<i64> = contacts.iter().map(|row| row["id"].as_i64().unwrap()).collect();
    let mut campaigns = Vec::new();
    for wave in ids.chunks(WAVE_PEOPLE) {
        let input = json!({"name": "Волна", "product_id": 3, "contact_ids": wave});
        let request = place.http.post(place.url("/api/campaigns/create")).json(&input);
        let (status, made) = place.ask(request).await.unwrap();
        assert!(status < 300, "{status} {made}");
        campaigns.push(made["id"].as_i64().unwrap());
    }
    alfa.kill();
    campaigns
}

/// How many kills there were of each sort.
fn summary(kills: &[String]) -> BTreeMap<&str, usize> {
    let mut summary = BTreeMap::new();
    for kill in kills {
        let sort = if kill.starts_with("outside") {
            kill.rsplit_once(", ").map_or("outside", |(_, missed)| missed)
        } else {
            kill.rsplit_once(':').map_or(kill.as_str(), |(point, _)| point)
        };
        *summary.entry(sort).or_default() += 1;
    }
    summary
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_over_two_hundred_times_every_message_is_sent_once_and_every_reply_is_handled_once() {
    let mut dice = Dice::from_environment();
    let begun = Instant::now();
    let folder = tempfile::tempdir().unwrap();
    let simulator = Simulator::start(folder.path(), &people::scenario(PEOPLE));
    let place = Place::new(folder.path(), simulator.variable());
    let mut run = Run {
        place,
        simulator,
        kills: Vec::new(),
    };
    for after_ms in KILLS_AT_SETUP_MS {
        run.kill(Shot::Outside(Duration::from_millis(after_ms)), &mut None)
            .await;
    }
    let campaigns = set_up(&run.place).await;
    for id in &campaigns {
        let mut campaign = Some(*id);
        for shot in shots(&mut dice) {
            run.kill(shot, &mut campaign).await;
        }
    }
    println!(
        "{} kills in {:?}: {:?}",
        run.kills.len(),
        begun.elapsed(),
        summary(&run.kills)
    );
    let mut alfa = run.place.start(None);
    run.rest(&mut alfa, &campaigns).await;
    let judge = Judge::hear(&run.place, &run.simulator, &campaigns, PEOPLE).await;
    alfa.kill();
    let (facts, wrong) = judge.verdict(records::rows(&run.place).await);
    println!("{facts}; {:?} in all", begun.elapsed());
    assert!(
        wrong.is_empty(),
        "{} things are wrong:\n{}\nkills: {:?}\nsaid:\n{}",
        wrong.len(),
        wrong.join("\n"),
        run.kills,
        run.place.said()
    );
    assert!(run.kills.len() >= LEAST_KILLS, "{} kills", run.kills.len());
    for (point, _) in STEPS {
        let at = format!("{point}:");
        assert!(
            run.kills.iter().any(|kill| kill.starts_with(&at)),
            "never killed at {point}"
        );
    }
}
