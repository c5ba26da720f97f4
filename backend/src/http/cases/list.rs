//! The list of cases, the earliest deadline first, and the list of violations.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use nengce_shared::api::case::{CaseList, CaseRow, ViolationList};
use nengce_shared::case::{CasePhase, CaseStep};
use nengce_shared::lang::Lang;

use super::{is_of_unit, load, rows, within};
use crate::http::access::reader::Reader;
use crate::http::content::negotiation::{self, ListRequest};
use crate::http::content::paging;
use crate::http::content::problem::ApiResult;
use crate::http::content::table::{Column, Table};
use crate::http::state::AppState;
use crate::store::cases::CaseQuery;

/// Cases within the reach of the reader, the earliest deadline first; those that are filed only by their phase.
#[utoipa::path(get, path = "/api/v1/cases", tag = "inspection",
    params(("unit" = Option<String>, Query, description = "credit code"), ("violation" = Option<String>, Query, description = "code of a violation"),
           ("phase" = Option<String>, Query, description = "phases, by comma; without it all but filed"), ("mine" = Option<bool>, Query, description = "true: only those that the reader handles"),
           ("late" = Option<bool>, Query, description = "true: only those with a deadline that has passed"), ("limit" = Option<u32>, Query, description = "rows at most"), ("format" = Option<String>, Query, description = "json, csv, xlsx or parquet")),
    responses((status = 200, body = CaseList), (status = 400)))]
pub async fn list_cases(
    State(state): State<AppState>,
    reader: Reader,
    request: ListRequest,
) -> ApiResult<Response> {
    let known = ["unit", "violation", "phase", "mine", "late", "limit"];
    let (params, format) = request.read(&known)?;
    let flag = |it: &str| it.parse::<bool>().ok();
    let mine = params.one_of("mine", &["true", "false"], flag)?.unwrap_or(false);
    let late = params.one_of("late", &["true", "false"], flag)?.unwrap_or(false);
    let limit = paging::rows(&params, format, state.config.max_list_rows)? as usize;
    let words: Vec<&str> = CasePhase::ALL.iter().map(|it| it.as_str()).collect();
    let phases = params.listed("phase", &words.join(" | "), CasePhase::parse)?;
    let query = CaseQuery {
        officer: if mine { reader.name.to_string() } else { String::new() },
        unit: params.text("unit").unwrap_or_default().to_owned(),
        violation: params.text("violation").unwrap_or_default().to_owned(),
        ..within(&state, &reader)
    };
    let mut all = sorted_rows(&state, query, &phases, is_of_unit(&reader)).await?;
    if late {
        all.retain(CaseRow::is_late);
    }
    let count = all.iter().filter(|it| it.is_late()).count();
    let mut to_come = all.iter().filter(|it| it.days_left().is_some_and(|it| it >= 0));
    let next_due = to_come.next().and_then(|it| it.next.as_ref()?.due.clone());
    let total = all.len() as u64;
    all.truncate(limit);
    let body = CaseList {
        today: state.clock.today().to_string(),
        rows: all,
        total,
        late: count as u32,
        next_due,
    };
    negotiation::send(format, &body, || Table::of("cases", &body.rows, &COLUMNS, params.lang)).await
}

/// The cases of a query in some phases (none: all but filed), the earliest deadline first.
pub(in crate::http) async fn sorted_rows(
    state: &AppState,
    query: CaseQuery,
    phases: &[CasePhase],
    of_unit: bool,
) -> ApiResult<Vec<CaseRow>> {
    let is_wanted = |it: &CaseStep| match phases.is_empty() {
        true => it.phase() != CasePhase::Filed,
        false => phases.contains(&it.phase()),
    };
    let states = CaseStep::ALL.iter().copied().filter(|it| it.is_state() && is_wanted(it));
    let query = CaseQuery { states: states.collect(), limit: state.config.max_cases, ..query };
    let (found, today) = (load(state, query).await?, state.clock.today());
    let mut all: Vec<CaseRow> = found.iter().map(|it| rows::row(it, of_unit, today)).collect();
    all.sort_by_key(|it| (it.days_left().unwrap_or(i32::MAX), std::cmp::Reverse(it.case_id)));
    Ok(all)
}

/// The violations of the dictionary in force.
#[utoipa::path(get, path = "/api/v1/violations", tag = "inspection", responses((status = 200, body = ViolationList)))]
pub async fn list_violations(State(state): State<AppState>) -> Json<ViolationList> {
    let dictionaries = state.dictionaries();
    Json(ViolationList { rows: dictionaries.violations.iter().map(rows::violation_row).collect() })
}

const COLUMNS: [Column<CaseRow>; 13] = [
    Column::new("案号", "Case", |it, _| it.case_id.into()),
    Column::new("统一社会信用代码", "Credit code", |it, _| {
        it.unit.enterprise_code.as_str().into()
    }),
    Column::new("单位", "Unit", |it, _| it.unit.name.as_str().into()),
    Column::new("区划", "Region", |it, lang| {
        lang.pick(&it.unit.region.zh, &it.unit.region.en).into()
    }),
    Column::new("案由代码", "Violation code", |it, _| it.violation.as_str().into()),
    Column::new("案由", "Violation", |it, lang| {
        lang.pick(&it.violation_zh, &it.violation_en).into()
    }),
    Column::new("线索来源", "Origin", |it, lang| it.origin.label(lang).into()),
    Column::new("状态", "State", |it, lang| it.state.label(lang).into()),
    Column::new("状态日期", "State since", |it, _| it.state_on.as_str().into()),
    Column::new("承办人", "Officer", |it, _| it.officer.as_str().into()),
    Column::new("下一期限", "Next deadline", |it, lang| due_words(it, lang).into()),
    Column::new("到期", "Due", |it, _| it.next.as_ref().and_then(|it| it.due.clone()).into()),
    Column::new("罚款（元）", "Fine (yuan)", |it, _| it.amount_yuan.into()),
];

fn due_words(it: &CaseRow, lang: Lang) -> String {
    it.next.as_ref().map(|it| lang.pick(&it.zh, &it.en).to_owned()).unwrap_or_default()
}
