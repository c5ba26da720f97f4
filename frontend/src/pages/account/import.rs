//! A list of accounts from a file: looked at first, each wrong cell with its reason; then taken whole, and the one-time
//! links of new accounts as a file.

use gloo_net::http::Method;
use leptos::ev::Event;
use leptos::prelude::*;
use nengce_shared::api::account::{AccountImport, AccountList, Invited, WrongCell};
use nengce_shared::json::FromJson;
use nengce_shared::lang::Lang;
use wasm_bindgen::JsCast;
use web_sys::{File, HtmlInputElement};

use super::words;
use crate::components::panel::Panel;
use crate::data::api_client::{ApiError, send, unreadable};
use crate::export::save::download;
use crate::i18n::{t, use_lang};
use crate::load::Load;

async fn post(file: &File, dry_run: bool, lang: Lang) -> Result<AccountImport, ApiError> {
    let path = format!("/api/v1/accounts/import?dry_run={dry_run}");
    let json = send(Method::POST, &path, Some(file.clone().into()), lang).await?;
    AccountImport::from_json(json).map_err(|reason| unreadable(&reason, lang))
}

#[component]
pub(super) fn ImportPanel(
    /// What is asked for again when accounts were taken.
    accounts: Load<AccountList>,
) -> impl IntoView {
    let lang = use_lang();
    let file = StoredValue::new_local(None::<File>);
    let (outcome, failed) = (RwSignal::new(None::<AccountImport>), RwSignal::new(None::<String>));
    let busy = RwSignal::new(false);
    let run = move |dry_run: bool| {
        let Some(file) = file.get_value().filter(|_| !busy.get_untracked()) else { return };
        busy.set(true);
        leptos::task::spawn_local(async move {
            let answer = post(&file, dry_run, lang).await;
            busy.try_set(false);
            failed.try_set(answer.as_ref().err().map(|it| words(it, lang)));
            if !dry_run && answer.is_ok() {
                accounts.retry();
            }
            outcome.try_set(answer.ok());
        });
    };
    let selected = move |event: Event| {
        let input = event.target().and_then(|it| it.dyn_into::<HtmlInputElement>().ok());
        let Some(input) = input else { return };
        file.set_value(input.files().and_then(|it| it.get(0)));
        // The same file can be selected again after it was mended.
        input.set_value("");
        outcome.set(None);
        run(true);
    };
    let take = Callback::new(move |()| run(false));
    view! {
        <Panel title=t(lang, "导入账号名单", "Import a list of accounts") subtitle=t(lang, "列：账号、姓名、角色、区、单位", "columns: name, display_name, roles, districts, units")>
            <div class="drop">
                <input id="accounts-file" type="file" class="sr" accept=".csv,.xlsx,.xls" aria-describedby="accounts-file-state" data-testid="accounts-file" on:change=selected />
                <label for="accounts-file" class="control">{t(lang, "选择文件", "Choose a file")}</label>
                <p id="accounts-file-state" class="note" role="status">
                    {move || if busy.get() { t(lang, "正在读取…", "Reading…") } else { t(lang, "XLSX 或 CSV；先核对，确认后才导入，有错则一条也不导入", "XLSX or CSV; it is looked at first, and nothing is taken while a cell is wrong") }}
                </p>
            </div>
            <p class="lv1-text" role="alert" data-testid="import-failed">{move || failed.get()}</p>
            {move || outcome.get().map(|it| view! { <Outcome it busy take /> })}
        </Panel>
    }
}

#[component]
fn Outcome(it: AccountImport, busy: RwSignal<bool>, take: Callback<()>) -> impl IntoView {
    let lang = use_lang();
    let (new, changed, wrong) = (it.invited.len(), it.changed.len(), it.errors.len());
    let sum = match (lang, it.dry_run) {
        (Lang::Zh, true) => {
            format!("共 {} 行：新建 {new}，更改 {changed}，有误 {wrong} 处", it.rows)
        }
        (Lang::Zh, false) => format!("已导入：新建 {new}，更改 {changed}"),
        (Lang::En, true) => {
            format!("{} rows: {new} new, {changed} changed, {wrong} cells wrong", it.rows)
        }
        (Lang::En, false) => format!("Imported: {new} new, {changed} changed"),
    };
    let is_ready = it.dry_run && wrong == 0 && new + changed > 0;
    let links = (!it.dry_run && new > 0).then(|| it.invited.clone());
    let errors = it.errors.iter().map(error_row).collect_view();
    let names = [
        it.invited.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(),
        it.changed.iter().map(String::as_str).collect(),
    ];
    let names = names.map(|it| it.join(lang.pick("、", ", ")));
    view! {
        <div data-testid="import-outcome">
            <p role="status"><b>{sum}</b></p>
            {(wrong > 0).then(|| view! {
                <div class="table-scroll">
                    <table class="data">
                        <thead><tr><th scope="col">{t(lang, "行", "Row")}</th><th scope="col">{t(lang, "列", "Column")}</th><th scope="col">{t(lang, "原因", "Reason")}</th></tr></thead>
                        <tbody>{errors}</tbody>
                    </table>
                </div>
            })}
            {(new > 0).then(|| view! { <p class="note">{t(lang, "新建：", "New: ")}{names[0].clone()}</p> })}
            {(changed > 0).then(|| view! { <p class="note">{t(lang, "更改：", "Changed: ")}{names[1].clone()}</p> })}
            {is_ready.then(|| view! {
                <p><button type="button" class="control primary" disabled=busy data-testid="take-accounts" on:click=move |_| take.run(())>{t(lang, "确认导入", "Import them")}</button></p>
            })}
            {links.map(|links| view! {
                <p>
                    <button type="button" class="control primary" data-testid="download-links" on:click=move |_| save(&links)>{t(lang, "下载一次性链接（CSV）", "Download the one-time links (CSV)")}</button>
                    " "<span class="note">{t(lang, "离开本页后不能再得到", "they cannot be had again once you leave the page")}</span>
                </p>
            })}
        </div>
    }
}

fn error_row(it: &WrongCell) -> impl IntoView + use<> {
    view! { <tr><td>{it.row}</td><td>{it.field.clone()}</td><td>{it.reason.clone()}</td></tr> }
}

/// One line for each account: its name, the whole link, and until when it can be used. None of them holds a comma.
fn save(links: &[Invited]) {
    let origin = location().origin().unwrap_or_default();
    let mut text = "\u{feff}name,link,until\r\n".to_owned();
    for it in links {
        text += &format!("{},{origin}{},{}\r\n", it.name, it.link, it.until);
    }
    download("invitations.csv", "text/csv", text.as_bytes());
}
