//! The file: dropped or selected, and which kind it is.

use leptos::ev::{DragEvent, Event};
use leptos::prelude::*;
use nengce_shared::number;
use wasm_bindgen::JsCast;
use web_sys::{File, FileList, HtmlInputElement};

use super::fields::{KINDS, about};
use super::flow::{Busy, Flow};
use crate::components::panel::Panel;
use crate::i18n::{t, use_lang};

#[component]
pub fn FilePanel(flow: Flow) -> impl IntoView {
    let lang = use_lang();
    let over = RwSignal::new(false);
    let take = move |files: Option<FileList>| {
        let file: Option<File> = files.and_then(|it| it.get(0));
        if let Some(file) = file {
            flow.open(file);
        }
    };
    let selected = move |event: Event| {
        let input = event.target().and_then(|it| it.dyn_into::<HtmlInputElement>().ok());
        if let Some(input) = input {
            take(input.files());
            // The same file can be selected again after it was mended.
            input.set_value("");
        }
    };
    let dropped = move |event: DragEvent| {
        event.prevent_default();
        over.set(false);
        take(event.data_transfer().and_then(|it| it.files()));
    };
    let kinds = KINDS
        .map(|(kind, zh, en)| {
            view! {
                <button
                    type="button"
                    data-kind=kind
                    aria-pressed=move || flow.kind.with(|it| it == kind).to_string()
                    on:click=move |_| flow.set_kind(kind)
                >
                    {t(lang, zh, en)}
                </button>
            }
        })
        .collect_view();
    let state = move || match (flow.busy.get(), flow.selected.get()) {
        (Some(Busy::Reading), _) => t(lang, "正在读取…", "Reading…").to_owned(),
        (_, Some((name, bytes))) => format!("{name} · {}", size(bytes)),
        (_, None) => t(
            lang,
            "XLSX、XLS 或 CSV（UTF-8、GB18030、UTF-16）",
            "XLSX, XLS or CSV (UTF-8, GB18030, UTF-16)",
        )
        .to_owned(),
    };
    view! {
        <Panel id="import-file" title=t(lang, "文件", "File") subtitle=Signal::derive(move || flow.kind.with(|it| about(it, lang)).to_owned())>
            <div class="segment scrolls" role="group" aria-label=t(lang, "文件种类", "Kind of file")>{kinds}</div>
            <div
                class="drop"
                class:over=over
                on:dragover=move |event: DragEvent| {
                    event.prevent_default();
                    over.set(true);
                }
                on:dragleave=move |_| over.set(false)
                on:drop=dropped
            >
                <input
                    id="file-input"
                    type="file"
                    class="sr"
                    accept=".csv,.txt,.xlsx,.xls,.htm,.html,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
                    aria-describedby="file-state"
                    on:change=selected
                />
                <label for="file-input" class="control" class:primary=move || flow.selected.with(Option::is_none)>
                    {move || if flow.selected.with(Option::is_some) { t(lang, "换一个文件", "Choose another file") } else { t(lang, "选择文件", "Choose a file") }}
                </label>
                <span>{t(lang, "或把文件拖到这里", "or drop it here")}</span>
                <p id="file-state" class="note" role="status">{state}</p>
            </div>
        </Panel>
    }
}

fn size(bytes: f64) -> String {
    if bytes < 1_000_000.0 {
        format!("{} KB", number::grouped((bytes / 1000.0).max(0.1), 1))
    } else {
        format!("{} MB", number::grouped(bytes / 1e6, 1))
    }
}
