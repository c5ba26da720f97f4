//! The scene that every layout returns and the painter draws: marks in CSS pixels, and hit regions with their row. An
//! [`Ink`] is the name of a colour, not a colour.

pub mod hit;
pub mod palette;
pub mod text;

use palette::Ink;

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    pub x: f64,
    pub y: f64,
}

pub const fn point(x: f64, y: f64) -> Point {
    Point { x, y }
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rect {
    pub x: f64,
    pub y: f64,
    pub w: f64,
    pub h: f64,
}

pub const fn rect(x: f64, y: f64, w: f64, h: f64) -> Rect {
    Rect { x, y, w, h }
}

impl Rect {
    pub fn right(self) -> f64 {
        self.x + self.w
    }

    pub fn bottom(self) -> f64 {
        self.y + self.h
    }

    pub fn contains(self, at: Point) -> bool {
        at.x >= self.x && at.x < self.right() && at.y >= self.y && at.y < self.bottom()
    }

    pub fn centre(self) -> Point {
        point(self.x + self.w / 2.0, self.y + self.h / 2.0)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dash {
    Solid,
    Dashed,
    Dotted,
}

/// Shapes that can be told apart without colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    Triangle,
    Diamond,
    Dot,
    Ring,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    Rect {
        rect: Rect,
        fill: Ink,
    },
    Frame {
        rect: Rect,
        ink: Ink,
        width: f64,
    },
    Line {
        points: Vec<Point>,
        ink: Ink,
        width: f64,
        dash: Dash,
    },
    Polygon {
        points: Vec<Point>,
        fill: Ink,
    },
    /// A filled circle; `edge` is drawn under it, wider by its width.
    Circle {
        at: Point,
        radius: f64,
        fill: Ink,
        edge: Option<(Ink, f64)>,
    },
    Sign {
        at: Point,
        radius: f64,
        kind: Sign,
        ink: Ink,
    },
    /// 45° lines in the mark's own colour, on `surface`: data are incomplete or missing.
    Hatch {
        rect: Rect,
        ink: Ink,
        step: f64,
    },
    /// `at.y` is the middle of the line.
    Text {
        at: Point,
        text: String,
        size: f64,
        bold: bool,
        ink: Ink,
        anchor: Anchor,
        halo: bool,
    },
}

#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    pub shape: Shape,
    pub alpha: f64,
    /// The row of the layout's input that the mark stands for; `None` for axes and names.
    pub row: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Region {
    Area(Rect),
    /// Nearest within reach wins.
    Spot {
        at: Point,
    },
}

/// A region that answers for a row. `at` is where a crosshair or a tooltip points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    pub row: usize,
    pub region: Region,
    pub at: Point,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    pub width: f64,
    pub height: f64,
    /// Where the data marks are; a crosshair spans its height.
    pub plot: Rect,
    pub marks: Vec<Mark>,
    pub hits: Vec<Hit>,
}

impl Scene {
    pub fn new(width: f64, height: f64) -> Self {
        Self {
            width,
            height,
            plot: rect(0.0, 0.0, width, height),
            marks: Vec::new(),
            hits: Vec::new(),
        }
    }

    pub fn push(&mut self, row: Option<usize>, shape: Shape) {
        self.push_alpha(row, 1.0, shape);
    }

    pub fn push_alpha(&mut self, row: Option<usize>, alpha: f64, shape: Shape) {
        self.marks.push(Mark { shape, alpha, row });
    }

    pub fn rect(&mut self, row: Option<usize>, rect: Rect, fill: Ink) {
        if rect.w > 0.0 && rect.h > 0.0 {
            self.push(row, Shape::Rect { rect, fill });
        }
    }

    pub fn line(&mut self, from: Point, to: Point, ink: Ink, width: f64, dash: Dash) {
        self.path(None, vec![from, to], ink, width, dash);
    }

    pub fn path(
        &mut self,
        row: Option<usize>,
        points: Vec<Point>,
        ink: Ink,
        width: f64,
        dash: Dash,
    ) {
        if points.len() > 1 {
            self.push(row, Shape::Line { points, ink, width, dash });
        }
    }

    /// A line with gaps: each run of present points is a path of its own, a lone point a dot.
    pub fn broken_path(&mut self, points: &[Option<Point>], ink: Ink, width: f64, dash: Dash) {
        for run in points.split(Option::is_none) {
            let run: Vec<Point> = run.iter().flatten().copied().collect();
            match run.as_slice() {
                [] => {}
                [one] => self.push(
                    None,
                    Shape::Circle { at: *one, radius: width.max(1.5), fill: ink, edge: None },
                ),
                _ => self.path(None, run, ink, width, dash),
            }
        }
    }

    pub fn text(&mut self, at: Point, text: impl Into<String>, anchor: Anchor, ink: Ink) {
        self.text_sized(at, text, anchor, ink, 11.0, false);
    }

    pub fn text_bold(&mut self, at: Point, text: impl Into<String>, anchor: Anchor, ink: Ink) {
        self.text_sized(at, text, anchor, ink, 11.0, true);
    }

    pub fn text_sized(
        &mut self,
        at: Point,
        text: impl Into<String>,
        anchor: Anchor,
        ink: Ink,
        size: f64,
        bold: bool,
    ) {
        let text = text.into();
        if !text.is_empty() {
            self.push(None, Shape::Text { at, text, size, bold, ink, anchor, halo: false });
        }
    }

    /// Text that crosses marks, with a ground of its own.
    pub fn text_halo(
        &mut self,
        at: Point,
        text: impl Into<String>,
        anchor: Anchor,
        ink: Ink,
        bold: bool,
    ) {
        let text = text.into();
        if !text.is_empty() {
            self.push(None, Shape::Text { at, text, size: 11.0, bold, ink, anchor, halo: true });
        }
    }

    pub fn hit_area(&mut self, row: usize, area: Rect, at: Point) {
        self.hits.push(Hit { row, region: Region::Area(area), at });
    }

    pub fn hit_spot(&mut self, row: usize, at: Point) {
        self.hits.push(Hit { row, region: Region::Spot { at }, at });
    }

    /// Selected rows keep their colour, others drop to 30 % opacity. Without selected rows nothing changes.
    pub fn dim_others(&mut self, selected: &[usize]) {
        if selected.is_empty() {
            return;
        }
        for mark in &mut self.marks {
            if mark.row.is_some_and(|row| !selected.contains(&row)) {
                mark.alpha *= 0.3;
            }
        }
    }
}

#[cfg(test)]
pub(crate) mod tests;
