use std::fs;
use std::io::Write;
use std::path::Path;

use super::*;
use crate::contacts::fields::Field;
use crate::contacts::format::{Encoding, inspect};
use crate::contacts::wording::render;
use crate::text::Lang;

/// What reading a file came to.
#[derive(Default)]
struct Outcome {
    contacts: Vec<ContactRow>,
    problems: Vec<Problem>,
    rows: u64,
    skipped: u64,
    format: &'static str,
    encoding: Option<Encoding>,
}

impl Outcome {
    fn people(&self) -> Vec<(u32, String, String)> {
        let phone = |contact: &ContactRow| contact.phone.map(|phone| phone.to_string()).unwrap_or_default();
        self.contacts
            .iter()
            .map(|contact| (contact.row, contact.display_name(), phone(contact)))
            .collect()
    }

    fn complaints(&self) -> Vec<(u32, &'static str)> {
        self.problems
            .iter()
            .map(|problem| (problem.row, problem.message.key))
            .collect()
    }
}

fn read_with(bytes: &[u8], name: &str, options: &ReadOptions) -> Result<Outcome, Message> {
    let mut spool = tempfile::tempfile().unwrap();
    spool.write_all(bytes).unwrap();
    let mut outcome = Outcome::default();
    let refused = |stop| match stop {
        Stop::Refused(message) => message,
        other => panic!("{name}: {other:?}"),
    };
    let found = inspect(&mut spool, name).map_err(refused)?;
    (outcome.format, outcome.encoding) = (found.format_name(), Some(found.encoding));
    read_contacts(spool, &found, options, &mut |chunk| {
        assert!(chunk.contacts.len() <= CHUNK_ROWS);
        outcome.rows += chunk.rows;
        outcome.skipped += chunk.skipped;
        outcome.contacts.extend(chunk.contacts);
        outcome.problems.extend(chunk.problems);
        Ok(())
    })
    .map_err(refused)?;
    assert_eq!(
        outcome.rows,
        outcome.contacts.len() as u64 + outcome.skipped,
        "every row is accounted for"
    );
    Ok(outcome)
}

fn read(bytes: &[u8], name: &str) -> Result<Outcome, Message> {
    read_with(bytes, name, &ReadOptions::default())
}

fn fixture(name: &str) -> Vec<u8> {
    fs::read(
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/fixtures/contacts")
            .join(name),
    )
    .unwrap()
}

fn good(name: &str) -> Outcome {
    read(&fixture(name), name).unwrap_or_else(|message| panic!("{name}: {}", render(&message, Lang::En)))
}

fn refusal(name: &str) -> &'static str {
    read(&fixture(name), name)
        .err()
        .unwrap_or_else(|| panic!("{name} was taken"))
        .key
}

fn person(row: u32, name: &str, phone: &str) -> (u32, String, String) {
    (row, name.to_owned(), phone.to_owned())
}

