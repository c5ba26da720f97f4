//! Connections that never became a request, by address: old TLS, other ciphers, plain HTTP; why, and what to do.

use leptos::prelude::*;
use nengce_shared::api::connection_failure::{ConnectionFailure, ConnectionFailureList};
use nengce_shared::lang::Lang;
use nengce_shared::number::{MISSING, grouped};

use super::words::minute;
use crate::components::panel::Panel;
use crate::components::states::Loaded;
use crate::components::table::{Column, DataTable};
use crate::export::Cell;
use crate::i18n::{t, use_lang};
use crate::load::Load;

#[component]
pub fn Connections(load: Load<ConnectionFailureList>) -> impl IntoView {
    let lang = use_lang();
    let subtitle = move |total: u64| {
        let total = grouped(total as f64, 0);
        match lang {
            Lang::Zh => format!("启动以来 {total} 次 · 按地址，最近的在前"),
            Lang::En => format!("{total} since the start, by address, newest first"),
        }
    };
    let note = move |most: u32| match lang {
        Lang::Zh => format!("最多记 {most} 个地址；只在内存里，重启后从零开始。"),
        Lang::En => {
            format!("At most {most} addresses are kept, in memory; a restart forgets them.")
        }
    };
    view! {
        <Loaded load height=320 let:data>
            <Panel
                id="connections"
                class="apart"
                title=t(lang, "连接失败", "Failed connections")
                subtitle=Signal::derive(move || subtitle(data.with(|it| it.total)))
                note=Signal::derive(move || note(data.with(|it| it.kept_at_most)))
            >
                <DataTable
                    label=t(lang, "连接失败", "Failed connections")
                    columns=columns(lang)
                    rows=Memo::new(move |_| data.with(|it| it.rows.clone()))
                    key=|row: &ConnectionFailure| format!("{} {}", row.address, row.listener)
                    empty=t(lang, "没有：启动以来每个连接都成了请求。", "None: every connection since the start became a request.")
                />
            </Panel>
        </Loaded>
    }
}

fn suites(row: &ConnectionFailure) -> String {
    row.offered_suites.join(", ")
}

fn offered(row: &ConnectionFailure, lang: Lang) -> AnyView {
    let version = row.offered_version.clone().unwrap_or_else(|| MISSING.to_owned());
    if row.offered_suites.is_empty() {
        return view! { <span>{version}</span> }.into_any();
    }
    let (total, list) = (row.offered_suites_total, row.offered_suites.clone());
    let words = match lang {
        Lang::Zh => format!("{total} 个加密套件"),
        Lang::En => format!("{total} cipher suites"),
    };
    let more = usize::try_from(total).unwrap_or_default().saturating_sub(list.len());
    let more = (more > 0).then(|| match lang {
        Lang::Zh => format!("另 {more} 个"),
        Lang::En => format!("{more} more"),
    });
    view! {
        <b>{version}</b>
        <details class="suites">
            <summary>{words}</summary>
            <ul>{list.into_iter().map(|it| view! { <li>{it}</li> }).collect_view()}{more.map(|it| view! { <li class="note">{it}</li> })}</ul>
        </details>
    }
    .into_any()
}

fn columns(lang: Lang) -> Vec<Column<ConnectionFailure>> {
    vec![
        Column::new(t(lang, "地址", "Address"), |row: &ConnectionFailure| {
            Cell::text(row.address.clone())
        })
        .in_narrow()
        .show(|row| view! { <b>{row.address.clone()}</b> })
        .sort_text(|row| row.address.clone()),
        Column::new(t(lang, "次数", "Count"), |row: &ConnectionFailure| {
            Cell::Figure(Some(row.count as f64), 0)
        })
        .number()
        .in_narrow()
        .sort_number(|row| Some(row.count as f64)),
        Column::new(t(lang, "最近", "Last"), |row: &ConnectionFailure| {
            Cell::text(row.last_at.clone())
        })
        .show(|row| minute(&row.last_at).to_owned())
        .sort_text(|row| row.last_at.clone()),
        Column::new(t(lang, "为什么", "Why"), move |row: &ConnectionFailure| {
            Cell::text(row.reason.label(lang))
        })
        .in_narrow()
        .class("narrow")
        .sort_text(|row| row.reason.as_str().to_owned()),
        Column::new(t(lang, "它最高支持", "It offers"), |row: &ConnectionFailure| {
            Cell::text(
                format!("{} {}", row.offered_version.clone().unwrap_or_default(), suites(row))
                    .trim()
                    .to_owned(),
            )
        })
        .class("narrow")
        .show(move |row| offered(row, lang)),
        Column::new(t(lang, "怎么办", "What to do"), move |row: &ConnectionFailure| {
            Cell::text(lang.pick(&row.zh, &row.en))
        })
        .class("sentence"),
        Column::new(t(lang, "端口", "Listener"), |row: &ConnectionFailure| {
            Cell::text(row.listener.clone())
        }),
        Column::new(t(lang, "要找的主机", "Host it asked for"), |row: &ConnectionFailure| {
            Cell::text(row.server_name.clone().unwrap_or_else(|| MISSING.to_owned()))
        }),
    ]
}
