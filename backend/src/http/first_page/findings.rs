//! The part about open findings of the quality rules.

use nengce_core::quality::{RULES, Severity};
use nengce_shared::api::home::HomePart;

use super::part::{MOST_ROWS, Within, figure, late, part, row};
use crate::http::content::problem::ApiResult;
use crate::http::quality::deadlines::Deadlines;
use crate::http::quality::findings as quality;
use crate::store::quality::list::{self, FindingQuery};

const FINDINGS: (&str, &str) = ("条", "findings");
const OPEN: &str = "open";

pub(super) async fn findings(within: &Within<'_>) -> ApiResult<HomePart> {
    let wanted = FindingQuery {
        units: within.units(),
        rules: RULES.iter().map(|it| it.name).collect(),
        state: OPEN.to_owned(),
        limit: MOST_ROWS as u32,
        ..FindingQuery::default()
    };
    let (found, counts) = within
        .state
        .store
        .read(move |conn| Ok((list::findings(conn, &wanted)?, list::counts(conn, &wanted)?)))
        .await?;
    let is_high =
        |name: &str| RULES.iter().any(|it| it.name == name && it.severity == Severity::High);
    let open = counts.iter().filter(|it| it.1 == OPEN);
    let all: u64 = open.clone().map(|it| it.2).sum();
    let high: u64 = open.filter(|it| is_high(&it.0)).map(|it| it.2).sum();
    let figures = vec![
        figure("open", ("质量问题", "open findings"), all as f64, FINDINGS, "/quality"),
        late(
            "high",
            ("其中严重", "of high severity"),
            high as f64,
            FINDINGS,
            "/quality?severity=high",
        ),
    ];
    let deadlines = Deadlines::of(within.state);
    let rows = found.iter().map(|it| {
        let it = quality::row(it, &deadlines);
        let link = format!("/quality?finding={}", it.finding_id);
        let zh = format!("{} · {}", it.to, it.summary_zh);
        let en = format!("{} · {}", it.to, it.summary_en);
        let late = if it.overdue { ("，已超期", ", overdue") } else { ("", "") };
        let note = (format!("{zh}{}", late.0), format!("{en}{}", late.1));
        let days = figure("days", ("天数", "Days"), f64::from(it.days), ("", ""), &link);
        row(&it.unit.name, link, (&note.0, &note.1), vec![days])
    });
    let mut part = part(
        ("findings", "/quality"),
        ("质量问题", "Quality findings"),
        ("未处理 · 新的在前", "open, newest first"),
        figures,
        rows.collect(),
    );
    part.rows_total = all;
    Ok(part)
}
