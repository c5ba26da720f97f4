//! Values typed by hand for one item of the unit: its missing days first, checked while they are typed.

use std::sync::Arc;

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use nengce_shared::api::submission::{ManualForm, ManualItem, ValuesRequest};
use nengce_shared::lang::Lang;

use crate::components::draft::{FormDraft, Typing};
use crate::components::panel::Panel;
use crate::components::sending::Sending;
use crate::components::states::Loaded;
use crate::components::typed_periods::{Typed, TypedPeriods, read};
use crate::format::unit_words;
use crate::i18n::{t, use_lang};
use crate::load::use_load;
use crate::url_state::use_url_state;

#[component]
pub fn ValuesPanel(code: String, done: Callback<Option<u64>>) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let code = StoredValue::new(code);
    let load = use_load::<ManualForm>(move || {
        let item = url.get("item").map(|it| format!("?data_code={it}")).unwrap_or_default();
        Some(format!("/api/v1/units/{}/manual-form{item}", code.get_value()))
    });
    view! {
        <Panel id="values" title=t(lang, "手工填报", "Values by hand") subtitle=t(lang, "补缺或改错 · 近 35 天 · 边填边核对", "fill a gap or replace a value; the last 35 days; checked while typed")>
            <Loaded load height=160 let:data><Form data code done /></Loaded>
        </Panel>
    }
}

#[component]
fn Form(
    data: Signal<Arc<ManualForm>>,
    code: StoredValue<String>,
    done: Callback<Option<u64>>,
) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let typed: Typed = RwSignal::default();
    let reason = RwSignal::new(String::new());
    let item = Memo::new(move |_| url.get("item"));
    let draft = use_draft(code, item, (reason, typed));
    // What was sent is not sent again with the next values.
    let sending = Sending::new(Callback::new(move |id| {
        draft.forget(lang);
        done.run(id);
    }));
    let wrong = RwSignal::new(None::<String>);
    let all_days = RwSignal::new(false);
    let history = Signal::derive(move || data.with(|it| it.history.clone().map(Arc::new)));
    // Another item has other values.
    Effect::new(move |before: Option<Option<String>>| {
        let now = item.get();
        if before.is_some_and(|it| it != now) {
            typed.set(Default::default());
            reason.set(String::new());
        }
        now
    });
    let periods = Signal::derive(move || {
        history.with(|it| {
            it.as_ref().map_or_else(Vec::new, |it| {
                let days = it.days.iter().filter(|it| all_days.get() || it.value.is_none());
                let mut all: Vec<String> = days.map(|it| it.day.clone()).collect();
                all.reverse();
                all
            })
        })
    });
    let unit = Signal::derive(move || {
        let of = |it: &ManualItem| Some(&it.data_code) == item.get().as_ref();
        data.with(|it| {
            let found =
                it.items.iter().find(|it| of(it)).and_then(|it| it.quantity_unit.as_deref());
            found.map(|it| unit_words(it, lang)).unwrap_or_default()
        })
    });
    let options =
        move || data.with(|it| it.items.iter().map(|it| option(it, item, lang)).collect_view());
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let values = read(&item.get_untracked().unwrap_or_default(), &typed.get_untracked());
        let said = reason.get_untracked().trim().to_owned();
        match values {
            Err(period) => wrong.set(Some(match lang {
                Lang::Zh => format!("{period} 的值不是数字"),
                Lang::En => format!("the value of {period} is no number"),
            })),
            Ok(values) if values.is_empty() => {
                wrong.set(Some(t(lang, "还没有填值。", "No value is typed.").to_owned()))
            }
            Ok(_) if said.is_empty() => {
                wrong.set(Some(t(lang, "写明原因。", "Say why.").to_owned()))
            }
            Ok(values) => {
                wrong.set(None);
                let body = serde_json::to_string(&ValuesRequest { values, reason: said });
                sending.post(format!("/api/v1/units/{}/values", code.get_value()), body, lang);
            }
        }
    };
    let nothing_missing = move || item.get().is_some() && periods.with(Vec::is_empty);
    view! {
        <form on:submit=submit data-testid="values-form">
            <div class="form-line">
                <label>
                    <span>{t(lang, "采集项", "Item")}</span>
                    <select class="control" data-testid="item" on:change=move |event| url.set(&[("item", Some(event_target_value(&event)).filter(|it| !it.is_empty()))])>
                        <option value="">{t(lang, "选择采集项", "Choose an item")}</option>
                        {options}
                    </select>
                </label>
                <label class="check"><input type="checkbox" prop:checked=all_days on:change=move |event| all_days.set(event_target_checked(&event)) /><span>{t(lang, "也列出已有值的日子", "Also days that have a value")}</span></label>
            </div>
            <Show when=nothing_missing><p class="note">{t(lang, "近 35 天没有缺报的日子。", "No day of the last 35 is missing.")}</p></Show>
            <Show when=move || !periods.with(Vec::is_empty)>
                <TypedPeriods history periods unit typed />
                <label class="reason-field">
                    <span>{t(lang, "原因（必填）", "Reason (required)")}</span>
                    <textarea class="control" rows="2" maxlength="1000" prop:value=reason on:input=move |event| reason.set(event_target_value(&event)) data-testid="values-reason"></textarea>
                </label>
                <p class="note">{t(lang, "提交后：标为「手工填报」，原值留在历史里；超过期限的值须能源中心批准。", "After that: stored as typed by hand; replaced values stay in the history; values of old periods need approval.")}</p>
                {draft.line(lang)}
                <div class="actions">
                    <button type="submit" class="control primary" disabled=sending.busy data-testid="send-values">{t(lang, "提交", "Submit")}</button>
                </div>
            </Show>
            <p class="lv1-text" role="alert">{wrong}</p>
            {sending.problem()}
        </form>
    }
}

/// The draft of the values of this item: the reason and what is typed by period.
fn use_draft(
    code: StoredValue<String>,
    item: Memo<Option<String>>,
    (reason, typed): (RwSignal<String>, Typed),
) -> FormDraft {
    let subject = Memo::new(move |_| {
        format!("values-{}-{}", code.get_value(), item.get().unwrap_or_default())
    });
    let written = Memo::new(move |_| {
        let (reason, typed) = (reason.get(), typed.get());
        let typed: Typing = typed.into_iter().filter(|it| !it.1.trim().is_empty()).collect();
        match reason.is_empty() && typed.is_empty() {
            true => String::new(),
            false => serde_json::to_string(&(reason, typed)).unwrap_or_default(),
        }
    });
    let fill = Callback::new(move |body: String| {
        let (said, values) = serde_json::from_str::<(String, Typing)>(&body).unwrap_or_default();
        reason.set(said);
        typed.set(values);
    });
    FormDraft::new(subject.into(), written.into(), fill)
}

fn option(it: &ManualItem, item: Memo<Option<String>>, lang: Lang) -> impl IntoView + use<> {
    let name = lang.pick(&it.item_zh, &it.item_en);
    let missing = match (it.missing_days, lang) {
        (0, _) => String::new(),
        (days, Lang::Zh) => format!(" · 缺 {days} 天"),
        (days, Lang::En) => format!(" · {days} days missing"),
    };
    let words = format!("{name} {}{missing}", it.data_code);
    let code = it.data_code.clone();
    let selected = {
        let code = code.clone();
        move || item.get().as_ref() == Some(&code)
    };
    view! { <option value=code selected=selected>{words}</option> }
}
