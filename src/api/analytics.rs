//! Figures over days: the funnel, the course of time, what brought what, reply classes, use of AI.

use super::ApiState;
use super::check::{Checks, Input};
use super::extract::Query;
use super::knowledge::language;
use super::language::of;
use super::word::FunnelStage;
use crate::analytics::{self as figures, Happened, MAX_DAYS, Period};
use crate::error::{AppError, AppResult, Message};
use alfa_store::analytics::{Brought, Scope};
use axum::extract::State;
use axum::http::HeaderMap;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

/// The outcome of an attempt that brought an answer.
const OK: &str = "ok";

/// A list of figures.
#[derive(Debug, Serialize, ToSchema)]
pub struct Figures<T> {
    pub items: Vec<T>,
}

macro_rules! queries {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $kind:ty),* })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Deserialize, IntoParams)]
        #[serde(deny_unknown_fields)]
        #[into_params(parameter_in = Query)]
        pub struct $name {
            /// The first day of the business; thirty days back when it is left out.
            #[param(format = Date)]
            from: Option<String>,
            /// The last day; today when it is left out.
            #[param(format = Date)]
            to: Option<String>,
            #[param(minimum = 1)]
            campaign_id: Option<i64>,
            /// Of the campaigns for this product.
            #[param(minimum = 1)]
            product_id: Option<i64>,
            $($(#[$field_doc])* #[param(inline)] $field: $kind,)*
        }

        impl Input for $name {
            fn check(&self, checks: &mut Checks) {
                checks.range("campaign_id", self.campaign_id, 1, i64::MAX);
                checks.range("product_id", self.product_id, 1, i64::MAX);
            }
        }

        impl $name {
            fn period(&self, state: &ApiState) -> AppResult<Period> {
                period(state, self.from.as_deref(), self.to.as_deref())
            }

            async fn scope(&self, state: &ApiState) -> AppResult<Scope> {
                let period = self.period(state)?;
                figures::scope(state.app(), period, self.campaign_id, self.product_id).await
            }
        }
    )*};
}

queries! {
    /// Of which days and campaigns.
    PeriodQuery {}
    /// Of which days and campaigns, in what steps.
    TimelineQuery {
        /// By day when it is left out.
        by: Option<Step>
    }
    /// Of which days and campaigns, told apart by what.
    BreakdownQuery {
        by: Part
    }
}

/// Steps of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    Day,
    Hour,
}

/// What figures are told apart by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    Campaign,
    Product,
    Variant,
}

fn period(state: &ApiState, from: Option<&str>, to: Option<&str>) -> AppResult<Period> {
    let day = |field: &str, text: Option<&str>| -> AppResult<Option<NaiveDate>> {
        let bad = |_| AppError::invalid(field, Message::new("error.day"));
        text.map(|text| NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(bad))
            .transpose()
    };
    let period = Period::of(day("from", from)?, day("to", to)?, state.app().today());
    if !(1..=MAX_DAYS).contains(&period.days()) {
        let message = Message::new("error.period").with("most", MAX_DAYS);
        return Err(AppError::invalid("from", message));
    }
    Ok(period)
}

/// A step of the funnel.
#[derive(Debug, Serialize, ToSchema)]
pub struct FunnelFigures {
    pub stage: FunnelStage,
    /// People who stand there now.
    pub count: i64,
    /// People who came at least so far; for `lost` and `opted_out`, those who left that way.
    pub reached: i64,
}

/// The funnel.
#[derive(Debug, Serialize, ToSchema)]
pub struct Funnel {
    pub stages: Vec<FunnelFigures>,
}

/// Where the people whom campaigns wrote to in these days stand now.
///
/// # Errors
/// `Invalid`.
#[utoipa::path(get, path = "/api/analytics/funnel", tag = "analytics", params(PeriodQuery), responses((status = 200, body = Funnel)))]
pub async fn funnel(
    State(state): State<ApiState>,
    Query(query): Query<PeriodQuery>,
) -> AppResult<axum::Json<Funnel>> {
    let steps = figures::funnel(state.app(), &query.scope(&state).await?).await?;
    let stages = steps.into_iter().map(|step| FunnelFigures {
        stage: step.stage.into(),
        count: step.count,
        reached: step.reached,
    });
    Ok(axum::Json(Funnel {
        stages: stages.collect(),
    }))
}

