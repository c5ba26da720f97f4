//! The compliance of the unit: a cell for each of the last quarters and the current one, each with its worst state. A cell
//! opens its events; which one is open is part of the address.

use leptos::prelude::*;
use nengce_shared::api::compliance::{Compliance, ComplianceEvent, ComplianceQuarter};
use nengce_shared::compliance_state::ComplianceState;
use nengce_shared::lang::Lang;

use super::UnitCode;
use crate::components::panel::Panel;
use crate::components::states::Loaded;
use crate::i18n::{t, use_lang};
use crate::load::use_load;
use crate::url_state::use_url_state;

#[component]
pub fn CompliancePanel() -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let code = expect_context::<UnitCode>();
    let load = use_load::<Compliance>(move || Some(code.path("/compliance")));
    let quarters = Memo::new(move |_| {
        load.data.with(|it| it.as_ref().map(|it| it.quarters.clone())).unwrap_or_default()
    });
    // The newest quarter with something to tell is open until the reader opens another.
    let open = Memo::new(move |_| {
        let all = quarters.get();
        let asked = url.get("quarter");
        let chosen = all.iter().find(|it| Some(&it.quarter) == asked.as_ref());
        let newest = || all.iter().rev().find(|it| !it.events.is_empty());
        chosen.or_else(newest).or(all.last()).cloned()
    });
    let title = Signal::derive(move || {
        let complete = quarters.with(|it| it.len().saturating_sub(1));
        match lang {
            Lang::Zh => format!("近 {complete} 季度与本季"),
            Lang::En => format!("The last {complete} quarters and this one"),
        }
    });
    let cells = move || {
        let cell = |it: ComplianceQuarter| {
            let (quarter, state) = (it.quarter.clone(), it.state);
            let is_open = {
                let quarter = quarter.clone();
                move || open.with(|it| it.as_ref().is_some_and(|it| it.quarter == quarter))
            };
            let words = format!("{} {}", named(&it, lang), state.label(lang));
            let select = move |_| url.set(&[("quarter", Some(quarter.clone()))]);
            view! {
                <button
                    type="button"
                    class=format!("quarter {}", state.as_str())
                    class:current=it.is_current
                    aria-pressed=move || is_open().to_string()
                    aria-label=words.clone()
                    title=words
                    data-quarter=it.quarter
                    on:click=select
                >
                    {shape(state)}
                </button>
            }
        };
        quarters.get().into_iter().map(cell).collect_view()
    };
    let ends = move || {
        quarters.with(|it| {
            let first = it.first().map(|it| named(it, lang)).unwrap_or_default();
            view! { <span>{first}</span><span>{t(lang, "本季", "this quarter")}</span> }
        })
    };
    let legend = move || {
        let word = |it: &ComplianceState| {
            view! {
                <span><i class=format!("quarter-shape {}", it.as_str())>{shape(*it)}</i>{it.label(lang)}</span>
            }
        };
        ComplianceState::ALL.iter().map(word).collect_view()
    };
    view! {
        <Panel id="compliance" title subtitle=t(lang, "每格取当季最差 · 点开看事项", "a cell is the worst of its quarter; open one for its events")>
            <Loaded load height=160 let:data>
                {let _ = data;}
                <div class="quarters" role="group" aria-label=title>{cells}</div>
                <p class="quarter-ends" aria-hidden="true">{ends}</p>
                {move || open.get().map(|it| view! { <Events quarter=it /> })}
                <p class="quarter-legend note">{legend}</p>
            </Loaded>
        </Panel>
    }
}

#[component]
fn Events(quarter: ComplianceQuarter) -> impl IntoView {
    let lang = use_lang();
    let name = named(&quarter, lang);
    let none = match quarter.state {
        ComplianceState::Unknown => t(
            lang,
            "没有应收或已收的数据，不能判断。",
            "Nothing was due or came: this cannot be told.",
        ),
        _ => t(lang, "没有发现问题。", "Nothing was found."),
    };
    let is_empty = quarter.events.is_empty();
    let row = |it: ComplianceEvent| {
        view! {
            <li>
                <i class=format!("quarter-shape {}", it.state.as_str()) title=it.state.label(lang)>{shape(it.state)}</i>
                <time>{it.day}</time>
                <a href=it.link>{lang.pick(&it.zh, &it.en).to_owned()}</a>
            </li>
        }
    };
    view! {
        <div class="quarter-events" data-testid="quarter-events">
            <h3>{name}" · "{quarter.state.label(lang)}</h3>
            <Show when=move || is_empty>
                <p>{none}</p>
            </Show>
            <ul>{quarter.events.into_iter().map(row).collect_view()}</ul>
        </div>
    }
}

/// 「2026 年三季度」
fn named(it: &ComplianceQuarter, lang: Lang) -> String {
    let (year, quarter) = it.quarter.split_once("-Q").unwrap_or((&it.quarter, ""));
    match lang {
        Lang::Zh => {
            let word = match quarter {
                "1" => "一",
                "2" => "二",
                "3" => "三",
                _ => "四",
            };
            format!("{year} 年{word}季度")
        }
        Lang::En => format!("Q{quarter} {year}"),
    }
}

/// The shape of a state, which says without colour what it is.
fn shape(state: ComplianceState) -> &'static str {
    match state {
        ComplianceState::Violation => "▲",
        ComplianceState::Trouble => "◆",
        ComplianceState::Fine => "●",
        ComplianceState::Unknown => "○",
    }
}
