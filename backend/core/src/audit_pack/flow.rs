//! The energy flow of the audit year on the calorific basis: energy types → processes and the rest of the plant → what
//! they give out and what is used. Flows inside each node balance.

use std::collections::BTreeMap;

use nengce_shared::api::audit_pack::{PackEdge, PackNode, PackSheet};

use super::facts::{Facts, WHOLE_PLANT};
use super::sheet::{figure, percent, sheet as table, text, with_rows, words};

/// The node of everything that no process item measures.
const REST: &str = "rest";
const END: &str = "end";
const OTHER: &str = "other";

/// Below this part of what they are the difference of, sums are rounding.
const ROUNDING: f64 = 1e-9;

/// What one node takes in or gives out, by energy type: quantity and tce.
type Sums = BTreeMap<String, (f64, f64)>;

/// Nodes and edges; none without energy.
pub(super) fn flow(facts: &Facts<'_>) -> (Vec<PackNode>, Vec<PackEdge>) {
    let mut places: BTreeMap<String, [Sums; 2]> = BTreeMap::new();
    for it in facts.energy.iter().filter(|it| it.year == facts.year) {
        let Some(tce) = it.tce[0].filter(|it| *it > 0.0) else { continue };
        let side = usize::from(it.role != "consumption");
        let place = &mut places.entry(it.process.clone()).or_default()[side];
        let sum = place.entry(it.energy_type.clone()).or_default();
        *sum = (sum.0 + it.quantity, sum.1 + tce);
    }
    let whole = places.remove(WHOLE_PLANT).unwrap_or_default();
    let rest = [0, 1].map(|side| remainder(&whole[side], places.values().map(|it| &it[side])));
    let mut graph = Graph::default();
    for (code, [taken, given]) in &places {
        let name = facts.dictionaries.process(code);
        let name = name.map_or_else(|| format!("工序 {code}"), |it| it.name_zh.clone());
        graph.place(facts, (&format!("process:{code}"), &name), (taken, given), false);
    }
    let name = match (places.is_empty(), rest[1].is_empty()) {
        (true, true) => "全厂用能",
        (true, false) => "加工转换与全厂用能",
        (false, _) => "其他用能（未分工序）",
    };
    graph.place(facts, (REST, name), (&rest[0], &rest[1]), !places.is_empty());
    graph.finish()
}

/// The whole plant less its processes, by type.
fn remainder<'a>(whole: &Sums, parts: impl Iterator<Item = &'a Sums> + Clone) -> Sums {
    let left = whole.iter().map(|(kind, (quantity, tce))| {
        let of = parts.clone().filter_map(|it| it.get(kind));
        let used = of.fold((0.0, 0.0), |sum, it| (sum.0 + it.0, sum.1 + it.1));
        (kind.clone(), (quantity - used.0, tce - used.1), *tce)
    });
    left.filter(|(_, left, all)| left.1 > ROUNDING * all).map(|it| (it.0, it.1)).collect()
}

#[derive(Default)]
struct Graph {
    nodes: Vec<PackNode>,
    edges: Vec<PackEdge>,
}

impl Graph {
    /// A node of the middle column with all that it takes in and gives out.
    fn place(
        &mut self,
        facts: &Facts<'_>,
        (id, name): (&str, &str),
        (taken, given): (&Sums, &Sums),
        inferred: bool,
    ) {
        let [input, output] = [taken, given].map(|it| it.values().map(|it| it.1).sum::<f64>());
        if input + output <= 0.0 {
            return;
        }
        self.node(id, name, 1, None);
        for (kind, sum) in taken {
            let from = format!("source:{kind}");
            self.node(&from, &facts.energy_name(kind), 0, Some(kind));
            self.edge((&from, id), Some((facts, kind, sum.0)), sum.1, inferred);
        }
        for (kind, sum) in given {
            let to = format!("output:{kind}");
            self.node(&to, &format!("{}产出与回收", facts.energy_name(kind)), 2, Some(kind));
            self.edge((id, &to), Some((facts, kind, sum.0)), sum.1, inferred);
        }
        let left = input - output;
        if left > ROUNDING * input {
            self.node(END, "终端用能与损失", 2, None);
            self.edge((id, END), None, left, true);
        } else if -left > ROUNDING * output {
            self.node(OTHER, "其他输入（原料化学能等）", 0, None);
            self.edge((OTHER, id), None, -left, true);
        }
    }

    fn node(&mut self, id: &str, name: &str, column: u8, energy_type: Option<&str>) {
        if self.nodes.iter().any(|it| it.id == id) {
            return;
        }
        self.nodes.push(PackNode {
            id: id.to_owned(),
            name: name.to_owned(),
            column,
            energy_type: energy_type.map(str::to_owned),
            tce: 0.0,
        });
    }

    fn edge(
        &mut self,
        (from, to): (&str, &str),
        item: Option<(&Facts<'_>, &str, f64)>,
        tce: f64,
        inferred: bool,
    ) {
        self.edges.push(PackEdge {
            from: from.to_owned(),
            to: to.to_owned(),
            energy_type: item.map(|it| it.1.to_owned()),
            quantity: item.map(|it| it.2),
            unit: item.map_or_else(String::new, |it| it.0.energy_unit(it.1)),
            tce,
            inferred,
        });
    }

    /// Sizes of the nodes; each column from the largest to the smallest.
    fn finish(mut self) -> (Vec<PackNode>, Vec<PackEdge>) {
        for node in &mut self.nodes {
            let sum = |end: fn(&PackEdge) -> &str| -> f64 {
                self.edges.iter().filter(|it| end(it) == node.id).map(|it| it.tce).sum()
            };
            node.tce = sum(|it| &it.from).max(sum(|it| &it.to));
        }
        self.nodes.sort_by(|a, b| a.column.cmp(&b.column).then(b.tce.total_cmp(&a.tce)));
        (self.nodes, self.edges)
    }
}

/// The edges as a table, under the figure.
pub(super) fn sheet(facts: &Facts<'_>, nodes: &[PackNode], edges: &[PackEdge]) -> PackSheet {
    let head =
        ["来源", "去向", "能源种类", "实物量", "计量单位", "折标量(tce，当量)", "占投入", "依据"];
    let name = |id: &str| nodes.iter().find(|it| it.id == id).map_or("", |it| it.name.as_str());
    let entering: f64 = nodes.iter().filter(|it| it.column == 0).map(|it| it.tce).sum();
    let rows = edges.iter().map(|it| {
        let kind = it.energy_type.as_deref().map(|it| facts.energy_name(it));
        vec![
            words(name(&it.from)),
            words(name(&it.to)),
            words(kind.unwrap_or_else(|| "混合".to_owned())),
            figure(it.quantity),
            words(it.unit.clone()),
            figure(it.tce),
            percent((entering > 0.0).then(|| it.tce / entering)),
            words(if it.inferred { "差额推算" } else { "上报" }),
        ]
    });
    let notes = vec![text(
        format!(
            "{} 年，当量值。工序的投入和产出为上报值；“其他用能”为全厂减各工序的差额，“终端用能与损失”为投入减产出。虚线为推算。混合流没有实物量。",
            facts.year
        ),
        format!(
            "{}, calorific. Inputs and outputs of processes are uploaded; the rest of the plant and what is used or lost are differences, drawn dashed.",
            facts.year
        ),
    )];
    with_rows(table("fig", ("能源流向图", "Energy flow"), &head), rows.collect(), notes)
}
