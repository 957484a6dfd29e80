//! What the campaigns' figures say is to be mended.

use serde::Serialize;

use crate::text::{Lang, text};

/// Below so many messages a rate says nothing.
pub(super) const ENOUGH_SENT: u64 = 30;

/// What campaigns for one product achieved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ProductFigures {
    /// `None`: campaigns without a product.
    pub product_id: Option<i64>,
    pub sent: u64,
    pub delivered: u64,
    pub read: u64,
    pub replied: u64,
    /// People who took the product.
    pub won: u64,
    pub opted_out: u64,
    pub failed: u64,
    /// Contacts of the campaigns that still talk.
    pub active: u64,
}

/// What the campaigns achieved together. Rates are shares from 0 to 1; null while there is nothing to share.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figures {
    pub sent: u64,
    pub delivered: u64,
    pub read: u64,
    pub replied: u64,
    /// People who took a product.
    pub won: u64,
    pub opted_out: u64,
    pub failed: u64,
    /// People who still talk.
    pub active: u64,
    /// Delivered of the sent.
    pub delivered_rate: Option<f64>,
    /// Read of the sent.
    pub read_rate: Option<f64>,
    /// Answered of the sent.
    pub reply_rate: Option<f64>,
    /// Of those who answered, how many go on or went all the way.
    pub active_share: Option<f64>,
}

impl From<&ProductFigures> for Figures {
    fn from(sum: &ProductFigures) -> Self {
        let of_sent = |part| (sum.sent > 0).then(|| share(part, sum.sent));
        Self {
            sent: sum.sent,
            delivered: sum.delivered,
            read: sum.read,
            replied: sum.replied,
            won: sum.won,
            opted_out: sum.opted_out,
            failed: sum.failed,
            active: sum.active,
            delivered_rate: of_sent(sum.delivered),
            read_rate: of_sent(sum.read),
            reply_rate: of_sent(sum.replied),
            active_share: (sum.replied > 0).then(|| active_share(sum)),
        }
    }
}

/// What to mend, with the figure that says so.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Advice {
    /// Name of the figure: `read_rate`, `reply_rate` and so on.
    pub figure: &'static str,
    /// A share from 0 to 1, or a count.
    pub value: f64,
    pub text: String,
}

pub(super) fn add(left: ProductFigures, right: ProductFigures) -> ProductFigures {
    ProductFigures {
        product_id: left.product_id.or(right.product_id),
        sent: left.sent + right.sent,
        delivered: left.delivered + right.delivered,
        read: left.read + right.read,
        replied: left.replied + right.replied,
        won: left.won + right.won,
        opted_out: left.opted_out + right.opted_out,
        failed: left.failed + right.failed,
        active: left.active + right.active,
    }
}

pub(super) fn total(figures: &[ProductFigures]) -> ProductFigures {
    figures.iter().copied().fold(ProductFigures::default(), add)
}

fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}

/// Of those who answered, how many go on or went all the way.
fn active_share(sum: &ProductFigures) -> f64 {
    share(sum.active + sum.won, sum.replied).min(1.0)
}

