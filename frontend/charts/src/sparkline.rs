//! A line of 58 × 18 px for a table cell: no axis, gaps stay gaps, a dot on the last value.

use crate::palette::Ink;
use crate::scale::extent;
use crate::scene::{Dash, Point, Scene, Shape, point};

pub fn scene(values: &[Option<f64>], width: f64, height: f64, ink: Ink) -> Scene {
    let mut scene = Scene::new(width, height);
    let points = points(values, width, height);
    scene.broken_path(&points, ink, 1.2, Dash::Solid);
    if let Some(at) = points.iter().rev().flatten().next() {
        scene.push(
            None,
            Shape::Circle {
                at: *at,
                radius: 1.8,
                fill: ink,
                edge: None,
            },
        );
    }
    scene
}

/// The places of the values; also what an inline SVG needs.
pub fn points(values: &[Option<f64>], width: f64, height: f64) -> Vec<Option<Point>> {
    let (min, max) = extent(values.iter().flatten().copied()).unwrap_or((0.0, 1.0));
    let range = if max > min { max - min } else { 1.0 };
    let step = (width - 5.0) / values.len().saturating_sub(1).max(1) as f64;
    let place = |(i, v): (usize, &Option<f64>)| {
        v.filter(|v| v.is_finite()).map(|v| {
            let share = if max > min { (v - min) / range } else { 0.5 };
            point(2.0 + step * i as f64, height - 3.0 - share * (height - 6.0))
        })
    };
    values.iter().enumerate().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_the_cell_and_keeps_gaps() {
        let values = [Some(1.0), None, Some(3.0), Some(2.0)];
        let places = points(&values, 58.0, 18.0);
        assert!(places[1].is_none());
        let (first, top) = (places[0].expect("drawn"), places[2].expect("drawn"));
        assert_eq!((first.x, first.y), (2.0, 15.0));
        assert_eq!(top.y, 3.0);
        crate::scene::tests::assert_inside(&scene(&values, 58.0, 18.0, Ink::Ink2));
    }

    #[test]
    fn a_flat_series_is_a_line_in_the_middle_and_nothing_draws_nothing() {
        let flat = points(&[Some(5.0), Some(5.0)], 58.0, 18.0);
        assert!(flat.iter().flatten().all(|p| p.y == 9.0));
        assert!(scene(&[None, None], 58.0, 18.0, Ink::Ink2).marks.is_empty());
    }
}
