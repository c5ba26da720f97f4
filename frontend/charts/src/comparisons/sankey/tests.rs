//! Layout of flows: proportion, room, order, names.

use proptest::prelude::*;

use super::lanes::{place, tangles};
use super::{LEAST_BAND, LEAST_NODE, Link, NODE, Node, Sankey};
use crate::scene::palette::Ink;
use crate::scene::tests::assert_inside;
use crate::scene::text;
use crate::scene::{Anchor, Mark, Rect, Scene, Shape, rect};

fn node(column: usize, value: f64) -> Node {
    Node {
        name: format!("节点 {column}"),
        figure: format!("{value:.1}"),
        column,
        value,
        ink: Ink::Coal,
    }
}

fn link(from: usize, to: usize, value: f64) -> Link {
    Link { from, to, value, ink: Ink::Coal, inferred: from == 0 }
}

fn titles() -> Vec<String> {
    ["购入", "加工转换", "终端", "行业"].map(str::to_owned).into()
}

fn scene(nodes: &[Node], links: &[Link], height: f64) -> Scene {
    let titles = titles();
    Sankey { nodes, links, titles: &titles }.scene(900.0, height)
}

/// Two purchases, a conversion, two carriers, three users and the losses.
fn city() -> (Vec<Node>, Vec<Link>) {
    let nodes = vec![
        node(0, 110.0),
        node(0, 20.0),
        node(1, 110.0),
        node(2, 60.0),
        node(3, 50.0),
        node(3, 10.0),
        node(3, 70.0),
    ];
    let links = vec![
        link(0, 2, 110.0),
        link(1, 3, 20.0),
        link(2, 3, 40.0),
        link(2, 6, 70.0),
        link(3, 4, 50.0),
        link(3, 5, 10.0),
    ];
    (nodes, links)
}

/// Any flow of these columns: links from each column to a later one; a node is as large as its larger side.
fn flows() -> impl Strategy<Value = (Vec<Node>, Vec<Link>)> {
    let one = (0usize..12, 0usize..12, 0.01..500.0f64);
    proptest::collection::vec(one, 1..25).prop_map(|wanted| {
        let column = |it: usize| it / 3;
        let wanted: Vec<_> = wanted.into_iter().filter(|it| column(it.0) < column(it.1)).collect();
        let side = |at: usize, end: fn(&(usize, usize, f64)) -> usize| -> f64 {
            wanted.iter().filter(|it| end(it) == at).map(|it| it.2).sum()
        };
        let nodes =
            (0..12).map(|at| node(column(at), side(at, |it| it.0).max(side(at, |it| it.1))));
        let links = wanted.iter().map(|it| link(it.0, it.1, it.2));
        (nodes.collect(), links.collect())
    })
}

fn boxes(scene: &Scene) -> Vec<Rect> {
    let one = |it: &Mark| match &it.shape {
        Shape::Text { at, text, size, anchor, .. } => {
            let wide = text::width(text, *size, false);
            let left = match anchor {
                Anchor::Start => at.x,
                Anchor::Middle => at.x - wide / 2.0,
                Anchor::End => at.x - wide,
            };
            Some(rect(left, at.y - size / 2.0, wide, *size))
        }
        _ => None,
    };
    scene.marks.iter().filter_map(one).collect()
}

fn meet(a: Rect, b: Rect) -> bool {
    a.x < b.right() - 0.1
        && b.x < a.right() - 0.1
        && a.y < b.bottom() - 0.1
        && b.y < a.bottom() - 0.1
}

#[test]
fn names_keep_apart_and_all_stays_inside() {
    let (nodes, links) = city();
    let scene = scene(&nodes, &links, 300.0);
    assert_inside(&scene);
    let boxes = boxes(&scene);
    assert_eq!(boxes.len(), nodes.len() + 4);
    for (at, a) in boxes.iter().enumerate() {
        assert!(boxes[at + 1..].iter().all(|b| !meet(*a, *b)), "{a:?}");
    }
}

#[test]
fn every_node_and_link_answers_the_pointer_and_the_keys() {
    let (nodes, links) = city();
    let scene = scene(&nodes, &links, 300.0);
    for row in 0..nodes.len() + links.len() {
        let hit = scene.hit_of(row).expect("a region");
        let found = scene.hit(hit.at).map(|it| it.row);
        assert_eq!(found, Some(row));
    }
}

#[test]
fn what_is_concluded_has_dashed_edges() {
    let (nodes, links) = city();
    let scene = scene(&nodes, &links, 300.0);
    let dashed = scene
        .marks
        .iter()
        .filter(|it| matches!(it.shape, Shape::Line { dash: crate::scene::Dash::Dashed, .. }));
    assert!(
        dashed.clone().count() == 2 && dashed.into_iter().all(|it| it.row == Some(nodes.len()))
    );
}

#[test]
fn crossed_users_are_uncrossed() {
    let nodes = [node(0, 10.0), node(0, 20.0), node(1, 20.0), node(1, 10.0)];
    let links = [link(0, 3, 10.0), link(1, 2, 20.0)];
    assert_eq!(tangles(&nodes, &links, 2), (10.0, 0.0));
}

proptest! {
    #[test]
    fn thickness_is_proportional_and_nothing_overlaps((nodes, links) in flows()) {
        let (y, height) = (24.0, 420.0);
        let placed = place(&nodes, &links, 4, y, height);
        for (at, node) in nodes.iter().enumerate() {
            prop_assert_eq!(placed.tall[at], (node.value * placed.scale).max(LEAST_NODE));
            prop_assert!(placed.top[at] >= y - 1e-6 && placed.top[at] + placed.tall[at] <= y + height + 1e-6);
            for (other, it) in nodes.iter().enumerate().skip(at + 1) {
                if it.column == node.column {
                    let above = placed.top[at] + placed.tall[at] <= placed.top[other];
                    let below = placed.top[other] + placed.tall[other] <= placed.top[at];
                    prop_assert!(above || below);
                }
            }
        }
        for (at, link) in links.iter().enumerate() {
            prop_assert_eq!(placed.thick[at], (link.value * placed.scale).max(LEAST_BAND));
            let tops = &placed.tops[at];
            prop_assert_eq!(tops.len(), nodes[link.to].column - nodes[link.from].column + 1);
            for (end, top) in [(link.from, tops[0]), (link.to, tops[tops.len() - 1])] {
                let slack = 1e-6;
                prop_assert!(top >= placed.top[end] - slack);
                prop_assert!(top + placed.thick[at] <= placed.top[end] + placed.tall[end] + slack);
            }
            // In a column that it passes, a band meets no node.
            for (step, top) in tops.iter().enumerate().skip(1).take(tops.len() - 2) {
                for (node, it) in nodes.iter().enumerate() {
                    if it.column == nodes[link.from].column + step {
                        prop_assert!(top + placed.thick[at] <= placed.top[node] + 1e-6 || *top >= placed.top[node] + placed.tall[node] - 1e-6);
                    }
                }
            }
        }
    }

    #[test]
    fn ordering_never_tangles_more((nodes, links) in flows()) {
        let (before, after) = tangles(&nodes, &links, 4);
        prop_assert!(after <= before);
    }

    #[test]
    fn any_flow_stays_inside((nodes, links) in flows(), height in 260.0..600.0f64) {
        let scene = scene(&nodes, &links, height);
        assert_inside(&scene);
        prop_assert!(scene.plot.w > 3.0 * NODE);
    }
}
