//! Text encodings: decided over the whole file, decoded while it streams.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use encoding_rs::{CoderResult, Decoder, UTF_16BE, UTF_16LE, WINDOWS_1251};

const READ_BYTES: usize = 64 * 1024;

/// How a text file writes its characters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// The Cyrillic code page of Windows.
    Windows1251,
}

impl Encoding {
    /// Its name, as programs know it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
            Self::Windows1251 => "windows-1251",
        }
    }
}

/// Decides the encoding. The first byte that is not ASCII may come late, so the whole file is looked at once, unless
/// its head already tells.
pub(super) fn decide(file: &mut File, head: &[u8]) -> io::Result<Encoding> {
    if head.starts_with(b"\xff\xfe") {
        return Ok(Encoding::Utf16Le);
    }
    if head.starts_with(b"\xfe\xff") {
        return Ok(Encoding::Utf16Be);
    }
    if head.starts_with(b"\xef\xbb\xbf") {
        return Ok(Encoding::Utf8);
    }
    if let Some(wide) = without_mark(head) {
        return Ok(wide);
    }
    let (letters, invalid) = count_utf8(file)?;
    // A few broken bytes in a file of UTF-8 are broken rows; Cyrillic in Windows-1251 is hardly ever valid UTF-8.
    let utf8 = invalid == 0 || letters > invalid.saturating_mul(8);
    Ok(if utf8 {
        Encoding::Utf8
    } else {
        Encoding::Windows1251
    })
}

/// UTF-16 without a mark: one half of each unit is nearly always 0 (Latin, digits) or 4 (Cyrillic), the other is not.
fn without_mark(head: &[u8]) -> Option<Encoding> {
    let units = head.len().min(4096) / 2;
    if units < 2 {
        return None;
    }
    let high = |byte: u8| matches!(byte, 0x00 | 0x04);
    let count = |offset: usize| (0..units).filter(|unit| high(head[unit * 2 + offset])).count();
    let zeros = |offset: usize| (0..units).any(|unit| head[unit * 2 + offset] == 0);
    let (even, odd) = (count(0), count(1));
    let most = |count: usize| count * 10 >= units * 9;
    let few = |count: usize| count * 4 <= units;
    if most(odd) && few(even) && zeros(1) {
        Some(Encoding::Utf16Le)
    } else if most(even) && few(odd) && zeros(0) {
        Some(Encoding::Utf16Be)
    } else {
        None
    }
}

/// Counts letters of several bytes and byte sequences that are no UTF-8.
fn count_utf8(file: &mut File) -> io::Result<(u64, u64)> {
    file.seek(SeekFrom::Start(0))?;
    let mut buffer = vec![0; READ_BYTES];
    let mut kept = 0;
    let (mut letters, mut invalid) = (0_u64, 0_u64);
    loop {
        let read = file.read(&mut buffer[kept..])?;
        let filled = kept + read;
        let mut rest = &buffer[..filled];
        kept = 0;
        while let Err(error) = std::str::from_utf8(rest) {
            letters += leads(&rest[..error.valid_up_to()]);
            match error.error_len() {
                Some(length) => {
                    invalid += 1;
                    rest = &rest[error.valid_up_to() + length..];
                }
                None => {
                    kept = rest.len() - error.valid_up_to();
                    break;
                }
            }
        }
        if kept == 0 {
            letters += leads(rest);
        }
        buffer.copy_within(filled - kept..filled, 0);
        if read == 0 {
            return Ok((letters, invalid + u64::from(kept > 0)));
        }
    }
}

fn leads(valid: &[u8]) -> u64 {
    if valid.is_ascii() {
        return 0;
    }
    valid.iter().filter(|&&byte| byte >= 0xc0).count() as u64
}

/// The file from its beginning as UTF-8, without a byte order mark. UTF-8 itself is passed on as it is, broken bytes
/// too: the rows they are in are reported.
pub(super) fn reader(
    mut file: File,
    encoding: Encoding,
    bytes_read: Arc<AtomicU64>,
) -> io::Result<TextReader> {
    file.seek(SeekFrom::Start(0))?;
    let decoder = match encoding {
        Encoding::Utf8 => None,
        Encoding::Utf16Le => Some(UTF_16LE.new_decoder_with_bom_removal()),
        Encoding::Utf16Be => Some(UTF_16BE.new_decoder_with_bom_removal()),
        Encoding::Windows1251 => Some(WINDOWS_1251.new_decoder_without_bom_handling()),
    };
    let mut mark = [0; 3];
    let has_mark = decoder.is_none() && read_full(&mut file, &mut mark)? == 3 && mark == *b"\xef\xbb\xbf";
    if !has_mark {
        file.seek(SeekFrom::Start(0))?;
    }
    Ok(TextReader {
        file,
        decoder,
        input: Vec::new(),
        used: 0,
        at_end: false,
        finished: false,
        bytes_read,
    })
}

/// Reads until the buffer is full or the file ends.
pub(super) fn read_full(file: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match file.read(&mut buffer[filled..])? {
            0 => break,
            read => filled += read,
        }
    }
    Ok(filled)
}

/// A text file as a stream of UTF-8.
pub(super) struct TextReader {
    file: File,
    decoder: Option<Decoder>,
    input: Vec<u8>,
    used: usize,
    at_end: bool,
    finished: bool,
    bytes_read: Arc<AtomicU64>,
}

impl Read for TextReader {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let Some(decoder) = &mut self.decoder else {
            let read = self.file.read(out)?;
            self.bytes_read.fetch_add(read as u64, Ordering::Relaxed);
            return Ok(read);
        };
        // A decoder needs room for one character at least; our callers offer 64 KiB.
        if out.len() < 16 {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                "a buffer of at least 16 bytes is needed",
            ));
        }
        loop {
            if self.finished {
                return Ok(0);
            }
            if self.used == self.input.len() && !self.at_end {
                self.input.resize(READ_BYTES, 0);
                let read = self.file.read(&mut self.input)?;
                self.input.truncate(read);
                self.used = 0;
                self.at_end = read == 0;
                self.bytes_read.fetch_add(read as u64, Ordering::Relaxed);
            }
            let (result, used, written, _) =
                decoder.decode_to_utf8(&self.input[self.used..], out, self.at_end);
            self.used += used;
            // A decoder that has seen the end must not be asked again.
            self.finished = self.at_end && result == CoderResult::InputEmpty;
            if written > 0 || self.finished {
                return Ok(written);
            }
        }
    }
}
