//! Texts with their class of data.

use serde::{Deserialize, Serialize};

use crate::Masker;

/// What kind of data a part holds. Each provider has the classes that it may see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DataClass {
    /// Knowledge: what anybody may read.
    Public,
    /// What is known about the person: profession, interests, tags.
    Profile,
    /// What was written in a dialog.
    Dialog,
}

impl DataClass {
    /// Every class.
    pub const ALL: [Self; 3] = [Self::Public, Self::Profile, Self::Dialog];
}

/// A text with its class. Texts of or about a person are masked when the part is made: there is no other way to one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    class: DataClass,
    text: String,
}

impl Part {
    /// Knowledge. It goes as it is.
    pub fn public(text: impl Into<String>) -> Self {
        Self {
            class: DataClass::Public,
            text: text.into(),
        }
    }

    /// What is known about a person.
    pub fn profile(masker: &Masker, text: &str) -> Self {
        Self {
            class: DataClass::Profile,
            text: masker.mask(text),
        }
    }

    /// What was written in a dialog.
    pub fn dialog(masker: &Masker, text: &str) -> Self {
        Self {
            class: DataClass::Dialog,
            text: masker.mask(text),
        }
    }

    /// The same without its first characters.
    pub(crate) fn without_start(&self, chars: usize) -> Self {
        Self {
            class: self.class,
            text: self.text.chars().skip(chars).collect(),
        }
    }

    /// The class.
    pub fn class(&self) -> DataClass {
        self.class
    }

    /// The text as a provider would see it.
    pub fn text(&self) -> &str {
        &self.text
    }
}
