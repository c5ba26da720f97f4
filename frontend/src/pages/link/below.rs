//! The platforms below: which regions each may speak for, how many of its units report, when it was last heard.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::link::{BelowPlatform, LinkView};
use nengce_shared::lang::Lang;
use nengce_shared::number::MISSING;

use super::words::moment;
use crate::components::panel::Panel;
use crate::components::table::{Column, DataTable};
use crate::export::Cell;
use crate::export::period::local_date;
use crate::i18n::{t, use_lang};

/// How one makes a platform below known here.
const COMMAND: &str = "nengce token create --name NAME --regions 1201";

#[component]
pub fn Below(data: Signal<Arc<LinkView>>) -> impl IntoView {
    let lang = use_lang();
    let title = t(lang, "下级平台", "Platforms below");
    let subtitle = move || match (data.with(|it| it.belows.len()), lang) {
        (n, Lang::Zh) => format!("{n} 个 · 凭令牌替所辖区划的单位注册、上报"),
        (n, Lang::En) => {
            format!("{n}; a token lets one register and send for the units of its regions")
        }
    };
    view! {
        <Panel id="below" class="apart" title subtitle=Signal::derive(subtitle)>
            <DataTable
                label=title
                columns=columns(lang)
                rows=Memo::new(move |_| data.with(|it| it.belows.clone()))
                key=|it: &BelowPlatform| it.name.clone()
                empty=t(lang, "没有下级平台。", "There are no platforms below.")
            />
            <p class="note link-more">
                {t(lang, "要接入一个，在服务器上发令牌，交给它的管理员：", "To take one in, make a token on the server and hand it to its administrator: ")}
                <code class="breaks">{COMMAND}</code>
                {t(lang, "（区划 2、4 或 6 位，可多个，以逗号分开）", " (regions of 2, 4 or 6 digits, several with commas)")}
            </p>
        </Panel>
    }
}

fn last_seen(it: &BelowPlatform, lang: Lang) -> String {
    match &it.last_seen {
        Some(at) => moment(Some(at)),
        None => t(lang, "还没有来过报文", "nothing came yet").to_owned(),
    }
}

fn expiry(it: &BelowPlatform, lang: Lang) -> String {
    match &it.expires_at {
        None => t(lang, "不到期", "never").to_owned(),
        Some(at) => at.get(..10).unwrap_or(at).to_owned(),
    }
}

fn is_expired(it: &BelowPlatform) -> bool {
    it.expires_at.as_ref().is_some_and(|at| *at < local_date())
}

/// 「286 / 300」; nothing where it has registered no unit.
fn reporting(it: &BelowPlatform) -> String {
    match it.units {
        0 => MISSING.to_owned(),
        units => format!("{} / {units}", it.units_reporting),
    }
}

fn columns(lang: Lang) -> Vec<Column<BelowPlatform>> {
    vec![
        Column::new(t(lang, "平台", "Platform"), |it: &BelowPlatform| Cell::text(it.name.clone()))
            .in_narrow()
            .sort_text(|it| it.name.clone()),
        Column::new(t(lang, "区划", "Regions"), move |it: &BelowPlatform| {
            Cell::text(it.regions.join(t(lang, "、", ", ")))
        })
        .in_narrow()
        .class("wraps"),
        Column::new(t(lang, "单位", "Units"), |it: &BelowPlatform| {
            Cell::Figure(Some(it.units.into()), 0)
        })
        .number()
        .sort_number(|it| Some(it.units.into())),
        Column::new(t(lang, "在报", "Reporting"), |it: &BelowPlatform| Cell::text(reporting(it)))
            .number()
            .in_narrow()
            .in_file(vec![(
                t(lang, "在报", "Reporting").to_owned(),
                Box::new(|it: &BelowPlatform| Cell::Figure(Some(it.units_reporting.into()), 0)),
            )])
            .show(|it| {
                let class = if it.units_reporting < it.units { "worse" } else { "" };
                view! { <span class=class>{reporting(it)}</span> }
            })
            .sort_number(|it| (it.units > 0).then(|| f64::from(it.units_reporting) / f64::from(it.units))),
        Column::new(t(lang, "最近报文", "Last message"), move |it: &BelowPlatform| {
            Cell::text(last_seen(it, lang))
        })
        .sort_text(|it| it.last_seen.clone().unwrap_or_default()),
        Column::new(t(lang, "令牌到期", "Token ends"), move |it: &BelowPlatform| {
            Cell::text(expiry(it, lang))
        })
        .show(move |it| match is_expired(it) {
            true => view! { <b class="lv1-text">{format!("▲ {} {}", t(lang, "已到期", "ended"), expiry(it, lang))}</b> }.into_any(),
            false => expiry(it, lang).into_any(),
        })
        .sort_text(|it| it.expires_at.clone().unwrap_or_default()),
    ]
}
