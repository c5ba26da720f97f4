//! Meters by energy: how many, how many overdue, the equip rate the standard asks for.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::api::unit::{MeterEquip, MeterList, MeterRow, UnitDetail};
use nengce_shared::number;

use super::UnitCode;
use crate::components::panel::Panel;
use crate::components::states::Loaded;
use crate::components::table::{Column, DataTable};
use crate::export::Cell;
use crate::i18n::{t, use_lang};
use crate::load::use_load;

#[component]
pub fn MetersPanel(data: Signal<Arc<UnitDetail>>) -> impl IntoView {
    let lang = use_lang();
    let code = expect_context::<UnitCode>();
    let rows = Memo::new(move |_| data.with(|it| it.meters.by_energy.clone()));
    let columns =
        vec![
            Column::new(t(lang, "能源", "Energy"), move |row: &MeterEquip| {
                Cell::text(lang.pick(&row.energy_zh, &row.energy_en))
            })
            .in_narrow(),
            Column::new(t(lang, "应配率", "Required"), |row: &MeterEquip| {
                Cell::text(row.required_rate.map_or_else(
                    || number::MISSING.to_owned(),
                    |it| number::completeness(Some(it)),
                ))
            })
            .number()
            .in_narrow(),
            Column::new(t(lang, "台数", "Meters"), |row: &MeterEquip| {
                Cell::Figure(Some(row.meters.into()), 0)
            })
            .number()
            .in_narrow(),
            Column::new(t(lang, "逾期", "Overdue"), |row: &MeterEquip| {
                Cell::Figure(Some(row.overdue.into()), 0)
            })
            .number()
            .in_narrow()
            .show(|row| view! { <b class:worse=row.overdue != 0>{row.overdue}</b> }),
        ];
    let list = use_load::<MeterList>(move || Some(code.path("/meters")));
    view! {
        <Panel id="meters" class="capped" title=t(lang, "计量器具", "Meters") subtitle="GB 17167-2006">
            <DataTable
                label=t(lang, "计量配备", "Meter equipment")
                columns
                rows
                key=|row: &MeterEquip| row.energy_en.clone()
                empty=t(lang, "没有上报计量器具。", "No meters were uploaded.")
            />
            <Show when=move || data.with(|it| it.meters.total > 0)>
                <details>
                    <summary>{t(lang, "逐台", "Each meter")}</summary>
                    <Loaded load=list height=120 let:meters>
                        {
                            let rows = Memo::new(move |_| meters.with(|it| it.rows.clone()));
                            view! {
                                <DataTable
                                    label=t(lang, "逐台计量器具", "Each meter")
                                    columns=each(lang)
                                    rows
                                    key=|row: &MeterRow| row.meter_code.clone()
                                />
                            }
                        }
                    </Loaded>
                </details>
            </Show>
        </Panel>
    }
}

fn each(lang: nengce_shared::lang::Lang) -> Vec<Column<MeterRow>> {
    vec![
        Column::new(t(lang, "名称", "Name"), |row: &MeterRow| Cell::text(row.name.clone())).in_narrow(),
        Column::new(t(lang, "级", "Level"), |row: &MeterRow| Cell::Figure(row.level.map(f64::from), 0)).number().in_narrow(),
        Column::new(t(lang, "准确度", "Accuracy"), |row: &MeterRow| Cell::text(row.accuracy_class.clone().unwrap_or_default())),
        Column::new(t(lang, "下次检定", "Next calibration"), |row: &MeterRow| {
            Cell::text(row.next_calibration.clone().unwrap_or_else(|| number::MISSING.to_owned()))
        })
        .in_narrow()
        .show(|row| view! { <span class:worse=row.overdue>{row.next_calibration.clone().unwrap_or_else(|| number::MISSING.to_owned())}</span> })
        .sort_text(|row| row.next_calibration.clone().unwrap_or_default()),
    ]
}
