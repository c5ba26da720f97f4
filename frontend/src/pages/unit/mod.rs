//! One unit: its consumption day by day, its uploads, its meters, and the readings behind every figure.

pub mod calendar;
pub mod compliance;
pub mod consumption;
mod duration;
mod file_caption;
mod items;
mod kpis;
pub mod load_curve;
mod meters;
pub mod peers;
mod profile;
mod quality;
pub mod readings;
mod uploads;
pub mod week;
mod years;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use nengce_shared::access::permission::Permission;
use nengce_shared::api::unit::{UnitDetail, UnitOutage};
use nengce_shared::lang::Lang;

use crate::components::filter_bar::{BasisSwitch, CompareChip, PeriodMenu, TimelineBrush};
use crate::components::page_head::PageHead;
use crate::components::reporting::reporting_badge;
use crate::components::states::Loaded;
use crate::data::session::use_session;
use crate::format::incomparable;
use crate::i18n::{t, use_lang};
use crate::load::use_load;
use crate::pages::units::device_state;
use crate::url_state::{Selection, use_url_state};

/// The credit code of the unit on screen.
#[derive(Clone, Copy)]
pub struct UnitCode(pub Memo<String>);

impl UnitCode {
    /// An address under the unit, with the page's filters.
    pub fn path(self, rest: &str) -> String {
        format!("/api/v1/units/{}{rest}", self.0.get())
    }
}

#[component]
pub fn UnitPage() -> impl IntoView {
    let (lang, url, session) = (use_lang(), use_url_state(), use_session());
    let params = use_params_map();
    let code = UnitCode(Memo::new(move |_| params.with(|it| it.get("code")).unwrap_or_default()));
    provide_context(code);
    let load = use_load::<UnitDetail>(move || {
        let selection = url.selection.get().of_a_unit();
        Some(code.path(&format!("?{}", selection.api_query())))
    });
    let months = Signal::derive(move || Selection {
        units: vec![code.0.get()],
        ..url.selection.get().of_a_unit()
    });
    provide_context(file_caption::of_page(load));
    let scope = load.map(|it| it.scope.clone());
    let last_day = Signal::derive(move || load.data.with(|it| it.as_ref()?.last_day.clone()));
    let title = Signal::derive(move || {
        load.data.with(|it| it.as_ref().map_or_else(|| code.0.get(), |it| it.unit.name.clone()))
    });
    let answer = move || load.data.get().map(|data| sentence(&data, lang));
    let is_own = move || {
        session.may(Permission::Looks)
            && session.account().is_some_and(|it| it.units.iter().any(|it| it.code == code.0.get()))
    };
    let there = Memo::new(move |_| load.data.with(Option::is_some));
    Effect::new(move |_| {
        if there.get() {
            request_animation_frame(show_addressed);
        }
    });
    view! {
        <PageHead title answer scope last_day>
            <a class="control" href=move || url.href(&format!("/units/{}/savings", code.0.get()))>{t(lang, "节能量核算", "Savings of a retrofit")}</a>
            <Show when=move || session.may(Permission::UnitData)>
                <a class="control" href=move || url.href(&format!("/units/{}/balance", code.0.get()))>{t(lang, "用能结构与平衡", "Sub-units and balance")}</a>
            </Show>
            <Show when=move || session.may(Permission::Submissions)>
                <a class="control" href=move || url.href(&format!("/units/{}/costs", code.0.get()))>{t(lang, "用能成本与计划", "Costs and plan")}</a>
            </Show>
            <Show when=is_own>
                <a class="control" href=move || url.href(&format!("/units/{}/looks", code.0.get()))>{t(lang, "谁看过、分享", "Looks and shares")}</a>
            </Show>
            <Show when=move || session.may(Permission::UnitData)>
                <a class="control" href=move || url.href(&format!("/units/{}/audit-pack", code.0.get()))>{t(lang, "资料包", "Audit pack")}</a>
            </Show>
        </PageHead>
        <section class="panel filter-bar" aria-label=t(lang, "时段与口径", "Span and basis")>
            <div class="chips">
                <years::YearChip />
                <PeriodMenu scope />
                <span class="spring"></span>
                <consumption::GrainSwitch />
                <CompareChip regions=None />
                <BasisSwitch />
            </div>
            <TimelineBrush scope of=months />
        </section>
        <Loaded load height=480 let:data>
            <kpis::Kpis data />
            <div class="split">
                <div class="col">
                    <consumption::DailyPanel data />
                    <load_curve::CurvePanel data />
                    <calendar::CalendarPanel data />
                    <quality::QualityPanel unit=data />
                </div>
                <div class="col">
                    <uploads::UploadsPanel />
                    <week::WeekPanel unit=data />
                    <duration::DurationPanel data />
                    <compliance::CompliancePanel />
                    <meters::MetersPanel data />
                    <peers::PeersPanel />
                </div>
            </div>
            <items::ItemsPanel data />
            <readings::ReadingsPanel data />
            <profile::ProfilePanel data />
        </Loaded>
    }
}

/// Links lead to a panel (`#calendar`) that is there only once the data are.
fn show_addressed() {
    let hash = window().location().hash().unwrap_or_default();
    let panel = hash.strip_prefix('#').and_then(|id| document().get_element_by_id(id));
    if let Some(panel) = panel {
        panel.scroll_into_view();
    }
}

/// 「▲ 断报 · 静海区 · C3120 炼钢 · 9112… · 终端已批准 · 每日上报 01:38」
fn sentence(data: &UnitDetail, lang: Lang) -> impl IntoView + use<> {
    let unit = &data.unit;
    let place = lang.pick(&unit.region.zh, &unit.region.en).to_owned();
    let industry =
        format!("{} {}", unit.industry.code, lang.pick(&unit.industry.zh, &unit.industry.en));
    let class = unit.class.label(lang);
    let device = data.devices.first().map(|it| {
        let state = device_state(&it.state, lang);
        let time = it.upload_time.get(..5).unwrap_or(&it.upload_time);
        match lang {
            Lang::Zh => format!(" · 终端{state} · 每日上报 {time}"),
            Lang::En => format!(" · device {state} · uploads at {time}"),
        }
    });
    let outage = data.outage.as_ref().map(|it| outage_words(it, lang));
    view! {
        {reporting_badge(&data.reporting, lang)}{outage}" "{place}" · "{industry}" · "{unit.enterprise_code.clone()}{device}" "
        <span class="tag">{class}</span>
        {incomparable(&data.scope, lang).map(|it| view! { " "{it} })}
        {data.energy_conversion_unit.then(|| view! { " "<span class="tag">{t(lang, "能源转换", "energy conversion")}</span> })}
    }
}

/// 「（已报故障 11-24 – 11-26，宽限至 11-27）」
fn outage_words(it: &UnitOutage, lang: Lang) -> impl IntoView + use<> {
    let excused = it.excused_until.as_ref().map(|day| match lang {
        Lang::Zh => format!("，宽限至 {day}"),
        Lang::En => format!(", excused until {day}"),
    });
    let excused = excused.unwrap_or_default();
    let words = match lang {
        Lang::Zh => format!("（已报故障 {} – {}{excused}）", it.from, it.to),
        Lang::En => format!(" (outage reported {} – {}{excused})", it.from, it.to),
    };
    view! { <span data-testid="outage">{words}</span> }
}
