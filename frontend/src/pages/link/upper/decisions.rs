//! What an administrator can do with the link to a platform above, with all that follows from it.

use nengce_shared::api::link::UpperPlatform;
use nengce_shared::lang::Lang;
use nengce_shared::link::LinkState;

use super::super::words::{count, path};
use super::sentence::has_refusals;
use crate::components::decision::{Decision, Reason};
use crate::i18n::t;

/// What can be done with the link as it stands.
pub fn of(it: &UpperPlatform, lang: Lang) -> Vec<Decision> {
    let mut found = Vec::new();
    if has_refusals(it) || it.state == LinkState::Refused {
        found.push(retry(it, lang));
    }
    found.push(match it.state {
        LinkState::Paused => resume(it, lang),
        _ => pause(it, lang),
    });
    found
}

fn decision(
    it: &UpperPlatform,
    id: &'static str,
    button: &'static str,
    follows: Vec<String>,
    done: &str,
) -> Decision {
    Decision {
        id,
        button,
        title: format!("{button} · {}", it.name),
        follows,
        reason: Reason::None,
        primary: id == "resume",
        path: path(&it.name, id),
        body: Some("{}".to_owned()),
        done_message: done.to_owned(),
    }
}

fn pause(it: &UpperPlatform, lang: Lang) -> Decision {
    let name = &it.name;
    let stops = match lang {
        Lang::Zh => format!("从现在起什么都不再送往 {name}：单位、配置、计量器具、数据都停。"),
        Lang::En => {
            format!("From now on nothing goes to {name}: no units, configurations, meters or data.")
        }
    };
    let follows = vec![
        stops,
        t(
            lang,
            "本平台照常接收；新到的和更正的数据在待送中等着，不会丢失。",
            "This platform goes on receiving; what comes or is corrected waits, and nothing is lost.",
        )
        .to_owned(),
        t(
            lang,
            "上级会看到本市断报。暂停的人和时间写在这里，也写进审计日志。",
            "The platform above sees the city fall silent. Who paused it and when stands here and in the audit log.",
        )
        .to_owned(),
        t(lang, "要恢复：继续上报。", "To undo: resume.").to_owned(),
    ];
    let done = t(lang, "已暂停，待送的在等。", "Paused; what is to be sent waits.");
    decision(it, "pause", t(lang, "暂停上报", "Pause"), follows, done)
}

fn resume(it: &UpperPlatform, lang: Lang) -> Decision {
    let waits = count(it.due_item_days);
    let sends = match lang {
        Lang::Zh => format!("待送的 {waits} 个项·日从现在起按序送出，当天的优先。"),
        Lang::En => format!("The {waits} item-days that wait are sent from now on, today's first."),
    };
    let follows = vec![
        sends,
        t(
            lang,
            "补送有限速，上级收到的不会重复。",
            "What was missed is made up at a bounded pace, and nothing counts twice above.",
        )
        .to_owned(),
        t(lang, "要停下：暂停上报。", "To stop it: pause.").to_owned(),
    ];
    let done = t(lang, "已继续，待送的开始送出。", "Resumed; what waits is on its way.");
    decision(it, "resume", t(lang, "继续上报", "Resume"), follows, done)
}

fn retry(it: &UpperPlatform, lang: Lang) -> Decision {
    let (units, entries) = (count(it.units_refused.into()), count(it.refused_entries));
    let sends = match lang {
        Lang::Zh => format!("被拒绝的 {units} 家单位和 {entries} 条数据照现在的样子再送一次。"),
        Lang::En => format!(
            "The {units} refused units and {entries} refused values are sent once more, as they stand now."
        ),
    };
    let follows = vec![
        sends,
        t(
            lang,
            "其余数据也与上级已有的重新比对，不同的才再送，不会重复。",
            "Everything else is compared with what is above; only what differs is sent, and nothing counts twice.",
        )
        .to_owned(),
        t(
            lang,
            "原因没有消除的，上级会再次拒绝，并回到清单里。",
            "Where the reason still stands, the platform above refuses again, and they return to the list.",
        )
        .to_owned(),
    ];
    let done = t(
        lang,
        "已排入待送；结果看清单。",
        "They are to be sent again; the lists show what becomes of them.",
    );
    decision(it, "retry", t(lang, "再送一次", "Send again"), follows, done)
}
