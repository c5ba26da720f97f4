//! The part of whoever gives accounts: who has not come yet, who is locked, who lacks a second factor.

use nengce_shared::api::account::AccountState;
use nengce_shared::api::home::HomePart;

use super::part::{Within, figure, late, part, row};
use crate::clock;
use crate::store::accounts::account::Account;

const LINK: &str = "/accounts";
const ACCOUNTS: (&str, &str) = ("个", "");

pub(super) fn accounts(within: &Within<'_>) -> HomePart {
    let (state, now) = (within.state, within.state.clock.now());
    let locked = state.sign_in_failures.locked(state.config.lock_rule(), now);
    let all: Vec<_> = state.store.accounts().all().cloned().collect();
    let is_active = |it: &Account| it.state == AccountState::Active;
    let is_invited = |it: &Account| it.state == AccountState::Invited;
    let is_locked = |it: &Account| locked.contains(&it.name);
    let is_bare = |it: &Account| {
        let needs = it.roles.iter().any(|it| state.config.needs_second_factor(*it));
        is_active(it) && needs && it.confirmed_factor().is_none() && !it.is_demo
    };
    let count = |of: &dyn Fn(&Account) -> bool| all.iter().filter(|it| of(it)).count() as f64;
    let figures = vec![
        figure("active", ("在用", "active"), count(&is_active), ACCOUNTS, LINK),
        figure("invited", ("待激活", "invited"), count(&is_invited), ACCOUNTS, LINK),
        late("locked", ("锁定", "locked"), count(&is_locked), ACCOUNTS, LINK),
        late("bare", ("缺动态码", "without their second factor"), count(&is_bare), ACCOUNTS, LINK),
    ];
    let note = |it: &Account| {
        let until =
            it.invitation.as_ref().filter(|it| it.until > now).map(|it| clock::text(it.until));
        Some(match (is_locked(it), is_invited(it), until) {
            (true, ..) => {
                ("口令多次不对，暂时锁定".to_owned(), "locked after wrong passwords".to_owned())
            }
            (_, true, Some(until)) => {
                (format!("待激活，邀请至 {until}"), format!("invited until {until}"))
            }
            (_, true, None) => {
                ("邀请已过期，须重发".to_owned(), "the invitation is over".to_owned())
            }
            _ if is_bare(it) => {
                ("角色要求动态码，尚未启用".to_owned(), "its role needs a second factor".to_owned())
            }
            _ => return None,
        })
    };
    let rows = all.iter().filter_map(|it| {
        let note = note(it)?;
        Some(row(&it.display_name, LINK.to_owned(), (&note.0, &note.1), Vec::new()))
    });
    part(
        ("accounts", LINK),
        ("账号", "Accounts"),
        ("未激活、锁定或缺动态码的", "invited, locked or without a second factor"),
        figures,
        rows.collect(),
    )
}
