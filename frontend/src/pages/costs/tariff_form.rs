//! Tariffs that are typed, line by line, or come from a file.

use std::sync::Arc;

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use nengce_shared::api::tariff::{TariffImport, TariffLine, TariffList, TariffRequest};
use nengce_shared::lang::Lang;
use nengce_shared::tariff::{TariffCharge, TariffPeriod};

use super::import::{Outcome, PricesOrPlanFile};
use crate::components::panel::Panel;
use crate::components::sending::Sending;
use crate::i18n::{t, use_lang};

const HEAD: &str = "起始日期,能源品种,计费方式,时段,月份,小时,单价（元）,计价单位,计费容量";
const ELECTRICITY: &str = "3300";

/// The fields of a line as they are typed.
#[derive(Clone, Copy)]
struct Fields {
    id: usize,
    energy_type: RwSignal<String>,
    charge: RwSignal<String>,
    period: RwSignal<String>,
    months: RwSignal<String>,
    hours: RwSignal<String>,
    price: RwSignal<String>,
    per: RwSignal<String>,
    amount: RwSignal<String>,
}

impl Fields {
    fn new(id: usize, energy_type: &str) -> Self {
        let text = |it: &str| RwSignal::new(it.to_owned());
        Self {
            id,
            energy_type: text(energy_type),
            charge: text(TariffCharge::Quantity.as_str()),
            period: text(TariffPeriod::AllHours.as_str()),
            months: text("1-12"),
            hours: text("0-24"),
            price: text(""),
            per: text(""),
            amount: text(""),
        }
    }

    fn line(self, from: &str, unit: &str) -> Option<TariffLine> {
        let number = |it: RwSignal<String>| it.get_untracked().trim().parse::<f64>().ok();
        let amount = match self.amount.get_untracked().trim() {
            "" => None,
            it => Some(it.parse::<f64>().ok()?),
        };
        let charge = TariffCharge::parse(&self.charge.get_untracked())?;
        let per = self.per.get_untracked().trim().to_owned();
        let usual = match charge {
            TariffCharge::Quantity => unit,
            TariffCharge::Demand => "kW",
            TariffCharge::Capacity => "kVA",
        };
        Some(TariffLine {
            from: from.to_owned(),
            energy_type: self.energy_type.get_untracked(),
            charge,
            period: TariffPeriod::parse(&self.period.get_untracked())?,
            months: self.months.get_untracked(),
            hours: self.hours.get_untracked(),
            price: number(self.price)?,
            per: if per.is_empty() { usual.to_owned() } else { per },
            amount,
        })
    }
}

/// The unit that people write a price for.
fn usual_unit(energy_type: &str, unit: &str) -> String {
    if energy_type == ELECTRICITY { "kWh".to_owned() } else { unit.replace("10^4 m3", "m3") }
}

#[component]
pub(super) fn TariffForm(
    data: Signal<Arc<TariffList>>,
    code: Memo<String>,
    changed: Callback<()>,
) -> impl IntoView {
    let lang = use_lang();
    let first = move || {
        data.with_untracked(|it| it.energies.first().map(|it| it.energy.code.clone()))
            .unwrap_or_else(|| ELECTRICITY.to_owned())
    };
    let lines = RwSignal::new(vec![Fields::new(0, &first())]);
    let from = RwSignal::new(String::new());
    let wrong = RwSignal::new(false);
    let sending = Sending::new(Callback::new(move |_| {
        lines.set(vec![Fields::new(0, &first())]);
        changed.run(());
    }));
    let add = move |_| {
        lines.update(|all| {
            let last = all.last().copied();
            let energy = last.map_or_else(first, |it| it.energy_type.get_untracked());
            all.push(Fields::new(last.map_or(0, |it| it.id + 1), &energy));
        });
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let day = from.get_untracked();
        let unit = |energy_type: &str| {
            data.with_untracked(|it| {
                let found = it.energies.iter().find(|it| it.energy.code == energy_type);
                found.map(|it| usual_unit(energy_type, &it.unit)).unwrap_or_default()
            })
        };
        let all = lines.get_untracked();
        let read: Option<Vec<TariffLine>> =
            all.iter().map(|it| it.line(&day, &unit(&it.energy_type.get_untracked()))).collect();
        wrong.set(read.is_none() || day.is_empty());
        if let Some(lines) = read.filter(|_| !day.is_empty()) {
            let path = format!("/api/v1/units/{}/tariffs", code.get_untracked());
            sending.post(path, serde_json::to_string(&TariffRequest { lines }), lang);
        }
    };
    let told: fn(TariffImport, Lang) -> Outcome = told;
    let path = Signal::derive(move || format!("/api/v1/units/{}/tariffs/import", code.get()));
    let template =
        Callback::new(move |()| ("tariffs.csv".to_owned(), data.with_untracked(|it| example(it))));
    view! {
        <Panel id="tariff-form" title=t(lang, "录入价格", "Enter tariffs") subtitle=t(lang, "同一能源、同一起始日的各行合成一张价格表；每月每时须恰有一个价格", "lines of one energy and day make one tariff; each hour of each month needs exactly one price")>
            <form on:submit=submit data-testid="tariff-form">
                <div class="form-line"><label><span>{t(lang, "起始日期", "From")}</span><input class="control" type="date" prop:value=from on:input=move |event| from.set(event_target_value(&event)) data-testid="tariff-from" /></label></div>
                <For each=move || lines.get() key=|it| it.id children=move |it| view! { <Line it data /> } />
                <p class="lv1-text" role="alert">{move || wrong.get().then(|| t(lang, "填写起始日期和每行的单价。", "Fill in the first day and the price of each line."))}</p>
                {sending.problem()}
                <div class="actions">
                    <button type="button" class="control" on:click=add>{t(lang, "加一行", "Add a line")}</button>
                    <button type="submit" class="control primary" disabled=sending.busy data-testid="save-tariffs">{t(lang, "保存价格", "Save")}</button>
                </div>
            </form>
            <PricesOrPlanFile id="tariff-file" path told template changed />
        </Panel>
    }
}

