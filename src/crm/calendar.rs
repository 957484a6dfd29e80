//! The business's calendar: which day a moment is of, and when a day begins, in the configured time zone. Days may have
//! 23 or 25 hours. Pure.

use alfa_store::UnixMillis;
use alfa_store::crm::occupancy::Span;
use alfa_store::crm::rebase::DayAndHour;
use alfa_store::crm::snapshot::Days;
use alfa_store::types::Day;
use chrono::{DateTime, Datelike, Days as Count, NaiveDate, NaiveDateTime, TimeZone, Timelike};
use chrono_tz::Tz;

use crate::clock::MINUTE_MS;

/// Minutes that clocks are put forward by at most, on any day of any zone that is in use.
const LONGEST_GAP_MINUTES: i64 = 24 * 60;

/// The calendar of a time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Calendar {
    zone: Tz,
}

impl Calendar {
    /// The calendar of this zone.
    #[must_use]
    pub fn new(zone: Tz) -> Self {
        Self { zone }
    }

    /// The zone's IANA name.
    #[must_use]
    pub fn zone_name(self) -> &'static str {
        self.zone.name()
    }

    /// The wall clock at a moment.
    #[must_use]
    pub fn local(self, moment: UnixMillis) -> NaiveDateTime {
        let utc = DateTime::from_timestamp_millis(moment.0).unwrap_or_default();
        utc.with_timezone(&self.zone).naive_local()
    }

    /// The day and the hour of a moment.
    #[must_use]
    pub fn day_and_hour(self, moment: UnixMillis) -> DayAndHour {
        let local = self.local(moment);
        DayAndHour {
            day: day_of(local.date()),
            hour: i32::try_from(local.hour()).unwrap_or_default(),
        }
    }

    /// The day of a moment.
    #[must_use]
    pub fn day(self, moment: UnixMillis) -> Day {
        self.day_and_hour(moment).day
    }

    /// The moment of a time on the wall clock. A time that is left out when clocks go forward is the first after the gap;
    /// of a time that comes twice the earlier is meant.
    #[must_use]
    pub fn moment(self, local: NaiveDateTime) -> UnixMillis {
        for minutes in 0..=LONGEST_GAP_MINUTES {
            let tried = local + chrono::TimeDelta::minutes(minutes);
            if let Some(moment) = self.zone.from_local_datetime(&tried).earliest() {
                return UnixMillis(moment.timestamp_millis());
            }
        }
        UnixMillis(local.and_utc().timestamp_millis())
    }

    /// The first moment of a day.
    #[must_use]
    pub fn start(self, day: Day) -> UnixMillis {
        self.moment(date(day).and_hms_opt(0, 0, 0).unwrap_or_default())
    }

    /// From the first moment of `from` to the end of `to`.
    #[must_use]
    pub fn span(self, from: Day, to: Day) -> Span {
        Span {
            from: self.start(from),
            to: self.start(to.plus(1)),
        }
    }

    /// So many minutes from midnight, by the wall clock.
    #[must_use]
    pub fn at_minute(self, day: Day, minute: i32) -> UnixMillis {
        let midnight = date(day).and_hms_opt(0, 0, 0).unwrap_or_default();
        self.moment(midnight + chrono::TimeDelta::minutes(i64::from(minute)))
    }

    /// The same time on the wall clock so many days later.
    #[must_use]
    pub fn days_later(self, moment: UnixMillis, days: i32) -> UnixMillis {
        let local = self.local(moment);
        let later = day_of(local.date()).plus(days);
        self.moment(date(later).and_time(local.time()))
    }

    /// The date and the time of a moment, as people read them.
    #[must_use]
    pub fn spelt(self, moment: UnixMillis) -> (String, String) {
        let local = self.local(moment);
        (
            local.format("%d.%m.%Y").to_string(),
            local.format("%H:%M").to_string(),
        )
    }

    /// A stretch of time, as people read it: `28.11.2026, 18:00–19:30`, or with both days.
    #[must_use]
    pub fn spelt_span(self, span: Span) -> String {
        let ((from_date, from), (_, to)) = (self.spelt(span.from), self.spelt(span.to));
        if self.day(span.from) == self.day(span.to) {
            format!("{from_date}, {from}–{to}")
        } else {
            format!("{from_date} {from} – {}", self.spelt_end(span))
        }
    }

    /// The end of a stretch of time: with its day when that is another than the beginning's.
    #[must_use]
    pub fn spelt_end(self, span: Span) -> String {
        let (date, time) = self.spelt(span.to);
        if self.day(span.from) == self.day(span.to) {
            time
        } else {
            format!("{date} {time}")
        }
    }

    /// Today, the Monday of its week and the first of its month.
    #[must_use]
    pub fn days(self, now: UnixMillis) -> Days {
        let today = self.day(now);
        Days {
            today,
            week: week_start(today),
            month: month_start(today),
        }
    }
}

/// The date of a day.
#[must_use]
pub fn date(day: Day) -> NaiveDate {
    let epoch = NaiveDate::default();
    let count = Count::new(u64::from(day.0.unsigned_abs()));
    let date = if day.0 < 0 {
        epoch.checked_sub_days(count)
    } else {
        epoch.checked_add_days(count)
    };
    date.unwrap_or_default()
}

