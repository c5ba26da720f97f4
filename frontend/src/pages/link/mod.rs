//! The platforms above and below: whether the city is up to date above, what is refused there, dictionaries from there,
//! which platforms below and which regions lag.

mod below;
mod lists;
mod offers;
mod regions;
mod upper;
mod words;

use leptos::prelude::*;
use nengce_shared::access::permission::Permission;
use nengce_shared::api::link::LinkView;
use nengce_shared::lang::Lang;
use nengce_shared::link::OfferState;

use crate::components::page_head::PageHead;
use crate::components::sign_in::PermissionNeeded;
use crate::components::states::Loaded;
use crate::data::session::use_session;
use crate::i18n::{t, use_lang};
use crate::permitted_load::{refresh_while_seen, use_permitted_load};
use crate::url_state::use_url_state;

#[component]
pub fn LinkPage() -> impl IntoView {
    let (lang, url, session) = (use_lang(), use_url_state(), use_session());
    let load =
        use_permitted_load::<LinkView>(Permission::Operation, move || "/api/v1/link".to_owned());
    refresh_while_seen(load, Permission::Operation);
    let changes = RwSignal::new(0u32);
    let changed = Callback::new(move |()| {
        load.refresh();
        changes.update(|it| *it += 1);
    });
    let answer = move || load.data.get().map(|it| sentence(&it, lang));
    view! {
        <PageHead title=t(lang, "上下级平台", "Platforms above and below") answer>
            <a class="control" href=move || url.href("/operation")>{t(lang, "运行情况", "Operation")}</a>
        </PageHead>
        <Show
            when=move || session.may(Permission::Operation)
            fallback=move || view! {
                <PermissionNeeded permission=Permission::Operation />
            }
        >
            <Loaded load height=480 let:data>
                <upper::Uppers data changed />
                <lists::Lists changes />
                <regions::Regions data />
                <offers::Offers data changed />
                <below::Below data />
            </Loaded>
        </Show>
    }
}

/// 「2 个上级平台，1 个已是最新；1 版字典待决定；3 个下级平台。」
fn sentence(it: &LinkView, lang: Lang) -> String {
    let (all, below) = (it.uppers.len(), it.belows.len());
    let current = it.uppers.iter().filter(|it| upper::is_up_to_date(it)).count();
    let offered = it.offers.iter().filter(|it| it.state == OfferState::Offered).count();
    let mut clauses = vec![match (all, lang) {
        (0, Lang::Zh) => "没有配置上级平台".to_owned(),
        (0, Lang::En) => "No platform above is configured".to_owned(),
        (all, Lang::Zh) => format!("{all} 个上级平台，{current} 个已是最新"),
        (all, Lang::En) => format!("{current} of {all} platforms above up to date"),
    }];
    if offered > 0 {
        clauses.push(match lang {
            Lang::Zh => format!("{offered} 版字典待决定"),
            Lang::En => format!("{offered} editions of the dictionaries to decide on"),
        });
    }
    clauses.push(match (below, lang) {
        (0, Lang::Zh) => "没有下级平台".to_owned(),
        (0, Lang::En) => "no platforms below".to_owned(),
        (n, Lang::Zh) => format!("{n} 个下级平台"),
        (n, Lang::En) => format!("{n} platforms below"),
    });
    format!("{}{}", clauses.join(lang.pick("；", "; ")), lang.pick("。", "."))
}
