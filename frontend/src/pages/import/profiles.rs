//! Mappings under a name: a file with the same header needs no mapping again.

use gloo_net::http::Method;
use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;
use nengce_shared::api::imports::{ImportProfile, ImportProfileBody, ImportProfileList};
use wasm_bindgen::JsValue;

use super::flow::Flow;
use crate::components::panel::Panel;
use crate::data::api_client::{ApiError, send};
use crate::i18n::{t, use_lang};
use crate::load::Load;
use crate::url_state::push_pair;

#[component]
pub fn ProfilesPanel(flow: Flow, list: Load<ImportProfileList>) -> impl IntoView {
    let lang = use_lang();
    let input = NodeRef::<html::Input>::new();
    let failed = RwSignal::new(None::<ApiError>);
    let done = move |answer: Result<_, ApiError>| match answer {
        Ok(_) => {
            failed.try_set(None);
            list.retry();
        }
        Err(error) => {
            failed.try_set(Some(error));
        }
    };
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let name = input.get_untracked().map(|it| it.value()).unwrap_or_default();
        let body = ImportProfileBody {
            mapping: flow.mapping.get_untracked(),
            columns: flow
                .bare
                .with_untracked(|it| it.as_ref().map_or_else(Vec::new, |it| it.columns.clone())),
        };
        let (path, Ok(body)) = (path(&name), serde_json::to_string(&body)) else {
            return;
        };
        if name.trim().is_empty() {
            return;
        }
        leptos::task::spawn_local(async move {
            done(send(Method::PUT, &path, Some(JsValue::from_str(&body)), lang).await);
        });
    };
    let remove = move |name: String| {
        leptos::task::spawn_local(async move {
            done(send(Method::DELETE, &path(&name), None, lang).await);
        });
    };
    let rows = move || {
        let all: Vec<ImportProfile> = flow
            .profiles
            .get()
            .into_iter()
            .filter(|it| flow.kind.with(|kind| *kind == it.mapping.kind))
            .collect();
        if all.is_empty() {
            return view! { <p class="note">{t(lang, "还没有方案。填好列的含义后取名保存，下次表头相同即自动套用。", "No profiles yet. Name and save a mapping; a file with the same header takes it by itself.")}</p> }.into_any();
        }
        let rows = all
            .into_iter()
            .map(|it| {
                let (name, mapping) = (it.name.clone(), it.mapping);
                let (shown, gone) = (name.clone(), name.clone());
                let used = mapping.clone();
                view! {
                    <li>
                        <button type="button" class="text-button" aria-pressed=move || (flow.mapping.get() == used).to_string() on:click=move |_| {
                            flow.kind.set(mapping.kind.clone());
                            flow.mapping.set(mapping.clone());
                        }>{shown}</button>
                        <span class="note">{it.saved_at.get(..10).unwrap_or_default().to_owned()}</span>
                        <span class="spring"></span>
                        <button type="button" class="text-button" aria-label=format!("{} {name}", t(lang, "删除", "Delete")) on:click=move |_| remove(gone.clone())>
                            {t(lang, "删除", "Delete")}
                        </button>
                    </li>
                }
            })
            .collect_view();
        view! { <ul class="profiles">{rows}</ul> }.into_any()
    };
    view! {
        <Panel id="profiles" title=t(lang, "方案", "Profiles") subtitle=t(lang, "列的含义，按名保存", "mappings under a name")>
            {rows}
            <Show when=move || flow.bare.with(Option::is_some)>
                <form class="form-line" on:submit=save>
                    <label>
                        <span>{t(lang, "方案名称", "Name of the profile")}</span>
                        <input node_ref=input class="control field" maxlength="80" data-testid="profile-name" />
                    </label>
                    <button type="submit" class="control" data-testid="save-profile">{t(lang, "保存方案", "Save profile")}</button>
                </form>
            </Show>
            {move || failed.get().map(|it| view! { <p class="lv1-text" role="alert">{it.title}" "{it.detail}</p> })}
        </Panel>
    }
}

fn path(name: &str) -> String {
    let mut encoded = String::new();
    push_pair(&mut encoded, "", Some(name.trim()));
    format!("/api/v1/import-profiles/{}", encoded.trim_start_matches('='))
}
