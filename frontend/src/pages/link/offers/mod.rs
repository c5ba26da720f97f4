//! Editions of the dictionaries that platforms above gave: what each would change here, and what was decided.

mod changes;
mod decisions;

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::access::permission::Permission;
use nengce_shared::api::link::{DictionaryOffer, LinkView};
use nengce_shared::lang::Lang;
use nengce_shared::link::OfferState;
use nengce_shared::warning::WarningLevel;

use super::words::moment;
use crate::components::badge::level_shape;
use crate::components::decision::DecisionButtons;
use crate::components::panel::Panel;
use crate::data::session::use_session;
use crate::export::period::local_date;
use crate::i18n::{t, use_lang};

#[component]
pub fn Offers(data: Signal<Arc<LinkView>>, changed: Callback<()>) -> impl IntoView {
    let lang = use_lang();
    let subtitle = move || {
        data.with(|it| match lang {
            Lang::Zh => format!("现行 {} · 新的在前", it.dic_version),
            Lang::En => format!("in force {}, newest first", it.dic_version),
        })
    };
    let ids = move || data.with(|it| it.offers.iter().map(|it| it.offer_id).collect::<Vec<_>>());
    view! {
        <Panel id="offers" class="apart" title=t(lang, "上级下发的字典", "Dictionaries from above") subtitle=Signal::derive(subtitle)>
            <Show when=move || data.with(|it| it.offers.is_empty())>
                <p class="state">{t(lang, "上级还没有下发过字典；用的是本平台自己的。", "No platform above has given dictionaries; those of this platform are in use.")}</p>
            </Show>
            <For each=ids key=|it| *it children=move |id| view! { <Offer data id changed /> } />
        </Panel>
    }
}

/// An edition. It stays when the page asks again, so that a day that is being typed is not lost.
#[component]
fn Offer(data: Signal<Arc<LinkView>>, id: u64, changed: Callback<()>) -> impl IntoView {
    let (lang, session) = (use_lang(), use_session());
    let offer = Memo::new(move |before: Option<&Option<DictionaryOffer>>| {
        let found = data.with(|it| it.offers.iter().find(|it| it.offer_id == id).cloned());
        found.or_else(|| before.cloned().flatten())
    });
    let day = RwSignal::new(String::new());
    let head = move || offer.get().map(|it| view! { <Head it /> });
    let state = move || offer.with(|it| it.as_ref().map(|it| it.state.as_str()));
    let body = Memo::new(move |_| {
        offer.get().map(|it| (it.changes, it.problem_zh, it.problem_en, it.state))
    });
    let preview = move || {
        let (changes, zh, en, state) = body.get()?;
        Some(view! {
            {(!lang.pick(&zh, &en).is_empty()).then(|| view! {
                <p class="lv1-text" data-testid="offer-problem">{t(lang, "▲ 不能应用：", "▲ It cannot be applied: ")}{lang.pick(&zh, &en).to_owned()}</p>
            })}
            <changes::Changes changes waits=is_open(state) && zh.is_empty() />
        })
    };
    let may = move || {
        session.may(Permission::Import)
            && offer.with(|it| it.as_ref().is_some_and(|it| is_open(it.state)))
    };
    let usable = move || offer.with(|it| it.as_ref().is_some_and(|it| it.problem_zh.is_empty()));
    let decisions = Signal::derive(move || match may() {
        true => offer.with(|it| {
            it.as_ref()
                .map(|it| decisions::of(it, &day.get(), &local_date(), lang))
                .unwrap_or_default()
        }),
        false => Vec::new(),
    });
    view! {
        <section class="link-offer" data-testid="offer" data-offer=id data-state=state>
            {head}
            {preview}
            <Show when=move || may() && usable()>
                <p class="form-line">
                    <label>
                        <span>{t(lang, "自哪一天起（填了才能按日应用）", "From which day (to apply it later)")}</span>
                        <input type="date" class="control" min=local_date() prop:value=day on:input=move |event| day.set(event_target_value(&event)) data-testid="offer-day" />
                    </label>
                </p>
            </Show>
            <DecisionButtons decisions on_done=Callback::new(move |_| changed.run(())) />
        </section>
    }
}

/// Whether something can still be decided.
fn is_open(state: OfferState) -> bool {
    matches!(state, OfferState::Offered | OfferState::Scheduled)
}

#[component]
fn Head(it: DictionaryOffer) -> impl IntoView {
    let lang = use_lang();
    let (class, level) = match it.state {
        OfferState::Offered => ("badge lv2", WarningLevel::Level2),
        OfferState::Applied => ("badge lv3", WarningLevel::Level3),
        _ => ("badge lv-none", WarningLevel::Pending),
    };
    let came = match lang {
        Lang::Zh => {
            format!("{} 的 {} 版，{} 收到", it.upper, it.version, moment(Some(&it.received_at)))
        }
        Lang::En => {
            format!("{} of {}, came {}", it.version, it.upper, moment(Some(&it.received_at)))
        }
    };
    view! {
        <h3>{came}" "<span class=class data-testid="offer-state">{level_shape(level)}<span>{it.state.label(lang)}</span></span></h3>
        <p class="note" data-testid="offer-decided">{decided(&it, lang)}</p>
    }
}

/// Who decided when, and from which day: 「王某 于 11-28 10:02 决定，自 2026-12-01 起」.
fn decided(it: &DictionaryOffer, lang: Lang) -> String {
    let by = match (&it.decided_by, &it.decided_at, lang) {
        (Some(by), at, Lang::Zh) => format!("{by} 于 {} 决定", moment(at.as_ref())),
        (Some(by), at, Lang::En) => format!("decided by {by} at {}", moment(at.as_ref())),
        (None, ..) => String::new(),
    };
    let from = match (&it.effective_on, lang) {
        (Some(day), Lang::Zh) => format!("自 {day} 起"),
        (Some(day), Lang::En) => format!("from {day}"),
        (None, _) => String::new(),
    };
    let parts: Vec<String> = [by, from].into_iter().filter(|it| !it.is_empty()).collect();
    parts.join(lang.pick("，", ", "))
}