/// What happened on a day, or in an hour of the day.
#[derive(Debug, Serialize, ToSchema)]
pub struct TimeFigures {
    /// The day (`2026-11-01`), or the hour of the day (`0` to `23`), of the business.
    pub at: String,
    /// First messages that left.
    pub sent: i64,
    /// One tick: Telegram's server took the message. It tells that when the message leaves.
    pub delivered: i64,
    /// Two ticks.
    pub read: i64,
    /// First answers.
    pub replied: i64,
    /// People who said stop.
    pub opted_out: i64,
}

fn time_figures(at: &impl ToString, happened: &Happened) -> TimeFigures {
    TimeFigures {
        at: at.to_string(),
        sent: happened.sent,
        delivered: happened.sent,
        read: happened.read,
        replied: happened.replied,
        opted_out: happened.opted_out,
    }
}

/// What campaigns did and what came of it, by day or by hour of the day.
///
/// # Errors
/// `Invalid`.
#[utoipa::path(get, path = "/api/analytics/timeline", tag = "analytics", params(TimelineQuery), responses((status = 200, body = Figures<TimeFigures>)))]
pub async fn timeline(
    State(state): State<ApiState>,
    Query(query): Query<TimelineQuery>,
) -> AppResult<axum::Json<Figures<TimeFigures>>> {
    let (app, scope) = (state.app(), query.scope(&state).await?);
    let items = if query.by == Some(Step::Hour) {
        let hours = figures::by_hour(app, &scope).await?;
        hours
            .iter()
            .map(|(hour, happened)| time_figures(hour, happened))
            .collect()
    } else {
        let days = figures::by_day(app, query.period(&state)?, &scope).await?;
        days.iter()
            .map(|(day, happened)| time_figures(day, happened))
            .collect()
    };
    Ok(axum::Json(Figures { items }))
}

/// What a campaign, a product or a variant brought, of the people written to in these days.
#[derive(Debug, Serialize, ToSchema)]
pub struct PartFigures {
    /// Of the campaign or the product; of a variant the number of its template, from 0. Null: campaigns without a product.
    pub id: Option<i64>,
    pub name: Option<String>,
    /// Of a variant: its campaign.
    pub campaign_id: Option<i64>,
    pub sent: i64,
    pub delivered: i64,
    pub read: i64,
    pub replied: i64,
    pub opted_out: i64,
    /// People who applied, the won among them.
    pub applied: i64,
    pub won: i64,
    /// Read of the sent, 0 to 1.
    pub read_rate: f64,
    /// Answered of the sent, 0 to 1.
    pub reply_rate: f64,
}

/// The id of a campaign or product, or the number of a variant; and the campaign that a variant belongs to.
type PartKey = (Option<i64>, Option<i64>);

/// What each campaign, product or variant brought.
///
/// # Errors
/// `Invalid`.
#[utoipa::path(get, path = "/api/analytics/breakdown", tag = "analytics", params(BreakdownQuery), responses((status = 200, body = Figures<PartFigures>)))]
pub async fn breakdown(
    State(state): State<ApiState>,
    headers: HeaderMap,
    Query(query): Query<BreakdownQuery>,
) -> AppResult<axum::Json<Figures<PartFigures>>> {
    let found = figures::brought(state.app(), &query.scope(&state).await?).await?;
    let ids: Vec<i64> = found.iter().map(|part| part.campaign_id).collect();
    let named = alfa_store::campaigns::names_of(state.store().reader(), &ids).await?;
    let base = state.app().knowledge();
    let lang = language(of(&headers));
    let product_name = |id: i64| {
        base.product(id)
            .and_then(|product| product.name.get_or_first(lang).cloned())
    };
    let mut sums: BTreeMap<PartKey, (Option<String>, Brought)> = BTreeMap::new();
    for part in &found {
        let (name, product_id) = named.get(&part.campaign_id).cloned().unwrap_or_default();
        let (key, name) = match query.by {
            Part::Campaign => ((Some(part.campaign_id), None), Some(name)),
            Part::Product => ((product_id, None), product_id.and_then(product_name)),
            Part::Variant => (
                (Some(i64::from(part.variant)), Some(part.campaign_id)),
                Some(name),
            ),
        };
        let (_, sum) = sums.entry(key).or_insert_with(|| (name, Brought::default()));
        figures::add(sum, part);
    }
    let items = sums
        .into_iter()
        .map(|((id, campaign_id), (name, sum))| part_figures((id, campaign_id), name, &sum))
        .collect();
    Ok(axum::Json(Figures { items }))
}

