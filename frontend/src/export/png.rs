//! A PNG of a scene: title, filters, period, unit and basis, the chart in the colours of paper, its legend, source and
//! date of export. Twice the screen's pixels; where the words go is laid out by `nengce_charts::layout::picture`.

use leptos::prelude::*;
use nengce_charts::layout::picture::{self, Entry, FramedPicture, PictureText};
use nengce_charts::paint::{Look, paint};
use nengce_charts::scene::Scene;
use nengce_charts::scene::palette::Palette;
use plotters_canvas::CanvasBackend;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::Caption;
use super::save::download_address;
use crate::style::theme::font_family;

const RATIO: f64 = 2.0;

/// Draws and offers the picture.
pub fn export(caption: &Caption, legend: Vec<Entry>, scene: &Scene, palette: &Palette) {
    let sheet = PictureText {
        title: caption.title.clone(),
        covers: vec![caption.subtitle.clone(), caption.filters.clone()],
        legend,
        foot: vec![caption.source.clone()],
    };
    let framed = picture::layout(&sheet, scene.width, scene.height);
    if draw(&caption.file_name("png"), &framed, scene, palette).is_err() {
        leptos::logging::error!("the picture could not be drawn");
    }
}

fn draw(name: &str, on: &FramedPicture, scene: &Scene, palette: &Palette) -> Result<(), JsValue> {
    let sheet = canvas(on.scene.width, on.scene.height)?;
    let chart = canvas(scene.width, scene.height)?;
    // In the document, so that its figures are tabular.
    let body = document().body().ok_or("no body")?;
    for part in [&sheet, &chart] {
        part.set_class_name("offstage");
        body.append_child(part)?;
    }
    let drawn = fill(on, scene, palette, &sheet, &chart);
    sheet.remove();
    chart.remove();
    drawn?;
    download_address(name, &sheet.to_data_url()?)
}

fn fill(
    on: &FramedPicture,
    scene: &Scene,
    palette: &Palette,
    sheet: &HtmlCanvasElement,
    chart: &HtmlCanvasElement,
) -> Result<(), JsValue> {
    let fonts = font_family();
    let look = Look { palette, fonts: &fonts, ratio: RATIO };
    put(&on.scene, look, sheet)?;
    put(scene, look, chart)?;
    let context: CanvasRenderingContext2d =
        sheet.get_context("2d")?.ok_or("no canvas")?.dyn_into()?;
    let (x, y) = (on.chart.x * RATIO, on.chart.y * RATIO);
    context.draw_image_with_html_canvas_element(chart, x.round(), y.round())
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
