//! What the painter asks of a backend: device pixels, faces, halos, hatching. Recorded, not looked at.

use std::convert::Infallible;

use nengce_charts::paint::{Look, paint};
use nengce_charts::scene::palette::{Ink, Palette};
use nengce_charts::scene::{Anchor, Dash, Scene, Shape, point, rect};
use nengce_charts::time_series::stacked_area::{Day, StackedArea};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
    FontStyle,
};

#[derive(Debug, PartialEq)]
enum Call {
    Rect(BackendCoord, BackendCoord, (u8, u8, u8)),
    Path(Vec<BackendCoord>, u32, (u8, u8, u8)),
    Fill(Vec<BackendCoord>, (u8, u8, u8)),
    Text {
        words: String,
        at: BackendCoord,
        size: f64,
        bold: bool,
        family: String,
        colour: (u8, u8, u8),
    },
}

#[derive(Default)]
struct Recorder(Vec<Call>);

type Done = Result<(), DrawingErrorKind<Infallible>>;

impl DrawingBackend for Recorder {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        (800, 600)
    }

    fn ensure_prepared(&mut self) -> Done {
        Ok(())
    }

    fn present(&mut self) -> Done {
        Ok(())
    }

    fn draw_pixel(&mut self, _: BackendCoord, _: BackendColor) -> Done {
        panic!("the painter never draws single pixels")
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        a: BackendCoord,
        b: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Done {
        assert!(fill, "outlines are four filled sides");
        self.0.push(Call::Rect(a, b, style.color().rgb));
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Done {
        self.0.push(Call::Path(
            path.into_iter().collect(),
            style.stroke_width(),
            style.color().rgb,
        ));
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        around: I,
        style: &S,
    ) -> Done {
        self.0.push(Call::Fill(around.into_iter().collect(), style.color().rgb));
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        at: BackendCoord,
        radius: u32,
        style: &S,
        _: bool,
    ) -> Done {
        let r = radius as i32;
        let (from, to) = ((at.0 - r, at.1 - r), (at.0 + r, at.1 + r));
        self.0.push(Call::Rect(from, to, style.color().rgb));
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(&mut self, words: &str, style: &S, at: BackendCoord) -> Done {
        self.0.push(Call::Text {
            words: words.to_owned(),
            at,
            size: style.size(),
            bold: matches!(style.style(), FontStyle::Bold),
            family: style.family().as_str().to_owned(),
            colour: style.color().rgb,
        });
        Ok(())
    }
}

type Colour = (u8, u8, u8);

impl Call {
    /// Of what has one.
    fn colour(&self) -> Colour {
        match self {
            Self::Rect(.., colour) | Self::Path(.., colour) | Self::Fill(_, colour) => *colour,
            Self::Text { colour, .. } => *colour,
        }
    }
}

/// Each token gets a colour of its own.
fn palette() -> Palette {
    let place = |token: &str| Ink::ALL.iter().position(|ink| ink.token() == token);
    Palette::read(|token| place(token).map(|at| format!("rgb({at}, 0, 0)")))
        .expect("every token has a value")
}

fn calls(scene: &Scene, ratio: f64) -> Vec<Call> {
    calls_in(scene, ratio, &palette())
}

fn calls_in(scene: &Scene, ratio: f64, palette: &Palette) -> Vec<Call> {
    let mut recorder = Recorder::default();
    let look = Look { palette, fonts: "\"Nengce Figures\", sans-serif", ratio };
    paint(scene, look, &mut recorder).expect("a recorder cannot fail");
    recorder.0
}

fn rgb(ink: Ink) -> (u8, u8, u8) {
    (ink as u8, 0, 0)
}

#[test]
fn the_ground_comes_first_and_everything_is_in_device_pixels() {
    let mut scene = Scene::new(100.0, 50.0);
    scene.rect(None, rect(10.0, 10.0, 5.5, 20.0), Ink::Accent);
    assert_eq!(
        calls(&scene, 2.0),
        vec![
            Call::Rect((0, 0), (200, 100), rgb(Ink::Surface)),
            Call::Rect((20, 20), (31, 60), rgb(Ink::Accent)),
        ]
    );
}

#[test]
fn hairlines_are_whole_device_pixels() {
    let mut scene = Scene::new(100.0, 50.0);
    scene.line(point(0.0, 10.0), point(100.0, 10.0), Ink::Line, 1.0, Dash::Solid);
    for (ratio, edges) in [(1.0, ((0, 10), (100, 11))), (2.0, ((0, 20), (200, 22)))] {
        assert_eq!(calls(&scene, ratio)[1], Call::Rect(edges.0, edges.1, rgb(Ink::Line)));
    }
}

#[test]
fn text_keeps_the_page_fonts_and_a_halo_lies_under_it() {
    let mut scene = Scene::new(100.0, 50.0);
    scene.text_halo(point(40.0, 20.0), "460.4", Anchor::Middle, Ink::Ink, true);
    let calls = calls(&scene, 2.0);
    let texts: Vec<&Call> = calls.iter().skip(1).collect();
    assert_eq!(texts.len(), 9);
    let halo =
        |call: &&&Call| matches!(call, Call::Text { colour, .. } if *colour == rgb(Ink::Surface));
    assert_eq!(texts.iter().take(8).filter(halo).count(), 8);
    assert_eq!(
        *texts[8],
        Call::Text {
            words: "460.4".to_owned(),
            at: (80, 40),
            size: 22.0,
            bold: true,
            family: "\"Nengce Figures\", sans-serif".to_owned(),
            colour: rgb(Ink::Ink),
        }
    );
}

#[test]
fn hatching_covers_the_ground_then_draws_lines_inside() {
    let mut scene = Scene::new(100.0, 50.0);
    scene
        .push(None, Shape::Hatch { rect: rect(10.0, 10.0, 20.0, 20.0), ink: Ink::Coal, step: 5.0 });
    let calls = calls(&scene, 1.0);
    assert_eq!(calls[1], Call::Rect((10, 10), (30, 30), rgb(Ink::Surface)));
    assert_eq!(calls.len(), 2 + 7, "c = 25, 30 … 55 of x + y = c");
    for call in &calls[2..] {
        let Call::Path(points, width, _) = call else { panic!("{call:?}") };
        assert_eq!(*width, 1);
        assert!(points.iter().all(|(x, y)| (10..=30).contains(x) && (10..=30).contains(y)));
    }
}

/// Six types over a month, a gap in it.
fn stacked() -> Scene {
    let day = |at: usize| Day {
        amounts: [(); 6].map(|()| (at != 9).then_some(20.0 + at as f64)),
        ..Day::default()
    };
    let days: Vec<Day> = (0..30).map(day).collect();
    let names = ["coal", "oil", "gas", "power", "heat", "other"].map(str::to_owned);
    let chart = StackedArea { days: &days, unit: "tce", shown: [true; 6], names: &names };
    chart.scene(640.0, 260.0)
}

#[test]
fn black_and_white_has_no_colour_and_lines_instead() {
    let scene = stacked();
    let coloured = calls(&scene, 2.0);
    let printed = calls_in(&scene, 2.0, &palette().black_and_white());
    let grey = |(r, g, b): Colour| r == g && g == b;
    assert!(coloured.iter().any(|it| !grey(it.colour())));
    for call in &printed {
        assert!(grey(call.colour()), "{call:?}");
    }
    let slanted = |calls: &[Call]| {
        let is = |it: &&Call| matches!(it, Call::Path(p, ..) if p.len() == 2 && p[0].0 != p[1].0 && p[0].1 != p[1].1);
        calls.iter().filter(is).count()
    };
    assert!(slanted(&printed) > slanted(&coloured) + 100);
}

#[test]
fn patterns_stay_within_their_polygon() {
    let mut scene = Scene::new(100.0, 50.0);
    let corners = [(10, 10), (60, 20), (60, 40), (10, 25)];
    let points = corners.map(|(x, y)| point(f64::from(x), f64::from(y)));
    scene.push(None, Shape::Polygon { points: points.to_vec(), fill: Ink::Other });
    let calls = calls_in(&scene, 1.0, &palette().black_and_white());
    assert_eq!(calls.len(), 2 + strokes(&calls) + 1, "ground, strokes, outline");
    assert!(strokes(&calls) > 20);
    for call in &calls[2..] {
        let Call::Path(points, ..) = call else { panic!("{call:?}") };
        for (x, y) in points {
            // Whole pixels of a line may lie half a pixel outside.
            let along = f64::from(x - 10) / 50.0;
            let (top, bottom) = (10.0 + 10.0 * along, 25.0 + 15.0 * along);
            assert!((10..=60).contains(x) && f64::from(*y) >= top - 1.0);
            assert!(f64::from(*y) <= bottom + 1.0);
        }
    }
}

fn strokes(calls: &[Call]) -> usize {
    let is = |it: &&Call| matches!(it, Call::Path(points, ..) if points.len() == 2);
    calls.iter().filter(is).count()
}
