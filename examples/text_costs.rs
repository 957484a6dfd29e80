//! For `make bench`: what the grounding check and the offline classifier cost for each message, over the repository's own
//! labelled texts, one after another on one thread. Prints one line of JSON. Usage: text_costs ROUNDS (from the repository)

use std::error::Error;
use std::hint::black_box;
use std::io::Write;
use std::time::Instant;

use alfa::inbox::classify::{classify, examples, warm_up};
use alfa::knowledge::KnowledgeBase;
use alfa::writing::Profile;
use alfa::writing::check::{CheckContext, check};
use chrono::NaiveDate;
use serde::Deserialize;

const CHECK_FILES: [&str; 2] = ["data/check_cases_held_out.csv", "data/check_cases_dev.csv"];
const REPLY_FILES: [&str; 2] = ["data/replies.csv", "data/replies_own.csv"];

type Failure = Box<dyn Error>;

/// A text that was written for a person, and the products that it may speak of.
#[derive(Deserialize)]
struct Written {
    product_id: String,
    today: NaiveDate,
    text: String,
}

fn main() -> Result<(), Failure> {
    let rounds: usize = std::env::args()
        .nth(1)
        .ok_or("usage: text_costs ROUNDS")?
        .parse()?;
    let line = serde_json::json!({ "check": checks(rounds)?, "classify": replies(rounds)? });
    writeln!(std::io::stdout(), "{line}")?;
    Ok(())
}

fn checks(rounds: usize) -> Result<serde_json::Value, Failure> {
    let kb = KnowledgeBase::sample()?;
    let profile = Profile::default();
    let mut texts = Vec::new();
    for file in CHECK_FILES {
        for row in csv::Reader::from_path(file)?.deserialize() {
            let row: Written = row?;
            let ids = row.product_id.split('|').filter_map(|id| id.trim().parse().ok());
            let context = CheckContext {
                kb: &kb,
                products: ids.filter_map(|id| kb.product(id)).collect(),
                profile: Some(&profile),
                today: row.today,
            };
            texts.push((row.text, context));
        }
    }
    measured(rounds, &texts, |(text, context)| check(text, context).len())
}

fn replies(rounds: usize) -> Result<serde_json::Value, Failure> {
    let mut texts = Vec::new();
    for file in REPLY_FILES {
        texts.extend(examples(&std::fs::read_to_string(file)?)?);
    }
    warm_up();
    measured(rounds, &texts, |example| classify(&example.text).classes.len())
}

/// Microseconds for each message: the median, the slowest of a hundred, and the mean. The first round is thrown away.
fn measured<T>(rounds: usize, texts: &[T], work: impl Fn(&T) -> usize) -> Result<serde_json::Value, Failure> {
    let mut micros = Vec::with_capacity(texts.len().saturating_mul(rounds));
    for round in 0..=rounds {
        for text in texts {
            let began = Instant::now();
            black_box(work(black_box(text)));
            if round > 0 {
                micros.push(began.elapsed().as_secs_f64() * 1e6);
            }
        }
    }
    micros.sort_by(f64::total_cmp);
    let at = |percent: usize| micros.get(micros.len().saturating_sub(1) * percent / 100);
    let (Some(p50), Some(p99)) = (at(50), at(99)) else {
        return Err("nothing was measured".into());
    };
    let mean = micros.iter().sum::<f64>() / f64::from(u32::try_from(micros.len())?);
    Ok(serde_json::json!({ "texts": texts.len(), "p50_us": p50, "p99_us": p99, "mean_us": mean }))
}
