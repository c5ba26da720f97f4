//! The shares of the unit, in force and over; a manager withdraws one at once.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::access::permission::Permission;
use nengce_shared::api::sharing::{ShareList, ShareRow};
use nengce_shared::lang::Lang;

use super::words;
use crate::components::panel::Panel;
use crate::components::sending::Sending;
use crate::components::table::{Column, DataTable};
use crate::data::session::use_session;
use crate::export::Cell;
use crate::i18n::{t, use_lang};

#[component]
pub(super) fn SharesPanel(
    data: Signal<Arc<ShareList>>,
    code: Memo<String>,
    changed: Callback<()>,
) -> impl IntoView {
    let (lang, session) = (use_lang(), use_session());
    let rows = Memo::new(move |_| data.with(|it| it.rows.clone()));
    let sending = Sending::new(Callback::new(move |_| changed.run(())));
    let withdraw = move |id: u64| {
        let path = format!("/api/v1/units/{}/shares/{id}/withdraw", code.get_untracked());
        sending.post(path, Ok(String::new()), lang);
    };
    let mut columns = columns(lang);
    let shown = move |row: &ShareRow| {
        let (id, in_force) = (row.share_id, row.state == "in_force");
        (in_force && session.may(Permission::Share)).then(move || view! {
            <button type="button" class="control" disabled=sending.busy on:click=move |_| withdraw(id) data-withdraw=id.to_string()>{t(lang, "收回", "Withdraw")}</button>
        })
    };
    columns.push(
        Column::new(t(lang, "办理", "Action"), |_: &ShareRow| Cell::text(""))
            .in_narrow()
            .show(shown),
    );
    let subtitle = Signal::derive(move || {
        let (now, most) = data.with(|it| (it.in_force, it.most_shares));
        match lang {
            Lang::Zh => format!("生效 {now} 项，最多 {most} 项"),
            Lang::En => format!("{now} in force, {most} at most"),
        }
    });
    view! {
        <Panel id="shares" title=t(lang, "分享", "Shares") subtitle>
            <DataTable
                label=t(lang, "分享清单", "Shares of the unit's data")
                columns
                rows
                key=|row: &ShareRow| format!("{} {}", row.share_id, row.state)
                empty=t(lang, "本单位没有向任何账号分享数据。", "The unit's data are shared with nobody.")
            />
            {sending.problem()}
        </Panel>
    }
}

fn columns(lang: Lang) -> Vec<Column<ShareRow>> {
    vec![
        Column::new(t(lang, "账号", "Account"), |it: &ShareRow| {
            Cell::text(format!("{} {}", it.account, it.display_name))
        })
        .in_narrow(),
        Column::new(t(lang, "可看", "May read"), move |it: &ShareRow| {
            Cell::text(words::kinds(&it.kinds, lang))
        })
        .class("narrow"),
        Column::new(t(lang, "截止（含）", "Until, included"), |it: &ShareRow| {
            Cell::text(it.until.clone())
        })
        .in_narrow(),
        Column::new(t(lang, "状态", "State"), move |it: &ShareRow| {
            Cell::text(words::state(it, lang))
        })
        .in_narrow(),
        Column::new(t(lang, "用途", "For"), |it: &ShareRow| Cell::text(it.reason.clone()))
            .class("sentence"),
        Column::new(t(lang, "分享人", "Made by"), |it: &ShareRow| {
            Cell::text(format!("{} {}", it.made_by, it.made_at))
        }),
    ]
}
