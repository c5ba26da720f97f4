//! The frozen evidence: what there is, with its hash; a table as it was, and beside it what has changed since.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::case::CaseDetail;
use nengce_shared::api::case_papers::{EvidenceDetail, EvidenceRow, EvidenceTable};
use nengce_shared::lang::Lang;

use crate::components::panel::Panel;
use crate::components::states::Loaded;
use crate::i18n::{t, use_lang};
use crate::load::use_load;
use crate::url_state::use_url_state;

/// The key of the address that names the table.
const EVIDENCE: &str = "evidence";
/// Characters of a hash that are shown.
const HASH_CHARS: usize = 12;
/// Rows of a table that are shown; the dossier holds all.
const MOST_ROWS: usize = 200;

#[component]
pub(super) fn EvidencePanel(data: Signal<Arc<CaseDetail>>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let row = move |it: EvidenceRow| {
        let number = it.number.to_string();
        let (shown, to) = (number.clone(), number.clone());
        let pressed = move || (url.get(EVIDENCE).as_ref() == Some(&shown)).to_string();
        let toggle = move |_| {
            let is_shown = untrack(|| url.get(EVIDENCE)).as_ref() == Some(&to);
            url.set(&[(EVIDENCE, (!is_shown).then(|| to.clone()))]);
        };
        let hash = it.sm3.get(..HASH_CHARS).unwrap_or(&it.sm3).to_owned();
        view! {
            <li>
                <button type="button" class="control" aria-pressed=pressed on:click=toggle data-testid="evidence">{it.kind.label(lang)}</button>
                <span>{lang.pick(&it.zh, &it.en).to_owned()}</span>
                <span class="note">{it.at.clone()}" "{it.by.clone()}" · SM3 "<code title=it.sm3.clone()>{hash}"…"</code></span>
            </li>
        }
    };
    let rows = move || data.with(|it| it.evidence.clone()).into_iter().map(row).collect_view();
    let is_empty = move || data.with(|it| it.evidence.is_empty());
    let detail = use_load::<EvidenceDetail>(move || {
        let number = url.get(EVIDENCE)?;
        Some(format!("/api/v1/cases/{}/evidence/{number}", data.with(|it| it.case.case_id)))
    });
    view! {
        <Panel id="evidence" title=t(lang, "冻结证据", "Frozen evidence") subtitle=t(lang, "决定只依据这一份；之后的更正列在旁边", "what the decision rests on; later corrections stand beside it")>
            <ul class="evidence-list">{rows}</ul>
            <Show when=is_empty><p class="note">{t(lang, "尚未冻结。事先告知之前须冻结读数、质量状态、计量证书和终端核准（行政处罚法第四十一条）。", "Nothing is frozen yet. Readings, quality, certificates and terminals are frozen before a penalty is told (art. 41).")}</p></Show>
            <Show when=move || url.get(EVIDENCE).is_some()>
                <Loaded load=detail height=200 let:detail>{move || shown(&detail.get(), lang)}</Loaded>
            </Show>
        </Panel>
    }
}

fn shown(it: &EvidenceDetail, lang: Lang) -> impl IntoView + use<> {
    let (changes, heads) = (it.changes.len(), heads(&it.table, lang));
    let class = if changes > 0 { "lv2-text" } else { "note" };
    let verdict = match changes {
        0 => t(lang, "冻结后没有变动。", "Nothing has changed since.").to_owned(),
        n => match lang {
            Lang::Zh => format!("冻结后有 {n} 行变动："),
            Lang::En => format!("{n} rows have changed since:"),
        },
    };
    let cells = |it: &Option<Vec<String>>| {
        it.as_ref().map(|it| it.join(" · ")).unwrap_or_else(|| "—".to_owned())
    };
    let rows = it.changes.iter().map(|it| view! {
        <tr><th scope="row" class="sentence">{it.key.join(" · ")}</th><td class="sentence">{cells(&it.before)}</td><td class="sentence">{cells(&it.after)}</td></tr>
    });
    let changed = (changes > 0).then(|| view! {
        <div class="table-scroll" tabindex="0"><table class="data"><thead><tr><th>{t(lang, "对象", "Row")}</th><th>{t(lang, "冻结时", "As frozen")}</th><th>{t(lang, "现在", "Now")}</th></tr></thead><tbody>{rows.collect_view()}</tbody></table></div>
    });
    let all = it.table.rows.len();
    let body = it.table.rows.iter().take(MOST_ROWS).map(|row| view! { <tr>{row.iter().map(|it| view! { <td>{it.clone()}</td> }).collect_view()}</tr> });
    let more = (all > MOST_ROWS).then(|| match lang {
        Lang::Zh => format!("共 {all} 行，此处为前 {MOST_ROWS} 行；卷宗里有全部。"),
        Lang::En => format!("{MOST_ROWS} of {all} rows; the dossier holds all."),
    });
    view! {
        <p class=class data-testid="changes">{verdict}</p>
        {changed}
        <details>
            <summary>{t(lang, "冻结的表", "The table as it was")}" "{all}</summary>
            <div class="table-scroll" tabindex="0"><table class="data"><thead><tr>{heads}</tr></thead><tbody>{body.collect_view()}</tbody></table></div>
            <p class="note">{more}</p>
        </details>
    }
}

fn heads(it: &EvidenceTable, lang: Lang) -> impl IntoView + use<> {
    let heads = match lang {
        Lang::Zh => &it.heads_zh,
        Lang::En => &it.heads_en,
    };
    heads.iter().map(|it| view! { <th>{it.clone()}</th> }).collect_view()
}
