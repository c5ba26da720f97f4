//! A PNG of a scene: title, what it covers, the chart in the light theme, the source. Twice the screen's pixels.

use leptos::prelude::*;
use nengce_charts::paint::{Look, paint};
use nengce_charts::palette::{Ink, Palette};
use nengce_charts::scene::{Anchor, Scene, point};
use plotters_canvas::CanvasBackend;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::Caption;
use super::save::{download_address, file_name};
use crate::theme::{font_family, light_palette};

const RATIO: f64 = 2.0;
const MARGIN: f64 = 16.0;
const HEAD: f64 = 58.0;
const FOOT: f64 = 30.0;

/// Draws and offers the picture.
pub fn export(caption: &Caption, scene: &Scene) {
    let Some(palette) = light_palette() else {
        return;
    };
    if draw(caption, scene, &palette).is_err() {
        leptos::logging::error!("the picture could not be drawn");
    }
}

fn draw(caption: &Caption, scene: &Scene, palette: &Palette) -> Result<(), JsValue> {
    let (width, height) = (scene.width + 2.0 * MARGIN, scene.height + HEAD + FOOT);
    let sheet = canvas(width, height)?;
    let chart = canvas(scene.width, scene.height)?;
    // In the document, so that its figures are tabular.
    let body = document().body().ok_or("no body")?;
    for part in [&sheet, &chart] {
        part.set_class_name("offstage");
        body.append_child(part)?;
    }
    let drawn = fill(caption, scene, palette, &sheet, &chart, (width, height));
    sheet.remove();
    chart.remove();
    drawn?;
    download_address(&file_name(&caption.title, "png"), &sheet.to_data_url()?)
}

fn fill(
    caption: &Caption,
    scene: &Scene,
    palette: &Palette,
    sheet: &HtmlCanvasElement,
    chart: &HtmlCanvasElement,
    (width, height): (f64, f64),
) -> Result<(), JsValue> {
    let fonts = font_family();
    let look = Look {
        palette,
        fonts: &fonts,
        ratio: RATIO,
    };
    let mut frame = Scene::new(width, height);
    frame.text_sized(
        point(MARGIN, 20.0),
        &caption.title,
        Anchor::Start,
        Ink::Ink,
        14.0,
        true,
    );
    let covers = [caption.subtitle.as_str(), caption.filters.as_str()].join(" · ");
    frame.text_sized(
        point(MARGIN, 40.0),
        covers,
        Anchor::Start,
        Ink::Ink3,
        11.0,
        false,
    );
    frame.text_sized(
        point(MARGIN, height - 14.0),
        &caption.source,
        Anchor::Start,
        Ink::Ink3,
        11.0,
        false,
    );
    put(&frame, look, sheet)?;
    put(scene, look, chart)?;
    let context: CanvasRenderingContext2d =
        sheet.get_context("2d")?.ok_or("no canvas")?.dyn_into()?;
    context.draw_image_with_html_canvas_element(chart, MARGIN * RATIO, HEAD * RATIO)
}

fn put(scene: &Scene, look: Look<'_>, canvas: &HtmlCanvasElement) -> Result<(), JsValue> {
    let mut backend = CanvasBackend::with_canvas_object(canvas.clone()).ok_or("no canvas")?;
    paint(scene, look, &mut backend).map_err(|error| JsValue::from_str(&error.to_string()))
}

fn canvas(width: f64, height: f64) -> Result<HtmlCanvasElement, JsValue> {
    let canvas: HtmlCanvasElement = document().create_element("canvas")?.dyn_into()?;
    canvas.set_width((width * RATIO).round() as u32);
    canvas.set_height((height * RATIO).round() as u32);
    Ok(canvas)
}
