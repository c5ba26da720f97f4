//! Tests the energy flow of a hand-made city, and laws for every city: in each node inflow equals outflow, and the
//! parts add up to the whole.

use nengce_shared::api::energy_flow::EnergyFlow;
use nengce_shared::energy_group::EnergyGroup::{self, Coal, Electricity, Gas, Heat};
use proptest::prelude::*;

use super::evaluation::Evaluation;
use super::flow::energy_flow;
use super::query::Filter;
use super::sample::{builder, month, near, query, statuses};
use super::snapshot::{Snapshot, group_index};
use super::unit_status::UnitStatus;

/// A city, and what the server knows of its units.
type City = (Snapshot, Vec<UnitStatus>);

fn flow((snapshot, statuses): &City, filter: Filter) -> EnergyFlow {
    let mut query = query("2025-01", "2025-01");
    query.filter = filter;
    energy_flow(&Evaluation::new(snapshot, &query, &[]), statuses, &[])
}

fn region(code: &str) -> Filter {
    Filter { region: vec![code.to_owned()], ..Filter::default() }
}

fn link(flow: &EnergyFlow, from: &str, to: &str) -> f64 {
    let mut links = flow.links.iter().filter(|it| it.from == from && it.to == to);
    links.next().map_or(0.0, |it| it.tce)
}

/// In 2025 the sample's A burns 110 coal, B takes 50 and C 10 electricity; here A makes 40 electricity and 25 heat of it.
fn power_plant() -> City {
    let (mut builder, mut statuses) = (builder(), statuses());
    for (group, tce) in [(Electricity, 40.0), (Heat, 25.0)] {
        builder.energy(1, month(2025, 1), group, [Some(-tce), Some(-tce)]);
        statuses[0].add_output(month(2025, 1), group_index(group), [Some(tce), Some(tce)]);
    }
    (builder.build(), statuses)
}

#[test]
fn a_power_plant_serves_two_users_and_sends_heat_beyond() {
    let flow = flow(&power_plant(), Filter::default());
    let found = |from, to| link(&flow, from, to);
    assert_eq!(found("purchase:coal", "conversion"), 110.0);
    assert_eq!(found("conversion", "use:electricity"), 40.0);
    assert_eq!(found("purchase:electricity", "use:electricity"), 20.0, "60 are used, 40 made");
    assert_eq!(found("conversion", "delivered"), 25.0, "no unit uses heat");
    assert_eq!(found("conversion", "losses"), 45.0);
    assert_eq!(found("use:electricity", "industry:C31"), 50.0);
    assert_eq!(found("use:electricity", "industry:P83"), 10.0);
    assert_eq!((flow.converters, flow.left_out_tce, flow.gain_tce), (1, 0.0, 0.0));
    near(flow.total_tce, 105.0);
    let inferred: Vec<_> = flow.links.iter().filter(|it| it.inferred).map(|it| it.tce).collect();
    assert_eq!(inferred, [20.0, 40.0, 25.0]);
    let shares: f64 =
        flow.links.iter().filter(|it| it.from.starts_with("purchase")).map(|it| it.share).sum();
    near(Some(shares), 1.0);
}

#[test]
fn an_energy_filter_does_not_tear_the_balance() {
    let snapshot = power_plant();
    let chosen = Filter { energy: vec![Gas], ..Filter::default() };
    assert_eq!(flow(&snapshot, chosen).links, flow(&snapshot, Filter::default()).links);
}

#[test]
fn nothing_flows_where_nothing_came() {
    let flow = flow(&power_plant(), region("120119"));
    assert!(flow.nodes.is_empty() && flow.links.is_empty());
    assert_eq!(flow.total_tce, None);
}

/// Consumption and output of three units in four energies; some readings are faulty.
fn figures() -> impl Strategy<Value = Vec<(f64, Option<f64>)>> {
    let one = (-20.0..1000.0, proptest::option::weighted(0.3, -5.0..1500.0));
    proptest::collection::vec(one, 3 * 4)
}

