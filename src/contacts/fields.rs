//! The fields of a contact that a file can bring, and what one row of a file becomes.

use std::str::FromStr;

use super::Phone;

/// A field of a contact.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Field {
    Name,
    FirstName,
    MiddleName,
    LastName,
    Phone,
    Username,
    TelegramUserId,
    Profession,
    Interests,
    Age,
    Goal,
    Notes,
    Language,
    Timezone,
    Tags,
}

/// Every field with its name in the API and in `mapping`.
pub const FIELDS: &[(Field, &str)] = &[
    (Field::Name, "name"),
    (Field::FirstName, "first_name"),
    (Field::MiddleName, "middle_name"),
    (Field::LastName, "last_name"),
    (Field::Phone, "phone"),
    (Field::Username, "username"),
    (Field::TelegramUserId, "telegram_user_id"),
    (Field::Profession, "profession"),
    (Field::Interests, "interests"),
    (Field::Age, "age"),
    (Field::Goal, "goal"),
    (Field::Notes, "notes"),
    (Field::Language, "language"),
    (Field::Timezone, "timezone"),
    (Field::Tags, "tags"),
];

impl Field {
    /// Name in the API, in `mapping` and in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        FIELDS
            .iter()
            .find(|(field, _)| *field == self)
            .map_or("", |(_, name)| name)
    }

    /// Whether the field alone tells who the person is.
    #[must_use]
    pub const fn is_identity(self) -> bool {
        matches!(self, Self::Phone | Self::Username | Self::TelegramUserId)
    }
}

impl FromStr for Field {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        FIELDS
            .iter()
            .find(|(_, known)| *known == name)
            .map(|(field, _)| *field)
            .ok_or(())
    }
}

/// What a row says about a person, normalised. `None`: the row does not bring the field, so an update leaves it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContactRow {
    /// Number of the row as a person counts records.
    pub row: u32,
    pub name: Option<String>,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub phone: Option<Phone>,
    /// Lower case, without `@`.
    pub username: Option<String>,
    pub telegram_user_id: Option<i64>,
    pub profession: Option<String>,
    pub interests: Option<String>,
    pub age: Option<i32>,
    pub goal: Option<String>,
    pub notes: Option<String>,
    pub language: Option<String>,
    pub timezone: Option<String>,
    pub tags: Vec<String>,
    /// JSON object of the columns that are no field.
    pub extra: Option<String>,
}

impl ContactRow {
    /// How many of the three things that alone tell who the person is the row brings.
    #[must_use]
    pub fn identities(&self) -> usize {
        usize::from(self.phone.is_some())
            + usize::from(self.username.is_some())
            + usize::from(self.telegram_user_id.is_some())
    }

    /// The name to show: the one of the row, else the username, else the phone.
    #[must_use]
    pub fn display_name(&self) -> String {
        match (&self.name, &self.username, self.phone, self.telegram_user_id) {
            (Some(name), ..) => name.clone(),
            (None, Some(username), ..) => format!("@{username}"),
            (None, None, Some(phone), _) => phone.to_string(),
            (None, None, None, id) => id.map(|id| id.to_string()).unwrap_or_default(),
        }
    }
}
