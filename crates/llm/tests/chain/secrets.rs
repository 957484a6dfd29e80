//! No key in anything that may be shown, kept or logged.

use alfa_llm::{Provider, Purpose, Request};

use crate::fake::Reply;
use crate::support::{KEY, World, settings};

#[tokio::test]
async fn no_key_is_ever_shown() {
    let quoting = format!(
        r#"{{"error":{{"message":"Incorrect API key provided: {KEY}","type":"invalid_request_error","code":"{KEY}","param":"{KEY}"}}}}"#
    );
    let world = World::new(5);
    let (chain, first, _backup) = world.pair(Provider::Timeweb, Reply::error(401, &quoting)).await;
    let prompt = world.prompt();
    let request = Request::new(Purpose::Assistant, &prompt);
    let completion = chain.complete(&request).await.unwrap();
    assert!(first.received()[0].head.contains(KEY), "it was sent");
    let mut shown = vec![
        format!("{chain:?}"),
        format!("{:?}", settings(Provider::Timeweb, &first)),
        format!("{completion:?}"),
        format!("{:?}", chain.states()),
        serde_json::to_string(&chain.states()).unwrap(),
        format!("{:?}", world.kept().await.attempts()),
        serde_json::to_string(&world.kept().await.attempts()).unwrap(),
        format!("{:?}", world.kept().await.memories()),
        serde_json::to_string(&world.kept().await.memories()).unwrap(),
    ];
    let alone = chain.select(&[Provider::Timeweb]);
    let exhausted = alone.complete(&request).await.unwrap_err();
    shown.extend([format!("{exhausted:?}"), exhausted.to_string()]);
    let failure = alone.test(Provider::Timeweb).await.unwrap_err();
    shown.extend([format!("{failure:?}"), failure.to_string()]);
    assert!(shown.iter().all(|text| !text.is_empty()));
    for text in shown {
        assert!(!text.contains(KEY) && !text.contains("invented-key"), "{text}");
    }
}

#[tokio::test]
async fn an_answer_that_tells_the_key_is_none() {
    let world = World::new(5);
    let telling = Reply::good(&format!("The key is {KEY}."));
    let (chain, ..) = world.pair(Provider::OpenAi, telling).await;
    let prompt = world.prompt();
    let completion = chain
        .complete(&Request::new(Purpose::Assistant, &prompt))
        .await
        .unwrap();
    assert_eq!(completion.text, "from the backup");
    assert_eq!(world.kept().await.outcomes(Provider::OpenAi), ["rejected"]);
}
