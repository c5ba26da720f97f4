//! The page's answer in one sentence, from its own figures: the intensity, its change, and the three effects.

use leptos::prelude::*;
use nengce_shared::api::intensity::{Decomposition, IntensityView};
use nengce_shared::lang::Lang;
use nengce_shared::number;

use super::load::Loads;
use crate::format::{city_tce, incomparable, sign_class};
use crate::url_state::use_url_state;

pub fn sentence(loads: Loads, lang: Lang) -> impl IntoView {
    // A figure whose refresh failed is not an answer to the question on screen.
    let head = loads.view.answer(|it| level(it, lang));
    // The effects follow the figure: shown before it, their words would jump when it comes.
    let head_is_settled = head.is_some() || loads.view.error.with(Option::is_some);
    let tail = head_is_settled.then(|| loads.effects.answer(|it| effects(it, lang)));
    view! { {head} {tail} }
}

fn level(view: &IntensityView, lang: Lang) -> AnyView {
    let whole = &view.whole;
    if whole.value.is_none() {
        let words = lang.pick(
            "所选范围没有增加值，算不出强度。",
            "No value added in this scope, so no intensity.",
        );
        return words.into_any();
    }
    let value = number::intensity(whole.value);
    if let Some(reason) = incomparable(&view.scope, lang) {
        return match lang {
            Lang::Zh => {
                view! { "单位增加值能耗 " <b>{value} " tce/万元"</b> "，" {reason} "。" }.into_any()
            }
            Lang::En => {
                view! { "Energy per value added " <b>{value} " tce/10⁴ yuan"</b> ", " {reason} ". " }
                    .into_any()
            }
        };
    }
    let change = number::signed_percent(whole.change);
    let class = sign_class(whole.change);
    let against = use_url_state().selection.with(|it| it.against()).word(lang);
    match lang {
        Lang::Zh => view! {
            "单位增加值能耗 " <b>{value} " tce/万元"</b> "，" {against} " " <b class=class>{change}</b> "。"
        }
        .into_any(),
        Lang::En => view! {
            "Energy per value added " <b>{value} " tce/10⁴ yuan"</b> ", " {against} " " <b class=class>{change}</b> ". "
        }
        .into_any(),
    }
}

fn effects(it: &Decomposition, lang: Lang) -> AnyView {
    let parts = [
        (it.intensity_tce, lang.pick("强度效应", "Intensity")),
        (it.structure_tce, lang.pick("结构变化", "structure")),
        (it.activity_tce, lang.pick("规模", "activity")),
    ];
    let comma = lang.pick("，", ", ");
    let phrases = parts
        .into_iter()
        .enumerate()
        .map(|(at, (tce, name))| {
            let way = match (tce < 0.0, lang) {
                (true, Lang::Zh) => "压低",
                (false, Lang::Zh) => "推高",
                (true, Lang::En) => " lowered it by ",
                (false, Lang::En) => " raised it by ",
            };
            let energy = if at == 0 { lang.pick("能耗 ", "energy ") } else { lang.pick(" ", "") };
            let (way, energy) = match lang {
                Lang::Zh => (format!("{way}{energy}"), ""),
                Lang::En => (way.to_owned(), ""),
            };
            view! {
                {(at > 0).then_some(comma)} {name} {way} {energy} <b>{city_tce(Some(tce.abs()), lang)}</b>
            }
        })
        .collect_view();
    let stop = lang.pick("。", ".");
    view! { {phrases} {stop} }.into_any()
}
