//! What others may see of a unit: who looked at its data, with whom its manager shares them, and what peers learn.

mod form;
mod looks;
mod peers;
mod shares;
mod words;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use nengce_shared::access::permission::Permission;
use nengce_shared::api::sharing::{LookList, ShareList};
use nengce_shared::lang::Lang;

use crate::components::page_head::PageHead;
use crate::components::sign_in::PermissionNeeded;
use crate::components::states::Loaded;
use crate::data::session::use_session;
use crate::i18n::{t, use_lang};
use crate::load::use_load;
use crate::url_state::{push_pair, use_url_state};

#[component]
pub fn SharingPage() -> impl IntoView {
    let (lang, url, session, params) =
        (use_lang(), use_url_state(), use_session(), use_params_map());
    let code = Memo::new(move |_| params.with(|it| it.get("code")).unwrap_or_default());
    let sees = move || session.may(Permission::Looks);
    let looks = use_load::<LookList>(move || {
        let mut query = "limit=50".to_owned();
        for (key, parameter) in looks::FILTERS {
            push_pair(&mut query, parameter, url.get(key).as_deref());
        }
        push_pair(&mut query, "cursor", url.get("cursor").as_deref());
        sees().then(|| format!("/api/v1/units/{}/looks?{query}", code.get()))
    });
    let shares = use_load::<ShareList>(move || {
        sees().then(|| format!("/api/v1/units/{}/shares", code.get()))
    });
    let changed = Callback::new(move |()| shares.retry());
    let answer = move || {
        let in_force = shares.data.with(|it| it.as_ref().map(|it| it.in_force))?;
        let rows = looks.data.with(|it| it.as_ref().map(|it| it.page.total))?;
        Some(match lang {
            Lang::Zh => view! { "查看记录 "<b data-testid="looks">{rows}</b>" 行；生效的分享 "<b data-testid="shares-in-force">{in_force}</b>" 项。" }.into_any(),
            Lang::En => view! { <b data-testid="looks">{rows}</b>" rows of looks; "<b data-testid="shares-in-force">{in_force}</b>" shares are in force." }.into_any(),
        })
    };
    view! {
        <PageHead title=t(lang, "谁看过本单位数据", "Who looked at the unit's data") answer>
            <a class="control" href=move || url.href(&format!("/units/{}", code.get()))>{t(lang, "返回单位", "Back to the unit")}</a>
        </PageHead>
        <Show when=sees fallback=move || view! { <PermissionNeeded permission=Permission::Looks /> }>
            <Loaded load=looks height=320 let:data><looks::LooksPanel data code /></Loaded>
            <div class="split">
                <div class="col">
                    <Loaded load=shares height=240 let:data><shares::SharesPanel data code changed /></Loaded>
                </div>
                <div class="col">
                    <Show when=move || session.may(Permission::Share)>
                        <Loaded load=shares height=240 let:data><form::ShareForm data code changed /></Loaded>
                    </Show>
                    <Loaded load=shares height=120 let:data><peers::PeersPanel data /></Loaded>
                </div>
            </div>
        </Show>
    }
}
