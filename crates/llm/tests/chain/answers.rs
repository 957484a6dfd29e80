//! Rows of the chain's table about requests and answers that are not as they should be.

use alfa_llm::{Cause, Json, Masker, PromptBuilder, Provider, Purpose, Request};

use crate::fake::{Reply, good, piece, says};
use crate::support::{World, is_closed, open_for_ms};

/// 400 context overflow: trim once, then next; the breaker is untouched.
#[tokio::test]
async fn a_prompt_that_is_too_long_is_trimmed_once() {
    let gemini = r#"[{"error":{"code":400,"message":"The input token count (9000) exceeds the maximum number of tokens allowed (8192)."}}]"#;
    for (provider, reply) in [
        (
            Provider::OpenAi,
            Reply::error(400, r#"{"error":{"code":"context_length_exceeded"}}"#),
        ),
        (Provider::Gemini, Reply::error(400, gemini)),
        (
            Provider::Groq,
            Reply::error(413, r#"{"error":{"code":"rate_limit_exceeded","type":"tokens"}}"#),
        ),
        (
            Provider::Ollama,
            Reply::error(
                400,
                r#"{"error":{"message":"exceeds the available context size"}}"#,
            ),
        ),
        (
            Provider::HuggingFace,
            Reply::error(
                422,
                r#"{"error":"`inputs` tokens + `max_new_tokens` must be <= 4096"}"#,
            ),
        ),
    ] {
        let world = World::new(5);
        let (chain, first, _backup) = world.pair(provider, Reply::good("shorter")).await;
        first.script([reply.clone()]);
        let long = PromptBuilder::new("Rules.", Masker::new(), &*world.clock)
            .task(&"много слов ".repeat(300))
            .build();
        let request = Request::new(Purpose::Outreach, &long);
        assert_eq!(
            chain.complete(&request).await.unwrap().text,
            "shorter",
            "{provider}"
        );
        let sizes: Vec<usize> = first
            .received()
            .iter()
            .map(|received| received.body.len())
            .collect();
        assert!(sizes[1] * 3 < sizes[0] * 2, "{sizes:?}");

        first.otherwise(reply);
        for _ in 0..4 {
            let completion = chain.complete(&request).await.unwrap();
            assert_eq!(completion.passed_by[0].cause, Cause::ContextOverflow);
        }
        assert_eq!(first.count(), 2 + 4 * 2);
        assert!(is_closed(&chain, provider));
    }
}

/// Other 400/422: drop optional parameters once, then next; the breaker is untouched.
#[tokio::test]
async fn a_request_that_is_not_understood_is_made_plain_once() {
    let world = World::new(5);
    let unsupported = Reply::error(400, r#"{"error":{"code":"unsupported_parameter"}}"#);
    let (chain, first, _backup) = world.pair(Provider::OpenAi, unsupported.clone()).await;
    let whole = r#"{"choices":[{"message":{"role":"assistant","content":"{\"a\":1}"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1}}"#;
    first.script([unsupported, Reply::Http(200, Vec::new(), whole.to_owned())]);
    let prompt = world.prompt();
    let mut request = Request::new(Purpose::Outreach, &prompt);
    request.temperature = Some(0.2);
    request.frequency_penalty = Some(0.5);
    request.json = Json::Object;
    assert_eq!(chain.complete(&request).await.unwrap().text, r#"{"a":1}"#);
    let received = first.received();
    for optional in [
        "temperature",
        "frequency_penalty",
        "response_format",
        "max_completion_tokens",
        "stream_options",
    ] {
        assert!(received[0].json().get(optional).is_some(), "{optional}");
        assert!(received[1].json().get(optional).is_none(), "{optional}");
    }
    request.json = Json::No;
    for _ in 0..4 {
        let completion = chain.complete(&request).await.unwrap();
        assert_eq!(completion.passed_by[0].cause, Cause::BadRequest);
    }
    assert_eq!(first.count(), 2 + 4 * 2);
    assert!(is_closed(&chain, Provider::OpenAi));
}

/// Empty content, refused, invalid JSON, a stream without a finish: a failure; next.
#[tokio::test]
async fn an_answer_that_is_none_is_a_failure() {
    let filtered = vec![
        says("Про"),
        piece("{}", "\"content_filter\""),
        "[DONE]".to_owned(),
    ];
    let refusal = vec![
        piece(r#"{"refusal":"I cannot help with that."}"#, "null"),
        piece("{}", "\"stop\""),
    ];
    let empty = vec![piece("{}", "\"stop\""), "[DONE]".to_owned()];
    let broken = vec![
        says("half"),
        r#"{"error":{"code":503,"message":"overloaded"}}"#.to_owned(),
    ];
    for (reply, cause) in [
        (Reply::Events(empty, 0), Cause::Empty),
        (Reply::good("   "), Cause::Empty),
        (Reply::Http(200, Vec::new(), String::new()), Cause::Empty),
        (
            Reply::Http(200, Vec::new(), "<html>hello</html>".to_owned()),
            Cause::InvalidJson,
        ),
        (Reply::Events(vec!["{not json".to_owned()], 0), Cause::InvalidJson),
        (Reply::Bytes(b"data: \xff\xfe\n\n".to_vec()), Cause::InvalidJson),
        (Reply::Events(filtered, 0), Cause::Refused),
        (Reply::Events(refusal, 0), Cause::Refused),
        (Reply::Events(vec![says("half")], 0), Cause::CutStream),
        (Reply::ResetAfter(vec![says("half")]), Cause::CutStream),
        (Reply::Events(broken, 0), Cause::CutStream),
        (Reply::Endless, Cause::TooLarge),
    ] {
        let world = World::new(1);
        let (chain, first, _backup) = world.pair(Provider::Groq, reply).await;
        let prompt = world.prompt();
        let request = Request::new(Purpose::Outreach, &prompt);
        for _ in 0..3 {
            let completion = chain.complete(&request).await.unwrap();
            assert_eq!(completion.text, "from the backup");
            assert_eq!(completion.passed_by[0].cause, cause);
        }
        assert_eq!(first.count(), 3, "{cause}: no retry");
        assert!(
            (10_000..=15_000).contains(&open_for_ms(&world, &chain, Provider::Groq)),
            "open after three"
        );
    }
}

/// The caller's own demands: JSON, and a check.
#[tokio::test]
async fn an_answer_that_does_not_pass_is_a_failure() {
    let world = World::new(5);
    let (chain, first, backup) = world.pair(Provider::Gemini, Reply::good("no json")).await;
    backup.otherwise(Reply::good("```json\n{\"label\":\"interest\"}\n```"));
    let prompt = world.prompt();
    let mut request = Request::new(Purpose::Classification, &prompt);
    request.json = Json::Object;
    let completion = chain.complete(&request).await.unwrap();
    assert_eq!(completion.text, r#"{"label":"interest"}"#);
    assert_eq!(completion.passed_by[0].cause, Cause::InvalidJson);

    first.otherwise(Reply::good("{\"label\":\"nonsense\"}"));
    let check = |text: &str| {
        if text.contains("interest") {
            Ok(())
        } else {
            Err("no such label".to_owned())
        }
    };
    request.validate = Some(&check);
    let completion = chain.complete(&request).await.unwrap();
    assert_eq!(completion.passed_by[0].cause, Cause::Rejected);
    assert!(
        world
            .kept()
            .await
            .attempts()
            .iter()
            .any(|attempt| attempt.detail == "no such label")
    );
}

/// Bytes in any portions, and every vendor's way to end a stream.
#[tokio::test]
async fn good_answers_in_every_shape_are_read() {
    let split = "data: {\"choices\":[{\"delta\":{\"content\":\"привет 😀\"},\"finish_reason\":\"stop\"}]}\r\n\r\ndata: [DONE]\r\n\r\n";
    let whole =
        r#"{"choices":[{"message":{"role":"assistant","content":"привет 😀"},"finish_reason":"stop"}]}"#;
    let commented = ": ping\n\ndata: {\"choices\":[{\"delta\":{\"content\":\"привет 😀\"}}]}\n\ndata: [DONE]";
    for reply in [
        Reply::Bytes(split.as_bytes().to_vec()),
        Reply::Http(200, Vec::new(), whole.to_owned()),
        Reply::Bytes(commented.as_bytes().to_vec()),
        Reply::Events(vec![says("привет "), says("😀"), piece("{}", "\"stop\"")], 0),
        Reply::Stall(good("привет 😀")),
    ] {
        let world = World::new(1);
        let (chain, ..) = world.pair(Provider::Groq, reply).await;
        let prompt = world.prompt();
        let completion = chain
            .complete(&Request::new(Purpose::Outreach, &prompt))
            .await
            .unwrap();
        assert_eq!(
            (completion.provider, completion.text.as_str()),
            (Provider::Groq, "привет 😀")
        );
    }
}

/// All open: at once, never a wait.
#[tokio::test]
async fn when_all_are_open_nothing_is_waited_for() {
    let world = World::new(1);
    let (chain, first, backup) = world.pair(Provider::Groq, Reply::Events(Vec::new(), 0)).await;
    backup.otherwise(Reply::error(401, "{}"));
    let prompt = world.prompt();
    let request = Request::new(Purpose::Outreach, &prompt);
    for _ in 0..3 {
        chain.complete(&request).await.unwrap_err();
    }
    let before = (first.count(), backup.count());
    let began = std::time::Instant::now();
    let exhausted = chain.complete(&request).await.unwrap_err();
    assert!(began.elapsed().as_millis() < 50);
    assert_eq!((first.count(), backup.count()), before);
    let causes: Vec<Cause> = exhausted.causes.iter().map(|one| one.cause).collect();
    assert_eq!(causes, [Cause::Empty, Cause::Unauthorized]);
    assert_eq!(
        exhausted.to_string(),
        "no provider answered: groq empty, ollama unauthorized"
    );
}

/// What each vendor is sent.
#[tokio::test]
async fn every_vendor_gets_what_it_understands() {
    for provider in Provider::ALL {
        let world = World::new(1);
        let (chain, first, _backup) = world.pair(provider, Reply::good("да")).await;
        let prompt = world.prompt();
        let mut request = Request::new(Purpose::Outreach, &prompt);
        request.frequency_penalty = Some(0.3);
        chain.complete(&request).await.unwrap();
        let received = first.received().remove(0);
        let (head, json) = (received.head.to_lowercase(), received.json());
        assert!(head.contains(&format!("authorization: bearer {}", crate::support::KEY)));
        assert_eq!(
            head.contains("x-proxy-source: alfa"),
            provider == Provider::Timeweb
        );
        assert_eq!(
            head.starts_with("post /agents/agent-7/v1/chat/completions"),
            provider == Provider::Timeweb
        );
        assert_eq!(json.get("model").is_none(), provider == Provider::Timeweb);
        assert_eq!(
            json.get("frequency_penalty").is_none(),
            provider == Provider::Gemini
        );
        assert_eq!(
            json.get("max_completion_tokens").is_some(),
            provider == Provider::OpenAi
        );
        assert_eq!(json.get("max_tokens").is_none(), provider == Provider::OpenAi);
        assert!(!received.body.contains("num_ctx"));
    }
}
