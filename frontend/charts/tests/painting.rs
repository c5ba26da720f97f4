//! What the painter asks of a backend: device pixels, faces, halos, hatching. Recorded, not looked at.

use std::convert::Infallible;

use nengce_charts::paint::{Look, paint};
use nengce_charts::palette::{Ink, Palette};
use nengce_charts::scene::{Anchor, Dash, Scene, Shape, point, rect};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
    FontStyle,
};

#[derive(Debug, PartialEq)]
enum Call {
    Rect(BackendCoord, BackendCoord, (u8, u8, u8)),
    Path(Vec<BackendCoord>, u32),
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
        self.0
            .push(Call::Path(path.into_iter().collect(), style.stroke_width()));
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

/// Each token gets a colour of its own.
fn palette() -> Palette {
    let place = |token: &str| Ink::ALL.iter().position(|ink| ink.token() == token);
    Palette::read(|token| place(token).map(|at| format!("rgb({at}, 0, 0)")))
        .expect("every token has a value")
}

fn calls(scene: &Scene, ratio: f64) -> Vec<Call> {
    let (palette, mut recorder) = (palette(), Recorder::default());
    let look = Look {
        palette: &palette,
        fonts: "\"Nengce Figures\", sans-serif",
        ratio,
    };
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
    scene.line(
        point(0.0, 10.0),
        point(100.0, 10.0),
        Ink::Line,
        1.0,
        Dash::Solid,
    );
    for (ratio, edges) in [(1.0, ((0, 10), (100, 11))), (2.0, ((0, 20), (200, 22)))] {
        assert_eq!(
            calls(&scene, ratio)[1],
            Call::Rect(edges.0, edges.1, rgb(Ink::Line))
        );
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
    scene.push(
        None,
        Shape::Hatch {
            rect: rect(10.0, 10.0, 20.0, 20.0),
            ink: Ink::Coal,
            step: 5.0,
        },
    );
    let calls = calls(&scene, 1.0);
    assert_eq!(calls[1], Call::Rect((10, 10), (30, 30), rgb(Ink::Surface)));
    assert_eq!(calls.len(), 2 + 7, "c = 25, 30 … 55 of x + y = c");
    for call in &calls[2..] {
        let Call::Path(points, width) = call else {
            panic!("{call:?}")
        };
        assert_eq!(*width, 1);
        assert!(
            points
                .iter()
                .all(|(x, y)| (10..=30).contains(x) && (10..=30).contains(y))
        );
    }
}
