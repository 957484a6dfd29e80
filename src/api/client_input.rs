//! What is sent of a client.

use super::check::{Checks, Input};
use super::contact_input::{ContactInput, tidy, tidy_lines};
use super::extract::{Strict, given};
use super::time::{Date, Time};
use super::word::ClientStatus;
use crate::crm::clients::{Card, Change, Who};
use crate::error::{AppError, AppResult, Message};
use serde::Deserialize;
use utoipa::ToSchema;

const MAX_WORD_CHARS: usize = 255;
const MAX_CODE_CHARS: usize = 64;
const MAX_NOTES_CHARS: usize = 10_000;

/// A client to be made: `contact_id` of a contact that there is, or `contact` to be made with it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClientInput {
    #[schema(minimum = 1)]
    contact_id: Option<i64>,
    #[schema(value_type = Option<ContactInput>)]
    contact: Option<Strict<ContactInput>>,
    status: Option<ClientStatus>,
    /// Code of a direction.
    #[schema(max_length = 64)]
    direction: Option<String>,
    #[schema(max_length = 255)]
    contract_number: Option<String>,
    #[schema(max_length = 255)]
    subscription_number: Option<String>,
    /// Where the client heard of us.
    #[schema(max_length = 255)]
    source: Option<String>,
    birth_date: Option<Date>,
    #[schema(max_length = 10000)]
    notes: Option<String>,
    #[schema(max_length = 10000)]
    contraindications: Option<String>,
    /// When the client came; now when it is left out.
    created_at: Option<Time>,
}

impl Input for ClientInput {
    fn check(&self, checks: &mut Checks) {
        checks.range("contact_id", self.contact_id, 1, i64::MAX);
        checks.optional_text("direction", self.direction.as_deref(), MAX_CODE_CHARS);
        checks.optional_text("contract_number", self.contract_number.as_deref(), MAX_WORD_CHARS);
        checks.optional_text(
            "subscription_number",
            self.subscription_number.as_deref(),
            MAX_WORD_CHARS,
        );
        checks.optional_text("source", self.source.as_deref(), MAX_WORD_CHARS);
        checks.optional_text("notes", self.notes.as_deref(), MAX_NOTES_CHARS);
        checks.optional_text(
            "contraindications",
            self.contraindications.as_deref(),
            MAX_NOTES_CHARS,
        );
        if self.contact_id.is_some() == self.contact.is_some() {
            checks.refuse("contact_id", Message::new("crm.contact_or_id"));
        }
        if let Some(contact) = &self.contact {
            let mut found = Checks::default();
            contact.check(&mut found);
            checks.adopt("contact", found);
        }
    }
}

impl ClientInput {
    /// The normal form.
    ///
    /// # Errors
    /// `Invalid`, all bad fields of the contact named.
    pub fn normalised(self) -> AppResult<(Who, Card)> {
        let who = match (self.contact_id, self.contact) {
            (_, Some(Strict(contact))) => Who::New(Box::new(contact.normalised().map_err(inside_contact)?)),
            (Some(id), None) => Who::Contact(id),
            (None, None) => return Err(AppError::invalid("contact_id", Message::new("crm.contact_or_id"))),
        };
        let card = Card {
            status: self.status.map(|word| word.0),
            direction: tidy(self.direction),
            contract_number: tidy(self.contract_number),
            subscription_number: tidy(self.subscription_number),
            source: tidy(self.source),
            birth_date: self.birth_date.map(|date| date.0),
            notes: tidy_lines(self.notes),
            contraindications: tidy_lines(self.contraindications),
            created_at: self.created_at.map(|time| time.0),
        };
        Ok((who, card))
    }
}

fn inside_contact(error: AppError) -> AppError {
    match error {
        AppError::Invalid { mut fields } => {
            for field in &mut fields {
                field.field = format!("contact.{}", field.field);
            }
            AppError::Invalid { fields }
        }
        other => other,
    }
}

/// A change of a client's card: what is left out stays, `null` empties.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ClientChange {
    status: Option<ClientStatus>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 64)]
    direction: Option<Option<String>>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 255)]
    contract_number: Option<Option<String>>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 255)]
    subscription_number: Option<Option<String>>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 255)]
    source: Option<Option<String>>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<Date>)]
    birth_date: Option<Option<Date>>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 10000)]
    notes: Option<Option<String>>,
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 10000)]
    contraindications: Option<Option<String>>,
}

impl Input for ClientChange {
    fn check(&self, checks: &mut Checks) {
        let texts = [
            ("direction", &self.direction, MAX_CODE_CHARS),
            ("contract_number", &self.contract_number, MAX_WORD_CHARS),
            ("subscription_number", &self.subscription_number, MAX_WORD_CHARS),
            ("source", &self.source, MAX_WORD_CHARS),
            ("notes", &self.notes, MAX_NOTES_CHARS),
            ("contraindications", &self.contraindications, MAX_NOTES_CHARS),
        ];
        for (field, text, most) in texts {
            checks.optional_text(field, text.as_ref().and_then(Option::as_deref), most);
        }
    }
}

impl ClientChange {
    /// The normal form.
    #[must_use]
    pub fn normalised(self) -> Change {
        Change {
            status: self.status.map(|word| word.0),
            direction: self.direction.map(tidy),
            contract_number: self.contract_number.map(tidy),
            subscription_number: self.subscription_number.map(tidy),
            source: self.source.map(tidy),
            birth_date: self.birth_date.map(|date| date.map(|date| date.0)),
            notes: self.notes.map(tidy_lines),
            contraindications: self.contraindications.map(tidy_lines),
        }
    }
}
