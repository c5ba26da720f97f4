//! Dual control: total and intensity against the requirement, and which groups and units make the difference.

mod composition;
mod details;
mod flow;
mod growth;
mod industries;
mod kpis;
mod last_visit;
mod load;
mod months;
mod months_index;
mod regions;
mod scale;
mod tiles;
mod words;

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::dual_control::DualControl;

use crate::components::filter_bar::FilterBar;
use crate::components::filter_bar::listed;
use crate::components::page_head::PageHead;
use crate::components::states::{Empty, Loaded};
use crate::data::meta::{industry_name, region_name, use_meta};
use crate::frame_delay::delayed;
use crate::i18n::{t, use_lang};
use crate::snapshot::snapshot;
use crate::url_state::use_url_state;
use words::{AnswerPart, answer};

#[component]
pub fn DualControlPage() -> impl IntoView {
    let (lang, url, meta) = (use_lang(), use_url_state(), use_meta());
    scale::switch_by_keys(url);
    let answers = load::ask(url);
    let load = answers.selected;
    let subject = move || {
        let selection = url.selection.get();
        meta.with(|meta| {
            let meta = meta.as_deref();
            let regions = listed(&selection.region, |it| region_name(meta, it, lang), lang);
            let industries = listed(&selection.industry, |it| industry_name(meta, it, lang), lang);
            [regions, industries].into_iter().flatten().collect::<Vec<_>>().join(" ")
        })
    };
    let sentence = move || {
        let previous = url.selection.with(|it| it.against());
        load.data.get().map(|data| {
            answer(&data, &subject(), previous, lang)
                .into_iter()
                .map(|piece| match piece {
                    AnswerPart::Words(words) => words.into_any(),
                    AnswerPart::Figure(figure, class) => {
                        view! { <b class=class>{figure}</b> }.into_any()
                    }
                })
                .collect_view()
        })
    };
    let scope = load.map(|it| it.scope.clone());
    view! {
        <PageHead title=t(lang, "双控形势", "Dual control") answer=sentence scope />
        <FilterBar scope />
        <last_visit::LastVisit />
        <Loaded load height=320 let:data>
            <Show
                when=move || { data.get().scope.units > 0 }
                fallback=move || view! {
                    <section class="panel apart">
                        <Empty
                            why=t(lang, "所选条件下没有单位。", "No units match the filters.")
                            out=Signal::derive(move || Some((t(lang, "清除条件", "Clear the filters").to_owned(), url.path())))
                        />
                    </section>
                }
            >
                <kpis::Kpis data />
                <Panels answers data />
            </Show>
        </Loaded>
    }
}

/// Heights that the panels of a column take in the end, in CSS pixels.
const LEFT_HEIGHT: u32 = 1_180;
const RIGHT_HEIGHT: u32 = 1_250;

/// The figures above come first; the year's curve and the rest follow in the frames after them.
#[component]
fn Panels(answers: load::Answers, data: Signal<Arc<DualControl>>) -> impl IntoView {
    let url = use_url_state();
    // Months are the same twelve in both charts of the year.
    let hover = RwSignal::new(None);
    let (regions, industries) = (answers.of_regions(url, data), answers.of_industries(url, data));
    let (units, waiting) = answers.of_units(url, data);
    let loading = details::load();
    let shown = details::DetailAnswers { data, regions, industries, units, waiting, hover };
    view! {
        <div class="split" data-linked=move || snapshot().map(|it| it.version.to_string())>
            <div class="col">
                <months::MonthsPanel data=delayed(data, 1) hover loading />
                {details::column(loading, |it| it.left, shown, LEFT_HEIGHT)}
            </div>
            <div class="col">
                {details::column(loading, |it| it.right, shown, RIGHT_HEIGHT)}
            </div>
        </div>
    }
}
