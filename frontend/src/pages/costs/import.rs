//! A file of tariffs or plans: looked at first, each wrong cell with its place and reason; then taken whole. And the template.

use leptos::prelude::*;
use nengce_shared::api::account::WrongCell;
use nengce_shared::json::FromJson;
use nengce_shared::lang::Lang;

use crate::components::file_import::{FileField, FileImport, wrong_cells};
use crate::data::api_client::ApiError;
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

#[component]
pub(super) fn PricesOrPlanFile<T>(
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
    T: FromJson + Clone + Send + Sync + 'static,
{
    let lang = use_lang();
    let import = FileImport::<T>::new(path, changed);
    let failed = move || import.failed.get().map(|it| words(&it, lang));
    let found = move || {
        let answer = import.outcome.get()?;
        let take = Callback::new(move |()| import.take());
        Some(found(told(answer, lang), id, import.busy, take, lang))
    };
    let rule = t(
        lang,
        "XLSX 或 CSV；先核对，确认后才保存，有错则一行也不保存",
        "XLSX or CSV; it is looked at first, and nothing is stored while a cell is wrong",
    );
    let save = move |_| {
        let (name, text) = template.run(());
        download(&name, "text/csv", format!("\u{feff}{text}").as_bytes());
    };
    view! {
        <FileField id import rule>
            <button type="button" class="control" on:click=save>{t(lang, "下载模板（CSV）", "Template (CSV)")}</button>
        </FileField>
        <p class="lv1-text" role="alert">{failed}</p>
        {found}
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
    let wrong = wrong_cells(&it.errors, lang);
    view! {
        <div data-testid=format!("{id}-outcome")>
            <p role="status"><b>{it.sum}</b></p>
            {wrong}
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
