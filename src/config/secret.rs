//! A value that must not be seen: it redacts its own `Debug` and `Display` and wipes its memory.

use std::fmt;
use zeroize::Zeroizing;

/// A secret string. `expose` is the only way to its value.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    #[must_use]
    pub fn new(value: impl Into<String>) -> Self {
        Self(Zeroizing::new(value.into()))
    }

    /// The value itself, for the one place that uses it.
    #[must_use]
    pub fn expose(&self) -> &str {
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

/// What an error message may show of a secret: its length and nothing of its letters.
#[must_use]
pub fn mask_secret(value: &str) -> String {
    format!("*** ({})", value.chars().count())
}

/// What a message or a log may show of a phone: `+7***4567`.
#[must_use]
pub fn mask_phone(phone: &str) -> String {
    let digits: Vec<char> = phone.chars().filter(char::is_ascii_digit).collect();
    if digits.len() < 7 {
        return "***".to_owned();
    }
    let tail: String = digits[digits.len() - 4..].iter().collect();
    format!("+{}***{tail}", digits[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_never_prints() {
        let secret = Secret::new("hunter2");
        assert_eq!(format!("{secret} {secret:?}"), "[secret] [secret]");
        assert_eq!(secret.expose(), "hunter2");
    }

    #[test]
    fn masks_keep_nothing_of_a_secret_and_four_digits_of_a_phone() {
        assert_eq!(mask_secret("hunter2"), "*** (7)");
        assert_eq!(mask_phone("+7 999 123-45-67"), "+7***4567");
        assert_eq!(mask_phone("12"), "***");
    }
}
