//! Dialogs that go wrong easily: words that cross, hand-overs, strangers, and messages without words.

use alfa::campaigns::lifecycle::Action;
use alfa::campaigns::service as campaigns;
use alfa::inbox::service;
use alfa_store::entity::messages;
use alfa_store::outreach::people::newest_messages;
use alfa_store::types::{ConsentBasis, DialogOwner, FunnelStage, MessageAuthor, MessageDirection};
use alfa_store::{Page, contacts};

use crate::harness::Alfa;
use crate::people::{MINUTE_MS, SECOND_MS, SEED_PACE, add_contact, add_willing, start_campaign};

const QUIET_PEOPLE: &str = "seed: 3\nopen_registration: true\npopulate:\n  personas: { silent: 1 }\n";
const PHONE: &str = "+79002000000";

async fn in_dialog() -> (Alfa, i64) {
    let alfa = Alfa::start(QUIET_PEOPLE, &[]).await;
    let contact = add_willing(&alfa, "Анна", PHONE).await;
    start_campaign(&alfa, "Одна", &[contact], SEED_PACE).await;
    alfa.pass_ms(MINUTE_MS).await;
    (alfa, contact)
}

async fn history(alfa: &Alfa, contact: i64) -> Vec<messages::Model> {
    newest_messages(alfa.app.store.reader(), contact, 200)
        .await
        .unwrap()
}

async fn authors(alfa: &Alfa, contact: i64) -> Vec<MessageAuthor> {
    history(alfa, contact)
        .await
        .into_iter()
        .map(|message| message.author)
        .collect()
}

