//! The templates of case documents: an operator reads them, puts another text in the place of one, or takes it back.

use leptos::prelude::*;
use nengce_shared::access::permission::Permission;
use nengce_shared::api::case_papers::{DocumentTemplate, DocumentTemplateList, TemplateText};
use nengce_shared::lang::Lang;

use crate::components::page_head::PageHead;
use crate::components::panel::Panel;
use crate::components::sending::Sending;
use crate::components::sign_in::PermissionNeeded;
use crate::components::states::Loaded;
use crate::data::session::use_session;
use crate::i18n::{t, use_lang};
use crate::load::use_load;
use crate::url_state::use_url_state;

/// The key of the address that names the kind of document.
const KIND: &str = "kind";

#[component]
pub fn DocumentTemplatesPage() -> impl IntoView {
    let (lang, url, session) = (use_lang(), use_url_state(), use_session());
    let sees = move || session.may(Permission::Import);
    let load = use_load::<DocumentTemplateList>(move || {
        sees().then(|| "/api/v1/document-templates".to_owned())
    });
    let answer = move || {
        let replaced = load
            .data
            .with(|it| it.as_ref().map(|it| it.rows.iter().filter(|it| it.version > 0).count()))?;
        Some(match lang {
            Lang::Zh => view! { <b>{replaced}</b>" 个模板已替换；已发出的文书不随模板变化。" }.into_any(),
            Lang::En => view! { <b>{replaced}</b>" templates are replaced; documents that were issued never change." }.into_any(),
        })
    };
    view! {
        <PageHead title=t(lang, "文书模板", "Document templates") answer>
            <a class="control" href="/import">{t(lang, "数据导入", "Import")}</a>
        </PageHead>
        <Show when=sees fallback=move || view! { <PermissionNeeded permission=Permission::Import /> }>
            <Loaded load height=320 let:data>
                {
                    // Equal templates do not make the field anew while somebody types in it.
                    let rows = Memo::new(move |_| data.with(|it| it.rows.clone()));
                    move || {
                    let rows = rows.get();
                    let named = url.get(KIND);
                    let chosen = rows.iter().find(|it| Some(it.kind.as_str()) == named.as_deref()).or(rows.first()).cloned();
                    let options = rows.iter().map(|it| {
                        let selected = chosen.as_ref().is_some_and(|of| of.kind == it.kind);
                        view! { <option value=it.kind.as_str() selected=selected>{it.kind.label(lang)}</option> }
                    });
                    let options = options.collect_view();
                    view! {
                        <Panel id="template" title=t(lang, "模板", "Template") subtitle=t(lang, "# 标题　## 文号　| 行 | 列 |　> 右对齐　--- 横线　{{ 名称 }} 为案件中的值", "# title, ## number, | row | cell |, > right, --- rule, {{ name }} a value of the case")>
                            <div class="form-line"><label><span>{t(lang, "文书", "Document")}</span>
                                <select class="control" data-testid="template-kind" on:change=move |event| url.set(&[(KIND, Some(event_target_value(&event)))])>{options}</select>
                            </label></div>
                            {chosen.map(|it| view! { <TemplateForm it changed=Callback::new(move |()| load.retry()) /> })}
                        </Panel>
                    }
                }}
            </Loaded>
        </Show>
    }
}

#[component]
fn TemplateForm(it: DocumentTemplate, changed: Callback<()>) -> impl IntoView {
    let lang = use_lang();
    let text = RwSignal::new(it.content.clone());
    let sending = Sending::new(Callback::new(move |_| changed.run(())));
    let kind = it.kind;
    let put = move |content: String| {
        let path = format!("/api/v1/document-templates/{}", kind.as_str());
        sending.put(path, serde_json::to_string(&TemplateText { content }), lang);
    };
    let version = match (it.version, lang) {
        (0, _) => t(lang, "内置模板", "the built-in one").to_owned(),
        (n, Lang::Zh) => format!("第 {n} 版，{} {}", it.put_at, it.put_by),
        (n, Lang::En) => format!("version {n}, {} {}", it.put_at, it.put_by),
    };
    let is_replaced = it.version > 0;
    view! {
        <p class="note" data-testid="template-version">{version}</p>
        <label class="reason-field"><span>{kind.label(lang)}</span>
            <textarea class="control template-text" rows="22" maxlength="20000" spellcheck="false" prop:value=text on:input=move |event| text.set(event_target_value(&event)) data-testid="template-text"></textarea>
        </label>
        {sending.problem()}
        <div class="actions">
            <button type="button" class="control primary" disabled=sending.busy on:click=move |_| put(text.get_untracked()) data-testid="put-template">{t(lang, "替换模板", "Replace the template")}</button>
            <Show when=move || is_replaced><button type="button" class="control" disabled=sending.busy on:click=move |_| put(String::new()) data-testid="built-in-template">{t(lang, "恢复内置", "Back to the built-in one")}</button></Show>
        </div>
    }
}
