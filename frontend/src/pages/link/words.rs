//! Words of the page of the link: how long something waits, where a list is asked for, a time that may be missing.

use nengce_shared::lang::Lang;
use nengce_shared::number::{MISSING, grouped};

use crate::format::time_short;

/// The key of the address that names a platform above.
pub const UPPER: &str = "upper";
/// The key of the address that names which of its lists is open; `list` is that of the lists behind figures.
pub const LIST: &str = "show";

/// A count with its thousands.
pub fn count(it: u64) -> String {
    grouped(it as f64, 0)
}

/// How long: 「2 小时」, 「3 天」. Rounded down to the unit in which people speak of it.
pub fn duration(seconds: u64, lang: Lang) -> String {
    const MINUTE: u64 = 60;
    const HOUR: u64 = 60 * MINUTE;
    const DAY: u64 = 24 * HOUR;
    let many = |n: u64, zh: &str, en: &str| match lang {
        Lang::Zh => format!("{} {zh}", count(n)),
        Lang::En if n == 1 => format!("1 {en}"),
        Lang::En => format!("{} {en}s", count(n)),
    };
    match seconds {
        0..MINUTE => lang.pick("不到 1 分钟", "less than a minute").to_owned(),
        MINUTE..HOUR => many(seconds / MINUTE, "分钟", "minute"),
        HOUR..172_800 => many(seconds / HOUR, "小时", "hour"),
        _ => many(seconds / DAY, "天", "day"),
    }
}

/// A moment as `10-18 01:38`; the sign for missing where there is none.
pub fn moment(at: Option<&String>) -> String {
    at.map_or(MISSING, |it| time_short(it)).to_owned()
}

/// The address of something of a platform above.
pub fn path(upper: &str, what: &str) -> String {
    let name = js_sys::encode_uri_component(upper).as_string().unwrap_or_default();
    format!("/api/v1/link/{name}/{what}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_told_as_people_tell_them() {
        for (seconds, zh, en) in [
            (0, "不到 1 分钟", "less than a minute"),
            (60, "1 分钟", "1 minute"),
            (3_599, "59 分钟", "59 minutes"),
            (7_200, "2 小时", "2 hours"),
            (172_799, "47 小时", "47 hours"),
            (172_800, "2 天", "2 days"),
        ] {
            assert_eq!(duration(seconds, Lang::Zh), zh);
            assert_eq!(duration(seconds, Lang::En), en);
        }
    }

    #[test]
    fn a_moment_that_is_not_known_is_not_made_up() {
        assert_eq!(moment(Some(&"2026-11-28 12:03:04".to_owned())), "11-28 12:03");
        assert_eq!(moment(None), "—");
    }
}
