//! The time brush: the main measure by month for all years, two handles, a body to drag. Writes `from` and `to` on
//! release; nothing reflows meanwhile. Double click or Escape clears. Incomplete months are hatched.

mod bars;
mod drag;

use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::html;
use leptos::prelude::*;
use nengce_shared::api::meta::TimelineMonth;

use crate::format::month_long;
use crate::i18n::{t, use_lang};
use crate::url_state::use_url_state;
use bars::{Axis, Bars};
use drag::{Drag, Part, Span, window_of};

/// Months that a narrow screen shows.
const NARROW_MONTHS: usize = 22;

#[component]
pub fn Brush(
    /// All months, oldest first.
    #[prop(into)]
    months: Signal<Vec<TimelineMonth>>,
    /// First and last day the page's figures cover.
    #[prop(into)]
    covered: Signal<Option<(String, String)>>,
) -> impl IntoView {
    let (lang, url) = (use_lang(), use_url_state());
    let track = NodeRef::<html::Div>::new();
    let shown = Memo::new(move |_| {
        let months = months.get();
        let narrow =
            window().inner_width().ok().and_then(|it| it.as_f64()).is_some_and(|it| it < 768.0);
        if !narrow {
            return months;
        }
        let span = covered.get().and_then(|it| Span::of(&months, &it.0, &it.1));
        months[window_of(months.len(), NARROW_MONTHS, span)].to_vec()
    });
    let settled = Memo::new(move |_| {
        let covered = covered.get()?;
        shown.with(|months| Span::of(months, &covered.0, &covered.1))
    });
    let drag = RwSignal::new(None::<Drag>);
    let span = Memo::new(move |_| drag.get().map(|it| it.now).or_else(|| settled.get()));
    let count = move || shown.with(Vec::len).max(1);
    let month_at = move |event: &PointerEvent| {
        let width = track.get_untracked().map_or(1.0, |it| f64::from(it.client_width()).max(1.0));
        let left = track.get_untracked().map_or(0.0, |it| it.get_bounding_client_rect().left());
        (f64::from(event.client_x()) - left) / width * untrack(count) as f64
    };
    let commit = move |span: Span| {
        shown.with_untracked(|months| {
            let name = |at: usize| months.get(at).map(|it| it.period.clone());
            url.set(&[("from", name(span.first)), ("to", name(span.last))]);
        });
    };
    let clear = move || url.set(&[("from", None), ("to", None)]);
    let start = move |part: Part| {
        move |event: PointerEvent| {
            event.prevent_default();
            event.stop_propagation();
            let at = month_at(&event);
            let from = span.get_untracked().unwrap_or(Span::at(at, untrack(count)));
            if let Some(track) = track.get_untracked()
                && track.set_pointer_capture(event.pointer_id()).is_err()
            {
                leptos::logging::warn!("the brush follows the pointer only inside");
            }
            drag.set(Some(Drag::start(part, at, from, untrack(count))));
        }
    };
    let moved = move |event: PointerEvent| {
        if drag.with_untracked(Option::is_some) {
            let at = month_at(&event);
            drag.update(|it| {
                if let Some(it) = it {
                    it.to(at, untrack(count))
                }
            });
        }
    };
    let released = move |_: PointerEvent| {
        if let Some(done) = drag.get_untracked() {
            if done.moved && Some(done.now) != settled.get_untracked() {
                commit(done.now);
            }
            drag.set(None);
        }
    };
    let key = move |part: Part| {
        move |event: KeyboardEvent| {
            let Some(now) = settled.get_untracked() else {
                return;
            };
            let by = match event.key().as_str() {
                "ArrowLeft" | "ArrowDown" => -1,
                "ArrowRight" | "ArrowUp" => 1,
                "PageDown" => -12,
                "PageUp" => 12,
                "Home" => -(untrack(count) as i64),
                "End" => untrack(count) as i64,
                "Escape" => {
                    event.prevent_default();
                    return clear();
                }
                _ => return,
            };
            event.prevent_default();
            commit(now.moved(part, by, untrack(count)));
        }
    };
    // Anywhere on the page but in a field, Shift and an arrow move the end of the span.
    let extend = window_event_listener(leptos::ev::keydown, move |event| {
        let by = match event.key().as_str() {
            "ArrowLeft" => -1,
            "ArrowRight" => 1,
            _ => return,
        };
        let now = settled.get_untracked().filter(|_| event.shift_key());
        if let Some(now) = now.filter(|_| !event.default_prevented() && !in_field()) {
            event.prevent_default();
            commit(now.moved(Part::Last, by, untrack(count)));
        }
    });
    on_cleanup(move || extend.remove());
    let handle = move |part: Part| {
        let index =
            move || span.get().map_or(0, |it| if part == Part::First { it.first } else { it.last });
        let name = move || shown.with(|it| it.get(index()).map(|it| month_long(&it.period, lang)));
        let edge = move || index() + usize::from(part == Part::Last);
        view! {
            <button
                type="button"
                class="brush-handle"
                role="slider"
                aria-label=if part == Part::First { t(lang, "起始月份", "First month") } else { t(lang, "截止月份", "Last month") }
                aria-valuemin="0"
                aria-valuemax=move || (count() - 1).to_string()
                aria-valuenow=move || index().to_string()
                aria-valuetext=name
                style:left=move || format!("{:.3}%", edge() as f64 / count() as f64 * 100.0)
                on:pointerdown=start(part)
                on:keydown=key(part)
            ></button>
        }
    };
    let whole = move || {
        let span = span.get()?;
        shown.with(|it| {
            let name = |at: usize| it.get(at).map(|it| month_long(&it.period, lang));
            Some(format!("{} – {}", name(span.first)?, name(span.last)?))
        })
    };
    view! {
        <div class="brush" role="group" aria-label=t(lang, "时间范围", "Time span")>
            <div
                class="brush-track"
                node_ref=track
                on:pointerdown=start(Part::New)
                on:pointermove=moved
                on:pointerup=released
                on:pointercancel=move |_| drag.set(None)
                on:dblclick=move |_| clear()
            >
                <Bars months=shown span />
                <Show when=move || span.get().is_some()>
                    <div
                        class="brush-body"
                        style:left=move || span.get().map(|it| format!("{:.3}%", it.first as f64 / count() as f64 * 100.0))
                        style:width=move || span.get().map(|it| format!("{:.3}%", it.len() as f64 / count() as f64 * 100.0))
                        role="slider"
                        tabindex="0"
                        aria-label=t(lang, "整段移动", "Move the span")
                        aria-valuemin="0"
                        aria-valuemax=move || (count() - 1).to_string()
                        aria-valuenow=move || span.get().map(|it| it.first.to_string())
                        aria-valuetext=whole
                        on:pointerdown=start(Part::Body)
                        on:keydown=key(Part::Body)
                    ></div>
                    {handle(Part::First)}
                    {handle(Part::Last)}
                </Show>
            </div>
            <Axis months=shown />
        </div>
    }
}

fn in_field() -> bool {
    let field = "input:focus, textarea:focus, select:focus, dialog[open]";
    document().query_selector(field).is_ok_and(|it| it.is_some())
}
