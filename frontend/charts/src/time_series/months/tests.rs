//! The chart of months: the fan of the projection, the strip of differences, and what is hidden.

use super::*;

fn year() -> Vec<Month> {
    (0..12)
        .map(|i| {
            let base = 450.0 + f64::from(i) * 3.0;
            let done = i < 9;
            Month {
                name: format!("{}月", i + 1),
                this: done.then_some(base),
                target: Some(base - 2.0),
                last: Some(base - 10.0),
                projected: (!done).then_some(base),
                low: (!done).then_some(base - 8.0),
                high: (!done).then_some(base + 8.0),
                gap: Some(f64::from(i) * 2.0 - 3.0),
                gap_projected: !done,
                unfinished: (i == 9).then(|| "10月未完 18/31 天".to_owned()),
            }
        })
        .collect()
}

fn words() -> Words {
    let text = |s: &str| s.to_owned();
    Words {
        unit: text("万tce / 月"),
        this: text("2025 预测"),
        target: text("控制轨迹 ±1%"),
        last: text("2024"),
        gap_title: text("累计与控制轨迹之差，万tce"),
        over: text("高出 ↑"),
    }
}

fn lines(scene: &Scene, ink: Ink, dash: Dash) -> usize {
    let matches = |m: &&crate::scene::Mark| matches!(&m.shape, Shape::Line { ink: i, dash: d, width, .. } if *i == ink && *d == dash && *width > 1.0);
    scene.marks.iter().filter(matches).count()
}

#[test]
fn a_missing_month_breaks_the_line_and_is_not_zero() {
    let (mut months, words) = (year(), words());
    months[4].this = None;
    months[4].projected = None;
    let chart = Months { months: &months, words: &words, shown: Shown::default(), band: 0.01 };
    let scene = chart.scene(900.0, 300.0);
    assert_eq!(lines(&scene, Ink::Accent, Dash::Solid), 2);
    let dots = scene.marks.iter().filter(|m| matches!(m.shape, Shape::Circle { .. }));
    let rows: Vec<usize> = dots.filter_map(|m| m.row).collect();
    assert_eq!(rows, vec![0, 1, 2, 3, 5, 6, 7, 8]);
}

#[test]
fn every_month_answers_and_projected_gaps_are_hatched() {
    let (months, words) = (year(), words());
    let chart = Months { months: &months, words: &words, shown: Shown::default(), band: 0.01 };
    let scene = chart.scene(900.0, 300.0);
    for row in 0..12 {
        let hit = scene.hit_of(row).expect("each month has a region");
        assert_eq!(scene.hit(hit.at).map(|h| h.row), Some(row));
    }
    let hatched: Vec<usize> = scene
        .marks
        .iter()
        .filter(|m| matches!(m.shape, Shape::Hatch { .. }))
        .filter_map(|m| m.row)
        .collect();
    assert_eq!(hatched, vec![9, 10, 11]);
}

#[test]
fn the_legend_takes_a_series_off() {
    let (months, words) = (year(), words());
    let shown = Shown { last: false, ..Shown::default() };
    let chart = Months { months: &months, words: &words, shown, band: 0.01 };
    assert_eq!(lines(&chart.scene(900.0, 300.0), Ink::Line3, Dash::Solid), 0);
    let chart = Months { shown: Shown::default(), ..chart };
    assert_eq!(lines(&chart.scene(900.0, 300.0), Ink::Line3, Dash::Solid), 1);
}

#[test]
fn geometry_stays_inside_at_every_width() {
    let (months, words) = (year(), words());
    let chart = Months { months: &months, words: &words, shown: Shown::default(), band: 0.01 };
    for width in [320.0, 640.0, 1400.0] {
        crate::scene::tests::assert_inside(&chart.scene(width, 260.0));
    }
}
