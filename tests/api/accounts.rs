//! What the API says of our Telegram accounts.

use alfa_store::accounts;
use alfa_store::types::{AccountState, Environment};

use crate::server::{Server, answer};

#[tokio::test]
async fn a_limited_account_says_what_happened_and_what_to_do_in_both_languages() {
    let server = Server::open().await;
    let now = server.app.clock.now();
    let tx = server.app.begin().await.expect("begun");
    let id = accounts::create(&tx, "main", Environment::Sandbox, None, now)
        .await
        .expect("created");
    tx.commit().await.expect("committed");
    for (state, reason, word_en, word_ru) in [
        (AccountState::Restricted, "peer_flood", "@SpamBot", "@SpamBot"),
        (AccountState::Restricted, "account_frozen", "appeal", "апелляцию"),
        (
            AccountState::LoggedOut,
            "session_unreadable",
            "decrypted",
            "расшифровывается",
        ),
        (
            AccountState::LoggedOut,
            "session_revoked",
            "Sign in again",
            "Войдите заново",
        ),
    ] {
        let tx = server.app.begin().await.expect("begun");
        accounts::set_state(&tx, id, state, Some(reason), None, now)
            .await
            .expect("set");
        tx.commit().await.expect("committed");
        let path = format!("/api/accounts/{id}");
        for (language, word) in [("en", word_en), ("ru", word_ru)] {
            let asked = server
                .client
                .get(format!("{}{path}", server.address))
                .header("accept-language", language)
                .send()
                .await
                .expect("answered");
            let (status, body) = answer(asked).await;
            assert_eq!((status, body["state_reason"].as_str()), (200, Some(reason)));
            let said = body["state_text"].as_str().unwrap_or_default();
            assert!(said.contains(word), "{language}: {said}");
        }
    }
    let (_, list) = server.get("/api/accounts").await;
    assert!(list["items"][0]["state_text"].is_string(), "{list}");
}
