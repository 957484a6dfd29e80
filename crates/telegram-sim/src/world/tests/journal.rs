//! The journal: the world after a kill is the world as it was when the last whole line was written.

use std::io::Write as _;
use std::path::Path;

use super::*;
use crate::journal::{Journal, JournalError};
use crate::world::state::State;

const VILLAGE: &str = "
seed: 5
accounts: [{ phone: '+79990000001' }, { phone: '+79990000002' }]
people:
  - { phone: '+79991110001', persona: interested }
  - { phone: '+79991110008', persona: edits }
groups: [{ title: All, generated_members: 2 }]
";

fn open(path: &Path, clock: &ManualClock) -> Result<Town, JournalError> {
    let scenario = Scenario::parse(VILLAGE).unwrap();
    let world = World::open(
        path,
        scenario,
        Arc::new(clock.clone()),
        Arc::new(Activity::default()),
    )?;
    Ok(Town {
        world,
        clock: clock.clone(),
        next_random_id: std::cell::Cell::new(1),
    })
}

/// A little of everything.
fn live(town: &Town) -> Caller {
    town.world.save_key(KeyId(1), &[7; 16]);
    let operator = town.operator();
    let (ivan, editor) = (town.person("01"), town.person("08"));
    town.world.import_contacts(
        operator,
        &[phone_contact(1, "+79991110001"), phone_contact(2, "+79991112222")],
    );
    town.send(operator, ivan, "Здравствуйте").unwrap();
    town.send(operator, editor, "Hello").unwrap();
    town.settle();
    town.world.read_history(operator, Peer::User(ivan), 0).unwrap();
    town.world
        .edit_message(operator, Peer::User(ivan), 1, "Добрый день")
        .unwrap();
    town.world
        .phone_writes(operator.account, Peer::User(editor), "From the phone")
        .unwrap();
    town.world.delete_messages(operator, &[2], true).unwrap();
    town.send(operator, ivan, "One answer is still to come").unwrap();
    operator
}

#[test]
fn a_reopened_world_is_the_same_and_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("world.journal");
    let clock = ManualClock::new(START_MS);
    let town = open(&path, &clock).unwrap();
    let operator = live(&town);
    let before = town.world.lock().state.clone();
    drop(town);
    let town = open(&path, &clock).unwrap();
    assert!(town.world.lock().state == before);
    assert_eq!(
        town.world.caller(KeyId(1)),
        Ok(operator),
        "clients stay signed in"
    );
    assert_eq!(town.world.key(KeyId(1)), Some(vec![7; 16]));
    let again = town.send(operator, town.person("01"), "Здравствуйте");
    assert_eq!(
        again,
        Err(crate::world::error::RANDOM_ID_DUPLICATE),
        "random ids outlive the process"
    );
    let replies = town.count("reply_sent");
    town.settle();
    assert_eq!(
        town.count("reply_sent"),
        replies + 2,
        "what was planned is done after the restart"
    );
}

#[test]
fn a_journal_cut_at_any_byte_is_an_earlier_world() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("world.journal");
    let clock = ManualClock::new(START_MS);
    live(&open(&path, &clock).unwrap());
    let whole = std::fs::read(&path).unwrap();

    let empty = || State::new(5, Scenario::default().delays);
    let mut worlds = vec![empty()];
    Journal::open(&path, |fact| {
        let mut next = worlds.last().unwrap().clone();
        next.apply(fact);
        worlds.push(next);
    })
    .unwrap();
    let line_ends: Vec<usize> = (1..=whole.len()).filter(|end| whole[end - 1] == b'\n').collect();
    assert_eq!(worlds.len(), line_ends.len() + 1);
    assert!(line_ends.len() > 20, "{}", line_ends.len());

    for cut in 0..=whole.len() {
        // A file of its own each time: cutting and rewriting one makes the file system wait for the disk.
        let cut_path = folder.path().join(format!("{cut}.journal"));
        std::fs::write(&cut_path, &whole[..cut]).unwrap();
        let mut state = empty();
        let mut journal = Journal::open(&cut_path, |fact| drop(state.apply(fact))).unwrap();
        let whole_lines = line_ends.iter().filter(|end| **end <= cut).count();
        assert!(state == worlds[whole_lines], "cut at byte {cut}");
        if cut % 97 == 0 {
            // What is written after a cut is not glued to the torn line.
            let fact = crate::world::fact::Fact {
                at_ms: 1,
                what: crate::world::fact::FactKind::KeyForgotten { key: KeyId(1) },
            };
            journal.append(&fact).unwrap();
            let mut facts = 0;
            Journal::open(&cut_path, |_| facts += 1).unwrap();
            assert_eq!(facts, whole_lines + 1);
        }
        std::fs::remove_file(&cut_path).unwrap();
    }
}

#[test]
fn damage_in_the_middle_is_told_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("world.journal");
    let mut file = std::fs::File::create(&path).unwrap();
    file.write_all(b"{\"t\":1,\"f\":\"key_forgotten\",\"key\":1}\nnonsense\n{\"t\":1,\"f\":\"key_forgotten\",\"key\":1}\n").unwrap();
    let Err(error) = Journal::open(&path, |_| ()) else {
        panic!("a damaged journal was opened")
    };
    assert!(matches!(error, JournalError::Damaged { line: 2, .. }), "{error}");
}
