//! Phones in scenario files.

use serde::{Deserialize, Deserializer, de::Error};

use crate::ids::phone_digits;

/// Refuses what is not a phone with its country's code, at the place where it stands.
pub(super) fn checked<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let phone = String::deserialize(deserializer)?;
    let strange = phone.chars().any(|c| !c.is_ascii_digit() && !"+-() ".contains(c));
    if strange || !(7..=15).contains(&phone_digits(&phone).len()) {
        return Err(D::Error::custom(format!(
            "{phone:?} is no phone number (7 to 15 digits with the country's code)"
        )));
    }
    Ok(phone)
}
