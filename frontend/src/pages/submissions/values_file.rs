//! Values from a file: looked at first, every wrong cell with its place and reason; then submitted with a reason like typed
//! ones.

use gloo_net::http::Method;
use leptos::prelude::*;
use nengce_shared::api::submission::{CheckNote, TypedValue, ValuesFile, ValuesRequest};
use nengce_shared::json::FromJson;
use nengce_shared::lang::Lang;
use nengce_shared::number;
use web_sys::File;

use crate::components::file_choice::FileChoice;
use crate::components::file_import::wrong_cells;
use crate::components::panel::Panel;
use crate::components::sending::Sending;
use crate::components::typed_periods::note;
use crate::data::api_client::{send, unreadable};
use crate::export::save::download;
use crate::i18n::{t, use_lang};
use crate::url_state::use_url_state;

/// Rows of a file that the first look shows.
const ROWS_SHOWN: usize = 100;

#[component]
pub fn ValuesFilePanel(code: String, done: Callback<Option<u64>>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let code = StoredValue::new(code);
    let found = RwSignal::new(None::<ValuesFile>);
    let reason = RwSignal::new(String::new());
    let reading = Sending::new(done);
    let sending = Sending::new(Callback::new(move |id| {
        found.set(None);
        reason.set(String::new());
        done.run(id);
    }));
    let chosen = Callback::new(move |file: File| {
        found.set(None);
        let path = format!("/api/v1/units/{}/values/read", code.get_value());
        reading.run(async move {
            let json = send(Method::POST, &path, Some(file.into()), lang).await?;
            let read = ValuesFile::from_json(json).map_err(|it| unreadable(&it, lang))?;
            found.try_set(Some(read));
            Ok(())
        });
    });
    let template = move |_| {
        let item = url.get("item").unwrap_or_else(|| "00-00-0000-023300-11".to_owned());
        let text = format!("\u{feff}采集项,时段,数值,单位\r\n{item},2026-01-31,,\r\n");
        download("values.csv", "text/csv", text.as_bytes());
    };
    let submit = move |_| {
        let values = found.with_untracked(|it| it.as_ref().map(|it| it.values.clone()));
        let request =
            ValuesRequest { values: values.unwrap_or_default(), reason: reason.get_untracked() };
        let path = format!("/api/v1/units/{}/values", code.get_value());
        sending.post(path, serde_json::to_string(&request), lang);
    };
    let rule = t(
        lang,
        "XLSX 或 CSV，列：采集项（编码或名称）、时段（日或月）、数值、单位（可空）；先核对，不会直接保存",
        "XLSX or CSV with the columns item (code or name), period (day or month), value and, if you like, unit; looked at first, nothing is stored by choosing it",
    );
    let is_ready = move || found.with(|it| it.as_ref().is_some_and(|it| it.errors.is_empty()));
    let has_reason = move || !reason.with(|it| it.trim().is_empty());
    view! {
        <Panel id="values-file" title=t(lang, "从文件填报", "Values from a file") subtitle=t(lang, "多天、多项一次填", "many days and items at once")>
            <div class="drop">
                <FileChoice id="values-file-field" accept=".csv,.xlsx,.xls" label=t(lang, "选择文件", "Choose a file") described_by="values-file-state".to_owned() chosen />
                <button type="button" class="control" on:click=template>{t(lang, "下载模板（CSV）", "Template (CSV)")}</button>
                <p id="values-file-state" class="note" role="status">{move || if reading.busy.get() { t(lang, "正在读取…", "Reading…") } else { rule }}</p>
            </div>
            {reading.problem()}
            <div data-testid="values-file-outcome">{move || found.with(|it| it.as_ref().map(|it| look(it, lang)))}</div>
            <Show when=is_ready>
                <label class="reason-field">
                    <span>{t(lang, "原因（必填）", "Reason (required)")}</span>
                    <textarea class="control" rows="2" maxlength="1000" prop:value=reason on:input=move |event| reason.set(event_target_value(&event)) data-testid="values-file-reason"></textarea>
                </label>
                <div class="actions">
                    <button type="button" class="control primary" disabled=move || sending.busy.get() || !has_reason() on:click=submit data-testid="send-values-file">{t(lang, "提交这些值", "Submit these values")}</button>
                </div>
            </Show>
            {sending.problem()}
        </Panel>
    }
}

/// What the first look found: the wrong cells, or the values with what the unit's history says about them.
fn look(it: &ValuesFile, lang: Lang) -> AnyView {
    let (rows, wrong, values) = (it.rows, it.errors.len(), it.values.len());
    if wrong > 0 {
        let words = match lang {
            Lang::Zh => format!("{rows} 行，有误 {wrong} 处；改好文件后重新选择"),
            Lang::En => {
                format!("{rows} rows, {wrong} wrong cells: mend the file and choose it again")
            }
        };
        let cells = wrong_cells(&it.errors, lang);
        return view! { <p role="status"><b>{words}</b></p>{cells} }.into_any();
    }
    let noticed = it.notes.iter().filter(|it| it.severity != "low").count();
    let words = match lang {
        Lang::Zh => format!("{rows} 行，{values} 个值可以提交；核对提示 {noticed} 条"),
        Lang::En => format!("{rows} rows, {values} values can be submitted; {noticed} remarks"),
    };
    let more = values.saturating_sub(ROWS_SHOWN);
    let more = (more > 0).then(|| match lang {
        Lang::Zh => format!("另有 {more} 个值未列出。"),
        Lang::En => format!("{more} more values are not listed."),
    });
    let rows = it.values.iter().take(ROWS_SHOWN).map(|value| row(value, &it.notes, lang));
    let rows = rows.collect_view();
    view! {
        <p role="status"><b>{words}</b></p>
        <div class="rows-table" tabindex="0" role="group" aria-label=t(lang, "文件中的值", "Values of the file")>
            <table class="data">
                <thead><tr><th scope="col">{t(lang, "采集项", "Item")}</th><th scope="col">{t(lang, "时段", "Period")}</th><th scope="col" class="num">{t(lang, "数值", "Value")}</th><th scope="col">{t(lang, "核对", "Check")}</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <p class="note">{more}</p>
    }
    .into_any()
}

fn row(it: &TypedValue, notes: &[CheckNote], lang: Lang) -> impl IntoView + use<> {
    let of = |note: &&CheckNote| note.data_code == it.data_code && note.period == it.period;
    let told = notes.iter().filter(of).map(|it| note(it, lang)).collect_view();
    view! { <tr><td><code>{it.data_code.clone()}</code></td><td>{it.period.clone()}</td><td class="num">{number::grouped(it.value, 2)}</td><td class="sentence">{told}</td></tr> }
}
