//! Follow-ups on silence: the right ones at the right times, and no more.

use alfa::campaigns::lifecycle::Action;
use alfa::campaigns::service::{self, CampaignRequest};
use alfa::campaigns::steps::FollowUp;
use alfa::inbox::service as inbox;
use alfa::writing::sentences;
use alfa_store::entity::messages;
use alfa_store::outreach::{audience, follow_ups, people::newest_messages, prepare};
use alfa_store::types::{Approval, CampaignState, MessageDirection, OutboxKind, OutboxState};

use crate::harness::{Alfa, START};
use crate::people::{DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, SEED_PACE, add_willing};

const QUIET_PEOPLE: &str = "seed: 3\nopen_registration: true\npopulate:\n  personas: { silent: 1 }\n";
const PHONE: &str = "+79002000000";

fn after(hours: &[i64]) -> Vec<FollowUp> {
    let step = |&after_hours| FollowUp {
        after_hours,
        text_template: None,
    };
    hours.iter().map(step).collect()
}

async fn begun(alfa: &Alfa, people: usize, change: impl FnOnce(&mut CampaignRequest)) -> (i64, Vec<i64>) {
    let mut ids = Vec::new();
    for number in 0..people {
        ids.push(add_willing(alfa, "Анна", &format!("+7900200{number:04}")).await);
    }
    let mut request = CampaignRequest {
        name: "С напоминаниями".to_owned(),
        product_id: Some(3),
        contact_ids: ids.clone(),
        follow_ups: after(&[24, 48]),
        ..CampaignRequest::default()
    };
    change(&mut request);
    let id = service::create(&alfa.app, request).await.unwrap().campaign.id;
    service::initiate(&alfa.app, id, SEED_PACE).await.unwrap();
    alfa.pass_ms(2 * MINUTE_MS).await;
    (id, ids)
}

async fn ours(alfa: &Alfa, contact: i64) -> Vec<messages::Model> {
    let history = newest_messages(alfa.app.store.reader(), contact, 100)
        .await
        .unwrap();
    let out = |message: &messages::Model| message.direction == MessageDirection::Out;
    history.into_iter().filter(out).collect()
}

async fn ended(alfa: &Alfa, campaign: i64, contact: i64) -> Option<String> {
    let rows = follow_ups::of_contacts(alfa.app.store.reader(), campaign, &[contact])
        .await
        .unwrap();
    assert_eq!(rows.len(), 1, "the wait began with the first message");
    assert_eq!(rows[0].ended.is_some(), rows[0].due_at.is_none());
    rows[0].ended.clone()
}

/// How many follow-ups that nobody asked for left.
async fn unasked(alfa: &Alfa, campaign: i64, contact: i64) -> usize {
    let rows = audience::messages(alfa.app.store.reader(), campaign, &[contact])
        .await
        .unwrap();
    let sent = rows.iter().filter(|row| {
        row.kind == OutboxKind::FollowUp && row.in_reply_to.is_none() && row.state == OutboxState::Sent
    });
    sent.count()
}

