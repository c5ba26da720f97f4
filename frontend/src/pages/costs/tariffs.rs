//! The tariffs of the unit, those that are over, replaced or withdrawn included; one that counts can be withdrawn.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_shared::access::permission::Permission;
use nengce_shared::api::tariff::{Tariff, TariffLine, TariffList};
use nengce_shared::lang::Lang;
use nengce_shared::number;
use nengce_shared::tariff::TariffPeriod;

use super::words::state;
use crate::components::panel::Panel;
use crate::components::sending::Sending;
use crate::components::table::{Column, DataTable};
use crate::data::session::use_session;
use crate::export::Cell;
use crate::i18n::{t, use_lang};

#[component]
pub(super) fn TariffsPanel(
    data: Signal<Arc<TariffList>>,
    code: Memo<String>,
    changed: Callback<()>,
) -> impl IntoView {
    let (lang, session) = (use_lang(), use_session());
    let rows = Memo::new(move |_| data.with(|it| it.tariffs.clone()));
    let sending = Sending::new(Callback::new(move |_| changed.run(())));
    let submits = session.may(Permission::Submit);
    let subtitle = Signal::derive(move || {
        data.with(|it| {
            let without: Vec<&str> = it
                .energies
                .iter()
                .filter(|it| !it.has_price)
                .map(|it| lang.pick(&it.energy.zh, &it.energy.en))
                .collect();
            match (without.is_empty(), lang) {
                (true, _) => t(
                    lang,
                    "新行自起始日起替换，旧行留在这里",
                    "a new row holds from its day on; the old one stays here",
                )
                .to_owned(),
                (false, Lang::Zh) => format!("今天没有单价的能源：{}", without.join("、")),
                (false, Lang::En) => format!("without a price today: {}", without.join(", ")),
            }
        })
    });
    let withdraw = move |it: &Tariff| {
        let counts = !matches!(it.state.as_str(), "replaced" | "withdrawn");
        let id = it.tariff_id;
        let press = move |_| {
            let path = format!("/api/v1/units/{}/tariffs/{id}/withdraw", code.get_untracked());
            sending.post(path, Ok("{}".to_owned()), lang);
        };
        (submits && counts).then(|| view! { <button type="button" class="control" disabled=sending.busy on:click=press>{t(lang, "撤回", "Withdraw")}</button> })
    };
    let columns = vec![
        Column::new(t(lang, "能源", "Energy"), move |it: &Tariff| {
            Cell::text(lang.pick(&it.energy.zh, &it.energy.en))
        })
        .in_narrow(),
        Column::new(t(lang, "计费", "Charge"), move |it: &Tariff| {
            Cell::text(it.charge.label(lang))
        }),
        Column::new(t(lang, "起", "From"), |it: &Tariff| Cell::text(it.from.clone())).in_narrow(),
        Column::new(t(lang, "止", "To"), |it: &Tariff| {
            Cell::text(it.to.clone().unwrap_or_default())
        }),
        Column::new(t(lang, "状态", "State"), move |it: &Tariff| {
            Cell::text(state(&it.state, lang))
        })
        .in_narrow(),
        Column::new(t(lang, "单价（元）", "Prices in yuan"), move |it: &Tariff| {
            let lines: Vec<String> = it.lines.iter().map(|it| words(it, lang)).collect();
            Cell::text(lines.join(lang.pick("；", "; ")))
        })
        .class("sentence")
        .in_narrow(),
        Column::new(t(lang, "录入", "Entered"), |it: &Tariff| {
            Cell::text(format!("{} {}", it.saved_at, it.saved_by))
        }),
        Column::new(t(lang, "操作", "Action"), |_: &Tariff| Cell::text("")).show(withdraw),
    ];
    view! {
        <Panel id="tariffs" title=t(lang, "能源价格", "Tariffs") subtitle>
            <DataTable label=t(lang, "能源价格", "Tariffs") columns rows key=|it: &Tariff| format!("{} {}", it.tariff_id, it.state) empty=t(lang, "还没有价格。", "No tariff yet.") />
            {sending.problem()}
        </Panel>
    }
}

/// 「峰 1.2/kWh 8-11 时」
fn words(it: &TariffLine, lang: Lang) -> String {
    let price = format!("{} / {}", number::parameter(it.price), it.per);
    let period = match it.period {
        TariffPeriod::AllHours => String::new(),
        period => format!("{} ", period.label(lang)),
    };
    let amount = it.amount.map(|amount| format!(" × {} {}", number::grouped(amount, 0), it.per));
    let when = [&it.months, &it.hours].map(String::as_str).join(" ");
    format!("{period}{price}{} {}", amount.unwrap_or_default(), when.trim()).trim_end().to_owned()
}
