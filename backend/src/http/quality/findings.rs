//! The findings of the quality rules: the list, and one finding with its evidence. Answers to them, and an operator's
//! reason to set one aside, are in `http/submissions`.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use nengce_core::quality::{RULES, rule};
use nengce_messages::stamp;
use nengce_shared::api::common::PageInfo;
use nengce_shared::api::quality::{
    EvidenceReading, FindingCount, FindingDetail, FindingList, FindingRow, FindingWaiver,
};
use nengce_shared::stat_type::StatType;
use nengce_shared::submission::AnswerState;

use super::columns::FINDING;
use super::deadlines::Deadlines;
use super::{rule_row, status};
use crate::clock;
use crate::http::access::reader::Reader;
use crate::http::content::negotiation::{self, ListRequest};
use crate::http::content::paging;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::content::query::Params;
use crate::http::content::table::Table;
use crate::http::state::AppState;
use crate::store::quality::list as store;
use crate::store::quality::list::{Finding, FindingQuery};
use crate::store::unit_ids::UnitIds;

const STATES: [&str; 3] = ["open", "resolved", "waived"];
const SEVERITIES: [&str; 3] = ["high", "medium", "low"];
/// Days to either side of a finding that its detail shows.
const AROUND_DAYS: i32 = 21;

/// Findings, newest day first; `state` = open (default), resolved, waived or all.
#[utoipa::path(get, path = "/api/v1/quality/findings", tag = "quality",
    params(("unit" = Option<String>, Query, description = "credit code"), ("region" = Option<String>, Query, description = "districts, GB/T 2260, separated by commas"),
           ("industry" = Option<String>, Query, description = "GB/T 4754 with its letter, by prefix, separated by commas"), ("rule" = Option<String>, Query, description = "name of a rule"),
           ("severity" = Option<String>, Query, description = "high, medium or low"), ("state" = Option<String>, Query, description = "open (default), resolved, waived or all"),
           ("answer" = Option<String>, Query, description = "state of the answer: unanswered, to_confirm, submitted, corrected, accepted or sent_back"),
           ("day" = Option<String>, Query, description = "YYYY-MM-DD that the finding is about"), ("limit" = Option<u32>, Query, description = "rows of a page"),
           ("cursor" = Option<String>, Query, description = "page.next of the page before, or the header x-nengce-next of a file"), ("format" = Option<String>, Query, description = "json, csv, xlsx or parquet")),
    responses((status = 200, body = FindingList)))]
pub async fn list_findings(
    State(state): State<AppState>,
    reader: Reader,
    request: ListRequest,
) -> ApiResult<Response> {
    let known = [
        "unit", "region", "industry", "rule", "severity", "state", "answer", "day", "limit",
        "cursor",
    ];
    let (params, format) = request.read(&known)?;
    let limit = paging::rows(&params, format, state.config.max_list_rows)?;
    let wanted = wanted(&params, limit, reader.units(&state))?;
    let (found, total, counts) = state
        .store
        .read(move |conn| {
            let found = store::findings(conn, &wanted)?;
            let counts = store::counts(conn, &wanted)?;
            let total: u64 = counts
                .iter()
                .filter(|it| wanted.state.is_empty() || it.1 == wanted.state)
                .filter(|it| wanted.rules.iter().any(|rule| *rule == it.0))
                .map(|it| it.2)
                .sum();
            Ok((found, total, counts))
        })
        .await?;
    let next = (found.len() as u64 >= u64::from(limit))
        .then(|| found.last().map(|it| paging::encode(&[&it.to, &it.id.to_string()])))
        .flatten();
    let deadlines = Deadlines::of(&state);
    let body = FindingList {
        rows: found.iter().map(|it| seen(row(it, &deadlines), &reader)).collect(),
        page: PageInfo { total, next },
        counts: counts
            .into_iter()
            .map(|(name, state, count)| FindingCount {
                severity: severity(&name).to_owned(),
                rule: name,
                state,
                count,
            })
            .collect(),
        status: status(&state, &reader).await?,
    };
    negotiation::send_page(format, &body, &body.page, || {
        Table::of("quality-findings", &body.rows, &FINDING, params.lang)
    })
    .await
}

fn wanted(params: &Params, limit: u32, units: UnitIds) -> ApiResult<FindingQuery> {
    let text = |name: &str| params.text(name).unwrap_or_default().to_owned();
    let names: Vec<&str> = RULES.iter().map(|it| it.name).collect();
    let only = params.one_of("rule", &names, |it| rule(it).map(|it| it.name))?;
    let severity = params
        .one_of("severity", &SEVERITIES, |it| SEVERITIES.into_iter().find(|word| *word == it))?;
    let rules = RULES
        .into_iter()
        .filter(|it| only.is_none_or(|name| name == it.name))
        .filter(|it| severity.is_none_or(|word| word == it.severity.as_str()))
        .map(|it| it.name)
        .collect();
    let state = params.state(&STATES)?;
    let answers: Vec<&str> = AnswerState::ALL.iter().map(|it| it.as_str()).collect();
    let day = params.day("day")?.map_or_else(String::new, |it| it.to_string());
    params.regions()?;
    params.industries()?;
    let after = match paging::decode::<2>(params)? {
        Some([day, id]) => {
            Some((day, id.parse().map_err(|_| ApiError::from(paging::bad_cursor(params.lang)))?))
        }
        None => None,
    };
    Ok(FindingQuery {
        units,
        unit: text("unit"),
        region: text("region"),
        industry: text("industry"),
        rules,
        state: state.unwrap_or_else(|| "open".to_owned()),
        day,
        id: 0,
        answer: params
            .one_of("answer", &answers, AnswerState::parse)?
            .map(|it| it.as_str().to_owned())
            .unwrap_or_default(),
        after,
        limit,
    })
}

