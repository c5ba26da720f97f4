//! The part about meters whose calibration is overdue or due soon.

use nengce_shared::api::home::HomePart;

use super::part::{TCE, Within, figure, late, part, row};
use crate::http::content::problem::ApiResult;
use crate::store::queries::home;

const METERS: (&str, &str) = ("台", "meters");
/// The panel itself, because no other page lists the meters of several units.
const LINK: &str = "/home#part-meters";
/// Units that are listed at most.
const MOST_UNITS: usize = 500;

pub(super) async fn meters(within: &Within<'_>) -> ApiResult<HomePart> {
    let (today, units) = (within.state.clock.today().to_string(), within.units());
    let found =
        within.state.store.read(move |conn| Ok(home::meters(conn, &today, &units)?)).await?;
    let sum = |of: fn(&home::UnitMeters) -> u32| f64::from(found.iter().map(of).sum::<u32>());
    let tce: f64 = found.iter().map(|it| it.overdue_tce).sum();
    // One unit has a page that names each meter.
    let link = match found.as_slice() {
        [only] => format!("/units/{}#meters", only.code),
        _ => LINK.to_owned(),
    };
    let soon = sum(|it| it.soon);
    let overdue = sum(|it| it.overdue);
    let figures = vec![
        figure("soon", ("30 天内到期", "due within 30 days"), soon, METERS, &link),
        late("overdue", ("逾期", "overdue"), overdue, METERS, &link),
        figure("energy", ("逾期器具计量", "measured by them"), tce, TCE, &link),
    ];
    let rows = found.iter().map(|it| {
        let link = format!("/units/{}#meters", it.code);
        let columns = vec![
            late("overdue", ("逾期", "Overdue"), f64::from(it.overdue), ("", ""), &link),
            figure("soon", ("30 天内", "In 30 days"), f64::from(it.soon), ("", ""), &link),
            figure(
                "energy",
                ("逾期器具计量 tce", "Measured, tce"),
                it.overdue_tce,
                ("", ""),
                &link,
            ),
        ];
        let note = (format!("最早 {}", it.first), format!("first due {}", it.first));
        row(&it.name, link, (&note.0, &note.1), columns)
    });
    let rows: Vec<_> = rows.collect();
    let all = rows.iter().take(MOST_UNITS).cloned().collect();
    let first = part(
        ("meters", &link),
        ("计量器具到期", "Meters due"),
        (
            "逾期最久的在前 · 能耗为近 12 个月",
            "longest overdue first; energy of the last 12 months",
        ),
        figures,
        rows,
    );
    Ok(HomePart { rows: all, ..first })
}
