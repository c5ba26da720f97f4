//! Whether the city is up to date at a platform above, in words. Nothing is called delivered that is not known to be.

use nengce_shared::api::link::UpperPlatform;
use nengce_shared::lang::Lang;
use nengce_shared::link::LinkState;

use super::super::words::{count, duration, moment};

/// Everything of the city is above, and it is known.
pub fn is_up_to_date(it: &UpperPlatform) -> bool {
    it.state == LinkState::Working
        && it.units > 0
        && it.units_registered == it.units
        && it.due_item_days == 0
        && it.sent_at.is_some()
        && !has_refusals(it)
}

pub fn has_refusals(it: &UpperPlatform) -> bool {
    it.units_refused > 0 || it.refused_entries > 0
}

/// 「3 家单位被拒绝；1,204 个项·日待送，最早的已等待 2 小时。」
pub fn sentence(it: &UpperPlatform, lang: Lang) -> String {
    if is_up_to_date(it) {
        let (units, at) = (count(it.units.into()), moment(it.sent_at.as_ref()));
        return match lang {
            Lang::Zh => format!("全部 {units} 家单位的数据已送达，最近 {at}。"),
            Lang::En => format!("The data of all {units} units are delivered, last at {at}."),
        };
    }
    let mut clauses: Vec<String> = state(it, lang).into_iter().collect();
    clauses.extend(open(it, lang));
    if clauses.is_empty() {
        clauses.push(nothing_known(it, lang));
    }
    let whole = clauses.join(lang.pick("；", "; "));
    format!("{whole}{}", lang.pick("。", "."))
}

/// What keeps the link from sending.
fn state(it: &UpperPlatform, lang: Lang) -> Option<String> {
    // A reason is a sentence of its own; here it is a clause.
    let end = ['。', '.'];
    let reason = || match lang.pick(&it.reason_zh, &it.reason_en).trim_end_matches(end) {
        "" => String::new(),
        reason => format!("{}{reason}", lang.pick("：", ": ")),
    };
    let at = it.failed_at.as_ref().map(|at| moment(Some(at)));
    let at = at.map_or_else(String::new, |at| format!("{}{at}", lang.pick("，", ", ")));
    match (it.state, lang) {
        (LinkState::Working, _) => None,
        (LinkState::Paused, _) => Some(paused(it, lang)),
        (LinkState::Waiting, Lang::Zh) => {
            Some(format!("上级没有接收{}{at}，同样的内容会自动重发", reason()))
        }
        (LinkState::Waiting, Lang::En) => Some(format!(
            "The platform above did not take it{}{at}, and it is sent again",
            reason()
        )),
        (LinkState::Refused, Lang::Zh) => Some(format!("上级拒绝{}{at}，须有人处理", reason())),
        (LinkState::Refused, Lang::En) => {
            Some(format!("The platform above refuses{}{at}, and somebody has to act", reason()))
        }
    }
}

fn paused(it: &UpperPlatform, lang: Lang) -> String {
    let at = moment(it.paused_at.as_ref());
    match (&it.paused_by, lang) {
        (Some(by), Lang::Zh) => format!("{by} 于 {at} 暂停，什么都不上报"),
        (Some(by), Lang::En) => format!("Paused by {by} at {at}: nothing is sent"),
        (None, Lang::Zh) => "已暂停，什么都不上报".to_owned(),
        (None, Lang::En) => "Paused: nothing is sent".to_owned(),
    }
}

/// What is open: refusals, what waits, units that are not registered yet.
fn open(it: &UpperPlatform, lang: Lang) -> Vec<String> {
    let mut found = Vec::new();
    let mut tell = |n: u64, zh: &str, en: &str| {
        if n > 0 {
            let words = lang.pick(zh, en);
            found.push(format!("{}{words}", count(n)));
        }
    };
    tell(it.units_refused.into(), " 家单位被拒绝", " units refused");
    tell(it.refused_entries, " 条数据被拒绝", " values refused");
    if it.units_registered < it.units {
        let (done, all) = (count(it.units_registered.into()), count(it.units.into()));
        found.push(match lang {
            Lang::Zh => format!("上级已注册 {done} / {all} 家单位"),
            Lang::En => format!("{done} of {all} units are registered above"),
        });
    }
    if it.due_item_days > 0 {
        let n = count(it.due_item_days);
        let waits = it.lag_seconds.map(|it| duration(it, lang));
        found.push(match (waits, lang) {
            (Some(waits), Lang::Zh) => format!("{n} 个项·日待送，最早的已等待 {waits}"),
            (Some(waits), Lang::En) => {
                format!("{n} item-days to send, the oldest has waited {waits}")
            }
            (None, Lang::Zh) => format!("{n} 个项·日待送"),
            (None, Lang::En) => format!("{n} item-days to send"),
        });
    }
    found
}

/// Nothing waits and nothing was refused, and still nobody can say that the city is up to date.
fn nothing_known(it: &UpperPlatform, lang: Lang) -> String {
    let words = match it.units {
        0 => lang.pick("按现行规则没有单位要上报", "By the rules no unit goes up"),
        _ => lang.pick(
            "还没有送达过数据，也没有数据在等：不能说已是最新",
            "Nothing was delivered yet and nothing waits: whether it is up to date is not known",
        ),
    };
    words.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn upper() -> UpperPlatform {
        UpperPlatform {
            name: "省平台".to_owned(),
            url: String::new(),
            profile: "national".to_owned(),
            rules_zh: String::new(),
            rules_en: String::new(),
            state: LinkState::Working,
            code: String::new(),
            reason_zh: String::new(),
            reason_en: String::new(),
            failed_at: None,
            sent_at: Some("2026-11-28 12:03:00".to_owned()),
            paused_by: None,
            paused_at: None,
            units: 1_000,
            units_registered: 1_000,
            units_refused: 0,
            due_item_days: 0,
            due_since: None,
            lag_seconds: None,
            refused_entries: 0,
            days: Vec::new(),
        }
    }

    #[test]
    fn a_city_that_is_up_to_date_is_told_so_with_its_figures() {
        assert_eq!(
            sentence(&upper(), Lang::Zh),
            "全部 1,000 家单位的数据已送达，最近 11-28 12:03。"
        );
    }

    #[test]
    fn nothing_sent_and_nothing_due_is_not_called_up_to_date() {
        let none = UpperPlatform { units: 0, units_registered: 0, sent_at: None, ..upper() };
        assert!(!is_up_to_date(&none));
        assert_eq!(sentence(&none, Lang::En), "By the rules no unit goes up.");
        let silent = UpperPlatform { sent_at: None, ..upper() };
        assert!(!is_up_to_date(&silent));
        assert!(sentence(&silent, Lang::Zh).contains("不能说已是最新"));
    }

    #[test]
    fn what_is_open_is_counted_and_a_pause_names_who() {
        let open = UpperPlatform {
            units_registered: 997,
            units_refused: 3,
            due_item_days: 1_204,
            lag_seconds: Some(7_300),
            ..upper()
        };
        let words = "3 家单位被拒绝；上级已注册 997 / 1,000 家单位；1,204 个项·日待送，最早的已等待 2 小时。";
        assert_eq!(sentence(&open, Lang::Zh), words);
        let paused = UpperPlatform {
            state: LinkState::Paused,
            paused_by: Some("wang".to_owned()),
            paused_at: Some("2026-11-28 09:00:00".to_owned()),
            ..upper()
        };
        assert!(!is_up_to_date(&paused));
        assert_eq!(sentence(&paused, Lang::Zh), "wang 于 11-28 09:00 暂停，什么都不上报。");
    }
}
