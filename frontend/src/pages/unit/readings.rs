//! Raw readings of the selected item, newest value with the values it replaced, a page at a time.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::unit::UnitDetail;
use nengce_shared::api::unit_readings::ReadingList;
use nengce_shared::lang::Lang;

use super::UnitCode;
use crate::components::panel::Panel;
use crate::components::readings_table::ReadingsTable;
use crate::components::states::Loaded;
use crate::i18n::{t, use_lang};
use crate::load::use_load;
use crate::url_state::{push_pair, use_url_state};

#[component]
pub fn ReadingsPanel(data: Signal<Arc<UnitDetail>>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let code = expect_context::<UnitCode>();
    let load = use_load::<ReadingList>(move || {
        let day = url.get("day");
        let (from, to) = data.with(|it| match &day {
            Some(day) => (day.clone(), day.clone()),
            None => (it.scope.from.clone(), it.scope.to.clone()),
        });
        let mut query = format!("from={from}&to={to}&limit=24");
        push_pair(&mut query, "data_code", url.get("readings").as_deref());
        push_pair(&mut query, "cursor", url.get("after").as_deref());
        Some(code.path(&format!("/readings?{query}")))
    });
    let subtitle = move || {
        let item =
            url.get("readings").unwrap_or_else(|| t(lang, "全部采集项", "all items").to_owned());
        let day = url.get("day").map_or_else(String::new, |it| format!(" · {it}"));
        let total = load.data.with(|it| it.as_ref().map_or(0, |it| it.page.total));
        match lang {
            Lang::Zh => format!("{item}{day} · 共 {total} 条"),
            Lang::En => format!("{item}{day}, {total} in all"),
        }
    };
    view! {
        <Panel id="readings" title=t(lang, "原始读数", "Readings") subtitle=Signal::derive(subtitle)>
            <Loaded load height=200 let:list>
                <ReadingsTable list />
                <p class="pager">
                    {move || url.get("day").map(|day| view! {
                        <button type="button" class="control" on:click=move |_| url.set(&[("day", None), ("after", None)])>{day}" ×"</button>
                    })}
                    {move || url.get("readings").map(|_| view! {
                        <button type="button" class="control" on:click=move |_| url.set(&[("readings", None), ("after", None)])>{t(lang, "全部采集项", "All items")}</button>
                    })}
                    {move || url.get("after").map(|_| view! {
                        <button type="button" class="control" on:click=move |_| url.set(&[("after", None)])>{t(lang, "回首页", "First page")}</button>
                    })}
                    {move || list.with(|it| it.page.next.clone()).map(|cursor| view! {
                        <button type="button" class="control" on:click=move |_| url.set(&[("after", Some(cursor.clone()))])>{t(lang, "下一页", "Next page")}</button>
                    })}
                </p>
            </Loaded>
        </Panel>
    }
}
