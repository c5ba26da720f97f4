//! What a unit measures and sends: energy items, product lines with their processes, value added.

use nengce_shared::basis::Basis;
use nengce_shared::energy_group::EnergyGroup;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

use crate::reference::Dictionaries;

use super::calendar::EPOCH;
use super::kinds::Made;
use super::patterns::DemoPattern;
use super::unit::{CityUnit, Item, Line, ProductLine, Role};

const DAYS_A_YEAR: f64 = 365.25;

/// Gives the unit its items and product lines.
pub(super) fn fill(unit: &mut CityUnit, random: &mut ChaCha8Rng, dictionaries: &Dictionaries) {
    let kind = unit.kind;
    let tilt: Vec<f64> = kind.inputs.iter().map(|_| 0.85 + 0.3 * random.random::<f64>()).collect();
    let sum: f64 = kind.inputs.iter().zip(&tilt).map(|(share, it)| share.1 * it).sum();
    let conversion = !kind.outputs.is_empty();
    for (share, tilt) in kind.inputs.iter().zip(&tilt) {
        // A conversion unit keeps its proportions, since its inputs and outputs nearly cancel.
        let part = if conversion { share.1 } else { share.1 * tilt / sum };
        let item = energy(unit, dictionaries, &share.0, "11", unit.gross_tce * part);
        unit.items.push(item);
    }
    for part in &kind.outputs {
        let item = energy(unit, dictionaries, &part.0, "30", unit.gross_tce * part.1);
        unit.items.push(item);
    }
    for made in &kind.products {
        product(unit, random, dictionaries, made);
    }
    if !is_public_service(unit) {
        value_added(unit, random);
    }
}

/// Schools and hospitals.
pub(super) fn is_public_service(unit: &CityUnit) -> bool {
    unit.industry.starts_with(['P', 'Q'])
}

/// Gives the unit its value added, and its output value where it is of the industry (mining, manufacturing, supply).
pub(super) fn value_added(unit: &mut CityUnit, random: &mut ChaCha8Rng) {
    let spread = 0.75 + 0.5 * random.random::<f64>();
    let base = unit.gross_tce * unit.kind.value_added * spread / DAYS_A_YEAR;
    unit.items.push(monthly("00-00-0000-090200-30", "增加值", Role::ValueAdded, 1, base));
    let value = base * (3.2 + 1.2 * random.random::<f64>());
    if unit.industry.starts_with(['B', 'C', 'D']) {
        unit.items.push(monthly("00-00-0000-090100-30", "工业总产值", Role::OutputValue, 1, value));
    }
}

fn energy(
    unit: &CityUnit,
    dictionaries: &Dictionaries,
    class_type: &str,
    usage: &str,
    tce: f64,
) -> Item {
    let kind = &class_type[2..];
    let factor = factor(dictionaries, kind, Basis::Equivalent);
    let group = EnergyGroup::of_type(kind);
    let metered = matches!(group, EnergyGroup::Electricity | EnergyGroup::Gas | EnergyGroup::Heat);
    let (heating, cooling) = (unit.kind.heating, unit.kind.cooling);
    // Heat and gas heat rooms, electricity cools them; conversion outputs follow their inputs.
    let (heating, cooling) = if !unit.kind.outputs.is_empty() {
        (heating, cooling)
    } else {
        match group {
            EnergyGroup::Heat => {
                (if unit.kind.field_code == 100 { heating * 2.0 } else { 1.0 }, 0.0)
            }
            EnergyGroup::Gas => (heating * 1.6, 0.0),
            EnergyGroup::Electricity => (heating * 0.3, cooling * 1.3),
            _ => (heating, 0.0),
        }
    };
    let name = dictionaries.energy_type(kind).map_or(kind, |it| it.name_zh.as_str());
    Item {
        data_code: format!("00-00-0000-{class_type}-{usage}"),
        name: format!("{name}{}", if usage == "30" { "产出" } else { "消费" }),
        role: Role::Energy {
            hourly: metered,
            quarter: kind == "3300" && usage == "11" && unit.index % 95 == 3,
        },
        scope: 1,
        base: tce * 1000.0 / factor / DAYS_A_YEAR,
        line: Line::None,
        heating,
        cooling,
        pattern: DemoPattern::None,
        input_type: if metered { 4 } else { 2 },
    }
}

