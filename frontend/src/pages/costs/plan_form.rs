//! The plan of a year: a row of twelve months with the budget and the targets of products, typed or from a file.

use std::sync::Arc;

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use nengce_shared::api::plan::{PlanImport, PlanRequest, PlanTarget, PlanView};
use nengce_shared::lang::Lang;
use nengce_shared::number::plain;

use super::import::{Outcome, PricesOrPlanFile};
use crate::components::panel::Panel;
use crate::components::sending::Sending;
use crate::i18n::{t, use_lang};

/// A text that is empty or a number.
fn figure(text: &str) -> Result<Option<f64>, ()> {
    match text.replace([',', ' '], "") {
        it if it.is_empty() => Ok(None),
        it => it.parse::<f64>().ok().filter(|it| it.is_finite()).map(Some).ok_or(()),
    }
}

fn typed(value: Option<f64>) -> RwSignal<String> {
    RwSignal::new(value.map(|it| plain(it, 2)).unwrap_or_default())
}

#[component]
pub(super) fn PlanForm(
    data: Signal<Arc<PlanView>>,
    code: Memo<String>,
    changed: Callback<()>,
) -> impl IntoView {
    let lang = use_lang();
    let sending = Sending::new(Callback::new(move |_| changed.run(())));
    let wrong = RwSignal::new(None::<&'static str>);
    // What is typed stays while the answer is asked for again; another year begins anew.
    let year = Memo::new(move |_| data.with(|it| (it.year, it.saved_at.clone())));
    let fields = move || {
        year.track();
        let view = data.get_untracked();
        let plan = view.plan.clone();
        let months = plan.as_ref().map(|it| it.months.clone()).unwrap_or_default();
        let months: Vec<_> = (0..12).map(|at| typed(months.get(at).copied())).collect();
        let budget = typed(plan.and_then(|it| it.budget));
        let products: Vec<_> = view
            .products
            .iter()
            .map(|it| (it.product.clone(), it.unit.clone(), typed(it.target)))
            .collect();
        let (sent_months, sent_products) = (months.clone(), products.clone());
        let (of_year, basis) = (view.year, view.basis);
        let submit = move |event: SubmitEvent| {
            event.prevent_default();
            let all: Result<Vec<Option<f64>>, ()> =
                sent_months.iter().map(|it| figure(&it.get_untracked())).collect();
            let targets: Result<Vec<PlanTarget>, ()> = sent_products
                .iter()
                .filter_map(|(product, _, text)| {
                    let value = figure(&text.get_untracked()).transpose()?;
                    Some(value.map(|value| PlanTarget { product: product.code.clone(), value }))
                })
                .collect();
            let (Ok(all), Ok(budget), Ok(products)) =
                (all, figure(&budget.get_untracked()), targets)
            else {
                wrong.set(Some(t(lang, "有一格不是数字。", "A field is no number.")));
                return;
            };
            let months: Vec<f64> = all.iter().flatten().copied().collect();
            if !months.is_empty() && months.len() != 12 {
                wrong.set(Some(t(
                    lang,
                    "12 个月要么都填，要么都不填。",
                    "Fill in all twelve months, or none.",
                )));
                return;
            }
            wrong.set(None);
            let plan = PlanRequest { year: of_year, basis, budget, months, products };
            let path = format!("/api/v1/units/{}/plan", code.get_untracked());
            sending.put(path, serde_json::to_string(&plan), lang);
        };
        let field = |label: String, text: RwSignal<String>, id: String| {
            view! { <label><span>{label}</span><input class="control" inputmode="decimal" prop:value=text on:input=move |event| text.set(event_target_value(&event)) data-testid=id /></label> }
        };
        let month = |(at, text): (usize, &RwSignal<String>)| {
            let label = match lang {
                Lang::Zh => format!("{} 月", at + 1),
                Lang::En => format!("Month {}", at + 1),
            };
            field(label, *text, format!("plan-{}", at + 1))
        };
        let months = months.iter().enumerate().map(month).collect_view();
        let products = products.iter().map(|(name, unit, text)| {
            let label = format!("{} {unit}", lang.pick(&name.zh, &name.en));
            field(label, *text, format!("target-{}", name.code))
        });
        let products = products.collect_view();
        view! {
            <form on:submit=submit data-testid="plan-form">
                <div class="form-grid">
                    {field(t(lang, "全年预算 tce", "Budget of the year, tce").to_owned(), budget, "plan-budget".to_owned())}
                    {months}
                    {products}
                </div>
                <p class="lv1-text" role="alert">{move || wrong.get()}</p>
                {sending.problem()}
                <div class="actions"><button type="submit" class="control primary" disabled=sending.busy data-testid="save-plan">{t(lang, "保存计划", "Save the plan")}</button></div>
            </form>
        }
    };
    let title = Signal::derive(move || {
        let year = data.with(|it| it.year);
        match lang {
            Lang::Zh => format!("{year} 年计划"),
            Lang::En => format!("Plan of {year}"),
        }
    });
    let subtitle = Signal::derive(move || {
        data.with(|it| match (&it.saved_by, &it.saved_at) {
            (Some(by), Some(at)) => format!("{at} · {by}"),
            _ => t(
                lang,
                "综合能源消费量，tce；只填全年预算时按上年各月占比分解",
                "comprehensive consumption in tce; a budget alone is spread as last year went",
            )
            .to_owned(),
        })
    });
    let told: fn(PlanImport, Lang) -> Outcome = told;
    let path = Signal::derive(move || format!("/api/v1/units/{}/plan/import", code.get()));
    let template = Callback::new(move |()| {
        let year = data.with_untracked(|it| it.year);
        let months = (1..=12).map(|it| format!(",{it}月")).collect::<String>();
        (
            "plan.csv".to_owned(),
            format!("年份,指标,口径,全年{months}\r\n{year},综合能源消费量,等价,\r\n"),
        )
    });
    view! {
        <Panel id="plan" title subtitle>
            {fields}
            <PricesOrPlanFile id="plan-file" path told template changed />
        </Panel>
    }
}

fn told(it: PlanImport, lang: Lang) -> Outcome {
    let years = it
        .plans
        .iter()
        .map(|it| it.year.to_string())
        .collect::<Vec<_>>()
        .join(lang.pick("、", ", "));
    let wrong = it.errors.len();
    let sum = match (lang, it.dry_run) {
        (Lang::Zh, true) => format!("共 {} 行：{years} 年计划，有误 {wrong} 处", it.rows),
        (Lang::Zh, false) => format!("已保存 {years} 年计划"),
        (Lang::En, true) => format!("{} rows: plans of {years}, {wrong} cells wrong", it.rows),
        (Lang::En, false) => format!("Stored: plans of {years}"),
    };
    Outcome { dry_run: it.dry_run, errors: it.errors, sum }
}
