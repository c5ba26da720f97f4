//! Energy flow: purchase → conversion → end use by energy type → industries. Who receives whose output is not known; it
//! is estimated from the balance of each type, and the answer says so.

use std::collections::BTreeMap;

use nengce_shared::api::common::Named;
use nengce_shared::api::energy_flow::{EnergyFlow, FlowLink, FlowNode};
use nengce_shared::energy_group::EnergyGroup;
use nengce_shared::lang::Lang;

use super::catalog::division;
use super::evaluation::Evaluation;
use super::snapshot::{GROUPS, group_index};
use super::unit_status::{PartialOutput, UnitStatus};
use super::unit_totals::add_all;

/// Below this part of what they are the difference of, sums are rounding.
const ROUNDING: f64 = 1e-9;

/// What the units in scope took in and gave out.
#[derive(Debug, Default)]
struct Sums {
    input: [f64; GROUPS],
    output: [f64; GROUPS],
    end_use: BTreeMap<String, [f64; GROUPS]>,
    left_out: f64,
    converters: u32,
}

/// The whole answer; `outputs` are those of the evaluation's partial months.
pub fn energy_flow(
    evaluation: &Evaluation<'_>,
    statuses: &[UnitStatus],
    outputs: &[PartialOutput],
) -> EnergyFlow {
    let mut sums = sums(evaluation, statuses, outputs);
    sums.leave_out_negative();
    let mut graph = Graph::default();
    let (input, output): (f64, f64) = (sums.input.iter().sum(), sums.output.iter().sum());
    let (losses, gain) = ((input - output).max(0.0), (output - input).max(0.0));
    for group in EnergyGroup::ALL.iter().copied() {
        let at = group_index(group);
        let used: f64 = sums.end_use.values().map(|it| it[at]).sum();
        let from_conversion = sums.output[at].min(used);
        let (purchase, conversion, end) = (purchase(group), conversion(), end_use(group));
        graph.link(&purchase, &conversion, Some(group), sums.input[at], false);
        graph.link(&purchase, &end, Some(group), used - from_conversion, true);
        graph.link(&conversion, &end, Some(group), from_conversion, true);
        let onward = sums.output[at] - from_conversion;
        graph.link(&conversion, &delivered(), Some(group), onward, true);
        for (code, by_group) in &sums.end_use {
            let to = industry(evaluation.catalog.industry(code));
            graph.link(&end, &to, Some(group), by_group[at], false);
        }
    }
    graph.link(&gain_node(), &conversion(), None, gain, false);
    graph.link(&conversion(), &losses_node(), None, losses, false);
    let (nodes, links) = graph.finish();
    let whole = |unit: &usize| add_all(evaluation.now[*unit].by_group);
    EnergyFlow {
        scope: evaluation.scope(),
        total_tce: add_all(evaluation.selected.iter().map(whole)),
        end_use_tce: sums.end_use.values().flatten().sum(),
        conversion_input_tce: input,
        conversion_output_tce: output,
        losses_tce: losses,
        gain_tce: gain,
        left_out_tce: sums.left_out,
        converters: sums.converters,
        method: "balance_by_energy".to_owned(),
        nodes,
        links,
    }
}

fn sums(evaluation: &Evaluation<'_>, statuses: &[UnitStatus], outputs: &[PartialOutput]) -> Sums {
    let mut sums = Sums::default();
    let parts = evaluation.query.spans.now_parts();
    let basis = evaluation.query.basis;
    for unit in evaluation.selected.iter().copied() {
        let mut output = [0.0; GROUPS];
        let months = statuses.get(unit).into_iter().flat_map(|it| it.outputs(basis));
        let months = months.filter(|(month, _)| parts.whole.contains(month));
        let days = outputs
            .iter()
            .filter(|it| it.basis == basis && parts.partial_months.contains(&it.range))
            .filter_map(|it| it.units.get(&unit));
        let all = months.map(|it| it.1).chain(days.copied());
        for part in all {
            add_to(&mut output, &part);
        }
        let net = evaluation.now[unit].by_group.map(|it| it.unwrap_or(0.0));
        if output.iter().any(|it| *it > 0.0) {
            let mut input = [0.0; GROUPS];
            for ((input, net), output) in input.iter_mut().zip(net).zip(output) {
                let taken = net + output;
                let rounding = ROUNDING * (net.abs() + output.abs());
                *input = if taken.abs() <= rounding { 0.0 } else { taken };
            }
            add_to(&mut sums.input, &input);
            add_to(&mut sums.output, &output);
            sums.converters += 1;
        } else {
            let code = division(&evaluation.snapshot.units[unit].industry).to_owned();
            add_to(sums.end_use.entry(code).or_default(), &net);
        }
    }
    sums
}

