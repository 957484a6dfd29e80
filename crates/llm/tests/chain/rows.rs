//! Every row of the chain's table, for each vendor where they differ.

use alfa_llm::{BreakerState, Cause, Provider, Purpose, Request, Timeout};

use crate::fake::{Reply, piece, says};
use crate::support::{World, backup_of, is_closed, open_for_ms, settings, state};

const HOUR_MS: i64 = 3_600_000;

/// 401, 403, 404, 402, exhausted credit: next at once, disabled.
#[tokio::test]
async fn what_only_a_change_can_cure_disables() {
    let quota = r#"{"error":{"message":"You exceeded your current quota","type":"insufficient_quota","code":"insufficient_quota"}}"#;
    let gemini_key = r#"[{"error":{"code":400,"message":"API key not valid.","status":"INVALID_ARGUMENT","details":[{"reason":"API_KEY_INVALID"}]}}]"#;
    let credits = r#"{"error":"You have exceeded your monthly included credits for Inference Providers."}"#;
    for (provider, reply, cause) in [
        (
            Provider::Timeweb,
            Reply::error(401, r#"{"message":"Unauthorized"}"#),
            Cause::Unauthorized,
        ),
        (
            Provider::Timeweb,
            Reply::error(404, r#"{"message":"Not found"}"#),
            Cause::AgentNotFound,
        ),
        (
            Provider::OpenAi,
            Reply::error(401, r#"{"error":{"code":"invalid_api_key"}}"#),
            Cause::Unauthorized,
        ),
        (Provider::OpenAi, Reply::error(403, "{}"), Cause::Forbidden),
        (
            Provider::OpenAi,
            Reply::error_with(429, "retry-after", "1", quota),
            Cause::CreditExhausted,
        ),
        (
            Provider::Gemini,
            Reply::error(400, gemini_key),
            Cause::Unauthorized,
        ),
        (
            Provider::Groq,
            Reply::error(404, r#"{"error":{"code":"model_not_found"}}"#),
            Cause::ModelNotFound,
        ),
        (
            Provider::HuggingFace,
            Reply::error(402, credits),
            Cause::CreditExhausted,
        ),
        (
            Provider::Ollama,
            Reply::error(404, r#"{"error":{"message":"model \"x\" not found"}}"#),
            Cause::ModelNotFound,
        ),
        (
            Provider::OpenAi,
            Reply::error_with(302, "location", "http://127.0.0.1:1/", ""),
            Cause::WrongAddress,
        ),
    ] {
        let world = World::new(5);
        let (chain, first, backup) = world.pair(provider, reply).await;
        let prompt = world.prompt();
        let request = Request::new(Purpose::Outreach, &prompt);
        for _ in 0..2 {
            let completion = chain.complete(&request).await.unwrap();
            assert_eq!(completion.provider, backup_of(provider));
            assert_eq!(completion.passed_by[0].cause, cause, "{provider}");
        }
        assert_eq!((first.count(), backup.count()), (1, 2), "{provider} {cause}");
        let disabled = state(&chain, provider).breaker;
        assert!(
            matches!(disabled, BreakerState::Disabled { cause: why, .. } if why == cause),
            "{disabled:?}"
        );

        first.otherwise(Reply::good("well again"));
        world.clock.skip(6 * HOUR_MS - 60_000);
        chain.complete(&request).await.unwrap();
        assert_eq!(first.count(), 1, "no probe before six hours are over");
        world.clock.skip(60_000);
        let completion = chain.complete(&request).await.unwrap();
        assert_eq!(
            (completion.provider, completion.text.as_str()),
            (provider, "well again")
        );
        assert!(is_closed(&chain, provider));
    }
}

fn throttles(delay: &str) -> [(Provider, Reply); 4] {
    let gemini = format!(
        r#"[{{"error":{{"code":429,"status":"RESOURCE_EXHAUSTED","details":[{{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"{delay}s"}}]}}}}]"#
    );
    let groq = vec![
        ("x-ratelimit-remaining-tokens", "0".to_owned()),
        ("x-ratelimit-reset-tokens", format!("{delay}s")),
    ];
    let limited = r#"{"error":{"code":"rate_limit_exceeded"}}"#;
    [
        (Provider::Gemini, Reply::error(429, &gemini)),
        (Provider::Groq, Reply::Http(429, groq, limited.to_owned())),
        (
            Provider::OpenAi,
            Reply::error_with(429, "retry-after", delay, limited),
        ),
        (
            Provider::HuggingFace,
            Reply::error_with(429, "retry-after", delay, "slow down"),
        ),
    ]
}

/// 429 with a delay of ≤ 2 s that fits: wait, one retry.
#[tokio::test]
async fn a_short_throttle_is_waited_for_once() {
    for (provider, reply) in throttles("2") {
        let world = World::new(20);
        let (chain, first, backup) = world.pair(provider, Reply::good("after the wait")).await;
        first.script([reply.clone()]);
        let prompt = world.prompt();
        let request = Request::new(Purpose::Outreach, &prompt);
        let completion = chain.complete(&request).await.unwrap();
        assert_eq!(completion.text, "after the wait");
        assert_eq!((first.count(), backup.count()), (2, 0), "{provider}");
        assert!(world.clock.slept_ms().contains(&2_000));
        assert_eq!(world.kept().await.outcomes(provider), ["throttled", "ok"]);

        first.script([reply.clone(), reply]);
        let completion = chain.complete(&request).await.unwrap();
        assert_eq!(completion.provider, backup_of(provider), "one retry, not two");
        assert_eq!(first.count(), 4);
        assert!(matches!(completion.passed_by[0].cause, Cause::Throttled { .. }));
        assert!(open_for_ms(&world, &chain, provider) <= 2_000);
    }
}

/// … and not when it does not fit the deadline.
#[tokio::test]
async fn a_throttle_that_does_not_fit_is_not_waited_for() {
    let world = World::new(1);
    let reply = Reply::error_with(429, "retry-after", "2", "");
    let (chain, first, _backup) = world.pair(Provider::OpenAi, reply).await;
    let prompt = world.prompt();
    let mut request = Request::new(Purpose::Outreach, &prompt);
    request.deadline_ms = 1_900;
    let completion = chain.complete(&request).await.unwrap();
    assert_eq!(completion.provider, Provider::Ollama);
    assert_eq!(first.count(), 1);
    assert!(!world.clock.slept_ms().contains(&2_000));
}

/// 429 otherwise: next, open until the named time.
#[tokio::test]
async fn a_long_throttle_opens_until_the_named_time() {
    for (provider, reply) in throttles("45") {
        let world = World::new(1);
        let (chain, first, _backup) = world.pair(provider, reply).await;
        let prompt = world.prompt();
        let request = Request::new(Purpose::Outreach, &prompt);
        for _ in 0..2 {
            let completion = chain.complete(&request).await.unwrap();
            assert_eq!(completion.provider, backup_of(provider));
        }
        assert_eq!(first.count(), 1);
        let open_ms = open_for_ms(&world, &chain, provider);
        assert!((40_000..=45_000).contains(&open_ms), "{provider} {open_ms}");
        world.clock.skip(45_000);
        first.otherwise(Reply::good("again"));
        assert_eq!(chain.complete(&request).await.unwrap().text, "again");
    }
}

/// 30 s if none was named; a day's quota until its reset.
#[tokio::test]
async fn a_throttle_without_a_time_and_a_days_quota() {
    let day = r#"[{"error":{"code":429,"status":"RESOURCE_EXHAUSTED","details":[{"violations":[{"quotaId":"GenerateRequestsPerDayPerProjectPerModel-FreeTier"}]},{"retryDelay":"1s"}]}}]"#;
    let groq_day = vec![
        ("x-ratelimit-remaining-requests", "0".to_owned()),
        ("x-ratelimit-reset-requests", "5h3m0s".to_owned()),
    ];
    for (provider, reply, least_ms, most_ms) in [
        (Provider::Timeweb, Reply::error(429, "{}"), 25_000, 30_000),
        (Provider::Ollama, Reply::error(429, "busy"), 25_000, 30_000),
        (Provider::Gemini, Reply::error(429, day), 60_000, 24 * HOUR_MS),
        (
            Provider::Groq,
            Reply::Http(429, groq_day, "{}".to_owned()),
            5 * HOUR_MS,
            5 * HOUR_MS + 180_000,
        ),
    ] {
        let world = World::new(1);
        let (chain, first, _backup) = world.pair(provider, reply).await;
        let prompt = world.prompt();
        chain
            .complete(&Request::new(Purpose::Outreach, &prompt))
            .await
            .unwrap();
        assert_eq!(first.count(), 1, "{provider}");
        let open_ms = open_for_ms(&world, &chain, provider);
        assert!((least_ms..=most_ms).contains(&open_ms), "{provider} {open_ms}");
        if provider == Provider::Gemini {
            let at_ms = alfa_llm::Clock::now_ms(&*world.clock) + open_ms;
            let of_day_ms = (at_ms + 1_000).rem_euclid(24 * HOUR_MS);
            assert!((of_day_ms - 8 * HOUR_MS).abs() < 5_000, "midnight in California");
        }
    }
}

fn pauses(world: &World) -> usize {
    world
        .clock
        .slept_ms()
        .into_iter()
        .filter(|ms| (250..=750).contains(ms))
        .count()
}

/// 5xx, 529, reset: one retry after 250–750 ms, then next.
#[tokio::test]
async fn a_passing_failure_is_retried_once() {
    for (provider, reply, outcome) in [
        (Provider::OpenAi, Reply::error(500, ""), "server_error"),
        (
            Provider::Gemini,
            Reply::error(503, r#"[{"error":{"status":"UNAVAILABLE"}}]"#),
            "server_error",
        ),
        (Provider::Groq, Reply::error(529, "overloaded"), "server_error"),
        (Provider::Timeweb, Reply::error(502, "<html>"), "server_error"),
        (Provider::HuggingFace, Reply::Reset, "unreachable"),
    ] {
        let world = World::new(20);
        let (chain, first, backup) = world.pair(provider, Reply::good("second time")).await;
        first.script([reply.clone()]);
        let prompt = world.prompt();
        let request = Request::new(Purpose::Outreach, &prompt);
        assert_eq!(chain.complete(&request).await.unwrap().text, "second time");
        assert_eq!(
            (first.count(), backup.count(), pauses(&world)),
            (2, 0, 1),
            "{provider}"
        );

        first.script([reply.clone(), reply]);
        assert_eq!(
            chain.complete(&request).await.unwrap().provider,
            backup_of(provider)
        );
        assert_eq!(
            (first.count(), backup.count(), pauses(&world)),
            (4, 1, 2),
            "{provider}"
        );
        assert_eq!(
            world.kept().await.outcomes(provider),
            [outcome, "ok", outcome, outcome]
        );
        assert!(is_closed(&chain, provider), "one failed visit does not open");
    }
}

/// The same for a connection that is refused.
#[tokio::test]
async fn a_refused_connection_is_retried_once() {
    let world = World::new(20);
    let backup = world.fake(Reply::good("from the backup")).await;
    let mut dead = settings(Provider::OpenAi, &backup);
    let nobody = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    dead.base_url = format!("http://{nobody}/v1");
    let chain = world.chain(vec![dead, settings(Provider::Ollama, &backup)]).await;
    let prompt = world.prompt();
    let completion = chain
        .complete(&Request::new(Purpose::Outreach, &prompt))
        .await
        .unwrap();
    assert_eq!(completion.passed_by[0].cause, Cause::Unreachable);
    assert_eq!(
        world.kept().await.outcomes(Provider::OpenAi),
        ["unreachable", "unreachable"]
    );
    assert_eq!(pauses(&world), 1);
}

/// Timeouts: connect 3 s, first token 10 s, stream idle 15 s; next, without a retry.
#[tokio::test]
async fn silence_has_limits() {
    let ping = vec![piece(r#"{"role":"assistant","content":""}"#, "null")];
    for (reply, limit, least_ms, most_ms) in [
        (Reply::Hang, Timeout::FirstToken, 10_000, 13_000),
        (Reply::Stall(ping), Timeout::FirstToken, 10_000, 13_000),
        (Reply::Stall(vec![says("begun")]), Timeout::Idle, 15_000, 18_500),
    ] {
        let world = World::new(25);
        let (chain, first, _backup) = world.pair(Provider::Groq, reply).await;
        let prompt = world.prompt();
        let completion = chain
            .complete(&Request::new(Purpose::Outreach, &prompt))
            .await
            .unwrap();
        assert_eq!(completion.passed_by[0].cause, Cause::Timeout { limit });
        assert_eq!(first.count(), 1);
        let took_ms = world.kept().await.attempts()[0].total_ms;
        assert!((least_ms..most_ms).contains(&took_ms), "{limit:?} {took_ms}");
    }
}

#[tokio::test]
async fn connecting_has_a_limit() {
    let world = World::new(25);
    // It takes the connection and never answers the TLS greeting.
    let (_, silent, backup) = world.pair(Provider::OpenAi, Reply::Hang).await;
    let mut hanging = settings(Provider::OpenAi, &silent);
    hanging.base_url = format!("https://{}/v1", silent.address);
    let chain = world
        .chain(vec![hanging, settings(Provider::Ollama, &backup)])
        .await;
    let prompt = world.prompt();
    let completion = chain
        .complete(&Request::new(Purpose::Outreach, &prompt))
        .await
        .unwrap();
    let limit = Timeout::Connect;
    assert_eq!(completion.passed_by[0].cause, Cause::Timeout { limit });
    let took_ms = world.kept().await.attempts()[0].total_ms;
    assert!((3_000..5_500).contains(&took_ms), "{took_ms}");
}

/// The caller's deadline bounds everything, also an answer that trickles.
#[tokio::test]
async fn the_deadline_is_kept() {
    let world = World::new(20);
    let words: Vec<String> = (0..200).map(|_| says("word ")).collect();
    let slow = world.fake(Reply::Events(words, 1_000)).await;
    let chain = world.chain(vec![settings(Provider::Groq, &slow)]).await;
    let prompt = world.prompt();
    let began_ms = alfa_llm::Clock::now_ms(&*world.clock);
    let exhausted = chain
        .complete(&Request::new(Purpose::Classification, &prompt))
        .await
        .unwrap_err();
    let took_ms = alfa_llm::Clock::now_ms(&*world.clock) - began_ms;
    let limit = Timeout::Total;
    assert_eq!(exhausted.causes[0].cause, Cause::Timeout { limit });
    assert!((8_000..10_500).contains(&took_ms), "{took_ms}");
}

/// With little time, one provider's silence leaves some of it to the others.
#[tokio::test]
async fn a_short_deadline_is_shared() {
    let world = World::new(10);
    let (chain, _hanging, _backup) = world.pair(Provider::Groq, Reply::Hang).await;
    let prompt = world.prompt();
    let completion = chain
        .complete(&Request::new(Purpose::Classification, &prompt))
        .await
        .unwrap();
    assert_eq!(completion.provider, Provider::Ollama);
    let limit = Timeout::FirstToken;
    assert_eq!(completion.passed_by[0].cause, Cause::Timeout { limit });
}
