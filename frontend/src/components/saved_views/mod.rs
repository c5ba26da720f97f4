//! Views that a reader saved under a name: the page with all of its selections. They are kept in this browser until there
//! are accounts. A view's link carries its name and opens it for others too. The code of the list comes with that of the
//! pages of units when the menu is first opened.

mod panel;
mod store;

use leptos::prelude::*;

use self::panel::Panel;
use crate::components::menu::Menu;
use crate::i18n::{t, use_lang};
use crate::lazy_view::{lazy_views, show};
use crate::style::icons::Icon;
use crate::url_state::{SAVED_VIEW, use_url_state};

lazy_views! {
    units: panel_code => Panel;
}

#[component]
pub fn SavedViews() -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let name = move || url.get(SAVED_VIEW).unwrap_or_else(|| t(lang, "视图", "Views").to_owned());
    let button = move || view! { {Icon::Menu.view()}<span data-testid="view-name">{name}</span> };
    view! {
        <Menu button class="control" right=true>
            {show(panel_code())}
        </Menu>
    }
}
