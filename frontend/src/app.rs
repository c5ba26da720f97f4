//! The app: contexts, the router's table of pages, the shell around them. A change of language rebuilds the tree below.

use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Redirect, Route, Router};
use leptos_router::hooks::use_query_map;
use leptos_router::path;

use crate::components::drill_down::DrillDownPlace;
use crate::data::meta::provide_meta;
use crate::data::session::{provide_session, use_session};
use crate::data::session_requests::{ask, note_print};
use crate::export::period::provide_covered_period;
use crate::i18n::{LangSetting, t, tag, use_lang};
use crate::lazy_view::show;
use crate::pages::lazy;
use crate::pages::not_found::NotFound;
use crate::pending_counts::provide_pending_counts;
use crate::shell::foot::Foot;
use crate::shell::header::Header;
use crate::shell::link_notice::LinkNotice;
use crate::shell::service_notice::ServiceNotice;
use crate::style::theme::Theme;
use crate::url_state::UrlState;

#[component]
pub fn App() -> impl IntoView {
    Theme::provide();
    provide_meta();
    provide_covered_period();
    provide_session();
    let session = use_session();
    ask(session);
    // It lives as long as the app.
    let _printed = window_event_listener(leptos::ev::beforeprint, move |_| note_print(session));
    provide_pending_counts();
    view! {
        <Router>
            <Shell />
        </Router>
    }
}

#[component]
fn Shell() -> impl IntoView {
    UrlState::provide();
    crate::components::selecting::follow_presses();
    let query = use_query_map();
    let setting = LangSetting::initial(query.with_untracked(|it| it.get("lang")));
    provide_context(setting);
    // Back and deep links may carry another language.
    Effect::new(move |_| {
        if let Some(word) = query.with(|it| it.get("lang")) {
            let lang = nengce_shared::lang::Lang::of_tag(&word);
            if setting.0.get_untracked() != lang {
                setting.set(lang);
            }
        }
    });
    Effect::new(move |_| {
        let root = document().document_element();
        if root.is_some_and(|it| it.set_attribute("lang", tag(setting.0.get())).is_err()) {
            leptos::logging::warn!("the page's language could not be named");
        }
    });
    move || {
        provide_context(setting.0.get());
        view! { <Frame /> }
    }
}

#[component]
fn Frame() -> impl IntoView {
    let (lang, session) = (use_lang(), use_session());
    view! {
        <a class="skip" href="#main" rel="external">{t(lang, "跳到正文", "Skip to content")}</a>
        <Header />
        <ServiceNotice />
        <LinkNotice />
        <main id="main" tabindex="-1">
            <FlatRoutes fallback=|| view! { <NotFound /> }>
                <Route path=path!("/") view=|| view! { <Redirect path="/dual-control" /> } />
                <Route path=path!("/home") view=|| show(lazy::home()) />
                <Route path=path!("/dual-control") view=|| show(lazy::dual_control()) />
                <Route path=path!("/intensity") view=|| show(lazy::intensity()) />
                <Route path=path!("/benchmarks/:subject?") view=|| show(lazy::benchmark()) />
                <Route path=path!("/targets") view=|| show(lazy::targets()) />
                <Route path=path!("/programmes") view=|| show(lazy::programmes()) />
                <Route path=path!("/cases") view=|| show(lazy::cases()) />
                <Route path=path!("/cases/:id") view=|| show(lazy::case()) />
                <Route path=path!("/cases/:id/documents/:document") view=|| show(lazy::case_document()) />
                <Route path=path!("/credit-list") view=|| show(lazy::credit_list()) />
                <Route path=path!("/document-templates") view=|| show(lazy::document_templates()) />
                <Route path=path!("/units") view=|| show(lazy::units()) />
                <Route path=path!("/units/:code") view=|| show(lazy::unit()) />
                <Route path=path!("/units/:code/savings") view=|| show(lazy::savings()) />
                <Route path=path!("/units/:code/costs") view=|| show(lazy::costs()) />
                <Route path=path!("/units/:code/balance") view=|| show(lazy::balance()) />
                <Route path=path!("/units/:code/looks") view=|| show(lazy::sharing()) />
                <Route path=path!("/units/:code/audit-pack") view=|| show(lazy::audit_pack()) />
                <Route path=path!("/uploads") view=|| show(lazy::uploads()) />
                <Route path=path!("/quality") view=|| show(lazy::quality()) />
                <Route path=path!("/submissions") view=|| show(lazy::submissions()) />
                <Route path=path!("/import") view=|| show(lazy::import()) />
                <Route path=path!("/terminals") view=|| show(lazy::terminals()) />
                <Route path=path!("/sign-in") view=|| show(lazy::sign_in()) />
                <Route path=path!("/invitation") view=|| show(lazy::invitation()) />
                <Route path=path!("/account") view=|| show(lazy::account()) />
                <Route path=path!("/accounts") view=|| show(lazy::accounts()) />
                <Route path=path!("/audit") view=|| show(lazy::audit()) />
                <Route path=path!("/operation") view=|| show(lazy::operation()) />
                <Route path=path!("/link") view=|| show(lazy::link()) />
            </FlatRoutes>
        </main>
        <Foot />
        <DrillDownPlace />
        <Show when=move || session.has_ended()>{show(lazy::session_sheet())}</Show>
    }
}
