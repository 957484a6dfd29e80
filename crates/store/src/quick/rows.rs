//! Rows of the tables that are read quickly: the columns in the order of the entities' fields.

use std::error::Error;
use std::str::FromStr;

use rusqlite::types::{FromSql, Type};
use rusqlite::{Result, Row};

use crate::entity::{campaigns, contacts, messages};
use crate::types::{CounterKind, UnixMillis};

/// The columns of [`contact`].
pub(crate) const CONTACT: &str = "id, name, first_name, last_name, name_key, phone, username, telegram_user_id, \
     profession, interests, age, goal, notes, language, timezone, source, status, consent_basis, opted_out_at, stage, \
     stage_message_id, last_outreach_at, last_inbound_at, last_message_at, extra, import_id, created_at, updated_at";
/// The columns of [`message`].
pub(crate) const MESSAGE: &str = "id, account_id, contact_id, direction, telegram_message_id, text, state, \
     campaign_id, outbox_id, author, labels, confidence, handled_at, handled_how, sent_at, read_at, edited_at, deleted_at, \
     first_text";
/// The columns of [`campaign`].
pub(crate) const CAMPAIGN: &str = "id, name, description, product_id, templates, approval, state, state_reason, \
     scheduled_at, batch_size, delay_ms, started_at, completed_at, response_ms_sum, response_count, created_at, updated_at";
/// The columns of [`counter`].
pub(crate) const COUNTER: &str = "kind, key, value";

pub(crate) fn contact(row: &Row<'_>) -> Result<contacts::Model> {
    let mut next = Columns::of(row);
    Ok(contacts::Model {
        id: next.value()?,
        name: next.value()?,
        first_name: next.value()?,
        last_name: next.value()?,
        name_key: next.value()?,
        phone: next.value()?,
        username: next.value()?,
        telegram_user_id: next.value()?,
        profession: next.value()?,
        interests: next.value()?,
        age: next.value()?,
        goal: next.value()?,
        notes: next.value()?,
        language: next.value()?,
        timezone: next.value()?,
        source: next.word()?,
        status: next.word()?,
        consent_basis: next.word()?,
        opted_out_at: next.maybe_moment()?,
        stage: next.word()?,
        stage_message_id: next.value()?,
        last_outreach_at: next.maybe_moment()?,
        last_inbound_at: next.maybe_moment()?,
        last_message_at: next.maybe_moment()?,
        extra: next.value()?,
        import_id: next.value()?,
        created_at: next.moment()?,
        updated_at: next.moment()?,
    })
}

pub(crate) fn message(row: &Row<'_>) -> Result<messages::Model> {
    let mut next = Columns::of(row);
    Ok(messages::Model {
        id: next.value()?,
        account_id: next.value()?,
        contact_id: next.value()?,
        direction: next.word()?,
        telegram_message_id: next.value()?,
        text: next.value()?,
        state: next.word()?,
        campaign_id: next.value()?,
        outbox_id: next.value()?,
        author: next.word()?,
        labels: next.value()?,
        confidence: next.value()?,
        handled_at: next.maybe_moment()?,
        handled_how: next.value()?,
        sent_at: next.moment()?,
        read_at: next.maybe_moment()?,
        edited_at: next.maybe_moment()?,
        deleted_at: next.maybe_moment()?,
        first_text: next.value()?,
    })
}

pub(crate) fn campaign(row: &Row<'_>) -> Result<campaigns::Model> {
    let mut next = Columns::of(row);
    Ok(campaigns::Model {
        id: next.value()?,
        name: next.value()?,
        description: next.value()?,
        product_id: next.value()?,
        templates: next.value()?,
        approval: next.word()?,
        state: next.word()?,
        state_reason: next.value()?,
        scheduled_at: next.maybe_moment()?,
        batch_size: next.value()?,
        delay_ms: next.value()?,
        started_at: next.maybe_moment()?,
        completed_at: next.maybe_moment()?,
        response_ms_sum: next.value()?,
        response_count: next.value()?,
        created_at: next.moment()?,
        updated_at: next.moment()?,
    })
}

pub(crate) fn counter(row: &Row<'_>) -> Result<(CounterKind, String, i64)> {
    let mut next = Columns::of(row);
    Ok((next.word()?, next.value()?, next.value()?))
}

/// The columns of a row one after another.
pub(crate) struct Columns<'r> {
    row: &'r Row<'r>,
    at: usize,
}

impl<'r> Columns<'r> {
    pub(crate) fn of(row: &'r Row<'r>) -> Self {
        Self { row, at: 0 }
    }

    fn next(&mut self) -> usize {
        self.at += 1;
        self.at - 1
    }

    pub(crate) fn value<T: FromSql>(&mut self) -> Result<T> {
        self.row.get(self.next())
    }

    /// A text where it lies, until the next row is read.
    pub(crate) fn text(&mut self) -> Result<&'r str> {
        Ok(self.row.get_ref(self.next())?.as_str()?)
    }

    pub(crate) fn maybe_text(&mut self) -> Result<Option<&'r str>> {
        Ok(self.row.get_ref(self.next())?.as_str_or_null()?)
    }

    pub(crate) fn moment(&mut self) -> Result<UnixMillis> {
        self.value().map(UnixMillis)
    }

    pub(crate) fn maybe_moment(&mut self) -> Result<Option<UnixMillis>> {
        Ok(self.value::<Option<i64>>()?.map(UnixMillis))
    }

    pub(crate) fn word<T: FromStr<Err: Error + Send + Sync + 'static>>(&mut self) -> Result<T> {
        let at = self.next();
        let word = self.row.get_ref(at)?.as_str()?;
        word.parse()
            .map_err(|error| rusqlite::Error::FromSqlConversionFailure(at, Type::Text, Box::new(error)))
    }
}
