//! The part of the auditor: what was recorded today, and how much of it was refused or failed.

use nengce_core::audit::Outcome;
use nengce_shared::api::home::HomePart;

use super::part::{Within, figure, late, part};
use crate::http::content::problem::ApiResult;
use crate::store::audit::{AuditQuery, count};

const ENTRIES: (&str, &str) = ("条", "entries");

pub(super) async fn audit(within: &Within<'_>) -> ApiResult<HomePart> {
    let (store, today) = (&within.state.store, within.state.clock.today());
    store.flush_audit().await?;
    let of = move |outcome: &str| AuditQuery {
        from: today,
        to: today,
        actor: String::new(),
        action: String::new(),
        object: String::new(),
        outcome: outcome.to_owned(),
        oldest_first: false,
        after: None,
        limit: 1,
    };
    let outcomes = ["", Outcome::Refused.as_str(), Outcome::Failed.as_str()];
    let counts = store.read(move |conn| {
        let counts = outcomes.into_iter().map(|it| count(conn, &of(it)));
        Ok(counts.collect::<Result<Vec<u64>, _>>()?)
    });
    let counts = counts.await?;
    let link = |outcome: &str| format!("/audit?since={today}&until={today}{outcome}");
    let value = |at: usize| counts.get(at).map_or(0.0, |it| *it as f64);
    let figures = vec![
        figure("entries", ("今日", "today"), value(0), ENTRIES, &link("")),
        late("refused", ("拒绝", "refused"), value(1), ENTRIES, &link("&outcome=refused")),
        late("failed", ("失败", "failed"), value(2), ENTRIES, &link("&outcome=failed")),
    ];
    Ok(part(("audit", "/audit"), ("审计日志", "Audit log"), ("", ""), figures, Vec::new()))
}
