//! What is sent of a contact, and its normal form.

use super::check::{Checks, Input};
use super::word::{ConsentBasis, ContactStatus};
use crate::contacts::manual::{Change, NewContact};
use crate::contacts::phone::{self, Country};
use crate::contacts::{name, username, values};
use crate::error::{AppError, AppResult, FieldError, Message};
use alfa_store::contacts::Profile;
use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;

const MAX_TAGS: usize = 50;
const MAX_TAG_CHARS: usize = 64;
const MAX_NAME_CHARS: usize = 200;
const MAX_TEXT_CHARS: usize = 1000;
const MAX_NOTES_CHARS: usize = 10_000;

/// A contact to add.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContactInput {
    #[schema(min_length = 1, max_length = 200)]
    name: String,
    #[schema(max_length = 200)]
    first_name: Option<String>,
    #[schema(max_length = 200)]
    last_name: Option<String>,
    /// In any usual form.
    #[schema(max_length = 64, example = "+79991234567")]
    phone: Option<String>,
    /// With or without `@`, or a t.me link.
    #[schema(max_length = 100)]
    username: Option<String>,
    #[schema(minimum = 1, maximum = 4503599627370495i64)]
    telegram_user_id: Option<i64>,
    #[schema(max_length = 1000)]
    profession: Option<String>,
    #[schema(max_length = 1000)]
    interests: Option<String>,
    #[schema(minimum = 1, maximum = 120)]
    age: Option<i32>,
    #[schema(max_length = 1000)]
    goal: Option<String>,
    #[schema(max_length = 10000)]
    notes: Option<String>,
    /// ISO 639 code.
    #[schema(max_length = 35)]
    language: Option<String>,
    /// IANA name.
    #[schema(max_length = 64)]
    timezone: Option<String>,
    #[schema(max_items = 50)]
    tags: Option<Vec<String>>,
    /// Why we may write to the person; as `CONTACTS_UPLOAD_CONSENT` says when it is left out.
    consent: Option<ConsentBasis>,
    /// What proves the consent.
    #[schema(max_length = 1000)]
    consent_evidence: Option<String>,
    /// ISO 3166 code of the country that a phone without a country code is of; RU when it is left out.
    #[schema(min_length = 2, max_length = 2)]
    country: Option<String>,
}

impl Input for ContactInput {
    fn check(&self, checks: &mut Checks) {
        checks.text("name", &self.name, 1, MAX_NAME_CHARS);
        checks.optional_text("first_name", self.first_name.as_deref(), MAX_NAME_CHARS);
        checks.optional_text("last_name", self.last_name.as_deref(), MAX_NAME_CHARS);
        checks.optional_text("profession", self.profession.as_deref(), MAX_TEXT_CHARS);
        checks.optional_text("interests", self.interests.as_deref(), MAX_TEXT_CHARS);
        checks.optional_text("goal", self.goal.as_deref(), MAX_TEXT_CHARS);
        checks.optional_text("notes", self.notes.as_deref(), MAX_NOTES_CHARS);
        checks.optional_text(
            "consent_evidence",
            self.consent_evidence.as_deref(),
            MAX_TEXT_CHARS,
        );
        checks.range("age", self.age, 1, 120);
        check_tags(checks, self.tags.as_deref());
    }
}

impl ContactInput {
    /// The normal form.
    ///
    /// # Errors
    /// `Invalid`, all bad fields named.
    pub fn normalised(self) -> AppResult<NewContact> {
        let mut normal = Normal::default();
        let country = normal.country(self.country.as_deref());
        let full = name::split(&self.name);
        let profile = Profile {
            first_name: tidy(self.first_name).or(full.first),
            last_name: tidy(self.last_name).or(full.last),
            name: full.full,
            phone: normal.phone(self.phone.as_deref(), country),
            username: normal.username(self.username.as_deref()),
            telegram_user_id: normal.telegram_user_id(self.telegram_user_id),
            profession: tidy(self.profession),
            interests: tidy(self.interests),
            age: self.age,
            goal: tidy(self.goal),
            notes: tidy_lines(self.notes),
            language: normal.language(self.language.as_deref()),
            timezone: normal.timezone(self.timezone.as_deref()),
            extra: None,
        };
        normal.finish()?;
        Ok(NewContact {
            profile,
            tags: tidy_tags(self.tags.unwrap_or_default()),
            consent: self.consent.map(|basis| basis.0),
            evidence: tidy(self.consent_evidence),
        })
    }
}

/// A change of a contact: what is left out stays, `null` empties.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ContactChange {
    #[schema(min_length = 1, max_length = 200)]
    name: Option<String>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 200)]
    first_name: Option<Option<String>>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 200)]
    last_name: Option<Option<String>>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 64)]
    phone: Option<Option<String>>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 100)]
    username: Option<Option<String>>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<i64>, minimum = 1, maximum = 4503599627370495i64)]
    telegram_user_id: Option<Option<i64>>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 1000)]
    profession: Option<Option<String>>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 1000)]
    interests: Option<Option<String>>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<i32>, minimum = 1, maximum = 120)]
    age: Option<Option<i32>>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 1000)]
    goal: Option<Option<String>>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 10000)]
    notes: Option<Option<String>>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 35)]
    language: Option<Option<String>>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 64)]
    timezone: Option<Option<String>>,
    status: Option<ContactStatus>,
    #[schema(max_items = 50)]
    tags: Option<Vec<String>>,
    #[schema(min_length = 2, max_length = 2)]
    country: Option<String>,
}

