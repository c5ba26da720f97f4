//! The units at a platform above: registered or not, what waits, why something failed and when it is tried again.

use leptos::prelude::*;
use nengce_shared::access::permission::Permission;
use nengce_shared::api::link::{LinkUnit, LinkUnitList};
use nengce_shared::lang::Lang;

use super::super::words::{count, moment};
use super::columns::{reason_with_code, unit_column};
use super::{Close, Files, follow, question};
use crate::components::panel::Panel;
use crate::components::search_box::SearchBox;
use crate::components::states::Loaded;
use crate::components::table::{Column, DataTable};
use crate::data::session::use_session;
use crate::export::Cell;
use crate::i18n::{t, use_lang};
use crate::load::use_load;
use crate::url_state::{UrlState, use_url_state};

#[component]
pub fn Units(upper: String, changes: RwSignal<u32>) -> impl IntoView {
    let (lang, url, session) = (use_lang(), use_url_state(), use_session());
    let asked = upper.clone();
    let load = use_load::<LinkUnitList>(move || Some(question(url, &asked, "units", None)));
    follow(changes, move || load.refresh());
    let title = match lang {
        Lang::Zh => format!("{upper}：单位"),
        Lang::En => format!("{upper}: units"),
    };
    let subtitle = move |it: &LinkUnitList| {
        let (shown, total) = (count(it.rows.len() as u64), count(it.total.into()));
        match lang {
            Lang::Zh => format!("{shown} / {total} 家 · 有问题的在前，然后按待送多少"),
            Lang::En => {
                format!("{shown} of {total}, those with a failure first, then by what waits")
            }
        }
    };
    // Whoever may not see a unit's data gets no link to it.
    let links = session.may_now(Permission::UnitData);
    let empty = move || match url.get("q") {
        Some(_) => t(lang, "没有这样的单位。", "No unit matches."),
        None => t(lang, "按现行规则没有单位上报。", "By the rules no unit goes up."),
    };
    view! {
        <Panel id="link-units" class="apart capped tall" title subtitle=load.text(subtitle)>
            <div class="chips inline">
                <SearchBox placeholder=t(lang, "名称、代码", "Name, code") label=t(lang, "查找单位", "Find units") testid="link-search" />
                <Files upper list="units" />
                <Close />
            </div>
            <Loaded load height=240 let:data>
                <DataTable
                    label=t(lang, "单位", "Units")
                    columns=columns(lang, url, links)
                    rows=Memo::new(move |_| data.with(|it| it.rows.clone()))
                    key=|it: &LinkUnit| it.enterprise_code.clone()
                    empty=Signal::derive(move || empty().to_owned())
                />
            </Loaded>
        </Panel>
    }
}

fn registered(it: &LinkUnit, lang: Lang) -> &'static str {
    match (it.registered, it.code.is_empty()) {
        (true, _) => t(lang, "已注册", "registered"),
        (false, true) => t(lang, "尚未注册", "not yet"),
        (false, false) => t(lang, "▲ 注册不成", "▲ not registered"),
    }
}

/// Reason and code of the last failure; empty where there is none.
fn failure(it: &LinkUnit, lang: Lang) -> String {
    reason_with_code(&it.code, lang.pick(&it.reason_zh, &it.reason_en))
}

fn columns(lang: Lang, url: UrlState, links: bool) -> Vec<Column<LinkUnit>> {
    vec![
        unit_column(lang, url, links, |it| (&it.enterprise_code, &it.name)),
        Column::new(t(lang, "信用代码", "Credit code"), |it: &LinkUnit| {
            Cell::text(it.enterprise_code.clone())
        })
        .sort_text(|it| it.enterprise_code.clone()),
        Column::new(t(lang, "区划", "Region"), |it: &LinkUnit| {
            Cell::text(it.region_code.clone())
        })
        .sort_text(|it| it.region_code.clone()),
        Column::new(t(lang, "注册", "Registered"), move |it: &LinkUnit| {
            Cell::text(registered(it, lang))
        })
        .in_narrow()
        .sort_text(move |it| registered(it, lang).to_owned()),
        Column::new(t(lang, "待送", "To send"), |it: &LinkUnit| {
            Cell::Figure(Some(it.due_item_days as f64), 0)
        })
        .unit(t(lang, "项·日", "item-days"))
        .number()
        .in_narrow()
        .sort_number(|it| Some(it.due_item_days as f64)),
        Column::new(t(lang, "最近送达", "Last taken"), |it: &LinkUnit| {
            Cell::text(moment(it.sent_at.as_ref()))
        })
        .sort_text(|it| it.sent_at.clone().unwrap_or_default()),
        Column::new(t(lang, "最近的失败", "Last failure"), move |it: &LinkUnit| {
            Cell::text(failure(it, lang))
        })
        .class("sentence")
        .sort_text(|it| it.code.clone()),
        Column::new(t(lang, "下次再试", "Next try"), |it: &LinkUnit| {
            Cell::text(moment(it.next_at.as_ref()))
        })
        .sort_text(|it| it.next_at.clone().unwrap_or_default()),
    ]
}
