//! Our limits and the vendors' own.

use std::time::Duration;

use alfa_llm::{Cause, LimitSettings, Provider, Purpose, Request};
use futures::future::join_all;

use crate::fake::Reply;
use crate::support::{World, is_closed, settings, state};

#[tokio::test]
async fn our_own_limits_pass_by_and_survive_a_kill() {
    let world = World::new(1);
    let first = world.fake(Reply::good("да")).await;
    let backup = world.fake(Reply::good("from the backup")).await;
    let mut limited = settings(Provider::Gemini, &first);
    limited.limits = LimitSettings {
        requests_per_day: Some(3),
        ..LimitSettings::default()
    };
    let order = vec![limited, settings(Provider::Ollama, &backup)];
    let prompt = world.prompt();
    let request = Request::new(Purpose::Outreach, &prompt);
    let chain = world.chain(order.clone()).await;
    for _ in 0..2 {
        assert_eq!(chain.complete(&request).await.unwrap().provider, Provider::Gemini);
    }
    // What waited to be kept died with the process, what was used of the limits did not.
    let killed = world.chain(order.clone()).await;
    assert_eq!(state(&killed, Provider::Gemini).used.requests_day, 2);
    first.otherwise(Reply::Hang);
    let in_flight = tokio::time::timeout(Duration::from_millis(100), killed.complete(&request)).await;
    assert!(
        in_flight.is_err() && first.count() == 3,
        "it was asked and did not answer yet"
    );
    first.otherwise(Reply::good("да"));

    let chain = world.chain(order).await;
    assert_eq!(state(&chain, Provider::Gemini).used.requests_day, 3);
    let completion = chain.complete(&request).await.unwrap();
    assert_eq!(completion.provider, Provider::Ollama);
    let Cause::Busy {
        until_ms: Some(until_ms),
    } = completion.passed_by[0].cause
    else {
        panic!("{completion:?}")
    };
    world
        .clock
        .skip(until_ms - alfa_llm::Clock::now_ms(&*world.clock));
    assert_eq!(chain.complete(&request).await.unwrap().provider, Provider::Gemini);
}

#[tokio::test]
async fn the_vendors_counters_and_the_true_tokens_are_used() {
    let world = World::new(1);
    let (chain, first, _backup) = world.pair(Provider::Groq, Reply::good("да")).await;
    let hints = vec![
        ("x-ratelimit-remaining-tokens", "3".to_owned()),
        ("x-ratelimit-reset-tokens", "40s".to_owned()),
    ];
    first.script([
        Reply::good("да"),
        Reply::EventsWith(hints, crate::fake::good("да")),
    ]);
    let prompt = world.prompt();
    let request = Request::new(Purpose::Outreach, &prompt);
    chain.complete(&request).await.unwrap();
    assert_eq!(
        state(&chain, Provider::Groq).used.tokens_minute,
        120,
        "as the vendor counted"
    );
    chain.complete(&request).await.unwrap();
    let completion = chain.complete(&request).await.unwrap();
    assert!(matches!(
        completion.passed_by[0].cause,
        Cause::Busy { until_ms: Some(_) }
    ));
    assert_eq!(first.count(), 2);
    assert!(
        is_closed(&chain, Provider::Groq),
        "our limit is no failure of theirs"
    );
    world.clock.skip(41_000);
    assert_eq!(chain.complete(&request).await.unwrap().provider, Provider::Groq);
}

#[tokio::test]
async fn concurrency_is_limited() {
    let world = World::new(5);
    let slow = world.fake(Reply::Events(crate::fake::good("да"), 100)).await;
    let mut limited = settings(Provider::Ollama, &slow);
    limited.limits = LimitSettings {
        concurrency: Some(2),
        ..LimitSettings::default()
    };
    let chain = world.chain(vec![limited]).await;
    let prompt = world.prompt();
    let request = Request::new(Purpose::Outreach, &prompt);
    let answers = join_all((0..6).map(|_| chain.complete(&request))).await;
    let busy = answers
        .iter()
        .filter_map(|answer| answer.as_ref().err())
        .map(|error| error.causes[0].cause);
    assert_eq!(busy.collect::<Vec<_>>(), [Cause::Busy { until_ms: None }; 4]);
    assert_eq!(state(&chain, Provider::Ollama).used.in_flight, 0);
}
