//! Campaigns, their counters, and the contacts in them.

use std::collections::HashMap;

use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Select,
};

use crate::contacts::fold_name;
use crate::entity::{campaign_counters, campaigns, outbox};
use crate::paging::{By, Order, Page, PageOf, Sorted, in_order};
use crate::quick::{self, CAMPAIGN, COUNTER};
use crate::types::{CampaignState, CounterKind, OutboxState, UnixMillis};
use crate::{Result, Store, StoreError};

const LIST: &str = "campaigns";
/// Campaigns whose names a search looks at, the newest.
const MAX_SEARCHED: u64 = 10_000;
/// Ids that one statement names.
const IDS_IN_STATEMENT: usize = 1_000;
/// Campaigns that a search finds at most.
const MAX_FOUND: usize = 1_000;
/// What [`list`] can be sorted by.
pub const SORT_KEYS: &[&str] = &["id", "name", "created_at", "updated_at"];

/// The campaign `id`.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn get(db: &impl ConnectionTrait, id: i64) -> Result<campaigns::Model> {
    campaigns::Entity::find_by_id(id)
        .one(db)
        .await?
        .ok_or(StoreError::NotFound("campaign"))
}

/// A counter: its kind, its key, its value.
pub type Counter = (CounterKind, String, i64);

/// The campaign `id` and all its counters.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn get_with_counters(store: &Store, id: i64) -> Result<(campaigns::Model, Vec<Counter>)> {
    let read = |db: &rusqlite::Connection| {
        let sql = format!("SELECT {CAMPAIGN} FROM campaigns WHERE id = ?1");
        let Some(row) = quick::first(db, &sql, [id], quick::campaign)? else {
            return Ok(None);
        };
        let sql = format!("SELECT {COUNTER} FROM campaign_counters WHERE campaign_id = ?1");
        Ok(Some((row, quick::all(db, &sql, [id], quick::counter)?)))
    };
    if let Some(found) = store.quick(read) {
        return found?.ok_or(StoreError::NotFound("campaign"));
    }
    let row = get(store.reader(), id).await?;
    let counters = crate::outreach::counters::of_campaign(store.reader(), id).await?;
    Ok((row, counters))
}

/// Which campaigns are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// In this state.
    pub state: Option<CampaignState>,
    /// Whose name holds this text, whatever its case.
    pub search: Option<String>,
}

impl Filter {
    async fn apply(&self, db: &impl ConnectionTrait) -> Result<Select<campaigns::Entity>> {
        let mut query = campaigns::Entity::find();
        if let Some(state) = self.state {
            query = query.filter(campaigns::Column::State.eq(state));
        }
        if let Some(search) = &self.search {
            query = query.filter(campaigns::Column::Id.is_in(named(db, search).await?));
        }
        Ok(query)
    }
}

/// Campaigns in an order of [`SORT_KEYS`].
///
/// # Errors
/// [`StoreError::BadCursor`].
pub async fn list(
    db: &impl ConnectionTrait,
    filter: &Filter,
    order: Order,
    page: &Page,
) -> Result<PageOf<campaigns::Model>> {
    let query = filter.apply(db).await?;
    let key = match order.key() {
        "name" => (
            campaigns::Column::Name,
            By::Text(|row: &campaigns::Model| row.name.clone()),
        ),
        "created_at" => (
            campaigns::Column::CreatedAt,
            By::Number(|row: &campaigns::Model| row.created_at.0),
        ),
        "updated_at" => (
            campaigns::Column::UpdatedAt,
            By::Number(|row: &campaigns::Model| row.updated_at.0),
        ),
        _ => (campaigns::Column::Id, By::Id),
    };
    let sorted = Sorted {
        key,
        id: campaigns::Column::Id,
        id_of: |row: &campaigns::Model| row.id,
    };
    in_order(db, query, order, sorted, page, LIST).await
}

/// Number of campaigns that fit.
///
/// # Errors
/// Of the database.
pub async fn total(db: &impl ConnectionTrait, filter: &Filter) -> Result<u64> {
    Ok(filter.apply(db).await?.count(db).await?)
}

/// A campaign that a product is needed for.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Named {
    /// Id.
    pub id: i64,
    /// Name.
    pub name: String,
    /// State.
    pub state: CampaignState,
}

/// The first `limit` campaigns for the product that are not over.
///
/// # Errors
/// Of the database.
pub async fn using_product(db: &impl ConnectionTrait, product_id: i64, limit: u64) -> Result<Vec<Named>> {
    const OPEN: [CampaignState; 4] = [
        CampaignState::Draft,
        CampaignState::Scheduled,
        CampaignState::Running,
        CampaignState::Paused,
    ];
    use campaigns::Column;
    let query = campaigns::Entity::find()
        .select_only()
        .columns([Column::Id, Column::Name, Column::State])
        .filter(Column::ProductId.eq(product_id))
        .filter(Column::State.is_in(OPEN))
        .order_by_asc(Column::Id)
        .limit(limit);
    Ok(query.into_model().all(db).await?)
}

/// The greatest product id that any campaign was ever for: ids of products that are gone are not given again.
///
/// # Errors
/// Of the database.
pub async fn greatest_product_id(db: &impl ConnectionTrait) -> Result<Option<i64>> {
    let query = campaigns::Entity::find()
        .select_only()
        .column_as(campaigns::Column::ProductId.max(), "greatest");
    Ok(query.into_tuple::<Option<i64>>().one(db).await?.flatten())
}

