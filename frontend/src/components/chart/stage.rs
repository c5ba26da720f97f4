//! The two canvases of a chart at the device's pixel ratio, and the width of their container.

use leptos::html;
use leptos::prelude::*;
use nengce_charts::paint::{Look, paint};
use nengce_charts::scene::palette::{Ink, Palette, Rgb};
use nengce_charts::scene::{Region, Scene};
use plotters_canvas::CanvasBackend;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ResizeObserver};

use crate::style::print::is_on_paper;
use crate::style::theme::font_family;

/// An observer and the function it calls; both must live as long as the element.
type Observer = (ResizeObserver, Closure<dyn FnMut()>);

/// The element's width in CSS pixels, followed; 0 until it is on the page.
pub fn observe_width(root: NodeRef<html::Div>) -> RwSignal<f64> {
    let width = RwSignal::new(0.0);
    let held: StoredValue<Option<Observer>, LocalStorage> = StoredValue::new_local(None);
    on_cleanup(move || {
        if let Some(Some(watch)) = held.try_update_value(Option::take) {
            watch.0.disconnect();
        }
    });
    Effect::new(move |_| {
        let Some(root) = root.get() else { return };
        let element = root.clone();
        let measure = move || {
            let now = f64::from(element.client_width());
            if width.try_get_untracked().is_some_and(|it| it != now) {
                width.set(now);
            }
        };
        measure();
        let changed = Closure::<dyn FnMut()>::new(measure);
        let Ok(observer) = ResizeObserver::new(changed.as_ref().unchecked_ref()) else {
            return;
        };
        observer.observe(&root);
        held.set_value(Some((observer, changed)));
    });
    width
}

/// Paper is finer than a screen.
fn ratio() -> f64 {
    let least = if is_on_paper() { 2.0 } else { 1.0 };
    window().device_pixel_ratio().max(least)
}

/// Sizes the backing store; the CSS size is the scene's.
fn fit(canvas: &HtmlCanvasElement, scene: &Scene) -> f64 {
    let ratio = ratio();
    let (width, height) =
        ((scene.width * ratio).round() as u32, (scene.height * ratio).round() as u32);
    if canvas.width() != width || canvas.height() != height {
        canvas.set_width(width);
        canvas.set_height(height);
        // Property by property: the server's content policy forbids style attributes.
        let style = web_sys::HtmlElement::style(canvas);
        for (name, length) in [("width", scene.width), ("height", scene.height)] {
            if style.set_property(name, &format!("{length}px")).is_err() {
                leptos::logging::warn!("a canvas keeps its old size");
            }
        }
    }
    ratio
}

pub fn paint_still(canvas: &HtmlCanvasElement, scene: &Scene, palette: &Palette) {
    let ratio = fit(canvas, scene);
    let fonts = font_family();
    let Some(mut backend) = CanvasBackend::with_canvas_object(canvas.clone()) else {
        return;
    };
    if let Err(error) = paint(scene, Look { palette, fonts: &fonts, ratio }, &mut backend) {
        leptos::logging::error!("a chart could not be drawn: {error}");
    }
    if canvas.set_attribute("data-painted", "true").is_err() {
        leptos::logging::warn!("a canvas takes no attributes");
    }
}

/// The crosshair and the ring of the row under the pointer, on an otherwise empty canvas.
pub fn paint_overlay(
    canvas: &HtmlCanvasElement,
    scene: &Scene,
    palette: &Palette,
    row: Option<usize>,
    crosshair: bool,
) {
    let ratio = fit(canvas, scene);
    let context = canvas.get_context("2d").ok().flatten();
    let Some(Ok(pen)) = context.map(JsCast::dyn_into::<CanvasRenderingContext2d>) else {
        return;
    };
    pen.clear_rect(0.0, 0.0, f64::from(canvas.width()), f64::from(canvas.height()));
    let Some(hit) = row.and_then(|row| scene.hit_of(row)) else {
        return;
    };
    pen.set_stroke_style_str(&css(palette.colour(Ink::Ink2)));
    pen.set_line_width(ratio.round().max(1.0));
    pen.begin_path();
    if crosshair {
        let x = (hit.at.x * ratio).round() + 0.5;
        pen.move_to(x, scene.plot.y * ratio);
        pen.line_to(x, scene.plot.bottom() * ratio);
        pen.stroke();
        return;
    }
    let ringed = match hit.region {
        Region::Area(area) => {
            pen.rect(area.x * ratio, area.y * ratio, area.w * ratio, area.h * ratio);
            Ok(())
        }
        Region::Spot { at } => {
            pen.set_line_width(2.0 * ratio);
            pen.arc(at.x * ratio, at.y * ratio, 7.0 * ratio, 0.0, std::f64::consts::TAU)
        }
    };
    if ringed.map_err(|_: JsValue| ()).is_ok() {
        pen.stroke();
    }
}

fn css(colour: Rgb) -> String {
    format!("rgb({} {} {})", colour.0, colour.1, colour.2)
}
