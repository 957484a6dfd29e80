//! A provider's key.

use std::fmt;

use zeroize::Zeroizing;

/// A key. Neither `Debug` nor `Display` shows any of it, and its memory is overwritten when it is dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes the key; spaces and line ends around it (a usual slip when pasting) are cut off.
    pub fn new(key: impl Into<String>) -> Self {
        let key = Zeroizing::new(key.into());
        Self(Zeroizing::new(key.trim().to_owned()))
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a text holds the key.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        !self.is_empty() && text.contains(self.expose())
    }

    /// The key itself, for the request's header and the fingerprint only.
    pub(crate) fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[secret]")
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[secret]")
    }
}

impl From<String> for Secret {
    fn from(key: String) -> Self {
        Self::new(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_debug_nor_display_shows_it() {
        let secret = Secret::new(" sk-invented \n");
        assert_eq!(secret.expose(), "sk-invented");
        assert_eq!(format!("{secret:?} {secret}"), "[secret] [secret]");
    }
}
