//! The TLS provider of the process, in a process of its own.

#[test]
fn other_clients_can_be_made_once_it_is_installed() {
    let made = || std::panic::catch_unwind(|| reqwest::Client::builder().no_proxy().build().is_ok());
    assert!(
        made().is_err(),
        "without a provider reqwest panics; when it does not any more, this can go"
    );
    alfa_llm::install_tls_provider();
    alfa_llm::install_tls_provider();
    assert_eq!(made().ok(), Some(true));
}
