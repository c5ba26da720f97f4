//! Checks pairs of colours from the tokens: contrast, colour-vision deficiency, greyscale.

use nengce_tests::support::colour::{Colour, VISIONS, contrast, difference};
use nengce_tests::support::sources;
use nengce_tests::support::tokens::{Palette, palettes};

const TEXT_CONTRAST: f64 = 4.5;
const MARK: f64 = 3.0;
const ENERGY_DIFFERENCE: f64 = 15.0;
const ENERGY_LIGHTNESS: f64 = 5.5;
const SHAPE_DIFFERENCE: f64 = 10.0;

const ENERGY: [&str; 6] = ["e-coal", "e-oil", "e-gas", "e-elec", "e-heat", "e-other"];
const LEVEL_SHAPES: [&str; 3] = ["lv1", "lv2-fill", "lv3"];

fn themes() -> [(&'static str, Palette); 2] {
    let file = sources::workspace().join("public/styles/tokens.css");
    let css = std::fs::read_to_string(&file).expect("public/styles/tokens.css is there");
    let (light, dark) = palettes(&css);
    assert_ne!(light.get("bg"), dark.get("bg"), "the two themes differ");
    [("light", light), ("dark", dark)]
}

#[track_caller]
fn token(palette: &Palette, name: &str) -> Colour {
    *palette.get(name).unwrap_or_else(|| panic!("tokens.css has no colour --{name}"))
}

/// Checks a measure over pairs of tokens in both themes and reports every pair below the limit.
#[track_caller]
fn check(what: &str, pairs: &[(&str, &str)], limit: f64, measure: impl Fn(Colour, Colour) -> f64) {
    let mut low = Vec::new();
    for (theme, palette) in themes() {
        for (a, b) in pairs {
            let value = measure(token(&palette, a), token(&palette, b));
            if value < limit {
                low.push(format!("{theme}: {a} – {b}: {value:.2}"));
            }
        }
    }
    assert!(low.is_empty(), "{what} under {limit}:\n  {}", low.join("\n  "));
}

fn all_pairs<'a>(names: &[&'a str]) -> Vec<(&'a str, &'a str)> {
    let mut pairs = Vec::new();
    for (at, a) in names.iter().enumerate() {
        pairs.extend(names[at + 1..].iter().map(|b| (*a, *b)));
    }
    pairs
}

fn product<'a>(inks: &[&'a str], grounds: &[&'a str]) -> Vec<(&'a str, &'a str)> {
    inks.iter().flat_map(|ink| grounds.iter().map(move |ground| (*ink, *ground))).collect()
}

#[test]
fn text_is_readable_on_every_ground() {
    let grounds = ["bg", "surface", "surface-2", "surface-3", "pop", "accent-soft"];
    let mut pairs = product(&["ink", "ink-2", "ink-3", "accent"], &grounds);
    pairs.extend(product(&["worse", "better"], &["bg", "surface", "surface-2", "pop"]));
    pairs.extend(product(&["lv1", "lv2", "lv3"], &["surface", "bg", "pop"]));
    pairs.extend([("lv1", "lv1-soft"), ("lv2", "lv2-soft"), ("lv3", "lv3-soft")]);
    pairs.extend(product(&["ink", "ink-2"], &["lv1-soft", "lv2-soft", "lv3-soft"]));
    pairs.extend([("accent-ink", "accent")]);
    check("contrast of text", &pairs, TEXT_CONTRAST, contrast);
}

#[test]
fn text_on_the_steps_of_a_ramp_is_readable() {
    for (theme, palette) in themes() {
        for ramp in ["seq", "div"] {
            for step in 1..=7 {
                let ground = token(&palette, &format!("{ramp}-{step}"));
                let best = contrast(token(&palette, "ink"), ground)
                    .max(contrast(token(&palette, "surface"), ground));
                assert!(
                    best >= TEXT_CONTRAST,
                    "{theme}: neither ink nor surface is readable on {ramp}-{step}: {best:.2}"
                );
            }
        }
    }
}

#[test]
fn control_edges_marks_and_focus_stand_out() {
    let mut pairs = product(&["line-3"], &["surface", "bg", "surface-2"]);
    pairs.extend(product(&["accent", "focus", "worse", "better"], &["surface", "bg", "surface-2"]));
    pairs.extend(product(&["seq-5", "seq-6", "seq-7"], &["surface"]));
    pairs.extend(product(&ENERGY, &["surface"]));
    pairs.extend(product(&LEVEL_SHAPES, &["surface"]));
    check("contrast of marks", &pairs, MARK, contrast);
}

#[test]
fn energy_types_are_told_apart_in_any_vision() {
    for vision in VISIONS {
        let what = format!("CIEDE2000 of energy types, {vision:?} vision,");
        check(&what, &all_pairs(&ENERGY), ENERGY_DIFFERENCE, |a, b| difference(a, b, vision));
    }
}

#[test]
fn energy_types_are_told_apart_in_grey() {
    // The limit itself is a rounded figure, so the measure is rounded alike.
    let grey = |a: Colour, b: Colour| ((a.lightness() - b.lightness()).abs() * 10.0).round() / 10.0;
    check("difference of L* of energy types", &all_pairs(&ENERGY), ENERGY_LIGHTNESS, grey);
}

#[test]
fn warning_shapes_and_judgements_are_told_apart_in_any_vision() {
    let mut pairs = all_pairs(&LEVEL_SHAPES);
    pairs.push(("worse", "better"));
    for vision in VISIONS {
        let what = format!("CIEDE2000 of warning shapes, {vision:?} vision,");
        check(&what, &pairs, SHAPE_DIFFERENCE, |a, b| difference(a, b, vision));
    }
}

/// Three figures of the published table of the design, so that the arithmetic is the design's.
#[test]
fn the_arithmetic_gives_the_figures_of_the_design() {
    let of = |hex: &str| Colour::parse(hex).expect("a colour");
    let near = |found: f64, printed: f64| {
        assert!((found - printed).abs() < 0.1, "{found:.3}, printed {printed}")
    };
    near(contrast(of("#171C22"), of("#FFFFFF")), 17.1);
    near(difference(of("#343C48"), of("#2A5CC0"), VISIONS[0]), 20.3);
    near(difference(of("#343C48"), of("#966673"), VISIONS[1]), 17.9);
    near(difference(of("#8E2D0B"), of("#718E12"), VISIONS[2]), 17.6);
    near(difference(of("#8E2D0B"), of("#966673"), VISIONS[3]), 19.1);
    near((of("#718E12").lightness() - of("#1FA0B4").lightness()).abs(), 5.5);
}
