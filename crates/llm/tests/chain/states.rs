//! States: probes, cancelling, limits, restarts, tests, and a journal that fails.

use std::time::Duration;

use alfa_llm::{
    BreakerState, Cause, Chain, DataClass, Masker, Prices, PromptBuilder, Provider, Purpose, Request, Secret,
    TestFailure,
};
use futures::future::join_all;

use crate::fake::{Fake, Reply};
use crate::support::{Health, World, is_closed, open_for_ms, settings, state};

async fn opened(world: &World, provider: Provider) -> (Chain, Fake) {
    let (chain, first, _backup) = world.pair(provider, Reply::Events(Vec::new(), 0)).await;
    let prompt = world.prompt();
    for _ in 0..3 {
        chain
            .complete(&Request::new(Purpose::Outreach, &prompt))
            .await
            .unwrap();
    }
    assert!(open_for_ms(world, &chain, provider) > 0);
    (chain, first)
}

#[tokio::test]
async fn of_many_callers_one_probes() {
    let world = World::new(5);
    let (chain, first) = opened(&world, Provider::Groq).await;
    world.clock.skip(15_000);
    first.otherwise(Reply::Events(crate::fake::good("well again"), 100));
    let prompt = world.prompt();
    let request = Request::new(Purpose::Outreach, &prompt);
    let before = first.count();
    let answers = join_all((0..20).map(|_| chain.complete(&request))).await;
    let probes = answers
        .iter()
        .filter(|answer| answer.as_ref().unwrap().provider == Provider::Groq)
        .count();
    assert_eq!((probes, first.count() - before), (1, 1));
    assert!(is_closed(&chain, Provider::Groq));
}

#[tokio::test]
async fn a_failed_probe_doubles_the_pause() {
    let world = World::new(1);
    let (chain, _first) = opened(&world, Provider::Groq).await;
    let prompt = world.prompt();
    for pause_ms in [30_000, 60_000, 120_000] {
        world.clock.skip(open_for_ms(&world, &chain, Provider::Groq));
        chain
            .complete(&Request::new(Purpose::Outreach, &prompt))
            .await
            .unwrap();
        let open_ms = open_for_ms(&world, &chain, Provider::Groq);
        assert!((pause_ms - 5_000..=pause_ms).contains(&open_ms), "{open_ms}");
    }
}

#[tokio::test]
async fn a_probe_whose_caller_went_away_is_free_again() {
    let world = World::new(1);
    let (chain, first) = opened(&world, Provider::Groq).await;
    world.clock.skip(15_000);
    first.otherwise(Reply::Hang);
    let prompt = world.prompt();
    let request = Request::new(Purpose::Outreach, &prompt);
    let gone = tokio::time::timeout(Duration::from_millis(100), chain.complete(&request)).await;
    assert!(gone.is_err());
    assert_eq!(state(&chain, Provider::Groq).used.in_flight, 0);
    assert_eq!(
        world.kept().await.outcomes(Provider::Groq).last(),
        Some(&"abandoned")
    );
    first.otherwise(Reply::good("well again"));
    assert_eq!(chain.complete(&request).await.unwrap().text, "well again");
}

#[tokio::test]
async fn half_of_five_calls_open_it() {
    let world = World::new(1);
    let (chain, first, _backup) = world.pair(Provider::Groq, Reply::good("да")).await;
    let bad = || Reply::Events(Vec::new(), 0);
    first.script([
        Reply::good("да"),
        bad(),
        Reply::good("да"),
        bad(),
        Reply::good("да"),
        bad(),
    ]);
    let prompt = world.prompt();
    for _ in 0..6 {
        chain
            .complete(&Request::new(Purpose::Outreach, &prompt))
            .await
            .unwrap();
    }
    assert!(open_for_ms(&world, &chain, Provider::Groq) > 0);
}

