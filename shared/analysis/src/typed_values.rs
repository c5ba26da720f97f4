//! What a unit's own history says about values that are typed by hand: sign, power of ten, size, month against days, meter
//! against meter. The browser asks while somebody types, and the server asks again.

use jiff::civil::Date;
use nengce_shared::api::submission::{CheckNote, HistoryMonth, ItemHistory, TypedValue};
use nengce_shared::month::Month;
use nengce_shared::number::grouped;
use nengce_shared::quality::{DAY_MONTH_LIMIT, day_month_deviation};

/// The fewest past values that tell what is usual.
const LEAST_PAST: usize = 5;
/// How near log10(value ÷ usual) must be to a whole number for a power of ten.
const POWER_TOLERANCE: f64 = 0.2;
/// A value beyond the past ones by more than this factor is unusual.
const UNUSUAL_FACTOR: f64 = 3.0;
/// By how much parts may exceed the whole: the limit of days against months.
const PARTS_LIMIT: f64 = DAY_MONTH_LIMIT;

/// Severities from the worst on.
pub const SEVERITIES: [&str; 3] = ["high", "medium", "low"];

/// What the history says about the values of its item, in their order.
pub fn check(history: &ItemHistory, typed: &[TypedValue]) -> Vec<CheckNote> {
    let of_item = typed.iter().filter(|it| it.data_code == history.data_code);
    of_item.flat_map(|it| notes(history, it, typed)).collect()
}

/// The worst severity of some notes; `none` without any.
pub fn worst(notes: &[CheckNote]) -> &'static str {
    SEVERITIES
        .into_iter()
        .find(|it| notes.iter().any(|note| note.severity == *it))
        .unwrap_or("none")
}

fn notes(history: &ItemHistory, it: &TypedValue, typed: &[TypedValue]) -> Vec<CheckNote> {
    let note = |check: &str, severity: &str, zh: String, en: String| CheckNote {
        data_code: it.data_code.clone(),
        period: it.period.clone(),
        check: check.to_owned(),
        severity: severity.to_owned(),
        zh,
        en,
    };
    let days = days_of(&it.period);
    let mut found = Vec::new();
    found.extend(
        size(history, it.value / days)
            .map(|(check, severity, zh, en)| note(check, severity, zh, en)),
    );
    let stored = match it.period.len() {
        7 => history.months.iter().find(|month| month.month == it.period).and_then(|it| it.value),
        _ => history.days.iter().find(|day| day.day == it.period).and_then(|it| it.value),
    };
    if let Some(stored) = stored.filter(|stored| *stored != it.value) {
        let stored = shown(stored);
        found.push(note(
            "replaces",
            "low",
            format!("已有值 {stored}，将被替换"),
            format!("it replaces the stored value {stored}"),
        ));
    }
    if let Some((sum, month)) = against_month(history, it, typed) {
        let (sum, month) = (shown(sum), shown(month));
        found.push(note(
            "month_against_days",
            "medium",
            format!("日值之和 {sum} 与月值 {month} 相差超过 5%"),
            format!("the days sum to {sum}, more than 5% off the month's {month}"),
        ));
    }
    if let Some((parts, whole)) = against_meters(history, it) {
        let (parts, whole) = (shown(parts), shown(whole));
        found.push(note(
            "meter_against_meter",
            "medium",
            format!("分表合计 {parts} 超过总表 {whole}"),
            format!("the parts sum to {parts}, more than the whole plant's {whole}"),
        ));
    }
    found
}

type Size = (&'static str, &'static str, String, String);

