//! Energy per value added against its comparison, with the fall required and the five-year target.

use leptos::prelude::*;
use nengce_shared::lang::Lang;
use nengce_shared::number;

use super::Data;
use crate::components::kpi::{BulletBar, Kpi};
use crate::i18n::{comma, t, use_lang};
use crate::pages::dual_control::words::{comparison_word, denominator};
use crate::url_state::{Selection, use_url_state};

#[component]
pub fn Intensity(data: Data) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let status = move || data.get().intensity.clone();
    let label = move || {
        let previous = url.selection.with(Selection::against);
        format!(
            "{} · {}",
            t(lang, "单位增加值能耗", "Energy per value added"),
            comparison_word(previous, lang)
        )
    };
    let value = move || match status() {
        status if status.index.is_some() => {
            status.index.map_or(String::new(), |index| number::grouped(index * 100.0, 1))
        }
        status => status
            .change
            .map_or(number::MISSING.to_owned(), |change| number::signed(change * 100.0, 1)),
    };
    let unit = move || match status().required_fall {
        None if status().index.is_some() => {
            t(lang, "（对比区 = 100）", "(district = 100)").to_owned()
        }
        Some(fall) => {
            format!("% / {} {}", t(lang, "年度应降", "required"), number::percent(Some(fall)))
        }
        None => "%".to_owned(),
    };
    let note = move || {
        let status = status();
        match status.five_year {
            Some(target) => format!(
                "{} {}{}{} {}",
                match lang {
                    Lang::Zh => format!("{}–{} 累计", target.from_year, target.to_year),
                    Lang::En => format!("{}–{} so far", target.from_year, target.to_year),
                },
                number::signed_percent(target.achieved_fall.map(|fall| -fall)),
                comma(lang),
                t(lang, "目标", "target"),
                number::signed_percent(Some(-target.target_fall)),
            ),
            None => String::new(),
        }
    };
    let level = move || {
        let status = status();
        format!(
            "{} tce/{} · {}",
            number::intensity(status.value),
            t(lang, "万元", "10⁴ yuan"),
            denominator(&status.denominator, lang)
        )
    };
    // The bar is the fall achieved; the tick the fall required. The whole is half again as much.
    let fall = move || status().change.map_or(0.0, |change| (-change).max(0.0));
    let required = move || status().required_fall;
    view! {
        <Kpi id="intensity" label=Signal::derive(label) value=Signal::derive(value) unit=Signal::derive(unit)>
            <Show when=move || required().is_some()>
                <BulletBar
                    value=Signal::derive(fall)
                    target=Signal::derive(required)
                    of=Signal::derive(move || required().unwrap_or(0.0).max(fall()) * 1.3)
                    worse=Signal::derive(move || status().gap.is_some_and(|gap| gap > 0.0))
                    label=Signal::derive(move || format!(
                        "{} {}{}{} {}",
                        t(lang, "已降", "achieved fall"), number::percent(Some(fall())), comma(lang),
                        t(lang, "应降", "required fall"), number::percent(required()),
                    ))
                />
            </Show>
            <p class="kpi-note">{level}</p>
            <p class="kpi-note">{note}</p>
        </Kpi>
    }
}
