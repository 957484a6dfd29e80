//! Scenario files: what is understood, and how mistakes are told.

use super::*;
use crate::persona::PersonaKind;

fn error(text: &str) -> String {
    Scenario::parse(text).unwrap_err().to_string()
}

#[test]
fn the_sandbox_has_the_people_of_the_example_contacts() {
    let scenario = Scenario::sandbox().unwrap();
    let person = |phone: &str| {
        scenario
            .people
            .iter()
            .find(|person| person.phone == phone)
            .unwrap()
    };
    assert_eq!(person("+79991234567").persona, PersonaKind::Interested);
    assert_eq!(person("+79991234568").persona, PersonaKind::Silent);
    // A stranger's message would make a third contact in the middle of the README's commands.
    assert!(
        scenario
            .people
            .iter()
            .all(|person| person.writes_first_after_ms.is_none())
    );
    assert!(
        scenario
            .groups
            .iter()
            .all(|group| (30..=200).contains(&group.generated_members))
    );
}

#[test]
fn mistakes_are_told_with_their_line() {
    assert!(
        error("seed: 1\npeople:\n  - { phone: '12' }\n").contains("line 3"),
        "a phone too short"
    );
    assert!(
        error("seed: 1\n\nsede: 2\n").contains("line 3"),
        "an unknown field"
    );
    assert!(
        error("people:\n  - phone: '+79991110001'\n    persona: angry\n").contains("line 3"),
        "an unknown persona"
    );
    let twice = "people:\n  - { phone: '+79991110001' }\n  - { phone: '+79991110001' }\n";
    assert_eq!(
        error(twice),
        "scenario, line 3: the phone +79991110001 is there twice"
    );
    let stranger = "groups:\n  - title: Club\n    people: ['+79990001122']\n";
    assert_eq!(
        error(stranger),
        "scenario, line 3: nobody has the phone +79990001122"
    );
}

#[test]
fn faults_are_read() {
    let text = "faults:\n\
                - { method: messages.sendMessage, when: { nth: 3 }, action: { flood_wait: { seconds: 5 } } }\n\
                - { account: '+79991110001', action: close_before, when: { probability: 0.5 }, times: 2 }\n";
    let faults = Scenario::parse(text).unwrap().faults;
    assert_eq!(
        faults[0].action,
        crate::fault::FaultAction::FloodWait { seconds: 5 }
    );
    assert_eq!(
        (faults[1].when, faults[1].times),
        (crate::fault::When::Probability(0.5), Some(2))
    );
}

#[test]
fn personas_fall_by_their_weights() {
    let personas = [(PersonaKind::Interested, 3), (PersonaKind::Silent, 1)].into();
    let populate = Populate {
        personas,
        english_percent: 0,
    };
    let interested =
        (0..4000).filter(|n| populate.persona(crate::ids::roll(1, &[*n])) == PersonaKind::Interested);
    assert!((2800..=3200).contains(&interested.count()));
    assert_eq!(Populate::default().persona(9), PersonaKind::Silent);
}

#[test]
fn the_example_with_every_persona_has_every_persona() {
    let scenario = Scenario::parse(include_str!("../../scenarios/every-persona.yaml")).unwrap();
    let missing: Vec<_> = PersonaKind::ALL
        .into_iter()
        .filter(|kind| scenario.people.iter().all(|person| person.persona != *kind))
        .collect();
    assert_eq!(missing, []);
    assert_eq!(scenario.faults.len(), 8);
}
