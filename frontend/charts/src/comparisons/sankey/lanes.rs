//! Where nodes and bands stand: one scale for all columns, lanes for bands that pass a column, an order with few
//! crossings. No marks.

use super::{LEAST_BAND, LEAST_NODE, Link, Node};

/// Room of a node's name, and of a lane beside its neighbours.
const SLOT: f64 = 16.0;
const GAP: f64 = 5.0;
const SWEEPS: usize = 6;

pub(super) struct Placed {
    /// Pixels per unit of value.
    pub scale: f64,
    /// By node.
    pub top: Vec<f64>,
    pub tall: Vec<f64>,
    /// By link: thickness, and its upper edge at the from node, in each lane, at the to node.
    pub thick: Vec<f64>,
    pub tops: Vec<Vec<f64>>,
}

/// A node, or the lane of a link in a column between its ends.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Stop {
    Node(usize),
    Lane(usize),
}

/// Columns in the order of the input, lanes last.
fn given(nodes: &[Node], links: &[Link], columns: usize) -> Vec<Vec<Stop>> {
    let mut order: Vec<Vec<Stop>> = vec![Vec::new(); columns];
    for (at, node) in nodes.iter().enumerate() {
        order[node.column].push(Stop::Node(at));
    }
    for (at, link) in links.iter().enumerate() {
        let between = nodes[link.from].column + 1..nodes[link.to].column;
        for column in &mut order[between] {
            column.push(Stop::Lane(at));
        }
    }
    order
}

pub(super) fn place(nodes: &[Node], links: &[Link], columns: usize, y: f64, height: f64) -> Placed {
    let order = untangle(given(nodes, links, columns), nodes, links);
    let scale = scale(&order, nodes, links, height);
    let mut placed = Placed {
        scale,
        top: vec![y; nodes.len()],
        tall: nodes.iter().map(|it| (it.value * scale).max(LEAST_NODE)).collect(),
        thick: links.iter().map(|it| (it.value * scale).max(LEAST_BAND)).collect(),
        tops: links.iter().map(|_| Vec::new()).collect(),
    };
    let mut lanes = vec![Vec::new(); links.len()];
    for column in &order {
        let need: f64 = column.iter().map(|it| room(*it, nodes, links, scale)).sum();
        let gap = (height - need) / column.len().max(1) as f64;
        let mut at = y + gap / 2.0;
        for stop in column {
            let slot = room(*stop, nodes, links, scale);
            match *stop {
                Stop::Node(node) => placed.top[node] = at + (slot - placed.tall[node]) / 2.0,
                Stop::Lane(link) => lanes[link].push(at + (slot - placed.thick[link]) / 2.0),
            }
            at += slot + gap;
        }
    }
    attach(&mut placed, lanes, nodes, links);
    placed
}

/// Bands at each node in the order of what they lead to, so that they do not cross there.
fn attach(placed: &mut Placed, lanes: Vec<Vec<f64>>, nodes: &[Node], links: &[Link]) {
    let far = |placed: &Placed, link: usize, leaving: bool| {
        let lane = if leaving { lanes[link].first() } else { lanes[link].last() };
        let other = if leaving { links[link].to } else { links[link].from };
        lane.copied().unwrap_or(placed.top[other] + placed.tall[other] / 2.0)
    };
    let mut ends = [vec![0.0; links.len()], vec![0.0; links.len()]];
    for node in 0..nodes.len() {
        for (side, leaving) in [(0, true), (1, false)] {
            let end = |it: &Link| if leaving { it.from } else { it.to };
            let mut here: Vec<usize> =
                (0..links.len()).filter(|it| end(&links[*it]) == node).collect();
            here.sort_by(|a, b| far(placed, *a, leaving).total_cmp(&far(placed, *b, leaving)));
            let mut at = placed.top[node];
            let bottom = placed.top[node] + placed.tall[node];
            for link in here {
                ends[side][link] = at.min(bottom - placed.thick[link]).max(placed.top[node]);
                at += links[link].value * placed.scale;
            }
        }
    }
    for (link, lanes) in lanes.into_iter().enumerate() {
        placed.tops[link] =
            std::iter::once(ends[0][link]).chain(lanes).chain([ends[1][link]]).collect();
    }
}

