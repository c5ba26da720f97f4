//! The terminals: their enterprise, state, last proof and address. A row opens the actions for it.

use leptos::prelude::*;
use nengce_shared::access::permission::Permission;
use nengce_shared::api::unit::{DeviceList, DeviceRow};
use nengce_shared::lang::Lang;

use super::device::DeviceDetails;
use super::list::{ListFilter, SelectedRow, query, use_selected_row};
use super::words::{
    DEVICE_STATES, address, minute, options, or_missing, profile, proof, state_badge, word,
};
use crate::components::pager::Pager;
use crate::components::panel::Panel;
use crate::components::states::Loaded;
use crate::components::table::{Column, DataTable};
use crate::data::session::use_session;
use crate::export::Cell;
use crate::format::id_end;
use crate::i18n::{t, use_lang};
use crate::load::use_load;
use crate::url_state::{UrlState, use_url_state};

/// The selected device in the address: its unit and the end of its id, which says no more than the list does.
const CHOSEN_KEY: &str = "device";

#[component]
pub fn Devices() -> impl IntoView {
    let (lang, url, session) = (use_lang(), use_url_state(), use_session());
    let load =
        use_load::<DeviceList>(move || Some(format!("/api/v1/devices?{}", query(url, None))));
    let SelectedRow { key: open, row, waits, changed, close, select } =
        use_selected_row(load, CHOSEN_KEY, |it| &it.rows, key, |_| false);
    let subtitle = move |total: u64| match (lang, session.may(Permission::DecideDevices)) {
        (Lang::Zh, true) => format!("{total} 台 · 点行批准、停用、轮换、发码"),
        (Lang::Zh, false) => format!("{total} 台 · 公开部分"),
        (Lang::En, true) => {
            format!("{total}; a click on a row approves, revokes, rotates, gives a code")
        }
        (Lang::En, false) => format!("{total}, what is public"),
    };
    view! {
        <div class="with-details" class:open=move || open.get().is_some()>
            <div class="list">
                <Loaded load height=420 let:data>
                    <Panel id="terminals" title=t(lang, "终端", "Terminals") subtitle=Signal::derive(move || subtitle(data.with(|it| it.page.total)))>
                        <ListFilter
                            all=t(lang, "全部", "All")
                            options=options(DEVICE_STATES, lang)
                            placeholder=t(lang, "单位、代码、序列号", "Unit, code, device id")
                        />
                        <DataTable
                            label=t(lang, "终端", "Terminals")
                            columns=columns(lang, url, session.may_now(Permission::DecideDevices))
                            rows=Memo::new(move |_| data.with(|it| it.rows.clone()))
                            key
                            selected=Signal::derive(move || open.get().into_iter().collect::<Vec<_>>())
                            on_select=select
                            empty=t(lang, "所选条件下没有终端。", "No terminals match.")
                        />
                        <Pager next=Signal::derive(move || data.with(|it| it.page.next.clone())) />
                    </Panel>
                </Loaded>
            </div>
            {move || open.get().map(|_| view! { <DeviceDetails row waits changed close /> })}
        </div>
    }
}

fn key(row: &DeviceRow) -> String {
    let end = id_end(&row.device_id);
    format!("{}-{}", row.enterprise_code, end.trim_start_matches('…'))
}

/// How far the rotation of its secret has come.
fn rotation(row: &DeviceRow, lang: Lang) -> Option<&'static str> {
    if row.accepted_until.is_some() {
        return Some(t(lang, "旧凭据", "old secret"));
    }
    row.rotation_asked_at.as_ref().map(|_| t(lang, "待领新凭据", "to fetch a new secret"))
}

fn columns(lang: Lang, url: UrlState, all: bool) -> Vec<Column<DeviceRow>> {
    let name = |row: &DeviceRow| {
        row.unit_name
            .clone()
            .filter(|it| !it.is_empty())
            .unwrap_or_else(|| row.enterprise_code.clone())
    };
    let of_proof = move |row: &DeviceRow| row.proof.as_deref().map(|it| proof(it, lang));
    let of_profile =
        move |row: &DeviceRow| row.registrant.as_ref().map(|it| profile(&it.profile, lang));
    let when = |of: fn(&DeviceRow) -> Option<&String>| {
        move |row: &DeviceRow| of(row).map_or_else(|| or_missing(None), |it| minute(it).to_owned())
    };
    let seen = when(|it| it.last_seen.as_ref());
    let approved = when(|it| it.approved_at.as_ref());
    let registered = when(|it| Some(&it.registered_at));
    // What only administrators are told is no column for others.
    let private = |it: Column<DeviceRow>| all.then(|| it.class("spare"));
    let columns = [
        Some(Column::new(t(lang, "单位", "Unit"), move |row: &DeviceRow| Cell::text(name(row)))
            .in_narrow()
            .show(move |row| {
                let name = name(row);
                if row.unit_name.is_none() || row.state != "approved" {
                    return view! { <span>{name}</span> }.into_any();
                }
                let path = format!("/units/{}", row.enterprise_code);
                view! { <a href=move || url.href(&path)>{name}</a> }.into_any()
            })
            .sort_text(name)),
        Some(Column::new(t(lang, "状态", "State"), move |row: &DeviceRow| {
            Cell::text(word(DEVICE_STATES, &row.state, lang))
        })
        .in_narrow()
        .class("wraps")
        .show(move |row| {
            let claims = row.open_claims.filter(|it| *it > 0);
            let alike = (!row.name_conflicts.is_empty()).then(|| view! { " "<span class="tag differs">{t(lang, "名称易混", "similar name")}</span> });
            let note = claims.map(|it| match lang {
                Lang::Zh => format!("{it} 件更换申请"),
                Lang::En => format!("{it} claims"),
            });
            let rotation = rotation(row, lang).map(|it| view! { " "<span class="tag">{it}</span> });
            view! { {state_badge(DEVICE_STATES, &row.state, lang)} {alike} {rotation} {note.map(|it| view! { " "<span class="tag">{it}</span> })} }
        })
        .sort_text(|row| row.state.clone())),
        Some(Column::new(t(lang, "序列号", "Device"), |row: &DeviceRow| Cell::text(id_end(&row.device_id)))
            .in_narrow()
            .show(|row| view! { <span>{id_end(&row.device_id)}</span> })),
        private(Column::new(t(lang, "规约", "Profile"), move |row: &DeviceRow| {
            Cell::text(or_missing(of_profile(row).as_ref()))
        })),
        private(Column::new(t(lang, "上次凭据", "Last proof"), move |row: &DeviceRow| {
            Cell::text(or_missing(of_proof(row).as_ref()))
        })),
        Some(Column::new(t(lang, "注册", "Registered"), move |row: &DeviceRow| Cell::text(registered(row)))
            .class("spare")
            .sort_text(|row| row.registered_at.clone())),
        Some(Column::new(t(lang, "批准", "Approved"), move |row: &DeviceRow| Cell::text(approved(row)))
            .class("spare")
            .sort_text(|row| row.approved_at.clone().unwrap_or_default())),
        Some(Column::new(t(lang, "最近通信", "Last seen"), move |row: &DeviceRow| Cell::text(seen(row)))
            .sort_text(|row| row.last_seen.clone().unwrap_or_default())),
        private(Column::new(t(lang, "地址", "Address"), move |row: &DeviceRow| {
            Cell::text(or_missing(row.registrant.as_ref().map(|it| address(Some(it), lang)).as_ref()))
        })),
    ];
    columns.into_iter().flatten().collect()
}
