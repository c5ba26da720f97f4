//! What an operator can decide on all replacements that wait, with what will change, and the undoing of the last decision.

use nengce_shared::api::replacements::{
    ReplacementBatch, ReplacementDecision, ReplacementList, ReplacementSummary,
};
use nengce_shared::lang::Lang;
use nengce_shared::number;

use crate::components::decision::{Decision, Reason};
use crate::format::time_short;
use crate::i18n::t;

/// The decisions on everything that waits, of one unit where the list shows one, and the last one to undo.
pub fn of(list: &ReplacementList, unit: Option<&str>, lang: Lang) -> Vec<Decision> {
    let mut all = Vec::new();
    if list.waiting.values > 0 {
        all.push(on_all(&list.waiting, unit, "approve", lang));
        all.push(on_all(&list.waiting, unit, "refuse", lang));
    }
    all.extend(list.undoable.first().map(|it| undo(it, lang)));
    all
}

fn on_all(
    waiting: &ReplacementSummary,
    unit: Option<&str>,
    word: &'static str,
    lang: Lang,
) -> Decision {
    let approves = word == "approve";
    let (button, count) = (
        match approves {
            true => t(lang, "全部批准", "Approve all"),
            false => t(lang, "全部驳回", "Refuse all"),
        },
        number::grouped(waiting.values as f64, 0),
    );
    let days = match (&waiting.first_day, &waiting.last_day) {
        (Some(from), Some(to)) if from == to => from.clone(),
        (Some(from), Some(to)) => format!("{from} – {to}"),
        _ => number::MISSING.to_owned(),
    };
    let (units, items) = (waiting.units, waiting.items);
    let mut follows = vec![match lang {
        Lang::Zh => format!("涉及 {count} 个值：{units} 家单位，{items} 个数据项，{days}。"),
        Lang::En => format!("{count} values of {units} units and {items} items, {days}."),
    }];
    if let (true, Some(now), Some(then)) = (approves, waiting.tce_now, waiting.tce_approved) {
        let (now, then) = (number::grouped(now, 1), number::grouped(then, 1));
        follows.push(match lang {
            Lang::Zh => format!("其中日值合计由 {now} tce 变为 {then} tce（等价）。"),
            Lang::En => format!(
                "The daily values among them come to {then} tce (equivalent) in place of {now}."
            ),
        });
    }
    follows.push(
        match approves {
            true => t(
                lang,
                "新值取代原值计入各项数字，原值留在历史里。",
                "The new values count in place of the old ones, which stay in the history.",
            ),
            false => t(
                lang,
                "原值照旧，同样的新值再报也不再排队。",
                "The old values stay; the same new ones do not wait again when they are sent once more.",
            ),
        }
        .to_owned(),
    );
    follows.push(
        t(
            lang,
            "要退回：在这里撤销，只要其中的值此后未变。",
            "To undo: undo it here, while none of the values has changed since.",
        )
        .to_owned(),
    );
    let batch = ReplacementBatch {
        ids: Vec::new(),
        upload_ids: Vec::new(),
        unit: unit.map(str::to_owned),
        all: unit.is_none(),
        up_to: waiting.last_id,
    };
    Decision {
        id: word,
        button,
        title: match lang {
            Lang::Zh => format!("{button}：{count} 个值"),
            Lang::En => format!("{button}: {count} values"),
        },
        follows,
        reason: Reason::None,
        primary: approves,
        path: format!("/api/v1/replacements/{word}"),
        body: serde_json::to_string(&batch).ok(),
        done_message: match (approves, lang) {
            (true, Lang::Zh) => format!("已批准 {count} 个值。"),
            (true, Lang::En) => format!("{count} values are approved."),
            (false, Lang::Zh) => format!("已驳回 {count} 个值。"),
            (false, Lang::En) => format!("{count} values are refused."),
        },
    }
}

fn undo(it: &ReplacementDecision, lang: Lang) -> Decision {
    let (approved, count) = (it.state == "approved", number::grouped(it.replacements as f64, 0));
    let at = time_short(&it.decided_at);
    let deed = match approved {
        true => t(lang, "批准", "approval"),
        false => t(lang, "驳回", "refusal"),
    };
    Decision {
        id: "undo",
        button: t(lang, "撤销上次决定", "Undo the last decision"),
        title: match lang {
            Lang::Zh => format!("撤销 {} {at} 的{deed}：{count} 个值", it.decided_by),
            Lang::En => format!("Undo the {deed} of {at} by {}: {count} values", it.decided_by),
        },
        follows: vec![
            match approved {
                true => t(
                    lang,
                    "各值恢复为批准前的原值，新值重新待批。",
                    "The values that stood before stand again, and the new ones wait again.",
                ),
                false => t(
                    lang,
                    "新值重新待批，原值照旧。",
                    "The new values wait again; the old ones stay.",
                ),
            }
            .to_owned(),
        ],
        reason: Reason::None,
        primary: false,
        path: format!("/api/v1/replacements/decisions/{}/undo", it.decision_id),
        body: None,
        done_message: match lang {
            Lang::Zh => format!("已撤销，{count} 个值重新待批。"),
            Lang::En => format!("Undone; {count} values wait again."),
        },
    }
}
