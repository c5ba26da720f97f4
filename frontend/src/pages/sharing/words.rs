//! The words of the page: in what capacity somebody looked, at what, and how a share stands.

use nengce_shared::access::permission::Permission;
use nengce_shared::access::role::Role;
use nengce_shared::api::sharing::{LookList, LookRow, ShareRow};
use nengce_shared::lang::Lang;

use crate::i18n::t;

/// 「本单位 · 用能单位负责人」, 「区主管部门（蓟州区）」
pub(super) fn capacity(it: &LookRow, lang: Lang) -> String {
    let roles: Vec<&str> = it.roles.iter().map(|it| Role::label(*it, lang)).collect();
    let mut text = roles.join(lang.pick("、", ", "));
    if !it.districts.is_empty() {
        let names: Vec<&str> = it.districts.iter().map(|it| lang.pick(&it.zh, &it.en)).collect();
        text = match lang {
            Lang::Zh => format!("{text}（{}）", names.join("、")),
            Lang::En => format!("{text} ({})", names.join(", ")),
        };
    }
    let mark = match (it.is_own, it.by_share) {
        (true, _) => t(lang, "本单位", "own unit"),
        (false, true) => t(lang, "受分享", "by a share"),
        (false, false) => return text,
    };
    if text.is_empty() { mark.to_owned() } else { format!("{mark} · {text}") }
}

/// The kind of page.
pub(super) fn what(code: &str, lang: Lang) -> &'static str {
    match code {
        "unit" => t(lang, "单位页面", "pages of the unit"),
        "finding" => t(lang, "质量问题", "findings"),
        "submission" => t(lang, "填报回执", "receipts"),
        "upload" => t(lang, "退回条目", "rejected entries"),
        "export" => t(lang, "下载文件", "files"),
        _ => t(lang, "打印", "printed pages"),
    }
}

/// What the list holds and what it cannot hold.
pub(super) fn not_in_list(it: &LookList, lang: Lang) -> String {
    let months = it.kept_months;
    let since = it.kept_since.clone().unwrap_or_else(|| t(lang, "尚无记录", "nothing yet").into());
    match lang {
        Lang::Zh => format!(
            "来自审计日志，保存 {months} 个月，现存自 {since}。同一人看同一页面，一刻钟内只记一次。全市清单、汇总和快照里也含本单位，这类查看不按单位记录；终端证据的查看和服务器本机的操作不在此列。"
        ),
        Lang::En => format!(
            "From the audit log, which keeps {months} months and goes back to {since}. The same page is recorded once in a quarter of an hour for each person. Lists, sums and snapshots of the city hold this unit too and are not recorded by unit. Looks at the evidence of a terminal, and what is done on the server's own machine, are not listed here."
        ),
    }
}

pub(super) fn kinds(of: &[Permission], lang: Lang) -> String {
    let names: Vec<&str> = of.iter().map(|it| it.label(lang)).collect();
    names.join(lang.pick("、", ", "))
}

pub(super) fn state(it: &ShareRow, lang: Lang) -> String {
    match (it.state.as_str(), &it.withdrawn_by, &it.withdrawn_at) {
        ("withdrawn", Some(by), Some(at)) => match lang {
            Lang::Zh => format!("已收回（{by} {at}）"),
            Lang::En => format!("withdrawn ({by}, {at})"),
        },
        ("in_force", ..) => t(lang, "生效", "in force").to_owned(),
        _ => t(lang, "已到期", "ended").to_owned(),
    }
}
