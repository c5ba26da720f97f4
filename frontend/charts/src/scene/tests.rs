//! Gaps split a path, other marks are dimmed, and the check that every layout uses: each mark lies inside the scene, and
//! no text stands on another.

use super::*;

/// The texts with what they take of the scene.
pub(crate) fn texts(scene: &Scene) -> Vec<(Rect, &str)> {
    fn text(mark: &Mark) -> Option<(Rect, &str)> {
        let Shape::Text { at, text, size, bold, anchor, .. } = &mark.shape else {
            return None;
        };
        let width = crate::scene::text::width(text, *size, *bold);
        let left = match anchor {
            Anchor::Start => at.x,
            Anchor::Middle => at.x - width / 2.0,
            Anchor::End => at.x - width,
        };
        // Figures and capitals fill seven tenths of a line.
        Some((rect(left, at.y - size * 0.35, width, size * 0.7), text))
    }
    scene.marks.iter().filter_map(text).collect()
}

/// Every mark lies within the frame, and no text on another; text may reach a pixel beyond its estimate.
pub(crate) fn assert_inside(scene: &Scene) {
    let texts = texts(scene);
    for (at, (a, one)) in texts.iter().enumerate() {
        for (b, other) in &texts[at + 1..] {
            let across = a.right().min(b.right()) - a.x.max(b.x);
            let down = a.bottom().min(b.bottom()) - a.y.max(b.y);
            assert!(across < 2.0 || down < 2.0, "{one:?} {a:?} stands on {other:?} {b:?}");
        }
    }
    let (w, h) = (scene.width, scene.height);
    let inside = |p: Point, what: &Shape| {
        assert!(
            p.x >= -1.5 && p.x <= w + 1.5 && p.y >= -1.5 && p.y <= h + 1.5,
            "{what:?} leaves {w}×{h}"
        );
    };
    for mark in &scene.marks {
        let shape = &mark.shape;
        match shape {
            Shape::Rect { rect, .. } | Shape::Frame { rect, .. } | Shape::Hatch { rect, .. } => {
                assert!(rect.w >= 0.0 && rect.h >= 0.0, "{shape:?}");
                inside(point(rect.x, rect.y), shape);
                inside(point(rect.right(), rect.bottom()), shape);
            }
            Shape::Line { points, .. } | Shape::Polygon { points, .. } => {
                points.iter().for_each(|p| inside(*p, shape));
            }
            Shape::Circle { at, .. } | Shape::Sign { at, .. } => inside(*at, shape),
            Shape::Text { at, text, size, bold, anchor, .. } => {
                let width = crate::scene::text::width(text, *size, *bold);
                let left = match anchor {
                    Anchor::Start => at.x,
                    Anchor::Middle => at.x - width / 2.0,
                    Anchor::End => at.x - width,
                };
                inside(point(left + 2.0, at.y), shape);
                inside(point(left + width - 2.0, at.y), shape);
            }
        }
    }
    for hit in &scene.hits {
        assert!(hit.at.x.is_finite() && hit.at.y.is_finite());
    }
}

#[test]
fn gaps_split_a_path_and_lone_points_stay_visible() {
    let mut scene = Scene::new(10.0, 10.0);
    let p = |x| Some(point(x, 0.0));
    scene.broken_path(&[p(0.0), p(1.0), None, p(3.0), None], Ink::Accent, 1.0, Dash::Solid);
    assert_eq!(scene.marks.len(), 2);
    assert!(matches!(&scene.marks[0].shape, Shape::Line { points, .. } if points.len() == 2));
    assert!(matches!(&scene.marks[1].shape, Shape::Circle { .. }));
}

#[test]
fn others_are_dimmed_only_when_something_is_selected() {
    let mut scene = Scene::new(10.0, 10.0);
    scene.rect(Some(0), rect(0.0, 0.0, 1.0, 1.0), Ink::Accent);
    scene.rect(Some(1), rect(1.0, 0.0, 1.0, 1.0), Ink::Accent);
    scene.rect(None, rect(2.0, 0.0, 1.0, 1.0), Ink::Line);
    scene.dim_others(&[]);
    assert!(scene.marks.iter().all(|m| m.alpha == 1.0));
    scene.dim_others(&[1]);
    let alphas: Vec<f64> = scene.marks.iter().map(|m| m.alpha).collect();
    assert_eq!(alphas, vec![0.3, 1.0, 1.0]);
}
