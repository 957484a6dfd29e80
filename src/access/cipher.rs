//! What is encrypted at rest: Telegram sessions and providers' keys. XChaCha20-Poly1305 with a random nonce; the
//! associated data binds a ciphertext to its place (say, `session:12`), so that rows cannot be swapped.

use super::entropy::secret_bytes;
use anyhow::{Context, bail};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use std::io::Write;
use std::path::Path;
use zeroize::Zeroizing;

/// The generated key's file, beside the database.
pub const KEY_FILE_NAME: &str = "alfa.key";
/// First byte of every ciphertext: how to read the rest.
const VERSION: u8 = 1;
const NONCE_BYTES: usize = 24;

/// Encrypts and decrypts with the installation's key. Cheap to clone.
#[derive(Clone)]
pub struct Cipher(XChaCha20Poly1305);

impl std::fmt::Debug for Cipher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Cipher")
    }
}

impl Cipher {
    /// A cipher of this key.
    #[must_use]
    pub fn new(key: &[u8; 32]) -> Self {
        Self(XChaCha20Poly1305::new(&Key::from(*key)))
    }

    /// The cipher of `ALFA_SECRET_KEY`, or else of the key file in `folder`, which is made when it is not there.
    ///
    /// # Errors
    /// When the file cannot be read or made, is not 32 bytes of hexadecimal, or is readable by others.
    pub fn load(configured: Option<[u8; 32]>, folder: &Path) -> anyhow::Result<Self> {
        if let Some(key) = configured {
            return Ok(Self::new(&key));
        }
        std::fs::create_dir_all(folder).with_context(|| format!("create {}", folder.display()))?;
        let path = folder.join(KEY_FILE_NAME);
        let key = match std::fs::read_to_string(&path) {
            Ok(text) => read_key(&path, &Zeroizing::new(text))?,
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => make_key(&path)?,
            Err(cause) => return Err(cause).with_context(|| format!("read {}", path.display())),
        };
        Ok(Self::new(&key))
    }

    /// Encrypts `plain` for the place that `associated` names.
    ///
    /// # Errors
    /// When there is no randomness, or the text is too long for the cipher (256 GiB).
    pub fn encrypt(&self, plain: &[u8], associated: &[u8]) -> anyhow::Result<Vec<u8>> {
        let nonce: [u8; NONCE_BYTES] = secret_bytes()?;
        let body = self
            .0
            .encrypt(
                &XNonce::from(nonce),
                Payload {
                    msg: plain,
                    aad: associated,
                },
            )
            .map_err(|_| anyhow::anyhow!("encryption failed"))?;
        let mut sealed = Vec::with_capacity(1 + NONCE_BYTES + body.len());
        sealed.push(VERSION);
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(&body);
        Ok(sealed)
    }

    /// Decrypts what [`Cipher::encrypt`] made for the same place.
    ///
    /// # Errors
    /// When it is another place's, another key's, or was changed.
    pub fn decrypt(&self, sealed: &[u8], associated: &[u8]) -> anyhow::Result<Vec<u8>> {
        let Some((&VERSION, rest)) = sealed.split_first() else {
            bail!("not a ciphertext of ours")
        };
        let Some((nonce, body)) = rest.split_first_chunk::<NONCE_BYTES>() else {
            bail!("ciphertext too short")
        };
        self.0
            .decrypt(
                &XNonce::from(*nonce),
                Payload {
                    msg: body,
                    aad: associated,
                },
            )
            .map_err(|_| anyhow::anyhow!("cannot decrypt: another key, or the data was changed"))
    }
}

fn read_key(path: &Path, text: &str) -> anyhow::Result<Zeroizing<[u8; 32]>> {
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::metadata(path)?.permissions().mode();
    if mode & 0o077 != 0 {
        bail!(
            "{} may be read by others (mode {:o}); make it 600",
            path.display(),
            mode & 0o777
        );
    }
    let bytes = Zeroizing::new(hex::decode(text.trim()).unwrap_or_default());
    let key: [u8; 32] = bytes
        .as_slice()
        .try_into()
        .map_err(|_| anyhow::anyhow!("{} does not hold 64 hexadecimal digits", path.display()))?;
    Ok(Zeroizing::new(key))
}

/// Written whole beside its place and then moved there without replacing, so that a crash leaves no half key and two
/// starts at once agree on one.
fn make_key(path: &Path) -> anyhow::Result<Zeroizing<[u8; 32]>> {
    use std::os::unix::fs::OpenOptionsExt;
    let key = Zeroizing::new(secret_bytes::<32>()?);
    let draft = path.with_extension(format!("key.{}", std::process::id()));
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&draft)
        .with_context(|| format!("create {}", draft.display()))?;
    file.write_all(Zeroizing::new(hex::encode(*key)).as_bytes())?;
    file.sync_all()?;
    let placed = std::fs::hard_link(&draft, path);
    std::fs::remove_file(&draft)?;
    match placed {
        Ok(()) => Ok(key),
        Err(cause) if cause.kind() == std::io::ErrorKind::AlreadyExists => {
            read_key(path, &Zeroizing::new(std::fs::read_to_string(path)?))
        }
        Err(cause) => Err(cause).with_context(|| format!("create {}", path.display())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn only_the_same_key_and_place_open_it() {
        let cipher = Cipher::new(&[7; 32]);
        let sealed = cipher.encrypt(b"session", b"session:1").expect("sealed");
        assert_eq!(cipher.decrypt(&sealed, b"session:1").expect("opened"), b"session");
        assert!(cipher.decrypt(&sealed, b"session:2").is_err());
        assert!(Cipher::new(&[8; 32]).decrypt(&sealed, b"session:1").is_err());
        let mut changed = sealed.clone();
        changed[30] ^= 1;
        assert!(cipher.decrypt(&changed, b"session:1").is_err());
        assert!(cipher.decrypt(&sealed[..10], b"session:1").is_err());
        assert_ne!(cipher.encrypt(b"session", b"session:1").expect("sealed"), sealed);
    }

    #[test]
    fn the_key_file_is_made_once_and_is_private() {
        let folder = tempfile::tempdir().expect("folder");
        let sealed = Cipher::load(None, folder.path())
            .expect("made")
            .encrypt(b"x", b"")
            .expect("sealed");
        let path = folder.path().join(KEY_FILE_NAME);
        assert_eq!(
            std::fs::metadata(&path).expect("there").permissions().mode() & 0o777,
            0o600
        );
        assert_eq!(
            Cipher::load(None, folder.path())
                .expect("read")
                .decrypt(&sealed, b"")
                .expect("opened"),
            b"x"
        );
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).expect("chmod");
        assert!(Cipher::load(None, folder.path()).is_err());
    }
}
