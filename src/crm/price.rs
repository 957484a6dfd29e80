//! What a place costs for a time. Pure.

use alfa_store::crm::occupancy::Span;
use alfa_store::entity::places::Model as Place;

use crate::clock::{DAY_MS, HOUR_MS};

/// A month of rent, in milliseconds.
const MONTH_MS: i64 = 30 * DAY_MS;

/// The least that the place costs for this time, in minor units: begun hours, begun days or begun months of 30 days, as
/// far as it is let by them. Nothing: it has no price.
#[must_use]
pub fn of_place(place: &Place, span: Span) -> Option<i64> {
    let length_ms = span.to.ms_since(span.from).max(0);
    let by = |price: Option<i64>, unit_ms: i64| {
        let units = length_ms.div_euclid(unit_ms) + i64::from(length_ms.rem_euclid(unit_ms) > 0);
        price.map(|price| price.saturating_mul(units))
    };
    let prices = [
        by(place.price_hour_minor, HOUR_MS),
        by(place.price_day_minor, DAY_MS),
        by(place.price_month_minor, MONTH_MS),
    ];
    prices.into_iter().flatten().min()
}

#[cfg(test)]
mod tests {
    use super::*;
    use alfa_store::UnixMillis;
    use alfa_store::types::PlaceKind;

    #[test]
    fn the_cheapest_way_counts_by_begun_units() {
        let place = |hour, day, month| Place {
            id: 1,
            name: "Стол".to_owned(),
            name_key: "стол".to_owned(),
            kind: PlaceKind::Desk,
            direction: None,
            capacity: 1,
            price_hour_minor: hour,
            price_day_minor: day,
            price_month_minor: month,
            description: None,
            active: true,
            created_at: UnixMillis(0),
            updated_at: UnixMillis(0),
        };
        let costs = |place: &Place, length_ms: i64| {
            let span = Span {
                from: UnixMillis(0),
                to: UnixMillis(length_ms),
            };
            of_place(place, span)
        };
        let full = place(Some(300), Some(1_500), Some(20_000));
        for (length_ms, price) in [
            (HOUR_MS, 300),
            (HOUR_MS + 1, 600),
            (9 * HOUR_MS, 1_500),
            (DAY_MS + HOUR_MS, 3_000),
            (20 * DAY_MS, 20_000),
            (31 * DAY_MS, 40_000),
        ] {
            assert_eq!(costs(&full, length_ms), Some(price), "{length_ms}");
        }
        assert_eq!(costs(&place(None, None, None), HOUR_MS), None);
        assert_eq!(costs(&place(Some(300), None, None), DAY_MS), Some(7_200));
    }
}