fn add_to(sum: &mut [f64; GROUPS], part: &[f64; GROUPS]) {
    for (sum, part) in sum.iter_mut().zip(part) {
        *sum += part;
    }
}

impl Sums {
    /// A sum below zero is a fault of readings; it cannot flow and is told instead.
    fn leave_out_negative(&mut self) {
        let taken = self.input.iter_mut().chain(self.end_use.values_mut().flatten());
        for sum in taken.filter(|it| **it < 0.0) {
            self.left_out += std::mem::take(sum);
        }
        for sum in self.output.iter_mut().filter(|it| **it < 0.0) {
            self.left_out -= std::mem::take(sum);
        }
    }
}

/// Links as they come; nodes are those that a link touches.
#[derive(Default)]
struct Graph {
    nodes: Vec<FlowNode>,
    links: Vec<FlowLink>,
}

impl Graph {
    fn link(
        &mut self,
        from: &FlowNode,
        to: &FlowNode,
        group: Option<EnergyGroup>,
        tce: f64,
        inferred: bool,
    ) {
        if tce <= 0.0 {
            return;
        }
        for node in [from, to] {
            if !self.nodes.iter().any(|it| it.id == node.id) {
                self.nodes.push(node.clone());
            }
        }
        self.links.push(FlowLink {
            from: from.id.clone(),
            to: to.id.clone(),
            group,
            tce,
            share: 0.0,
            inferred,
        });
    }

    /// Sizes and shares; nodes by column, energy types in stack order, industries by size, losses last.
    fn finish(mut self) -> (Vec<FlowNode>, Vec<FlowLink>) {
        for node in &mut self.nodes {
            let sum = |end: fn(&FlowLink) -> &str| -> f64 {
                let links = self.links.iter().filter(|it| end(it) == node.id);
                links.map(|it| it.tce).sum()
            };
            node.tce = sum(|it| &it.from).max(sum(|it| &it.to));
        }
        let entering = self.nodes.iter().filter(|it| it.column == 0);
        let entering: f64 = entering.map(|it| it.tce).sum();
        for link in &mut self.links {
            link.share = link.tce / entering;
        }
        let rank = |it: &FlowNode| match it.kind.as_str() {
            "losses" => 2,
            "delivered" => 1,
            _ => 0,
        };
        self.nodes.sort_by(|a, b| {
            let place =
                |it: &FlowNode| (it.column, rank(it), it.group.map_or(u16::MAX, EnergyGroup::code));
            place(a).cmp(&place(b)).then(b.tce.total_cmp(&a.tce))
        });
        (self.nodes, self.links)
    }
}

fn node(id: String, column: u8, zh: &str, en: &str) -> FlowNode {
    let kind = id.split(':').next().unwrap_or_default().to_owned();
    FlowNode {
        id,
        kind,
        column,
        group: None,
        code: None,
        zh: zh.to_owned(),
        en: en.to_owned(),
        tce: 0.0,
    }
}

fn purchase(group: EnergyGroup) -> FlowNode {
    let (zh, en) = (group.label(Lang::Zh), group.label(Lang::En));
    FlowNode {
        group: Some(group),
        ..node(format!("purchase:{group}"), 0, &format!("购入{zh}"), &format!("{en} purchased"))
    }
}

fn end_use(group: EnergyGroup) -> FlowNode {
    FlowNode {
        group: Some(group),
        ..node(format!("use:{group}"), 2, group.label(Lang::Zh), group.label(Lang::En))
    }
}

fn industry(name: Named) -> FlowNode {
    FlowNode {
        code: Some(name.code.clone()).filter(|it| !it.is_empty()),
        ..node(format!("industry:{}", name.code), 3, &name.zh, &name.en)
    }
}

fn conversion() -> FlowNode {
    node("conversion".to_owned(), 1, "加工转换", "Conversion")
}

fn gain_node() -> FlowNode {
    node("gain".to_owned(), 0, "折标差额", "Valuation gain")
}

fn losses_node() -> FlowNode {
    node("losses".to_owned(), 3, "转换损失与自用", "Losses and own use")
}

fn delivered() -> FlowNode {
    node("delivered".to_owned(), 3, "外供", "Delivered beyond")
}
