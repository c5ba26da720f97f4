//! The accounts of others: a security administrator invites, changes, suspends, and takes lost second factors away.

use gloo_net::http::Method;
use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;
use nengce_shared::access::role::Role;
use nengce_shared::api::account::{AccountBody, AccountList, AccountRow, AccountState, Invited};
use nengce_shared::json::FromJson;

use super::import::ImportPanel;
use super::publishing::Publishing;
use super::tokens::Tokens;
use super::{change, codes, role_names, typed, words};
use crate::components::panel::Panel;
use crate::i18n::{t, use_lang};
use crate::load::{Load, use_load};

/// What the page asks for again after a change, and what it tells of the last one.
#[derive(Clone, Copy)]
struct Page {
    accounts: Load<AccountList>,
    link: RwSignal<Option<String>>,
    failed: RwSignal<Option<String>>,
    /// The account in the form; none: a new one.
    edited: RwSignal<Option<AccountRow>>,
}

impl Page {
    fn send(self, method: Method, path: String, body: Option<String>) {
        let lang = use_lang();
        leptos::task::spawn_local(async move {
            match change(method, &path, body, lang).await {
                Ok(json) => {
                    let origin = location().origin().unwrap_or_default();
                    let link =
                        Invited::from_json(json).ok().map(|it| format!("{origin}{}", it.link));
                    self.link.try_set(link);
                    self.failed.try_set(None);
                    self.edited.try_set(None);
                    self.accounts.retry();
                }
                Err(error) => drop(self.failed.try_set(Some(words(&error, lang)))),
            }
        });
    }
}

#[component]
pub fn AccountsPage() -> impl IntoView {
    let lang = use_lang();
    let load = use_load::<AccountList>(|| Some("/api/v1/accounts".to_owned()));
    let page = Page {
        accounts: load,
        link: RwSignal::new(None),
        failed: RwSignal::new(None),
        edited: RwSignal::new(None),
    };
    let rows = move || load.answer(|it| it.rows.clone()).unwrap_or_default();
    let refused = move || load.error.get().map(|it| words(&it, lang));
    view! {
        <div class="page-head"><h1>{t(lang, "账号管理", "Accounts")}</h1></div>
        <p class="lv1-text" role="alert" data-testid="accounts-failed">{move || page.failed.get().or_else(refused)}</p>
        <Show when=move || page.link.with(Option::is_some)>
            <p role="status">
                {t(lang, "一次性链接，只显示这一次，请转交本人：", "A one-time link, shown only now; give it to the person: ")}
                <code data-testid="invitation-link">{move || page.link.get()}</code>
            </p>
        </Show>
        <div class="stack">
            {move || view! { <AccountForm page account=page.edited.get() /> }}
            <Panel title=t(lang, "全部账号", "All accounts")>
                <ul class="session-list" data-testid="accounts">
                    <For each=rows key=|it| (it.name.clone(), it.changed_at.clone(), it.sessions, it.state) children=move |it| view! { <Line page account=it /> } />
                </ul>
            </Panel>
            <ImportPanel accounts=load />
            <Tokens />
            <Publishing />
        </div>
    }
}

#[component]
fn Line(page: Page, account: AccountRow) -> impl IntoView {
    let lang = use_lang();
    let path = format!("/api/v1/accounts/{}", account.name);
    let button = move |zh, en, what: &'static str| {
        let path = format!("{path}/{what}");
        view! { <button type="button" class="text-button" data-act=what on:click=move |_| page.send(Method::POST, path.clone(), None)>{t(lang, zh, en)}</button> }
    };
    let (at_provider, changeable) = (account.at_provider, !account.at_provider);
    let is_suspended = account.state == AccountState::Suspended;
    let facts = [account.districts.join(" "), account.units.join(" ")].join(" ");
    let row = account.clone();
    view! {
        <li data-account=account.name.clone()>
            <span><b>{account.name.clone()}</b>" · "{account.display_name}" · "{role_names(&account.roles, lang)}</span>
            <span class="note">
                {account.state.label(lang)}" · "{facts}
                {at_provider.then(|| t(lang, " · 统一认证", " · signs in at the provider"))}
            </span>
            <span>
                {changeable.then(|| view! { <button type="button" class="text-button" on:click=move |_| page.edited.set(Some(row.clone()))>{t(lang, "修改", "Change")}</button> })}
                {changeable.then(|| button.clone()("新链接", "New link", "invite"))}
                {match is_suspended {
                    true => button.clone()("恢复", "Resume", "resume"),
                    false => button.clone()("停用", "Suspend", "suspend"),
                }}
                {account.second_factor.then(|| button("清除动态码", "Reset second factor", "reset-second-factor"))}
            </span>
        </li>
    }
}

#[component]
fn AccountForm(page: Page, account: Option<AccountRow>) -> impl IntoView {
    let lang = use_lang();
    let [name, person, districts, units] = [(); 4].map(|()| NodeRef::<html::Input>::new());
    let chosen = RwSignal::new(account.as_ref().map(|it| it.roles.clone()).unwrap_or_default());
    let known = account.as_ref().map(|it| it.name.clone());
    let is_new = known.is_none();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let list = |input| codes(&typed(input));
        let body = AccountBody {
            name: known.clone().unwrap_or_else(|| typed(name)),
            display_name: typed(person),
            roles: chosen.get_untracked(),
            districts: list(districts),
            units: list(units),
        };
        let body = serde_json::to_string(&body).ok();
        match &known {
            Some(name) => page.send(Method::PUT, format!("/api/v1/accounts/{name}"), body),
            None => page.send(Method::POST, "/api/v1/accounts".to_owned(), body),
        }
    };
    let toggle = move |role: Role| {
        chosen.update(|all| match all.iter().position(|it| *it == role) {
            Some(at) => drop(all.remove(at)),
            None => all.push(role),
        })
    };
    let roles = Role::ALL.iter().map(|role| {
        let on = move || chosen.with(|all| all.contains(role));
        view! { <button type="button" class="chip" aria-pressed=move || on().to_string() class:chip-value=on data-role=role.as_str() on:click=move |_| toggle(*role)>{role.label(lang)}</button> }
    }).collect_view();
    let field = |label: &'static str,
                 input: NodeRef<html::Input>,
                 value: String,
                 id: &'static str| {
        view! {
            <label><span>{label}</span><input node_ref=input class="control field" value=value data-testid=id /></label>
        }
    };
    let value = move |of: fn(&AccountRow) -> String| account.as_ref().map(of).unwrap_or_default();
    let title = if is_new { t(lang, "邀请", "Invite") } else { t(lang, "修改", "Change") };
    view! {
        <Panel title>
            <form class="form-line" on:submit=submit data-testid="account-form">
                {is_new.then(|| field(t(lang, "账号", "Account"), name, String::new(), "account-name"))}
                {field(t(lang, "姓名", "Person"), person, value(|it| it.display_name.clone()), "account-person")}
                {field(t(lang, "区（代码）", "Districts (codes)"), districts, value(|it| it.districts.join(" ")), "account-districts")}
                {field(t(lang, "单位（统一社会信用代码）", "Units (credit codes)"), units, value(|it| it.units.join(" ")), "account-units")}
                <p class="chips">{roles}</p>
                <button type="submit" class="control primary" data-testid="save-account">{title}</button>
            </form>
        </Panel>
    }
}