#[tokio::test]
async fn a_restart_keeps_the_state_and_a_change_of_the_key_ends_it() {
    let world = World::new(1);
    let first = world.fake(Reply::error(401, "{}")).await;
    let configured = settings(Provider::OpenAi, &first);
    let prompt = world.prompt();
    let request = Request::new(Purpose::Assistant, &prompt);
    world
        .chain(vec![configured.clone()])
        .await
        .complete(&request)
        .await
        .unwrap_err();

    let again = world.restarted(vec![configured.clone()]).await;
    assert!(matches!(
        state(&again, Provider::OpenAi).breaker,
        BreakerState::Disabled { .. }
    ));
    assert_eq!(
        state(&again, Provider::OpenAi).totals.last_cause,
        Some(Cause::Unauthorized)
    );
    again.complete(&request).await.unwrap_err();
    assert_eq!(first.count(), 1);

    let mut changed = configured;
    changed.key = Some(Secret::new("another-invented-key"));
    first.otherwise(Reply::good("да"));
    let chain = world.restarted(vec![changed]).await;
    assert_eq!(chain.complete(&request).await.unwrap().provider, Provider::OpenAi);
}

#[tokio::test]
async fn a_test_calls_in_any_state_and_enables() {
    let world = World::new(1);
    let (chain, first, _backup) = world.pair(Provider::Timeweb, Reply::error(401, "{}")).await;
    let prompt = world.prompt();
    chain
        .complete(&Request::new(Purpose::Assistant, &prompt))
        .await
        .unwrap();
    let refused = chain.test(Provider::Timeweb).await.unwrap_err();
    assert_eq!(
        (refused, first.count()),
        (TestFailure::NoAnswer(Cause::Unauthorized), 2)
    );
    // A model that thinks may have no tokens left to say anything.
    let thought = crate::fake::piece("{}", "\"length\"");
    first.otherwise(Reply::Events(vec![thought], 0));
    let report = chain.test(Provider::Timeweb).await.unwrap();
    assert_eq!(report.provider, Provider::Timeweb);
    assert!(is_closed(&chain, Provider::Timeweb));
    assert_eq!(chain.test(Provider::Groq).await, Err(TestFailure::Unknown));
}

#[tokio::test]
async fn what_is_not_configured_is_passed_by_and_said() {
    let world = World::new(1);
    let (_, fake, _backup) = world.pair(Provider::Ollama, Reply::good("да")).await;
    let mut keyless = settings(Provider::OpenAi, &fake);
    keyless.key = None;
    let mut without_agent = settings(Provider::Timeweb, &fake);
    without_agent.access_id = None;
    let chain = world
        .chain(vec![without_agent, keyless, settings(Provider::Ollama, &fake)])
        .await;
    let prompt = world.prompt();
    let completion = chain
        .complete(&Request::new(Purpose::Assistant, &prompt))
        .await
        .unwrap();
    assert_eq!(completion.position, 2);
    assert!(
        completion
            .passed_by
            .iter()
            .all(|one| one.cause == Cause::NotConfigured)
    );
    assert!(!state(&chain, Provider::OpenAi).configured);
    let test = chain.test(Provider::OpenAi).await;
    assert_eq!(test, Err(TestFailure::NoAnswer(Cause::NotConfigured)));
}

#[tokio::test]
async fn a_class_that_may_not_be_seen_passes_by() {
    let world = World::new(1);
    let cloud = world.fake(Reply::good("cloud")).await;
    let local = world.fake(Reply::good("local")).await;
    let mut shy = settings(Provider::Gemini, &cloud);
    shy.classes.remove(&DataClass::Dialog);
    let chain = world.chain(vec![shy, settings(Provider::Ollama, &local)]).await;
    let builder = || PromptBuilder::new("Rules.", Masker::new(), &*world.clock).profile("врач");
    let (prompt, reduced) = (builder().person_wrote("Интересно").build(), builder().build());
    let mut request = Request::new(Purpose::Reply, &prompt);
    let completion = chain.complete(&request).await.unwrap();
    assert_eq!((completion.text.as_str(), cloud.count()), ("local", 0));
    assert_eq!(completion.passed_by[0].cause, Cause::Privacy);
    request.reduced_prompt = Some(&reduced);
    let completion = chain.complete(&request).await.unwrap();
    assert_eq!((completion.text.as_str(), completion.reduced), ("cloud", true));
    assert!(!cloud.received()[0].body.contains("Интересно"));
}

