//! The chart frame: a still canvas painted when its scene changes, a second one for the crosshair, a tooltip,
//! keys (←→ Home End Enter Esc T L), an announcement, and the rows as a sibling table. What is drawn is the layout's.

pub mod legend;
mod single_click;
mod stage;
mod table;
mod tip;

use std::sync::Arc;

use leptos::ev::{KeyboardEvent, MouseEvent, PointerEvent};
use leptos::html;
use leptos::prelude::*;
use nengce_charts::scene::{Scene, point};

use crate::components::drill_down::{DrillDown, use_prefetch};
use crate::components::panel::use_panel;
use crate::components::selecting::is_long_press;
use crate::export::TableData;
use crate::i18n::{t, use_lang};
use crate::style::theme::use_theme;
use crate::url_state::use_url_state;
pub use stage::observe_width;
pub use tip::{Tip, TipRow, basis_note};

/// Room that an enlarged panel keeps for its head and note.
const ENLARGED_HEAD: f64 = 150.0;

/// Width and height in CSS pixels → what is drawn.
pub type Layout = Box<dyn Fn(f64, f64) -> Scene + Send + Sync>;
/// A row → its tooltip.
pub type TipOf = Arc<dyn Fn(usize) -> Option<Tip> + Send + Sync>;

#[component]
pub fn ChartFrame(
    /// What the chart shows, for those who cannot see it.
    #[prop(into)]
    label: Signal<String>,
    #[prop(default = 260.0)] height: f64,
    /// CSS pixels in, scene out; signals read inside redraw the chart.
    layout: Layout,
    /// What a row says under the pointer and aloud.
    tip: TipOf,
    #[prop(into)] table: Signal<TableData>,
    /// Shared by charts on one axis.
    #[prop(optional)]
    hover: Option<RwSignal<Option<usize>>>,
    /// Click, second tap or Enter on a row.
    #[prop(default = None, into)]
    on_select: Option<Callback<usize>>,
    /// The list behind a row: secondary click, L, the button of a touched tooltip; a click too where nothing is selected.
    #[prop(default = None, into)]
    drill_down: Option<Callback<usize, Option<DrillDown>>>,
    /// A line over the plot's height at the hit; without it only the mark is ringed.
    #[prop(default = true)]
    crosshair: bool,
) -> impl IntoView {
    let (lang, theme) = (use_lang(), use_theme());
    let hover = hover.unwrap_or_else(|| RwSignal::new(None));
    let panel = use_panel();
    let as_table = panel.map_or_else(|| RwSignal::new(false), |it| it.as_table);
    let enlarged = panel.map_or_else(|| RwSignal::new(false), |it| it.enlarged);
    let (stage, rows) = (NodeRef::<html::Div>::new(), NodeRef::<html::Div>::new());
    let (root, still, overlay) = (
        NodeRef::<html::Div>::new(),
        NodeRef::<html::Canvas>::new(),
        NodeRef::<html::Canvas>::new(),
    );
    let width = stage::observe_width(root);
    let tall = Memo::new(move |_| {
        let room = window().inner_height().ok().and_then(|it| it.as_f64()).unwrap_or(height);
        if enlarged.get() { (room - ENLARGED_HEAD).max(height) } else { height }
    });
    let scene = Memo::new(move |_| {
        let width = width.get();
        (width >= 1.0).then(|| Arc::new(layout(width, tall.get())))
    });
    if let Some(panel) = panel {
        panel.table.set(Some(table));
        Effect::new(move |_| panel.scene.set(scene.get()));
    }
    Effect::new(move |_| {
        theme.fonts.track();
        if let (Some(scene), Some(palette), Some(canvas)) =
            (scene.get(), theme.palette.get(), still.get())
        {
            stage::paint_still(&canvas, &scene, &palette);
        }
    });
    Effect::new(move |marked: Option<bool>| {
        let row = hover.get();
        // An empty overlay stays as it is when the chart below changes.
        if let (Some(scene), Some(palette), Some(canvas)) =
            (scene.get(), theme.palette.get(), overlay.get())
            && (row.is_some() || marked == Some(true))
        {
            stage::paint_overlay(&canvas, &scene, &palette, row, crosshair);
        }
        row.is_some()
    });
    let said = {
        let tip = tip.clone();
        Memo::new(move |_| {
            hover.get().and_then(|row| tip(row)).map(|it| it.spoken(lang)).unwrap_or_default()
        })
    };
    let row_at = move |x: i32, y: i32| {
        scene.with_untracked(|scene| {
            let hit = scene.as_ref()?.hit(point(f64::from(x), f64::from(y)))?;
            Some(hit.row)
        })
    };
    let url = use_url_state();
    let list = Callback::new(move |row: usize| {
        if let Some(drill_down) = drill_down.and_then(|it| it.run(row)) {
            hover.set(None);
            url.open_drill_down(&drill_down);
        }
    });
    let near = drill_down.map(|drill_down| use_prefetch(hover.into(), drill_down));
    let touched = StoredValue::new(None::<usize>);
    let by_touch = RwSignal::new(false);
    let single_click = single_click::SingleClick::of(list);
    let moved = move |event: PointerEvent| {
        let row = row_at(event.offset_x(), event.offset_y());
        if row != hover.get_untracked() {
            hover.set(row);
        }
    };
    let clicked = move |event: MouseEvent| {
        let Some(row) = row_at(event.offset_x(), event.offset_y()) else {
            return;
        };
        let first_tap = by_touch.get_untracked() && touched.get_value() != Some(row);
        touched.set_value(Some(row));
        hover.set(Some(row));
        match on_select {
            _ if first_tap => {}
            Some(select) => select.run(row),
            // A double click clears what is selected: then the list waits whether a second click follows.
            None if url.has_selection() => single_click.run(row, event.detail()),
            None => list.run(row),
        }
    };
    let asked = move |event: MouseEvent| {
        let Some(row) = row_at(event.offset_x(), event.offset_y()) else {
            return;
        };
        // A finger that rests adds to what is selected; its list is behind the tooltip's button.
        match (is_long_press(&event), on_select) {
            (true, Some(select)) => select.run(row),
            (false, _) if drill_down.is_some() => list.run(row),
            _ => return,
        }
        event.prevent_default();
    };
    let key = move |event: KeyboardEvent| {
        // Shift and an arrow are the brush's.
        if event.shift_key() && event.key().starts_with("Arrow") {
            return;
        }
        let now = hover.get_untracked();
        let step =
            |forward| scene.with_untracked(|it| it.as_ref().and_then(|it| it.step(now, forward)));
        let end =
            |forward| scene.with_untracked(|it| it.as_ref().and_then(|it| it.step(None, forward)));
        match event.key().as_str() {
            "ArrowRight" | "ArrowDown" => hover.set(step(true)),
            "ArrowLeft" | "ArrowUp" => hover.set(step(false)),
            "Home" => hover.set(end(true)),
            "End" => hover.set(end(false)),
            "Escape" if now.is_some() => hover.set(None),
            "t" | "T" => {
                as_table.set(true);
                focus_next(rows);
            }
            "Enter" | " " => {
                if let Some(row) = now {
                    on_select.unwrap_or(list).run(row);
                }
            }
            "l" | "L" if drill_down.is_some() => now.into_iter().for_each(|row| list.run(row)),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let back = Callback::new(move |()| {
        as_table.set(false);
        focus_next(stage);
    });
    let at = move || {
        let row = hover.get()?;
        let scene = scene.get()?;
        let hit = scene.hit_of(row)?;
        Some((hit.at, scene.plot, scene.width))
    };
    view! {
        <div class="chart" node_ref=root>
            <div
                class="chart-stage"
                node_ref=stage
                class:gone=as_table
                class:selectable=on_select.is_some() || drill_down.is_some()
                style:height=move || format!("{}px", scene.with(|it| it.as_ref().map_or_else(|| tall.get(), |it| it.height)))
                tabindex="0"
                role="application"
                aria-roledescription=t(lang, "图表", "chart")
                aria-label=move || {
                    let keys = t(lang, "。左右键逐点查看，T 键看表格", ". Arrow keys step through, T shows the table");
                    let list = if drill_down.is_some() { t(lang, "，L 键看清单", ", L the list behind") } else { "" };
                    format!("{}{keys}{list}", label.get())
                }
                on:pointerdown=move |event| by_touch.set(event.pointer_type() == "touch")
                on:pointerenter=move |_| near.into_iter().for_each(|it| it(true))
                on:pointermove=moved
                on:pointerleave=move |_| {
                    near.into_iter().for_each(|it| it(false));
                    if !by_touch.get_untracked() { hover.set(None) }
                }
                on:blur=move |_| hover.set(None)
                on:click=clicked
                on:contextmenu=asked
                on:keydown=key
            >
                <canvas node_ref=still aria-hidden="true"></canvas>
                <canvas node_ref=overlay class="overlay" aria-hidden="true"></canvas>
                {move || {
                    let row = hover.get()?;
                    let opens = drill_down.is_some().then(|| tip::DrillDownHint {
                        by_touch: by_touch.get(),
                        by_click: on_select.is_none(),
                        open: Callback::new(move |()| list.run(row)),
                    });
                    Some(tip(row)?.view(at()?, opens, lang))
                }}
            </div>
            <p class="sr" aria-live="polite">{said}</p>
            <table::RowsTable label table visible=as_table node=rows back />
        </div>
    }
}

/// Moves the focus once the element is shown.
fn focus_next(element: NodeRef<html::Div>) {
    request_animation_frame(move || {
        if let Some(Some(it)) = element.try_get_untracked()
            && it.focus().is_err()
        {
            leptos::logging::warn!("neither chart nor table takes the focus");
        }
    });
}
