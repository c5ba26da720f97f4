//! What an edition changes: each dictionary with its counts, and its rows before and after.

use leptos::prelude::*;
use nengce_shared::api::link::{DictionaryChange, DictionaryRowChange};
use nengce_shared::dictionary::dictionary_words;
use nengce_shared::lang::Lang;
use nengce_shared::number::MISSING;

use super::super::words::count;
use crate::i18n::{t, use_lang};

#[component]
pub fn Changes(
    changes: Vec<DictionaryChange>,
    /// Whether a decision is still to be taken.
    waits: bool,
) -> impl IntoView {
    let lang = use_lang();
    match (changes.is_empty(), waits) {
        (true, true) => view! {
            <p data-testid="no-changes">{t(lang, "与现行字典没有差别，应用后什么都不变。", "It does not differ from the dictionaries in force; applying it changes nothing.")}</p>
        }
        .into_any(),
        (true, false) => ().into_any(),
        (false, _) => changes.into_iter().map(|it| view! { <Change it /> }).collect_view().into_any(),
    }
}

/// Rows that an answer lists at most.
const MOST_ROWS: usize = 50;

/// 「区划：新增 3 行，去掉 1 行，改 2 行」. Of a long list the changed rows are known in part.
fn summary(it: &DictionaryChange, lang: Lang) -> String {
    let changed = it.rows.iter().filter(|it| it.before.is_some() && it.after.is_some()).count();
    let (added, removed) = (count(it.added.into()), count(it.removed.into()));
    let all = it.rows.len() < MOST_ROWS;
    let name = dictionary_words(&it.dictionary, lang);
    match lang {
        Lang::Zh => {
            let least = if all { "" } else { "至少" };
            format!("{name}：新增 {added} 行，去掉 {removed} 行，{least}改 {changed} 行")
        }
        Lang::En => {
            let least = if all { "" } else { "at least " };
            format!("{name}: {added} new rows, {removed} go, {least}{changed} change")
        }
    }
}

#[component]
fn Change(it: DictionaryChange) -> impl IntoView {
    let lang = use_lang();
    let more = (it.rows.len() >= MOST_ROWS).then(|| match lang {
        Lang::Zh => format!("最多列 {MOST_ROWS} 行。"),
        Lang::En => format!("At most {MOST_ROWS} rows are listed."),
    });
    let label = summary(&it, lang);
    let rows = it.rows.into_iter().map(row).collect_view();
    view! {
        <details class="link-change" data-testid="change" data-dictionary=it.dictionary.clone()>
            <summary>{label.clone()}</summary>
            <div class="table-scroll compare" tabindex="0">
                <table class="data">
                    <caption class="sr">{label}</caption>
                    <thead><tr><th scope="col">{t(lang, "现在", "Now")}</th><th scope="col">{t(lang, "应用后", "Then")}</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            {more.map(|it| view! { <p class="note">{it}</p> })}
        </details>
    }
}

fn row(it: DictionaryRowChange) -> impl IntoView {
    let cell = |it: Option<String>| it.unwrap_or_else(|| MISSING.to_owned());
    view! { <tr><td class="before">{cell(it.before)}</td><td>{cell(it.after)}</td></tr> }
}
