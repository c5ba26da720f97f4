//! The values that a platform above refused and that still stand, with the reason that it gave.

use leptos::prelude::*;
use nengce_shared::access::permission::Permission;
use nengce_shared::api::link::{LinkRefused, LinkRefusedList};
use nengce_shared::lang::Lang;
use nengce_shared::stat_type::StatType;

use super::super::words::{count, moment};
use super::columns::{reason_with_code, unit_column};
use super::{Close, Files, follow, question};
use crate::components::panel::Panel;
use crate::components::states::Loaded;
use crate::components::table::{Column, DataTable};
use crate::data::session::use_session;
use crate::export::Cell;
use crate::i18n::{t, use_lang};
use crate::load::use_load;
use crate::url_state::{UrlState, use_url_state};

#[component]
pub fn Refused(upper: String, changes: RwSignal<u32>) -> impl IntoView {
    let (lang, url, session) = (use_lang(), use_url_state(), use_session());
    let asked = upper.clone();
    let load = use_load::<LinkRefusedList>(move || Some(question(url, &asked, "refused", None)));
    follow(changes, move || load.refresh());
    let title = match lang {
        Lang::Zh => format!("{upper}：被拒绝的数据"),
        Lang::En => format!("{upper}: refused values"),
    };
    let subtitle = move |it: &LinkRefusedList| {
        let (shown, total) = (count(it.rows.len() as u64), count(it.total));
        match lang {
            Lang::Zh => format!("{shown} / {total} 条 · 新的在前 · 更正后自动再送"),
            Lang::En => format!("{shown} of {total}, newest first; a correction is sent by itself"),
        }
    };
    let links = session.may_now(Permission::UnitData);
    view! {
        <Panel id="link-refused" class="apart capped tall" title subtitle=load.text(subtitle)>
            <div class="chips inline">
                <Files upper list="refused" />
                <Close />
            </div>
            <Loaded load height=240 let:data>
                <DataTable
                    label=t(lang, "被拒绝的数据", "Refused values")
                    columns=columns(lang, url, links)
                    rows=Memo::new(move |_| data.with(|it| it.rows.clone()))
                    key=|it: &LinkRefused| format!("{} {} {} {}", it.enterprise_code, it.data_code, it.stat_type, it.at)
                    empty=t(lang, "没有数据被拒绝。", "No value stands refused.")
                />
            </Loaded>
        </Panel>
    }
}

/// The grain of a value; a code that the protocol does not have stands as it is.
fn grain(it: &LinkRefused, lang: Lang) -> String {
    let known = StatType::try_from(it.stat_type).ok();
    known.map_or_else(|| it.stat_type.to_string(), |it| it.label(lang).to_owned())
}

fn columns(lang: Lang, url: UrlState, links: bool) -> Vec<Column<LinkRefused>> {
    vec![
        unit_column(lang, url, links, |it| (&it.enterprise_code, &it.name)),
        Column::new(t(lang, "信用代码", "Credit code"), |it: &LinkRefused| {
            Cell::text(it.enterprise_code.clone())
        }),
        Column::new(t(lang, "数据编码", "Data code"), |it: &LinkRefused| {
            Cell::text(it.data_code.clone())
        })
        .sort_text(|it| it.data_code.clone()),
        Column::new(t(lang, "粒度", "Grain"), move |it: &LinkRefused| {
            Cell::text(grain(it, lang))
        })
        .sort_text(|it| it.stat_type.to_string()),
        Column::new(t(lang, "时段", "Period"), |it: &LinkRefused| Cell::text(it.at.clone()))
            .sort_text(|it| it.at.clone()),
        // As many decimals as it was sent with.
        Column::new(t(lang, "值", "Value"), |it: &LinkRefused| Cell::Figure(Some(it.value), 4))
            .number()
            .show(|it| it.value.to_string())
            .sort_number(|it| Some(it.value)),
        Column::new(t(lang, "上级给的原因", "Reason from above"), |it: &LinkRefused| {
            Cell::text(reason_with_code(&it.code, &it.reason))
        })
        .in_narrow()
        .class("sentence")
        .sort_text(|it| it.reason.clone()),
        Column::new(t(lang, "拒绝时间", "Refused at"), |it: &LinkRefused| {
            Cell::text(it.refused_at.clone())
        })
        .show(|it| moment(Some(&it.refused_at)))
        .sort_text(|it| it.refused_at.clone()),
    ]
}
