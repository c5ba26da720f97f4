//! A document as the paper that it is: title, number, paragraphs, rows, at the size of a sheet.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use nengce_shared::access::permission::Permission;
use nengce_shared::api::case_papers::{CaseDocument, DocumentBlock};

use crate::components::page_head::PageHead;
use crate::components::sign_in::PermissionNeeded;
use crate::components::states::Loaded;
use crate::data::session::use_session;
use crate::i18n::{t, use_lang};
use crate::load::use_load;
use crate::url_state::use_url_state;

/// A page that shows one document and gives its file.
#[component]
pub fn CaseDocumentPage() -> impl IntoView {
    let (lang, url, session, params) =
        (use_lang(), use_url_state(), use_session(), use_params_map());
    let of = move |key: &str| params.with(|it| it.get(key)).unwrap_or_default();
    let path = move || format!("/api/v1/cases/{}/documents/{}", of("id"), of("document"));
    let sees = move || session.may(Permission::Cases);
    let load = use_load::<CaseDocument>(move || sees().then(path));
    let title = Signal::derive(move || {
        let name = load.data.with(|it| it.as_ref().map(|it| it.about.kind.label(lang).to_owned()));
        name.unwrap_or_else(|| t(lang, "案件文书", "Document of a case").to_owned())
    });
    let answer = move || {
        load.data.get().map(|it| {
            let served = match &it.about.served_on {
                Some(day) => format!("{} {day}", t(lang, "已送达", "served on")),
                None if it.about.is_served => t(lang, "待送达", "to be served").to_owned(),
                None => t(lang, "不送达", "not served").to_owned(),
            };
            view! { <b>{it.about.number.clone()}</b>" · "{it.about.on.clone()}" · "{served}" · SM3 "<code class="breaks">{it.about.sm3.clone()}</code> }
        })
    };
    let file = move |copy: &'static str, label: &'static str| {
        let href = move || format!("{}?format=docx&copy={copy}", path());
        view! { <a class="control" href=href rel="external" download data-testid=format!("docx-{copy}")>{label}</a> }
    };
    view! {
        <PageHead title answer>
            <a class="control" href=move || url.href(&format!("/cases/{}", of("id")))>{t(lang, "返回案件", "Back to the case")}</a>
            {file("original", t(lang, "正本 DOCX", "Original DOCX"))}
            {file("duplicate", t(lang, "副本", "Duplicate"))}
            {file("stub", t(lang, "存根", "Stub"))}
            <button type="button" class="control" on:click=move |_| { window().print().ok(); }>{t(lang, "打印", "Print")}</button>
        </PageHead>
        <Show when=sees fallback=move || view! { <PermissionNeeded permission=Permission::Cases /> }>
            <Loaded load height=600 let:data>{move || view! { <Paper it=data.get() /> }}</Loaded>
        </Show>
    }
}

/// The sheet. Documents are Chinese, as the law wants them.
#[component]
pub fn Paper(it: Arc<CaseDocument>) -> impl IntoView {
    let parts = it.blocks.chunk_by(|a, b| a.kind == "row" && b.kind == "row");
    let parts: Vec<AnyView> = parts.map(part).collect();
    view! { <article class="paper" lang="zh-CN" data-testid="paper">{parts}</article> }
}

fn part(of: &[DocumentBlock]) -> AnyView {
    let Some(first) = of.first() else { return ().into_any() };
    let text = first.text.first().cloned().unwrap_or_default();
    match first.kind.as_str() {
        "title" => view! { <h2>{text}</h2> }.into_any(),
        "number" => view! { <p class="number">{text}</p> }.into_any(),
        "right" => view! { <p class="right">{text}</p> }.into_any(),
        "line" => view! { <hr /> }.into_any(),
        "row" => {
            let row = |it: &DocumentBlock| {
                let cells = it.text.iter().map(|it| view! { <td>{it.clone()}</td> });
                view! { <tr>{cells.collect_view()}</tr> }
            };
            view! { <table><tbody>{of.iter().map(row).collect_view()}</tbody></table> }.into_any()
        }
        _ => text.split('\n').map(|it| view! { <p>{it.to_owned()}</p> }).collect_view().into_any(),
    }
}