#[test]
fn every_encoding_and_delimiter_reads_the_same() {
    for (name, encoding) in [
        ("windows-1251.csv", Encoding::Windows1251),
        ("utf16-le-bom.csv", Encoding::Utf16Le),
        ("utf16-be-bom.csv", Encoding::Utf16Be),
        ("utf16-le.csv", Encoding::Utf16Le),
        ("utf16-be.csv", Encoding::Utf16Be),
        ("utf8-bom.csv", Encoding::Utf8),
        ("semicolons.csv", Encoding::Utf8),
        ("tabs.csv", Encoding::Utf8),
    ] {
        let outcome = good(name);
        assert_eq!(outcome.encoding, Some(encoding), "{name}");
        let expected = [
            person(2, "Иван Петров", "+79991234567"),
            person(3, "Сидорова Мария", "+79991234568"),
        ];
        assert_eq!(outcome.people(), expected, "{name}");
        assert_eq!(outcome.problems, [], "{name}");
        let maria = &outcome.contacts[1];
        assert_eq!(
            (maria.first_name.as_deref(), maria.last_name.as_deref()),
            (Some("Мария"), Some("Сидорова"))
        );
        assert_eq!(maria.profession.as_deref(), Some("Врач"));
        assert_eq!(maria.extra.as_deref(), Some(r#"{"Город":"Казань"}"#));
        assert_eq!(
            outcome.contacts[0].interests.as_deref(),
            Some("Инвестиции, спорт")
        );
    }
}

#[test]
fn the_first_letter_may_come_late() {
    for (encoding, label) in [
        (Encoding::Windows1251, encoding_rs::WINDOWS_1251),
        (Encoding::Utf8, encoding_rs::UTF_8),
    ] {
        let mut text = String::from("name,phone\n");
        for number in 0..60_000 {
            text.push_str(&format!("John Smith,+7999{number:07}\n"));
        }
        text.push_str("Щукин Пётр,+79881234567\n");
        assert!(text.len() > 1024 * 1024);
        let outcome = read(&label.encode(&text).0, "late.csv").unwrap();
        assert_eq!(outcome.encoding, Some(encoding));
        assert_eq!(outcome.contacts.len(), 60_001);
        assert_eq!(outcome.contacts[60_000].name.as_deref(), Some("Щукин Пётр"));
    }
}

#[test]
fn rows_are_numbered_as_a_person_counts() {
    let outcome = good("quoted-newlines.csv");
    assert_eq!(
        outcome.people(),
        [
            person(2, "Иван Петров", "+79991234567"),
            person(5, "Пётр Ильин", "+79991234569")
        ]
    );
    assert_eq!(
        outcome.contacts[0].notes.as_deref(),
        Some("Звонить\nпосле \"шести\", не раньше")
    );
    assert_eq!(outcome.complaints(), [(4, "contact.phone_not_a_number")]);
    let problem = &outcome.problems[0];
    assert_eq!(
        (problem.field, problem.value.as_deref()),
        (Some(Field::Phone), Some("не знаю"))
    );
    assert_eq!(
        problem.raw,
        r#"[["name","Мария Сидорова"],["phone","не знаю"],["notes",""]]"#
    );
}

#[test]
fn duplicates_in_any_dress_are_named() {
    let outcome = good("duplicates.csv");
    assert_eq!(
        outcome.people(),
        [
            person(2, "Иван", "+79991234567"),
            person(5, "Мария", "+79991234568")
        ]
    );
    assert_eq!(outcome.skipped, 3);
    let of: Vec<_> = outcome
        .problems
        .iter()
        .map(|p| (p.row, p.message.params[0].1.as_str()))
        .collect();
    assert_eq!(of, [(3, "2"), (4, "2"), (6, "5")]);
}

#[test]
fn without_headers() {
    let outcome = good("no-header.csv");
    assert_eq!(
        outcome.people(),
        [
            person(1, "Иван Петров", "+79991234567"),
            person(2, "Мария Сидорова", "+79991234568")
        ]
    );
    assert_eq!(refusal("no-identity.csv"), "import.no_identity_column");
}

#[test]
fn files_refused_whole() {
    assert_eq!(refusal("picture.csv"), "import.file_is_image");
    assert_eq!(refusal("empty.csv"), "import.file_empty");
    assert_eq!(refusal("blank.csv"), "import.file_empty");
    assert_eq!(refusal("header-only.csv"), "import.no_rows");
    let key = |bytes: &[u8], name: &str| read(bytes, name).err().map(|message| message.key);
    assert_eq!(
        key(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "old.xls"),
        Some("import.file_is_old_excel")
    );
    assert_eq!(key(b"%PDF-1.7 ...", "list.csv"), Some("import.file_is_other"));
    assert_eq!(key(b"PK\x03\x04", "list.xlsx"), Some("import.file_is_other"));
    assert_eq!(
        key(&fixture("floats.xlsx"), "list.csv"),
        Some("import.file_is_workbook")
    );
    assert_eq!(
        key(&fixture("cards.vcf"), "list.csv"),
        Some("import.file_is_vcard")
    );
    assert_eq!(
        key(&fixture("semicolons.csv"), "list.xlsx"),
        Some("import.file_is_text")
    );
    assert_eq!(key(b"<html><table>", "list.xls"), Some("import.file_is_markup"));
    let noise: Vec<u8> = (0..4096_u32)
        .map(|i| (i.wrapping_mul(2_654_435_761) >> 11) as u8)
        .collect();
    assert_eq!(key(&noise, "list.csv"), Some("import.file_is_binary"));
    let picture = read(&fixture("picture.csv"), "picture.csv").err().unwrap();
    assert_eq!(
        render(&picture, Lang::En),
        "The file is a PNG image but is named .csv. A CSV or XLSX table, a TXT text or a vCard is needed."
    );
}

#[test]
fn damaged_rows_cost_themselves_only() {
    let zero = good("zero-bytes.csv");
    assert_eq!(zero.people(), [person(3, "Мария", "+79991234568")]);
    assert_eq!(zero.complaints(), [(2, "import.row_zero_byte")]);

    let quotes = good("unbalanced-quote.csv");
    assert_eq!(
        quotes.people(),
        [
            person(3, "Мария", "+79991234568"),
            person(4, "Анна \"Аня\" Белова", "+79991234569")
        ]
    );
    let bad = "import.row_unbalanced_quote";
    assert_eq!(quotes.complaints(), [(2, bad), (5, bad), (6, bad)]);

    let wide = good("wide-row.csv");
    assert_eq!(wide.people(), [person(2, "Иван", "+79991234567")]);
    assert_eq!(wide.complaints(), [(3, "import.row_too_many_cells")]);
    assert_eq!(wide.problems[0].message.params[0], ("cells", "300".to_owned()));

    let broken = good("broken-utf8.csv");
    assert_eq!(
        broken.people(),
        [
            person(2, "Иван", "+79991234567"),
            person(4, "Анна Белова", "+79991234569")
        ]
    );
    assert_eq!(broken.complaints(), [(3, "import.row_not_text")]);
}

#[test]
fn small_fields_are_left_out_and_identities_are_not_guessed() {
    let outcome = good("fields.csv");
    let ivan = &outcome.contacts[0];
    assert_eq!(ivan.username.as_deref(), Some("ivan_p"));
    assert_eq!(
        (ivan.age, ivan.language.as_deref(), ivan.timezone.as_deref()),
        (Some(35), Some("ru"), Some("Asia/Omsk"))
    );
    assert_eq!((ivan.tags.len(), ivan.telegram_user_id), (2, Some(7_000_000_001)));
    assert_eq!(outcome.contacts.len(), 2);
    assert_eq!(
        outcome.complaints(),
        [
            (3, "contact.age"),
            (3, "contact.language"),
            (3, "contact.timezone"),
            (4, "contact.username_length"),
            (5, "import.row_without_identity")
        ]
    );
    assert_eq!(outcome.skipped, 2);
}

#[test]
fn a_workbook_with_phones_as_numbers() {
    let outcome = good("floats.xlsx");
    assert_eq!(
        outcome.people(),
        [
            person(2, "Иван Петров", "+79991234567"),
            person(3, "Мария", "+79991234560"),
            person(5, "+79991234568", "+79991234568")
        ]
    );
    assert_eq!(
        outcome.contacts[0].extra.as_deref(),
        Some(r#"{"Дата":"2024-01-01"}"#)
    );
    assert_eq!(outcome.complaints(), [(6, "contact.phone_digits_lost")]);
    let sheet = |sheet: &str| {
        let options = ReadOptions {
            sheet: Some(sheet.to_owned()),
            ..ReadOptions::default()
        };
        read_with(&fixture("floats.xlsx"), "floats.xlsx", &options)
    };
    assert_eq!(
        sheet("ещё").unwrap().people(),
        [person(2, "+79991230000", "+79991230000")]
    );
    assert_eq!(sheet("3").unwrap().contacts.len(), 1);
    assert_eq!(sheet("нет").err().unwrap().key, "import.sheet_unknown");
}

#[test]
fn a_list_of_phones_and_usernames() {
    let outcome = good("list.txt");
    assert_eq!(outcome.format, "txt");
    assert_eq!(
        outcome.people(),
        [
            person(1, "+79991234567", "+79991234567"),
            person(3, "@ivan_petrov", ""),
            person(5, "@maria_s", "")
        ]
    );
    assert_eq!(
        outcome.complaints(),
        [(4, "import.row_duplicate"), (6, "contact.username_characters")]
    );
}

#[test]
fn cards_of_three_versions() {
    let outcome = good("cards.vcf");
    assert_eq!(
        outcome.people(),
        [
            person(1, "Иван Петров", "+79991234567"),
            person(2, "Мария Сидорова", "+79991234568"),
            person(3, "Пётр Ильин", "+79991234569")
        ]
    );
    let [ivan, maria, petr] = &outcome.contacts[..] else {
        panic!()
    };
    assert_eq!(
        ivan.extra.as_deref(),
        Some(r#"{"other_phones":"8 495 123-45-67"}"#)
    );
    assert_eq!(
        (ivan.first_name.as_deref(), ivan.last_name.as_deref()),
        (Some("Иван"), Some("Петров"))
    );
    assert_eq!(maria.username.as_deref(), Some("maria_s"));
    assert_eq!(maria.profession.as_deref(), Some("Врач, терапевт"));
    assert_eq!(maria.notes.as_deref(), Some("Первая строка\nвторая"));
    assert_eq!(
        (petr.username.as_deref(), petr.tags.len()),
        (Some("petr_ilin"), 2)
    );
    assert_eq!(
        outcome.complaints(),
        [
            (4, "import.row_without_identity"),
            (5, "import.row_card_not_closed")
        ]
    );
}

#[test]
fn the_mapping_and_the_country_of_the_operator() {
    let options = ReadOptions {
        country: "UZ".parse().unwrap(),
        mapping: Mapping::from([("кто".into(), "name".into()), ("номерок".into(), "phone".into())]),
        sheet: None,
        ..ReadOptions::default()
    };
    let outcome = read_with("Кто,Номерок\nАзиз,901234567\n".as_bytes(), "x.csv", &options).unwrap();
    assert_eq!(outcome.people(), [person(2, "Азиз", "+998901234567")]);
}

#[test]
fn a_corrected_problem_file_comes_back() {
    let text = "\u{feff}строка,поле,причина,Имя,Телефон\r\n3,phone,плохо,Иван,'+79991234567\r\n";
    let outcome = read(text.as_bytes(), "problems.csv").unwrap();
    assert_eq!(outcome.people(), [person(2, "Иван", "+79991234567")]);
    assert_eq!(outcome.contacts[0].extra, None);
}

#[test]
fn a_line_without_end_is_refused_or_skipped() {
    let long = "x".repeat(3 * MAX_RECORD_BYTES);
    assert_eq!(
        read(long.as_bytes(), "x.csv").err().unwrap().key,
        "import.first_line_too_long"
    );
    assert_eq!(
        read(format!("\"{long}").as_bytes(), "x.csv").err().unwrap().key,
        "import.first_line_too_long"
    );
    let inside = format!("name,phone\n{long},1\nИван,89991234567\n\"{long}\",2\nАнна,89991234568\n");
    let outcome = read(inside.as_bytes(), "x.csv").unwrap();
    assert_eq!(
        outcome.people(),
        [
            person(3, "Иван", "+79991234567"),
            person(5, "Анна", "+79991234568")
        ]
    );
    assert_eq!(
        outcome.complaints(),
        [(2, "import.row_too_long"), (4, "import.row_too_long")]
    );
}

/// `cargo test --release -- --ignored --nocapture reading_speed`: rows a second of parsing and normalising alone.
#[test]
#[ignore = "a measurement, not a check"]
fn reading_speed() {
    const ROWS: u32 = 1_000_000;
    let mut spool = tempfile::tempfile().unwrap();
    let mut text = String::from("name,phone,profession,interests\n");
    for number in 0..ROWS {
        text.push_str(&format!("Иван Петров,+7999{number:07},Врач,Инвестиции\n"));
    }
    spool.write_all(text.as_bytes()).unwrap();
    drop(text);
    let start = std::time::Instant::now();
    let found = inspect(&mut spool, "speed.csv").unwrap();
    let inspected = start.elapsed();
    let mut rows = 0;
    read_contacts(spool, &found, &ReadOptions::default(), &mut |chunk| {
        rows += chunk.contacts.len();
        Ok(())
    })
    .unwrap();
    let total = start.elapsed();
    println!(
        "{rows} rows: inspected in {inspected:?}, all in {total:?}, {:.0} rows/s",
        f64::from(ROWS) / total.as_secs_f64()
    );
}

#[path = "reader_hostile_tests.rs"]
mod hostile;
