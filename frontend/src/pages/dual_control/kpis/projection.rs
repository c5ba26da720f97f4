//! The projected total of the year with its interval, its method and its past error.

use leptos::prelude::*;
use nengce_shared::lang::Lang;
use nengce_shared::number;

use super::Data;
use crate::components::kpi::Kpi;
use crate::components::menu::Menu;
use crate::format::{city_unit, sign_class};
use crate::i18n::{t, use_lang};
use crate::pages::dual_control::words::projection_method;
use crate::style::icons::Icon;

#[component]
pub fn YearEnd(data: Data) -> impl IntoView {
    let lang = use_lang();
    let projection = move || data.get().projection.clone();
    let interval = move || {
        let projected = projection()?;
        let interval = (projected.confidence > 0.0).then(|| {
            format!(
                "{} {}–{}",
                match lang {
                    Lang::Zh =>
                        format!("{}% 区间", number::grouped(projected.confidence * 100.0, 0)),
                    Lang::En =>
                        format!("{}% interval", number::grouped(projected.confidence * 100.0, 0)),
                },
                number::grouped(projected.low / 1e4, 0),
                number::grouped(projected.high / 1e4, 0)
            )
        });
        let gap_to_target = projected.vs_target.map(|over| {
            view! {
                " · " {t(lang, "较目标", "vs target")} " "
                <b class=sign_class(Some(over))>{number::signed_percent(Some(over))}</b>
            }
        });
        Some(view! { {interval} {gap_to_target} })
    };
    let past = Memo::new(move |_| {
        let projected = projection()?;
        let (error, year) = projected.past_error.zip(projected.past_year)?;
        Some(match lang {
            Lang::Zh => format!("{year} 年同法误差 {}", number::signed_percent(Some(error))),
            Lang::En => {
                format!("The same method missed {year} by {}", number::signed_percent(Some(error)))
            }
        })
    });
    let by = Memo::new(move |_| projection().map(|projected| projected.method));
    let method = move || {
        by.get().map(|method| {
            let (short, whole) = projection_method(&method, lang);
            view! {
                <Menu button=move || view! { {short.clone()} {Icon::Info.view()} } class="text-button" right=true>
                    <p class="pop-text">{whole.clone()}</p>
                </Menu>
                <span data-figure="past-error">{past}</span>
            }
        })
    };
    view! {
        <Kpi
            id="projection"
            label=Signal::derive(move || match (projection(), lang) {
                (Some(projected), Lang::Zh) => format!("{} 年末总量预测", projected.year),
                (Some(projected), Lang::En) => format!("Projected total of {}", projected.year),
                (None, _) => t(lang, "年末总量预测", "Projected total of the year").to_owned(),
            })
            value=Signal::derive(move || projection().map_or(number::MISSING.to_owned(), |projected| number::grouped(projected.tce / 1e4, 0)))
            unit=city_unit(lang)
        >
            <p class="kpi-note">{interval}</p>
            <div class="kpi-note kpi-rule">{method}</div>
        </Kpi>
    }
}
