//! The requests of the page: the subjects, and the answer for the selected one. Subject and unit are part of the
//! address.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use nengce_shared::api::benchmark::{BenchmarkRow, BenchmarkSubjects, BenchmarkView, Subject};

use crate::load::{Load, use_linked};
use crate::snapshot::{self, use_snapshot};
use crate::url_state::{UrlState, push_pair};

#[derive(Clone, Copy)]
pub struct Loads {
    /// The subject that the address names.
    pub asked: Memo<Option<String>>,
    pub subjects: Load<BenchmarkSubjects>,
    pub view: Load<BenchmarkView>,
}

impl Loads {
    pub fn start(url: UrlState) -> Self {
        let query = move || url.selection.with(|it| it.api_query());
        let list = move || Some(format!("/api/v1/benchmarks?{}", query()));
        let subjects = use_linked(list, move || snapshot::subjects(&url.selection.get()));
        // The address names the subject; without one, the benchmarked product that most units make.
        let params = use_params_map();
        let asked = Memo::new(move |_| params.with(|it| it.get("subject")));
        let code = Memo::new(move |_| {
            asked
                .get()
                .or_else(|| subjects.data.with(|it| it.as_ref().and_then(|it| first(&it.subjects))))
        });
        let path = move || {
            let code = js_sys::encode_uri_component(&code.get()?).as_string()?;
            let mut query = query();
            push_pair(&mut query, "unit", url.get("unit").as_deref());
            Some(format!("/api/v1/benchmarks/{code}?{query}"))
        };
        let view = use_linked(path, move || {
            let (code, unit) = (code.get()?, url.get("unit"));
            snapshot::benchmark(&url.selection.get(), &code, unit.as_deref())
        });
        // The first answers are the server's: they are smaller than the city.
        use_snapshot(move || view.data.with(Option::is_some));
        Self { asked, subjects, view }
    }
}

fn first(subjects: &[Subject]) -> Option<String> {
    // A product with a benchmark says more than one without; the earliest of equals.
    let worth = |it: &&Subject| (it.has_benchmark, it.kind == "product", it.units);
    subjects.iter().rev().max_by_key(worth).map(|it| it.name.code.clone())
}

/// The selected unit's row and its place in the list.
pub fn selected(view: &BenchmarkView) -> Option<(usize, &BenchmarkRow)> {
    let code = view.selected.as_ref()?;
    view.rows.iter().enumerate().find(|(_, it)| it.unit.enterprise_code == *code)
}

/// Selects the unit of a row; again on the same row lets it go.
pub fn select_unit(url: UrlState, code: Option<String>) {
    let again = code.is_some() && untrack(|| url.get("unit")) == code;
    url.set(&[("unit", code.filter(|_| !again))]);
}

/// The credit code of the unit in a row.
pub fn unit_of(view: &BenchmarkView, row: usize) -> Option<String> {
    view.rows.get(row).map(|it| it.unit.enterprise_code.clone())
}