/// What to mend: each rule names the share that is below (or above) its mark.
pub(super) fn advice(sum: &ProductFigures, lang: Lang) -> Vec<Advice> {
    if sum.sent < ENOUGH_SENT {
        let sent = sum.sent.to_string();
        let needed = ENOUGH_SENT.to_string();
        let words = text(lang, "strategy.too_few", &[("sent", &sent), ("needed", &needed)]);
        return vec![Advice {
            figure: "sent",
            value: sum.sent as f64,
            text: words,
        }];
    }
    let tried = sum.sent + sum.failed;
    let shares = [
        (
            "failed_rate",
            share(sum.failed, tried),
            0.10,
            false,
            "strategy.failed_rate",
        ),
        (
            "delivered_rate",
            share(sum.delivered, sum.sent),
            0.90,
            true,
            "strategy.delivered_rate",
        ),
        (
            "read_rate",
            share(sum.read, sum.sent),
            0.50,
            true,
            "strategy.read_rate",
        ),
        (
            "reply_rate",
            share(sum.replied, sum.sent),
            0.15,
            true,
            "strategy.reply_rate",
        ),
        (
            "opt_out_rate",
            share(sum.opted_out, sum.sent),
            0.05,
            false,
            "strategy.opt_out_rate",
        ),
        (
            "active_share",
            active_share(sum),
            0.50,
            true,
            "strategy.active_share",
        ),
        (
            "win_rate",
            share(sum.won, sum.replied),
            0.05,
            true,
            "strategy.win_rate",
        ),
    ];
    let mut found: Vec<Advice> = shares
        .into_iter()
        .filter(|(figure, ..)| sum.replied > 0 || !matches!(*figure, "active_share" | "win_rate"))
        .filter(|(_, value, mark, at_least, _)| if *at_least { value < mark } else { value > mark })
        .map(|(figure, value, mark, _, key)| {
            let percent = |share: f64| format!("{:.0}", share * 100.0);
            let words = text(lang, key, &[("value", &percent(value)), ("mark", &percent(mark))]);
            Advice {
                figure,
                value,
                text: words,
            }
        })
        .collect();
    if found.is_empty() {
        let value = share(sum.replied, sum.sent);
        let percent = format!("{:.0}", value * 100.0);
        found.push(Advice {
            figure: "reply_rate",
            value,
            text: text(lang, "strategy.all_well", &[("value", &percent)]),
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::KnowledgeBase;

    fn figures(change: impl Fn(&mut ProductFigures)) -> ProductFigures {
        let mut well = ProductFigures {
            product_id: None,
            sent: 100,
            delivered: 100,
            read: 80,
            replied: 30,
            won: 5,
            opted_out: 1,
            failed: 0,
            active: 20,
        };
        change(&mut well);
        well
    }

    #[test]
    fn each_figure_that_is_low_is_named_with_its_value() {
        type Change = fn(&mut ProductFigures);
        let cases: [(Change, &str, f64, &str); 7] = [
            (|f| f.failed = 25, "failed_rate", 0.2, "20"),
            (|f| f.delivered = 70, "delivered_rate", 0.7, "70"),
            (|f| f.read = 40, "read_rate", 0.4, "40"),
            (|f| (f.replied, f.active) = (10, 5), "reply_rate", 0.1, "10"),
            (|f| f.opted_out = 9, "opt_out_rate", 0.09, "9"),
            (|f| f.active = 4, "active_share", 0.3, "30"),
            (|f| f.won = 1, "win_rate", 1.0 / 30.0, "3"),
        ];
        for (change, figure, value, told) in cases {
            for lang in [Lang::Ru, Lang::En] {
                let found = advice(&figures(change), lang);
                assert_eq!(found.len(), 1, "{figure}: {found:?}");
                assert_eq!(found[0].figure, figure);
                assert!((found[0].value - value).abs() < 1e-9, "{:?}", found[0]);
                assert!(found[0].text.contains(told), "{:?}", found[0]);
            }
        }
        assert_eq!(advice(&figures(|_| ()), Lang::En)[0].figure, "reply_rate");
    }

    #[test]
    fn people_who_took_the_product_did_not_fall_silent() {
        let all_won = figures(|f| (f.won, f.active) = (30, 0));
        assert_eq!(Figures::from(&all_won).active_share, Some(1.0));
        let nothing = ProductFigures::default();
        assert_eq!(Figures::from(&nothing).reply_rate, None);
    }

    #[test]
    fn few_messages_make_no_advice() {
        let kb = KnowledgeBase::sample().unwrap();
        let strategy = kb.strategy(None, None, &[], Lang::En).unwrap();
        assert_eq!(strategy.advice.len(), 1);
        assert_eq!(strategy.advice[0].figure, "sent");
    }
}
