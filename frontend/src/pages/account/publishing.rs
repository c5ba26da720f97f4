//! What anybody may read without signing in: each part is published and withdrawn after a sheet that says who sees what then.

use leptos::prelude::*;
use nengce_shared::access::permission::Permission;
use nengce_shared::api::account::PublicationList;

use super::words;
use crate::components::decision::{Decision, DecisionButtons, Reason};
use crate::components::panel::Panel;
use crate::i18n::{t, use_lang};
use crate::load::{Load, use_load};

/// What can be seen by whoever has a permission.
fn seen(permission: Permission) -> (&'static str, &'static str) {
    match permission {
        Permission::Figures => (
            "全部单位的名称、能耗、强度、对标和监察目标，以及全市合计",
            "names, consumption, intensity, benchmarks and targets of all units, and their sums",
        ),
        Permission::UnitData => {
            ("每家单位的用能明细、读数和计量器具", "the readings, items and meters of each unit")
        }
        Permission::Quality => {
            ("每家单位的数据质量评分和问题", "the data quality and the findings of each unit")
        }
        Permission::Uploads => {
            ("上报记录和拒收条目", "the uploads of terminals and their rejected entries")
        }
        Permission::Devices => (
            "已核准的终端及其状态，编号打码",
            "approved terminals and their standing; ids are masked",
        ),
        Permission::Replacements => {
            ("等待批准的改数，含前后数值", "late values that wait for approval, old and new")
        }
        _ => ("", ""),
    }
}

#[component]
pub(super) fn Publishing() -> impl IntoView {
    let lang = use_lang();
    let load = use_load::<PublicationList>(|| Some("/api/v1/publication".to_owned()));
    let rows = move || load.answer(|it| it.rows.clone()).unwrap_or_default();
    let refused = move || load.error.get().map(|it| words(&it, lang));
    view! {
        <Panel title=t(lang, "公开数据", "Published data") subtitle=t(lang, "不登录即可查看的内容", "what anybody may read without signing in")>
            <p class="lv1-text" role="alert">{refused}</p>
            <ul class="session-list" data-testid="publication">
                <For each=rows key=|it| it.permission children=move |it| {
                    let permission = it.permission;
                    let published = Signal::derive(move || {
                        load.answer(|all| all.rows.iter().any(|it| it.permission == permission && it.published)).unwrap_or_default()
                    });
                    view! { <Line permission published load /> }
                } />
            </ul>
        </Panel>
    }
}

#[component]
fn Line(
    permission: Permission,
    published: Signal<bool>,
    load: Load<PublicationList>,
) -> impl IntoView {
    let lang = use_lang();
    let (zh, en) = seen(permission);
    let state = move || match published.get() {
        true => t(lang, "已公开", "published"),
        false => t(lang, "须登录", "for accounts only"),
    };
    let decisions = Signal::derive(move || vec![decision(permission, published.get(), lang)]);
    let on_done = Callback::new(move |_| load.retry());
    view! {
        <li data-permission=permission.as_str()>
            <span><b>{permission.label(lang)}</b>" · "<span data-testid="published">{state}</span></span>
            <span class="note">{t(lang, zh, en)}</span>
            <DecisionButtons decisions on_done />
        </li>
    }
}

fn decision(permission: Permission, published: bool, lang: nengce_shared::lang::Lang) -> Decision {
    let (zh, en) = seen(permission);
    let name = permission.label(lang);
    let path = |what: &str| format!("/api/v1/publication/{}/{what}", permission.as_str());
    let (title, follows) = match published {
        false => (
            format!("{} {name}", t(lang, "公开", "Publish")),
            vec![
                format!(
                    "{}{}{}",
                    t(lang, "任何能打开本站的人，不登录就能看到：", "Whoever reaches this server sees, without an account: "),
                    t(lang, zh, en),
                    t(lang, "。", ".")
                ),
                t(lang, "已看到或下载的内容收不回来。", "What was seen or downloaded cannot be taken back.").to_owned(),
            ],
        ),
        true => (
            format!("{} {name}", t(lang, "收回公开", "Withdraw")),
            vec![t(
                lang,
                "以后只有登录且有权限的人能看到；已打开的页面不再更新。",
                "From now on only accounts with the permission see it; open pages are not updated any more.",
            )
            .to_owned()],
        ),
    };
    let recorded = t(
        lang,
        "立即生效，记入审计日志；可随时改回。",
        "It holds at once, is recorded in the audit log, and can be undone at any time.",
    );
    Decision {
        id: if published { "withdraw" } else { "publish" },
        button: if published {
            t(lang, "收回", "Withdraw")
        } else {
            t(lang, "公开", "Publish")
        },
        title,
        follows: follows.into_iter().chain([recorded.to_owned()]).collect(),
        reason: Reason::None,
        primary: false,
        path: path(if published { "withdraw" } else { "publish" }),
        body: None,
        done_message: format!(
            "{name}：{}",
            if published {
                t(lang, "已收回", "withdrawn")
            } else {
                t(lang, "已公开", "published")
            }
        ),
    }
}
