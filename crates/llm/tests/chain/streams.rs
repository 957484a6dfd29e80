//! Streams: failover before the first token, an explicit error after it; and tools.

use alfa_llm::{
    Cause, Chain, DataClass, Finish, Masker, PromptBuilder, Provider, Purpose, Request, StreamEvent, Timeout,
    TokenStream, Tool, ToolChoice,
};
use serde_json::json;

use crate::fake::{Reply, piece, says};
use crate::support::{World, is_closed, state};

async fn drain(stream: &mut TokenStream) -> (String, StreamEvent) {
    let mut text = String::new();
    loop {
        match stream.next().await.unwrap() {
            StreamEvent::Token(piece) => text.push_str(&piece),
            last => return (text, last),
        }
    }
}

async fn open(world: &World, chain: &Chain) -> TokenStream {
    let prompt = world.prompt();
    chain
        .stream(&Request::new(Purpose::Assistant, &prompt))
        .await
        .unwrap()
}

#[tokio::test]
async fn tokens_arrive_one_by_one() {
    let world = World::new(5);
    let (chain, ..) = world.pair(Provider::Timeweb, Reply::good("раз два три")).await;
    let mut stream = open(&world, &chain).await;
    assert_eq!(stream.next().await, Some(StreamEvent::Token("раз ".to_owned())));
    let (rest, last) = drain(&mut stream).await;
    assert_eq!(rest, "два три");
    let StreamEvent::Done(completion) = last else {
        panic!("{last:?}")
    };
    assert_eq!(
        (completion.text.as_str(), completion.finish),
        ("раз два три", Finish::Stop)
    );
    assert_eq!(completion.usage.unwrap().total(), 120);
    assert_eq!(stream.next().await, None);
    assert_eq!(world.kept().await.outcomes(Provider::Timeweb), ["ok"]);
}

#[tokio::test]
async fn before_the_first_token_the_next_is_asked() {
    for reply in [
        Reply::error(401, "{}"),
        Reply::Hang,
        Reply::Reset,
        Reply::Events(vec![piece(r#"{"role":"assistant","content":""}"#, "null")], 0),
        Reply::good("  "),
    ] {
        let world = World::new(20);
        let (chain, ..) = world.pair(Provider::Timeweb, reply).await;
        let mut stream = open(&world, &chain).await;
        assert_eq!(stream.provider(), Provider::Ollama);
        assert_eq!(stream.passed_by().len(), 1);
        assert_eq!(drain(&mut stream).await.0, "from the backup");
    }
}

#[tokio::test]
async fn after_the_first_token_it_breaks_off_openly() {
    let begun = || vec![says("Начало")];
    let idle = Timeout::Idle;
    for (reply, expected) in [
        (Reply::ResetAfter(begun()), Cause::CutStream),
        (Reply::Events(begun(), 0), Cause::CutStream),
        (Reply::Stall(begun()), Cause::Timeout { limit: idle }),
        (
            Reply::Events([begun(), vec!["garbage".to_owned()]].concat(), 0),
            Cause::InvalidJson,
        ),
    ] {
        let world = World::new(25);
        let (chain, _first, backup) = world.pair(Provider::Timeweb, reply).await;
        let mut stream = open(&world, &chain).await;
        let (text, last) = drain(&mut stream).await;
        assert_eq!(text, "Начало");
        assert_eq!(
            last,
            StreamEvent::Broken {
                provider: Provider::Timeweb,
                cause: expected
            }
        );
        assert_eq!(stream.next().await, None);
        assert_eq!(backup.count(), 0, "never failed over");
        assert_eq!(world.kept().await.outcomes(Provider::Timeweb), [expected.word()]);
    }
}

#[tokio::test]
async fn a_stream_that_is_dropped_gives_its_place_back() {
    let world = World::new(5);
    let (chain, ..) = world.pair(Provider::Timeweb, Reply::Stall(vec![says("x")])).await;
    let stream = open(&world, &chain).await;
    assert_eq!(state(&chain, Provider::Timeweb).used.in_flight, 1);
    drop(stream);
    assert_eq!(state(&chain, Provider::Timeweb).used.in_flight, 0);
    assert!(is_closed(&chain, Provider::Timeweb));
}

#[tokio::test]
async fn tools_are_called_and_answered() {
    let world = World::new(5);
    let calls = vec![
        piece(
            r#"{"tool_calls":[{"index":0,"id":"a","type":"function","function":{"name":"find","arguments":"{\"q\""}}]}"#,
            "null",
        ),
        piece(
            r#"{"tool_calls":[{"index":0,"function":{"arguments":":1}"}}]}"#,
            "null",
        ),
        piece(
            r#"{"tool_calls":[{"index":0,"id":"b","function":{"name":"count","arguments":"{}"}}]}"#,
            "null",
        ),
        piece("{}", "\"tool_calls\""),
    ];
    let (chain, first, _backup) = world.pair(Provider::OpenAi, Reply::Events(calls, 0)).await;
    let prompt = world.prompt();
    let mut request = Request::new(Purpose::Assistant, &prompt);
    request.tools = vec![Tool::function("find", "Finds.", json!({ "type": "object" }))];
    request.tool_choice = Some(ToolChoice::Auto);
    let completion = chain.complete(&request).await.unwrap();
    assert_eq!(completion.finish, Finish::ToolCalls);
    let names: Vec<_> = completion
        .tool_calls
        .iter()
        .map(|call| call.function.name.as_str())
        .collect();
    assert_eq!(names, ["find", "count"]);
    assert_eq!(completion.tool_calls[0].function.arguments, r#"{"q":1}"#);
    assert_eq!(first.received()[0].json()["tools"][0]["function"]["name"], "find");

    let mut stream = chain.stream(&request).await.unwrap();
    let (text, last) = drain(&mut stream).await;
    let StreamEvent::Done(done) = last else {
        panic!("{last:?}")
    };
    assert_eq!((text.as_str(), done.tool_calls.len()), ("", 2));

    first.otherwise(Reply::good("Нашёл."));
    let prompt = PromptBuilder::new("Rules.", Masker::new(), &*world.clock)
        .user_asked("Найди")
        .tool_calls("", completion.tool_calls)
        .tool_result("a", DataClass::Profile, "{\"n\":1}")
        .tool_result("b", DataClass::Profile, "2")
        .build();
    chain
        .complete(&Request::new(Purpose::Assistant, &prompt))
        .await
        .unwrap();
    let messages = first.received().pop().unwrap().json()["messages"].clone();
    assert_eq!(messages[2]["tool_calls"][0]["id"], "a");
    assert_eq!(
        (&messages[3]["role"], &messages[3]["tool_call_id"]),
        (&json!("tool"), &json!("a"))
    );
}
