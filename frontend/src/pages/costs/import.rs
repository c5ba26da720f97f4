//! A file of tariffs or plans: looked at first, each wrong cell with its place and reason; then taken whole. And the template.

use gloo_net::http::Method;
use leptos::ev::Event;
use leptos::prelude::*;
use nengce_shared::api::account::WrongCell;
use nengce_shared::json::FromJson;
use nengce_shared::lang::Lang;
use wasm_bindgen::JsCast;
use web_sys::{File, HtmlInputElement};

use crate::data::api_client::{ApiError, send, unreadable};
use crate::export::save::download;
use crate::i18n::{t, use_lang};

/// What a first look at a file found, or what became of it.
#[derive(Clone)]
pub(super) struct Outcome {
    pub dry_run: bool,
    pub errors: Vec<WrongCell>,
    /// What is taken, in words.
    pub sum: String,
}

async fn post<T: FromJson>(
    file: &File,
    path: &str,
    dry_run: bool,
    lang: Lang,
) -> Result<T, ApiError> {
    let path = format!("{path}?dry_run={dry_run}");
    let json = send(Method::POST, &path, Some(file.clone().into()), lang).await?;
    T::from_json(json).map_err(|reason| unreadable(&reason, lang))
}

#[component]
pub(super) fn FileImport<T>(
    /// Names the field, for tests.
    id: &'static str,
    #[prop(into)] path: Signal<String>,
    /// The answer of the server in the words of this form.
    told: fn(T, Lang) -> Outcome,
    /// The name of the template and its text.
    template: Callback<(), (String, String)>,
    /// Hears that something was stored.
    changed: Callback<()>,
) -> impl IntoView
where
    T: FromJson + 'static,
{
    let lang = use_lang();
    let file = StoredValue::new_local(None::<File>);
    let (outcome, failed) = (RwSignal::new(None::<Outcome>), RwSignal::new(None::<String>));
    let busy = RwSignal::new(false);
    let run = move |dry_run: bool| {
        let Some(file) = file.get_value().filter(|_| !busy.get_untracked()) else { return };
        busy.set(true);
        let path = path.get_untracked();
        leptos::task::spawn_local(async move {
            let answer = post::<T>(&file, &path, dry_run, lang).await;
            busy.try_set(false);
            failed.try_set(answer.as_ref().err().map(|it| words(it, lang)));
            let done = !dry_run && answer.is_ok();
            outcome.try_set(answer.ok().map(|it| told(it, lang)));
            if done {
                changed.run(());
            }
        });
    };
    let selected = move |event: Event| {
        let input = event.target().and_then(|it| it.dyn_into::<HtmlInputElement>().ok());
        let Some(input) = input else { return };
        file.set_value(input.files().and_then(|it| it.get(0)));
        // The same file can be selected again after it was mended.
        input.set_value("");
        outcome.set(None);
        run(true);
    };
    let take = Callback::new(move |()| run(false));
    let save = move |_| {
        let (name, text) = template.run(());
        download(&name, "text/csv", format!("\u{feff}{text}").as_bytes());
    };
    view! {
        <div class="drop">
            <input id=id type="file" class="sr" accept=".csv,.xlsx,.xls" data-testid=id on:change=selected />
            <label for=id class="control">{t(lang, "选择文件", "Choose a file")}</label>
            <button type="button" class="control" on:click=save>{t(lang, "下载模板（CSV）", "Template (CSV)")}</button>
            <p class="note" role="status">
                {move || if busy.get() { t(lang, "正在读取…", "Reading…") } else { t(lang, "XLSX 或 CSV；先核对，确认后才保存，有错则一行也不保存", "XLSX or CSV; it is looked at first, and nothing is stored while a cell is wrong") }}
            </p>
        </div>
        <p class="lv1-text" role="alert">{move || failed.get()}</p>
        {move || outcome.get().map(|it| found(it, id, busy, take, lang))}
    }
}

fn found(
    it: Outcome,
    id: &'static str,
    busy: RwSignal<bool>,
    take: Callback<()>,
    lang: Lang,
) -> impl IntoView {
    let is_ready = it.dry_run && it.errors.is_empty();
    let row = |it: &WrongCell| {
        view! { <tr><td>{it.row}</td><td>{it.field.clone()}</td><td class="wraps">{it.reason.clone()}</td></tr> }
    };
    let rows = it.errors.iter().map(row).collect_view();
    view! {
        <div data-testid=format!("{id}-outcome")>
            <p role="status"><b>{it.sum}</b></p>
            {(!it.errors.is_empty()).then(|| view! {
                <div class="table-scroll">
                    <table class="data">
                        <thead><tr><th scope="col">{t(lang, "行", "Row")}</th><th scope="col">{t(lang, "列", "Column")}</th><th scope="col">{t(lang, "原因", "Reason")}</th></tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            })}
            {is_ready.then(|| view! {
                <p class="actions"><button type="button" class="control primary" disabled=busy data-testid=format!("{id}-take") on:click=move |_| take.run(())>{t(lang, "确认保存", "Store them")}</button></p>
            })}
        </div>
    }
}

/// A refusal in the language of the reader.
fn words(error: &ApiError, lang: Lang) -> String {
    match error.detail.as_deref() {
        Some(it) => it.split_once(" / ").map_or(it, |(zh, en)| lang.pick(zh, en)).to_owned(),
        None => error.title.clone(),
    }
}