/// A day value, or the mean day of a month, against the past.
fn size(history: &ItemHistory, value: f64) -> Option<Size> {
    let past = &history.past;
    if past.len() < LEAST_PAST {
        return None;
    }
    let (least, most) =
        past.iter().fold((f64::MAX, f64::MIN), |(a, b), it| (a.min(*it), b.max(*it)));
    if value < 0.0 && least >= 0.0 {
        let (zh, en) = ("此项从未有过负值", "this item never had a negative value");
        return Some(("sign", "high", zh.to_owned(), en.to_owned()));
    }
    let mut running: Vec<f64> = past.iter().copied().filter(|it| *it > 0.0).collect();
    running.sort_by(f64::total_cmp);
    let usual = *running.get(running.len() / 2)?;
    let shown = shown(usual);
    if value > 0.0 {
        let power = (value / usual).log10();
        let whole = power.round();
        if whole != 0.0 && (power - whole).abs() <= POWER_TOLERANCE {
            let times = if whole > 0.0 { 10_f64.powf(whole) } else { 10_f64.powf(-whole) };
            let times = grouped(times, 0);
            let (zh, en) = if whole > 0.0 {
                (
                    format!("约为通常值 {shown} 的 {times} 倍，核对计量单位"),
                    format!("about {times} times the usual {shown}: check the unit of measure"),
                )
            } else {
                (
                    format!("约为通常值 {shown} 的 1/{times}，核对计量单位"),
                    format!("about 1/{times} of the usual {shown}: check the unit of measure"),
                )
            };
            return Some(("power_of_ten", "high", zh, en));
        }
    }
    let is_unusual = value > most * UNUSUAL_FACTOR || value < least / UNUSUAL_FACTOR;
    is_unusual.then(|| {
        let zh = format!("远离以往的值，通常为 {shown}");
        let en = format!("far from all past values; usual is {shown}");
        ("unusual", "medium", zh, en)
    })
}

/// The sum of the days and the value of the month, where they do not agree once the typed values stand.
fn against_month(
    history: &ItemHistory,
    it: &TypedValue,
    typed: &[TypedValue],
) -> Option<(f64, f64)> {
    let name = it.period.get(..7)?;
    let month = history.months.iter().find(|month| month.month == name)?;
    let of_month =
        |at: &&TypedValue| at.data_code == it.data_code && at.period.get(..7) == Some(name);
    let value = typed.iter().filter(of_month).find(|it| it.period.len() == 7).map(|it| it.value);
    let value = value.or(month.value)?;
    let (sum, days) = days_with(history, month, typed.iter().filter(of_month));
    let is_whole = f64::from(days) >= days_of(name);
    let differs = match is_whole {
        true => day_month_deviation(sum, value).is_some_and(|it| it > DAY_MONTH_LIMIT),
        false => sum > value * (1.0 + DAY_MONTH_LIMIT),
    };
    differs.then_some((sum, value))
}

/// The sum and the number of the days of a month once the typed values stand.
fn days_with<'a>(
    history: &ItemHistory,
    month: &HistoryMonth,
    typed: impl Iterator<Item = &'a TypedValue>,
) -> (f64, u32) {
    typed.filter(|it| it.period.len() == 10).fold(
        (month.days_sum, month.days),
        |(sum, days), it| {
            let stored =
                history.days.iter().find(|day| day.day == it.period).and_then(|it| it.value);
            (sum - stored.unwrap_or(0.0) + it.value, days + u32::from(stored.is_none()))
        },
    )
}

/// The sum of the parts and the whole, where the parts are more.
fn against_meters(history: &ItemHistory, it: &TypedValue) -> Option<(f64, f64)> {
    let day = history.days.iter().find(|day| day.day == it.period)?;
    let (parts, whole) = match day.whole {
        Some(whole) => (it.value + day.parts.unwrap_or(0.0), whole),
        None => (day.parts?, it.value),
    };
    (parts > whole * (1.0 + PARTS_LIMIT)).then_some((parts, whole))
}

/// The days of a period: those of a month `YYYY-MM`, else one.
fn days_of(period: &str) -> f64 {
    let first = format!("{}-01", period.get(..7).unwrap_or_default()).parse::<Date>();
    match (period.len(), first) {
        (7, Ok(first)) => f64::from(Month::of(first).days()),
        _ => 1.0,
    }
}

fn shown(value: f64) -> String {
    let decimals = match value.abs() {
        it if it >= 1_000.0 || it == it.trunc() => 0,
        it if it >= 1.0 => 2,
        _ => 4,
    };
    grouped(value, decimals)
}

