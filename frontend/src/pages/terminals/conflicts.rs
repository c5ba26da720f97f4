//! Units whose name equals another's or can be taken for it, with links to look at them.

use leptos::prelude::*;
use nengce_shared::api::unit_change::NameConflict;
use nengce_shared::lang::Lang;

use crate::i18n::t;
use crate::url_state::UrlState;

pub fn conflicts(list: &[NameConflict], url: UrlState, lang: Lang) -> Option<AnyView> {
    if list.is_empty() {
        return None;
    }
    let items = list
        .iter()
        .map(|it| {
            let path = format!("/units/{}", it.enterprise_code);
            let how = match it.kind.as_str() {
                "equal" => t(lang, "同名", "same name"),
                _ => t(lang, "易混", "looks alike"),
            };
            view! {
                <li>
                    <span class="tag differs">{how}</span>
                    " "
                    <a href=move || url.href(&path)>{it.name.clone()}</a>
                    " "
                    <span class="note">{it.enterprise_code.clone()}</span>
                </li>
            }
        })
        .collect_view();
    Some(
        view! {
            <div class="conflicts" data-testid="conflicts">
                <h3>{t(lang, "名称相同或易混的单位", "Units with the same or a similar name")}</h3>
                <ul>{items}</ul>
            </div>
        }
        .into_any(),
    )
}
