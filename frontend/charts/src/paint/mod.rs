//! The one painter: a scene onto any plotters backend at a device pixel ratio. No layout.
//!
//! plotters-canvas takes whole device pixels and moves straight lines by half a pixel, so straight lines go out as
//! filled rectangles. It has no weights but bold; the page's 600 is the heaviest face there is, so bold takes it.

mod dashes;
mod filled;
mod hatch;
mod pattern;
mod text_style;

use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, DrawingBackend, DrawingErrorKind,
};

use self::dashes::dashes;
use self::text_style::TextStyle;

use crate::scene::palette::{Ink, Palette};
use crate::scene::{Anchor, Dash, Mark, Point, Rect, Scene, Shape, Sign};

/// How a scene is put on a device.
#[derive(Debug, Clone, Copy)]
pub struct Look<'a> {
    pub palette: &'a Palette,
    /// The computed `font-family` of the page.
    pub fonts: &'a str,
    /// Device pixels per CSS pixel.
    pub ratio: f64,
}

/// Draws everything, the ground first.
pub fn paint<B: DrawingBackend>(
    scene: &Scene,
    look: Look<'_>,
    backend: &mut B,
) -> Result<(), DrawingErrorKind<B::ErrorType>> {
    let mut brush = Brush { look, backend };
    brush.rect(crate::scene::rect(0.0, 0.0, scene.width, scene.height), Ink::Surface, 1.0)?;
    for mark in &scene.marks {
        brush.mark(mark)?;
    }
    brush.backend.present()
}

struct Pen {
    color: BackendColor,
    width: u32,
}

impl BackendStyle for Pen {
    fn color(&self) -> BackendColor {
        self.color
    }

    fn stroke_width(&self) -> u32 {
        self.width
    }
}

struct Brush<'a, B> {
    look: Look<'a>,
    backend: &'a mut B,
}

type Done<B> = Result<(), DrawingErrorKind<<B as DrawingBackend>::ErrorType>>;

