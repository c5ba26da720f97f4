//! Entries as they stand: state, the row of the export, what may follow.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::Date;
use nengce_core::cases::Terms;
use nengce_core::credit::{self, Step};
use nengce_core::reference::Dictionaries;
use nengce_shared::api::credit::{CreditEntry, CreditNext, CreditRecord, CreditStepRow};
use nengce_shared::case::CaseActor;
use nengce_shared::credit::CreditStep;

use crate::http::access::reader::Reader;
use crate::http::cases::revoked_on;
use crate::http::content::problem::{ApiError, ApiResult};
use crate::http::state::AppState;
use crate::store::credit::{self as store, EntryHead, KeptStep};
use crate::store::unit_ids::UnitIds;

/// An entry with its steps.
pub(super) struct Loaded {
    pub head: EntryHead,
    pub steps: Vec<KeptStep>,
    pub revoked_on: Option<Date>,
    dictionaries: Arc<Dictionaries>,
}

impl Loaded {
    pub(super) fn plain(&self) -> Vec<Step> {
        self.steps.iter().map(|it| Step { step: it.step, by: it.by.clone(), on: it.on }).collect()
    }

    pub(super) fn terms(&self) -> Terms<'_> {
        Terms::of(&self.dictionaries)
    }
}

/// The entries of units, newest first; by number unless it is 0.
pub(super) async fn load(state: &AppState, units: UnitIds, id: u64) -> ApiResult<Vec<Loaded>> {
    let most = state.config.max_credit_entries;
    let ask = move |conn: &_| {
        let heads = store::entries(conn, &units, id, most)?;
        let ids: Vec<u64> = heads.iter().map(|it| it.entry_id).collect();
        Ok((heads, store::steps(conn, &ids)?))
    };
    let (heads, steps) = state.store.read(ask).await?;
    let mut of: HashMap<u64, Vec<KeptStep>> = HashMap::new();
    for it in steps {
        of.entry(it.entry_id).or_default().push(it);
    }
    let cases: Vec<u64> = heads.iter().map(|it| it.case_id).collect();
    let revoked = revoked_on(state, &cases).await?;
    let dictionaries = state.dictionaries();
    let whole = |head: EntryHead| Loaded {
        steps: of.remove(&head.entry_id).unwrap_or_default(),
        revoked_on: revoked.get(&head.case_id).copied(),
        dictionaries: Arc::clone(&dictionaries),
        head,
    };
    Ok(heads.into_iter().map(whole).collect())
}

/// An entry within the reach of the reader.
pub(super) async fn find(state: &AppState, reader: &Reader, id: u64) -> ApiResult<Loaded> {
    let found = if id == 0 { Vec::new() } else { load(state, reader.units(state), id).await? };
    found
        .into_iter()
        .next()
        .ok_or_else(|| ApiError::missing("失信认定", "credit entry", &id.to_string()))
}

/// The row of the export.
pub(super) fn record(it: &Loaded) -> CreditRecord {
    let on = |step: CreditStep| it.steps.iter().rev().find(|it| it.step == step).map(|it| it.on);
    let text = |day: Option<Date>| day.map(|it| it.to_string()).unwrap_or_default();
    let listed = on(CreditStep::Listed);
    CreditRecord {
        listed_on: text(listed),
        expires_on: text(listed.map(|day| day.saturating_add(i64::from(it.head.months).months()))),
        cured_on: text(on(CreditStep::Cured)),
        withdrawn_on: text(on(CreditStep::Withdrawn)),
        ..it.head.record.clone()
    }
}

/// An entry as somebody with these parts sees it.
pub(super) fn entry(it: &Loaded, acts_as: &[CaseActor], by: &str, today: Date) -> CreditEntry {
    let (plain, terms) = (it.plain(), it.terms());
    let state = credit::state(&plain);
    let next = credit::next(&plain).into_iter().map(|step| {
        let refused = credit::refused(&plain, step, by, today, &terms);
        CreditNext {
            step,
            is_mine: acts_as.contains(&credit::actor(step))
                || (step == CreditStep::Refused && acts_as.contains(&CaseActor::Reviewer)),
            blocked_zh: refused.as_ref().map(|it| it.zh.clone()),
            blocked_en: refused.map(|it| it.en),
        }
    });
    let record = record(it);
    let noticed = it.steps.iter().rev().find(|it| it.step == CreditStep::Noticed).map(|it| it.on);
    let is_revoked = it.revoked_on.is_some() && state == CreditStep::Listed;
    let due = match (is_revoked, it.revoked_on, noticed) {
        (true, Some(day), _) => terms.after("unpublish", day).ok(),
        (_, _, Some(day)) if state == CreditStep::Noticed => {
            terms.after("credit_objection", day).ok()
        }
        _ => None,
    };
    CreditEntry {
        entry_id: it.head.entry_id,
        unit: it.head.unit.named(&it.dictionaries),
        case_id: it.head.case_id,
        act_en: it.head.act_en.clone(),
        state,
        is_expired: record.expires_on.parse::<Date>().is_ok_and(|day| day < today),
        record,
        steps: it.steps.iter().map(step_row).collect(),
        next: next.collect(),
        due: due.map(|it| it.to_string()),
        is_revoked,
        push: it.head.push,
    }
}

fn step_row(it: &KeptStep) -> CreditStepRow {
    CreditStepRow {
        step: it.step,
        by: it.by.clone(),
        on: it.on.to_string(),
        at: it.at.clone(),
        text: it.text.clone(),
    }
}