async fn owner(alfa: &Alfa, contact: i64) -> DialogOwner {
    let people =
        alfa_store::outreach::people::load(alfa.app.store.reader(), &[contact], alfa.app.clock.now()).await;
    people.unwrap()[0].dialogs[0].owner
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_wants_a_person_is_told_that_one_will_write() {
    use MessageAuthor::{Ai, Contact};
    let (alfa, contact) = in_dialog().await;
    alfa.person_says(PHONE, "Хочу поговорить с живым человеком").await;
    alfa.pass_ms(MINUTE_MS).await;
    assert_eq!(authors(&alfa, contact).await, [Ai, Contact, Ai]);
    assert_eq!(owner(&alfa, contact).await, DialogOwner::Human);
    alfa.person_says(PHONE, "Какая ставка?").await;
    alfa.pass_ms(10 * MINUTE_MS).await;
    assert_eq!(authors(&alfa, contact).await, [Ai, Contact, Ai, Contact]);
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_no_is_answered_and_the_second_ends_the_dialog() {
    use MessageAuthor::{Ai, Contact};
    let (alfa, contact) = in_dialog().await;
    alfa.person_says(PHONE, "Мне это не нужно").await;
    alfa.pass_ms(MINUTE_MS).await;
    assert_eq!(authors(&alfa, contact).await, [Ai, Contact, Ai]);
    alfa.person_says(PHONE, "Совсем не нужно").await;
    alfa.pass_ms(10 * MINUTE_MS).await;
    assert_eq!(authors(&alfa, contact).await, [Ai, Contact, Ai, Contact]);
    let row = alfa_store::contacts::get(alfa.app.store.reader(), contact)
        .await
        .unwrap();
    assert_eq!(row.stage, FunnelStage::Lost);
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_question_is_answered_though_a_word_crossed_its_answer() {
    use MessageAuthor::{Ai, Contact};
    let (alfa, contact) = in_dialog().await;
    let settle_ms = i64::try_from(alfa.app.config.settle_ms).unwrap();
    // The lane must wait, so the answer is written and queued but not sent.
    let account = alfa.account().await.id;
    let tx = alfa.app.begin().await.unwrap();
    let until = alfa.app.clock.now().plus_ms(2 * MINUTE_MS);
    let now = alfa.app.clock.now();
    alfa_store::accounts::set_state(
        &tx,
        account,
        alfa_store::types::AccountState::FloodWait,
        Some("FLOOD_WAIT_110"),
        Some(until),
        now,
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    alfa.person_says(PHONE, "Какая ставка?").await;
    alfa.pass_ms(settle_ms + 5 * SECOND_MS).await;
    assert_eq!(authors(&alfa, contact).await, [Ai, Contact]);
    alfa.person_says(PHONE, "ок").await;
    alfa.pass_ms(10 * MINUTE_MS).await;
    let all = history(&alfa, contact).await;
    let got: Vec<_> = all.iter().map(|message| message.author).collect();
    assert_eq!(got, [Ai, Contact, Contact, Ai], "one answer, and one there is");
    let inbound = all
        .iter()
        .filter(|message| message.direction == MessageDirection::In);
    assert!(inbound.clone().all(|message| message.handled_at.is_some()));
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dialog_handed_back_is_answered_without_a_new_word() {
    use MessageAuthor::{Ai, Contact};
    let (alfa, contact) = in_dialog().await;
    service::take_over(&alfa.app, contact).await.unwrap();
    alfa.person_says(PHONE, "Какая ставка?").await;
    alfa.pass_ms(10 * MINUTE_MS).await;
    assert_eq!(authors(&alfa, contact).await, [Ai, Contact]);
    service::hand_back(&alfa.app, contact).await.unwrap();
    alfa.pass_ms(MINUTE_MS).await;
    assert_eq!(authors(&alfa, contact).await, [Ai, Contact, Ai]);
    service::take_over(&alfa.app, contact).await.unwrap();
    service::hand_back(&alfa.app, contact).await.unwrap();
    alfa.pass_ms(MINUTE_MS).await;
    assert_eq!(
        authors(&alfa, contact).await,
        [Ai, Contact, Ai],
        "what was answered is not answered again"
    );
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_operator_owns_the_dialog_that_he_began() {
    use MessageAuthor::{Contact, Operator};
    let alfa = Alfa::start(QUIET_PEOPLE, &[]).await;
    let contact = add_willing(&alfa, "Анна", PHONE).await;
    service::send(&alfa.app, contact, "Здравствуйте, это Ольга.")
        .await
        .unwrap();
    service::send(&alfa.app, contact, "Забыла спросить: вам удобно завтра?")
        .await
        .unwrap();
    alfa.pass_ms(5 * MINUTE_MS).await;
    assert_eq!(authors(&alfa, contact).await, [Operator, Operator]);
    alfa.person_says(PHONE, "Какая ставка?").await;
    alfa.pass_ms(5 * MINUTE_MS).await;
    assert_eq!(authors(&alfa, contact).await, [Operator, Operator, Contact]);
    assert_eq!(owner(&alfa, contact).await, DialogOwner::Human);
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_whom_the_operator_wrote_to_from_the_phone_is_the_operator_s() {
    use MessageAuthor::{Contact, Phone};
    let alfa = Alfa::start(QUIET_PEOPLE, &[]).await;
    let contact = add_willing(&alfa, "Анна", PHONE).await;
    let other = add_willing(&alfa, "Борис", "+79002000001").await;
    // The account has met Anna: her contact is known by the Telegram id.
    let tx = alfa.app.begin().await.unwrap();
    let user = {
        use alfa_telegram_sim::persona::PersonaKind;
        use alfa_telegram_sim::scenario::PersonSpec;
        alfa.world()
            .add_person(&PersonSpec::new(PHONE, PersonaKind::Silent));
        alfa.world().by_phone(PHONE).unwrap().id.0
    };
    alfa_store::outreach::prepare::identify(&tx, contact, user)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    alfa.phone_writes(PHONE, "Анна, добрый день, пишу сам").await;
    let id = start_campaign(&alfa, "Одна", &[contact, other], SEED_PACE).await;
    alfa.person_says(PHONE, "Какая ставка?").await;
    alfa.pass_ms(10 * MINUTE_MS).await;
    assert_eq!(authors(&alfa, contact).await, [Phone, Contact]);
    let campaign = campaigns::find(alfa.app.store.reader(), id).await.unwrap();
    let stats = alfa::campaigns::stats::of(&alfa.app, &campaign).await.unwrap();
    assert_eq!((stats.sent, stats.skipped), (1, 1), "{:?}", stats.by_reason);
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cancelled_campaign_still_answers_who_wrote() {
    use MessageAuthor::{Ai, Contact};
    let (alfa, contact) = in_dialog().await;
    let second = add_willing(&alfa, "Борис", "+79002000001").await;
    let id = start_campaign(&alfa, "Вторая", &[second], SEED_PACE).await;
    alfa.person_says(PHONE, "Какая ставка?").await;
    alfa.pass_ms(MINUTE_MS).await;
    alfa.person_says("+79002000001", "Какая ставка?").await;
    let cancelled = campaigns::act(&alfa.app, id, Action::Cancel).await;
    assert!(cancelled.is_err(), "it has completed");
    alfa.pass_ms(5 * MINUTE_MS).await;
    assert_eq!(authors(&alfa, contact).await, [Ai, Contact, Ai]);
    assert_eq!(authors(&alfa, second).await, [Ai, Contact, Ai]);
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_flood_of_messages_is_answered_once_and_nothing_of_it_stays_open() {
    let (alfa, contact) = in_dialog().await;
    let person = alfa.world().by_phone(PHONE).unwrap().id;
    let account = alfa.world().by_phone(crate::harness::ACCOUNT_PHONE).unwrap().id;
    for index in 0..70 {
        let text = if index % 2 == 0 {
            "Здравствуйте"
        } else {
            "Какая ставка?"
        };
        alfa.world().say(person, account, text).unwrap();
    }
    alfa.pass_ms(10 * MINUTE_MS).await;
    let all = history(&alfa, contact).await;
    let out = all
        .iter()
        .filter(|message| message.direction == MessageDirection::Out);
    assert_eq!((all.len(), out.count()), (72, 2));
    assert!(
        all.iter()
            .filter(|message| message.direction == MessageDirection::In)
            .all(|message| message.handled_at.is_some())
    );
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deleted_contact_who_said_stop_stays_out() {
    let (alfa, contact) = in_dialog().await;
    alfa.person_says(PHONE, "стоп").await;
    alfa.pass_ms(MINUTE_MS).await;
    alfa::contacts::manual::delete(&alfa.app, contact, "test")
        .await
        .unwrap();
    let again = add_contact(&alfa, "Анна", PHONE, None).await;
    let id = start_campaign(&alfa, "Вторая", &[again], SEED_PACE).await;
    alfa.pass_ms(10 * MINUTE_MS).await;
    let campaign = campaigns::find(alfa.app.store.reader(), id).await.unwrap();
    let stats = alfa::campaigns::stats::of(&alfa.app, &campaign).await.unwrap();
    assert_eq!((stats.sent, stats.skipped), (0, 1));
    assert_eq!(stats.by_reason.get("opted_out"), Some(&1));
    alfa.person_says(PHONE, "Передумала, какая ставка?").await;
    alfa.pass_ms(10 * MINUTE_MS).await;
    assert_eq!(authors(&alfa, again).await, [MessageAuthor::Contact]);
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_answers_after_an_erasure_has_agreed_to_nothing() {
    let (alfa, contact) = in_dialog().await;
    alfa::contacts::manual::delete(&alfa.app, contact, "test")
        .await
        .unwrap();
    for words in ["Какая ставка?", "Вы тут?"] {
        alfa.person_says(PHONE, words).await;
        alfa.pass_ms(10 * MINUTE_MS).await;
    }
    let db = alfa.app.store.reader();
    let (everybody, sort) = (contacts::Filter::default(), contacts::Sort::default());
    let found = contacts::list(db, &everybody, sort, &Page::first(10))
        .await
        .unwrap();
    let [again] = found.items.as_slice() else {
        panic!("{:?}", found.items)
    };
    assert_eq!(again.consent_basis, ConsentBasis::None);
    assert_eq!(
        authors(&alfa, again.id).await,
        [MessageAuthor::Contact, MessageAuthor::Contact],
        "a person of the team answers, not the AI"
    );
    alfa.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_first_answer_says_that_an_ai_writes_and_how_to_stop() {
    let alfa = Alfa::start(QUIET_PEOPLE, &[]).await;
    let contact = add_willing(&alfa, "Анна", PHONE).await;
    let request = campaigns::CampaignRequest {
        name: "Шаблон".to_owned(),
        product_id: Some(3),
        contact_ids: vec![contact],
        templates: vec!["Здравствуйте, {{first_name}}! Есть вопрос.".to_owned()],
        ..campaigns::CampaignRequest::default()
    };
    let id = campaigns::create(&alfa.app, request).await.unwrap().campaign.id;
    campaigns::initiate(&alfa.app, id, SEED_PACE).await.unwrap();
    alfa.pass_ms(MINUTE_MS).await;
    for question in ["Какая ставка?", "А сколько стоит обслуживание?"] {
        alfa.person_says(PHONE, question).await;
        alfa.pass_ms(MINUTE_MS).await;
    }
    let all = history(&alfa, contact).await;
    let told: Vec<bool> = all
        .iter()
        .filter(|message| message.direction == MessageDirection::Out)
        .map(|message| message.text.contains("ИИ-помощник") && message.text.contains("стоп"))
        .collect();
    assert!(told.len() >= 2, "{told:?}");
    assert_eq!(
        told.iter().filter(|told| **told).count(),
        1,
        "said once: {told:?}"
    );
    assert!(
        !told[0] && told[1],
        "the template is the operator's own text: {told:?}"
    );
    alfa.stop().await;
}
