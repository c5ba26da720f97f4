//! The audit pack of a unit (能源审计资料包): tables 1 to 21 of the audit report for a year and the one before, the energy
//! flow, and cross-checks. Facts in, tables out; a cell that is not known stays empty, and a note says why.

mod checks;
mod company;
mod energy;
mod facts;
mod flow;
mod forms;
mod gases;
mod key_figures;
mod meters;
mod products;
mod savings;
mod sheet;
mod targets;
#[cfg(test)]
mod tests;

use nengce_shared::api::audit_pack::AuditPack;

pub use facts::{EnergyFacts, Facts, ProductFacts, UnitFacts, YearFacts, plan_of};
pub use sheet::address;

/// The whole pack.
pub fn pack(facts: &Facts<'_>) -> AuditPack {
    let (nodes, edges) = flow::flow(facts);
    let mut sheets = vec![
        company::sheet(facts),
        key_figures::sheet(facts),
        forms::form("3"),
        meters::list(facts),
        meters::equip_rates(facts),
        forms::form("6"),
        forms::form("7"),
        forms::form("8"),
        forms::form("9"),
        forms::form("10"),
        energy::sheet(facts),
        products::sheet(facts),
        forms::form("13"),
        savings::sheet(facts),
        gases::sheet(facts),
    ];
    sheets.extend(["16", "18", "19", "20"].map(forms::form));
    sheets.push(targets::sheet(facts));
    sheets.push(flow::sheet(facts, &nodes, &edges));
    AuditPack {
        enterprise_code: facts.unit.code.clone(),
        name: facts.unit.name.clone(),
        year: facts.year,
        made_on: facts.made_on.clone(),
        data_version: facts.data_version,
        checks: checks::all(facts, &sheets),
        sheets,
        nodes,
        edges,
    }
}
