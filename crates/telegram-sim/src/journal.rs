//! The journal: an append-only file of facts, one JSON object a line, by which the world survives a kill of its process.
//!
//! Each fact is written before it is applied and handed to the operating system at once; the disk is not waited for
//! (a power cut may lose the end, a kill may not).

use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::world::fact::Fact;

/// What a journal can fail with.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The file cannot be read or written.
    #[error("journal {path}: {source}")]
    Io {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A line that is not the last cannot be understood.
    #[error("journal {path}, line {line}: {source}")]
    Damaged {
        /// Which file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// Why.
        source: serde_json::Error,
    },
}

/// An open journal, at its end.
#[derive(Debug)]
pub struct Journal {
    file: BufWriter<File>,
}

impl Journal {
    /// Opens or creates a journal, gives every fact in it to `replay` and cuts off a torn last line.
    ///
    /// # Errors
    /// The file cannot be read or written, or is damaged before its last line.
    pub fn open(path: &Path, mut replay: impl FnMut(&Fact)) -> Result<Self, JournalError> {
        let io = |source| JournalError::Io {
            path: path.to_owned(),
            source,
        };
        let file = OpenOptions::new()
            .read(true)
            .append(true)
            .create(true)
            .open(path)
            .map_err(io)?;
        let mut reader = BufReader::new(file);
        let mut whole_bytes = 0_u64;
        let mut line = Vec::new();
        let mut number = 0;
        let mut damage = None;
        loop {
            line.clear();
            let read = reader.read_until(b'\n', &mut line).map_err(io)?;
            if read == 0 {
                break;
            }
            // A damaged line is forgiven only if nothing follows it.
            if let Some(error) = damage {
                return Err(error);
            }
            number += 1;
            if line.last() != Some(&b'\n') {
                break;
            }
            match serde_json::from_slice::<Fact>(&line) {
                Ok(fact) => {
                    replay(&fact);
                    whole_bytes += read as u64;
                }
                Err(source) => {
                    damage = Some(JournalError::Damaged {
                        path: path.to_owned(),
                        line: number,
                        source,
                    })
                }
            }
        }
        let mut file = reader.into_inner();
        if file.metadata().map_err(io)?.len() != whole_bytes {
            file.set_len(whole_bytes).map_err(io)?;
        }
        file.seek(SeekFrom::End(0)).map_err(io)?;
        Ok(Self {
            file: BufWriter::new(file),
        })
    }

    /// Writes a fact and hands it to the operating system.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn append(&mut self, fact: &Fact) -> std::io::Result<()> {
        serde_json::to_writer(&mut self.file, fact)?;
        self.file.write_all(b"\n")?;
        self.file.flush()
    }
}
