//! The cases by district, as tiles where the districts lie: how many are open and how many are late; a tile lists its cases.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::case::CaseList;
use nengce_shared::lang::Lang;

use crate::components::panel::Panel;
use crate::data::meta::use_meta;
use crate::i18n::{t, use_lang};
use crate::url_state::use_url_state;

/// The key of the address that names the district.
const DISTRICT: &str = "district";

#[component]
pub(super) fn DistrictsPanel(data: Signal<Arc<CaseList>>) -> impl IntoView {
    let (lang, url, meta) = (use_lang(), use_url_state(), use_meta());
    let tiles = move || {
        let regions = meta.with(|it| it.as_ref().map(|it| it.regions.clone())).unwrap_or_default();
        let chosen = url.get(DISTRICT);
        let tile = |it: &nengce_shared::api::meta::RegionInfo| {
            let (row, column) = it.tile_row.zip(it.tile_column)?;
            let of = data.with(|all| {
                let of = all.rows.iter().filter(|case| case.unit.region.code == it.code);
                let (count, late) = of.fold((0, 0), |(count, late), it| {
                    (count + 1, late + usize::from(it.is_late()))
                });
                (count, late)
            });
            let [row, column] = [row, column].map(|it| (it + 1).to_string());
            let (code, to) = (it.code.clone(), it.code.clone());
            let pressed = (chosen.as_deref() == Some(&code)).to_string();
            let late = (of.1 > 0).then(|| match lang {
                Lang::Zh => format!("逾期 {}", of.1),
                Lang::En => format!("{} late", of.1),
            });
            let toggle = move |_| {
                let is_chosen = untrack(|| url.get(DISTRICT)).as_deref() == Some(&to);
                url.set(&[(DISTRICT, (!is_chosen).then(|| to.clone()))]);
            };
            Some(view! {
                <button type="button" class="district-tile" style:grid-row=row style:grid-column=column data-region=code aria-pressed=pressed on:click=toggle>
                    <span>{lang.pick(&it.zh, &it.en).to_owned()}</span>
                    <b>{of.0}</b>
                    <span class="lv1-text">{late}</span>
                </button>
            })
        };
        regions.iter().filter_map(tile).collect_view()
    };
    let narrowed = Signal::derive(move || {
        let chosen = url.get(DISTRICT);
        data.with(|it| {
            let mut it = CaseList::clone(it);
            it.rows.retain(|row| chosen.as_ref().is_none_or(|code| row.unit.region.code == *code));
            Arc::new(it)
        })
    });
    view! {
        <Panel id="districts" title=t(lang, "按区分布", "By district") subtitle=t(lang, "未归档案件数，点一区看它的案件", "cases; a tile lists its own")>
            <div class="district-tiles" data-testid="districts">{tiles}</div>
        </Panel>
        <super::queue::QueuePanel data=narrowed />
    }
}
