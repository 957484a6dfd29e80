//! Totals of a day, moved in the transaction of the change that moves them: sums over months stay cheap however many
//! payments there are.

use std::collections::BTreeMap;

use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::NONE_KEY;
use crate::Result;
use crate::entity::day_totals::{ActiveModel, Column, Entity};
use crate::entity::{clients, payments};
use crate::types::{Day, Measure, PaymentKind, PaymentStatus, TotalBy};

/// The day of totals that are not of a day.
pub const AT_PRESENT: Day = Day(0);

/// A number of things and their sum.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Total {
    /// How many.
    pub counted: i64,
    /// Their sum in minor units.
    pub amount_minor: i64,
}

/// Money of a period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Revenue {
    /// Completed payments.
    pub paid: Total,
    /// Completed refunds, by the day of the refund.
    pub refunded: Total,
}

impl Revenue {
    /// Payments less refunds, in minor units.
    #[must_use]
    pub fn net_minor(&self) -> i64 {
        self.paid.amount_minor - self.refunded.amount_minor
    }
}

/// Changes of totals, gathered so that each is touched once in a transaction.
#[derive(Debug, Default)]
pub struct Moves(BTreeMap<(Measure, TotalBy, String, Day), Total>);

impl Moves {
    /// Nothing moved yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn add(&mut self, measure: Measure, by: TotalBy, key: String, day: Day, delta: Total) {
        let total = self.0.entry((measure, by, key, day)).or_default();
        total.counted += delta.counted;
        total.amount_minor += delta.amount_minor;
    }

    /// A completed payment or refund comes (`sign` 1) or goes (-1). What is not completed moves nothing.
    pub fn money(&mut self, row: &payments::Model, sign: i64) {
        let (PaymentStatus::Completed, Some(day)) = (row.status, row.day) else {
            return;
        };
        let measure = match row.kind {
            PaymentKind::Payment => Measure::Paid,
            PaymentKind::Refund => Measure::Refunded,
        };
        let delta = Total {
            counted: sign,
            amount_minor: sign * row.amount_minor,
        };
        let id = |id: Option<i64>| id.map_or_else(|| NONE_KEY.to_owned(), |id| id.to_string());
        self.add(measure, TotalBy::All, String::new(), day, delta);
        self.add(measure, TotalBy::Service, id(row.service_id), day, delta);
        self.add(measure, TotalBy::Staff, id(row.staff_id), day, delta);
        self.add(measure, TotalBy::Method, row.method.to_string(), day, delta);
    }

    /// A client comes (`sign` 1) or goes (-1).
    pub fn client(&mut self, row: &clients::Model, sign: i64) {
        let delta = Total {
            counted: sign,
            amount_minor: 0,
        };
        self.add(
            Measure::NewClients,
            TotalBy::All,
            String::new(),
            row.created_day,
            delta,
        );
        self.add(
            Measure::Clients,
            TotalBy::Status,
            row.status.to_string(),
            AT_PRESENT,
            delta,
        );
    }

    /// Writes the changes, in one order everywhere, so that two transactions cannot wait for each other.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn apply(self, db: &impl ConnectionTrait) -> Result<()> {
        for ((measure, by, key, day), delta) in self.0 {
            if delta == Total::default() {
                continue;
            }
            let row = ActiveModel {
                measure: Set(measure),
                total_by: Set(by),
                key: Set(key),
                day: Set(day),
                counted: Set(delta.counted),
                amount_minor: Set(delta.amount_minor),
                ..Default::default()
            };
            let raised = |column: Column, by: i64| Expr::col((Entity, column)).add(by);
            let unique = [Column::Measure, Column::TotalBy, Column::Key, Column::Day];
            let once = OnConflict::columns(unique)
                .value(Column::Counted, raised(Column::Counted, delta.counted))
                .value(
                    Column::AmountMinor,
                    raised(Column::AmountMinor, delta.amount_minor),
                )
                .to_owned();
            Entity::insert(row)
                .on_conflict(once)
                .exec_without_returning(db)
                .await?;
        }
        Ok(())
    }
}

#[derive(FromQueryResult)]
struct Sum {
    key: String,
    counted: Option<i64>,
    amount_minor: Option<i64>,
}

