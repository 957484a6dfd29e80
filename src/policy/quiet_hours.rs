//! Hours in which we begin no dialog, in the recipient's time zone.

use alfa_store::UnixMillis;
use chrono::{DateTime, Days, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;

use crate::config::QuietHours;

const SECONDS_IN_MINUTE: u32 = 60;

/// A minute of the day as a time; midnight for what is past the day's end.
fn time_of(minute_of_day: u16) -> NaiveTime {
    NaiveTime::from_num_seconds_from_midnight_opt(u32::from(minute_of_day) * SECONDS_IN_MINUTE, 0)
        .unwrap_or_default()
}

/// When the quiet that `now` falls into ends; none outside quiet hours.
pub fn end_of_quiet(hours: QuietHours, now: UnixMillis, zone: Tz) -> Option<UnixMillis> {
    let (from, to) = (time_of(hours.from_minute), time_of(hours.to_minute));
    let local = DateTime::<Utc>::from_timestamp_millis(now.0)?.with_timezone(&zone);
    let time = local.time();
    let passes_midnight = from > to;
    let quiet = if passes_midnight {
        time >= from || time < to
    } else {
        time >= from && time < to
    };
    if !quiet {
        return None;
    }
    let ends_tomorrow = passes_midnight && time >= from;
    let day = local
        .date_naive()
        .checked_add_days(Days::new(u64::from(ends_tomorrow)))?;
    let end = zone.from_local_datetime(&day.and_time(to));
    // An hour that daylight saving skips begins with the hour after it.
    let end = end.earliest().or_else(|| {
        zone.from_local_datetime(&(day.and_time(to) + chrono::TimeDelta::hours(1)))
            .earliest()
    })?;
    Some(UnixMillis(end.timestamp_millis()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> UnixMillis {
        UnixMillis(DateTime::parse_from_rfc3339(text).unwrap().timestamp_millis())
    }

    const fn hours(from: u16, to: u16) -> QuietHours {
        QuietHours {
            from_minute: from * 60,
            to_minute: to * 60,
        }
    }

    #[test]
    fn the_night_is_quiet_in_the_recipient_s_zone() {
        let end = |text, zone| end_of_quiet(hours(21, 9), at(text), zone);
        let moscow = chrono_tz::Europe::Moscow;
        assert_eq!(end("2026-11-20T20:59:59+03:00", moscow), None);
        assert_eq!(
            end("2026-11-20T21:00:00+03:00", moscow),
            Some(at("2026-11-21T09:00:00+03:00"))
        );
        assert_eq!(
            end("2026-11-21T08:59:00+03:00", moscow),
            Some(at("2026-11-21T09:00:00+03:00"))
        );
        assert_eq!(end("2026-11-21T09:00:00+03:00", moscow), None);
        let vladivostok = chrono_tz::Asia::Vladivostok;
        assert_eq!(
            end("2026-11-20T15:00:00+03:00", vladivostok),
            Some(at("2026-11-21T09:00:00+10:00"))
        );
    }

    #[test]
    fn a_span_within_a_day() {
        let end = |text| end_of_quiet(hours(13, 14), at(text), chrono_tz::UTC);
        assert_eq!(end("2026-11-20T13:30:00Z"), Some(at("2026-11-20T14:00:00Z")));
        assert_eq!(end("2026-11-20T23:30:00Z"), None);
    }
}
