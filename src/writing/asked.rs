//! Which facts of a product a person asks about.

use chrono::NaiveDate;

use super::words;
use crate::knowledge::{Fact, Language, Product};

/// Beginnings of words that ask about an attribute, beside the words of its label. All of a group must be said.
const ASKS: [(&str, &[&str]); 18] = [
    (
        "rate",
        &[
            "ставк",
            "процент",
            "годовы",
            "псл",
            "rate",
            "interest",
            "foiz",
            "пайыз",
            "відсот",
            "фоиз",
            "переплат",
        ],
    ),
    ("cashback", &["кэшб", "кешб", "cashback", "keshbek"]),
    (
        "grace_period",
        &["льготн", "беспроцент", "грейс", "grace", "пільг"],
    ),
    ("credit_limit", &["лимит", "limit", "ліміт"]),
    (
        "service_fee",
        &[
            "обслуж",
            "обслуг",
            "плат",
            "стоит",
            "cost",
            "fee",
            "annual",
            "обслуго",
            "абон",
            "xizmat",
        ],
    ),
    (
        "decision_time",
        &[
            "решен",
            "рассматр",
            "рассмотр",
            "одобр",
            "ответ+банк",
            "decision",
            "approve",
            "рішенн",
            "шешім",
        ],
    ),
    (
        "amount",
        &[
            "сумм",
            "скольк+дад",
            "скольк+взят",
            "максим",
            "amount",
            "borrow",
            "how+much+get",
            "сума",
        ],
    ),
    (
        "term",
        &[
            "срок",
            "скольк+лет",
            "term",
            "how+long+repay",
            "строк",
            "muddat",
            "мерзім",
        ],
    ),
    (
        "early_repayment_fee",
        &["досроч", "раньше+срок", "early", "достроков", "мерзімінен"],
    ),
    ("down_payment", &["взнос", "down+payment", "внесок", "первонач"]),
    (
        "balance_interest",
        &["остат", "balance", "накоп", "залишок", "қалдық"],
    ),
    (
        "delivery_time",
        &["достав", "привез", "курьер", "deliver", "yetkaz", "жеткіз"],
    ),
    (
        "cash_withdrawal_limit",
        &[
            "снят",
            "снима",
            "налич",
            "банкомат",
            "withdraw",
            "atm",
            "готівк",
            "naqd",
        ],
    ),
    (
        "min_amount",
        &[
            "минимал",
            "начат+сумм",
            "скольк+начат",
            "minimum",
            "start+with",
            "мінімал",
        ],
    ),
    (
        "trade_fee",
        &["сделк", "комисс", "брокер", "trade", "commission", "комісі"],
    ),
    (
        "opening_time",
        &["открыт+долг", "открыт+скольк", "открыва", "open", "відкрит"],
    ),
    (
        "instruments",
        &["бумаг", "инструмент", "акци", "фонд", "securities", "instrument"],
    ),
    (
        "risk",
        &["риск", "потеря", "гарант+доход", "risk", "lose", "ризик"],
    ),
];

/// The live facts that the text asks about, the surest first.
pub fn asked_attributes<'a>(said: &str, product: &'a Product, today: NaiveDate) -> Vec<&'a Fact> {
    let tokens = words::tokens(&words::fold(said));
    let begins = |start: &str| tokens.iter().any(|token| token.starts_with(start));
    let stems: Vec<String> = tokens.iter().map(|token| words::stem(token)).collect();
    let mut scored: Vec<(usize, &Fact)> = Vec::new();
    for fact in product.live_facts(today) {
        let asks = ASKS
            .iter()
            .find(|(attribute, _)| *attribute == fact.attribute)
            .map_or(&[][..], |(_, marks)| marks);
        // A mark of several words is the surer one.
        let marked = asks
            .iter()
            .filter(|mark| mark.split('+').all(begins))
            .map(|mark| 2 + mark.matches('+').count())
            .max();
        let labelled = Language::ALL
            .into_iter()
            .filter_map(|language| fact.label.get(language))
            .map(|label| words::tokens(&words::fold(label)))
            .map(|label| {
                let content: Vec<_> = label.iter().filter(|word| word.chars().count() > 3).collect();
                let hits = content
                    .iter()
                    .filter(|word| stems.contains(&words::stem(word)))
                    .count();
                if hits > 0 && hits == content.len() {
                    2 + hits
                } else {
                    0
                }
            })
            .max()
            .unwrap_or(0);
        let score = marked.unwrap_or(0).max(labelled);
        if score > 0 {
            scored.push((score, fact));
        }
    }
    // "%" alone asks for the rate.
    if scored.is_empty() && said.contains('%') {
        scored.extend(
            product
                .live_facts(today)
                .filter(|fact| fact.attribute == "rate")
                .map(|fact| (1, fact)),
        );
    }
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    let best = scored.first().map_or(0, |(score, _)| *score);
    scored
        .into_iter()
        .filter(|(score, _)| *score == best)
        .map(|(_, fact)| fact)
        .collect()
}

/// Whether a sentence (folded tokens) speaks of the fact's attribute.
pub(super) fn mentions(tokens: &[String], fact: &Fact) -> bool {
    let begins = |start: &str| tokens.iter().any(|token| token.starts_with(start));
    let asks = ASKS
        .iter()
        .find(|(attribute, _)| *attribute == fact.attribute)
        .map_or(&[][..], |(_, marks)| marks);
    if asks.is_empty() {
        // An attribute of the business's own: by its label.
        let stems: Vec<String> = tokens.iter().map(|token| words::stem(token)).collect();
        return Language::ALL
            .into_iter()
            .filter_map(|language| fact.label.get(language))
            .any(|label| words::says(&stems, label));
    }
    asks.iter().any(|mark| mark.split('+').all(begins))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::KnowledgeBase;

    #[test]
    fn finds_the_fact_that_is_asked_about() {
        let kb = KnowledgeBase::sample().unwrap();
        let today = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
        for (product, said, wanted) in [
            (3, "А какая ставка?", "rate"),
            (3, "Можно ли досрочно погасить?", "early_repayment_fee"),
            (3, "на какой максимальный срок дают", "term"),
            (4, "какой первоначальный взнос?", "down_payment"),
            (1, "Сколько стоит обслуживание в год", "service_fee"),
            (2, "how long does delivery take?", "delivery_time"),
            (2, "какой процент на остаток", "balance_interest"),
            (1, "What's the annual fee on that card?", "service_fee"),
            (3, "Foizi qancha?", "rate"),
            (5, "какая комиссия за сделку у брокера вашего", "trade_fee"),
        ] {
            let found = asked_attributes(said, kb.product(product).unwrap(), today);
            assert!(
                found.iter().any(|fact| fact.attribute == wanted),
                "{said}: {:?}",
                found.iter().map(|f| &f.attribute).collect::<Vec<_>>()
            );
        }
        assert!(asked_attributes("нужен ли паспорт", kb.product(3).unwrap(), today).is_empty());
    }
}
