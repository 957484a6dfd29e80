//! Signing in, sessions, and which session is told what.

use super::*;
use crate::world::error;
use crate::world::types::{LoginTokenState, PushTo, Update};

#[test]
fn a_code_signs_in_and_a_wrong_one_does_not() {
    let town = Town::new();
    let phone = "+79990000001";
    let hash = town.world.send_code(phone).unwrap();
    let sign_in = |hash: &str, code: &str| town.world.sign_in(KeyId(1), phone, hash, code);
    assert_eq!(sign_in(&hash, "54321"), Err(error::PHONE_CODE_INVALID));
    assert_eq!(sign_in("0", "12345"), Err(error::PHONE_CODE_EXPIRED));
    assert_eq!(town.world.caller(KeyId(1)), Err(error::AUTH_KEY_UNREGISTERED));
    assert!(matches!(sign_in(&hash, "12345"), Ok(SignIn::Done(user)) if user.is_self));
    town.world.log_out(KeyId(1)).unwrap();
    assert_eq!(town.world.caller(KeyId(1)), Err(error::AUTH_KEY_UNREGISTERED));
    assert_eq!(town.world.send_code("12"), Err(error::PHONE_NUMBER_INVALID));
}

#[test]
fn an_unknown_phone_signs_up_only_where_registration_is_open() {
    let town = Town::new();
    let hash = town.world.send_code("+79993334455").unwrap();
    assert_eq!(
        town.world.sign_in(KeyId(1), "+79993334455", &hash, "12345"),
        Ok(SignIn::SignUpRequired)
    );
    let open = Town::of("open_registration: true\ngroups: [{ title: All, generated_members: 3 }]\n");
    let caller = open.sign_in(1, "+79993334455");
    assert_eq!(
        open.world.groups(caller.account).len(),
        1,
        "new accounts join the scenario's groups"
    );
}

#[test]
fn the_second_password_is_owed_until_it_was_right() {
    let town = Town::new();
    let phone = "+79990000003";
    let hash = town.world.send_code(phone).unwrap();
    assert_eq!(
        town.world.sign_in(KeyId(1), phone, &hash, "12345"),
        Err(error::SESSION_PASSWORD_NEEDED)
    );
    assert!(town.world.caller(KeyId(1)).is_err());
    let owed = town.world.password_owed_by(KeyId(1)).unwrap();
    assert_eq!(
        (owed.password.as_deref(), owed.hint.as_deref()),
        (Some("correct horse"), Some("animals"))
    );
    assert!(town.world.password_was_right(KeyId(1)).is_ok());
    assert!(town.world.caller(KeyId(1)).is_ok());
    assert!(town.world.password_was_right(KeyId(2)).is_err());
}

#[test]
fn a_revoked_session_says_so_and_the_others_live() {
    let town = Town::new();
    let (first, second) = (town.operator(), town.sign_in(2, "+79990000001"));
    let mut pushes = town.world.subscribe();
    let hash = town
        .world
        .sessions(first.account)
        .iter()
        .find(|session| session.key == KeyId(1))
        .unwrap()
        .hash;
    town.world.reset_authorization(second, hash).unwrap();
    assert_eq!(town.world.caller(KeyId(1)), Err(error::SESSION_REVOKED));
    assert_eq!(town.world.caller(KeyId(2)), Ok(second));
    let push = pushes.try_recv().unwrap();
    assert_eq!(
        (push.to, &push.dated.update),
        (PushTo::Key(KeyId(1)), &Update::SessionEnded)
    );
    assert_eq!(
        town.world.reset_authorization(second, hash),
        Err(error::HASH_INVALID)
    );
    assert_eq!(
        town.sign_in(1, "+79990000001").account,
        first.account,
        "the same key may sign in again"
    );
}

#[test]
fn a_session_is_told_what_the_other_did_and_not_what_it_did_itself() {
    let town = Town::new();
    let first = town.operator();
    town.sign_in(2, "+79990000001");
    let mut pushes = town.world.subscribe();
    town.send(first, town.person("02"), "From the first").unwrap();
    let push = pushes.try_recv().unwrap();
    assert_eq!(
        push.to,
        PushTo::Account {
            account: first.account,
            except: Some(KeyId(1))
        }
    );
    town.world
        .phone_writes(first.account, Peer::User(town.person("02")), "From the phone")
        .unwrap();
    let push = pushes.try_recv().unwrap();
    assert_eq!(
        push.to,
        PushTo::Account {
            account: first.account,
            except: None
        }
    );
    assert!(matches!(&push.dated.update, Update::NewMessage(message) if message.out));
    assert_eq!(push.mentioned.users.len(), 2);
    assert_eq!((town.count("phone_wrote"), town.count("delivered")), (1, 1));
}

#[test]
fn a_login_token_is_shown_scanned_and_used() {
    let town = Town::new();
    let operator = town.operator();
    let LoginTokenState::Show(shown) = town.world.export_login_token(KeyId(9)).unwrap() else {
        panic!()
    };
    let mut pushes = town.world.subscribe();
    assert_eq!(
        town.world.accept_login_token(operator.account, b"other"),
        Err(error::AUTH_TOKEN_INVALID)
    );
    assert_eq!(
        town.world.accept_login_token(town.person("01"), &shown.token),
        Err(error::AUTH_TOKEN_INVALID)
    );
    town.world
        .accept_login_token(operator.account, &shown.token)
        .unwrap();
    assert_eq!(pushes.try_recv().unwrap().to, PushTo::Key(KeyId(9)));
    assert!(matches!(
        town.world.export_login_token(KeyId(9)),
        Ok(LoginTokenState::Done(_))
    ));
    assert_eq!(town.world.caller(KeyId(9)).unwrap().account, operator.account);
}

#[test]
fn a_login_token_expires() {
    let town = Town::new();
    let operator = town.operator();
    let LoginTokenState::Show(shown) = town.world.export_login_token(KeyId(9)).unwrap() else {
        panic!()
    };
    town.clock.advance_to_ms(shown.expires_ms);
    assert_eq!(
        town.world.accept_login_token(operator.account, &shown.token),
        Err(error::AUTH_TOKEN_EXPIRED)
    );
}

#[test]
fn keys_are_kept_and_forgotten() {
    let town = Town::new();
    town.world.save_key(KeyId(-77), &[0, 255, 16]);
    assert_eq!(town.world.key(KeyId(-77)), Some(vec![0, 255, 16]));
    town.world.forget_key(KeyId(-77));
    assert_eq!(town.world.key(KeyId(-77)), None);
}

#[test]
fn a_push_counts_as_work_until_it_is_dropped() {
    let town = Town::new();
    let operator = town.operator();
    let mut pushes = town.world.subscribe();
    assert_eq!(town.world.activity().in_progress(), 0);
    town.send(operator, town.person("02"), "Hello").unwrap();
    assert_eq!(town.world.activity().in_progress(), 1);
    drop(pushes.try_recv().unwrap());
    assert_eq!(town.world.activity().in_progress(), 0);
    assert!(town.world.activity().count() >= 1);
}
