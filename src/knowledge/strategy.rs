//! A plan to a level of the programme, from its levels and the campaigns' figures.

use serde::Serialize;

use super::advice::{Advice, ENOUGH_SENT, Figures, ProductFigures, add, advice, total};
use super::model::{KnowledgeBase, Language, Level};
use crate::text::{Lang, text};

/// Plans are bounded: nobody plans more deals than this.
const MAX_DEALS: u64 = 100_000;

/// The way to a level.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Strategy {
    pub current_points: u64,
    pub current_level: Option<String>,
    pub target_level: Option<String>,
    pub points_needed: u64,
    /// Bonus of the target level, whole units of the currency.
    pub target_bonus: u64,
    /// ISO 4217 code of the bonus.
    pub currency: String,
    /// Best first.
    pub plans: Vec<Plan>,
    /// What all campaigns together achieved: what the advice is drawn from.
    pub figures: Figures,
    pub advice: Vec<Advice>,
    /// The facts are made up.
    pub sample: bool,
}

/// Which products, and how many.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Plan {
    pub items: Vec<PlanItem>,
    pub points: u64,
    /// First messages that it takes at the present conversion; `None` while there is no figure.
    pub messages: Option<u64>,
    pub text: String,
}

/// So many of one product.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlanItem {
    pub product_id: i64,
    pub product: String,
    pub count: u64,
    pub points: u64,
}

/// Why there is no plan.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StrategyError {
    #[error("there is no level {0:?}")]
    UnknownLevel(String),
}

impl KnowledgeBase {
    /// The level that so many points give.
    pub fn level_at(&self, points: u64) -> Option<&Level> {
        self.program
            .levels
            .iter()
            .rev()
            .find(|level| level.min_points <= points)
    }

    /// Plans to reach `target_level` (default: the next one) from `current_points` (default 0), and advice.
    pub fn strategy(
        &self,
        current_points: Option<u64>,
        target_level: Option<&str>,
        figures: &[ProductFigures],
        lang: Lang,
    ) -> Result<Strategy, StrategyError> {
        let current_points = current_points.unwrap_or(0);
        let current = self.level_at(current_points);
        let target = match target_level.map(str::trim).filter(|name| !name.is_empty()) {
            Some(name) => {
                let found = self
                    .program
                    .levels
                    .iter()
                    .find(|level| level.id.eq_ignore_ascii_case(name));
                Some(found.ok_or_else(|| StrategyError::UnknownLevel(name.to_owned()))?)
            }
            None => self
                .program
                .levels
                .iter()
                .find(|level| level.min_points > current_points),
        };
        let points_needed = target.map_or(0, |level| level.min_points.saturating_sub(current_points));
        Ok(Strategy {
            current_points,
            current_level: current.map(|level| level.id.clone()),
            target_level: target.map(|level| level.id.clone()),
            points_needed,
            target_bonus: target.map_or(0, |level| level.bonus),
            currency: self.currency.clone(),
            plans: self.plans(points_needed, figures, lang),
            figures: Figures::from(&total(figures)),
            advice: advice(&total(figures), lang),
            sample: self.sample,
        })
    }

    fn plans(&self, needed: u64, figures: &[ProductFigures], lang: Lang) -> Vec<Plan> {
        if needed == 0 {
            return Vec::new();
        }
        let mut plans: Vec<Plan> = self
            .products
            .iter()
            .filter(|product| product.points > 0)
            .map(|product| {
                self.plan(
                    &[(product.id, needed.div_ceil(product.points).min(MAX_DEALS))],
                    figures,
                    lang,
                )
            })
            .collect();
        if let Some(mixed) = self.mixed(needed) {
            let plan = self.plan(&mixed, figures, lang);
            if plan.items.len() > 1 {
                plans.push(plan);
            }
        }
        // More deals than anybody makes is no plan.
        plans.retain(|plan| plan.points >= needed);
        // Fewest messages by the campaigns' own figures first; then fewest deals, then least overshoot.
        plans.sort_by_key(|plan| {
            let deals: u64 = plan.items.iter().map(|item| item.count).sum();
            (plan.messages.is_none(), plan.messages, deals, plan.points)
        });
        plans
    }