impl<B: DrawingBackend> Brush<'_, B> {
    fn px(&self, css: f64) -> i32 {
        (css * self.look.ratio).round() as i32
    }

    fn at(&self, p: Point) -> BackendCoord {
        (self.px(p.x), self.px(p.y))
    }

    fn color(&self, ink: Ink, alpha: f64) -> BackendColor {
        let rgb = self.look.palette.colour(ink);
        BackendColor { alpha, rgb: (rgb.0, rgb.1, rgb.2) }
    }

    fn pen(&self, ink: Ink, alpha: f64, width: f64) -> Pen {
        Pen { color: self.color(ink, alpha), width: self.px(width).max(1) as u32 }
    }

    fn mark(&mut self, mark: &Mark) -> Done<B> {
        let alpha = mark.alpha;
        match &mark.shape {
            Shape::Rect { rect, fill } => self.filled_rect(*rect, *fill, alpha),
            Shape::Frame { rect, ink, width } => self.frame(*rect, *ink, *width, alpha),
            Shape::Line { points, ink, width, dash } => {
                self.line(points, *ink, *width, *dash, alpha)
            }
            Shape::Polygon { points, fill } => self.filled_polygon(points, *fill, alpha),
            Shape::Circle { at, radius, fill, edge } => {
                if let Some((ink, width)) = edge {
                    self.circle(*at, radius + width, *ink, alpha)?;
                }
                self.circle(*at, *radius, *fill, alpha)
            }
            Shape::Sign { at, radius, kind, ink } => self.sign(*at, *radius, *kind, *ink, alpha),
            Shape::Hatch { rect, ink, step } => self.hatch(*rect, *ink, *step, alpha),
            Shape::Text { at, text, size, bold, ink, anchor, halo } => {
                let face = Face { size: *size, bold: *bold, anchor: *anchor };
                if *halo {
                    for (dx, dy) in [
                        (-1.5, 0.0),
                        (1.5, 0.0),
                        (0.0, -1.5),
                        (0.0, 1.5),
                        (-1.1, -1.1),
                        (1.1, -1.1),
                        (-1.1, 1.1),
                        (1.1, 1.1),
                    ] {
                        let near = Point { x: at.x + dx, y: at.y + dy };
                        self.text(near, text, face, Ink::Surface, alpha)?;
                    }
                }
                self.text(*at, text, face, *ink, alpha)
            }
        }
    }

    fn rect(&mut self, area: Rect, fill: Ink, alpha: f64) -> Done<B> {
        let (x1, y1) = self.at(Point { x: area.x, y: area.y });
        let (x2, y2) = self.at(Point { x: area.right(), y: area.bottom() });
        // A bar that is there is seen, be it ever so small.
        let style = self.color(fill, alpha);
        self.backend.draw_rect((x1, y1), (x2.max(x1 + 1), y2.max(y1 + 1)), &style, true)
    }

    fn frame(&mut self, area: Rect, ink: Ink, width: f64, alpha: f64) -> Done<B> {
        let Rect { x, y, w, h } = area;
        for side in [
            Rect { x, y, w, h: width },
            Rect { x, y: y + h - width, w, h: width },
            Rect { x, y: y + width, w: width, h: h - 2.0 * width },
            Rect { x: x + w - width, y: y + width, w: width, h: h - 2.0 * width },
        ] {
            if side.w > 0.0 && side.h > 0.0 {
                self.rect(side, ink, alpha)?;
            }
        }
        Ok(())
    }

    fn line(&mut self, points: &[Point], ink: Ink, width: f64, dash: Dash, alpha: f64) -> Done<B> {
        let pattern = match dash {
            Dash::Solid => {
                if let [a, b] = points
                    && (a.x == b.x || a.y == b.y)
                {
                    return self.straight(*a, *b, ink, width, alpha);
                }
                let pen = self.pen(ink, alpha, width);
                let path: Vec<BackendCoord> = points.iter().map(|p| self.at(*p)).collect();
                return self.backend.draw_path(path, &pen);
            }
            Dash::Dashed => (4.0, 3.0),
            Dash::Dotted => (1.5, 2.5),
        };
        for (a, b) in dashes(points, pattern) {
            if a.x == b.x || a.y == b.y {
                self.straight(a, b, ink, width, alpha)?;
            } else {
                let pen = self.pen(ink, alpha, width);
                let path = [self.at(a), self.at(b)];
                self.backend.draw_path(path, &pen)?;
            }
        }
        Ok(())
    }

    fn straight(&mut self, a: Point, b: Point, ink: Ink, width: f64, alpha: f64) -> Done<B> {
        let (x, y) = (a.x.min(b.x), a.y.min(b.y));
        let half = (width / 2.0).floor();
        let area = if a.y == b.y {
            Rect { x, y: y - half, w: (a.x - b.x).abs(), h: width }
        } else {
            Rect { x: x - half, y, w: width, h: (a.y - b.y).abs() }
        };
        self.rect(area, ink, alpha)
    }

    fn polygon(&mut self, points: &[Point], fill: Ink, alpha: f64) -> Done<B> {
        let style = self.color(fill, alpha);
        let path: Vec<BackendCoord> = points.iter().map(|p| self.at(*p)).collect();
        self.backend.fill_polygon(path, &style)
    }

    fn circle(&mut self, at: Point, radius: f64, fill: Ink, alpha: f64) -> Done<B> {
        let style = self.color(fill, alpha);
        let (centre, radius) = (self.at(at), self.px(radius).max(1) as u32);
        self.backend.draw_circle(centre, radius, &style, true)
    }

    fn sign(&mut self, at: Point, r: f64, kind: Sign, ink: Ink, alpha: f64) -> Done<B> {
        let corner = |dx: f64, dy: f64| Point { x: at.x + dx * r, y: at.y + dy * r };
        match kind {
            Sign::Triangle => {
                self.polygon(&[corner(0.0, -1.1), corner(1.1, 0.9), corner(-1.1, 0.9)], ink, alpha)
            }
            Sign::Diamond => {
                let corners =
                    [corner(0.0, -1.2), corner(1.2, 0.0), corner(0.0, 1.2), corner(-1.2, 0.0)];
                self.polygon(&corners, ink, alpha)
            }
            Sign::Dot => self.circle(at, r, ink, alpha),
            Sign::Ring => {
                self.circle(at, r, ink, alpha)?;
                self.circle(at, (r - 1.4).max(0.5), Ink::Surface, alpha)
            }
        }
    }

    fn text(&mut self, at: Point, words: &str, face: Face, ink: Ink, alpha: f64) -> Done<B> {
        let style = TextStyle {
            color: self.color(ink, alpha),
            size: face.size * self.look.ratio,
            fonts: self.look.fonts,
            bold: face.bold,
            anchor: face.anchor,
        };
        let at = self.at(at);
        self.backend.draw_text(words, &style, at)
    }
}

#[derive(Clone, Copy)]
struct Face {
    size: f64,
    bold: bool,
    anchor: Anchor,
}
