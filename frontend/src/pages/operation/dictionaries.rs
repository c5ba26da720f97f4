//! The editions of the dictionaries, and which terminal downloaded which.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::operation::{DictionaryEdition, Operation, TerminalEdition};
use nengce_shared::dictionary::dictionary_words;
use nengce_shared::lang::Lang;
use nengce_shared::number::MISSING;

use crate::components::panel::Panel;
use crate::components::table::{Column, DataTable};
use crate::export::Cell;
use crate::i18n::{t, use_lang};
use crate::url_state::use_url_state;

#[component]
pub fn EditionsPanel(data: Signal<Arc<Operation>>) -> impl IntoView {
    let lang = use_lang();
    let title = t(lang, "字典版本", "Editions of the dictionaries");
    let subtitle =
        move || data.with(|it| format!("{} {}", t(lang, "现行版本号", "in force"), it.dic_version));
    let whose = move |row: &DictionaryEdition| match row.replaced {
        true => t(lang, "运行人员导入", "imported"),
        false => t(lang, "内置", "built in"),
    };
    let columns = vec![
        Column::new(t(lang, "字典", "Dictionary"), move |row: &DictionaryEdition| {
            Cell::text(dictionary_words(&row.name, lang))
        })
        .in_narrow(),
        Column::new(t(lang, "行", "Rows"), |row: &DictionaryEdition| {
            Cell::Figure(Some(f64::from(row.rows)), 0)
        })
        .number()
        .in_narrow(),
        Column::new(t(lang, "来历", "Whose"), move |row: &DictionaryEdition| {
            Cell::text(whose(row))
        })
        .in_narrow(),
        Column::new(t(lang, "版本", "Editions"), move |row: &DictionaryEdition| {
            Cell::text(joined(&row.editions).join(lang.pick("；", "; ")))
        })
        .class("sentence"),
    ];
    view! {
        <Panel id="editions" title subtitle=Signal::derive(subtitle)>
            <DataTable
                label=title
                columns
                rows=Memo::new(move |_| data.with(|it| it.dictionaries.clone()))
                key=|row: &DictionaryEdition| row.name.clone()
                empty=MISSING
            />
        </Panel>
    }
}

/// The editions, years that follow each other as one: 「2000–2025」.
fn joined(editions: &[String]) -> Vec<String> {
    let year = |it: &str| it.parse::<u16>().ok();
    let mut runs: Vec<(&str, &str)> = Vec::new();
    for edition in editions {
        match runs.last_mut() {
            Some((_, last)) if year(last).is_some_and(|it| year(edition) == Some(it + 1)) => {
                *last = edition;
            }
            _ => runs.push((edition, edition)),
        }
    }
    let words = |(first, last): (&str, &str)| match first == last {
        true => first.to_owned(),
        false => format!("{first}–{last}"),
    };
    runs.into_iter().map(words).collect()
}

#[component]
pub fn TerminalsPanel(data: Signal<Arc<Operation>>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let title = t(lang, "终端的字典版本", "Which terminal has which edition");
    let subtitle = move || {
        let (current, total) = data.with(|it| (it.terminals_current, it.terminals_total));
        match lang {
            Lang::Zh => format!("{current} / {total} 台已有现行版本 · 未取的在前"),
            Lang::En => format!("{current} of {total} have the one in force · others first"),
        }
    };
    let in_force = Memo::new(move |_| data.with(|it| it.dic_version.clone()));
    let state = move |row: &TerminalEdition| match &row.dic_version {
        None => t(lang, "从未取过", "never downloaded").to_owned(),
        Some(it) if in_force.with(|now| now == it) => t(lang, "现行", "in force").to_owned(),
        Some(it) => it.clone(),
    };
    let time = |at: &Option<String>| at.clone().unwrap_or_else(|| MISSING.to_owned());
    let columns = vec![
        Column::new(t(lang, "单位", "Unit"), |row: &TerminalEdition| {
            Cell::text(row.unit_name.clone())
        })
        .in_narrow()
        .show(move |row| {
            let path = format!("/units/{}", row.enterprise_code);
            view! { <a href=move || url.href(&path)>{row.unit_name.clone()}</a> }
        })
        .sort_text(|row| row.unit_name.clone()),
        Column::new(t(lang, "版本", "Edition"), move |row: &TerminalEdition| {
            Cell::text(state(row))
        })
        .in_narrow()
        .sort_text(|row| row.dic_version.clone().unwrap_or_default()),
        Column::new(t(lang, "取于", "Downloaded"), move |row: &TerminalEdition| {
            Cell::text(time(&row.downloaded_at))
        })
        .sort_text(|row| row.downloaded_at.clone().unwrap_or_default()),
    ];
    view! {
        <Panel
            id="terminal-editions"
            title
            subtitle=Signal::derive(subtitle)
            note=t(lang, "最多列 1,000 台。", "At most 1,000 are listed.")
        >
            <div class="fold">
                <DataTable
                    label=title
                    columns
                    rows=Memo::new(move |_| data.with(|it| it.terminals.clone()))
                    key=|row: &TerminalEdition| row.enterprise_code.clone()
                    empty=t(lang, "没有已批准的终端。", "No terminal is approved.")
                />
            </div>
        </Panel>
    }
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn years_that_follow_each_other_are_one_edition() {
        let editions = ["2000", "2001", "2002", "2005", "GB/T 2589-2020"].map(str::to_owned);
        assert_eq!(joined(&editions), ["2000–2002", "2005", "GB/T 2589-2020"]);
        assert!(joined(&[]).is_empty());
    }
}
