//! The meaning of each column, beside its first values. A change requires another preview before the commit.

mod item_cells;
mod roles;

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::imports::{ImportMapping, ImportPreview};
use nengce_shared::api::meta::FactorRow;

use self::roles::{ITEM, MEASURE, TIME, UNIT, role_of, set_role};
use super::fields::fields;
use super::flow::Flow;
use crate::components::panel::Panel;
use crate::i18n::{t, use_lang};

const SAMPLES: usize = 3;

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
fn code_of(row: &FactorRow) -> String {
    let primary = ["0100", "0200", "0300", "0400", "0500", "1500", "1700", "1800"];
    let class = if primary.contains(&row.energy_type.as_str()) { "01" } else { "02" };
    format!("00-00-0000-{class}{}-11", row.energy_type)
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
    let detail = readings.then(|| item_cells::item_cells(flow, column, role, types));
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
