//! A list of accounts from a file: looked at first, each wrong cell with its reason; then taken whole, and the one-time
//! links of new accounts as a file.

use leptos::prelude::*;
use nengce_shared::api::account::{AccountImport, AccountList, Invited};
use nengce_shared::lang::Lang;

use super::words;
use crate::components::file_import::{FileField, FileImport, wrong_cells};
use crate::components::panel::Panel;
use crate::export::save::download;
use crate::i18n::{t, use_lang};
use crate::load::Load;

#[component]
pub(super) fn ImportPanel(
    /// What is asked for again when accounts were taken.
    accounts: Load<AccountList>,
) -> impl IntoView {
    let lang = use_lang();
    let path = Signal::stored("/api/v1/accounts/import".to_owned());
    let import = FileImport::<AccountImport>::new(path, Callback::new(move |()| accounts.retry()));
    let take = Callback::new(move |()| import.take());
    let rule = t(
        lang,
        "XLSX 或 CSV；先核对，确认后才导入，有错则一条也不导入",
        "XLSX or CSV; it is looked at first, and nothing is taken while a cell is wrong",
    );
    view! {
        <Panel title=t(lang, "导入账号名单", "Import a list of accounts") subtitle=t(lang, "列：账号、姓名、角色、区、单位", "columns: name, display_name, roles, districts, units")>
            <FileField id="accounts-file" import rule />
            <p class="lv1-text" role="alert" data-testid="import-failed">{move || import.failed.get().map(|it| words(&it, lang))}</p>
            {move || import.outcome.get().map(|it| view! { <Outcome it busy=import.busy take /> })}
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
    let cells = wrong_cells(&it.errors, lang);
    let names = [
        it.invited.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(),
        it.changed.iter().map(String::as_str).collect(),
    ];
    let names = names.map(|it| it.join(lang.pick("、", ", ")));
    view! {
        <div data-testid="import-outcome">
            <p role="status"><b>{sum}</b></p>
            {cells}
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

/// One line for each account: its name, the whole link, and until when it can be used. None of them holds a comma.
fn save(links: &[Invited]) {
    let origin = location().origin().unwrap_or_default();
    let mut text = "\u{feff}name,link,until\r\n".to_owned();
    for it in links {
        text += &format!("{},{origin}{},{}\r\n", it.name, it.link, it.until);
    }
    download("invitations.csv", "text/csv", text.as_bytes());
}
