//! Districts as equal tiles at their place in the region list, coloured by fixed steps, with a sign of their level.
//! The steps are printed under the map and do not stretch to the data.

use crate::scene::palette::Ink;
use crate::scene::text;
use crate::scene::{Anchor, Scene, Shape, Sign, point, rect};

#[derive(Debug, Clone, PartialEq)]
pub struct Tile {
    pub row: u8,
    pub column: u8,
    pub name: String,
    /// In the unit of `steps`; `None` is hatched.
    pub value: Option<f64>,
    pub value_text: String,
    pub sign: Option<(Sign, Ink)>,
}

#[derive(Debug, Clone, Copy)]
pub struct TileMap<'a> {
    pub tiles: &'a [Tile],
    /// The six borders between the seven steps of the diverging ramp, rising.
    pub steps: [f64; 6],
    pub step_texts: &'a [String; 6],
    /// Which ink reads on each step.
    pub reads: [Ink; 7],
    /// What the low and the high end mean, and the unit.
    pub low: &'a str,
    pub high: &'a str,
    pub unit: &'a str,
}

const LEGEND: f64 = 40.0;
const GAP: f64 = 3.0;

impl TileMap<'_> {
    /// The step a value falls into, 0–6; a border belongs to the step nearer to the middle.
    pub fn step(&self, value: f64) -> usize {
        let below = self.steps.iter().take(3).filter(|border| value >= **border).count();
        let above = self.steps.iter().skip(3).filter(|border| value > **border).count();
        below + above
    }

    pub fn scene(&self, width: f64, height: f64) -> Scene {
        let mut scene = Scene::new(width, height);
        let rows = self.tiles.iter().map(|it| it.row).max().map_or(1.0, |it| f64::from(it) + 1.0);
        let columns =
            self.tiles.iter().map(|it| it.column).max().map_or(1.0, |it| f64::from(it) + 1.0);
        let tile_w = ((width - GAP * (columns - 1.0)) / columns).clamp(20.0, 92.0).floor();
        let tile_h = ((height - LEGEND - GAP * (rows - 1.0)) / rows).clamp(20.0, 52.0).floor();
        let left = ((width - columns * (tile_w + GAP) + GAP) / 2.0).max(0.0).floor();
        scene.plot = rect(left, 0.0, columns * (tile_w + GAP) - GAP, rows * (tile_h + GAP) - GAP);
        for (index, tile) in self.tiles.iter().enumerate() {
            let x = left + f64::from(tile.column) * (tile_w + GAP);
            let y = f64::from(tile.row) * (tile_h + GAP);
            self.tile(&mut scene, index, tile, rect(x, y, tile_w, tile_h));
        }
        self.legend(&mut scene, width, height);
        scene
    }

    fn tile(&self, scene: &mut Scene, index: usize, tile: &Tile, area: crate::scene::Rect) {
        let row = Some(index);
        let ink = match tile.value {
            Some(value) => {
                let step = self.step(value);
                scene.rect(row, area, Ink::DIV[step]);
                self.reads[step]
            }
            None => {
                scene.push(row, Shape::Hatch { rect: area, ink: Ink::Line2, step: 5.0 });
                Ink::Ink
            }
        };
        let middle = area.y + area.h / 2.0;
        // The sign stands beside the figure, which is shorter than a name.
        let room = area.w - 9.0;
        let name_size = if text::width(&tile.name, 12.0, true) > room { 10.0 } else { 12.0 };
        let name = text::fit(&tile.name, name_size, room);
        let halo = tile.value.is_none();
        for (words, dy, size, bold) in
            [(name, -8.0, name_size, true), (tile.value_text.clone(), 9.0, 11.0, false)]
        {
            let at = point(area.x + 6.0, middle + dy);
            let shape =
                Shape::Text { at, text: words, size, bold, ink, anchor: Anchor::Start, halo };
            scene.push(row, shape);
        }
        if let Some((kind, sign)) = tile.sign {
            let at = point(area.right() - 11.0, middle + 9.0);
            scene.push(row, Shape::Circle { at, radius: 7.0, fill: Ink::Surface, edge: None });
            scene.push(row, Shape::Sign { at, radius: 3.6, kind, ink: sign });
        }
        scene.hit_area(index, area, area.centre());
    }

    fn legend(&self, scene: &mut Scene, width: f64, height: f64) {
        let side =
            text::width(self.low, 11.0, false).max(text::width(self.high, 11.0, false)) + 8.0;
        let step = ((width - 2.0 * side) / 7.0).clamp(14.0, 30.0).floor();
        let left = ((width - 7.0 * step) / 2.0).floor();
        let top = height - 32.0;
        for (index, ink) in Ink::DIV.into_iter().enumerate() {
            scene.rect(None, rect(left + step * index as f64, top, step, 8.0), ink);
        }
        for (index, words) in self.step_texts.iter().enumerate() {
            let at = point(left + step * (index as f64 + 1.0), top + 18.0);
            scene.text(at, words.clone(), Anchor::Middle, Ink::Ink3);
        }
        scene.text(point(left - 8.0, top + 4.0), self.low, Anchor::End, Ink::Ink3);
        scene.text(point(left + 7.0 * step + 8.0, top + 4.0), self.high, Anchor::Start, Ink::Ink3);
        scene.text(point(left - 8.0, top + 18.0), self.unit, Anchor::End, Ink::Ink3);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map<'a>(tiles: &'a [Tile], texts: &'a [String; 6]) -> TileMap<'a> {
        TileMap {
            tiles,
            steps: [-2.0, -1.0, -0.3, 0.3, 1.0, 2.0],
            step_texts: texts,
            reads: [Ink::Ink; 7],
            low: "low",
            high: "high",
            unit: "pp",
        }
    }

    fn tile(row: u8, column: u8, value: Option<f64>) -> Tile {
        Tile {
            row,
            column,
            name: "静海".to_owned(),
            value,
            value_text: "+3.8".to_owned(),
            sign: None,
        }
    }

    #[test]
    fn borders_belong_to_the_middle() {
        let texts = std::array::from_fn(|_| String::new());
        let map = map(&[], &texts);
        for (value, step) in [
            (-9.0, 0),
            (-2.0, 1),
            (-1.5, 1),
            (-1.0, 2),
            (-0.3, 3),
            (0.0, 3),
            (0.3, 3),
            (0.31, 4),
            (1.0, 4),
            (2.0, 5),
            (2.1, 6),
        ] {
            assert_eq!(map.step(value), step, "{value}");
        }
    }

    #[test]
    fn tiles_keep_their_places_inside_the_picture_and_the_missing_are_hatched() {
        let texts = std::array::from_fn(|_| "1".to_owned());
        let tiles = [tile(0, 2, Some(0.2)), tile(4, 0, None), tile(3, 4, Some(-3.0))];
        let scene = map(&tiles, &texts).scene(300.0, 240.0);
        assert!(
            scene
                .marks
                .iter()
                .any(|it| it.row == Some(1) && matches!(it.shape, Shape::Hatch { .. }))
        );
        for (row, other) in [(0, 1), (1, 2)] {
            let (a, b) = (scene.hit_of(row).map(|it| it.at), scene.hit_of(other).map(|it| it.at));
            assert!(a.is_some() && a != b);
            assert!(a.is_some_and(|it| it.x < 300.0 && it.y < 240.0 - LEGEND));
        }
    }
}
