//! What a file is by its content. The name is only asked whether it agrees.

use std::fs::File;
use std::io::{Seek, SeekFrom};

use super::decode::{self, Encoding, read_full};
use super::{Stop, xlsx};
use crate::contacts::headers;
use crate::error::Message;

/// How much of the beginning of a file is looked at to tell what it is.
const HEAD_BYTES: usize = 64 * 1024;
/// Extensions that a workbook may have.
const WORKBOOK_NAMES: &[&str] = &["xlsx", "xlsm"];
/// Extensions that cards of an address book may have.
const VCARD_NAMES: &[&str] = &["vcf", "vcard"];
/// Extensions that tables and lists of text may have.
const TEXT_NAMES: &[&str] = &["csv", "tsv", "tab", "txt", "text"];

/// A kind of contact file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A table of text with this delimiter.
    Delimited {
        /// `,` `;` or tab.
        delimiter: u8,
    },
    /// One phone or username on a line.
    Lines,
    /// Cards of an address book.
    VCard,
    /// An Excel workbook.
    Xlsx,
}

/// What a file was found to be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Found {
    /// The kind.
    pub kind: Kind,
    /// How its text is written (of no meaning for a workbook).
    pub encoding: Encoding,
    /// Length of the file.
    pub size_bytes: u64,
}

impl Found {
    /// Short name of the format, as it is kept with the import.
    #[must_use]
    pub const fn format_name(&self) -> &'static str {
        match self.kind {
            Kind::Delimited { .. } => "csv",
            Kind::Lines => "txt",
            Kind::VCard => "vcard",
            Kind::Xlsx => "xlsx",
        }
    }
}

/// Looks at a spooled file and says what it is.
///
/// # Errors
/// A refusal that says what the file is instead; an error of the spool file.
pub fn inspect(file: &mut File, name: &str) -> Result<Found, Stop> {
    let size_bytes = file.metadata()?.len();
    file.seek(SeekFrom::Start(0))?;
    let mut head = vec![0; HEAD_BYTES];
    let filled = read_full(file, &mut head)?;
    head.truncate(filled);
    if head.is_empty() {
        return Err(Message::new("import.file_empty").into());
    }
    let extension = extension_of(name);
    let what = by_magic(&head);
    if what == Some("zip") && xlsx::is_workbook(file)? {
        agrees(&extension, WORKBOOK_NAMES, "xlsx")?;
        xlsx::check_size(file)?;
        return Ok(Found {
            kind: Kind::Xlsx,
            encoding: Encoding::Utf8,
            size_bytes,
        });
    }
    if let Some(what) = what {
        return Err(not_what_it_says(what, &extension).into());
    }
    let encoding = decode::decide(file, &head)?;
    let wide = matches!(encoding, Encoding::Utf16Le | Encoding::Utf16Be);
    if !wide && is_binary(&head) {
        return Err(not_what_it_says("binary", &extension).into());
    }
    let text = decode_head(&head, encoding);
    let kind = text_kind(&text, &extension)?;
    Ok(Found {
        kind,
        encoding,
        size_bytes,
    })
}

fn text_kind(text: &str, extension: &str) -> Result<Kind, Message> {
    let start = text.trim_start();
    if start.is_empty() {
        return Err(Message::new("import.file_empty"));
    }
    let begins = |prefix: &str| {
        start
            .get(..prefix.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(prefix))
    };
    if begins("BEGIN:VCARD") {
        return agrees(extension, VCARD_NAMES, "vcard").map(|()| Kind::VCard);
    }
    let other_text = [
        ("<!doctype html", "html"),
        ("<html", "html"),
        ("<?xml", "xml"),
        ("{\"", "json"),
        ("[{", "json"),
    ];
    if let Some((_, what)) = other_text.iter().find(|(prefix, _)| begins(prefix)) {
        return Err(not_what_it_says(what, extension));
    }
    agrees(extension, TEXT_NAMES, "text")?;
    let first_line = start.lines().next().unwrap_or_default();
    let sniffed = sniff(start);
    if matches!(extension, "csv" | "tsv" | "tab") {
        return Ok(Kind::Delimited {
            delimiter: sniffed.map_or(b',', |(delimiter, _)| delimiter),
        });
    }
    match sniffed {
        Some((delimiter, even)) if even || first_line.split(char::from(delimiter)).any(headers::is_known) => {
            Ok(Kind::Delimited { delimiter })
        }
        _ if headers::is_known(first_line) => Ok(Kind::Delimited { delimiter: b',' }),
        _ => Ok(Kind::Lines),
    }
}