fn city(figures: &[(f64, Option<f64>)]) -> City {
    let (mut builder, mut statuses) = (builder(), statuses());
    let mut figures = figures.iter().copied();
    for unit in 1..=3 {
        for group in [Coal, Gas, Electricity, Heat] {
            let (taken, made) = figures.next().unwrap_or_default();
            let net = Some(taken - made.unwrap_or(0.0));
            builder.energy(unit, month(2025, 1), group, [net, net]);
            let status = &mut statuses[unit as usize - 1];
            status.add_output(month(2025, 1), group_index(group), [made, made]);
        }
    }
    (builder.build(), statuses)
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-8 * a.abs().max(b.abs()).max(1.0)
}

fn use_of(flow: &EnergyFlow, group: EnergyGroup) -> f64 {
    let id = format!("use:{group}");
    flow.nodes.iter().find(|it| it.id == id).map_or(0.0, |it| it.tce)
}

proptest! {
    #[test]
    fn every_node_balances_and_the_sums_close(figures in figures()) {
        let flow = flow(&city(&figures), Filter::default());
        for node in &flow.nodes {
            let comes: f64 = flow.links.iter().filter(|it| it.to == node.id).map(|it| it.tce).sum();
            let goes: f64 = flow.links.iter().filter(|it| it.from == node.id).map(|it| it.tce).sum();
            match node.column {
                0 => prop_assert!(comes == 0.0 && goes == node.tce),
                3 => prop_assert!(goes == 0.0 && comes == node.tce),
                _ => prop_assert!(close(comes, goes), "{}: {comes} in, {goes} out", node.id),
            }
        }
        for link in &flow.links {
            let column = |id: &str| flow.nodes.iter().find(|it| it.id == id).map(|it| it.column);
            prop_assert!(link.tce > 0.0 && column(&link.from) < column(&link.to));
        }
        let sum = flow.end_use_tce + flow.losses_tce - flow.gain_tce + flow.left_out_tce;
        prop_assert!(close(sum, flow.total_tce.unwrap_or(0.0)));
        let enters: f64 = flow.nodes.iter().filter(|it| it.column == 0).map(|it| it.tce).sum();
        let leaves: f64 = flow.nodes.iter().filter(|it| it.column == 3).map(|it| it.tce).sum();
        prop_assert!(close(enters, leaves));
        let industries = flow.nodes.iter().filter(|it| it.kind == "industry").map(|it| it.tce).sum();
        prop_assert!(close(industries, flow.end_use_tce));
    }

    #[test]
    fn two_districts_add_up_to_the_city(figures in figures()) {
        // Faulty sums are left out by group and would be left out of other groups in a part.
        let figures: Vec<_> = figures.iter().map(|(taken, made)| (taken.abs(), made.map(f64::abs))).collect();
        let snapshot = city(&figures);
        let whole = flow(&snapshot, Filter::default());
        let parts = [flow(&snapshot, region("120101")), flow(&snapshot, region("120102"))];
        let sum = |figure: fn(&EnergyFlow) -> f64| parts.iter().map(figure).sum::<f64>();
        prop_assert!(close(sum(|it| it.end_use_tce), whole.end_use_tce));
        prop_assert!(close(sum(|it| it.conversion_input_tce), whole.conversion_input_tce));
        prop_assert!(close(sum(|it| it.conversion_output_tce), whole.conversion_output_tce));
        prop_assert!(close(sum(|it| it.losses_tce - it.gain_tce), whole.losses_tce - whole.gain_tce));
        for group in EnergyGroup::ALL.iter().copied() {
            let parts: f64 = parts.iter().map(|it| use_of(it, group)).sum();
            prop_assert!(close(parts, use_of(&whole, group)));
        }
        prop_assert_eq!(parts.iter().map(|it| it.converters).sum::<u32>(), whole.converters);
    }
}