/// The totals of the days `from` to `to`, both included, by key. Keys without any are left out.
///
/// # Errors
/// Of the database.
pub async fn by_key(
    db: &impl ConnectionTrait,
    measure: Measure,
    by: TotalBy,
    from: Day,
    to: Day,
) -> Result<Vec<(String, Total)>> {
    let sum = |column: Column| column.sum().cast_as(whole_number(db));
    let rows: Vec<Sum> = Entity::find()
        .select_only()
        .column(Column::Key)
        .column_as(sum(Column::Counted), "counted")
        .column_as(sum(Column::AmountMinor), "amount_minor")
        .filter(Column::Measure.eq(measure))
        .filter(Column::TotalBy.eq(by))
        .filter(Column::Day.between(from, to))
        .group_by(Column::Key)
        .order_by_asc(Column::Key)
        .into_model()
        .all(db)
        .await?;
    let total = |row: Sum| {
        let total = Total {
            counted: row.counted.unwrap_or_default(),
            amount_minor: row.amount_minor.unwrap_or_default(),
        };
        (row.key, total)
    };
    Ok(rows.into_iter().map(total).collect())
}

/// The type to which a sum of whole numbers is brought back: PostgreSQL and MySQL make it a decimal.
pub(crate) fn whole_number(db: &impl ConnectionTrait) -> &'static str {
    match db.get_database_backend() {
        sea_orm::DbBackend::MySql => "signed",
        _ => "bigint",
    }
}

/// The total of all, of the days `from` to `to`, both included.
///
/// # Errors
/// Of the database.
pub async fn of(db: &impl ConnectionTrait, measure: Measure, from: Day, to: Day) -> Result<Total> {
    let found = by_key(db, measure, TotalBy::All, from, to).await?;
    Ok(found
        .into_iter()
        .next()
        .map(|(_, total)| total)
        .unwrap_or_default())
}

/// Payments and refunds of the days `from` to `to`, both included.
///
/// # Errors
/// Of the database.
pub async fn revenue(db: &impl ConnectionTrait, from: Day, to: Day) -> Result<Revenue> {
    Ok(Revenue {
        paid: of(db, Measure::Paid, from, to).await?,
        refunded: of(db, Measure::Refunded, from, to).await?,
    })
}

/// Payments and refunds of the days `from` to `to` by service, member of the staff (keys are ids, `0` for none) or method.
///
/// # Errors
/// Of the database.
pub async fn revenue_by(
    db: &impl ConnectionTrait,
    by: TotalBy,
    from: Day,
    to: Day,
) -> Result<Vec<(String, Revenue)>> {
    let mut found: BTreeMap<String, Revenue> = BTreeMap::new();
    for (key, paid) in by_key(db, Measure::Paid, by, from, to).await? {
        found.entry(key).or_default().paid = paid;
    }
    for (key, refunded) in by_key(db, Measure::Refunded, by, from, to).await? {
        found.entry(key).or_default().refunded = refunded;
    }
    Ok(found.into_iter().collect())
}

/// The days from `from` to `to` that have a total, in order.
///
/// # Errors
/// Of the database.
pub async fn by_day(
    db: &impl ConnectionTrait,
    measure: Measure,
    from: Day,
    to: Day,
) -> Result<Vec<(Day, Total)>> {
    let rows = Entity::find()
        .filter(Column::Measure.eq(measure))
        .filter(Column::TotalBy.eq(TotalBy::All))
        .filter(Column::Day.between(from, to))
        .order_by_asc(Column::Day)
        .all(db)
        .await?;
    let total = |row: crate::entity::day_totals::Model| {
        let total = Total {
            counted: row.counted,
            amount_minor: row.amount_minor,
        };
        (row.day, total)
    };
    Ok(rows.into_iter().map(total).collect())
}

/// Clients at present, by status (the word); a status that nobody has is left out.
///
/// # Errors
/// Of the database.
pub async fn clients_by_status(db: &impl ConnectionTrait) -> Result<Vec<(String, i64)>> {
    let found = by_key(db, Measure::Clients, TotalBy::Status, AT_PRESENT, AT_PRESENT).await?;
    Ok(found
        .into_iter()
        .filter(|(_, total)| total.counted != 0)
        .map(|(status, total)| (status, total.counted))
        .collect())
}
