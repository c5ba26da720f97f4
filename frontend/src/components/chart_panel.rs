//! A panel around one chart. It arranges the states of the answer, the chart, its tooltip, its table and the list of units
//! behind a bar, dot or line. A page states what is drawn.

use std::sync::Arc;

use leptos::prelude::*;
use nengce_charts::scene::Scene;

use super::chart::{ChartFrame, Tip};
use super::panel::Panel;
use super::states::{Empty, Loaded};
use crate::components::drill_down::DrillDown;
use crate::export::TableData;
use crate::load::Load;

/// Where the answer comes from.
#[derive(Clone, Copy)]
pub enum Source<T: Send + Sync + 'static> {
    /// A request: the panel shows that it waits or failed.
    Request(Load<T>),
    /// An answer that is there already.
    Answer(Signal<Arc<T>>),
}

type OfAnswer<T, R> = Box<dyn Fn(&T) -> R + Send + Sync>;
type OfSize<T> = Box<dyn Fn(&T, f64, f64) -> Scene + Send + Sync>;
type OfMark<T, R> = Box<dyn Fn(&T, usize) -> R + Send + Sync>;

/// What a chart shows of an answer.
struct Drawing<T> {
    label: Signal<String>,
    height: f64,
    crosshair: bool,
    layout: OfSize<T>,
    tip: OfMark<T, Option<Tip>>,
    table: OfAnswer<T, TableData>,
    is_empty: Option<OfAnswer<T, bool>>,
    empty: Signal<String>,
    hover: RwSignal<Option<usize>>,
    on_select: Option<OfMark<T, ()>>,
    drill_down: Option<OfMark<T, Option<DrillDown>>>,
    below: ViewFn,
    wrapper: &'static str,
}

/// The answer's closures read signals; the chart is drawn again when these change.
#[component]
pub fn ChartPanel<T>(
    source: Source<T>,
    #[prop(into)] title: Signal<String>,
    #[prop(optional, into)] subtitle: Signal<String>,
    #[prop(optional, into)] note: Signal<String>,
    #[prop(optional)] class: &'static str,
    #[prop(optional)] id: &'static str,
    /// What the chart shows, for those who cannot see it, where it is not the title.
    #[prop(optional, into)]
    label: Option<Signal<String>>,
    height: f64,
    /// Height to keep free while waiting, where it is not the chart's.
    #[prop(optional)]
    waiting_height: Option<u32>,
    layout: impl Fn(&T, f64, f64) -> Scene + Send + Sync + 'static,
    tip: impl Fn(&T, usize) -> Option<Tip> + Send + Sync + 'static,
    table: impl Fn(&T) -> TableData + Send + Sync + 'static,
    /// Whether there is nothing to draw; then `empty` says why.
    #[prop(optional)]
    is_empty: Option<OfAnswer<T, bool>>,
    #[prop(optional, into)] empty: Signal<String>,
    /// Why the server has no answer, where that is no failure.
    #[prop(optional, into)]
    unavailable: Signal<Option<String>>,
    /// Shared by charts on one axis.
    #[prop(optional)]
    hover: Option<RwSignal<Option<usize>>>,
    #[prop(optional)] on_select: Option<OfMark<T, ()>>,
    #[prop(optional)] drill_down: Option<OfMark<T, Option<DrillDown>>>,
    #[prop(default = true)] crosshair: bool,
    /// Above the chart, also while the answer is awaited.
    #[prop(optional, into)]
    above: ViewFn,
    /// Below the chart.
    #[prop(optional, into)]
    below: ViewFn,
    /// Class of an element around the chart and what is below it.
    #[prop(optional)]
    wrapper: &'static str,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView
where
    T: Send + Sync + 'static,
{
    let drawing = Arc::new(Drawing {
        label: label.unwrap_or(title),
        height,
        crosshair,
        layout: Box::new(layout),
        tip: Box::new(tip),
        table: Box::new(table),
        is_empty,
        empty,
        hover: hover.unwrap_or_else(|| RwSignal::new(None)),
        on_select,
        drill_down,
        below,
        wrapper,
    });
    let waiting_height = waiting_height.unwrap_or(height as u32);
    view! {
        <Panel title subtitle note class id>
            {above.run()}
            {drawing.body(source, unavailable, waiting_height)}
            {children.map(|it| it())}
        </Panel>
    }
}

impl<T: Send + Sync + 'static> Drawing<T> {
    /// Called inside the panel, which the chart registers itself with.
    fn body(
        self: Arc<Self>,
        source: Source<T>,
        unavailable: Signal<Option<String>>,
        height: u32,
    ) -> AnyView {
        let load = match source {
            Source::Answer(data) => return self.view(data),
            Source::Request(load) => load,
        };
        let why = Memo::new(move |_| unavailable.get());
        (move || match why.get() {
            Some(why) => view! { <Empty why /> }.into_any(),
            None => {
                let drawing = self.clone();
                view! { <Loaded load height let:data>{drawing.clone().view(data)}</Loaded> }
                    .into_any()
            }
        })
        .into_any()
    }

    fn view(self: Arc<Self>, data: Signal<Arc<T>>) -> AnyView {
        if self.is_empty.is_none() {
            return self.chart(data);
        }
        let of = self.clone();
        let is_empty =
            Memo::new(move |_| of.is_empty.as_ref().is_some_and(|test| data.with(|it| test(it))));
        (move || match is_empty.get() {
            true => view! { <Empty why=self.empty /> }.into_any(),
            false => self.clone().chart(data),
        })
        .into_any()
    }

    fn chart(self: Arc<Self>, data: Signal<Arc<T>>) -> AnyView {
        let mark = |of: &Arc<Self>| (of.clone(), move || data.get_untracked());
        let on_select = self.on_select.is_some().then(|| {
            let (of, data) = mark(&self);
            Callback::new(move |row| of.on_select.iter().for_each(|it| it(&data(), row)))
        });
        let drill_down = self.drill_down.is_some().then(|| {
            let (of, data) = mark(&self);
            Callback::new(move |row| of.drill_down.as_ref().and_then(|it| it(&data(), row)))
        });
        let (drawn, told, listed) = (self.clone(), self.clone(), self.clone());
        let frame = view! {
            <ChartFrame
                label=self.label
                height=self.height
                layout=Box::new(move |width, height| data.with(|it| (drawn.layout)(it, width, height)))
                tip=Arc::new(move |row| data.with(|it| (told.tip)(it, row)))
                table=Signal::derive(move || data.with(|it| (listed.table)(it)))
                hover=self.hover
                on_select
                drill_down
                crosshair=self.crosshair
            />
            {self.below.run()}
        };
        match self.wrapper {
            "" => frame.into_any(),
            class => view! { <div class=class>{frame}</div> }.into_any(),
        }
    }
}
