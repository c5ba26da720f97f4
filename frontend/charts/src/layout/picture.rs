//! The frame of an exported chart: title, caption, chart, legend, source. Long text wraps and the picture grows with it;
//! the chart itself is drawn by its own painter.

use crate::scene::palette::Ink;
use crate::scene::text::{width, wrap};
use crate::scene::{Anchor, Dash, Point, Scene, Shape, point, rect};

const MARGIN: f64 = 16.0;
const LEAST_WIDTH: f64 = 360.0;
const TITLE: f64 = 14.0;
const SMALL: f64 = 11.0;
const LEADING: f64 = 1.5;
const SWATCH: f64 = 9.0;
const GAP: f64 = 8.0;

/// How a series is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Area,
    Line(Dash),
    Dot,
}

/// A series by its form, colour and name.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    pub form: Form,
    pub ink: Ink,
    pub name: String,
}

impl Form {
    /// A line is longer than an area is wide, so that its dashes show.
    fn width(self) -> f64 {
        if matches!(self, Self::Line(_)) { 2.0 * SWATCH } else { SWATCH }
    }

    fn draw(self, words: &mut Scene, left: f64, middle: f64, ink: Ink) {
        match self {
            Self::Area => {
                let swatch = rect(left, middle - SWATCH / 2.0, SWATCH, SWATCH);
                words.push(None, Shape::Rect { rect: swatch, fill: ink });
            }
            Self::Line(dash) => {
                let right = point(left + self.width(), middle);
                words.line(point(left, middle), right, ink, 2.0, dash);
            }
            Self::Dot => {
                let at = point(left + SWATCH / 2.0, middle);
                words.push(None, Shape::Circle { at, radius: 3.5, fill: ink, edge: None });
            }
        }
    }
}

/// The texts around the chart.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PictureText {
    pub title: String,
    /// Unit, filters, period, basis: each begins a line.
    pub covers: Vec<String>,
    pub legend: Vec<Entry>,
    /// Source and date of export.
    pub foot: Vec<String>,
}

/// The words of the picture, and where the chart's corner goes.
#[derive(Debug, Clone, PartialEq)]
pub struct FramedPicture {
    pub scene: Scene,
    pub chart: Point,
}

pub fn layout(text: &PictureText, chart_width: f64, chart_height: f64) -> FramedPicture {
    let room = chart_width.max(LEAST_WIDTH);
    let mut words = Scene::new(room + 2.0 * MARGIN, 0.0);
    let mut top = MARGIN;
    write(&mut words, &mut top, &text.title, (TITLE, true, Ink::Ink));
    for line in &text.covers {
        write(&mut words, &mut top, line, (SMALL, false, Ink::Ink3));
    }
    top += GAP;
    let chart = point(MARGIN, top);
    top += chart_height + GAP;
    legend(&mut words, &mut top, &text.legend, room);
    for line in &text.foot {
        write(&mut words, &mut top, line, (SMALL, false, Ink::Ink3));
    }
    words.height = top + MARGIN;
    FramedPicture { scene: words, chart }
}

fn write(words: &mut Scene, top: &mut f64, text: &str, (size, bold, ink): (f64, bool, Ink)) {
    let room = words.width - 2.0 * MARGIN;
    for line in wrap(text, size, bold, room) {
        let middle = *top + size * LEADING / 2.0;
        words.text_sized(point(MARGIN, middle), line, Anchor::Start, ink, size, bold);
        *top += size * LEADING;
    }
}

fn legend(words: &mut Scene, top: &mut f64, items: &[Entry], room: f64) {
    let line = SMALL * LEADING;
    let mut left = MARGIN;
    for Entry { form, ink, name } in items {
        let aside = form.width() + GAP / 2.0;
        let name = crate::scene::text::fit(name, SMALL, room - aside);
        let wide = aside + width(&name, SMALL, false);
        if left > MARGIN && left + wide > MARGIN + room {
            left = MARGIN;
            *top += line;
        }
        let middle = *top + line / 2.0;
        form.draw(words, left, middle, *ink);
        let at = point(left + aside, middle);
        words.text_sized(at, name, Anchor::Start, Ink::Ink2, SMALL, false);
        left += wide + 2.0 * GAP;
    }
    if !items.is_empty() {
        *top += line;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(n: usize) -> Entry {
        let form = [Form::Area, Form::Line(Dash::Dashed), Form::Dot][n % 3];
        Entry { form, ink: Ink::Ink, name: format!("能源品种 {n}") }
    }

    fn text() -> PictureText {
        PictureText {
            title: "各区用能强度同比与能耗总量控制目标完成情况".into(),
            covers: vec!["天津市 · 千家 · 等价 · 2025年1–9月 · tce · ".repeat(6)],
            legend: (0..12).map(entry).collect(),
            foot: vec!["能测 · 折标系数 GB/T 2589 · 导出 2026-01-02".into()],
        }
    }

    fn texts(scene: &Scene) -> Vec<(Point, f64, String)> {
        let text = |it: &crate::scene::Mark| match &it.shape {
            Shape::Text { at, text, size, bold, .. } => {
                Some((*at, at.x + width(text, *size, *bold), text.clone()))
            }
            _ => None,
        };
        scene.marks.iter().filter_map(text).collect()
    }

    #[test]
    fn every_word_stands_inside_the_sheet_and_off_the_chart() {
        for wide in [200.0, 358.0, 900.0] {
            let at = layout(&text(), wide, 240.0);
            for (middle, right, text) in texts(&at.scene) {
                assert!(right <= at.scene.width, "{text} at {wide}");
                let off = middle.y < at.chart.y || middle.y > at.chart.y + 240.0;
                assert!(off && middle.y < at.scene.height, "{text} at {wide}");
            }
        }
    }

    #[test]
    fn nothing_is_lost_by_wrapping_and_a_narrow_sheet_is_taller() {
        let (narrow, wide) = (layout(&text(), 300.0, 240.0), layout(&text(), 900.0, 240.0));
        assert!(narrow.scene.height > wide.scene.height);
        let letters = |it: &str| it.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let all: String = texts(&narrow.scene).iter().map(|it| letters(&it.2)).collect();
        for part in text().covers.iter().chain(&text().foot).chain([&text().title]) {
            assert!(all.contains(&letters(part)), "{part}");
        }
    }

    #[test]
    fn a_legend_shows_what_is_drawn() {
        let scene = layout(&text(), 900.0, 240.0).scene;
        let count = |of: fn(&Shape) -> bool| scene.marks.iter().filter(|it| of(&it.shape)).count();
        assert_eq!(count(|it| matches!(it, Shape::Rect { .. })), 4);
        assert_eq!(count(|it| matches!(it, Shape::Line { dash: Dash::Dashed, .. })), 4);
        assert_eq!(count(|it| matches!(it, Shape::Circle { .. })), 4);
    }

    #[test]
    fn lines_do_not_touch() {
        let at = layout(&text(), 358.0, 240.0);
        let mut rows: Vec<f64> = texts(&at.scene).iter().map(|it| it.0.y).collect();
        rows.dedup();
        assert!(rows.windows(2).all(|two| two[1] - two[0] >= SMALL * 1.2), "{rows:?}");
    }
}
