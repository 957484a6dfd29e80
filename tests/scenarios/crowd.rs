//! A thousand people of every kind, three campaigns at once, two accounts: pacing to the letter, and nobody is written
//! to who must not be. The judge is the simulator's log.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;

use alfa::campaigns::{service, stats};
use alfa_store::types::{CampaignState, ConsentBasis};
use alfa_telegram_sim::ids::{Peer, UserId};
use alfa_telegram_sim::world::log::{LogEntry, LogKind};

use crate::harness::{Alfa, sign_in_second};
use crate::people::{DAY_MS, SECOND_MS, SEED_PACE, add_contact, start_campaign};

const PEOPLE: usize = 1_000;
const PER_DAY: usize = 300;
const PERSONAS: [&str; 15] = [
    "interested",
    "already_has",
    "asks_rate",
    "distrusts",
    "busy",
    "asks_question",
    "says_stop",
    "silent",
    "private",
    "blocks_us",
    "not_on_telegram",
    "bursts",
    "edits",
    "deletes",
    "writes_first",
];

fn phone(index: usize) -> String {
    format!("+7900{:07}", 1_000_000 + index)
}

fn persona(index: usize) -> &'static str {
    PERSONAS[index % PERSONAS.len()]
}

/// Every twentieth has not agreed.
fn agreed(index: usize) -> bool {
    index % 20 != 7
}