    /// Dearest products first, the remainder with the product that overshoots least.
    fn mixed(&self, needed: u64) -> Option<Vec<(i64, u64)>> {
        let mut products: Vec<_> = self
            .products
            .iter()
            .filter(|product| product.points > 0)
            .collect();
        products.sort_by_key(|product| std::cmp::Reverse(product.points));
        let smallest = products.last()?;
        let mut left = needed;
        let mut counts = Vec::new();
        for product in &products {
            let count = (left / product.points).min(MAX_DEALS);
            if count > 0 {
                counts.push((product.id, count));
                left -= count * product.points;
            }
        }
        if left > 0 {
            match counts.iter_mut().find(|(id, _)| *id == smallest.id) {
                Some((_, count)) => *count += 1,
                None => counts.push((smallest.id, 1)),
            }
        }
        Some(counts)
    }

    fn plan(&self, counts: &[(i64, u64)], figures: &[ProductFigures], lang: Lang) -> Plan {
        let language = if lang == Lang::Ru {
            Language::Ru
        } else {
            Language::En
        };
        let mut items = Vec::new();
        let mut messages = Some(0u64);
        for (id, count) in counts {
            let Some(product) = self.product(*id) else {
                continue;
            };
            let own = figures
                .iter()
                .filter(|figure| figure.product_id == Some(*id))
                .copied();
            let own = own.fold(ProductFigures::default(), add);
            let per_deal = (own.sent >= ENOUGH_SENT && own.won > 0).then(|| own.sent.div_ceil(own.won));
            messages = messages
                .zip(per_deal)
                .map(|(sum, each)| sum + each.saturating_mul(*count));
            items.push(PlanItem {
                product_id: *id,
                product: product.name_in(self.language_for(language)).to_owned(),
                count: *count,
                points: count * product.points,
            });
        }
        let points: u64 = items.iter().map(|item| item.points).sum();
        let list: Vec<String> = items
            .iter()
            .map(|item| format!("{} × {}", item.product, item.count))
            .collect();
        let (list, points_text) = (list.join(", "), points.to_string());
        let words = match messages {
            Some(count) => text(
                lang,
                "strategy.plan_messages",
                &[
                    ("items", &list),
                    ("points", &points_text),
                    ("messages", &count.to_string()),
                ],
            ),
            None => text(
                lang,
                "strategy.plan",
                &[("items", &list), ("points", &points_text)],
            ),
        };
        Plan {
            items,
            points,
            messages,
            text: words,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plans_reach_the_level() {
        let kb = KnowledgeBase::sample().unwrap();
        let strategy = kb.strategy(Some(4_200), Some("a4"), &[], Lang::Ru).unwrap();
        assert_eq!(strategy.current_level.as_deref(), Some("A2"));
        assert_eq!(strategy.points_needed, 5_800);
        assert!(strategy.sample);
        assert_eq!(strategy.plans.len(), 6);
        for plan in &strategy.plans {
            assert!(plan.points >= 5_800, "{plan:?}");
            assert_eq!(
                plan.points,
                plan.items.iter().map(|item| item.points).sum::<u64>()
            );
        }
        assert!(kb.strategy(None, Some("B9"), &[], Lang::Ru).is_err());
        assert_eq!(
            kb.strategy(None, None, &[], Lang::En)
                .unwrap()
                .target_level
                .as_deref(),
            Some("A2")
        );
        assert!(
            kb.strategy(Some(300_000), None, &[], Lang::En)
                .unwrap()
                .plans
                .is_empty()
        );
    }

    #[test]
    fn campaign_figures_decide_the_order_and_the_advice() {
        let kb = KnowledgeBase::sample().unwrap();
        let debit = ProductFigures {
            product_id: Some(2),
            sent: 100,
            delivered: 100,
            read: 40,
            replied: 10,
            won: 20,
            active: 9,
            ..ProductFigures::default()
        };
        let strategy = kb.strategy(Some(0), Some("A2"), &[debit], Lang::Ru).unwrap();
        assert_eq!(strategy.plans[0].items[0].product_id, 2);
        assert_eq!(strategy.plans[0].messages, Some(4 * 5));
        let figures: Vec<_> = strategy.advice.iter().map(|advice| advice.figure).collect();
        assert_eq!(figures, ["read_rate", "reply_rate"]);
        assert!(
            strategy.advice[0].text.contains("40"),
            "{}",
            strategy.advice[0].text
        );
    }

    #[test]
    fn a_plan_that_does_not_reach_the_level_is_none() {
        let mut kb = KnowledgeBase::sample().unwrap();
        kb.products.truncate(2);
        kb.products[0].points = 1;
        let strategy = kb.strategy(Some(0), Some("A8"), &[], Lang::En).unwrap();
        assert!(!strategy.plans.is_empty());
        assert!(strategy.plans.iter().all(|plan| plan.points >= 200_000));
    }
}
