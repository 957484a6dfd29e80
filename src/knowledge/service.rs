//! Changing the knowledge base: every change is a new version, made of the newest one, valid as a whole, and in force
//! only after it is committed.
//!
//! Two writers at once both end up in: the version that is made names its parent, no two may name the same, and whoever
//! comes second begins anew on the first one's version.

use std::sync::Arc;

use alfa_store::knowledge as versions;
use alfa_store::knowledge::{NewVersion, Version};
use alfa_store::types::KnowledgeSource;
use alfa_store::{StoreError, campaigns};
use serde_json::{Value, json};

use super::diff::{Difference, difference};
use super::edit::Touched;
use super::model::KnowledgeBase;
use crate::app::App;
use crate::error::{AppError, AppResult, FieldError, Message};

/// Largest base, as JSON; its YAML, which is longer, must fit into an import.
pub const MAX_BASE_BYTES: usize = 2 * 1024 * 1024;
/// How often a writer begins anew when others come first.
const MAX_TRIES: usize = 32;
/// Campaigns that a refusal names.
const MAX_NAMED_CAMPAIGNS: u64 = 20;

/// What is done to the base, for its history and the audit log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    Imported,
    Synced,
    Restored,
    ProgramChanged,
    ProductAdded,
    ProductChanged,
    ProductDeleted,
    FactChanged,
    FactDeleted,
    AnswersChanged,
    BlocksChanged,
}

impl Action {
    /// The word that is kept.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Imported => "imported",
            Self::Synced => "synced",
            Self::Restored => "restored",
            Self::ProgramChanged => "program_changed",
            Self::ProductAdded => "product_added",
            Self::ProductChanged => "product_changed",
            Self::ProductDeleted => "product_deleted",
            Self::FactChanged => "fact_changed",
            Self::FactDeleted => "fact_deleted",
            Self::AnswersChanged => "answers_changed",
            Self::BlocksChanged => "blocks_changed",
        }
    }

    fn source(self) -> KnowledgeSource {
        match self {
            Self::Imported => KnowledgeSource::File,
            Self::Synced => KnowledgeSource::Sync,
            _ => KnowledgeSource::Edit,
        }
    }
}

/// Who wants what done.
#[derive(Debug, Clone)]
pub struct Order {
    pub author: String,
    pub action: Action,
    /// The version that the author knows; another one in force is a refusal.
    pub if_match: Option<i64>,
    /// Look whether it could be done, and do nothing.
    pub dry_run: bool,
}

/// What became of an order.
#[derive(Debug, Clone)]
pub struct Saved {
    /// The version in force now.
    pub version_id: i64,
    /// Whether that is a new one.
    pub changed: bool,
    pub before: Arc<KnowledgeBase>,
    pub after: Arc<KnowledgeBase>,
    /// What was touched: the product's id, say.
    pub subject: String,
}

/// Does `act` to the newest version. It is called again when another writer comes first; what it is given besides is
/// the greatest product id that a campaign was ever for.
///
/// # Errors
/// Of `act`; `Stale`; `Invalid` when the base as a whole would not hold; `Conflict` when a product would go that
/// campaigns still need, or when others write without end.
pub async fn change(
    app: &App,
    order: &Order,
    mut act: impl FnMut(&mut KnowledgeBase, i64) -> AppResult<Touched> + Send,
) -> AppResult<Saved> {
    for _ in 0..MAX_TRIES {
        if let Some(saved) = try_change(app, order, &mut act).await? {
            return Ok(saved);
        }
    }
    Err(AppError::conflict(
        "knowledge_busy",
        Message::new("knowledge.busy"),
    ))
}

