//! One record of a file: its cells in one buffer that is used again for the next.

/// What is wrong with a record as a whole.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Damage {
    /// A quote opens a cell and is not closed where the cell ends.
    UnbalancedQuote,
    /// Longer than [`MAX_RECORD_BYTES`](super::MAX_RECORD_BYTES) or more cells than [`MAX_CELLS`](super::MAX_CELLS).
    TooLong,
    /// Bytes that are no text in the file's encoding.
    NotText,
    /// A zero byte among the text.
    ZeroByte,
    /// A card without its end.
    CardNotClosed,
}

/// A record: a row of a table, a line, a card.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// Number as a person counts: from 1, with the header and blank lines.
    pub row: u32,
    /// What is wrong with the record as a whole.
    pub damage: Option<Damage>,
    text: String,
    ends: Vec<usize>,
}

impl Record {
    /// Empties the record for the next row.
    pub fn clear(&mut self, row: u32) {
        self.row = row;
        self.damage = None;
        self.text.clear();
        self.ends.clear();
    }

    /// Adds a cell.
    pub fn push(&mut self, cell: &str) {
        self.text.push_str(cell);
        self.ends.push(self.text.len());
    }

    /// Takes the cells from bytes whose cells end at `ends`; bytes that are no UTF-8 make the record damaged.
    pub(super) fn set_bytes(&mut self, bytes: &[u8], ends: &[usize]) {
        self.text.clear();
        self.ends.clear();
        match std::str::from_utf8(bytes) {
            Ok(text) if ends.iter().all(|&end| text.is_char_boundary(end)) => {
                self.text.push_str(text);
                self.ends.extend_from_slice(ends);
            }
            _ => {
                self.damage = Some(Damage::NotText);
                let mut start = 0;
                for &end in ends {
                    self.push(&String::from_utf8_lossy(&bytes[start..end]));
                    start = end;
                }
            }
        }
        if self.damage.is_none() && memchr::memchr(0, bytes).is_some() {
            self.damage = Some(Damage::ZeroByte);
        }
        // The decoder writes U+FFFD where the file's bytes are no text in its encoding.
        if self.damage.is_none() && !self.text.is_ascii() && self.text.contains('\u{fffd}') {
            self.damage = Some(Damage::NotText);
        }
    }

    /// Bytes of its text and bookkeeping.
    #[must_use]
    pub fn size_bytes(&self) -> usize {
        self.text.len() + self.ends.len() * size_of::<usize>()
    }

    /// Number of cells.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no cell at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The cell, or nothing when the record is shorter.
    #[must_use]
    pub fn cell(&self, at: usize) -> &str {
        let Some(&end) = self.ends.get(at) else { return "" };
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        &self.text[start..end]
    }

    /// The cells in order.
    pub fn cells(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len()).map(|at| self.cell(at))
    }

    /// Whether every cell is empty or white space.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.damage.is_none() && self.text.trim().is_empty()
    }
}