fn severity(name: &str) -> &'static str {
    rule(name).map_or("low", |it| it.severity.as_str())
}

/// A finding as a reader sees it: who answered is told to people who have signed in.
fn seen(mut it: FindingRow, reader: &Reader) -> FindingRow {
    if reader.account.is_none() && !reader.sees_devices {
        it.answer.changed_by = None;
    }
    it
}

/// A finding in words, with its deadlines.
pub fn row(it: &Finding, deadlines: &Deadlines) -> FindingRow {
    let dictionaries = &deadlines.dictionaries;
    let about = rule(&it.rule);
    let measure = readable(it.measure);
    let says = |words: Option<&str>| words.unwrap_or("{}").replace("{}", &measure);
    let energy = it.energy_type.as_deref().and_then(|it| dictionaries.energy_type(it));
    FindingRow {
        finding_id: it.id,
        rule: it.rule.clone(),
        severity: severity(&it.rule).to_owned(),
        state: it.state.clone(),
        unit: it.unit.named(dictionaries),
        data_code: it.data_code.clone(),
        item_zh: energy.map(|it| it.name_zh.clone()),
        item_en: energy.map(|it| it.name_en.clone()),
        quantity_unit: it.data_code.as_deref().and_then(|it| dictionaries.unit_of_measure(it)),
        from: it.from.clone(),
        to: it.to.clone(),
        days: it.days,
        first_seen: it.first_seen.clone(),
        last_seen: it.last_seen.clone(),
        resolved_at: it.resolved_at.clone(),
        overdue: deadlines.is_overdue(it),
        summary_zh: says(about.map(|it| it.says_zh)),
        summary_en: says(about.map(|it| it.says_en)),
        waiver: it.waiver.clone().map(|(reason, by, at)| FindingWaiver { reason, by, at }),
        answer: deadlines.told(it),
        excused_until: it.excused_until.clone(),
    }
}

/// Four digits, no exponent.
fn readable(value: f64) -> String {
    let decimals = match value.abs() {
        it if it >= 1_000.0 || it == it.trunc() => 0,
        it if it >= 1.0 => 2,
        _ => 4,
    };
    format!("{value:.decimals$}")
}

/// A finding with the readings that tell, and the days around it.
#[utoipa::path(get, path = "/api/v1/quality/findings/{finding_id}", tag = "quality", params(("finding_id" = u64, Path)),
    responses((status = 200, body = FindingDetail), (status = 404)))]
pub async fn get_finding(
    State(state): State<AppState>,
    reader: Reader,
    Path(id): Path<u64>,
) -> ApiResult<Json<FindingDetail>> {
    let wanted = FindingQuery {
        units: reader.units(&state),
        id,
        limit: 1,
        rules: RULES.iter().map(|it| it.name).collect(),
        ..FindingQuery::default()
    };
    let found = state
        .store
        .read(move |conn| {
            let Some(finding) = store::findings(conn, &wanted)?.pop() else {
                return Ok(None);
            };
            let told = store::evidence(conn, &finding, AROUND_DAYS)?;
            Ok(Some((finding, told, store::codes(conn)?)))
        })
        .await?;
    let missing = || ApiError::missing("发现", "finding", &id.to_string());
    let (finding, (evidence, around), codes) = found.ok_or_else(missing)?;
    let rule = rule(&finding.rule).map(rule_row).ok_or_else(missing)?;
    let code = |item: i32| codes.get(&item).cloned().unwrap_or_default();
    let evidence: Vec<EvidenceReading> = evidence
        .into_iter()
        .map(|it| EvidenceReading {
            data_code: code(it.item),
            stat_type: it.stat_type,
            stat_date: clock::text(stamp::date_time(it.at)),
            value: it.value,
            expected: it.expected,
            low: it.low,
            high: it.high,
            received_at: it.received_at.map(|it| clock::text(stamp::date_time(it))),
            suspect: true,
        })
        .collect();
    let context = around.into_iter().map(|(day, value, reported)| EvidenceReading {
        data_code: finding.data_code.clone().unwrap_or_default(),
        stat_type: if reported { StatType::Day } else { StatType::RealTime },
        suspect: (finding.from.as_str()..=finding.to.as_str()).contains(&day.as_str()),
        stat_date: format!("{day} 00:00:00"),
        value,
        expected: None,
        low: None,
        high: None,
        received_at: None,
    });
    Ok(Json(FindingDetail {
        finding: seen(row(&finding, &Deadlines::of(&state)), &reader),
        rule,
        context: context.collect(),
        evidence,
    }))
}
