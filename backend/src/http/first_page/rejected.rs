//! The part about rejected entries by reason, and what the server has yet to work through.

use nengce_shared::api::home::HomePart;

use super::part::{Within, figure, late, part, row};
use crate::clock;
use crate::http::content::problem::ApiResult;
use crate::store::queries::operation;

const OPERATION: &str = "/operation?days=1";

pub(super) async fn rejected(within: &Within<'_>) -> ApiResult<HomePart> {
    let (store, now) = (&within.state.store, clock::text(within.state.clock.now()));
    let found = store.read(move |conn| Ok(operation::reasons(conn, &now, 1)?)).await?;
    let sum = found.iter().map(|it| it.entries as f64).sum();
    let days = store.quality_backlog().days as f64;
    let figures = vec![
        late(
            "rejected",
            ("24 小时拒收", "rejected in 24 hours"),
            sum,
            ("条", "entries"),
            OPERATION,
        ),
        figure(
            "queue",
            ("待写入", "waiting to be written"),
            store.callers_waiting() as f64,
            ("件", "messages"),
            OPERATION,
        ),
        figure("quality", ("质量待评", "item-days to assess"), days, ("项日", ""), "/quality"),
    ];
    let rows = found.iter().map(|it| {
        let link = format!("/uploads?upload={}", it.upload_id);
        let at = it.last_at.get(5..16).unwrap_or_default();
        let note = (format!("{} · 最近 {at}", it.field), format!("{} · last {at}", it.field));
        let columns = vec![
            figure("entries", ("条目", "Entries"), it.entries as f64, ("", ""), &link),
            figure("units", ("单位", "Units"), it.units as f64, ("", ""), &link),
        ];
        let mut row = row(&it.reason_zh, link, (&note.0, &note.1), columns);
        row.en.clone_from(&it.reason_en);
        row
    });
    Ok(part(
        ("rejected", OPERATION),
        ("拒收与积压", "Rejected and backlog"),
        ("近 24 小时 · 全部单位", "last 24 hours, all units"),
        figures,
        rows.collect(),
    ))
}