/// Tells a field that is `null` from one that is left out.
fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(deserializer).map(Some)
}

impl Input for ContactChange {
    fn check(&self, checks: &mut Checks) {
        if let Some(name) = &self.name {
            checks.text("name", name, 1, MAX_NAME_CHARS);
        }
        let texts = [
            ("first_name", &self.first_name, MAX_NAME_CHARS),
            ("last_name", &self.last_name, MAX_NAME_CHARS),
            ("profession", &self.profession, MAX_TEXT_CHARS),
            ("interests", &self.interests, MAX_TEXT_CHARS),
            ("goal", &self.goal, MAX_TEXT_CHARS),
            ("notes", &self.notes, MAX_NOTES_CHARS),
        ];
        for (field, text, most) in texts {
            checks.optional_text(field, text.as_ref().and_then(Option::as_deref), most);
        }
        checks.range("age", self.age.flatten(), 1, 120);
        check_tags(checks, self.tags.as_deref());
    }
}

impl ContactChange {
    /// The normal form.
    ///
    /// # Errors
    /// `Invalid`, all bad fields named.
    pub fn normalised(self) -> AppResult<Change> {
        let mut normal = Normal::default();
        let country = normal.country(self.country.as_deref());
        let full = self.name.as_deref().map(name::split);
        let own =
            |given: Option<Option<String>>, of_name: Option<Option<String>>| given.map(tidy).or(of_name);
        let change = Change {
            first_name: own(self.first_name, full.as_ref().map(|name| name.first.clone())),
            last_name: own(self.last_name, full.as_ref().map(|name| name.last.clone())),
            name: full.map(|name| name.full),
            phone: self.phone.map(|phone| normal.phone(phone.as_deref(), country)),
            username: self.username.map(|username| normal.username(username.as_deref())),
            telegram_user_id: self.telegram_user_id.map(|id| normal.telegram_user_id(id)),
            profession: self.profession.map(tidy),
            interests: self.interests.map(tidy),
            age: self.age,
            goal: self.goal.map(tidy),
            notes: self.notes.map(tidy_lines),
            language: self.language.map(|language| normal.language(language.as_deref())),
            timezone: self.timezone.map(|zone| normal.timezone(zone.as_deref())),
            status: self.status.map(|status| status.0),
            tags: self.tags.map(tidy_tags),
        };
        normal.finish()?;
        Ok(change)
    }
}

/// The bad fields found while values are brought to their normal form. Empty texts are absent values.
#[derive(Default)]
struct Normal(Vec<FieldError>);

impl Normal {
    fn refuse<T>(&mut self, field: &str, message: Message) -> Option<T> {
        self.0.push(FieldError {
            field: field.to_owned(),
            message,
        });
        None
    }

    fn country(&mut self, code: Option<&str>) -> Country {
        match code.map(str::parse) {
            None => Country::default(),
            Some(Ok(country)) => country,
            Some(Err(message)) => self.refuse("country", message).unwrap_or_default(),
        }
    }

    fn phone(&mut self, raw: Option<&str>, country: Country) -> Option<String> {
        let raw = filled(raw)?;
        match phone::normalise(raw, country) {
            Ok(phone) => Some(phone.to_string()),
            Err(error) => self.refuse("phone", error.message(raw)),
        }
    }

    fn username(&mut self, raw: Option<&str>) -> Option<String> {
        match username::normalise(filled(raw)?) {
            Ok(username) => Some(username),
            Err(message) => self.refuse("username", message),
        }
    }

    fn telegram_user_id(&mut self, id: Option<i64>) -> Option<i64> {
        let id = id?;
        let known = values::telegram_user_id(&id.to_string());
        let message = || {
            Message::new("error.out_of_range")
                .with("least", 1)
                .with("most", (1_i64 << 52) - 1)
        };
        known.or_else(|| self.refuse("telegram_user_id", message()))
    }

    fn language(&mut self, raw: Option<&str>) -> Option<String> {
        let language = values::language(filled(raw)?);
        language.or_else(|| self.refuse("language", Message::new("error.language_code")))
    }

    fn timezone(&mut self, raw: Option<&str>) -> Option<String> {
        let zone = values::timezone(filled(raw)?);
        zone.or_else(|| self.refuse("timezone", Message::new("error.time_zone")))
    }

    fn finish(self) -> AppResult<()> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(AppError::Invalid { fields: self.0 })
        }
    }
}

fn filled(raw: Option<&str>) -> Option<&str> {
    raw.map(str::trim).filter(|text| !text.is_empty())
}

fn tidy(text: Option<String>) -> Option<String> {
    text.map(|text| name::squeeze(&text))
        .filter(|text| !text.is_empty())
}

/// Notes keep their lines.
fn tidy_lines(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty())
}

pub(super) fn check_tags(checks: &mut Checks, tags: Option<&[String]>) {
    let tags = tags.unwrap_or_default();
    checks.count("tags", tags.len(), MAX_TAGS);
    for (index, tag) in tags.iter().enumerate() {
        checks.text(&format!("tags[{index}]"), tag, 1, MAX_TAG_CHARS);
    }
}

pub(super) fn tidy_tags(tags: Vec<String>) -> Vec<String> {
    let mut tidied: Vec<String> = tags
        .iter()
        .map(|tag| name::squeeze(tag))
        .filter(|tag| !tag.is_empty())
        .collect();
    tidied.sort_unstable();
    tidied.dedup();
    tidied
}
