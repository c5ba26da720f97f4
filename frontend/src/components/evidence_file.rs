//! Files as evidence: one is added to a thread as soon as it is chosen; in the thread each has its size and hash.

use gloo_net::http::Method;
use leptos::prelude::*;
use nengce_shared::lang::Lang;
use nengce_shared::number;
use web_sys::File;

use crate::components::file_choice::FileChoice;
use crate::components::sending::Sending;
use crate::data::api_client::send;
use crate::i18n::{t, use_lang};
use crate::url_state::push_pair;

const ACCEPT: &str = ".pdf,.jpg,.jpeg,.png,.xlsx,.docx,.txt,.csv";
/// Characters of a hash that the thread shows.
const HASH_CHARS: usize = 12;

/// The field that adds a file at an address.
#[component]
pub fn AddFile(path: Signal<String>, done: Callback<Option<u64>>) -> impl IntoView {
    let lang = use_lang();
    let sending = Sending::new(done);
    let chosen = Callback::new(move |file: File| {
        let mut query = String::new();
        push_pair(&mut query, "name", Some(&file.name()));
        let path = path.with_untracked(|it| format!("{it}?{query}"));
        sending.run(async move {
            send(Method::POST, &path, Some(file.into()), lang).await?;
            done.run(None);
            Ok(())
        });
    });
    let rule = t(
        lang,
        "PDF、照片、XLSX、DOCX、文本；选中即存，双方可见，不能删除",
        "PDF, photos, XLSX, DOCX, text; kept at once, seen by both sides, and never taken away",
    );
    view! {
        <div class="drop">
            <FileChoice id="evidence-file" accept=ACCEPT label=t(lang, "添加附件", "Add a file") described_by="evidence-file-state".to_owned() chosen />
            <p id="evidence-file-state" class="note" role="status">{move || if sending.busy.get() { t(lang, "正在上传…", "Uploading…") } else { rule }}</p>
        </div>
        {sending.problem()}
    }
}

/// 「抄表照片.png · 12.3 KB · SM3 5f0c1a…」
pub fn evidence_file(
    href: String,
    name: &str,
    (bytes, sm3): (u64, &str),
    lang: Lang,
) -> impl IntoView + use<> {
    let hash = sm3.get(..HASH_CHARS).unwrap_or(sm3).to_owned();
    let size = number::grouped(bytes as f64 / 1000.0, 1);
    let title = t(lang, "内容的 SM3 杂凑值：", "SM3 hash of the content: ").to_owned() + sm3;
    view! {
        <p>
            <a href=href rel="external" download data-testid="evidence">{name.to_owned()}</a>
            <span class="note">" · "{size}" KB · SM3 "<code title=title>{hash}"…"</code></span>
        </p>
    }
}
