//! Areas: filled with their colour, hatched, or in black and white with the pattern of their energy type.

use plotters_backend::DrawingBackend;

use super::{Brush, Done};
use crate::paint::hatch::{self, Slope};
use crate::paint::pattern::Pattern;
use crate::scene::palette::Ink;
use crate::scene::{Dash, Point, Rect};

/// Between the lines of a pattern, along an axis.
const STEP: f64 = 5.0;

impl<B: DrawingBackend> Brush<'_, B> {
    pub(super) fn filled_rect(&mut self, area: Rect, fill: Ink, alpha: f64) -> Done<B> {
        let Some(pattern) = self.pattern(fill) else {
            return self.rect(area, fill, alpha);
        };
        self.rect(area, pattern.ground(), alpha)?;
        // A swatch has room for its pattern too.
        let step = (area.w.min(area.h) / 2.0).clamp(3.0, STEP);
        self.strokes(&hatch::corners(area), pattern, step, alpha)?;
        self.frame(area, Ink::Ink, 1.0, alpha)
    }

    pub(super) fn filled_polygon(&mut self, points: &[Point], fill: Ink, alpha: f64) -> Done<B> {
        let Some(pattern) = self.pattern(fill) else {
            return self.polygon(points, fill, alpha);
        };
        self.polygon(points, pattern.ground(), alpha)?;
        self.strokes(points, pattern, STEP, alpha)?;
        let around: Vec<Point> = points.iter().chain(points.first()).copied().collect();
        self.line(&around, Ink::Ink, 1.0, Dash::Solid, alpha)
    }

    pub(super) fn hatch(&mut self, area: Rect, ink: Ink, step: f64, alpha: f64) -> Done<B> {
        if self.pattern(ink).is_some() {
            // The angle is the type's already: the incomplete is paler, its outline is not.
            self.filled_rect(area, ink, alpha * 0.5)?;
            return self.frame(area, Ink::Ink, 1.0, alpha);
        }
        self.rect(area, Ink::Surface, alpha)?;
        self.lines(&hatch::corners(area), Slope::Rising, step, (ink, alpha))
    }

    fn pattern(&self, fill: Ink) -> Option<Pattern> {
        Pattern::of(fill).filter(|_| self.look.palette.patterned)
    }

    fn strokes(&mut self, inside: &[Point], pattern: Pattern, step: f64, alpha: f64) -> Done<B> {
        match pattern {
            Pattern::Solid | Pattern::SolidLight => Ok(()),
            Pattern::Lines(slopes) => {
                slopes.iter().try_for_each(|it| self.lines(inside, *it, step, (Ink::Ink, alpha)))
            }
            Pattern::Dots => hatch::dots(inside, step)
                .into_iter()
                .try_for_each(|at| self.circle(at, 1.0, Ink::Ink, alpha)),
        }
    }

    fn lines(
        &mut self,
        inside: &[Point],
        slope: Slope,
        step: f64,
        (ink, alpha): (Ink, f64),
    ) -> Done<B> {
        let pen = self.pen(ink, alpha, 1.0);
        for (a, b) in hatch::segments(inside, slope, step) {
            let path = [self.at(a), self.at(b)];
            self.backend.draw_path(path, &pen)?;
        }
        Ok(())
    }
}
