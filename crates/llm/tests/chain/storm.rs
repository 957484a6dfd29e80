//! 500 drafts while providers fail, hang, stall and come back.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use alfa_llm::{BreakerState, Clock, LimitSettings, OUTREACH_DEADLINE_MS, Provider, Purpose, Request};
use futures::StreamExt;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};

use crate::fake::{Fake, Reply, good, says};
use crate::support::{World, settings, state};

const DRAFTS: usize = 500;
const AT_ONCE: usize = 32;
/// What the machine's own slowness may add, in milliseconds of the test's clock (50 times faster than real time).
const SLACK_MS: i64 = 15_000;

fn weather(rng: &mut StdRng) -> Reply {
    let choices = [
        Reply::good("хорошо"),
        Reply::good("хорошо"),
        Reply::Events(good("медленно но верно"), 200),
        Reply::error(500, ""),
        Reply::error(503, "{}"),
        Reply::error_with(429, "retry-after", "1", ""),
        Reply::error_with(429, "retry-after", "20", ""),
        Reply::Hang,
        Reply::Reset,
        Reply::Stall(vec![says("нача")]),
        Reply::ResetAfter(vec![says("нача")]),
        Reply::Events(Vec::new(), 0),
        Reply::Events(vec!["garbage".to_owned()], 0),
        Reply::error(400, "{}"),
    ];
    choices.choose(rng).unwrap().clone()
}

/// Changes the weather until the drafts are there.
async fn blow(world: &World, fakes: &[Fake], over: &AtomicBool) {
    let mut rng = StdRng::seed_from_u64(11);
    while !over.load(Ordering::SeqCst) {
        let fake = fakes.choose(&mut rng).unwrap();
        fake.otherwise(weather(&mut rng));
        world.clock.sleep_ms(rng.random_range(200..2_000)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_draft_comes_or_is_given_up_in_time() {
    let world = World::new(50);
    let providers = [
        Provider::Gemini,
        Provider::Groq,
        Provider::Ollama,
        Provider::HuggingFace,
    ];
    let mut fakes = Vec::new();
    let mut order = Vec::new();
    for provider in providers {
        let fake = world.fake(Reply::good("хорошо")).await;
        let mut configured = settings(provider, &fake);
        configured.limits = LimitSettings {
            concurrency: Some(16),
            ..LimitSettings::default()
        };
        order.push(configured);
        fakes.push(fake);
    }
    let chain = world.chain(order).await;
    let prompt = world.prompt();
    let over = Arc::new(AtomicBool::new(false));
    let drafts = async {
        let results: Vec<_> = futures::stream::iter(0..DRAFTS)
            .map(|_| async {
                // Drafts are asked for over time, so that they see the providers come back.
                world.clock.sleep_ms(world.clock.random_u64() % 2_000).await;
                let began_ms = world.clock.now_ms();
                let result = chain.complete(&Request::new(Purpose::Outreach, &prompt)).await;
                (result, world.clock.now_ms() - began_ms)
            })
            .buffer_unordered(AT_ONCE)
            .collect()
            .await;
        over.store(true, Ordering::SeqCst);
        results
    };
    let (results, ()) = tokio::join!(drafts, blow(&world, &fakes, &over));

    assert_eq!(results.len(), DRAFTS);
    let mut answered = 0;
    for (result, took_ms) in &results {
        assert!(
            *took_ms <= OUTREACH_DEADLINE_MS + SLACK_MS,
            "{took_ms} {result:?}"
        );
        match result {
            Ok(completion) => {
                assert!(["хорошо", "медленно но верно"].contains(&completion.text.as_str()));
                assert_eq!(completion.passed_by.len(), completion.position);
                answered += 1;
            }
            Err(exhausted) => assert_eq!(exhausted.causes.len(), providers.len()),
        }
    }
    assert!(answered > DRAFTS / 10, "the weather was not that bad: {answered}");

    // The states agree with what happened.
    let attempts = world.kept().await.attempts();
    assert_eq!(
        attempts.iter().filter(|attempt| attempt.cause.is_none()).count(),
        answered
    );
    for (provider, fake) in providers.into_iter().zip(&fakes) {
        let seen = state(&chain, provider);
        let own: Vec<_> = attempts
            .iter()
            .filter(|attempt| attempt.provider == provider)
            .collect();
        let good = own.iter().filter(|attempt| attempt.cause.is_none()).count();
        assert_eq!(seen.used.in_flight, 0, "{provider}");
        assert_eq!(
            (seen.totals.attempts, seen.totals.answers),
            (own.len() as u64, good as u64)
        );
        assert!(fake.count() <= own.len(), "{provider}: every request is recorded");
        assert!(
            !matches!(seen.breaker, BreakerState::HalfOpen { .. }),
            "no probe is left out"
        );
        assert!(
            !matches!(seen.breaker, BreakerState::Disabled { .. }),
            "nothing disabled it"
        );
        let memory = world
            .kept()
            .await
            .memories()
            .into_iter()
            .find(|memory| memory.provider == provider);
        if let Some(memory) = memory {
            assert_eq!(
                memory.breaker.state(),
                seen.breaker,
                "{provider}: what is kept is what is true"
            );
        }
    }

    // When the storm is over, everybody is asked again.
    for fake in &fakes {
        fake.otherwise(Reply::good("хорошо"));
    }
    world.clock.skip(300_000);
    for provider in providers {
        let alone = chain.select(&[provider]);
        assert!(
            alone
                .complete(&Request::new(Purpose::Outreach, &prompt))
                .await
                .is_ok(),
            "{provider}"
        );
        assert_eq!(state(&chain, provider).breaker, BreakerState::Closed);
    }
}
