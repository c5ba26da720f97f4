//! The page's own chips: which product or industry, and which unit in it.

use leptos::prelude::*;
use nengce_shared::lang::Lang;

use super::load::{Loads, select_unit};
use super::words::subject_name;
use crate::components::filter_bar::{Chip, ChipOption};
use crate::i18n::{t, use_lang};
use crate::url_state::use_url_state;

#[component]
pub fn SubjectSelect(loads: Loads) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let subjects = Signal::derive(move || {
        loads.subjects.data.with(|it| {
            it.as_ref().map_or_else(Vec::new, |it| {
                it.subjects
                    .iter()
                    .map(|it| {
                        let note = match (it.kind.as_str(), lang) {
                            ("industry", Lang::Zh) => {
                                format!("{} · 行业 · {} 家", it.name.code, it.units)
                            }
                            ("industry", Lang::En) => {
                                format!("{} · industry · {}", it.name.code, it.units)
                            }
                            (_, Lang::Zh) => format!("{} 家", it.units),
                            (_, Lang::En) => it.units.to_string(),
                        };
                        ChipOption::new(&it.name.code, &subject_name(it, lang), &note)
                    })
                    .collect()
            })
        })
    });
    let units = Signal::derive(move || {
        loads.view.data.with(|it| {
            it.as_ref().map_or_else(Vec::new, |it| {
                it.rows
                    .iter()
                    .map(|it| {
                        let region = lang.pick(&it.unit.region.zh, &it.unit.region.en);
                        ChipOption::new(&it.unit.enterprise_code, &it.unit.name, region)
                    })
                    .collect()
            })
        })
    });
    view! {
        <Chip
            name=t(lang, "产品或行业", "Product or industry")
            all=t(lang, "有标杆且单位最多的", "Most common with a benchmark")
            options=subjects
            value=Signal::derive(move || {
                loads.asked.get().or_else(|| {
                    loads.view.data.with(|it| it.as_ref().map(|it| it.subject.name.code.clone()))
                })
            })
            on_select=move |code| {
                let to = code.map_or_else(|| "/benchmarks".to_owned(), |it| format!("/benchmarks/{it}"));
                url.go(&untrack(|| url.href(&to)));
            }
        />
        <Chip
            name=t(lang, "单位", "Unit")
            all=t(lang, "未选", "None")
            options=units
            value=Signal::derive(move || url.get("unit"))
            on_select=move |code| select_unit(url, code)
        />
    }
}
