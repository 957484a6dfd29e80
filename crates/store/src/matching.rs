//! Conditions on texts that every list makes in the same way.

use sea_orm::sea_query::LikeExpr;
use sea_orm::{ColumnTrait, Condition};

/// The text begins so. A range, because SQLite's LIKE does not use an index that compares by bytes.
pub(crate) fn begins<C: ColumnTrait>(column: C, prefix: &str) -> Condition {
    Condition::all()
        .add(column.gte(prefix))
        .add(column.lt(format!("{prefix}\u{10FFFF}")))
}

/// The text holds this part, letter by letter.
pub(crate) fn holds<C: ColumnTrait>(column: C, part: &str) -> Condition {
    let escaped = part.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    Condition::all().add(column.like(LikeExpr::new(format!("%{escaped}%")).escape('\\')))
}
