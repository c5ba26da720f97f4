//! The part about units that let the account read their data for a time.

use nengce_shared::api::home::HomePart;
use nengce_shared::lang::Lang;

use super::part::{UNITS, days_left, figure, part, row};
use crate::http::state::AppState;
use crate::store::accounts::account::Account;

pub(super) const LINK: &str = "/units";

pub(super) fn shared(state: &AppState, account: &Account) -> HomePart {
    let today = state.clock.today();
    let shares = state.store.accounts().shares_of(&account.name, today);
    let registry = state.store.registry();
    let figures = vec![figure(
        "shared",
        ("分享给我的单位", "units shared with me"),
        shares.len() as f64,
        UNITS,
        LINK,
    )];
    let rows = shares.iter().map(|it| {
        let code = &it.enterprise_code;
        let name = registry.unit_by_code(code).map_or(code, |it| &it.name);
        let link = format!("{LINK}/{code}");
        let words = |lang: Lang, between: &str| {
            it.kinds.iter().map(|it| it.label(lang)).collect::<Vec<_>>().join(between)
        };
        let zh = format!("可看 {}，至 {}", words(Lang::Zh, "、"), it.until);
        let en = format!("{} until {}", words(Lang::En, ", "), it.until);
        let left = days_left(Some((it.until - today).get_days()), &link);
        row(name, link, (&zh, &en), vec![left])
    });
    let rows = rows.collect();
    let about = ("到期后不再可看", "they can be read until the last day");
    part(("shared_units", LINK), ("分享给我的单位", "Units shared with me"), about, figures, rows)
}
