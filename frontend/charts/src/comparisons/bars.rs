//! Horizontal bars: a list of names with an amount from zero, and a signed bar about a common zero.

use crate::layout::scale::extent;
use crate::scene::palette::Ink;
use crate::scene::text;
use crate::scene::{Anchor, Dash, Scene, point, rect};

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    pub code: String,
    pub name: String,
    pub value: Option<f64>,
    pub value_text: String,
    /// What the value is compared with; a line across its bar.
    pub before: Option<f64>,
    pub signed: Option<f64>,
    pub signed_text: String,
    pub tail: String,
    /// The rest of a list, in grey.
    pub muted: bool,
}

/// Titles over the columns; an empty one leaves its column out.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Titles {
    pub name: String,
    pub value: String,
    pub signed: String,
    pub tail: String,
}

#[derive(Debug, Clone, Copy)]
pub struct Bars<'a> {
    pub rows: &'a [Row],
    pub titles: &'a Titles,
}

const HEAD_HEIGHT: f64 = 20.0;

impl Bars<'_> {
    /// The height at which rows are 20 px.
    pub fn natural_height(&self) -> f64 {
        let head = if self.has_head() { HEAD_HEIGHT } else { 0.0 };
        head + 20.0 * self.rows.len() as f64 + 4.0
    }

    fn has_head(&self) -> bool {
        let t = self.titles;
        [&t.name, &t.value, &t.signed, &t.tail].into_iter().any(|title| !title.is_empty())
    }

    pub fn scene(&self, width: f64, height: f64) -> Scene {
        let mut scene = Scene::new(width, height);
        let head = if self.has_head() { HEAD_HEIGHT } else { 0.0 };
        let row_height = (height - head) / self.rows.len().max(1) as f64;
        let widest = |pick: fn(&Row) -> &String| {
            self.rows.iter().map(|row| text::width(pick(row), 11.0, false)).fold(0.0, f64::max)
        };
        let code_room = if self.rows.iter().any(|row| !row.code.is_empty()) { 32.0 } else { 0.0 };
        let name_room = (widest(|row| &row.name) + 12.0).min(width * 0.32);
        let tail_room =
            widest(|row| &row.tail).max(text::width(&self.titles.tail, 11.0, false)) + 8.0;
        let tail_room = if tail_room > 8.0 { tail_room } else { 0.0 };
        let left = code_room + name_room;
        let room = (width - left - tail_room).max(40.0);
        let has_value = self.rows.iter().any(|row| row.value.is_some());
        let has_signed = self.rows.iter().any(|row| row.signed.is_some());
        let split = match (has_value, has_signed) {
            (true, true) => 0.55,
            (true, false) => 1.0,
            _ => 0.0,
        };
        let value_room = room * split;
        let signed_left = left + value_room;
        let signed_room = room - value_room;
        scene.plot = rect(0.0, head, width, height - head);
        self.titles(&mut scene, left, signed_left + signed_room / 2.0);

        let value_label = widest(|row| &row.value_text) + 8.0;
        let values = self.rows.iter().flat_map(|row| [row.value, row.before]);
        let largest = extent(values.flatten()).map_or(1.0, |e| e.1.max(f64::MIN_POSITIVE));
        let (low, high) = extent(self.rows.iter().filter_map(|row| row.signed).chain([0.0]))
            .unwrap_or((0.0, 0.0));
        let signed_label = widest(|row| &row.signed_text) + 8.0;
        // Both sides keep room for their figure; the zero sits where the data put it.
        let span = (high - low).max(f64::MIN_POSITIVE);
        let per = (signed_room - 2.0 * signed_label).max(10.0) / span;
        let zero = signed_left + signed_label + (0.0 - low) * per;
        if has_signed {
            scene.line(point(zero, head), point(zero, height), Ink::Line2, 1.0, Dash::Solid);
        }
        for (index, row) in self.rows.iter().enumerate() {
            let y = head + row_height * (index as f64 + 0.5);
            let thick = (row_height * 0.62).min(13.0);
            scene.text(point(0.0, y), row.code.clone(), Anchor::Start, Ink::Ink3);
            let name = text::fit(&row.name, 11.0, name_room - 6.0);
            scene.text(point(code_room, y), name, Anchor::Start, Ink::Ink);
            let length =
                |value: f64| (value / largest).max(0.0) * (value_room - value_label - 8.0).max(4.0);
            if let Some(value) = row.value {
                let w = length(value);
                let ink = if row.muted { Ink::Line3 } else { Ink::Seq6 };
                scene.rect(Some(index), rect(left, y - thick / 2.0, w.max(1.0), thick), ink);
                let before = row.before.map_or(0.0, length);
                scene.text(
                    point(left + w.max(before) + 6.0, y),
                    row.value_text.clone(),
                    Anchor::Start,
                    Ink::Ink,
                );
            }
            if let Some(before) = row.before {
                let x = left + length(before);
                for (dx, w, ink) in [(-2.0, 4.0, Ink::Surface), (-1.0, 2.0, Ink::Ink2)] {
                    let area = rect(x + dx, y - thick / 2.0 - 2.0, w, thick + 4.0);
                    scene.rect(Some(index), area, ink);
                }
            }
            if let Some(value) = row.signed {
                let end = zero + value * per;
                let area = rect(zero.min(end), y - thick / 2.0, (end - zero).abs().max(1.0), thick);
                scene.rect(Some(index), area, Ink::of_sign(value));
                let (x, anchor) =
                    if value < 0.0 { (end - 6.0, Anchor::End) } else { (end + 6.0, Anchor::Start) };
                scene.text(point(x, y), row.signed_text.clone(), anchor, Ink::Ink);
            }
            scene.text(point(width, y), row.tail.clone(), Anchor::End, Ink::Ink2);
            let area = rect(0.0, y - row_height / 2.0, width, row_height);
            scene.hit_area(index, area, point(left + 8.0, y));
        }
        scene
    }

    fn titles(&self, scene: &mut Scene, value_x: f64, signed_x: f64) {
        let y = HEAD_HEIGHT / 2.0 - 2.0;
        let t = self.titles;
        scene.text(point(0.0, y), t.name.clone(), Anchor::Start, Ink::Ink3);
        scene.text(point(value_x, y), t.value.clone(), Anchor::Start, Ink::Ink3);
        scene.text(point(signed_x, y), t.signed.clone(), Anchor::Middle, Ink::Ink3);
        scene.text(point(scene.width, y), t.tail.clone(), Anchor::End, Ink::Ink3);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::Shape;
    use nengce_shared::number;

    #[test]
    fn lengths_are_in_proportion_and_signs_point_both_ways() {
        let row = |value: f64, signed: f64| Row {
            name: "黑色金属冶炼和压延".to_owned(),
            value: Some(value),
            value_text: number::grouped(value, 1),
            before: Some(value * 1.25),
            signed: Some(signed),
            signed_text: number::signed(signed, 2),
            ..Row::default()
        };
        let rows = [row(1000.0, 0.99), row(500.0, -0.33)];
        let titles = Titles { name: "行业".to_owned(), ..Titles::default() };
        let bars = Bars { rows: &rows, titles: &titles };
        let scene = bars.scene(700.0, bars.natural_height());
        crate::scene::tests::assert_inside(&scene);
        let bar = |row: usize, ink: Ink| {
            let found = scene.marks.iter().find_map(|m| match m.shape {
                Shape::Rect { rect, fill } if m.row == Some(row) && fill == ink => Some(rect),
                _ => None,
            });
            found.expect("the bar is drawn")
        };
        assert!((bar(0, Ink::Seq6).w / bar(1, Ink::Seq6).w - 2.0).abs() < 1e-9);
        let (line, end) = (bar(0, Ink::Ink2), bar(0, Ink::Seq6));
        let past = line.x + 1.0 - end.x;
        assert!((past / end.w - 1.25).abs() < 1e-9, "on the bars' own scale");
        let (rise, fall) = (bar(0, Ink::Worse), bar(1, Ink::Better));
        assert!((rise.w / fall.w - 3.0).abs() < 1e-9);
        assert!((fall.right() - rise.x).abs() < 1e-9, "a common zero");
    }
}
