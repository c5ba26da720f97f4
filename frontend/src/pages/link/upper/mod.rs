//! The platforms above, a card each: whether the city is up to date there, in words and figures, and what can be done.

mod days;
mod decisions;
mod sentence;

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::access::permission::Permission;
use nengce_shared::api::link::{LinkView, UpperPlatform};
use nengce_shared::lang::Lang;
use nengce_shared::link::LinkState;
use nengce_shared::number::MISSING;
use nengce_shared::warning::WarningLevel;

use super::words::{LIST, UPPER, count, duration, moment};
use crate::components::badge::level_shape;
use crate::components::decision::DecisionButtons;
use crate::components::kpi::Kpi;
use crate::components::panel::Panel;
use crate::data::session::use_session;
use crate::i18n::{t, use_lang};
use crate::url_state::use_url_state;
pub use sentence::{has_refusals, is_up_to_date};

#[component]
pub fn Uppers(data: Signal<Arc<LinkView>>, changed: Callback<()>) -> impl IntoView {
    let lang = use_lang();
    let names =
        move || data.with(|it| it.uppers.iter().map(|it| it.name.clone()).collect::<Vec<_>>());
    view! {
        <Show when=move || data.with(|it| it.uppers.is_empty())>
            <Panel id="no-upper" class="apart" title=t(lang, "上级平台", "Platforms above")>
                <div class="state" data-testid="no-upper">
                    <p>{t(lang, "没有配置上级平台：本平台什么都不上报。", "No platform above is configured: nothing is sent from here.")}</p>
                    <p class="note">
                        {t(lang, "要上报，就在配置文件里写 ", "To send, name a file in the configuration as ")}
                        <code>"link_file"</code>
                        {t(
                            lang,
                            "，指向一份列出上级平台的文件：名称、地址、规约，以及哪些单位、采集项、粒度上报。改好后重新启动。",
                            ". It lists the platforms above: name, address, profile, and which units, items and grains go up. Restart the server afterwards.",
                        )}
                    </p>
                </div>
            </Panel>
        </Show>
        <For each=names key=String::clone children=move |name| view! { <Card data name changed /> } />
    }
}

/// A platform above. The card stays when its figures change, so that a question that is open is not lost.
#[component]
fn Card(data: Signal<Arc<LinkView>>, name: String, changed: Callback<()>) -> impl IntoView {
    let (lang, session) = (use_lang(), use_session());
    let title = name.clone();
    let upper = Memo::new(move |before: Option<&Option<UpperPlatform>>| {
        let found = data.with(|it| it.uppers.iter().find(|it| it.name == name).cloned());
        found.or_else(|| before.cloned().flatten())
    });
    let of = move |words: fn(&UpperPlatform, Lang) -> String| {
        Signal::derive(move || {
            upper.with(|it| it.as_ref().map(|it| words(it, lang)).unwrap_or_default())
        })
    };
    let mine = title.clone();
    let badge = move || upper.get().map(|it| state_badge(&it, lang));
    let decisions = Signal::derive(move || match session.may(Permission::Maintenance) {
        true => upper.with(|it| it.as_ref().map(|it| decisions::of(it, lang)).unwrap_or_default()),
        false => Vec::new(),
    });
    let state = move || upper.with(|it| it.as_ref().map(|it| it.state.as_str()));
    view! {
        <div class="link-upper" data-testid="upper" data-upper=mine data-state=state>
            <Panel class="apart" title subtitle=of(|it, _| format!("{} · {}", it.url, it.profile)) note=of(rules)>
                <p class="link-standing">{badge}" "<span data-testid="standing">{of(sentence::sentence)}</span></p>
                <Figures upper />
                <days::Days upper />
                <DecisionButtons decisions on_done=Callback::new(move |_| changed.run(())) />
            </Panel>
        </div>
    }
}

fn rules(it: &UpperPlatform, lang: Lang) -> String {
    let rules = lang.pick(&it.rules_zh, &it.rules_en);
    match (rules, lang) {
        ("", _) => String::new(),
        (rules, Lang::Zh) => format!("上报规则：{rules}"),
        (rules, Lang::En) => format!("What goes up: {rules}"),
    }
}

/// The state as shape and word. A link that works while something stands refused, or that has sent nothing, is not green.
fn state_badge(it: &UpperPlatform, lang: Lang) -> impl IntoView + use<> {
    let (class, level, words) = match it.state {
        LinkState::Refused => ("badge lv1", WarningLevel::Level1, it.state.label(lang)),
        LinkState::Waiting => ("badge lv2", WarningLevel::Level2, it.state.label(lang)),
        LinkState::Paused => ("badge lv-none", WarningLevel::Pending, it.state.label(lang)),
        LinkState::Working if has_refusals(it) => {
            ("badge lv2", WarningLevel::Level2, t(lang, "有被拒绝的", "Some refused"))
        }
        LinkState::Working if it.sent_at.is_none() => {
            ("badge lv-none", WarningLevel::Pending, t(lang, "尚未送达过", "Nothing sent yet"))
        }
        LinkState::Working => ("badge lv3", WarningLevel::Level3, it.state.label(lang)),
    };
    view! { <span class=class data-testid="link-state">{level_shape(level)}<span>{words}</span></span> }
}

