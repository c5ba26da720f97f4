//! The strip under the months: by how much the sum so far is above or below the trajectory.

use nengce_shared::number;

use super::Months;
use crate::layout::axis;
use crate::layout::scale::{Band, Linear};
use crate::scene::palette::Ink;
use crate::scene::{Anchor, Dash, Scene, Shape, point, rect, text};

impl Months<'_> {
    pub(super) fn strip(&self, scene: &mut Scene, x: Band, top: f64, bottom: f64, right: f64) {
        let gaps = self.months.iter().filter_map(|m| m.gap);
        // Room for a figure above the tallest bar and under the deepest.
        let y = Linear::from_zero(gaps, 3, bottom - 12.0, top + 28.0);
        let zero = y.at(0.0);
        scene.text(point(0.0, top + 4.0), self.words.gap_title.clone(), Anchor::Start, Ink::Ink2);
        scene.line(point(x.start, zero), point(right, zero), Ink::Line2, 1.0, Dash::Solid);
        if right + 40.0 < scene.width {
            scene.text(point(right + 8.0, zero), self.words.over.clone(), Anchor::Start, Ink::Ink2);
        }
        let bar = (x.pitch() * 0.5).min(28.0);
        let stride = axis::stride(x.pitch(), text::width("+00.0", 11.0, true));
        let last = self.months.iter().rposition(|m| m.gap.is_some() && !m.gap_projected);
        let end = self.months.len().checked_sub(1).filter(|row| self.months[*row].gap.is_some());
        // The last whole month before the year's end where there is no room for both, and the others around them.
        let end = end.filter(|row| last.is_none_or(|it| it == *row || row - it >= stride));
        let bold_rows: Vec<usize> = last.into_iter().chain(end).collect();
        for (row, month) in self.months.iter().enumerate() {
            let Some(gap) = month.gap else { continue };
            let ink = Ink::of_sign(gap);
            let (a, b) = (zero.min(y.at(gap)), zero.max(y.at(gap)));
            let area = rect(x.mid(row) - bar / 2.0, a, bar, (b - a).max(1.0));
            if month.gap_projected {
                scene.push(Some(row), Shape::Hatch { rect: area, ink, step: 4.5 });
                scene.push(Some(row), Shape::Frame { rect: area, ink, width: 1.0 });
            } else {
                scene.rect(Some(row), area, ink);
            }
            let bold = bold_rows.contains(&row);
            let is_free = bold_rows.iter().all(|it| it.abs_diff(row) >= stride);
            if bold || (row % stride == 0 && is_free) {
                let at = if gap < 0.0 { b + 9.0 } else { a - 9.0 };
                let figure = number::signed(gap, 1);
                scene.text_halo(point(x.mid(row), at), figure, Anchor::Middle, Ink::Ink2, bold);
            }
        }
    }
}