#[cfg(test)]
mod tests {
    use nengce_shared::api::submission::HistoryDay;
    use proptest::prelude::*;

    use super::*;

    const CODE: &str = "00-00-0000-023300-11";

    fn typed(period: &str, value: f64) -> TypedValue {
        TypedValue { data_code: CODE.to_owned(), period: period.to_owned(), value }
    }

    /// 20 days around 200; in November 2025 the 1st to 28th have 200 each, 29 and 30 are missing.
    fn history(month: Option<f64>) -> ItemHistory {
        let day = |at: u32| HistoryDay {
            day: format!("2025-11-{at:02}"),
            value: (at < 29).then_some(200.0),
            by_hand: false,
            whole: None,
            parts: None,
        };
        ItemHistory {
            data_code: CODE.to_owned(),
            past: (0..20).map(|it| 195.0 + f64::from(it) / 2.0).collect(),
            days: (1..=30).map(day).collect(),
            months: vec![HistoryMonth {
                month: "2025-11".to_owned(),
                value: month,
                days_sum: 5_600.0,
                days: 28,
            }],
        }
    }

    fn checks(history: &ItemHistory, all: &[TypedValue]) -> Vec<String> {
        check(history, all).into_iter().map(|it| it.check).collect()
    }

    #[test]
    fn sign_power_of_ten_and_size_are_told() {
        let it = history(None);
        for (value, expected) in [
            (203.0, None),
            (-203.0, Some("sign")),
            (2_030.0, Some("power_of_ten")),
            (20.1, Some("power_of_ten")),
            (2_010_000.0, Some("power_of_ten")),
            (950.0, Some("unusual")),
            (0.0, Some("unusual")),
        ] {
            let found = checks(&it, &[typed("2025-11-29", value)]);
            assert_eq!(found.first().map(String::as_str), expected, "{value}: {found:?}");
        }
        assert_eq!(checks(&it, &[typed("2025-11-03", 201.0)]), ["replaces"]);
        assert_eq!(checks(&it, &[typed("2025-11", 6_000.0)]), Vec::<String>::new());
        assert_eq!(checks(&it, &[typed("2025-11", 60_000.0)]), ["power_of_ten"]);
    }

    #[test]
    fn days_are_held_against_their_month_and_meters_against_each_other() {
        let both = [typed("2025-11-29", 200.0), typed("2025-11-30", 200.0)];
        assert_eq!(checks(&history(Some(6_100.0)), &both), Vec::<String>::new());
        let low = history(Some(5_000.0));
        assert_eq!(checks(&low, &both[..1]), ["month_against_days"]);
        assert_eq!(checks(&history(Some(7_000.0)), &both), ["month_against_days"; 2]);
        let mut part = history(None);
        part.days[28].whole = Some(300.0);
        part.days[28].parts = Some(120.0);
        assert_eq!(checks(&part, &both[..1]), ["meter_against_meter"]);
        part.days[28].whole = None;
        assert_eq!(checks(&part, &both[..1]), Vec::<String>::new());
        part.days[28].parts = Some(220.0);
        assert_eq!(checks(&part, &both[..1]), ["meter_against_meter"]);
    }

    #[test]
    fn the_worst_note_names_the_severity() {
        let notes = check(&history(None), &[typed("2025-11-03", 2_010.0)]);
        assert_eq!((notes.len(), worst(&notes)), (2, "high"));
        assert_eq!(worst(&notes[1..]), "low");
        assert_eq!(worst(&[]), "none");
    }

    proptest! {
        /// A value among the past ones is never noticed; the same value times any power of ten always is.
        #[test]
        fn only_the_power_of_ten_is_noticed(at in 0..20usize, power in 1..6i32, up: bool) {
            let it = history(None);
            let value = it.past[at];
            prop_assert_eq!(checks(&it, &[typed("2025-11-29", value)]), Vec::<String>::new());
            let scaled = value * 10_f64.powi(if up { power } else { -power });
            let found = checks(&it, &[typed("2025-11-29", scaled)]);
            prop_assert_eq!(found.first().map(String::as_str), Some("power_of_ten"));
        }
    }
}
