//! What can be decided on an edition of the dictionaries, with all that follows from it.

use nengce_shared::api::link::{DictionaryOffer, OfferDecision};
use nengce_shared::lang::Lang;

use super::super::words::count;
use crate::components::decision::{Decision, Reason};
use crate::i18n::t;

/// What can be done; `day` is what was typed, `today` bounds it. An edition with a problem can be declined alone.
pub fn of(it: &DictionaryOffer, day: &str, today: &str, lang: Lang) -> Vec<Decision> {
    let mut found = Vec::new();
    if it.problem_zh.is_empty() {
        found.push(apply(it, None, lang));
        if day > today {
            found.push(apply(it, Some(day), lang));
        }
    }
    found.push(decline(it, lang));
    found
}

fn decision(
    it: &DictionaryOffer,
    id: &'static str,
    button: &'static str,
    follows: Vec<String>,
    body: &OfferDecision,
    done_message: String,
) -> Decision {
    Decision {
        id,
        button,
        title: format!("{button} · {}", it.version),
        follows,
        reason: Reason::None,
        primary: id == "apply",
        path: format!("/api/v1/link/offers/{}", it.offer_id),
        body: serde_json::to_string(body).ok(),
        done_message,
    }
}

fn apply(it: &DictionaryOffer, day: Option<&str>, lang: Lang) -> Decision {
    let added: u64 = it.changes.iter().map(|it| u64::from(it.added)).sum();
    let removed: u64 = it.changes.iter().map(|it| u64::from(it.removed)).sum();
    let (kinds, added, removed) = (it.changes.len(), count(added), count(removed));
    let when = match (day, lang) {
        (None, Lang::Zh) => "现在".to_owned(),
        (None, Lang::En) => "now".to_owned(),
        (Some(day), Lang::Zh) => format!("自 {day} 零点起"),
        (Some(day), Lang::En) => format!("from {day} 00:00"),
    };
    let changes = match lang {
        Lang::Zh => format!("{kinds} 部字典{when}改：新增 {added} 行，去掉 {removed} 行。"),
        Lang::En => {
            format!("Dictionaries that change {when}: {kinds}; rows: {added} new, {removed} go.")
        }
    };
    let follows = vec![
        changes,
        t(
            lang,
            "校验、名称、折算都按新字典；已收的数据不改。",
            "Checks, names and conversion follow the new edition; data that were received stay.",
        )
        .to_owned(),
        t(
            lang,
            "终端和下级平台下次比对版本时取走新字典。",
            "Terminals and platforms below fetch it when they next compare versions.",
        )
        .to_owned(),
        t(
            lang,
            "要改回：导入先前的字典，或应用上级的下一版。",
            "To undo: import the earlier dictionaries, or apply the next edition from above.",
        )
        .to_owned(),
    ];
    let body = OfferDecision { apply: true, effective_on: day.map(str::to_owned) };
    match day {
        None => {
            let done = t(lang, "已应用。", "Applied.").to_owned();
            decision(it, "apply", t(lang, "现在应用", "Apply now"), follows, &body, done)
        }
        Some(day) => {
            let done = match lang {
                Lang::Zh => format!("已排期，{day} 起应用。"),
                Lang::En => format!("Scheduled; applied from {day}."),
            };
            let button = t(lang, "按日应用", "Apply from that day");
            decision(it, "apply-from", button, follows, &body, done)
        }
    }
}

fn decline(it: &DictionaryOffer, lang: Lang) -> Decision {
    let follows = vec![
        t(
            lang,
            "本平台继续用现行字典；上级下发更新的一版时会再问。",
            "The dictionaries in force stay; a newer edition from above is offered again.",
        )
        .to_owned(),
        t(
            lang,
            "上级按新字典校验的，可能拒绝本平台按旧字典上报的数据。",
            "The platform above may refuse what goes up by the earlier dictionaries.",
        )
        .to_owned(),
    ];
    let body = OfferDecision { apply: false, effective_on: None };
    let done = t(lang, "未采用，现行字典不变。", "Declined; the dictionaries in force stay.");
    decision(it, "decline", t(lang, "不采用", "Decline"), follows, &body, done.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use nengce_shared::link::OfferState;

    fn offer(problem: &str) -> DictionaryOffer {
        DictionaryOffer {
            offer_id: 7,
            upper: "省平台".to_owned(),
            version: "20261201".to_owned(),
            received_at: "2026-11-28 10:00:00".to_owned(),
            state: OfferState::Offered,
            effective_on: None,
            decided_by: None,
            decided_at: None,
            changes: Vec::new(),
            problem_zh: problem.to_owned(),
            problem_en: problem.to_owned(),
        }
    }

    fn ids(it: &DictionaryOffer, day: &str) -> Vec<&'static str> {
        of(it, day, "2026-11-28", Lang::Zh).iter().map(|it| it.id).collect()
    }

    #[test]
    fn an_edition_with_a_problem_can_be_declined_alone() {
        assert_eq!(ids(&offer("缺列"), "2026-12-01"), ["decline"]);
    }

    #[test]
    fn a_day_to_come_is_offered_and_a_past_one_is_not() {
        assert_eq!(ids(&offer(""), ""), ["apply", "decline"]);
        assert_eq!(ids(&offer(""), "2026-11-28"), ["apply", "decline"]);
        assert_eq!(ids(&offer(""), "2026-12-01"), ["apply", "apply-from", "decline"]);
        let all = of(&offer(""), "2026-12-01", "2026-11-28", Lang::En);
        let body = r#"{"apply":true,"effective_on":"2026-12-01"}"#;
        assert_eq!(all[1].body.as_deref(), Some(body));
    }
}
