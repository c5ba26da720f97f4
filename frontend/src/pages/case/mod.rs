//! One case: its path and deadlines, the frozen evidence beside what may be done, the thread, the documents, the history.

mod act;
mod deadlines;
mod documents;
mod evidence;
mod history;
pub mod paper;
mod path;
mod step_form;
mod thread;

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use nengce_shared::access::permission::Permission;
use nengce_shared::api::case::CaseDetail;
use nengce_shared::lang::Lang;

use crate::components::page_head::PageHead;
use crate::components::sign_in::PermissionNeeded;
use crate::components::states::Loaded;
use crate::data::session::use_session;
use crate::i18n::{t, use_lang};
use crate::load::use_load;
use crate::pages::cases::days_left;
use crate::url_state::use_url_state;

#[component]
pub fn CasePage() -> impl IntoView {
    let (lang, url, session, params) =
        (use_lang(), use_url_state(), use_session(), use_params_map());
    let id = Memo::new(move |_| params.with(|it| it.get("id")).unwrap_or_default());
    let sees = move || session.may(Permission::Cases);
    let load =
        use_load::<CaseDetail>(move || sees().then(|| format!("/api/v1/cases/{}", id.get())));
    let changed = Callback::new(move |()| load.retry());
    let title = Signal::derive(move || {
        let name = load.data.with(|it| it.as_ref().map(|it| it.case.unit.name.clone()));
        name.unwrap_or_else(|| t(lang, "监察案件", "Inspection case").to_owned())
    });
    let answer = move || load.data.get().map(|it| sentence(&it, lang));
    view! {
        <PageHead title answer>
            <a class="control" href=move || url.href("/cases")>{t(lang, "全部案件", "All cases")}</a>
            <a class="control" href=move || format!("/api/v1/cases/{}/dossier", id.get()) rel="external" download data-testid="dossier">{t(lang, "导出卷宗", "Export the dossier")}</a>
        </PageHead>
        <Show when=sees fallback=move || view! { <PermissionNeeded permission=Permission::Cases /> }>
            <Loaded load height=420 let:data>
                <path::PathPanel data />
                <div class="split">
                    <div class="col"><evidence::EvidencePanel data /></div>
                    <div class="col"><act::ActPanel data changed /></div>
                </div>
                <div class="split">
                    <div class="col"><thread::ThreadPanel data changed /></div>
                    <div class="col"><documents::DocumentsPanel data /></div>
                </div>
                <history::HistoryPanel data />
            </Loaded>
        </Show>
    }
}

/// 「拒不落实整改 · 事先告知 · 2026-11-24 王某 · 陈述申辩 2026-12-01 到期，剩 4 天；拟处罚款 170,000 元。」
fn sentence(it: &Arc<CaseDetail>, lang: Lang) -> impl IntoView + use<> {
    let row = &it.case;
    let violation = lang.pick(&row.violation_zh, &row.violation_en).to_owned();
    let state = format!("{} · {} {}", row.state.label(lang), row.state_on, row.state_by);
    let due = row.next.as_ref().and_then(|it| {
        Some((lang.pick(&it.zh, &it.en).to_owned(), it.due.clone()?, it.days_left?))
    });
    let class = if row.is_late() { "lv1-text" } else { "" };
    let due = due.map(|(what, day, left)| {
        let words = format!("{what} {day}，{}", days_left(left, lang));
        view! { " · "<b class=class>{words}</b> }
    });
    let fine = row.amount_yuan.map(|it| {
        let amount = nengce_shared::number::grouped(it, 0);
        match lang {
            Lang::Zh => format!("；罚款 {amount} 元"),
            Lang::En => format!("; fine {amount} yuan"),
        }
    });
    let joint = row.is_joint.then(|| t(lang, " · 联合监察", " · joint"));
    view! { {violation}" · "<b data-testid="state">{state}</b>{due}{fine}{joint} }
}
