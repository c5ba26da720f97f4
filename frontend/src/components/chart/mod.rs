//! The chart frame: a still canvas painted when its scene changes, a second one for the crosshair, a tooltip,
//! keys (←→ Home End Enter Esc T L), an announcement, and the rows as a sibling table. What is drawn is the layout's.

mod gestures;
pub mod legend;
mod single_click;
mod stage;
mod table;
mod tip;

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use nengce_charts::scene::Scene;

use crate::components::drill_down::{DrillDown, use_prefetch};
use crate::components::panel::use_panel;
use crate::export::TableData;
use crate::i18n::{t, use_lang};
use crate::style::theme::use_theme;
use crate::url_state::use_url_state;
use gestures::{Gestures, focus_next};
use single_click::SingleClick;
pub use stage::observe_width;
pub use tip::{Tip, TipRow, basis_note};

/// Room that an enlarged panel keeps for its head and note.
const ENLARGED_HEAD: f64 = 150.0;

/// Height on paper, of that on screen: a sheet is lower than a page.
const ON_PAPER: f64 = 0.75;

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
    Effect::new(move |_| {
        theme.print.printing.track();
        if let Some(it) = root.get_untracked() {
            width.set(f64::from(it.client_width()));
        }
    });
    let tall = Memo::new(move |_| {
        let room = window().inner_height().ok().and_then(|it| it.as_f64()).unwrap_or(height);
        match theme.print.printing.get() {
            true => height * ON_PAPER,
            false if enlarged.get() => (room - ENLARGED_HEAD).max(height),
            false => height,
        }
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
    let url = use_url_state();
    let list = Callback::new(move |row: usize| {
        if let Some(drill_down) = drill_down.and_then(|it| it.run(row)) {
            hover.set(None);
            url.open_drill_down(&drill_down);
        }
    });
    let near = drill_down.map(|drill_down| use_prefetch(hover.into(), drill_down));
    let gestures = Gestures {
        scene,
        hover,
        touched: StoredValue::new(None),
        by_touch: RwSignal::new(false),
        on_select,
        list,
        has_list: drill_down.is_some(),
        single_click: SingleClick::of(list),
        as_table,
        rows,
        url,
    };
    let by_touch = gestures.by_touch;
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
                on:pointermove=move |event| gestures.moved(&event)
                on:pointerleave=move |_| {
                    near.into_iter().for_each(|it| it(false));
                    if !by_touch.get_untracked() { hover.set(None) }
                }
                on:blur=move |_| hover.set(None)
                on:click=move |event| gestures.clicked(&event)
                on:contextmenu=move |event| gestures.secondary_clicked(&event)
                on:keydown=move |event| gestures.key(&event)
            >
                <canvas node_ref=still aria-hidden="true"></canvas>
                <canvas node_ref=overlay class="overlay" hidden=move || hover.with(Option::is_none) aria-hidden="true"></canvas>
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