fn product(
    unit: &mut CityUnit,
    random: &mut ChaCha8Rng,
    dictionaries: &Dictionaries,
    made: &'static Made,
) {
    let Some(product) = dictionaries.product(&made.product) else {
        return;
    };
    let output = unit.gross_tce * made.output_per_tce / DAYS_A_YEAR;
    let own = own_consumption(random, dictionaries, &made.product);
    let index = unit.products.len();
    let process = product.process_code.clone();
    unit.products.push(ProductLine {
        code: &made.product,
        process_name: dictionaries.process(&process).map_or("", |it| &it.name_zh).to_owned(),
        process: process.clone(),
        output,
        kgce_per_output: own * product.kgce_per_value_unit,
        per_value_unit: product.kgce_per_value_unit,
    });
    let name = &product.name_zh;
    let whole = !made.process_items;
    let prefix = if whole { "00" } else { process.as_str() };
    let scope = if whole { 1 } else { 2 };
    let code = format!("{prefix}-00-0000-04{}-30", made.product);
    unit.items.push(monthly(&code, &format!("{name}产量"), Role::Output, scope, output));
    if whole {
        let code = format!("00-00-0000-08{}-30", product.indicator_code);
        let role = Role::Indicator { product: index };
        unit.items.push(monthly(&code, &format!("{name}单位产品能耗"), role, 1, own));
        return;
    }
    for (class_type, usage, line) in lines(&made.product) {
        let factor = factor(dictionaries, &class_type[2..], Basis::Calorific);
        let code = format!("{process}-00-0000-{class_type}-{usage}");
        let title = dictionaries.energy_type(&class_type[2..]).map_or("", |it| it.name_zh.as_str());
        let mut item = monthly(
            &code,
            &format!("{name}工序{title}"),
            Role::Process { product: index },
            2,
            1.0 / factor,
        );
        item.line = *line;
        unit.items.push(item);
    }
}

/// The items of a process and their parts of its energy; recovered gas makes converter steel negative.
fn lines(product: &str) -> &'static [(&'static str, &'static str, Line)] {
    use Line::{Fixed, Recovered, Share};
    match product {
        "0101" => &[
            ("023300", "11", Fixed(6.5)),
            ("011500", "11", Fixed(2.0)),
            ("021300", "30", Recovered(8.5)),
        ],
        "0102" => &[
            ("020900", "11", Fixed(352.0)),
            ("010200", "11", Fixed(146.0)),
            ("023300", "11", Fixed(4.0)),
            ("021200", "30", Recovered(502.0)),
        ],
        "0105" => &[("021100", "11", Share(0.92)), ("023300", "11", Share(0.08))],
        "0201" => &[("010400", "11", Share(0.94)), ("023300", "11", Share(0.06))],
        "0301" => &[
            ("011500", "11", Share(0.86)),
            ("023300", "11", Share(0.07)),
            ("022900", "11", Share(0.07)),
        ],
        "0401" => &[
            ("011500", "11", Share(0.55)),
            ("023200", "11", Share(0.38)),
            ("023300", "11", Share(0.07)),
        ],
        "0501" => &[("023300", "11", Share(0.90)), ("023200", "11", Share(0.10))],
        "0505" => &[
            ("023200", "11", Share(0.62)),
            ("010400", "11", Share(0.30)),
            ("023300", "11", Share(0.08)),
        ],
        "0602" | "0604" => &[
            ("010400", "11", Share(0.88)),
            ("023300", "11", Share(0.08)),
            ("023200", "11", Share(0.04)),
        ],
        _ => &[("023300", "11", Share(0.55)), ("011500", "11", Share(0.45))],
    }
}

/// The unit product consumption of a unit in the product's unit: spread around the published levels, a few units above
/// the baseline.
fn own_consumption(random: &mut ChaCha8Rng, dictionaries: &Dictionaries, code: &str) -> f64 {
    let place = -0.06 + 1.6 * (0.5 * (random.random::<f64>() + random.random::<f64>()));
    let levels = dictionaries.product(code).and_then(|it| dictionaries.benchmark_of(it));
    let limits = levels.map(|it| it.limits);
    let span = limits.and_then(|it| it.benchmark.zip(it.baseline).or(it.level1.zip(it.level3)));
    match (span, code) {
        (Some((best, base)), _) => best + (base - best) * place,
        (None, "0107") => 38.0 + 34.0 * place,
        (None, "0901") => 235.0 + 130.0 * place,
        (None, _) => 100.0 + 40.0 * place,
    }
}

fn monthly(code: &str, name: &str, role: Role, scope: u8, base: f64) -> Item {
    Item {
        data_code: code.to_owned(),
        name: name.to_owned(),
        role,
        scope,
        base,
        line: Line::None,
        heating: 0.0,
        cooling: 0.0,
        pattern: DemoPattern::None,
        input_type: 1,
    }
}

fn factor(dictionaries: &Dictionaries, kind: &str, basis: Basis) -> f64 {
    dictionaries.factor(kind, basis, EPOCH).map_or(1000.0, |it| it.kgce_per_unit)
}
