//! Units that a rule names, and the form that proposes one of them on the ground of a case.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::credit::{CreditCandidate, CreditList, CreditProposal};

use crate::components::panel::Panel;
use crate::components::sending::Sending;
use crate::components::table::{Column, DataTable};
use crate::export::Cell;
use crate::i18n::{t, use_lang};
use crate::url_state::use_url_state;

fn key(it: &CreditCandidate) -> String {
    format!("{}-{}", it.unit.enterprise_code, it.act)
}

#[component]
pub(super) fn CandidatesPanel(
    data: Signal<Arc<CreditList>>,
    changed: Callback<()>,
) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let chosen = RwSignal::new(None::<String>);
    let rows = Memo::new(move |_| data.with(|it| it.candidates.clone()));
    let candidate = move || {
        let of = chosen.get()?;
        rows.with(|it| it.iter().find(|it| key(it) == of).cloned())
    };
    let columns = vec![
        Column::new(t(lang, "单位", "Unit"), |it: &CreditCandidate| {
            Cell::text(it.unit.name.clone())
        })
        .in_narrow(),
        Column::new(t(lang, "行为", "Act"), move |it: &CreditCandidate| {
            Cell::text(format!("{} {}", it.act, lang.pick(&it.act_zh, &it.act_en)))
        })
        .class("sentence")
        .in_narrow()
        .sort_text(|it| it.act.clone()),
        Column::new(t(lang, "程度", "Level"), move |it: &CreditCandidate| {
            Cell::text(it.level.label(lang))
        }),
        Column::new(t(lang, "证据", "Evidence"), move |it: &CreditCandidate| {
            Cell::text(lang.pick(&it.zh, &it.en))
        })
        .class("sentence"),
        Column::new(t(lang, "法律依据", "Ground"), move |it: &CreditCandidate| {
            Cell::text(match it.ground.is_empty() {
                true => t(lang, "没有依据，不得列入", "none: it cannot be listed").to_owned(),
                false => it.ground.clone(),
            })
        })
        .class("sentence"),
        Column::new(t(lang, "案件", "Case"), move |it: &CreditCandidate| {
            Cell::text(it.case_id.map_or_else(|| "—".to_owned(), |it| it.to_string()))
        })
        .in_narrow()
        .show(move |it| match it.case_id {
            Some(id) => {
                view! { <a href=move || url.href(&format!("/cases/{id}"))>{id}</a> }.into_any()
            }
            None => {
                let to =
                    format!("/cases?for={}&violation=V10&origin=target", it.unit.enterprise_code);
                view! { <a href=to>{t(lang, "先立案", "open a case")}</a> }.into_any()
            }
        }),
    ];
    view! {
        <Panel id="candidates" class="capped" title=t(lang, "候选", "Candidates") subtitle=t(lang, "按规则找出，认定须依据案件中已送达的整改通知或处罚决定", "found by rule; an entry rests on a served order or decision of a case")>
            <DataTable
                label=t(lang, "候选", "Candidates")
                columns
                rows
                key
                selected=Signal::derive(move || chosen.get().into_iter().collect::<Vec<_>>())
                on_select=Callback::new(move |it| chosen.set(Some(it)))
                empty=t(lang, "没有候选。", "No candidate.")
            />
            {move || candidate().map(|it| view! { <ProposalForm it changed /> })}
        </Panel>
    }
}

#[component]
fn ProposalForm(it: CreditCandidate, changed: Callback<()>) -> impl IntoView {
    let lang = use_lang();
    let [legal_rep, text] = [(); 2].map(|()| RwSignal::new(String::new()));
    let sending = Sending::new(Callback::new(move |_| changed.run(())));
    let Some(case_id) = it.case_id else {
        return view! { <p class="note" data-testid="needs-case">{t(lang, "这家单位还没有相应案件：先登记线索、立案、整改，再提出认定。", "There is no case of this unit yet: take down a clue first.")}</p> }.into_any();
    };
    let act = it.act.clone();
    let send = move |_| {
        let body = CreditProposal {
            case_id,
            act: act.clone(),
            legal_rep: legal_rep.get_untracked(),
            text: text.get_untracked(),
        };
        sending.post("/api/v1/credit-list".to_owned(), serde_json::to_string(&body), lang);
    };
    view! {
        <div class="form-line">
            <label><span>{t(lang, "法定代表人", "Legal representative")}</span><input class="control" prop:value=legal_rep on:input=move |event| legal_rep.set(event_target_value(&event)) data-testid="legal-rep" /></label>
            <label><span>{t(lang, "理由", "Why")}</span><input class="control" maxlength="1000" prop:value=text on:input=move |event| text.set(event_target_value(&event)) data-testid="proposal-text" /></label>
            <button type="button" class="control primary" disabled=sending.busy on:click=send data-testid="propose">{t(lang, "提出认定", "Propose")}</button>
        </div>
        {sending.problem()}
    }
    .into_any()
}
