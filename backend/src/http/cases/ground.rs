//! What an entry of the credit list rests on: the served order or decision of a case, and the hash of its evidence.

use std::collections::HashMap;

use jiff::civil::Date;
use nengce_core::cases::Step;
use nengce_core::cases::progress::Progress;
use nengce_shared::api::common::UnitRef;
use nengce_shared::case::CaseStep as S;
use sha2::{Digest, Sha256};

use super::{find, refused};
use crate::http::access::reader::Reader;
use crate::http::content::problem::ApiResult;
use crate::http::state::AppState;
use crate::store::cases::{self, papers};

/// What a case gives an entry.
pub(in crate::http) struct Ground {
    pub unit_id: i32,
    pub unit: UnitRef,
    pub decision_no: String,
    pub decision_date: String,
    pub evidence_sha256: String,
}

/// The ground of a case.
pub(in crate::http) async fn ground_of(
    state: &AppState,
    reader: &Reader,
    id: u64,
) -> ApiResult<Ground> {
    let case = find(state, reader, id).await?;
    let ask = move |conn: &_| Ok((papers::evidence(conn, id)?, papers::documents(conn, id)?));
    let (evidence, documents) = state.store.read(ask).await?;
    let progress = case.progress();
    let decided = [progress.last(S::Decision), progress.last(S::Order)];
    let served = decided.into_iter().flatten().find(|it| progress.served_on(it).is_some());
    let Some(step) = served else {
        return Err(refused(
            "案件还没有送达的整改通知或处罚决定",
            "no order or decision of the case has been served",
        ));
    };
    if progress.last(S::Revoked).is_some() {
        return Err(refused("案件的决定已被撤销", "the decision of the case was revoked"));
    }
    if evidence.is_empty() {
        return Err(refused("案件没有冻结的证据", "nothing is frozen in the case"));
    }
    let document = documents.iter().find(|it| it.step == step.number);
    let mut hash = Sha256::new();
    for it in &evidence {
        hash.update(format!("{}:{}\n", it.number, it.sm3));
    }
    Ok(Ground {
        unit_id: case.head.unit_id,
        unit: case.head.unit.named(&case.dictionaries),
        decision_no: document.map(|it| it.number.clone()).unwrap_or_default(),
        decision_date: step.on.to_string(),
        evidence_sha256: const_hex::encode(hash.finalize()),
    })
}

/// The day on which the decision of a case was revoked, for those of some cases that were.
pub(in crate::http) async fn revoked_on(
    state: &AppState,
    of_cases: &[u64],
) -> ApiResult<HashMap<u64, Date>> {
    let ids = of_cases.to_vec();
    let kept = state.store.read(move |conn| cases::steps(conn, &ids)).await?;
    let mut of: HashMap<u64, Vec<Step>> = HashMap::new();
    for it in kept {
        of.entry(it.case_id).or_default().push(it.step);
    }
    let revoked =
        |(id, steps): (u64, Vec<Step>)| Some((id, Progress::new(&steps).last(S::Revoked)?.on));
    Ok(of.into_iter().filter_map(revoked).collect())
}
