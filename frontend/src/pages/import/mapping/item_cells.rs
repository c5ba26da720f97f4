//! Data code, unit of measure and multiplier of a column that holds the values of an item.

use leptos::prelude::*;
use nengce_shared::api::imports::MappedItem;
use nengce_shared::api::meta::FactorRow;
use nengce_shared::data_code::DataCode;
use nengce_shared::quantity::{self, Unconvertible};

use super::code_of;
use super::roles::ITEM;
use crate::format::unit_words;
use crate::i18n::{t, use_lang};
use crate::pages::import::flow::{Flow, measured};

/// The three cells; disabled while the column has another role.
pub fn item_cells(
    flow: Flow,
    column: String,
    role: Memo<String>,
    types: Signal<Vec<FactorRow>>,
) -> AnyView {
    let lang = use_lang();
    let off = move || role.with(|it| it != ITEM);
    let find = {
        let column = column.clone();
        move || flow.mapping.with(|it| it.items.iter().find(|it| it.column == column).cloned())
    };
    let (code, multiplier, measure, asked, unit) =
        (find.clone(), find.clone(), find.clone(), find.clone(), find);
    let unit = move || {
        let code = unit()?.data_code;
        let found = types.with(|all| all.iter().find(|it| code_of(it) == code.trim()).cloned())?;
        Some(format!(
            "→ {} {}",
            lang.pick(&found.zh, &found.en),
            unit_words(&found.quantity_unit, lang)
        ))
    };
    let why = move || asked().and_then(|it| question(&it, types)).map(|it| it.reason(lang));
    let change = move |event: &web_sys::Event, set: fn(&mut MappedItem, String)| {
        let text: String = event_target_value(event);
        flow.mapping.update(|it| {
            if let Some(item) = it.items.iter_mut().find(|it| it.column == column) {
                set(item, text);
                if item.unit_column.is_some() && item.multiplier.is_some() {
                    item.unit_column = None;
                }
            }
        });
    };
    let (set_code, set_measure, set_multiplier) = (change.clone(), change.clone(), change);
    let set_unit = move |event: &web_sys::Event| {
        set_measure(event, |it, text| {
            it.unit = Some(text.trim().to_owned()).filter(|it| !it.is_empty());
            it.multiplier = None;
        });
        flow.mapping.update(|it| it.items.iter_mut().for_each(|it| settle(it, types)));
    };
    let coded = move |event: &web_sys::Event| {
        set_code(event, |it, text| {
            it.data_code = text.trim().to_owned();
            if it.unit.is_some() {
                it.multiplier = None;
            }
        });
        flow.mapping.update(|it| it.items.iter_mut().for_each(|it| settle(it, types)));
    };
    view! {
        <td data-label=t(lang, "数据编码", "Data code")>
            <input
                class="control code"
                list="data-codes"
                placeholder="PP-UU-DDDD-CCTTTT-YY"
                aria-label=t(lang, "数据编码", "Data code")
                disabled=off
                prop:value=move || code().map(|it| it.data_code).unwrap_or_default()
                on:change=move |event| coded(&event)
            />
        </td>
        <td data-label=t(lang, "计量单位", "Unit")>
            <input
                class="control measure"
                aria-label=t(lang, "计量单位", "Unit")
                disabled=off
                prop:value=move || measure().and_then(|it| it.unit).unwrap_or_default()
                on:change=move |event| set_unit(&event)
            />
        </td>
        <td data-label=t(lang, "乘数", "Multiplier")>
            <input
                class="control factor num multiplier"
                inputmode="decimal"
                aria-label=t(lang, "乘数", "Multiplier")
                disabled=off
                prop:value=move || multiplier().and_then(|it| it.multiplier).map(|it| it.to_string()).unwrap_or_default()
                on:change=move |event| set_multiplier(&event, |it, text| {
                    it.multiplier = text.trim().parse().ok().filter(|it: &f64| it.is_finite());
                })
            />
            " "<span class="note">{unit}</span>
            {move || why().map(|it| view! { <p class="lv1-text" data-testid="asked">{it}</p> })}
        </td>
    }
    .into_any()
}

/// The dictionary's unit of an item, as far as the page knows it.
fn dictionary_unit(item: &MappedItem, types: Signal<Vec<FactorRow>>) -> Option<String> {
    let of_type = types.with_untracked(|all| {
        let found = all.iter().find(|it| code_of(it) == item.data_code);
        found.map(|it| it.quantity_unit.clone())
    });
    let code = DataCode::parse_lenient(&item.data_code).ok();
    of_type.or_else(|| quantity::dictionary_unit(&code?).map(str::to_owned))
}

/// Takes the multiplier that the unit gives, where it gives one.
fn settle(item: &mut MappedItem, types: Signal<Vec<FactorRow>>) {
    if item.multiplier.is_some() || item.unit.is_none() {
        return;
    }
    let to = dictionary_unit(item, types).unwrap_or_default();
    item.multiplier = quantity::factor(item.unit.as_deref(), &to).ok();
}

/// What a person has to say of an item's unit.
fn question(item: &MappedItem, types: Signal<Vec<FactorRow>>) -> Option<Unconvertible> {
    if measured(item) || item.data_code.is_empty() {
        return None;
    }
    let to = dictionary_unit(item, types)?;
    quantity::factor(item.unit.as_deref(), &to).err()
}