/// What stands behind the last dot of a file's name, in lower case; nothing for a name like `contacts 12.05`.
fn extension_of(name: &str) -> String {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    if extension.chars().all(|c| c.is_ascii_digit()) || extension.contains(' ') {
        return String::new();
    }
    extension.to_lowercase()
}

/// A name without an extension says nothing; one with another kind's says what the file is not.
fn agrees(extension: &str, names: &[&str], what: &'static str) -> Result<(), Message> {
    if extension.is_empty() || names.contains(&extension) {
        Ok(())
    } else {
        Err(not_what_it_says(what, extension))
    }
}

fn not_what_it_says(what: &'static str, extension: &str) -> Message {
    let key = match what {
        "png" | "jpeg" | "gif" | "webp" => "import.file_is_image",
        "xls" => "import.file_is_old_excel",
        "xlsx" => "import.file_is_workbook",
        "vcard" => "import.file_is_vcard",
        "text" => "import.file_is_text",
        "html" | "xml" | "json" => "import.file_is_markup",
        "binary" => "import.file_is_binary",
        _ => "import.file_is_other",
    };
    Message::new(key)
        .with("what", what.to_uppercase())
        .with("extension", extension)
}

fn by_magic(head: &[u8]) -> Option<&'static str> {
    const MAGIC: &[(&[u8], &str)] = &[
        (b"\x89PNG", "png"),
        (b"\xff\xd8\xff", "jpeg"),
        (b"GIF87a", "gif"),
        (b"GIF89a", "gif"),
        (b"%PDF-", "pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "xls"),
        (b"PK\x03\x04", "zip"),
        (b"PK\x05\x06", "zip"),
        (b"Rar!\x1a\x07", "rar"),
        (b"7z\xbc\xaf\x27\x1c", "7z"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"BZh", "bzip2"),
        (b"\xfd7zXZ\0", "xz"),
        (b"\x28\xb5\x2f\xfd", "zstd"),
        (b"SQLite format 3\0", "sqlite"),
        (b"\x7fELF", "elf"),
        (b"{\\rtf", "rtf"),
    ];
    if head.len() > 12 && head.starts_with(b"RIFF") && &head[8..12] == b"WEBP" {
        return Some("webp");
    }
    if head.len() > 12 && &head[4..8] == b"ftyp" {
        return Some("mp4");
    }
    MAGIC
        .iter()
        .find(|(magic, _)| head.starts_with(magic))
        .map(|(_, what)| *what)
}

/// One byte in twenty (and eight at least) that no text has.
fn is_binary(head: &[u8]) -> bool {
    let odd = |byte: u8| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x1a | 0x1b);
    let count = head.iter().filter(|&&byte| odd(byte)).count();
    count >= 8 && count * 20 >= head.len()
}

fn decode_head(head: &[u8], encoding: Encoding) -> String {
    let encoding = match encoding {
        Encoding::Utf8 => encoding_rs::UTF_8,
        Encoding::Utf16Le => encoding_rs::UTF_16LE,
        Encoding::Utf16Be => encoding_rs::UTF_16BE,
        Encoding::Windows1251 => encoding_rs::WINDOWS_1251,
    };
    encoding.decode_with_bom_removal(head).0.into_owned()
}