fn room(stop: Stop, nodes: &[Node], links: &[Link], scale: f64) -> f64 {
    match stop {
        Stop::Node(at) => (nodes[at].value * scale).max(SLOT),
        Stop::Lane(at) => (links[at].value * scale).max(LEAST_BAND),
    }
}

/// The largest scale at which every column fits.
fn scale(order: &[Vec<Stop>], nodes: &[Node], links: &[Link], height: f64) -> f64 {
    let fits = |scale: f64| {
        order.iter().all(|column| {
            let need: f64 = column.iter().map(|it| room(*it, nodes, links, scale) + GAP).sum();
            need <= height
        })
    };
    let largest = nodes.iter().map(|it| it.value).fold(f64::MIN_POSITIVE, f64::max);
    let (mut low, mut high) = (0.0, height / largest);
    for _ in 0..40 {
        let middle = (low + high) / 2.0;
        if fits(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    low
}

/// Pieces of links between neighbouring columns: place in the one, place in the other, value.
fn pieces(
    order: &[Vec<Stop>],
    column: usize,
    nodes: &[Node],
    links: &[Link],
) -> Vec<(usize, usize, f64)> {
    let place = |column: usize, stop: Stop| order[column].iter().position(|it| *it == stop);
    let piece = |(at, link): (usize, &Link)| {
        let (first, last) = (nodes[link.from].column, nodes[link.to].column);
        if column < first || column >= last {
            return None;
        }
        let from = if column == first { Stop::Node(link.from) } else { Stop::Lane(at) };
        let to = if column + 1 == last { Stop::Node(link.to) } else { Stop::Lane(at) };
        Some((place(column, from)?, place(column + 1, to)?, link.value))
    };
    links.iter().enumerate().filter_map(piece).collect()
}

/// How much crosses how much: over pairs of pieces that cross, the smaller value.
fn tangle(order: &[Vec<Stop>], nodes: &[Node], links: &[Link]) -> f64 {
    let mut sum = 0.0;
    for column in 0..order.len().saturating_sub(1) {
        let pieces = pieces(order, column, nodes, links);
        for (at, a) in pieces.iter().enumerate() {
            for b in &pieces[at + 1..] {
                if (a.0 < b.0 && a.1 > b.1) || (a.0 > b.0 && a.1 < b.1) {
                    sum += a.2.min(b.2);
                }
            }
        }
    }
    sum
}

/// Columns ordered by the mean place of their neighbours, to and fro; the best order seen is kept.
fn untangle(order: Vec<Vec<Stop>>, nodes: &[Node], links: &[Link]) -> Vec<Vec<Stop>> {
    let mut best = (tangle(&order, nodes, links), order.clone());
    let mut now = order;
    for sweep in 0..SWEEPS {
        for step in 0..now.len().saturating_sub(1) {
            let right = sweep % 2 == 0;
            let column = if right { step } else { now.len() - 2 - step };
            let pieces = pieces(&now, column, nodes, links);
            let moved = if right { column + 1 } else { column };
            let mean = |place: usize| {
                let of = pieces.iter().map(|it| if right { (it.1, it.0, it.2) } else { *it });
                let (sum, weight) =
                    of.filter(|it| it.0 == place).fold((0.0, 0.0), |(sum, weight), it| {
                        (sum + it.1 as f64 * it.2, weight + it.2)
                    });
                if weight > 0.0 { sum / weight } else { place as f64 }
            };
            let mut keyed: Vec<(f64, Stop)> =
                now[moved].iter().enumerate().map(|(at, stop)| (mean(at), *stop)).collect();
            keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
            now[moved] = keyed.into_iter().map(|it| it.1).collect();
        }
        let found = tangle(&now, nodes, links);
        if found < best.0 {
            best = (found, now.clone());
        }
    }
    best.1
}

#[cfg(test)]
pub(super) fn tangles(nodes: &[Node], links: &[Link], columns: usize) -> (f64, f64) {
    let order = given(nodes, links, columns);
    let before = tangle(&order, nodes, links);
    (before, tangle(&untangle(order, nodes, links), nodes, links))
}
