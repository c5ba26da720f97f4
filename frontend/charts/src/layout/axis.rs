//! The page's axes: horizontal hairlines on 1-2-5 steps, a baseline, the unit once at the top left, month names.

use crate::layout::scale::Linear;
use crate::scene::palette::Ink;
use crate::scene::text;
use crate::scene::{Anchor, Dash, Rect, Scene, point};

/// Room for the figures left of a plot.
pub fn gutter(scale: &Linear) -> f64 {
    let widest = scale
        .ticks()
        .iter()
        .map(|tick| text::width(&text::tick(*tick, scale.step), 11.0, false))
        .fold(0.0, f64::max);
    (widest + 10.0).max(28.0)
}

/// Gridlines and figures of an upright scale over `plot`, and the unit above them.
pub fn upright(scene: &mut Scene, plot: Rect, scale: &Linear, unit: &str) {
    for tick in scale.ticks() {
        let y = scale.at(tick).round();
        let base = tick == 0.0 || (tick - scale.min).abs() < scale.step * 1e-6;
        let ink = if base { Ink::Line2 } else { Ink::Line };
        scene.line(point(plot.x, y), point(plot.right(), y), ink, 1.0, Dash::Solid);
        let figure = text::tick(tick, scale.step);
        scene.text(point(plot.x - 8.0, y), figure, Anchor::End, Ink::Ink2);
    }
    scene.text(point(0.0, plot.y - 16.0), unit, Anchor::Start, Ink::Ink2);
}

/// How many labels to skip so that names of `widest` px do not touch.
pub fn stride(pitch: f64, widest: f64) -> usize {
    if pitch <= 0.0 {
        return 1;
    }
    // Long names need more air between them.
    let air = (widest * 0.35).max(6.0);
    ((widest + air) / pitch).ceil().max(1.0) as usize
}

/// Names under bands, every second (third …) one when they would touch. Where some are empty, the others say
/// which matter: each stands that does not touch the one before.
pub fn names(scene: &mut Scene, mids: &[f64], names: &[String], y: f64) {
    if names.iter().any(String::is_empty) {
        let mut free = f64::NEG_INFINITY;
        for (mid, name) in mids.iter().zip(names).filter(|(_, name)| !name.is_empty()) {
            let half = text::width(name, 11.0, false) / 2.0;
            if mid - half >= free {
                scene.text(point(*mid, y), name.clone(), Anchor::Middle, Ink::Ink2);
                free = mid + half + 6.0;
            }
        }
        return;
    }
    let pitch = mids.windows(2).map(|pair| pair[1] - pair[0]).fold(f64::INFINITY, f64::min);
    let widest = names.iter().map(|name| text::width(name, 11.0, false)).fold(0.0, f64::max);
    let stride = if pitch.is_finite() { stride(pitch, widest) } else { 1 };
    for (mid, name) in mids.iter().zip(names).step_by(stride) {
        scene.text(point(*mid, y), name.clone(), Anchor::Middle, Ink::Ink2);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_thin_out_when_bands_are_narrow() {
        assert_eq!(stride(50.0, 24.0), 1);
        assert_eq!(stride(20.0, 24.0), 2);
        assert_eq!(stride(0.0, 24.0), 1);
    }
}
