//! Faults, as the world carries them out.

use super::*;
use crate::fault::{FaultAction, FaultRule, Injected, When};
use crate::world::error;

const SEND: &str = "messages.sendMessage";

fn rule(method: &str, when: When, action: FaultAction) -> FaultRule {
    FaultRule {
        account: None,
        method: Some(method.to_owned()),
        when,
        times: None,
        action,
    }
}

#[test]
fn a_flood_wait_stands_until_its_time_and_only_for_its_method() {
    let town = Town::new();
    let operator = town.operator();
    town.world
        .add_fault(rule(SEND, When::Nth(2), FaultAction::FloodWait { seconds: 17 }));
    let strike = |method| town.world.fault(operator.key, method);
    assert_eq!(strike(SEND), None);
    assert_eq!(strike(SEND), Some(Injected::Error(RpcError::flood_wait(17))));
    town.clock.advance_to_ms(START_MS + 10_500);
    assert_eq!(strike(SEND), Some(Injected::Error(RpcError::flood_wait(7))));
    assert_eq!(strike("messages.getHistory"), None);
    town.clock.advance_to_ms(START_MS + 17_000);
    assert_eq!(strike(SEND), None);
    assert_eq!(
        town.count("error_injected"),
        1,
        "the wait that stands is the same fault"
    );
}

#[test]
fn a_restricted_account_may_answer_but_not_begin() {
    let town = Town::new();
    let operator = town.operator();
    let (ivan, maria) = (town.person("01"), town.person("02"));
    town.world.say(ivan, operator.account, "Hello").unwrap();
    town.world
        .add_fault(rule(SEND, When::Nth(1), FaultAction::PeerFlood));
    assert_eq!(
        town.world.fault(operator.key, SEND),
        Some(Injected::Error(error::PEER_FLOOD))
    );
    assert_eq!(town.world.fault(operator.key, SEND), None);
    assert_eq!(town.send(operator, maria, "Hello"), Err(error::PEER_FLOOD));
    assert!(town.send(operator, ivan, "Hello").is_ok());
    let colleague = town.sign_in(2, "+79990000002");
    assert!(town.send(colleague, maria, "Hello").is_ok());
    town.world.reset_faults();
    assert!(town.send(operator, maria, "Hello").is_ok());
}

#[test]
fn revoking_and_forgetting_are_done_by_the_world() {
    let town = Town::new();
    let operator = town.operator();
    town.world
        .add_fault(rule(SEND, When::Always, FaultAction::RevokeSession));
    assert_eq!(
        town.world.fault(operator.key, SEND),
        Some(Injected::Error(error::SESSION_REVOKED))
    );
    assert_eq!(town.world.caller(KeyId(1)), Err(error::SESSION_REVOKED));
    town.world.save_key(KeyId(2), b"secret");
    let colleague = town.sign_in(2, "+79990000002");
    town.world.reset_faults();
    town.world
        .add_fault(rule(SEND, When::Always, FaultAction::ForgetKey));
    assert_eq!(town.world.fault(colleague.key, SEND), Some(Injected::ForgetKey));
    assert_eq!(
        (town.world.key(KeyId(2)), town.world.caller(KeyId(2)).is_err()),
        (None, true)
    );
}

#[test]
fn a_fault_for_one_account_leaves_the_other_alone() {
    let town = Town::new();
    let (operator, colleague) = (town.operator(), town.sign_in(2, "+79990000002"));
    let mut close = rule(SEND, When::Every(2), FaultAction::CloseAfter);
    close.account = Some("+7 999 000-00-02".to_owned());
    close.times = Some(1);
    town.world.add_fault(close);
    let struck = |caller: Caller| {
        (0..6)
            .filter(|_| town.world.fault(caller.key, SEND).is_some())
            .count()
    };
    assert_eq!((struck(operator), struck(colleague)), (0, 1));
    assert_eq!(town.world.faults()[0].1, 1);
}

#[test]
fn pushes_can_be_lost_and_doubled_but_the_difference_has_them_once() {
    for (action, copies) in [(FaultAction::SkipUpdate, 0), (FaultAction::DuplicateUpdate, 2)] {
        let town = Town::new();
        let operator = town.operator();
        town.world
            .add_fault(rule(crate::fault::PUSH, When::Nth(1), action));
        let mut pushes = town.world.subscribe();
        town.world
            .say(town.person("01"), operator.account, "Hello")
            .unwrap();
        assert_eq!(std::iter::from_fn(|| pushes.try_recv().ok()).count(), copies);
        assert_eq!(
            town.world
                .difference(operator, 1, None)
                .unwrap()
                .new_messages
                .len(),
            1
        );
    }
}

#[test]
fn the_second_password_can_be_asked_of_anyone() {
    let town = Town::new();
    town.world
        .add_fault(rule("auth.signIn", When::Nth(1), FaultAction::NeedPassword));
    let phone = "+79990000001";
    let hash = town.world.send_code(phone).unwrap();
    assert_eq!(town.world.fault(None, "auth.signIn"), None);
    assert_eq!(
        town.world.sign_in(KeyId(1), phone, &hash, "12345"),
        Err(error::SESSION_PASSWORD_NEEDED)
    );
    assert_eq!(
        town.world.password_owed_by(KeyId(1)).unwrap().password.as_deref(),
        Some("password")
    );
}

#[test]
fn probability_is_drawn_from_the_seed() {
    let struck = || {
        let town = Town::new();
        town.world
            .add_fault(rule(SEND, When::Probability(0.25), FaultAction::CloseBefore));
        (0..400)
            .filter(|_| town.world.fault(None, SEND).is_some())
            .count()
    };
    assert_eq!(struck(), struck());
    assert!((60..=140).contains(&struck()), "{}", struck());
}
