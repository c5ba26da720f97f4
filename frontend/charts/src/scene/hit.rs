//! Finds the row that a pointer or an arrow key points to.

use crate::scene::{Hit, Point, Region, Scene};

/// How far a pointer may be from a spot: half of a 24 px target.
pub const REACH: f64 = 12.0;

impl Scene {
    /// The nearest spot within reach, else the smallest area that holds the point.
    pub fn hit(&self, at: Point) -> Option<&Hit> {
        let spot = self
            .hits
            .iter()
            .filter_map(|hit| match hit.region {
                Region::Spot { at: spot } => Some((hit, (spot.x - at.x).hypot(spot.y - at.y))),
                Region::Area(_) => None,
            })
            .filter(|(_, distance)| *distance <= REACH)
            .min_by(|a, b| a.1.total_cmp(&b.1));
        if let Some((hit, _)) = spot {
            return Some(hit);
        }
        self.hits
            .iter()
            .filter_map(|hit| match hit.region {
                Region::Area(area) if area.contains(at) => Some((hit, area.w * area.h)),
                _ => None,
            })
            .min_by(|a, b| a.1.total_cmp(&b.1))
            .map(|(hit, _)| hit)
    }

    /// The hit of a row, for keys and for charts that share an axis.
    pub fn hit_of(&self, row: usize) -> Option<&Hit> {
        self.hits.iter().find(|hit| hit.row == row)
    }

    /// The row that an arrow key moves to; `None` starts at the near end.
    pub fn step(&self, from: Option<usize>, forward: bool) -> Option<usize> {
        let rows = || self.hits.iter().map(|hit| hit.row);
        match (from, forward) {
            (None, true) => rows().min(),
            (None, false) => rows().max(),
            (Some(now), true) => rows().filter(|row| *row > now).min().or(from),
            (Some(now), false) => rows().filter(|row| *row < now).max().or(from),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::scene::{Scene, point, rect};

    #[test]
    fn spots_win_over_areas_and_small_areas_over_large() {
        let mut scene = Scene::new(200.0, 100.0);
        scene.hit_area(0, rect(0.0, 0.0, 200.0, 100.0), point(100.0, 50.0));
        scene.hit_area(1, rect(0.0, 0.0, 50.0, 100.0), point(25.0, 50.0));
        scene.hit_spot(2, point(30.0, 30.0));
        scene.hit_spot(3, point(40.0, 30.0));
        let row = |x, y| scene.hit(point(x, y)).map(|hit| hit.row);
        assert_eq!(row(36.0, 30.0), Some(3));
        assert_eq!(row(33.0, 30.0), Some(2));
        assert_eq!(row(10.0, 80.0), Some(1));
        assert_eq!(row(150.0, 80.0), Some(0));
        assert_eq!(row(201.0, 80.0), None);
    }

    #[test]
    fn arrows_walk_the_rows_and_stop_at_the_ends() {
        let mut scene = Scene::new(10.0, 10.0);
        for row in [4, 1, 2] {
            scene.hit_spot(row, point(row as f64, 0.0));
        }
        assert_eq!(scene.step(None, true), Some(1));
        assert_eq!(scene.step(None, false), Some(4));
        assert_eq!(scene.step(Some(2), true), Some(4));
        assert_eq!(scene.step(Some(4), true), Some(4));
        assert_eq!(scene.step(Some(1), false), Some(1));
        assert_eq!(Scene::new(1.0, 1.0).step(None, true), None);
    }
}
