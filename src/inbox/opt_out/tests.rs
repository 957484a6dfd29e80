use super::*;

fn rows(source: &str) -> Vec<(String, String)> {
    let mut reader = csv::Reader::from_reader(source.as_bytes());
    reader
        .deserialize()
        .map(|row| row.expect("two columns"))
        .collect()
}

/// (missed, false alarms) of cases labelled with whether they opt out.
fn mistakes(cases: &[(String, bool)]) -> (Vec<&str>, Vec<String>) {
    let missed = cases
        .iter()
        .filter(|(text, wanted)| *wanted && !is_opt_out(text))
        .map(|(text, _)| text.as_str());
    let alarms = cases.iter().filter(|(text, wanted)| !wanted && is_opt_out(text));
    (
        missed.collect(),
        alarms
            .map(|(text, _)| format!("{text} [{}]", rule(text).unwrap()))
            .collect(),
    )
}

#[test]
fn measured_on_replies() {
    let cases: Vec<_> = rows(include_str!("../../../data/replies.csv"))
        .into_iter()
        .map(|(text, labels)| (text, labels.split('|').any(|label| label == "opt_out")))
        .collect();
    let (missed, alarms) = mistakes(&cases);
    println!(
        "{} cases, missed {missed:#?}, false alarms {alarms:#?}",
        cases.len()
    );
    assert!(missed.is_empty() && alarms.is_empty());
}

#[test]
fn measured_on_hard_examples() {
    let cases: Vec<_> = rows(include_str!("../../../data/opt_out_cases.csv"))
        .into_iter()
        .map(|(text, wanted)| (text, wanted == "yes"))
        .collect();
    assert!(cases.len() >= 200, "{}", cases.len());
    let (missed, alarms) = mistakes(&cases);
    println!(
        "{} cases, missed {missed:#?}, false alarms {alarms:#?}",
        cases.len()
    );
    assert!(missed.is_empty() && alarms.is_empty());
}

#[test]
fn a_huge_message_is_read_in_bounded_time() {
    assert!(!is_opt_out(&"не ".repeat(100_000)));
    assert!(is_opt_out(&"стоп ".repeat(100)));
}
