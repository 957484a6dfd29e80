//! Files made to do harm, and files that are nothing at all.

use std::io::{Seek, Write};

use proptest::prelude::*;
use zip::write::SimpleFileOptions;

use super::{fixture, read};

/// The sheet of the fixture replaced by `size` bytes of `fill`.
fn workbook_with_sheet(size: usize, fill: &[u8]) -> Vec<u8> {
    let source = fixture("floats.xlsx");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(source)).unwrap();
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let part = archive.by_index_raw(at).unwrap();
        if part.name().unwrap().ends_with("sheet2.xml") {
            continue;
        }
        out.raw_copy_file(part).unwrap();
    }
    out.start_file("xl/worksheets/sheet2.xml", SimpleFileOptions::default())
        .unwrap();
    out.write_all(b"<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>")
        .unwrap();
    for _ in 0..size / fill.len() {
        out.write_all(fill).unwrap();
    }
    let mut cursor = out.finish().unwrap();
    cursor.rewind().unwrap();
    cursor.into_inner()
}

#[test]
fn a_workbook_that_swells_is_refused() {
    let bomb = workbook_with_sheet(64 * 1024 * 1024, &[b'x'; 64 * 1024]);
    assert!(bomb.len() < 1024 * 1024, "small on disk");
    assert_eq!(
        read(&bomb, "x.xlsx").err().unwrap().key,
        "import.workbook_too_large"
    );
}

proptest! {

    #[test]
    fn any_bytes_are_read_or_refused(
        bytes in proptest::collection::vec(any::<u8>(), 0..2_000),
        name in prop_oneof![Just("a.csv"), Just("a.txt"), Just("a.vcf"), Just("a.xlsx"), Just("a")],
    ) {
        let _ = read(&bytes, name);
    }

    #[test]
    fn any_table_is_read_or_refused(text in "[a-z0-9\",;\n\r\t+@ =\u{0}фц]{0,300}") {
        let _ = read(text.as_bytes(), "a.csv");
        let _ = read(format!("phone,name\n{text}").as_bytes(), "a.csv");
        let _ = read(format!("BEGIN:VCARD\n{text}\nEND:VCARD").as_bytes(), "a.vcf");
    }

    #[test]
    fn good_files_with_a_few_changed_bytes(
        which in 0_usize..6,
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        cut in any::<prop::sample::Index>(),
    ) {
        let name = ["floats.xlsx", "cards.vcf", "utf16-le.csv", "quoted-newlines.csv", "windows-1251.csv", "list.txt"][which];
        let mut bytes = fixture(name);
        for (at, value) in &changes {
            let at = at.index(bytes.len());
            bytes[at] = *value;
        }
        let _ = read(&bytes, name);
        bytes.truncate(cut.index(bytes.len()));
        let _ = read(&bytes, name);
    }
}