fn part_figures((id, campaign_id): PartKey, name: Option<String>, sum: &Brought) -> PartFigures {
    PartFigures {
        id,
        name,
        campaign_id,
        sent: sum.sent,
        delivered: sum.sent,
        read: sum.read,
        replied: sum.replied,
        opted_out: sum.opted_out,
        applied: sum.applied,
        won: sum.won,
        read_rate: crate::campaigns::stats::share(sum.read, sum.sent),
        reply_rate: crate::campaigns::stats::share(sum.replied, sum.sent),
    }
}

/// How often replies were of a class.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClassFigures {
    pub class: String,
    pub count: i64,
}

/// What people answered in these days, by class, the most frequent first. A reply may be of several classes.
///
/// # Errors
/// `Invalid`.
#[utoipa::path(get, path = "/api/analytics/replies", tag = "analytics", params(PeriodQuery), responses((status = 200, body = Figures<ClassFigures>)))]
pub async fn replies(
    State(state): State<ApiState>,
    Query(query): Query<PeriodQuery>,
) -> AppResult<axum::Json<Figures<ClassFigures>>> {
    let found = figures::replies(state.app(), &query.scope(&state).await?).await?;
    let items = found
        .into_iter()
        .map(|(class, count)| ClassFigures { class, count });
    Ok(axum::Json(Figures {
        items: items.collect(),
    }))
}

/// Of which days.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AiQuery {
    /// The first day of the business; thirty days back when it is left out.
    #[param(format = Date)]
    from: Option<String>,
    /// The last day; today when it is left out.
    #[param(format = Date)]
    to: Option<String>,
}

impl Input for AiQuery {
    fn check(&self, _checks: &mut Checks) {}
}

/// What a provider was used for.
#[derive(Debug, Serialize, ToSchema)]
pub struct AiFigures {
    pub provider: String,
    pub purpose: String,
    pub attempts: i64,
    /// Attempts that brought no answer.
    pub failures: i64,
    pub prompt_tokens: i64,
    pub completion_tokens: i64,
    /// Millionths of the currency in which the prices are configured.
    pub cost_micros: i64,
    pub average_ms: i64,
}

/// Use and cost of the AI providers in these days.
///
/// # Errors
/// `Invalid`.
#[utoipa::path(get, path = "/api/analytics/ai", tag = "analytics", params(AiQuery), responses((status = 200, body = Figures<AiFigures>)))]
pub async fn ai(
    State(state): State<ApiState>,
    Query(query): Query<AiQuery>,
) -> AppResult<axum::Json<Figures<AiFigures>>> {
    let period = period(&state, query.from.as_deref(), query.to.as_deref())?;
    let scope = figures::scope(state.app(), period, None, None).await?;
    crate::ai::keep_books(state.app()).await;
    let db = state.store().reader();
    let found = alfa_store::analytics::ai_use(db, (scope.from, scope.to), OK).await?;
    let items = found.into_iter().map(|used| AiFigures {
        average_ms: used.total_ms.checked_div(used.attempts).unwrap_or_default(),
        provider: used.provider,
        purpose: used.purpose,
        attempts: used.attempts,
        failures: used.failures,
        prompt_tokens: used.prompt_tokens,
        completion_tokens: used.completion_tokens,
        cost_micros: used.cost_micros,
    });
    Ok(axum::Json(Figures {
        items: items.collect(),
    }))
}