#[component]
fn Line(it: Fields, data: Signal<Arc<TariffList>>) -> impl IntoView {
    let lang = use_lang();
    let field = move |label: &'static str, text: RwSignal<String>, hint: &'static str| {
        view! { <label><span>{label}</span><input class="control" placeholder=hint prop:value=text on:input=move |event| text.set(event_target_value(&event)) /></label> }
    };
    let option = |value: String, words: String, of: RwSignal<String>| {
        let known = value.clone();
        let selected = move || of.get() == known;
        view! { <option value=value selected=selected>{words}</option> }
    };
    let select = move |label: &'static str, of: RwSignal<String>, options: AnyView| {
        view! { <label><span>{label}</span><select class="control" on:change=move |event| of.set(event_target_value(&event))>{options}</select></label> }
    };
    let energies = data.with_untracked(|all| {
        let named = |of: &nengce_shared::api::tariff::TariffEnergy| {
            let name = lang.pick(&of.energy.zh, &of.energy.en).to_owned();
            option(of.energy.code.clone(), name, it.energy_type)
        };
        all.energies.iter().map(named).collect_view().into_any()
    });
    let charges = TariffCharge::ALL
        .iter()
        .map(|of| option(of.as_str().to_owned(), of.label(lang).to_owned(), it.charge))
        .collect_view()
        .into_any();
    let periods = TariffPeriod::ALL
        .iter()
        .map(|of| option(of.as_str().to_owned(), of.label(lang).to_owned(), it.period))
        .collect_view()
        .into_any();
    view! {
        <div class="form-grid apart">
            {select(t(lang, "能源", "Energy"), it.energy_type, energies)}
            {select(t(lang, "计费方式", "Charge"), it.charge, charges)}
            {select(t(lang, "时段", "Period"), it.period, periods)}
            {field(t(lang, "月份", "Months"), it.months, "1-12")}
            {field(t(lang, "小时", "Hours"), it.hours, "8-11,18-21")}
            {field(t(lang, "单价（元）", "Price, yuan"), it.price, "0.65")}
            {field(t(lang, "计价单位", "For one"), it.per, "kWh / t / GJ / m3")}
            {field(t(lang, "计费容量 kW/kVA", "kW or kVA charged"), it.amount, "")}
        </div>
    }
}

/// A file to fill in: the heads, and a line for each energy type of the unit; electricity by time of use.
fn example(list: &TariffList) -> String {
    let mut text = format!("{HEAD}\r\n");
    for it in &list.energies {
        let (code, unit) = (&it.energy.code, usual_unit(&it.energy.code, &it.unit));
        if code == ELECTRICITY {
            for (period, hours) in [
                ("峰", "8:00-11:00;18:00-21:00"),
                ("平", "7:00-8:00;11:00-18:00;21:00-23:00"),
                ("谷", "23:00-7:00"),
            ] {
                text += &format!("2026-01-01,{code},用量,{period},1月-12月,{hours},,{unit},\r\n");
            }
        } else {
            text += &format!("2026-01-01,{},用量,,,,,{unit},\r\n", it.energy.zh);
        }
    }
    text
}

fn told(it: TariffImport, lang: Lang) -> Outcome {
    let (tariffs, replaced, wrong) = (it.tariffs, it.replaced, it.errors.len());
    let sum = match (lang, it.dry_run) {
        (Lang::Zh, true) => format!(
            "共 {} 行：{tariffs} 张价格表，其中替换 {replaced} 张，有误 {wrong} 处",
            it.rows
        ),
        (Lang::Zh, false) => format!("已保存 {tariffs} 张价格表，替换 {replaced} 张"),
        (Lang::En, true) => format!(
            "{} rows: {tariffs} tariffs, {replaced} of them replace others; {wrong} cells wrong",
            it.rows
        ),
        (Lang::En, false) => format!("Stored: {tariffs} tariffs, {replaced} replaced others"),
    };
    Outcome { dry_run: it.dry_run, errors: it.errors, sum }
}
