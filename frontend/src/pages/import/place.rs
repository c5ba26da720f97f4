//! Where in a file the table is: which sheet, and on which line its header stands. A change reads the columns anew.

use leptos::prelude::*;

use super::flow::Flow;
use crate::i18n::{t, use_lang};

#[component]
pub fn PlaceFields(flow: Flow) -> impl IntoView {
    let lang = use_lang();
    let sheets = move || {
        let bare = flow.bare.get().filter(|it| it.sheets.len() > 1)?;
        let now = bare.sheet.clone();
        let options = bare
            .sheets
            .iter()
            .map(|it| {
                let selected = now.as_ref() == Some(&it.name);
                let words = match it.hidden {
                    true => format!("{}{}", it.name, t(lang, "（隐藏）", " (hidden)")),
                    false => it.name.clone(),
                };
                view! { <option value=it.name.clone() selected=selected>{words}</option> }
            })
            .collect_view();
        Some(view! {
            <label>
                <span>{t(lang, "工作表", "Sheet")}</span>
                <select
                    class="control"
                    data-testid="import-details"
                    on:change=move |event| flow.read(Some(event_target_value(&event)), None)
                >
                    {options}
                </select>
            </label>
        })
    };
    let header = move || {
        let bare = flow.bare.get()?;
        let sheet = flow.mapping.with_untracked(|it| it.sheet.clone());
        let change = move |event| {
            if let Ok(line) = event_target_value(&event).trim().parse() {
                flow.read(sheet.clone(), Some(line));
            }
        };
        Some(view! {
            <label>
                <span>{t(lang, "表头所在行", "Line of the header")}</span>
                <input
                    class="control num"
                    inputmode="numeric"
                    data-testid="import-header-line"
                    prop:value=bare.header_line.to_string()
                    on:change=change
                />
                <small class="note">{bare.encoding.clone()}</small>
            </label>
        })
    };
    view! { {sheets} {header} }
}
