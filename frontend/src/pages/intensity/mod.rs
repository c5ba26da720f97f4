//! Energy intensity: by district, industry or unit over time; energy against value added; the decomposition; unit
//! product consumption against its limits. Arranges panels; each file here is one of them.

mod answer;
mod effects;
mod groups;
mod kpis;
mod load;
mod paths;
mod products;
mod scatter;
mod waterfall;

use leptos::prelude::*;

use crate::components::filter_bar::FilterBar;
use crate::components::page_head::PageHead;
use crate::components::states::Loaded;
use crate::i18n::{t, use_lang};
use crate::snapshot::linked_version;
use crate::url_state::use_url_state;
use load::{GroupBy, Loads};

#[component]
pub fn IntensityPage() -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let by = Memo::new(move |_| GroupBy::of(url.get("by").as_deref()));
    let loads = Loads::start(url, by);
    let scope = loads.view.map(|it| it.scope.clone());
    view! {
        <PageHead
            title=t(lang, "能耗强度", "Energy intensity")
            answer=move || answer::sentence(loads, lang)
            scope
        >
            <BySwitch by />
        </PageHead>
        <FilterBar scope />
        <Loaded load=loads.view height=98 let:data>
            <kpis::Kpis data groups=loads.groups />
        </Loaded>
        <div class="grid" data-linked=linked_version>
            <paths::Paths load=loads.groups by />
            <scatter::ScatterPanel load=loads.points />
            <div class="span-6 wide-4 col">
                <waterfall::WaterfallPanel load=loads.effects />
                <effects::EffectsPanel load=loads.members />
            </div>
            <products::ProductsPanel load=loads.view />
            // Another grouping is another table.
            {move || {
                let beside = by.get().beside();
                let load = if beside == by.get() { loads.groups } else { loads.beside };
                view! { <groups::GroupsPanel load by=beside /> }
            }}
        </div>
    }
}

/// 按区 / 按行业 / 按单位.
#[component]
fn BySwitch(by: Memo<GroupBy>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let side = move |it: GroupBy| {
        let words = match it {
            GroupBy::Region => t(lang, "按区", "By district"),
            GroupBy::Industry => t(lang, "按行业", "By industry"),
            GroupBy::Unit => t(lang, "按单位", "By unit"),
        };
        let word = (it != GroupBy::Region).then(|| it.word().to_owned());
        view! {
            <button
                type="button"
                data-by=it.word()
                aria-pressed=move || (by.get() == it).to_string()
                on:click=move |_| url.set(&[("by", word.clone())])
            >
                {words}
            </button>
        }
    };
    view! {
        <div class="segment" role="group" aria-label=t(lang, "分组", "GroupBy")>
            {GroupBy::ALL.map(side)}
        </div>
    }
}
