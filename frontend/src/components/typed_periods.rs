//! A table in which values of days or months of one item are typed: what is stored, what is typed, and what the unit's own
//! history says about it while it is typed.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use nengce_analysis::typed_values::check;
use nengce_shared::api::submission::{CheckNote, ItemHistory, TypedValue};
use nengce_shared::lang::Lang;

use crate::export::Cell;
use crate::i18n::{t, use_lang};

/// What is typed, by period.
pub type Typed = RwSignal<BTreeMap<String, String>>;

/// The typed values, or the first period whose text is no number.
pub fn read(code: &str, typed: &BTreeMap<String, String>) -> Result<Vec<TypedValue>, String> {
    let filled = typed.iter().filter(|it| !it.1.trim().is_empty());
    filled
        .map(|(period, text)| {
            let value =
                text.replace(',', "").trim().parse::<f64>().ok().filter(|it| it.is_finite());
            let value = value.ok_or_else(|| period.clone())?;
            Ok(TypedValue { data_code: code.to_owned(), period: period.clone(), value })
        })
        .collect()
}

#[component]
pub fn TypedPeriods(
    history: Signal<Option<Arc<ItemHistory>>>,
    #[prop(into)] periods: Signal<Vec<String>>,
    #[prop(into)] unit: Signal<String>,
    typed: Typed,
) -> impl IntoView {
    let lang = use_lang();
    // A text that is no number yet says nothing; the others are still looked at.
    let notes = Memo::new(move |_| {
        let values: Vec<TypedValue> = history.with(|it| {
            let code = it.as_ref().map(|it| it.data_code.clone()).unwrap_or_default();
            let one = |(period, text): (&String, &String)| {
                read(&code, &BTreeMap::from([(period.clone(), text.clone())])).ok()
            };
            typed.with(|it| it.iter().filter_map(one).flatten().collect())
        });
        history.with(|it| it.as_ref().map(|it| check(it, &values)).unwrap_or_default())
    });
    let row = move |period: String| {
        let stored = {
            let period = period.clone();
            move || history.with(|it| it.as_ref().and_then(|it| stored(it, &period)))
        };
        let value = {
            let period = period.clone();
            move || typed.with(|it| it.get(&period).cloned().unwrap_or_default())
        };
        let told = {
            let period = period.clone();
            move || {
                let of = |it: &&CheckNote| it.period == period;
                notes.with(|all| all.iter().filter(of).map(|it| note(it, lang)).collect_view())
            }
        };
        let (key, label) = (period.clone(), format!("{period} {}", t(lang, "填报值", "value")));
        view! {
            <tr>
                <th scope="row">{period.clone()}</th>
                <td class="num">{move || Cell::Figure(stored(), 2).shown()}</td>
                <td>
                    <input
                        class="control field"
                        inputmode="decimal"
                        autocomplete="off"
                        aria-label=label
                        data-period=period
                        prop:value=value
                        on:input=move |event| typed.update(|it| { it.insert(key.clone(), event_target_value(&event)); })
                    />
                </td>
                <td class="sentence" aria-live="polite">{told}</td>
            </tr>
        }
    };
    view! {
        <div class="rows-table" tabindex="0" role="group" aria-label=t(lang, "填报", "Values")>
            <table class="data typed-periods">
                <thead><tr>
                    <th scope="col">{t(lang, "时段", "Period")}</th>
                    <th scope="col" class="num">{t(lang, "现值", "Stored")}</th>
                    <th scope="col">{move || { let unit = unit.get(); let name = t(lang, "填报值", "Value"); if unit.is_empty() { name.to_owned() } else { format!("{name} · {unit}") } }}</th>
                    <th scope="col">{t(lang, "核对", "Check")}</th>
                </tr></thead>
                <tbody><For each=move || periods.get() key=String::clone children=row /></tbody>
            </table>
        </div>
    }
}

fn stored(history: &ItemHistory, period: &str) -> Option<f64> {
    match period.len() {
        7 => history.months.iter().find(|it| it.month == period)?.value,
        _ => history.days.iter().find(|it| it.day == period)?.value,
    }
}

/// What was noticed about a value, as text and, of the worst ones, in the colour of what is wrong.
pub fn note(it: &CheckNote, lang: Lang) -> impl IntoView + use<> {
    let class = if it.severity == "high" { "worse" } else { "note" };
    view! { <span class=class data-check=it.check.clone()>{lang.pick(&it.zh, &it.en).to_owned()}" "</span> }
}
