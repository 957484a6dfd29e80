//! Where an upload lies until it is imported: a file of its own in the data folder, which outlives a restart.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

/// Folder of the spooled uploads inside the data folder.
const FOLDER: &str = "uploads";

/// A spooled upload. It stays until [`Spool::remove`].
#[derive(Clone, Debug)]
pub struct Spool {
    path: PathBuf,
    name: String,
}

impl Spool {
    /// A new empty file; `random` makes its name.
    ///
    /// # Errors
    /// When the folder or the file cannot be made.
    pub fn create(data_dir: &Path, random: u64) -> io::Result<(Self, File)> {
        let folder = data_dir.join(FOLDER);
        fs::create_dir_all(&folder)?;
        let name = format!("{random:016x}.upload");
        let path = folder.join(&name);
        let mut options = OpenOptions::new();
        options.read(true).write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&path)?;
        Ok((Self { path, name }, file))
    }

    /// The upload of this name, as a job kept it.
    ///
    /// # Errors
    /// [`io::ErrorKind::InvalidInput`] for a name that we never gave.
    pub fn at(data_dir: &Path, name: &str) -> io::Result<Self> {
        let ours = name
            .strip_suffix(".upload")
            .is_some_and(|stem| stem.len() == 16 && stem.bytes().all(|b| b.is_ascii_hexdigit()));
        if !ours {
            return Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                "not the name of an upload",
            ));
        }
        Ok(Self {
            path: data_dir.join(FOLDER).join(name),
            name: name.to_owned(),
        })
    }

    /// All uploads that lie in the data folder.
    ///
    /// # Errors
    /// Of the file system; that there is no folder yet is none.
    pub fn all(data_dir: &Path) -> io::Result<Vec<Self>> {
        let entries = match fs::read_dir(data_dir.join(FOLDER)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries?,
        };
        let mut found = Vec::new();
        for entry in entries {
            // A file that is not ours stays.
            if let Ok(spool) = Self::at(data_dir, &entry?.file_name().to_string_lossy()) {
                found.push(spool);
            }
        }
        Ok(found)
    }

    /// The name, to find the upload again after a restart.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Opens the file from its beginning.
    ///
    /// # Errors
    /// Of the file system.
    pub fn open(&self) -> io::Result<File> {
        File::open(&self.path)
    }

    /// Deletes the file; that it is gone already is no error.
    ///
    /// # Errors
    /// Of the file system.
    pub fn remove(&self) -> io::Result<()> {
        match fs::remove_file(&self.path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};

    use super::*;

    #[test]
    fn outlives_its_handle_and_takes_no_other_name() {
        let folder = tempfile::tempdir().unwrap();
        let (spool, mut file) = Spool::create(folder.path(), 7).unwrap();
        file.write_all(b"name,phone").unwrap();
        drop(file);
        assert!(
            Spool::create(folder.path(), 7).is_err(),
            "never over another upload"
        );
        let again = Spool::at(folder.path(), spool.name()).unwrap();
        let mut text = String::new();
        again.open().unwrap().read_to_string(&mut text).unwrap();
        assert_eq!(text, "name,phone");
        fs::write(folder.path().join("uploads/notes.txt"), "not ours").unwrap();
        let all = Spool::all(folder.path()).unwrap();
        assert_eq!(all.iter().map(Spool::name).collect::<Vec<_>>(), [spool.name()]);
        assert!(Spool::all(&folder.path().join("elsewhere")).unwrap().is_empty());
        again.remove().unwrap();
        again.remove().unwrap();
        assert!(again.open().is_err());
        assert!(Spool::at(folder.path(), "../alfa.db").is_err());
    }
}