#[tokio::test]
async fn chains_of_the_same_providers_share_their_states() {
    let world = World::new(1);
    let (chain, first, _backup) = world.pair(Provider::OpenAi, Reply::error(401, "{}")).await;
    let other = chain.select(&[Provider::Ollama, Provider::OpenAi, Provider::Groq]);
    let order: Vec<_> = other.states().into_iter().map(|state| state.provider).collect();
    assert_eq!(order, [Provider::Ollama, Provider::OpenAi]);
    let prompt = world.prompt();
    chain
        .complete(&Request::new(Purpose::Outreach, &prompt))
        .await
        .unwrap();
    assert!(!is_closed(&other, Provider::OpenAi));
    assert_eq!(first.count(), 1);
}

#[tokio::test]
async fn a_journal_that_fails_or_hangs_fails_no_answer() {
    for health in [Health::Fails, Health::Hangs] {
        let world = World::new(50);
        *world.journal.health.lock().unwrap() = health;
        let (chain, ..) = world.pair(Provider::Groq, Reply::good("да")).await;
        let prompt = world.prompt();
        assert_eq!(
            chain
                .complete(&Request::new(Purpose::Outreach, &prompt))
                .await
                .unwrap()
                .text,
            "да"
        );
    }
}

#[tokio::test]
async fn what_could_not_be_kept_is_kept_later_and_once() {
    for health in [Health::Fails, Health::Hangs] {
        let world = World::new(50);
        let first = world.fake(Reply::good("да")).await;
        let mut limited = settings(Provider::Groq, &first);
        limited.limits.requests_per_day = Some(10);
        let chain = world.chain(vec![limited]).await;
        *world.journal.health.lock().unwrap() = health;
        let prompt = world.prompt();
        let request = Request::new(Purpose::Outreach, &prompt);
        for _ in 0..2 {
            chain.complete(&request).await.unwrap();
        }
        assert_eq!(world.journal.attempts(), []);
        *world.journal.health.lock().unwrap() = Health::Well;
        for _ in 0..2 {
            assert_eq!(world.kept().await.outcomes(Provider::Groq), ["ok", "ok"]);
        }
        assert_eq!(world.journal.memories()[0].totals.answers, 2);
    }
}

#[tokio::test]
async fn every_attempt_is_recorded_with_its_cost() {
    let world = World::new(5);
    let (_, first, _backup) = world.pair(Provider::OpenAi, Reply::good("да")).await;
    first.script([Reply::error(503, r#"{"error":{"code":"overloaded"}}"#)]);
    let mut priced = settings(Provider::OpenAi, &first);
    priced.prices = Some(Prices {
        prompt_micros_per_million: 1_000_000,
        completion_micros_per_million: 10_000_000,
    });
    let chain = world.chain(vec![priced]).await;
    let prompt = world.prompt();
    let completion = chain
        .complete(&Request::new(Purpose::Reply, &prompt))
        .await
        .unwrap();
    assert_eq!(completion.cost_micros, Some(100 + 200));
    let attempts = world.kept().await.attempts();
    let [failed, answered] = attempts.as_slice() else {
        panic!("{attempts:?}")
    };
    assert_eq!(
        (failed.outcome(), failed.http_status, failed.detail.as_str()),
        ("server_error", Some(503), "overloaded")
    );
    assert_eq!(
        (answered.outcome(), answered.http_status, answered.cost_micros),
        ("ok", Some(200), Some(300))
    );
    assert_eq!(
        (answered.prompt_tokens, answered.completion_tokens),
        (Some(100), Some(20))
    );
    assert!(answered.first_token_ms.is_some() && answered.at_ms > failed.at_ms);
    assert_eq!((answered.purpose, answered.position), (Purpose::Reply, 0));
    let totals = state(&chain, Provider::OpenAi).totals;
    assert_eq!((totals.attempts, totals.answers, totals.cost_micros), (2, 1, 300));
}

#[tokio::test]
async fn connections_are_used_again() {
    let world = World::new(1);
    let (chain, first, _backup) = world.pair(Provider::Groq, Reply::good("да")).await;
    let prompt = world.prompt();
    for _ in 0..20 {
        chain
            .complete(&Request::new(Purpose::Outreach, &prompt))
            .await
            .unwrap();
    }
    assert_eq!((first.count(), first.connections()), (20, 1));
}
