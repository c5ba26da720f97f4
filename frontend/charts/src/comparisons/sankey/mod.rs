//! Sankey diagram: nodes in columns, links as bands of true thickness. A link that skips a column passes it in a lane
//! of its own, so that no band runs under a node. Estimated links are paler and have dashed edges.

mod lanes;
#[cfg(test)]
mod tests;

use crate::scene::palette::Ink;
use crate::scene::text;
use crate::scene::{Anchor, Dash, Point, Rect, Scene, Shape, point, rect};
use lanes::Placed;

/// Width of a node, and the least thickness of one and of a band.
const NODE: f64 = 12.0;
const LEAST_NODE: f64 = 1.5;
const LEAST_BAND: f64 = 1.0;
/// Below this width names have no room; the scene stays this wide and its box scrolls.
pub const NARROWEST: f64 = 640.0;
/// Points along one edge of a band.
const STEPS: usize = 18;
const TEXT_SIZE: f64 = 11.0;

#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    pub name: String,
    pub figure: String,
    pub column: usize,
    pub value: f64,
    pub ink: Ink,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// Indices of nodes; `to` stands in a later column.
    pub from: usize,
    pub to: usize,
    pub value: f64,
    pub ink: Ink,
    pub inferred: bool,
}

/// Rows of the scene: nodes, then links.
#[derive(Debug, Clone, Copy)]
pub struct Sankey<'a> {
    pub nodes: &'a [Node],
    pub links: &'a [Link],
    /// Over the columns, from the left.
    pub titles: &'a [String],
}

impl Sankey<'_> {
    pub fn scene(&self, width: f64, height: f64) -> Scene {
        let width = width.max(NARROWEST);
        let mut scene = Scene::new(width, height);
        if self.nodes.is_empty() {
            return scene;
        }
        let last = self.titles.len().saturating_sub(1);
        let left = self.gutter(0, width);
        let right = self.gutter(last, width);
        scene.plot = rect(left, 24.0, width - left - right, height - 30.0);
        let plot = scene.plot;
        let placed = lanes::place(self.nodes, self.links, last + 1, plot.y, plot.h);
        let x = |column: usize| plot.x + (plot.w - NODE) * column as f64 / last.max(1) as f64;
        for (at, link) in self.links.iter().enumerate() {
            self.band(&mut scene, at, link, &placed, &x);
        }
        for (at, node) in self.nodes.iter().enumerate() {
            let area = rect(x(node.column), placed.top[at], NODE, placed.tall[at]);
            scene.rect(Some(at), area, node.ink);
            // A ground of ten pixels for the pointer where the node is thin.
            let more = ((10.0 - area.h) / 2.0).max(0.0);
            let ground = rect(area.x, area.y - more, area.w, area.h + 2.0 * more);
            scene.hit_area(at, ground, area.centre());
            self.name(&mut scene, node, area, last);
        }
        for (column, title) in self.titles.iter().enumerate() {
            let (at, anchor) = match column {
                0 => (0.0, Anchor::Start),
                _ if column == last => (width, Anchor::End),
                _ => (x(column) + NODE / 2.0, Anchor::Middle),
            };
            scene.text(point(at, 8.0), title.clone(), anchor, Ink::Ink3);
        }
        scene
    }

    /// Room for the names outside the first or the last column.
    fn gutter(&self, column: usize, width: f64) -> f64 {
        let names = self.nodes.iter().filter(|it| it.column == column);
        let widest = names.map(|it| text::width(&label(it), TEXT_SIZE, false)).fold(0.0, f64::max);
        (widest + 10.0).min(width * 0.27)
    }

    fn name(&self, scene: &mut Scene, node: &Node, area: Rect, last: usize) {
        let middle = area.centre().y;
        let room = if node.column == 0 {
            area.x - 6.0
        } else if node.column == last {
            scene.width - area.right() - 6.0
        } else {
            scene.plot.w / last as f64 - NODE - 12.0
        };
        let words = fitted(node, room);
        if node.column == 0 {
            scene.text(point(area.x - 6.0, middle), words, Anchor::End, Ink::Ink);
        } else if node.column == last {
            scene.text(point(area.right() + 6.0, middle), words, Anchor::Start, Ink::Ink);
        } else {
            let at = point(area.right() + 6.0, middle);
            scene.text_halo(at, words, Anchor::Start, Ink::Ink, false);
        }
    }

    fn band(
        &self,
        scene: &mut Scene,
        at: usize,
        link: &Link,
        placed: &Placed,
        x: &dyn Fn(usize) -> f64,
    ) {
        let (thick, tops) = (placed.thick[at], &placed.tops[at]);
        let first = self.nodes[link.from].column;
        let mut edge: Vec<Point> = Vec::new();
        for (step, pair) in tops.windows(2).enumerate() {
            let (from, to) = (x(first + step) + NODE, x(first + step + 1));
            edge.extend((0..=STEPS).map(|step_of_edge| {
                let part = step_of_edge as f64 / STEPS as f64;
                let eased = part * part * (3.0 - 2.0 * part);
                point(from + (to - from) * part, pair[0] + (pair[1] - pair[0]) * eased)
            }));
        }
        let lower: Vec<Point> = edge.iter().map(|it| point(it.x, it.y + thick)).collect();
        let row = self.nodes.len() + at;
        let points = edge.iter().copied().chain(lower.iter().rev().copied()).collect();
        let fill = link.ink;
        let (alpha, dash) = if link.inferred { (0.22, Dash::Dashed) } else { (0.5, Dash::Solid) };
        scene.push_alpha(Some(row), alpha, Shape::Polygon { points, fill });
        for points in [&edge, &lower] {
            let shape = Shape::Line { points: points.clone(), ink: fill, width: 0.75, dash };
            scene.push_alpha(Some(row), 0.9, shape);
        }
        // Where the band may be touched: every piece of it, not narrower than six pixels.
        let centre = edge[edge.len() / 2];
        let centre = point(centre.x, centre.y + thick / 2.0);
        for piece in edge.windows(2).filter(|it| it[1].x > it[0].x) {
            let (top, bottom) = (piece[0].y.min(piece[1].y), piece[0].y.max(piece[1].y) + thick);
            let more = ((6.0 - (bottom - top)) / 2.0).max(0.0);
            let area =
                rect(piece[0].x, top - more, piece[1].x - piece[0].x, bottom - top + 2.0 * more);
            scene.hit_area(row, area, centre);
        }
    }
}

fn label(node: &Node) -> String {
    format!("{} {}", node.name, node.figure)
}

/// The name gives way before the figure does.
fn fitted(node: &Node, room: f64) -> String {
    let figure = text::width(&node.figure, TEXT_SIZE, false) + TEXT_SIZE * 0.4;
    format!("{} {}", text::fit(&node.name, TEXT_SIZE, room - figure), node.figure)
}