#[component]
fn Figures(upper: Memo<Option<UpperPlatform>>) -> impl IntoView {
    let lang = use_lang();
    let figure = move |of: fn(&UpperPlatform, Lang) -> String| {
        Signal::derive(move || {
            upper.with(|it| it.as_ref().map(|it| of(it, lang)).unwrap_or_default())
        })
    };
    let class = move |of: fn(&UpperPlatform) -> bool| {
        Signal::derive(move || match upper.with(|it| it.as_ref().is_some_and(of)) {
            true => "worse",
            false => "",
        })
    };
    let name = move || upper.with(|it| it.as_ref().map(|it| it.name.clone()).unwrap_or_default());
    view! {
        <div class="kpis four link-figures">
            <Kpi id="lag" label=t(lang, "最早的已等待", "The oldest has waited") value=figure(lag) unit="">
                <p class="kpi-note">{figure(since)}</p>
            </Kpi>
            <Kpi id="due" label=t(lang, "待送", "To send") value=figure(|it, _| count(it.due_item_days)) unit=t(lang, "项·日", "item-days")>
                <p class="kpi-note">{figure(last)}</p>
            </Kpi>
            <Kpi id="registered" label=t(lang, "已注册", "Registered") value=figure(|it, _| count(it.units_registered.into())) unit=figure(of_units)>
                <p class="kpi-note">
                    <span data-figure="units-refused" class=class(|it| it.units_refused > 0)>{figure(refused)}</span>" "
                    <ListLink name=Signal::derive(name) list="units" words=t(lang, "看单位", "See the units") />
                </p>
            </Kpi>
            <Kpi id="refused" label=t(lang, "被拒绝的数据", "Values refused") value=figure(|it, _| count(it.refused_entries)) unit=t(lang, "条", "values") class=class(|it| it.refused_entries > 0)>
                <p class="kpi-note"><ListLink name=Signal::derive(name) list="refused" words=t(lang, "看哪些、为什么", "See which and why") /></p>
            </Kpi>
        </div>
    }
}

/// Opens a list of the platform on this page; its address can be copied.
#[component]
fn ListLink(name: Signal<String>, list: &'static str, words: &'static str) -> impl IntoView {
    let url = use_url_state();
    let pairs = move || [(UPPER, Some(name.get())), (LIST, Some(list.to_owned())), ("q", None)];
    let open = move |event: leptos::ev::MouseEvent| {
        if !(event.ctrl_key() || event.meta_key() || event.shift_key()) {
            event.prevent_default();
            url.set(&untrack(pairs));
        }
    };
    view! { <a href=move || url.href_here(&pairs()) on:click=open data-list=list>{words}</a> }
}

fn lag(it: &UpperPlatform, lang: Lang) -> String {
    it.lag_seconds.map_or_else(|| MISSING.to_owned(), |it| duration(it, lang))
}

fn since(it: &UpperPlatform, lang: Lang) -> String {
    match (&it.due_since, lang) {
        (Some(at), Lang::Zh) => format!("自 {}", moment(Some(at))),
        (Some(at), Lang::En) => format!("since {}", moment(Some(at))),
        (None, _) => t(lang, "没有数据在等", "nothing waits").to_owned(),
    }
}

fn last(it: &UpperPlatform, lang: Lang) -> String {
    match (&it.sent_at, lang) {
        (Some(at), Lang::Zh) => format!("最近送达 {}", moment(Some(at))),
        (Some(at), Lang::En) => format!("last taken {}", moment(Some(at))),
        (None, _) => t(lang, "还没有送达过", "nothing was taken yet").to_owned(),
    }
}

fn of_units(it: &UpperPlatform, lang: Lang) -> String {
    let units = count(it.units.into());
    match lang {
        Lang::Zh => format!("/ {units} 家"),
        Lang::En => format!("of {units} units"),
    }
}

fn refused(it: &UpperPlatform, lang: Lang) -> String {
    match (it.units_refused, lang) {
        (0, Lang::Zh) => "没有单位被拒绝".to_owned(),
        (0, Lang::En) => "no unit is refused".to_owned(),
        (n, Lang::Zh) => format!("▲ {n} 家被拒绝"),
        (n, Lang::En) => format!("▲ {n} refused"),
    }
}
