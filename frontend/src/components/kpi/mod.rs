//! The KPI strip: cells parted by hairlines; label, value with its unit, one comparison, a bullet bar where there is a target.

use leptos::prelude::*;

#[component]
pub fn KpiStrip(
    /// Accessible name of the strip.
    #[prop(into)]
    label: String,
    children: Children,
) -> impl IntoView {
    view! { <section class="panel kpis" aria-label=label>{children()}</section> }
}

/// One cell. The children (notes, bullet bar) are shown under the value.
#[component]
pub fn Kpi(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] value: Signal<String>,
    #[prop(into)] unit: Signal<String>,
    /// A test or a link may address the figure by this.
    #[prop(optional)]
    id: &'static str,
    /// Class of the value: `worse`, `better` or nothing.
    #[prop(optional, into)]
    class: Signal<&'static str>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="kpi">
            <div class="kpi-label">{label}</div>
            <div class="kpi-value">
                <b class=class data-figure=(!id.is_empty()).then_some(id)>{value}</b>
                <span class="unit">{unit}</span>
            </div>
            {children.map(|children| children())}
        </div>
    }
}

/// Progress as a bar with a tick where it should stand; both as fractions of `of`.
#[component]
pub fn BulletBar(
    #[prop(into)] value: Signal<f64>,
    #[prop(into)] target: Signal<Option<f64>>,
    /// The length of the whole bar.
    #[prop(optional, into, default = Signal::stored(1.0))]
    of: Signal<f64>,
    /// True paints the bar as worse than its target.
    #[prop(optional, into)]
    worse: Signal<bool>,
    /// What the bar says, in words.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let share = move |part: f64| {
        let whole = of.get();
        if whole > 0.0 { (part / whole * 100.0).clamp(0.0, 100.0) } else { 0.0 }
    };
    view! {
        <div class="bullet" role="img" aria-label=label>
            <div
                class="bullet-bar"
                class:worse-ground=worse
                style:width=move || format!("{:.2}%", share(value.get()))
            ></div>
            {move || target.get().map(|at| {
                view! { <div class="bullet-tick" style:left=format!("{:.2}%", share(at))></div> }
            })}
        </div>
    }
}