fn scenario() -> String {
    let mut text = String::from(
        "seed: 5\nopen_registration: true\ndelays:\n  read: { min_ms: 500, max_ms: 4000 }\n  reply: { min_ms: 3000, max_ms: 40000 }\n\
         accounts:\n  - { phone: \"+79990000001\" }\n  - { phone: \"+79990000002\" }\npeople:\n",
    );
    for index in 0..PEOPLE {
        let first = if persona(index) == "writes_first" {
            ", writes_first_after_ms: 3600000"
        } else {
            ""
        };
        writeln!(
            text,
            "  - {{ phone: \"{}\", persona: {}{first} }}",
            phone(index),
            persona(index)
        )
        .unwrap();
    }
    text
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_people_three_campaigns_two_accounts() {
    let per_day = PER_DAY.to_string();
    let alfa = Alfa::start(&scenario(), &[("NEW_DIALOGS_PER_DAY", per_day.as_str())]).await;
    sign_in_second(&alfa, "+79990000002").await;
    let mut ids = Vec::with_capacity(PEOPLE);
    for index in 0..PEOPLE {
        let basis = agreed(index).then_some(ConsentBasis::OperatorAttested);
        ids.push(add_contact(&alfa, &format!("Имя{index} Фамилия"), &phone(index), basis).await);
    }
    // The audiences overlap: half of each campaign's people are also in the next one's.
    let mut campaigns = Vec::new();
    for part in 0..3 {
        let audience: Vec<i64> = (0..PEOPLE)
            .filter(|index| index % 6 / 2 == part || (index + 1) % 6 / 2 == part)
            .map(|index| ids[index])
            .collect();
        campaigns.push(start_campaign(&alfa, &format!("Кампания {part}"), &audience, SEED_PACE).await);
    }
    alfa.pass_ms(3 * DAY_MS).await;

    let log = alfa.world().log(0, 1_000_000);
    let by_phone: HashMap<String, usize> = (0..PEOPLE)
        .map(|index| (phone(index)[1..].to_owned(), index))
        .collect();
    check_pacing(&log);
    check_people(&log, &by_phone);
    let unknown = alfa.unknown_methods();
    assert!(unknown.is_empty(), "the simulator lacks {unknown:?}");

    let mut sent = 0;
    for id in campaigns {
        let campaign = service::find(alfa.app.store.reader(), id).await.unwrap();
        assert_eq!(campaign.state, CampaignState::Completed);
        let stats = stats::of(&alfa.app, &campaign).await.unwrap();
        assert_eq!(
            stats.total,
            stats.sent + stats.skipped + stats.failed,
            "{stats:?}"
        );
        assert_eq!(stats.failed, 0, "{:?}", stats.by_reason);
        sent += stats.sent;
    }
    let opened = log
        .iter()
        .filter(|entry| matches!(entry.what, LogKind::DialogOpened))
        .count() as i64;
    // Who had written first was not a stranger any more: the simulator counts no opened dialog for them.
    assert!(
        opened <= sent && sent - opened <= PEOPLE as i64 / 15 + 1,
        "{opened} opened, {sent} sent"
    );
    println!("{sent} first messages, {} entries in the log", log.len());
    alfa.stop().await;
}

/// Gaps of each account: 3 s ± 25 %, a rest of 60 s after each ten (the batch is ten), the day's budget.
fn check_pacing(log: &[LogEntry]) {
    let mut by_account: BTreeMap<UserId, Vec<i64>> = BTreeMap::new();
    for entry in log
        .iter()
        .filter(|entry| matches!(entry.what, LogKind::DialogOpened))
    {
        by_account
            .entry(entry.account.unwrap())
            .or_default()
            .push(entry.at_ms);
    }
    assert_eq!(by_account.len(), 2, "both accounts wrote");
    for times in by_account.values() {
        assert!(times.len() > 200, "{}", times.len());
        let mut since_rest = 1;
        for pair in times.windows(2) {
            let gap = pair[1] - pair[0];
            assert!(gap >= 2_250, "a gap of {gap} ms");
            if gap >= 60 * SECOND_MS {
                since_rest = 1;
            } else {
                since_rest += 1;
                assert!(
                    since_rest <= 10,
                    "eleven dialogs without a rest of 60 s, at {}",
                    pair[1]
                );
            }
        }
        assert!(
            times
                .windows(PER_DAY + 1)
                .all(|window| window[PER_DAY] - window[0] >= DAY_MS),
            "the day's budget"
        );
    }
}

fn check_people(log: &[LogEntry], by_phone: &HashMap<String, usize>) {
    let mut dialogs: BTreeMap<(UserId, Peer), Vec<&LogEntry>> = BTreeMap::new();
    for entry in log {
        if let (Some(account), Some(peer)) = (entry.account, entry.peer) {
            dialogs.entry((account, peer)).or_default().push(entry);
        }
    }
    let mut unprompted: HashMap<usize, Vec<i64>> = HashMap::new();
    let mut stopped = 0;
    for entries in dialogs.values() {
        let Some(index) = entries
            .iter()
            .find_map(|entry| by_phone.get(entry.phone.as_deref()?))
            .copied()
        else {
            continue;
        };
        let mut answered = false;
        let mut after_stop = None;
        for entry in entries {
            match &entry.what {
                LogKind::ReplySent { .. } => {
                    answered = true;
                    if persona(index) == "says_stop" {
                        after_stop = Some(0);
                        stopped += 1;
                    }
                }
                LogKind::Delivered { text, .. } => {
                    let wrote_first = answered || persona(index) == "writes_first";
                    assert!(
                        agreed(index) || wrote_first,
                        "{} has not agreed: {text}",
                        persona(index)
                    );
                    if !answered {
                        unprompted.entry(index).or_default().push(entry.at_ms);
                    }
                    answered = false;
                    if let Some(messages) = after_stop.as_mut() {
                        *messages += 1;
                        assert!(*messages <= 1, "more than the confirmation after a stop: {text}");
                    }
                }
                _ => {}
            }
        }
    }
    assert!(stopped > 30, "only {stopped} said stop");
    for (index, mut times) in unprompted {
        times.sort_unstable();
        let too_close = times.windows(2).any(|pair| pair[1] - pair[0] < DAY_MS);
        assert!(
            !too_close,
            "{} ({}) was written to twice within a day",
            phone(index),
            persona(index)
        );
    }
}