/// Names and products of these campaigns (at most 10,000), by id.
///
/// # Errors
/// Of the database.
pub async fn names_of(db: &impl ConnectionTrait, ids: &[i64]) -> Result<HashMap<i64, (String, Option<i64>)>> {
    use campaigns::Column;
    let mut names = HashMap::new();
    for chunk in ids.chunks(IDS_IN_STATEMENT) {
        let query = campaigns::Entity::find()
            .select_only()
            .columns([Column::Id, Column::Name, Column::ProductId])
            .filter(Column::Id.is_in(chunk.iter().copied()));
        let rows: Vec<(i64, String, Option<i64>)> = query.into_tuple().all(db).await?;
        names.extend(
            rows.into_iter()
                .map(|(id, name, product_id)| (id, (name, product_id))),
        );
    }
    Ok(names)
}

/// Ids of the newest campaigns for a product, at most `limit`.
///
/// # Errors
/// Of the database.
pub async fn of_product(db: &impl ConnectionTrait, product_id: i64, limit: u64) -> Result<Vec<i64>> {
    let query = campaigns::Entity::find()
        .select_only()
        .column(campaigns::Column::Id)
        .filter(campaigns::Column::ProductId.eq(product_id))
        .order_by_desc(campaigns::Column::Id)
        .limit(limit);
    Ok(query.into_tuple().all(db).await?)
}

/// The counters of one kind of these campaigns (at most 1,000): campaign, key, value.
///
/// # Errors
/// Of the database.
pub async fn counters_of(
    db: &impl ConnectionTrait,
    campaign_ids: &[i64],
    kind: CounterKind,
) -> Result<Vec<(i64, String, i64)>> {
    use campaign_counters::Column;
    let query = campaign_counters::Entity::find()
        .select_only()
        .columns([Column::CampaignId, Column::Key, Column::Value])
        .filter(Column::CampaignId.is_in(campaign_ids.iter().copied()))
        .filter(Column::Kind.eq(kind));
    Ok(query.into_tuple().all(db).await?)
}

/// How many drafts of these campaigns (at most 1,000) wait for approval; those without any are left out.
///
/// # Errors
/// Of the database.
pub async fn drafts_of(db: &impl ConnectionTrait, campaign_ids: &[i64]) -> Result<HashMap<i64, i64>> {
    let query = outbox::Entity::find()
        .select_only()
        .column(outbox::Column::CampaignId)
        .column_as(outbox::Column::Id.count(), "drafts")
        .filter(outbox::Column::CampaignId.is_in(campaign_ids.iter().copied()))
        .filter(outbox::Column::State.eq(OutboxState::Draft))
        .group_by(outbox::Column::CampaignId);
    let rows: Vec<(Option<i64>, i64)> = query.into_tuple().all(db).await?;
    let drafts = |(id, drafts): (Option<i64>, i64)| Some((id?, drafts));
    Ok(rows.into_iter().filter_map(drafts).collect())
}

/// Ids of the newest campaigns whose names hold this text, whatever its case.
async fn named(db: &impl ConnectionTrait, search: &str) -> Result<Vec<i64>> {
    // Databases fold the case of Latin letters only, and a business has few campaigns.
    let wanted = fold_name(search);
    let query = campaigns::Entity::find()
        .select_only()
        .columns([campaigns::Column::Id, campaigns::Column::Name])
        .order_by_desc(campaigns::Column::Id)
        .limit(MAX_SEARCHED);
    let names: Vec<(i64, String)> = query.into_tuple().all(db).await?;
    let fits = |(id, name): (i64, String)| fold_name(&name).contains(&wanted).then_some(id);
    Ok(names.into_iter().filter_map(fits).take(MAX_FOUND).collect())
}

/// All counters of a campaign.
///
/// # Errors
/// Of the database.
pub async fn counters(db: &impl ConnectionTrait, campaign_id: i64) -> Result<Vec<campaign_counters::Model>> {
    Ok(campaign_counters::Entity::find()
        .filter(campaign_counters::Column::CampaignId.eq(campaign_id))
        .order_by_asc(campaign_counters::Column::Kind)
        .order_by_asc(campaign_counters::Column::Key)
        .all(db)
        .await?)
}

/// Changes what people read of a campaign. What is `None` stays; an empty description becomes none.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn describe(
    db: &impl ConnectionTrait,
    id: i64,
    name: Option<&str>,
    description: Option<&str>,
    now: UnixMillis,
) -> Result<()> {
    get(db, id).await?;
    let mut update = campaigns::Entity::update_many()
        .filter(campaigns::Column::Id.eq(id))
        .col_expr(campaigns::Column::UpdatedAt, Expr::value(now));
    if let Some(name) = name {
        update = update.col_expr(campaigns::Column::Name, Expr::value(name));
    }
    if let Some(text) = description {
        let text = Some(text)
            .filter(|text| !text.trim().is_empty())
            .map(str::to_owned);
        update = update.col_expr(campaigns::Column::Description, Expr::value(text));
    }
    update.exec(db).await?;
    Ok(())
}
