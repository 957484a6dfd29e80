//! What a question about money is about. Pure.

use super::debtor::DEBT;
use super::intent::{CLIENTS, COUNTED, SUBSCRIPTIONS, Said, TRAINERS, Words, ranks_clients};
use super::tool::Tool;
use super::understand::COMPARES;

/// Words for money that comes in.
pub const MONEY: &[&str] = &[
    "выручк",
    "заработа",
    "доход",
    "оборот",
    "оплат",
    "платеж",
    "платил",
    "заплат",
    "чек$",
    "чека$",
    "принес",
    "продаж",
    "касс",
    "деньг",
    "денег$",
    "подняли$",
    "зарабатываем$",
    "принос",
    "продаетс",
    "безнал",
    "revenue",
    "earn",
    "income",
    "payment",
    "paid$",
    "spend",
    "spent$",
    "sales$",
    "turnover",
    "takings$",
    "money$",
];

const AVERAGE: &[&str] = &["средн", "average$", "mean$", "avg$"];

/// Money that came in, by what and from whom.
#[must_use]
pub fn revenue(all: Words<'_>, said: Said) -> Option<Tool> {
    let made = ["make$", "made$", "take$", "took$"]
        .iter()
        .any(|verb| all.phrase(&["we$", verb]))
        || (all.any(&["bring$", "brought$"]) && !all.any(CLIENTS));
    let paid_by = all.any(&["налич", "cash$"]) && all.any(&["сколько$", "much$"]);
    let money = all.any(MONEY) || made || paid_by;
    let (cash, card) = (
        all.any(&["налич", "cash$"]),
        all.any(&["картой$", "картам$", "картами$", "card$", "безнал"]),
    );
    Some(match () {
        () if all.any(DEBT) || (all.any(&["торч"]) && all.any(&["нам$", "деньг"])) => {
            Tool::Debtors
        }
        () if all.any(&["возврат", "вернули$", "refund"]) => Tool::Refunds,
        () if ranks_clients(all) && !all.any(COUNTED) => Tool::TopClients,
        () if all.any(&["spender", "vip$", "vips$"]) => Tool::TopClients,
        () if (money || all.any(&["потратил"]))
            && all.any(&["кто$", "who$"])
            && all.any(&["больше$", "most$"])
            && !all.any(TRAINERS) =>
        {
            Tool::TopClients
        }
        () if (money || all.any(&["щедр"]))
            && all.any(&["топ", "top$", "лучш", "best$", "крупн", "biggest$", "больше$"])
            && all.any(CLIENTS)
            && !all.any(&["чем$", "than$"]) =>
        {
            Tool::TopClients
        }
        () if all.any(&["популярн", "popular"]) => Tool::RevenueByService,
        () if all.any(&["sell$", "sells$", "selling$"]) => Tool::RevenueByService,
        () if all.any(AVERAGE) && all.any(&["check$", "checks$", "bill$"]) => Tool::AveragePayment,
        () if !money => return None,
        () if ["платежей$", "оплат$"]
            .iter()
            .any(|noun| all.phrase(&["сколько$", noun]))
            || all.phrase(&["many$", "payments$"]) =>
        {
            if cash || card || all.any(&["перевод", "transfer"]) {
                Tool::RevenueByMethod
            } else {
                Tool::AveragePayment
            }
        }
        () if all.phrase(&["на$", "чем$"]) || all.any(&["продаетс"]) => Tool::RevenueByService,
        // Subscriptions are sold as services.
        () if all.any(SUBSCRIPTIONS) && !said.service => Tool::RevenueByService,
        () if (cash && card) || all.any(&["безнал"]) || all.any(&["способ", "method"]) => {
            Tool::RevenueByMethod
        }
        () if all.any(AVERAGE) => Tool::AveragePayment,
        () if all.any(COMPARES) => Tool::RevenueCompare,
        () if all.any(&["услуг", "service"]) && !said.service => Tool::RevenueByService,
        () if all.any(&["направлен", "direction"]) => Tool::RevenueByDirection,
        () if all.any(TRAINERS) && !said.staff => Tool::RevenueByTrainer,
        () => Tool::RevenueTotal,
    })
}