/// The day of a date.
#[must_use]
pub fn day_of(date: NaiveDate) -> Day {
    let days = date.signed_duration_since(NaiveDate::default()).num_days();
    Day(i32::try_from(days).unwrap_or_default())
}

/// The Monday on or before a day.
#[must_use]
pub fn week_start(day: Day) -> Day {
    // 1970-01-01 was a Thursday.
    Day(day.0 - (day.0 + 3).rem_euclid(7))
}

/// The first of the day's month.
#[must_use]
pub fn month_start(day: Day) -> Day {
    day_of(date(day).with_day(1).unwrap_or_default())
}

/// 1 is Monday, 7 is Sunday.
#[must_use]
pub fn weekday(day: Day) -> i32 {
    (day.0 + 3).rem_euclid(7) + 1
}

/// Month × 100 + day: what birthdays are looked up by.
#[must_use]
pub fn month_day(day: Day) -> i32 {
    let date = date(day);
    i32::try_from(date.month() * 100 + date.day()).unwrap_or_default()
}

/// A moment in words of programs.
#[must_use]
pub fn rfc3339(moment: UnixMillis) -> String {
    let utc = DateTime::from_timestamp_millis(moment.0).unwrap_or_default();
    utc.to_rfc3339_opts(chrono::SecondsFormat::Millis, true)
}

/// Whether a moment is a whole minute.
#[must_use]
pub fn is_whole_minute(moment: UnixMillis) -> bool {
    moment.0.rem_euclid(MINUTE_MS) == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::HOUR_MS;

    const BERLIN: Calendar = Calendar {
        zone: chrono_tz::Europe::Berlin,
    };

    fn day(text: &str) -> Day {
        day_of(text.parse().expect("a date"))
    }

    #[test]
    fn weeks_begin_on_monday_and_months_on_the_first() {
        for (of, week, month, number) in [
            ("2026-11-28", "2026-11-23", "2026-11-01", 6),
            ("2026-11-23", "2026-11-23", "2026-11-01", 1),
            ("2026-03-01", "2026-02-23", "2026-03-01", 7),
            ("1969-12-31", "1969-12-29", "1969-12-01", 3),
        ] {
            assert_eq!(
                (week_start(day(of)), month_start(day(of))),
                (day(week), day(month)),
                "{of}"
            );
            assert_eq!(weekday(day(of)), number, "{of}");
            assert_eq!(date(day(of)).to_string(), of);
        }
        assert_eq!(month_day(day("2024-02-29")), 229);
    }

    #[test]
    fn a_day_has_23_or_25_hours_when_clocks_change() {
        let hours = |text: &str| {
            let span = BERLIN.span(day(text), day(text));
            span.to.ms_since(span.from) / HOUR_MS
        };
        assert_eq!(
            ["2026-03-28", "2026-03-29", "2026-10-25", "2026-10-26"].map(hours),
            [24, 23, 25, 24]
        );
        // Every moment of the days around is of exactly one day.
        for text in ["2026-03-29", "2026-10-25"] {
            let span = BERLIN.span(day(text), day(text));
            assert_eq!(BERLIN.day(span.from), day(text));
            assert_eq!(BERLIN.day(span.from.plus_ms(-1)), day(text).plus(-1));
            assert_eq!(BERLIN.day(span.to.plus_ms(-1)), day(text));
            assert_eq!(BERLIN.day(span.to), day(text).plus(1));
        }
    }

    #[test]
    fn a_stretch_of_time_is_spelt_with_its_days() {
        let span = |from: i32, to: i32| Span {
            from: BERLIN.at_minute(day("2026-03-28"), from),
            to: BERLIN.at_minute(day("2026-03-28"), to),
        };
        let spelt = |span| (BERLIN.spelt_span(span), BERLIN.spelt_end(span));
        assert_eq!(
            spelt(span(18 * 60, 19 * 60 + 30)),
            ("28.03.2026, 18:00–19:30".to_owned(), "19:30".to_owned())
        );
        assert_eq!(
            spelt(span(23 * 60 + 30, 24 * 60 + 30)),
            (
                "28.03.2026 23:30 – 29.03.2026 00:30".to_owned(),
                "29.03.2026 00:30".to_owned()
            )
        );
    }

    #[test]
    fn a_weekly_session_keeps_its_time_on_the_wall() {
        let at = BERLIN.at_minute(day("2026-03-26"), 18 * 60);
        let later = BERLIN.days_later(at, 7);
        assert_eq!(later.ms_since(at), 7 * 24 * HOUR_MS - HOUR_MS);
        assert_eq!(BERLIN.local(later).to_string(), "2026-04-02 18:00:00");
        let gap = BERLIN.at_minute(day("2026-03-29"), 150);
        assert_eq!(
            BERLIN.local(gap).to_string(),
            "2026-03-29 03:00:00",
            "half past two is left out"
        );
    }

    #[test]
    fn a_zone_whose_midnight_is_left_out_has_days_too() {
        // Clocks in Beirut go from 23:59 to 01:00.
        let beirut = Calendar::new(chrono_tz::Asia::Beirut);
        let start = beirut.start(day("2026-03-29"));
        assert_eq!(beirut.local(start).to_string(), "2026-03-29 01:00:00");
        assert_eq!(beirut.day(start.plus_ms(-1)), day("2026-03-28"));
    }
}
