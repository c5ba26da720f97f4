//! The documents of a case with number, day and service; each opens as paper.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::case::CaseDetail;
use nengce_shared::api::case_papers::CaseDocumentRow;
use nengce_shared::lang::Lang;

use crate::components::panel::Panel;
use crate::components::table::{Column, DataTable};
use crate::export::Cell;
use crate::i18n::{t, use_lang};
use crate::url_state::use_url_state;

#[component]
pub(super) fn DocumentsPanel(data: Signal<Arc<CaseDetail>>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let rows = Memo::new(move |_| data.with(|it| it.documents.clone()));
    let columns = vec![
        Column::new(t(lang, "文书", "Document"), move |it: &CaseDocumentRow| {
            Cell::text(it.kind.label(lang))
        })
        .in_narrow()
        .show(move |it| {
            let path = data.with_untracked(|case| {
                format!("/cases/{}/documents/{}", case.case.case_id, it.document)
            });
            view! { <a href=move || url.href(&path)>{it.kind.label(lang)}</a> }
        }),
        Column::new(t(lang, "文号", "Number"), |it: &CaseDocumentRow| {
            Cell::text(it.number.clone())
        })
        .in_narrow(),
        Column::new(t(lang, "日期", "Day"), |it: &CaseDocumentRow| Cell::text(it.on.clone())),
        Column::new(t(lang, "送达", "Service"), move |it: &CaseDocumentRow| {
            Cell::text(service(it, lang))
        })
        .in_narrow(),
    ];
    let subtitle = Signal::derive(move || {
        let waiting = data.with(|it| {
            it.documents.iter().filter(|it| it.is_served && it.served_on.is_none()).count()
        });
        match (waiting, lang) {
            (0, _) => String::new(),
            (n, Lang::Zh) => format!("{n} 份待送达"),
            (n, Lang::En) => format!("{n} to be served"),
        }
    });
    view! {
        <Panel id="documents" title=t(lang, "文书", "Documents") subtitle>
            <DataTable label=t(lang, "文书", "Documents") columns rows key=|it: &CaseDocumentRow| it.document.to_string() empty=t(lang, "还没有文书。", "No document yet.") />
        </Panel>
    }
}

fn service(it: &CaseDocumentRow, lang: Lang) -> String {
    match (&it.served_on, it.is_served) {
        (Some(day), _) => format!("{} {day}", t(lang, "已送达", "served")),
        (None, true) => t(lang, "待送达", "to be served").to_owned(),
        (None, false) => "—".to_owned(),
    }
}