/// One try; `None` when another writer came first.
async fn try_change(
    app: &App,
    order: &Order,
    act: &mut (impl FnMut(&mut KnowledgeBase, i64) -> AppResult<Touched> + Send),
) -> AppResult<Option<Saved>> {
    let tx = app.begin().await?;
    let present = versions::newest_id(&tx).await?;
    let present =
        present.ok_or_else(|| AppError::internal(anyhow::anyhow!("the knowledge base has no version")))?;
    let before = in_force_or_read(app, &tx, present).await?;
    let spent = match order.action {
        Action::ProductAdded => campaigns::greatest_product_id(&tx).await?.unwrap_or(0),
        _ => 0,
    };
    let mut after = KnowledgeBase::clone(&before);
    let touched = act(&mut after, spent)?;
    let saved = |version_id, changed, after| Saved {
        version_id,
        changed,
        before: before.clone(),
        after: Arc::new(after),
        subject: touched.subject.clone(),
    };
    let changed = after != *before;
    let body = if changed {
        checked(&after, &touched)?
    } else {
        String::new()
    };
    needed_products_stay(&tx, &before, &after).await?;
    // Last, as RFC 9110 (13.2.1) has it: what would be refused anyway is refused for its own reason.
    if order.if_match.is_some_and(|known| known != present) {
        return Err(stale(present));
    }
    if !changed || order.dry_run {
        return Ok(Some(saved(present, changed, after)));
    }
    let now = app.clock.now();
    let version = NewVersion {
        body: &body,
        source: order.action.source(),
        author: &order.author,
        parent_id: Some(present),
        action: Some(order.action.as_str()),
        subject: Some(&touched.subject)
            .filter(|text| !text.is_empty())
            .map(String::as_str),
    };
    let id = match versions::append(&tx, &version, now).await {
        Ok(id) => id,
        Err(error) if error.is_conflict_on("parent_id") => return Ok(None),
        Err(StoreError::Busy) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let action = format!("knowledge.{}", order.action.as_str());
    let about = format!("knowledge_version:{id}");
    alfa_store::access::audit(&tx, &order.author, &action, &about, version.subject, now).await?;
    tx.commit().await?;
    let saved = saved(id, true, after);
    app.put_knowledge_in_force(id, saved.after.clone());
    Ok(Some(saved))
}

/// The base of a version: the one in memory when it is that, else as it is kept.
async fn in_force_or_read(app: &App, tx: &alfa_store::Tx, id: i64) -> AppResult<Arc<KnowledgeBase>> {
    let known = app.knowledge_in_force();
    if known.version_id == id {
        return Ok(known.base);
    }
    let body = versions::get(tx, id).await?.body;
    let base = KnowledgeBase::from_json(&body).map_err(AppError::internal)?;
    Ok(Arc::new(base))
}

/// The JSON of a base that holds as a whole.
fn checked(base: &KnowledgeBase, touched: &Touched) -> AppResult<String> {
    let problems = base.first_problems();
    if !problems.is_empty() {
        let fields = problems.into_iter().map(|problem| FieldError {
            field: touched.field(&problem.path),
            message: Message::new(problem.key).with("detail", problem.detail),
        });
        return Err(AppError::Invalid {
            fields: fields.collect(),
        });
    }
    let body = base.to_json().map_err(AppError::internal)?;
    if body.len() > MAX_BASE_BYTES {
        let message = Message::new("knowledge.base_too_large").with("most", MAX_BASE_BYTES / 1024 / 1024);
        return Err(AppError::invalid("body", message));
    }
    Ok(body)
}

/// A product that campaigns which are not over are for may not go.
async fn needed_products_stay(
    tx: &alfa_store::Tx,
    before: &KnowledgeBase,
    after: &KnowledgeBase,
) -> AppResult<()> {
    let gone = before
        .products
        .iter()
        .filter(|product| after.product(product.id).is_none());
    for product in gone {
        let users = campaigns::using_product(tx, product.id, MAX_NAMED_CAMPAIGNS).await?;
        if users.is_empty() {
            continue;
        }
        let names: Vec<String> = users
            .iter()
            .map(|user| format!("{} ({})", user.name, user.id))
            .collect();
        let told: Vec<Value> = users
            .iter()
            .map(|user| json!({"id": user.id, "name": user.name, "status": user.state}))
            .collect();
        return Err(AppError::Conflict {
            code: "product_in_use",
            message: Message::new("knowledge.product_in_use")
                .with("product", product.id)
                .with("campaigns", names.join(", ")),
            data: Some(json!({"product_id": product.id, "campaigns": told})),
        });
    }
    Ok(())
}

fn stale(present: i64) -> AppError {
    AppError::Stale {
        message: Message::new("knowledge.stale").with("version", present),
        data: json!({"version_id": present}),
    }
}

/// Puts what an earlier version said in force, as a new version.
///
/// # Errors
/// `NotFound`, and what [`change`] answers.
pub async fn restore(app: &App, order: &Order, id: i64) -> AppResult<Saved> {
    let kept = versions::get(app.store.reader(), id).await?;
    let base = KnowledgeBase::from_json(&kept.body)?;
    change(app, order, |present, _| {
        present.clone_from(&base);
        Ok(Touched::whole(id))
    })
    .await
}

/// A version and what it changed; the first one changed nothing.
///
/// # Errors
/// `NotFound`.
pub async fn version(app: &App, id: i64) -> AppResult<(Version, Difference)> {
    let db = app.store.reader();
    let row = versions::get(db, id).await?;
    let parent = match row.parent_id {
        Some(parent) => Some(versions::get(db, parent).await?),
        // Made before versions named their parents.
        None => versions::before(db, id).await?,
    };
    let changed = match parent {
        Some(parent) => difference(&value(&parent.body)?, &value(&row.body)?),
        None => Difference::default(),
    };
    Ok((row.into(), changed))
}

fn value(body: &str) -> AppResult<Value> {
    serde_json::from_str(body).map_err(AppError::internal)
}

/// What leads from one base to another.
///
/// # Errors
/// `Internal`.
pub fn changes(before: &KnowledgeBase, after: &KnowledgeBase) -> AppResult<Difference> {
    let json = |base| serde_json::to_value(base).map_err(AppError::internal);
    Ok(difference(&json(before)?, &json(after)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Lang, text};

    #[test]
    fn every_action_has_its_words() {
        use Action::{
            AnswersChanged, BlocksChanged, FactChanged, FactDeleted, Imported, ProductAdded, ProductChanged,
            ProductDeleted, ProgramChanged, Restored, Synced,
        };
        let all = [
            Imported,
            Synced,
            Restored,
            ProgramChanged,
            ProductAdded,
            ProductChanged,
            ProductDeleted,
            FactChanged,
            FactDeleted,
            AnswersChanged,
            BlocksChanged,
        ];
        for word in all.map(Action::as_str).into_iter().chain(["begin"]) {
            let key = format!("knowledge.did_{word}");
            for lang in [Lang::Ru, Lang::En] {
                assert_ne!(text(lang, &key, &[("subject", "7")]), key);
            }
        }
    }
}
