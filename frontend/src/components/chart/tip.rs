//! The tooltip of a row: a title, a grey note, and lines of label, value and difference.

use leptos::ev::MouseEvent;
use leptos::prelude::*;
use nengce_charts::scene::palette::Ink;
use nengce_charts::scene::{Point, Rect};
use nengce_shared::basis::Basis;
use nengce_shared::lang::Lang;
use nengce_shared::number;

use crate::format::basis_word;

/// A line of a tooltip.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TipRow {
    /// The colour of the mark it speaks of.
    pub ink: Option<Ink>,
    pub label: String,
    pub value: String,
    /// A difference, coloured by its class (`worse`, `better` or nothing).
    pub delta: String,
    pub delta_class: &'static str,
}

impl TipRow {
    pub fn new(ink: Option<Ink>, label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { ink, label: label.into(), value: value.into(), ..Self::default() }
    }

    pub fn delta(mut self, delta: impl Into<String>, class: &'static str) -> Self {
        (self.delta, self.delta_class) = (delta.into(), class);
        self
    }
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tip {
    pub title: String,
    /// Unit, basis, completeness, units counted.
    pub note: String,
    pub rows: Vec<TipRow>,
}

/// 「等价 · 完整率 98% · 286 家」: what figures rest on, for the note; what is not known is left out.
pub fn basis_note(
    basis: Basis,
    completeness: Option<f64>,
    units: Option<u32>,
    lang: Lang,
) -> String {
    let complete = completeness.map(|it| {
        let share = number::completeness(Some(it));
        match lang {
            Lang::Zh => format!("完整率 {share}"),
            Lang::En => format!("{share} complete"),
        }
    });
    let units = units.map(|it| match lang {
        Lang::Zh => format!("{it} 家"),
        Lang::En => format!("{it} units"),
    });
    let parts = [Some(basis_word(basis, lang)), complete, units];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// How the list behind the mark is reached.
pub struct DrillDownHint {
    /// The finger needs a button: it neither hovers nor has a second key.
    pub by_touch: bool,
    pub by_click: bool,
    pub open: Callback<()>,
}

impl DrillDownHint {
    fn view(self, lang: Lang) -> AnyView {
        let open = self.open;
        if self.by_touch {
            let asked = move |event: MouseEvent| {
                event.stop_propagation();
                open.run(());
            };
            return view! {
                <button type="button" class="control" tabindex="-1" on:click=asked>{lang.pick("清单", "List")}</button>
            }
            .into_any();
        }
        let how = if self.by_click {
            lang.pick("单击或 L 键：清单", "Click or L: the list")
        } else {
            lang.pick("右键或 L 键：清单", "Right click or L: the list")
        };
        view! { <p class="note">{how}</p> }.into_any()
    }
}

impl Tip {
    /// As the live region says it.
    pub fn spoken(&self, lang: Lang) -> String {
        let comma = lang.pick("，", ", ");
        let mut parts = vec![self.title.clone()];
        for row in &self.rows {
            parts.push(format!("{} {} {}", row.label, row.value, row.delta).trim().to_owned());
        }
        if !self.note.is_empty() {
            parts.push(self.note.clone());
        }
        parts.join(comma)
    }

    /// Beside the hit and never over it: to its right in the left half, else to its left.
    pub fn view(
        self,
        (at, plot, width): (Point, Rect, f64),
        opens: Option<DrillDownHint>,
        lang: Lang,
    ) -> AnyView {
        let left = at.x > width / 2.0;
        let x = if left { at.x - 14.0 } else { at.x + 14.0 };
        let aside = left.then_some("translateX(-100%)");
        let rows = self
            .rows
            .into_iter()
            .map(|row| {
                let swatch = row.ink.map(|ink| format!("var(--{})", ink.token()));
                view! {
                    <li>
                        <i style:background=swatch></i>
                        <span>{row.label}</span>
                        <b>{row.value}</b>
                        <span class=row.delta_class>{row.delta}</span>
                    </li>
                }
            })
            .collect_view();
        view! {
            <div
                class="tip"
                style:left=format!("{x:.0}px")
                style:top=format!("{:.0}px", plot.y.max(0.0))
                style:transform=aside
                aria-hidden="true"
            >
                <p><b>{self.title}</b> <span class="note">{self.note}</span></p>
                <ul>{rows}</ul>
                {opens.map(|it| it.view(lang))}
            </div>
        }
        .into_any()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_is_left_out() {
        let zh = |completeness, units| basis_note(Basis::Equivalent, completeness, units, Lang::Zh);
        let basis = basis_word(Basis::Equivalent, Lang::Zh);
        assert_eq!(zh(None, None), basis);
        assert_eq!(zh(None, Some(286)), format!("{basis} · 286 家"));
        assert_eq!(zh(Some(1.0), Some(2)), format!("{basis} · 完整率 100% · 2 家"));
    }
}
