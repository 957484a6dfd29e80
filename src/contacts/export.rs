//! Lists for spreadsheets: CSV that Excel opens as it is, with no cell that a spreadsheet would compute.

use std::borrow::Cow;
use std::io::{self, Write};

/// A cell that a spreadsheet takes for text: one that begins with `=` `+` `-` `@`, a tab or a line end gets an
/// apostrophe. Phones too (`'+79991234567`): they stay readable and keep their plus and every digit, and our import
/// takes the apostrophe off again.
#[must_use]
pub fn harmless(cell: &str) -> Cow<'_, str> {
    let risky = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    // Spreadsheets trim before they look.
    if cell.trim_start_matches(' ').starts_with(risky) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

/// Writes CSV row by row: UTF-8 with a byte order mark, CR LF, every cell [`harmless`].
pub struct CsvWriter<W: Write> {
    inner: csv::Writer<W>,
}

impl<W: Write> CsvWriter<W> {
    /// Begins the file.
    ///
    /// # Errors
    /// Of the writer.
    pub fn new(mut out: W) -> io::Result<Self> {
        out.write_all(b"\xef\xbb\xbf")?;
        Ok(Self::without_mark(out))
    }

    /// Goes on with a file whose beginning was written before: for answers sent page by page.
    #[must_use]
    pub fn without_mark(out: W) -> Self {
        let mut builder = csv::WriterBuilder::new();
        builder.terminator(csv::Terminator::CRLF).flexible(true);
        Self {
            inner: builder.from_writer(out),
        }
    }

    /// Writes a row.
    ///
    /// # Errors
    /// Of the writer.
    pub fn row<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) -> io::Result<()> {
        for cell in cells {
            self.inner
                .write_field(harmless(cell).as_bytes())
                .map_err(io::Error::other)?;
        }
        self.inner.write_record(None::<&[u8]>).map_err(io::Error::other)
    }

    /// Writes what is buffered and gives the writer back.
    ///
    /// # Errors
    /// Of the writer.
    pub fn finish(self) -> io::Result<W> {
        self.inner
            .into_inner()
            .map_err(|error| io::Error::other(error.to_string()))
    }
}

/// A text cell of a worksheet (`inlineStr`): typed as text it is never computed, so nothing is put before it. Signs
/// that XML does not have are left out.
#[must_use]
pub fn xlsx_text_cell(cell: &str) -> String {
    let mut xml = String::with_capacity(cell.len() + 48);
    xml.push_str("<c t=\"inlineStr\"><is><t xml:space=\"preserve\">");
    for c in cell.chars() {
        match c {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '\t' | '\n' => xml.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => xml.push(c),
        }
    }
    xml.push_str("</t></is></c>");
    xml
}

/// The problem rows of an import as CSV: row, field, reason, then the file's own columns. Corrected, it can be uploaded
/// as it is: our three columns are recognised and left out.
pub mod problems {
    use super::{CsvWriter, Write, io};
    use crate::text::{Lang, text};

    /// One problem as the store keeps it.
    #[derive(Clone, Copy, Debug)]
    pub struct ProblemRow<'a> {
        /// Number of the row.
        pub row: i64,
        /// Name of the field, if it is one.
        pub field: Option<&'a str>,
        /// The reason in words.
        pub message: &'a str,
        /// JSON of the cells: `[[header, cell], …]`, all of the file's columns.
        pub raw: &'a str,
    }

    /// Writes the header: our columns and the file's, which every problem row names.
    ///
    /// # Errors
    /// Of the writer.
    pub fn header<W: Write>(
        out: &mut CsvWriter<W>,
        lang: Lang,
        first: Option<&ProblemRow<'_>>,
    ) -> io::Result<()> {
        let own = ["import.column_row", "import.column_field", "import.column_reason"]
            .map(|key| text(lang, key, &[]));
        let mut cells = first.map(|first| cells(first.raw)).unwrap_or_default();
        // What a row has beyond the file's columns has no header.
        while cells.last().is_some_and(|(name, _)| name.is_empty()) {
            cells.pop();
        }
        let names = cells.iter().map(|(name, _)| name.as_str());
        out.row(own.iter().map(String::as_str).chain(names))
    }

    /// Writes one row of the file with everything that is wrong with it: `same` are its problems, one at least.
    ///
    /// # Errors
    /// Of the writer.
    pub fn row<W: Write>(out: &mut CsvWriter<W>, same: &[ProblemRow<'_>]) -> io::Result<()> {
        let Some(first) = same.first() else { return Ok(()) };
        let number = first.row.to_string();
        let fields: Vec<&str> = same.iter().filter_map(|problem| problem.field).collect();
        let reasons: Vec<&str> = same.iter().map(|problem| problem.message).collect();
        let (fields, reasons) = (fields.join("; "), reasons.join("; "));
        let own = [number.as_str(), &fields, &reasons];
        let cells = cells(first.raw);
        out.row(own.into_iter().chain(cells.iter().map(|(_, cell)| cell.as_str())))
    }

    fn cells(raw: &str) -> Vec<(String, String)> {
        serde_json::from_str(raw).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::problems::{self, ProblemRow};
    use super::*;
    use crate::text::Lang;

    #[test]
    fn no_cell_is_computed() {
        for cell in [
            "=1+1",
            "+79991234567",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "  =1",
            "＝1",
        ] {
            assert!(harmless(cell).starts_with('\''), "{cell}");
        }
        assert_eq!(harmless("Иван"), "Иван");
        assert_eq!(
            xlsx_text_cell("=<a>&\u{0}"),
            "<c t=\"inlineStr\"><is><t xml:space=\"preserve\">=&lt;a&gt;&amp;</t></is></c>"
        );
    }

    #[test]
    fn problem_rows_open_in_a_spreadsheet() {
        let mut out = CsvWriter::new(Vec::new()).unwrap();
        let problem = ProblemRow {
            row: 3,
            field: Some("phone"),
            message: "плохо",
            raw: r#"[["Имя","=cmd()"],["Телефон","1;\"2\""]]"#,
        };
        problems::header(&mut out, Lang::En, Some(&problem)).unwrap();
        let other = ProblemRow {
            field: Some("age"),
            message: "возраст",
            ..problem
        };
        problems::row(&mut out, &[problem, other]).unwrap();
        let text = String::from_utf8(out.finish().unwrap()).unwrap();
        assert_eq!(
            text,
            "\u{feff}row,field,reason,Имя,Телефон\r\n3,phone; age,плохо; возраст,'=cmd(),\"1;\"\"2\"\"\"\r\n"
        );
    }
}
