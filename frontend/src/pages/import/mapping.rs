//! The meaning of each column, beside its first values. A change requires another preview before the commit.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::imports::{ImportMapping, ImportPreview, MappedField, MappedItem};
use nengce_shared::api::meta::FactorRow;
use nengce_shared::data_code::DataCode;
use nengce_shared::quantity::{self, Heading, Unconvertible};

use super::fields::fields;
use super::flow::{Flow, measured};
use crate::components::panel::Panel;
use crate::format::unit_words;
use crate::i18n::{t, use_lang};

const SAMPLES: usize = 3;
const TIME: &str = "time";
const ITEM: &str = "item";
const UNIT: &str = "unit";
const MEASURE: &str = "measure";

#[component]
pub fn MappingPanel(
    flow: Flow,
    bare: Arc<ImportPreview>,
    types: Signal<Vec<FactorRow>>,
) -> impl IntoView {
    let lang = use_lang();
    let readings = Memo::new(move |_| flow.kind.with(|it| it == "readings"));
    let subtitle = move || match flow.profiles.with(|all| fitting(all, &flow.mapping.get())) {
        Some(name) => format!("{}「{name}」", t(lang, "方案", "profile ")),
        None => t(lang, "按表头猜测，可修改", "guessed by the header, can be changed").to_owned(),
    };
    let columns = Arc::new(bare.columns.clone());
    let rows = {
        let bare = bare.clone();
        move || {
            let long = readings.get();
            bare.columns
                .iter()
                .enumerate()
                .map(|(at, column)| {
                    let samples: Vec<String> = bare
                        .rows
                        .iter()
                        .take(SAMPLES)
                        .filter_map(|row| row.cells.get(at).cloned())
                        .filter(|it| !it.is_empty())
                        .collect();
                    row(flow, column.clone(), samples.join(t(lang, "、", ", ")), long, types)
                })
                .collect_view()
        }
    };
    view! {
        <Panel id="mapping" title=t(lang, "列的含义", "Columns") subtitle=Signal::derive(subtitle)>
            <div class="table-scroll">
                <table class="data mapping" data-columns=columns.len().to_string()>
                    <caption class="sr">{t(lang, "列的含义", "Columns")}</caption>
                    <thead><tr>
                        <th scope="col">{t(lang, "列", "Column")}</th>
                        <th scope="col">{t(lang, "前几行", "First rows")}</th>
                        <th scope="col">{t(lang, "含义", "Meaning")}</th>
                        {move || readings.get().then(|| view! {
                            <th scope="col">{t(lang, "数据编码", "Data code")}</th>
                            <th scope="col">{t(lang, "计量单位", "Unit")}</th>
                            <th scope="col">{t(lang, "乘数", "Multiplier")}</th>
                        })}
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <datalist id="data-codes">
                {move || types.get().into_iter().map(|it| view! {
                    <option value=code_of(&it)>{format!("{} {}", lang.pick(&it.zh, &it.en), it.quantity_unit)}</option>
                }).collect_view()}
            </datalist>
        </Panel>
    }
}

fn fitting(
    all: &[nengce_shared::api::imports::ImportProfile],
    now: &ImportMapping,
) -> Option<String> {
    all.iter().find(|it| it.mapping == *now).map(|it| it.name.clone())
}

/// The whole-plant consumption of an energy type: primary energy is of class 01, everything else of 02.
fn code_of(it: &FactorRow) -> String {
    let primary = ["0100", "0200", "0300", "0400", "0500", "1500", "1700", "1800"];
    let class = if primary.contains(&it.energy_type.as_str()) { "01" } else { "02" };
    format!("00-00-0000-{class}{}-11", it.energy_type)
}

