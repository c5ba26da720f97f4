//! Benchmarking: a product or an industry, and a unit within it. Efficiency curve, distribution with limits, the unit
//! against its peers, the ranked table. Arranges panels; each file here is one of them.

mod answer;
mod curve;
mod distribution;
mod file_caption;
mod kpis;
mod load;
mod peers;
mod ranking;
mod subject_select;
mod words;

use leptos::prelude::*;

use crate::components::filter_bar::FilterBar;
use crate::components::page_head::PageHead;
use crate::components::part_of_city::PartOfCity;
use crate::components::states::{Empty, Loaded};
use crate::i18n::{t, use_lang};
use crate::snapshot::linked_version;
use crate::url_state::use_url_state;
use load::Loads;

#[component]
pub fn BenchmarkPage() -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let loads = Loads::start(url);
    provide_context(file_caption::of_page(loads));
    let scope = loads.view.map(|it| it.scope.clone());
    // One row under the pointer across the curve and the distribution.
    let hover = RwSignal::new(None::<usize>);
    let nothing = move || {
        loads.subjects.data.with(|it| it.as_ref().is_some_and(|it| it.subjects.is_empty()))
            && loads.asked.with(Option::is_none)
    };
    view! {
        <PageHead
            title=t(lang, "能效对标", "Benchmarking")
            answer=move || answer::sentence(loads.view, lang)
            scope
        />
        <FilterBar scope energy=false>
            <subject_select::SubjectSelect loads />
        </FilterBar>
        <PartOfCity />
        <Show
            when=move || !nothing()
            fallback=move || view! {
                <Empty
                    why=t(lang, "所选条件下没有可以对标的产品或行业。", "Nothing to compare under these filters.")
                    out=Signal::derive(move || (url.selection.with(|it| it.count()) > 0).then(|| (
                        t(lang, "清除条件", "Clear filters").to_owned(),
                        "/benchmarks".to_owned(),
                    )))
                />
            }
        >
            <Loaded load=loads.view height=98 let:data>
                <kpis::Kpis data />
            </Loaded>
            <div class="grid" data-linked=linked_version>
                <curve::CurvePanel load=loads.view.delayed(1) hover />
                <distribution::DistributionPanel load=loads.view.delayed(2) hover />
                <peers::PeersPanel load=loads.view.delayed(3) />
                <ranking::RankingPanel load=loads.view.delayed(2) />
            </div>
        </Show>
    }
}
