//! The two files: fetched with the reader's own rights, and handed to the browser.

use leptos::prelude::*;

use crate::components::sending::Sending;
use crate::data::api_client::get_file;
use crate::export::save::download;
use crate::i18n::{t, use_lang};

/// Format, media type.
const FILES: [(&str, &str); 2] = [
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
];

#[component]
pub(super) fn Downloads(code: Memo<String>, year: Memo<Option<i16>>) -> impl IntoView {
    let lang = use_lang();
    let sending = Sending::new(Callback::new(|_| ()));
    let fetch = move |(format, media): (&'static str, &'static str)| {
        let Some(year) = year.get_untracked() else { return };
        let code = code.get_untracked();
        let path = format!("/api/v1/units/{code}/audit-pack?year={year}&format={format}");
        let name = format!("nengce-audit-pack-{code}-{year}.{format}");
        sending.run(async move {
            let bytes = get_file(&path, lang).await?;
            download(&name, media, &bytes);
            Ok(())
        });
    };
    let button = move |file: (&'static str, &'static str)| {
        let words = match file.0 {
            "xlsx" => t(lang, "下载 XLSX", "Download XLSX"),
            _ => t(lang, "下载 DOCX", "Download DOCX"),
        };
        view! {
            <button type="button" class="control" data-testid=format!("pack-{}", file.0) disabled=move || sending.busy.get() on:click=move |_| fetch(file)>
                {words}
            </button>
        }
    };
    view! {
        {FILES.map(button).into_iter().collect_view()}
        {sending.problem()}
    }
}
