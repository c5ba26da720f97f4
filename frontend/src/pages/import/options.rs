//! What a header cannot say: the unit of the readings, how dates are written, and whether a stamp names a start or an
//! end.

use leptos::prelude::*;
use nengce_shared::api::imports::ImportMapping;
use nengce_shared::api::unit::UnitList;
use nengce_shared::lang::Lang;

use super::flow::{Flow, complete};
use crate::components::panel::Panel;
use crate::i18n::{t, use_lang};
use crate::load::use_load;

/// A choice: value, zh, en.
type Words = (&'static str, &'static str, &'static str);

const DATES: [Words; 4] = [
    ("", "按内容判断", "as the cells say"),
    ("ymd", "年-月-日", "year-month-day"),
    ("dmy", "日/月/年", "day/month/year"),
    ("mdy", "月/日/年", "month/day/year"),
];
const RHYTHMS: [Words; 4] = [
    ("0", "实时（15 分钟、1 小时）", "real-time (15 min, 1 h)"),
    ("1", "日", "day"),
    ("2", "月", "month"),
    ("3", "年", "year"),
];
const STAMPS: [Words; 2] =
    [("start", "时段开始", "start of the interval"), ("end", "时段结束", "end of the interval")];
const INTERVALS: [Words; 4] = [
    ("", "不限", "any"),
    ("15m", "15 分钟", "15 minutes"),
    ("1h", "1 小时", "1 hour"),
    ("1d", "1 日", "1 day"),
];
const MIDNIGHT: [Words; 2] = [
    ("opens-day", "当日开始", "opens the day"),
    ("closes-day", "前一日结束", "closes the day before"),
];

#[component]
pub fn OptionsPanel(flow: Flow) -> impl IntoView {
    let lang = use_lang();
    let wide = move || flow.kind.with(|it| it == "readings");
    let values = move || flow.kind.with(|it| it == "readings" || it == "records");
    let select = move |words: &'static str,
                       options: &'static [Words],
                       get: fn(&ImportMapping) -> String,
                       set: fn(&mut ImportMapping, String)| {
        let options = options
            .iter()
            .map(|(value, zh, en)| view! { <option value=*value selected=move || flow.mapping.with(get) == *value>{t(lang, zh, en)}</option> })
            .collect_view();
        view! {
            <label>
                <span>{words}</span>
                <select class="control" on:change=move |event| { let selected = event_target_value(&event); flow.mapping.update(|it| set(it, selected)); }>{options}</select>
            </label>
        }
        .into_any()
    };
    let rhythm = move || {
        values().then(|| {
            select(
                t(lang, "统计类型", "Frequency"),
                &RHYTHMS,
                |it| it.stat_type.unwrap_or_default().to_string(),
                |it, selected| it.stat_type = selected.parse().ok(),
            )
        })
    };
    let stamps = move || {
        wide().then(|| view! {
        {select(t(lang, "日期写法", "Dates"), &DATES, |it| it.dates.clone().unwrap_or_default(), |it, selected| it.dates = Some(selected).filter(|it| !it.is_empty()))}
        {select(t(lang, "时间标记", "A time stamp is the"), &STAMPS, |it| it.stamps.clone().unwrap_or_else(|| "start".to_owned()), |it, selected| it.stamps = Some(selected))}
        {select(t(lang, "间隔", "Interval"), &INTERVALS, |it| it.interval.clone().unwrap_or_default(), |it, selected| it.interval = Some(selected).filter(|it| !it.is_empty()))}
        {select(t(lang, "0 点属于", "Midnight"), &MIDNIGHT, |it| it.midnight.clone().unwrap_or_else(|| "opens-day".to_owned()), |it, selected| it.midnight = Some(selected))}
    })
    };
    let ready = move || flow.busy.get().is_none() && flow.mapping.with(complete);
    view! {
        <Panel id="options" title=t(lang, "怎么读", "How to read it")>
            <div class="form-grid"><super::place::PlaceFields flow /> {move || values().then(|| view! { <UnitField flow /> })} {rhythm} {stamps}</div>
            <p class="actions">
                <button type="button" class="control primary" data-testid="preview" disabled=move || !ready() on:click=move |_| flow.check()>
                    {move || if flow.preview.with(Option::is_some) { t(lang, "重新预览", "Preview again") } else { t(lang, "预览", "Preview") }}
                </button>
                <span class="note">{move || missing(&flow.mapping.get(), lang)}</span>
            </p>
        </Panel>
    }
}

/// The credit code of the unit, with the name of one that is known.
#[component]
fn UnitField(flow: Flow) -> impl IntoView {
    let lang = use_lang();
    let known = use_load::<UnitList>(|| Some("/api/v1/units?limit=2000".to_owned()));
    let unit = move || flow.mapping.with(|it| it.unit.clone()).unwrap_or_default();
    let name = move || {
        let code = unit();
        let found = known.data.with(|it| {
            it.as_ref()?
                .rows
                .iter()
                .find(|it| it.unit.enterprise_code == code)
                .map(|it| it.unit.name.clone())
        });
        match (found, code.len()) {
            (Some(name), _) => name,
            (None, 18) => t(lang, "新单位，提交时建立", "a new unit, created on commit").to_owned(),
            (None, _) => {
                t(lang, "18 位统一社会信用代码，可按名称查找", "18 characters; find it by name")
                    .to_owned()
            }
        }
    };
    let some = |text: String| Some(text).filter(|it| !it.is_empty());
    view! {
        <label>
            <span>{t(lang, "用能单位", "Unit")}</span>
            <input
                class="control field"
                list="known-units"
                placeholder=t(lang, "统一社会信用代码", "credit code")
                data-testid="import-unit"
                prop:value=unit
                on:change=move |event| {
                    let typed = event_target_value(&event).trim().to_uppercase();
                    flow.mapping.update(|it| it.unit = some(typed));
                }
            />
            <small class="note">{name}</small>
        </label>
        <datalist id="known-units">
            {move || known.data.get().map(|all| all.rows.iter().map(|it| view! {
                <option value=it.unit.enterprise_code.clone()>{it.unit.name.clone()}</option>
            }).collect_view())}
        </datalist>
    }
}

/// The field that a person has still to fill in before the preview; an empty text when there is none.
fn missing(mapping: &ImportMapping, lang: Lang) -> &'static str {
    let said = |it: &Option<String>| it.as_deref().is_some_and(|it| !it.trim().is_empty());
    if complete(mapping) {
        ""
    } else if !said(&mapping.unit) && !said(&mapping.unit_column) {
        t(lang, "先填用能单位。", "Name the unit first.")
    } else if !said(&mapping.time_column) {
        t(lang, "先指定时间列。", "Choose the column of times first.")
    } else if mapping.items.is_empty()
        || mapping.items.iter().any(|it| it.data_code.trim().is_empty())
    {
        t(lang, "先给采集项列填数据编码。", "Give the item columns their data codes first.")
    } else {
        t(
            lang,
            "先给采集项列填单位或乘数。",
            "Give the item columns their unit or multiplier first.",
        )
    }
}