/// The delimiter that cuts the first records into the most even rows, and whether all of them are even.
fn sniff(text: &str) -> Option<(u8, bool)> {
    if let Some(rest) = text
        .get(..4)
        .filter(|head| head.eq_ignore_ascii_case("sep="))
        .and_then(|_| text.get(4..))
    {
        let named = rest
            .bytes()
            .next()
            .filter(|byte| matches!(byte, b',' | b';' | b'\t'));
        if let Some(delimiter) = named {
            return Some((delimiter, true));
        }
    }
    let mut best: Option<(usize, usize, u8, bool)> = None;
    for delimiter in [b',', b';', b'\t'] {
        let counts = delimiters_by_record(text, delimiter);
        let first = counts.first().copied().unwrap_or(0);
        if first == 0 {
            continue;
        }
        let even = counts.iter().filter(|&&count| count == first).count();
        let score = (even * 100 / counts.len(), first, delimiter, even == counts.len());
        if best.is_none_or(|known| (score.0, score.1) > (known.0, known.1)) {
            best = Some(score);
        }
    }
    best.map(|(_, _, delimiter, even)| (delimiter, even))
}

/// How many delimiters outside of quotes each of the first records has.
fn delimiters_by_record(text: &str, delimiter: u8) -> Vec<usize> {
    const RECORDS: usize = 30;
    let mut counts = Vec::with_capacity(RECORDS);
    let (mut count, mut quoted, mut blank) = (0, false, true);
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => {
                if !blank {
                    counts.push(count);
                }
                if counts.len() == RECORDS {
                    return counts;
                }
                (count, blank) = (0, true);
            }
            byte if byte == delimiter && !quoted => count += 1,
            _ => {}
        }
        blank &= byte.is_ascii_whitespace() && byte != delimiter;
    }
    // The last line may be cut off by the end of the head.
    if !blank && (counts.is_empty() || text.len() < HEAD_BYTES / 2) {
        counts.push(count);
    }
    counts
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn looked(name: &str, bytes: &[u8]) -> Result<Kind, &'static str> {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        match inspect(&mut file, name) {
            Ok(found) => Ok(found.kind),
            Err(Stop::Refused(message)) => Err(message.key),
            Err(other) => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_name_that_says_something_else_is_refused_by_what_the_file_is() {
        let text = "name,phone\nИван,+79991234567\n".as_bytes();
        let card = b"BEGIN:VCARD\nFN:Ivan\nTEL:+79991234567\nEND:VCARD\n";
        let book = include_bytes!("../../../tests/fixtures/contacts/floats.xlsx");
        for name in [
            "a.png", "a.pdf", "a.json", "a.xls", "a.xlsx", "a.vcf", "a.docx", "a.PNG",
        ] {
            assert_eq!(looked(name, text), Err("import.file_is_text"), "{name}");
        }
        for name in ["a.xls", "a.png", "a.csv", "a.txt", "a.pdf"] {
            assert_eq!(looked(name, book), Err("import.file_is_workbook"), "{name}");
        }
        for name in ["a.csv", "a.xlsx", "a.png"] {
            assert_eq!(looked(name, card), Err("import.file_is_vcard"), "{name}");
        }
        for name in [
            "a",
            "a.csv",
            "a.CSV",
            "a.tsv",
            "a.txt",
            "контакты 12.05",
            "список 12.05 новый",
        ] {
            assert_eq!(
                looked(name, text),
                Ok(Kind::Delimited { delimiter: b',' }),
                "{name}"
            );
        }
        for name in ["a", "a.xlsx", "a.xlsm"] {
            assert_eq!(looked(name, book), Ok(Kind::Xlsx), "{name}");
        }
        for name in ["a", "a.vcf", "a.vCard"] {
            assert_eq!(looked(name, card), Ok(Kind::VCard), "{name}");
        }
    }
}
