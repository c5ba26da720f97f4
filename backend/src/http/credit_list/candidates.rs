//! Units that a rule of the dictionary `credit_acts` names: by their uploads, by their cases, by their entries of a year.

use std::collections::HashMap;

use jiff::ToSpan;
use jiff::civil::Date;
use nengce_core::reference::CreditAct;
use nengce_shared::api::case::CaseRow;
use nengce_shared::api::common::UnitRef;
use nengce_shared::api::credit::{CreditCandidate, CreditEntry};
use nengce_shared::api::targets::Reason;
use nengce_shared::case::CaseStep;
use nengce_shared::credit::{CreditLevel, CreditStep};

use crate::http::access::reader::Reader;
use crate::http::cases::list::sorted_rows;
use crate::http::content::problem::ApiResult;
use crate::http::content::query::Params;
use crate::http::state::AppState;
use crate::http::views::city::targets::ranking;
use crate::store::cases::CaseQuery;

/// General acts within twelve months that make a serious one.
const ACTS_OF_A_YEAR: usize = 3;

/// The violation of whoever did not build, did not upload or did not keep the system running.
const ONLINE_MONITORING: &str = "V10";
/// The violation of whoever refused or obstructed an inspection.
const OBSTRUCTION: &str = "V11";

/// What a rule found.
struct Found {
    unit: UnitRef,
    zh: String,
    en: String,
    case_id: Option<u64>,
}

/// The candidates, but for those whose entry for the act stands.
pub(super) async fn candidates(
    state: &AppState,
    reader: &Reader,
    entries: &[CreditEntry],
) -> ApiResult<Vec<CreditCandidate>> {
    let query = CaseQuery { units: reader.units(state), ..CaseQuery::default() };
    let cases = sorted_rows(state, query, &[], false).await?;
    let params =
        Params::read(&axum::http::Uri::from_static("/"), &[], nengce_shared::lang::Lang::Zh)?;
    let targets = ranking(state, reader, &params).await?.targets;
    let (today, dictionaries) = (state.clock.today(), state.dictionaries());
    let by_reason = |reason: Reason| -> Vec<Found> {
        let parts = targets.rows.iter().flat_map(|row| row.parts.iter().map(move |it| (row, it)));
        // Only what gives all the points of its criterion is enough for a list of names.
        let criterion = targets.criteria.iter().find(|it| it.reason == reason);
        let most = criterion.map_or(f64::INFINITY, |it| it.weight);
        let found = parts.filter(|(_, it)| it.reason == reason && it.points >= most);
        let of = |(row, part): (
            &nengce_shared::api::targets::TargetRow,
            &nengce_shared::api::targets::ScorePart,
        )| Found {
            unit: row.unit.clone(),
            zh: part.evidence_zh.clone(),
            en: part.evidence_en.clone(),
            case_id: case_of(&cases, &row.unit, ONLINE_MONITORING),
        };
        found.map(of).collect()
    };
    let mut all = Vec::new();
    for act in &dictionaries.credit_acts {
        let found = match act.rule.as_str() {
            "not_built" => by_reason(Reason::NeverUploaded),
            "not_uploading" => by_reason(Reason::Silent),
            "not_kept_running" => by_reason(Reason::Completeness),
            "order_not_carried_out" => not_carried_out(&cases, |_| true),
            "obstruction" => not_carried_out(&cases, |it| it.violation == OBSTRUCTION),
            _ => within_a_year(entries, today),
        };
        let is_new = |it: &Found| !entries.iter().any(|entry| stands(entry, &it.unit, act));
        all.extend(found.into_iter().filter(is_new).map(|it| candidate(act, it)));
    }
    Ok(all)
}

/// Whether an entry of a unit for an act has not come to its end.
pub(super) fn stands(it: &CreditEntry, unit: &UnitRef, act: &CreditAct) -> bool {
    let is_same = it.record.uscc == unit.enterprise_code && it.record.act_code == act.code;
    is_same && !it.state.is_end() && !it.is_expired
}

fn candidate(act: &CreditAct, it: Found) -> CreditCandidate {
    CreditCandidate {
        unit: it.unit,
        act: act.code.clone(),
        act_zh: act.zh.clone(),
        act_en: act.en.clone(),
        level: CreditLevel::parse(&act.level).unwrap_or(CreditLevel::General),
        ground: act.ground.clone(),
        certainty: act.provenance.certainty.clone(),
        zh: it.zh,
        en: it.en,
        case_id: it.case_id,
    }
}

/// The newest case of a unit about a violation.
fn case_of(cases: &[CaseRow], unit: &UnitRef, violation: &str) -> Option<u64> {
    let of = cases
        .iter()
        .filter(|it| it.unit.enterprise_code == unit.enterprise_code && it.violation == violation);
    of.map(|it| it.case_id).max()
}

/// Cases whose order was not carried out.
fn not_carried_out(cases: &[CaseRow], is_of: impl Fn(&CaseRow) -> bool) -> Vec<Found> {
    let after = [
        CaseStep::NotMet,
        CaseStep::IntendedPenalty,
        CaseStep::HearingNotice,
        CaseStep::HearingHeld,
    ];
    let decided = [CaseStep::ReviewPassed, CaseStep::Decision, CaseStep::Surcharge, CaseStep::Paid];
    let is_not_met = |it: &&CaseRow| after.contains(&it.state) || decided.contains(&it.state);
    let found = cases.iter().filter(is_not_met).filter(|it| is_of(it));
    let of = |it: &CaseRow| Found {
        unit: it.unit.clone(),
        zh: format!("案件 {}：{}，整改期满复查未达到", it.case_id, it.violation_zh),
        en: format!("case {}: {}, order not carried out", it.case_id, it.violation_en),
        case_id: Some(it.case_id),
    };
    found.map(of).collect()
}

/// Units with three general entries within the last twelve months.
fn within_a_year(entries: &[CreditEntry], today: Date) -> Vec<Found> {
    let since = today.saturating_sub(12.months());
    let mut of: HashMap<&str, Vec<&CreditEntry>> = HashMap::new();
    for it in entries {
        let listed = it.record.listed_on.parse::<Date>().is_ok_and(|day| day > since);
        let is_general =
            it.record.level == CreditLevel::General.label(nengce_shared::lang::Lang::Zh);
        if listed && is_general && it.state != CreditStep::Withdrawn {
            of.entry(&it.record.uscc).or_default().push(it);
        }
    }
    let found = of.into_values().filter(|it| it.len() >= ACTS_OF_A_YEAR);
    let of = |it: Vec<&CreditEntry>| Found {
        unit: it[0].unit.clone(),
        zh: format!("近 12 个月一般失信 {} 次", it.len()),
        en: format!("{} general acts within 12 months", it.len()),
        case_id: it.iter().map(|it| it.case_id).max(),
    };
    let mut found: Vec<Found> = found.map(of).collect();
    found.sort_by(|a, b| a.unit.enterprise_code.cmp(&b.unit.enterprise_code));
    found
}
