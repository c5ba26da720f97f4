//! The top of a page: its name, the sentence that answers it, how fresh the data are, and a link to copy.

use leptos::prelude::*;
use nengce_shared::api::common::Scope;
use nengce_shared::lang::Lang;

use crate::components::filter_bar::words;
use crate::components::reporting::today;
use crate::components::saved_views::SavedViews;
use crate::data::meta::use_meta;
use crate::export::period::{ExportScope, use_covered_period};
use crate::export::source::source;
use crate::format::time_short;
use crate::i18n::{t, use_lang};
use crate::style::icons::Icon;
use crate::style::print::set_foot;
use crate::style::theme::use_theme;
use crate::url_state::use_url_state;

/// Data older than this are said to be old.
const STALE_HOURS: f64 = 26.0;

#[component]
pub fn PageHead(
    #[prop(into)] title: Signal<String>,
    /// The answer in one sentence, figures in `<b>`.
    #[prop(optional, into)]
    answer: ViewFn,
    #[prop(optional, into)] scope: Signal<Option<Scope>>,
    /// The last day with data, on the page of one unit; other pages say how the units in scope report today.
    #[prop(optional)]
    last_day: Option<Signal<Option<String>>>,
    /// Buttons of the page before 「复制链接」.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let lang = use_lang();
    let copied = RwSignal::new(false);
    let copy = move |_| {
        let address = window().location().href().unwrap_or_default();
        let promise = window().navigator().clipboard().write_text(&address);
        leptos::task::spawn_local(async move {
            copied.set(wasm_bindgen_futures::JsFuture::from(promise).await.is_ok());
            gloo_timers::future::TimeoutFuture::new(2_000).await;
            copied.try_set(false);
        });
    };
    Effect::new(move |_| {
        document().set_title(&format!("{} · {}", title.get(), t(lang, "能测", "Nengce")))
    });
    view! {
        <header class="page-head">
            <div>
                <h1>{title}</h1>
                <p class="answer">{move || answer.run()}</p>
            </div>
            <div class="page-tools">
                <DataTime scope last_day />
                {children.map(|children| children())}
                <SavedViews />
                <button type="button" class="control" on:click=copy>
                    {Icon::Link.view()}
                    <span aria-live="polite">
                        {move || if copied.get() { t(lang, "已复制", "Copied") } else { t(lang, "复制链接", "Copy link") }}
                    </span>
                </button>
            </div>
            <PrintHeader title />
        </header>
    }
}

/// What the filter bar and the files say, for print: filters, basis and period under the title, and at the foot of each
/// sheet with the title, the source, the data time and the data version.
#[component]
fn PrintHeader(title: Signal<String>) -> impl IntoView {
    let (lang, url, meta, period) = (use_lang(), use_url_state(), use_meta(), use_covered_period());
    let narrower = use_context::<ExportScope>();
    let covers = Memo::new(move |_| {
        if let Some(it) = narrower {
            return it.0.get();
        }
        let (period, meta) = (period.get(), meta.get());
        match (&period, &meta) {
            // A page without filters covers the place.
            (None, Some(meta)) => lang.pick(&meta.place_zh, &meta.place_en).to_owned(),
            _ => words(&url.deferred_selection.get(), period, meta.as_deref(), lang),
        }
    });
    let printing = use_theme().print.printing;
    Effect::new(move |_| {
        // Paper alone has a foot: its words stand on the root, and a change there costs every element its style.
        if !printing.get() {
            return;
        }
        let version = meta.with(|it| it.as_ref().map(|it| it.data_version));
        let version = version.map(|it| format!("{} {it}", t(lang, "数据版本", "Data version")));
        let right: Vec<String> =
            [Some(source(meta, lang)), version].into_iter().flatten().collect();
        set_foot(&format!("{} · {}", title.get(), covers.get()), &right.join(" · "));
    });
    view! { <p class="print-only">{covers} " · " {move || source(meta, lang)}</p> }
}

/// 「数据截至 10-18 · 最近上报 10-18 01:38」, amber when older than 26 h; below it 「今日 271/286 家上报，12 家断报」.
#[component]
fn DataTime(
    scope: Signal<Option<Scope>>,
    last_day: Option<Signal<Option<String>>>,
) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let meta = use_meta();
    let time = move || {
        scope
            .with(|scope| scope.as_ref().and_then(|it| it.data_time.clone()))
            .or_else(|| meta.with(|meta| meta.as_ref().and_then(|it| it.data_time.clone())))
    };
    let hours = move || time().as_deref().and_then(hours_since);
    let words = move || {
        let until = match last_day {
            Some(last_day) => last_day.get(),
            None => scope
                .with(|scope| scope.as_ref().and_then(|it| it.data_until.clone()))
                .or_else(|| meta.with(|it| it.as_ref().and_then(|it| it.data_until.clone()))),
        };
        match (until, time()) {
            (Some(day), Some(time)) => match lang {
                Lang::Zh => {
                    format!("数据截至 {day} · 最近上报 {}", time_short(&time))
                }
                Lang::En => {
                    format!("Data until {day} · last upload {}", time_short(&time))
                }
            },
            (Some(day), None) => format!("{} {day}", t(lang, "数据截至", "Data until")),
            _ => String::new(),
        }
    };
    // They stay when the span or the basis changes.
    let counts = Memo::new(move |_| {
        scope.with(|it| Some(it.as_ref().filter(|_| last_day.is_none())?.reporting_today.clone()))
    });
    view! {
        <p class="data-time">
            {words}
            {move || hours().filter(|it| *it > STALE_HOURS).map(|hours| view! {
                <b class="lv2-text">{old(hours, lang)}</b>
            })}
            {move || counts.with(|it| it.as_ref().map(|it| today(it, url, lang)))}
        </p>
    }
}

fn old(hours: f64, lang: Lang) -> String {
    let days = (hours / 24.0).floor();
    match (lang, hours < 72.0) {
        (Lang::Zh, true) => format!(" · 已 {hours:.0} 小时没有新数据"),
        (Lang::Zh, false) => format!(" · 已 {days} 天没有新数据"),
        (Lang::En, true) => format!(" · no new data for {hours:.0} h"),
        (Lang::En, false) => format!(" · no new data for {days} days"),
    }
}

/// Hours from a local `YYYY-MM-DD HH:MM:SS` to now, on this machine's clock.
fn hours_since(time: &str) -> Option<f64> {
    let then = js_sys::Date::parse(&time.replace(' ', "T"));
    then.is_finite().then(|| (js_sys::Date::now() - then) / 3_600_000.0)
}
