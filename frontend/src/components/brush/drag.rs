//! Arithmetic of the brush: spans of months by index, and what a drag of an edge or of the body makes of them. No events.

use std::ops::Range;

use nengce_shared::api::meta::TimelineMonth;

/// Months from `first` to `last`, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub first: usize,
    pub last: usize,
}

/// What is being dragged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    First,
    Last,
    Body,
    /// A new span drawn on the bars.
    New,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Drag {
    part: Part,
    start: f64,
    from: Span,
    pub now: Span,
    pub moved: bool,
}

impl Span {
    /// The months that two days (or months) lie in, as far as they are shown.
    pub fn of(months: &[TimelineMonth], from: &str, to: &str) -> Option<Self> {
        let (from, to) = (from.get(..7)?, to.get(..7)?);
        let first = months.iter().position(|it| it.period.as_str() >= from)?;
        let last = months.iter().rposition(|it| it.period.as_str() <= to)?;
        (first <= last).then_some(Self { first, last })
    }

    /// The one month under a place.
    pub fn at(place: f64, count: usize) -> Self {
        let month = (place.max(0.0) as usize).min(count.saturating_sub(1));
        Self { first: month, last: month }
    }

    pub fn len(self) -> usize {
        self.last - self.first + 1
    }

    pub fn contains(self, month: usize) -> bool {
        (self.first..=self.last).contains(&month)
    }

    /// An edge or the whole moved by months; edges stop at each other, the whole at the ends.
    pub fn moved(self, part: Part, by: i64, count: usize) -> Self {
        let (first, last, end) = (self.first as i64, self.last as i64, count as i64 - 1);
        let (first, last) = match part {
            Part::First => ((first + by).clamp(0, last), last),
            Part::Last => (first, (last + by).clamp(first, end)),
            Part::Body | Part::New => {
                let by = by.clamp(-first, end - last);
                (first + by, last + by)
            }
        };
        Self { first: first as usize, last: last as usize }
    }
}

/// The months that a narrow screen shows: the last ones while the span is among them, else those around the span, so
/// that it can be drawn out either way; of a longer span the end.
pub fn window_of(count: usize, width: usize, span: Option<Span>) -> Range<usize> {
    let newest = count.saturating_sub(width);
    let first = match span {
        Some(it) if it.first < newest && it.len() < width => {
            it.first.saturating_sub((width - it.len()) / 2).min(newest)
        }
        Some(it) if it.first < newest => it.last + 1 - width,
        _ => newest,
    };
    first..(first + width).min(count)
}

impl Drag {
    pub fn start(part: Part, at: f64, from: Span, count: usize) -> Self {
        let now = if part == Part::New { Span::at(at, count) } else { from };
        // A click on a bar chooses its month.
        Self { part, start: at, from, now, moved: part == Part::New }
    }

    /// The pointer is at `at` (in months from the left).
    pub fn to(&mut self, at: f64, count: usize) {
        let by = (at - self.start).round() as i64;
        self.now = match self.part {
            Part::New => {
                let (a, b) = (Span::at(self.start, count).first, Span::at(at, count).first);
                Span { first: a.min(b), last: a.max(b) }
            }
            part => self.from.moved(part, by, count),
        };
        self.moved |= by != 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COUNT: usize = 24;

    #[test]
    fn edges_stop_at_each_other_and_the_body_at_the_ends() {
        let span = Span { first: 12, last: 20 };
        assert_eq!(span.moved(Part::First, 12, COUNT), Span { first: 20, last: 20 });
        assert_eq!(span.moved(Part::Last, -99, COUNT), Span { first: 12, last: 12 });
        assert_eq!(span.moved(Part::Body, 99, COUNT), Span { first: 15, last: 23 });
        assert_eq!(span.moved(Part::Body, -99, COUNT), Span { first: 0, last: 8 });
    }

    #[test]
    fn a_new_span_runs_either_way_from_where_it_began() {
        let mut drag = Drag::start(Part::New, 10.4, Span { first: 0, last: 3 }, COUNT);
        assert_eq!(drag.now, Span { first: 10, last: 10 });
        drag.to(7.9, COUNT);
        assert_eq!(drag.now, Span { first: 7, last: 10 });
        drag.to(99.0, COUNT);
        assert_eq!(drag.now, Span { first: 10, last: 23 });
    }

    #[test]
    fn a_narrow_window_follows_the_span_back() {
        let span = |first, last| Some(Span { first, last });
        assert_eq!(window_of(36, 22, None), 14..36);
        assert_eq!(window_of(36, 22, span(20, 30)), 14..36, "seen already");
        assert_eq!(window_of(36, 22, span(3, 8)), 0..22);
        assert_eq!(window_of(36, 22, span(10, 15)), 2..24, "in the middle");
        assert_eq!(window_of(36, 22, span(13, 32)), 12..34, "room on both sides");
        assert_eq!(window_of(36, 22, span(0, 29)), 8..30, "too long: its end");
        assert_eq!(window_of(36, 22, span(0, 35)), 14..36);
        assert_eq!(window_of(9, 22, span(0, 3)), 0..9, "fewer than fit");
        assert_eq!(window_of(0, 22, None), 0..0);
    }

    #[test]
    fn an_edge_that_did_not_move_changes_nothing() {
        let from = Span { first: 3, last: 5 };
        let mut drag = Drag::start(Part::Last, 6.0, from, COUNT);
        drag.to(6.3, COUNT);
        assert_eq!((drag.now, drag.moved), (from, false));
    }
}
