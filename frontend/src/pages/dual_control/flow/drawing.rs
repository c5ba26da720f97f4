//! The answer as the chart takes it: small industries folded into one, figures in 10^4 tce, colours by energy.

use std::collections::HashMap;

use nengce_charts::comparisons::sankey::{Link, Node};
use nengce_charts::scene::palette::Ink;
use nengce_shared::api::energy_flow::{EnergyFlow, FlowNode};
use nengce_shared::energy_group::EnergyGroup;
use nengce_shared::lang::Lang;
use nengce_shared::number;

use crate::format::ten_thousands;
use crate::i18n::t;

/// Industries drawn by themselves, the largest.
const SHOWN: usize = 9;

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Drawing {
    pub nodes: Vec<Node>,
    pub links: Vec<Link>,
    pub titles: Vec<String>,
    groups: Vec<Option<EnergyGroup>>,
    codes: Vec<Option<String>>,
    link_groups: Vec<Option<EnergyGroup>>,
}

impl Drawing {
    pub fn of(flow: &EnergyFlow, lang: Lang) -> Self {
        let mut drawing = Self {
            nodes: Vec::new(),
            links: Vec::new(),
            titles: [
                t(lang, "购入", "Purchased"),
                t(lang, "加工转换", "Conversion"),
                t(lang, "终端用能", "End use"),
                t(lang, "行业与去向", "Industries"),
            ]
            .map(str::to_owned)
            .into(),
            groups: Vec::new(),
            codes: Vec::new(),
            link_groups: Vec::new(),
        };
        let small: Vec<&FlowNode> =
            flow.nodes.iter().filter(|it| it.kind == "industry").skip(SHOWN).collect();
        let mut place = HashMap::new();
        for node in flow.nodes.iter().filter(|it| !small.iter().any(|small| small.id == it.id)) {
            place.insert(node.id.as_str(), drawing.nodes.len());
            let name = lang.pick(&node.zh, &node.en).to_owned();
            let column = usize::from(node.column);
            drawing.push(name, column, node.tce, ink_of(node), node.group, node.code.clone());
        }
        if !small.is_empty() {
            let rest = drawing.nodes.len();
            place.extend(small.iter().map(|it| (it.id.as_str(), rest)));
            let name = match lang {
                Lang::Zh => format!("其他 {} 个行业", small.len()),
                Lang::En => format!("{} other industries", small.len()),
            };
            let tce = small.iter().map(|it| it.tce).sum();
            drawing.push(name, 3, tce, Ink::Line3, None, None);
        }
        for link in &flow.links {
            let ends = place.get(link.from.as_str()).zip(place.get(link.to.as_str()));
            let Some((from, to)) = ends else { continue };
            drawing.join(*from, *to, ten_thousands(link.tce), link.group, link.inferred);
        }
        drawing
    }

    fn push(
        &mut self,
        name: String,
        column: usize,
        tce: f64,
        ink: Ink,
        group: Option<EnergyGroup>,
        code: Option<String>,
    ) {
        self.nodes.push(Node {
            name,
            figure: number::ten_thousand_tce(Some(tce)),
            column,
            value: ten_thousands(tce),
            ink,
        });
        self.groups.push(group);
        self.codes.push(code);
    }

    /// Links of one type between the same nodes, as folding makes them, are one.
    fn join(
        &mut self,
        from: usize,
        to: usize,
        value: f64,
        group: Option<EnergyGroup>,
        inferred: bool,
    ) {
        let same = |(it, of): (&Link, &Option<EnergyGroup>)| {
            it.from == from && it.to == to && *of == group
        };
        if let Some(at) = self.links.iter().zip(&self.link_groups).position(same) {
            self.links[at].value += value;
            return;
        }
        self.links.push(Link {
            from,
            to,
            value,
            ink: group.map_or(Ink::Line3, Ink::of_energy),
            inferred,
        });
        self.link_groups.push(group);
    }

    /// The energy type that a row stands for.
    pub fn group(&self, row: usize) -> Option<EnergyGroup> {
        let link = || self.link_groups.get(row - self.nodes.len()).copied().flatten();
        match self.groups.get(row) {
            Some(group) => *group,
            None => link(),
        }
    }

    /// The industry that a row stands for.
    pub fn industry(&self, row: usize) -> Option<String> {
        self.codes.get(row).cloned().flatten()
    }

    /// Rows that an energy type passes.
    pub fn rows_of(&self, group: EnergyGroup) -> Vec<usize> {
        let mut rows: Vec<usize> = Vec::new();
        for (at, (link, of)) in self.links.iter().zip(&self.link_groups).enumerate() {
            if *of == Some(group) {
                rows.extend([link.from, link.to, self.nodes.len() + at]);
            }
        }
        rows
    }
}

fn ink_of(node: &FlowNode) -> Ink {
    match node.group {
        Some(group) => Ink::of_energy(group),
        None if node.kind == "losses" || node.kind == "gain" => Ink::Line3,
        None => Ink::Ink3,
    }
}