async fn state(alfa: &Alfa, campaign: i64) -> CampaignState {
    service::find(alfa.app.store.reader(), campaign)
        .await
        .unwrap()
        .state
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_silent_person_gets_both_steps_in_time_and_no_more() {
    let alfa = Alfa::start(QUIET_PEOPLE, &[]).await;
    let (campaign, people) = begun(&alfa, 1, |_| {}).await;
    assert_eq!(
        state(&alfa, campaign).await,
        CampaignState::Running,
        "somebody waits"
    );
    alfa.pass_ms(8 * DAY_MS).await;
    let sent = ours(&alfa, people[0]).await;
    assert_eq!(sent.len(), 3, "{sent:#?}");
    for (index, hours) in [(1, 24), (2, 48)] {
        let silence_ms = sent[index].sent_at.ms_since(sent[index - 1].sent_at);
        assert!(
            (hours * HOUR_MS..hours * HOUR_MS + MINUTE_MS).contains(&silence_ms),
            "{silence_ms}"
        );
    }
    let mut said: Vec<String> = Vec::new();
    for message in &sent {
        for sentence in sentences(&message.text) {
            assert!(!said.iter().any(|before| before == sentence), "twice: {sentence}");
            said.push(sentence.to_owned());
        }
    }
    assert_eq!(ended(&alfa, campaign, people[0]).await.as_deref(), Some("done"));
    assert_eq!(state(&alfa, campaign).await, CampaignState::Completed);
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_a_stop_and_a_takeover_end_it() {
    let alfa = Alfa::start(QUIET_PEOPLE, &[]).await;
    let (campaign, people) = begun(&alfa, 4, |_| {}).await;
    inbox::take_over(&alfa.app, people[1]).await.unwrap();
    inbox::hand_back(&alfa.app, people[1]).await.unwrap();
    alfa.person_says("+79002000002", "стоп").await;
    alfa.pass_ms(30 * HOUR_MS).await;
    assert_eq!(unasked(&alfa, campaign, people[0]).await, 1);
    alfa.person_says(PHONE, "Спасибо, я подумаю").await;
    alfa.pass_ms(6 * DAY_MS).await;
    let mut counts = Vec::new();
    for person in &people {
        counts.push(unasked(&alfa, campaign, *person).await);
    }
    assert_eq!(counts, [1, 0, 0, 2]);
    assert_eq!(
        ended(&alfa, campaign, people[0]).await.as_deref(),
        Some("replied")
    );
    assert_eq!(
        ended(&alfa, campaign, people[1]).await.as_deref(),
        Some("taken_over")
    );
    assert!(ended(&alfa, campaign, people[2]).await.is_some());
    assert_eq!(
        ours(&alfa, people[2]).await.len(),
        2,
        "the first message and the confirmation"
    );
    assert_eq!(state(&alfa, campaign).await, CampaignState::Completed);
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cancelling_ends_it_and_a_pause_puts_it_off() {
    let alfa = Alfa::start(QUIET_PEOPLE, &[]).await;
    let (campaign, people) = begun(&alfa, 2, |_| {}).await;
    alfa.pass_ms(20 * HOUR_MS).await;
    service::act(&alfa.app, campaign, Action::Pause).await.unwrap();
    alfa.pass_ms(10 * HOUR_MS).await;
    assert_eq!(unasked(&alfa, campaign, people[0]).await, 0);
    service::act(&alfa.app, campaign, Action::Resume).await.unwrap();
    alfa.pass_ms(HOUR_MS).await;
    assert_eq!(unasked(&alfa, campaign, people[0]).await, 1);
    service::act(&alfa.app, campaign, Action::Cancel).await.unwrap();
    alfa.pass_ms(5 * DAY_MS).await;
    assert_eq!(unasked(&alfa, campaign, people[0]).await, 1);
    assert_eq!(
        ended(&alfa, campaign, people[1]).await.as_deref(),
        Some("campaign_cancelled")
    );
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_fell_due_while_alfa_was_stopped_leaves_once_and_in_the_pace_of_new_dialogs() {
    let mut alfa = Alfa::start(QUIET_PEOPLE, &[]).await;
    let (campaign, people) = begun(&alfa, 6, |request| request.follow_ups = after(&[24])).await;
    alfa = alfa.restart_after_ms(30 * HOUR_MS).await;
    for _ in 0..6 {
        alfa.pass_ms(4 * SECOND_MS).await;
        alfa = alfa.restart_after_ms(700).await;
    }
    alfa.pass_ms(HOUR_MS).await;
    let mut times = Vec::new();
    for person in &people {
        assert_eq!(unasked(&alfa, campaign, *person).await, 1);
        let sent = ours(&alfa, *person).await;
        assert_eq!(sent.len(), 2);
        times.push(sent[1].sent_at.0);
    }
    times.sort_unstable();
    // Three seconds, a quarter more or less, told in whole seconds.
    let gaps: Vec<i64> = times.windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert!(gaps.iter().all(|gap| *gap >= 1_000), "{gaps:?}");
    assert!(gaps.iter().sum::<i64>() >= 5 * 2_000, "{gaps:?}");
    assert_eq!(state(&alfa, campaign).await, CampaignState::Completed);
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_night_is_left_alone_and_a_template_says_what_it_says() {
    let alfa = Alfa::start(QUIET_PEOPLE, &[("QUIET_HOURS", "21:00-09:00")]).await;
    let template = FollowUp {
        after_hours: 34,
        text_template: Some("{{first_name}}, удалось посмотреть? {{product.name}}".to_owned()),
    };
    let (campaign, people) = begun(&alfa, 1, |request| request.follow_ups = vec![template]).await;
    alfa.pass_ms(4 * DAY_MS).await;
    let sent = ours(&alfa, people[0]).await;
    assert_eq!(sent.len(), 2);
    assert!(
        sent[1].text.starts_with("Анна, удалось посмотреть? Кредит"),
        "{}",
        sent[1].text
    );
    // 22:00 of the next day is night; it leaves at nine of the day after.
    let late_ms = sent[1].sent_at.ms_since(START) - 45 * HOUR_MS;
    assert!((0..20 * MINUTE_MS).contains(&late_ms), "{late_ms}");
    assert_eq!(state(&alfa, campaign).await, CampaignState::Completed);
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_follow_up_of_a_manual_campaign_waits_for_approval() {
    let alfa = Alfa::start(QUIET_PEOPLE, &[]).await;
    let (campaign, people) = begun(&alfa, 1, |request| request.approval = Some(Approval::Manual)).await;
    service::approve(&alfa.app, campaign, None).await.unwrap();
    alfa.pass_ms(25 * HOUR_MS).await;
    let drafts = prepare::drafts(alfa.app.store.reader(), campaign, 0, 10)
        .await
        .unwrap();
    assert_eq!(drafts.len(), 1);
    assert_eq!((drafts[0].kind, drafts[0].dialog_step), (OutboxKind::FollowUp, 1));
    assert_eq!(unasked(&alfa, campaign, people[0]).await, 0);
    service::approve(&alfa.app, campaign, None).await.unwrap();
    alfa.pass_ms(HOUR_MS).await;
    assert_eq!(unasked(&alfa, campaign, people[0]).await, 1);
    alfa.stop().await;
}
