//! The first page of an account: one sentence with what is new, late and its own, then a panel for each of its tasks. Every
//! figure is a link to the page that shows it.

mod finding_sheet;
mod own_unit;
mod panel;
pub mod sentence;

use leptos::prelude::*;
use nengce_shared::api::home::Home;

use self::finding_sheet::FindingSheet;
use self::own_unit::{OwnUnit, UnitChip};
use self::panel::PartPanel;
use self::sentence::sentence;
use crate::components::page_head::PageHead;
use crate::components::states::Loaded;
use crate::data::session::use_session;
use crate::i18n::{t, use_lang};
use crate::load::use_load;
use crate::pages::unit::compliance::CompliancePanel;
use crate::url_state::use_url_state;

#[component]
pub fn HomePage() -> impl IntoView {
    let (lang, session, url) = (use_lang(), use_session(), use_url_state());
    let load = use_load::<Home>(|| Some("/api/v1/home".to_owned()));
    let answer = move || load.data.get().map(|it| sentence(&it, lang));
    let names = move || {
        let names = load.data.with(|it| {
            it.as_ref().map(|it| it.parts.iter().map(|it| it.name.clone()).collect::<Vec<_>>())
        });
        names.unwrap_or_default()
    };
    let today = Memo::new(move |_| {
        load.data.with(|it| it.as_ref().map(|it| it.today.clone())).unwrap_or_default()
    });
    let own = Memo::new(move |_| {
        let is_own = load.data.with(|it| {
            it.as_ref().is_some_and(|it| it.parts.iter().any(|it| it.name == "own_units"))
        });
        let account = session.account().filter(|_| is_own);
        account.map(|it| it.units.clone()).unwrap_or_default()
    });
    let has_own = move || !own.with(Vec::is_empty);
    provide_context(own_unit::chosen(own));
    let is_nobody = move || load.data.with(|it| it.as_ref().is_some_and(|it| it.parts.is_empty()));
    view! {
        <PageHead title=t(lang, "首页", "Home") answer />
        <div class="home" class:with-sheet=move || url.get("finding").is_some()>
        <div>
        <Loaded load height=480 let:data>
            <Show when=is_nobody>
                <section class="panel apart">
                    <p>
                        {match session.account() {
                            Some(_) => t(lang, "您的账号名下没有单位。", "Your account names no unit."),
                            None => t(lang, "登录后，这里列出您的待办、逾期与本单位情况。", "Once you sign in, this page shows what is new, late and yours."),
                        }}
                    </p>
                    <p><a class="control" href="/sign-in">{t(lang, "登录", "Sign in")}</a></p>
                </section>
            </Show>
            <UnitChip units=own />
            <div class="home-parts">
                <For each=names key=String::clone children=move |name| view! { <PartPanel data name /> } />
                <Show when=has_own>
                    <CompliancePanel />
                </Show>
            </div>
            <Show when=has_own>
                <OwnUnit today />
            </Show>
        </Loaded>
        </div>
        <FindingSheet changed=Callback::new(move |()| load.retry()) />
        </div>
    }
}
