//! What an enterprise submits by hand: values for a gap, reports of outages; and all receipts, one of them as a sheet of
//! paper.

mod outage;
mod receipt;
mod receipts;
mod values;
mod values_file;

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::access::permission::Permission;
use nengce_shared::api::submission::SubmissionList;
use nengce_shared::lang::Lang;
use nengce_shared::submission::SubmissionState;

use crate::components::page_head::PageHead;
use crate::components::panel::Panel;
use crate::components::sign_in::PermissionNeeded;
use crate::components::states::Loaded;
use crate::data::session::use_session;
use crate::i18n::{t, use_lang};
use crate::load::use_load;
use crate::url_state::{push_pair, use_url_state};

/// Receipts of one page of the list.
const PAGE_ROWS: &str = "50";

#[component]
pub fn SubmissionsPage() -> impl IntoView {
    let (lang, url, session) = (use_lang(), use_url_state(), use_session());
    let sees = move || session.may(Permission::Submissions);
    let list = use_load::<SubmissionList>(move || {
        let mut query = format!("limit={PAGE_ROWS}");
        for key in ["unit", "state", "cursor"] {
            push_pair(&mut query, key, url.get(key).as_deref());
        }
        sees().then(|| format!("/api/v1/submissions?{query}"))
    });
    let answer = move || list.data.get().map(|it| sentence(&it, lang));
    // The receipt of what was just submitted opens by itself.
    let done = Callback::new(move |id: Option<u64>| {
        list.retry();
        url.set(&[("receipt", id.map(|it| it.to_string()))]);
    });
    let changed = Callback::new(move |()| list.retry());
    let submits = move || session.may(Permission::Submit);
    view! {
        <PageHead title=t(lang, "填报与回执", "Submissions") answer />
        <Show when=sees fallback=move || view! { <PermissionNeeded permission=Permission::Submissions /> }>
            <div class="split">
                <div class="col">
                    <Show when=submits>
                        <OfUnit done />
                    </Show>
                    <Loaded load=list height=240 let:data><receipts::ReceiptsPanel data /></Loaded>
                </div>
                <div class="col"><receipt::ReceiptPanel changed /></div>
            </div>
        </Show>
    }
}

/// The forms of the unit that is chosen, the first one of the account unless another is.
#[component]
fn OfUnit(done: Callback<Option<u64>>) -> impl IntoView {
    let (lang, url, session) = (use_lang(), use_url_state(), use_session());
    let units =
        Memo::new(move |_| session.account().map(|it| it.units.clone()).unwrap_or_default());
    let unit = Memo::new(move |_| {
        url.get("unit").or_else(|| units.with(|it| it.first().map(|it| it.code.clone())))
    });
    let choice = move || {
        units.with(|it| it.len() > 1).then(move || {
            let options = units.get().into_iter().map(move |it| {
                let code = it.code.clone();
                let selected = move || unit.get().as_ref() == Some(&code);
                view! { <option value=it.code selected=selected>{lang.pick(&it.zh, &it.en).to_owned()}</option> }
            });
            view! {
                <Panel title=t(lang, "单位", "Unit")>
                    <select class="control" aria-label=t(lang, "单位", "Unit") on:change=move |event| url.set(&[("unit", Some(event_target_value(&event))), ("item", None)])>{options.collect_view()}</select>
                </Panel>
            }
        })
    };
    view! {
        {choice}
        {move || unit.get().map(|code| view! {
            <values::ValuesPanel code=code.clone() done />
            <values_file::ValuesFilePanel code=code.clone() done />
            <outage::OutagePanel code done />
        })}
    }
}

/// 「共 12 份，1 份待本单位确认。」
fn sentence(it: &Arc<SubmissionList>, lang: Lang) -> impl IntoView + use<> {
    let (total, waiting) =
        (it.page.total, it.rows.iter().filter(|it| it.state == SubmissionState::ToConfirm).count());
    match lang {
        Lang::Zh => view! { "共 "<b data-testid="receipts">{total}</b>" 份，"<b>{waiting}</b>" 份待本单位确认。" }.into_any(),
        Lang::En => view! { <b data-testid="receipts">{total}</b>" submissions, "<b>{waiting}</b>" of them wait for the manager." }.into_any(),
    }
}
