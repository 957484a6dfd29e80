use super::*;

fn record(cells: &[&str]) -> Record {
    let mut record = Record::default();
    for cell in cells {
        record.push(cell);
    }
    record
}

fn decide_plain(rows: &[&[&str]]) -> Result<Columns, Message> {
    let sample: Vec<Record> = rows.iter().map(|row| record(row)).collect();
    decide(&sample, &Mapping::new(), &Choices::new(), Country::default())
}

#[test]
fn headers_in_both_languages() {
    let ru = decide_plain(&[&["ФИО", "Номер телефона", "Профессия", "Город"]]).unwrap();
    assert!(ru.has_header);
    assert_eq!(
        ru.columns,
        [
            Column::Field(Field::Name),
            Column::Field(Field::Phone),
            Column::Field(Field::Profession),
            Column::Extra("Город".into())
        ]
    );
    let en = decide_plain(&[&[" First_Name", "Last Name", "PHONE", "Phone number", ""]]).unwrap();
    assert_eq!(
        en.columns[2..],
        [
            Column::Field(Field::Phone),
            Column::Extra("Phone number".into()),
            Column::Extra("column 5".into())
        ]
    );
}

#[test]
fn a_name_beside_a_surname_is_the_first_name() {
    let columns = decide_plain(&[&["Фамилия", "Имя", "Телефон"]]).unwrap().columns;
    assert_eq!(
        columns[..2],
        [Column::Field(Field::LastName), Column::Field(Field::FirstName)]
    );
}

#[test]
fn without_a_header_the_content_decides() {
    let found = decide_plain(&[
        &["1", "Иван Петров", "8 999 123-45-67", "@ivan_p"],
        &["2", "Мария", "плохой", ""],
    ])
    .unwrap();
    assert!(!found.has_header);
    assert_eq!(
        found.columns,
        [
            Column::Extra("column 1".into()),
            Column::Field(Field::Name),
            Column::Field(Field::Phone),
            Column::Field(Field::Username)
        ]
    );
}

#[test]
fn an_unknown_header_over_phones_is_found_by_content() {
    let found = decide_plain(&[&["Кто", "Куда звонить"], &["Иван", "89991234567"]]).unwrap();
    assert_eq!(
        found.columns,
        [Column::Extra("Кто".into()), Column::Field(Field::Phone)]
    );
}

#[test]
fn nothing_that_tells_who_is_an_error() {
    let error = decide_plain(&[&["город", "цвет"], &["Москва", "синий"]]).unwrap_err();
    assert_eq!(error.key, "import.no_identity_column");
    assert_eq!(decide_plain(&[]).unwrap_err().key, "import.file_empty");
}

#[test]
fn the_mapping_wins() {
    let sample = [
        record(&["a", "phone", "b"]),
        record(&["Иван", "1", "89991234567"]),
    ];
    let mapping = Mapping::from([("A".into(), "name".into()), ("3".into(), "phone".into())]);
    let columns = decide(&sample, &mapping, &Choices::new(), Country::default())
        .unwrap()
        .columns;
    assert_eq!(
        columns,
        [
            Column::Field(Field::Name),
            Column::Extra("phone".into()),
            Column::Field(Field::Phone)
        ]
    );
    let error = |column: &str, field: &str| {
        let mapping = Mapping::from([(column.into(), field.into())]);
        decide(&sample, &mapping, &Choices::new(), Country::default())
            .unwrap_err()
            .key
    };
    assert_eq!(error("zzz", "phone"), "import.mapping_unknown_column");
    assert_eq!(error("a", "zzz"), "import.mapping_unknown_field");
    assert_eq!(error("4", "phone"), "import.mapping_unknown_column");
}

#[test]
fn a_choice_by_number_wins_over_what_was_matched() {
    let sample = [
        record(&["phone", "b", "c"]),
        record(&["Иван", "89991234567", "осень"]),
    ];
    let chosen = |choices: &[(usize, Option<&str>)]| {
        let choices = choices
            .iter()
            .map(|(at, field)| (*at, field.map(str::to_owned)))
            .collect();
        decide(&sample, &Mapping::new(), &choices, Country::default())
    };
    let columns = chosen(&[(1, Some("phone")), (2, None)]).unwrap().columns;
    assert_eq!(
        columns,
        [
            Column::Extra("phone".into()),
            Column::Field(Field::Phone),
            Column::Ignored
        ]
    );
    let columns = chosen(&[(0, Some("name")), (1, Some("phone")), (2, Some("extra"))])
        .unwrap()
        .columns;
    assert_eq!(columns[2], Column::Extra("c".into()));
    let key = |choices: &[(usize, Option<&str>)]| chosen(choices).unwrap_err().key;
    assert_eq!(key(&[(3, Some("phone"))]), "import.columns_unknown_column");
    assert_eq!(key(&[(1, Some("zzz"))]), "import.columns_unknown_field");
    assert_eq!(
        key(&[(0, Some("name")), (1, Some("name"))]),
        "import.columns_field_twice"
    );
    assert_eq!(key(&[(0, None)]), "import.no_identity_column");
}
