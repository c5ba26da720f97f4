//! The audit pack of a unit: the year, the two files, the cross-checks with their cells, and how far each table is filled.

mod checks;
mod download;
mod sheets;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use nengce_shared::api::audit_pack::AuditPack;
use nengce_shared::lang::Lang;

use crate::components::page_head::PageHead;
use crate::components::states::Loaded;
use crate::i18n::{t, use_lang};
use crate::load::use_load;
use crate::url_state::use_url_state;

/// The key of the audit year in the address.
const YEAR: &str = "year";
/// Years that can be chosen, from this one back.
const YEARS: i16 = 8;

#[component]
pub fn AuditPackPage() -> impl IntoView {
    let (lang, url, params) = (use_lang(), use_url_state(), use_params_map());
    let code = Memo::new(move |_| params.with(|it| it.get("code")).unwrap_or_default());
    let path = Memo::new(move |_| {
        let year = url.get(YEAR).map(|it| format!("?year={it}")).unwrap_or_default();
        format!("/api/v1/units/{}/audit-pack{year}", code.get())
    });
    let load = use_load::<AuditPack>(move || Some(path.get()));
    let year = Memo::new(move |_| load.data.with(|it| it.as_ref().map(|it| it.year)));
    let years = move || {
        let pack = load.data.get()?;
        let latest = pack.made_on.get(..4)?.parse::<i16>().ok()?;
        Some(
            (0..YEARS)
                .map(move |it| latest - it)
                .map(move |it| (it, it == pack.year))
                .collect::<Vec<_>>(),
        )
    };
    let answer = move || load.data.get().map(|it| sentence(&it, lang));
    view! {
        <PageHead title=t(lang, "能源审计资料包", "Audit pack") answer>
            <label>
                {t(lang, "审计年 ", "Audit year ")}
                <select class="control" name=YEAR on:change=move |event| url.set(&[(YEAR, Some(event_target_value(&event)))])>
                    {move || years().map(|it| it.into_iter().map(|(year, selected)| view! {
                        <option value=year.to_string() selected=selected>{year.to_string()}</option>
                    }).collect_view())}
                </select>
            </label>
            <download::Downloads code year />
            <a class="control" href=move || url.href(&format!("/units/{}", code.get()))>{t(lang, "返回单位", "Back to the unit")}</a>
        </PageHead>
        <Loaded load height=480 let:data>
            <checks::ChecksPanel data />
            <sheets::SheetsPanel data />
        </Loaded>
    }
}

/// 「审计年 2025，对比年 2024：21 张表中 8 张有数据，校核 12 项通过、1 项不通过、3 项无法校核。」
fn sentence(pack: &AuditPack, lang: Lang) -> impl IntoView + use<> {
    let count = |state: &str| pack.checks.iter().filter(|it| it.state == state).count();
    let (ok, wrong, unknown) = (count("ok"), count("wrong"), count("unknown"));
    let (year, before, all) = (pack.year, pack.year - 1, pack.sheets.len());
    let filled = pack.sheets.iter().filter(|it| it.state != "form").count();
    let wrong = view! { <b class:worse=wrong != 0 data-figure="pack-wrong">{wrong}</b> };
    let unknown = view! { <b data-figure="pack-unknown">{unknown}</b> };
    match lang {
        Lang::Zh => view! { {pack.name.clone()}" · 审计年 "{year}"，对比年 "{before}"："{all}" 张表中 "<b>{filled}</b>" 张有数据；校核 "{ok}" 项通过、"{wrong}" 项不通过、"{unknown}" 项无法校核。" }.into_any(),
        Lang::En => view! { {pack.name.clone()}" · audit year "{year}", compared with "{before}": "<b>{filled}</b>" of "{all}" tables hold data; "{ok}" checks passed, "{wrong}" failed, "{unknown}" cannot be made." }.into_any(),
    }
}