fn row(
    flow: Flow,
    column: String,
    samples: String,
    readings: bool,
    types: Signal<Vec<FactorRow>>,
) -> AnyView {
    let lang = use_lang();
    let name = column.clone();
    let role = {
        let column = column.clone();
        Memo::new(move |_| flow.mapping.with(|it| role_of(it, &column)))
    };
    let set_role = {
        let column = column.clone();
        move |event| {
            let selected: String = event_target_value(&event);
            flow.mapping.update(|it| set_role(it, &column, &selected));
        }
    };
    let mut options = vec![(String::new(), t(lang, "不导入", "leave out"))];
    if readings {
        options.push((TIME.to_owned(), t(lang, "时间", "time")));
        options.push((ITEM.to_owned(), t(lang, "采集项数值", "values of an item")));
        options.push((UNIT.to_owned(), t(lang, "统一社会信用代码", "credit code of the unit")));
        options.push((MEASURE.to_owned(), t(lang, "计量单位（逐行）", "unit of measure, by row")));
    } else {
        let kind = flow.kind.get_untracked();
        options.extend(
            fields(&kind).iter().map(|(name, zh, en, _)| ((*name).to_owned(), t(lang, zh, en))),
        );
    }
    let options = options
        .into_iter()
        .map(|(value, words)| {
            let mine = value.clone();
            view! { <option value=value selected=move || role.with(|it| *it == mine)>{words}</option> }
        })
        .collect_view();
    let label = format!("{} {name}", t(lang, "含义", "Meaning of"));
    let detail = readings.then(|| item_cells(flow, column, role, types));
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td class="samples" data-label=t(lang, "前几行", "First rows")>{samples}</td>
            <td data-label=t(lang, "含义", "Meaning")>
                <select class="control" aria-label=label on:change=set_role>{options}</select>
            </td>
            {detail}
        </tr>
    }
    .into_any()
}

fn item_cells(
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

fn role_of(mapping: &ImportMapping, column: &str) -> String {
    if mapping.kind != "readings" {
        let field = mapping.fields.iter().find(|it| it.column == column);
        return field.map_or_else(String::new, |it| it.field.clone());
    }
    if mapping.time_column.as_deref() == Some(column) {
        TIME.to_owned()
    } else if mapping.unit_column.as_deref() == Some(column) {
        UNIT.to_owned()
    } else if mapping.items.iter().any(|it| it.unit_column.as_deref() == Some(column)) {
        MEASURE.to_owned()
    } else if mapping.items.iter().any(|it| it.column == column) {
        ITEM.to_owned()
    } else {
        String::new()
    }
}

/// A field stands for one column, a column for one field.
fn set_role(mapping: &mut ImportMapping, column: &str, role: &str) {
    mapping.fields.retain(|it| it.column != column && it.field != role);
    mapping.items.retain(|it| it.column != column);
    mapping.time_column.take_if(|it| it == column || role == TIME);
    mapping.unit_column.take_if(|it| it == column || role == UNIT);
    for it in &mut mapping.items {
        it.unit_column.take_if(|it| it == column || role == MEASURE);
    }
    match role {
        "" => {}
        _ if mapping.kind != "readings" => {
            mapping.fields.push(MappedField { field: role.to_owned(), column: column.to_owned() })
        }
        TIME => mapping.time_column = Some(column.to_owned()),
        UNIT => mapping.unit_column = Some(column.to_owned()),
        MEASURE => {
            for it in mapping.items.iter_mut() {
                (it.unit_column, it.multiplier) = (Some(column.to_owned()), None);
            }
        }
        _ => mapping.items.push(MappedItem {
            column: column.to_owned(),
            data_code: String::new(),
            multiplier: None,
            unit: Heading::of(column).unit,
            unit_column: None,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_has_one_role_and_a_role_one_column() {
        let mut mapping = ImportMapping::of_kind("readings");
        set_role(&mut mapping, "a", TIME);
        set_role(&mut mapping, "b", ITEM);
        set_role(&mut mapping, "b", TIME);
        assert_eq!(
            (role_of(&mapping, "a"), role_of(&mapping, "b")),
            (String::new(), TIME.to_owned())
        );
        assert!(mapping.items.is_empty());
        let mut mapping = ImportMapping::of_kind("economy");
        set_role(&mut mapping, "a", "month");
        set_role(&mut mapping, "b", "month");
        assert_eq!(
            (role_of(&mapping, "a"), role_of(&mapping, "b")),
            (String::new(), "month".to_owned())
        );
        set_role(&mut mapping, "b", "");
        assert!(mapping.fields.is_empty());
    }
}
