//! What a unit's energy costs, its own plan, and its tariffs: figures first, then what they rest on and where it is entered.

mod demand;
mod figures;
mod import;
mod months;
mod plan;
mod plan_form;
pub mod tables;
mod tariff_form;
mod tariffs;
mod words;

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use nengce_shared::access::permission::Permission;
use nengce_shared::api::cost::CostView;
use nengce_shared::api::plan::PlanView;
use nengce_shared::api::tariff::TariffList;
use nengce_shared::lang::Lang;

use crate::components::filter_bar::BasisSwitch;
use crate::components::page_head::PageHead;
use crate::components::sign_in::PermissionNeeded;
use crate::components::states::Loaded;
use crate::data::session::use_session;
use crate::i18n::{t, use_lang};
use crate::load::use_load;
use crate::url_state::{UrlState, push_pair, use_url_state};

/// The keys of the address that the page is about.
const KEYS: [&str; 3] = ["year", "month", "basis"];

fn query(url: UrlState, keys: &[&str]) -> String {
    let mut query = String::new();
    for key in keys {
        push_pair(&mut query, key, url.get(key).as_deref());
    }
    query
}

#[component]
pub fn CostsPage() -> impl IntoView {
    let (lang, url, session) = (use_lang(), use_url_state(), use_session());
    let params = use_params_map();
    let code = Memo::new(move |_| params.with(|it| it.get("code")).unwrap_or_default());
    let sees = move || session.may(Permission::Submissions);
    let path = move |rest: &str| sees().then(|| format!("/api/v1/units/{}/{rest}", code.get()));
    let costs = use_load::<CostView>(move || path(&format!("costs?{}", query(url, &KEYS))));
    let plan =
        use_load::<PlanView>(move || path(&format!("plan?{}", query(url, &["year", "basis"]))));
    let tariffs = use_load::<TariffList>(move || path("tariffs"));
    let changed = Callback::new(move |()| {
        costs.retry();
        plan.retry();
        tariffs.retry();
    });
    let answer = move || costs.data.get().map(|it| sentence(&it, lang));
    let submits = move || session.may(Permission::Submit);
    view! {
        <PageHead title=t(lang, "用能成本与计划", "Energy costs and plan") answer>
            <a class="control" href=move || url.href(&format!("/units/{}", code.get()))>{t(lang, "返回单位", "Back to the unit")}</a>
        </PageHead>
        <Show when=sees fallback=move || view! { <PermissionNeeded permission=Permission::Submissions /> }>
            <Loaded load=costs height=320 let:data>
                <section class="panel filter-bar" aria-label=t(lang, "年份与口径", "Year and basis")>
                    <div class="chips"><YearSelect data /><span class="spring"></span><BasisSwitch /></div>
                </section>
                <figures::Figures data plan />
                <div class="split">
                    <div class="col"><months::MonthsPanel data /></div>
                    <div class="col"><months::DaysPanel data /></div>
                </div>
                <div class="split">
                    <div class="col"><tables::EnergiesPanel data /></div>
                    <div class="col"><tables::PeriodsPanel data /></div>
                </div>
                <demand::DemandPanel data />
                <tables::ProductsPanel data />
                <tables::GapsPanel data />
            </Loaded>
            <Loaded load=plan height=320 let:data>
                <plan::PlanPanel data />
                <Show when=submits><plan_form::PlanForm data code changed /></Show>
            </Loaded>
            <Loaded load=tariffs height=200 let:data>
                <tariffs::TariffsPanel data code changed />
                <Show when=submits><tariff_form::TariffForm data code changed /></Show>
            </Loaded>
        </Show>
    }
}

/// The years around the one on screen.
#[component]
fn YearSelect(data: Signal<Arc<CostView>>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let year = Memo::new(move |_| data.with(|it| it.year));
    let options = move || {
        let year = year.get();
        let option = move |it: i16| {
            let selected = it == year;
            view! { <option value=it.to_string() selected=selected>{it}</option> }
        };
        ((year - 3)..=(year + 1)).rev().map(option).collect_view()
    };
    view! {
        <select class="control" aria-label=t(lang, "年份", "Year") data-testid="year" on:change=move |event| url.set(&[("year", Some(event_target_value(&event))), ("month", None)])>{options}</select>
    }
}

/// 「2026 年至 11-26 用能成本 1.23 亿元；3 天缺读数、31 天缺单价，未计入。」
fn sentence(it: &Arc<CostView>, lang: Lang) -> AnyView {
    let (year, until) = (it.year, it.until.clone().unwrap_or_default());
    let total = &it.total;
    if total.cost.is_none() {
        return view! { <span data-testid="no-costs">{t(lang, "还没有可用的单价或读数：填写或导入价格后，按读数算出成本。", "No price or no reading is known yet: enter or import tariffs, and the costs follow from the readings.")}</span> }.into_any();
    }
    let (cost, unit) = words::money(total.cost, lang);
    let (readings, prices) = (total.days_without_reading, total.days_without_price);
    match lang {
        Lang::Zh => view! { {year}" 年至 "{until}" 用能成本 "<b data-testid="total-cost">{cost}</b>" "{unit}"；"<b>{readings}</b>" 天缺读数、"<b>{prices}</b>" 天有用能缺单价，缺的部分未计入。" }.into_any(),
        Lang::En => view! { "Energy cost "<b data-testid="total-cost">{cost}</b>" "{unit}" in "{year}" until "{until}"; "<b>{readings}</b>" days lack a reading and "<b>{prices}</b>" a price: what is missing is not in it." }.into_any(),
    }
}
