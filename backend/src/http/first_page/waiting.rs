//! The part about what waits for a decision: terminals, claims, changes of units, late values.

use nengce_shared::api::home::HomePart;

use super::part::{MOST_ROWS, Within, figure, part, row};
use crate::http::content::problem::ApiResult;
use crate::store::change::unit_change_list;
use crate::store::queries::claims;
use crate::store::queries::devices::{self, DeviceQuery};
use crate::store::replacement::pending;

const PENDING: &str = "pending";
const DEVICES: &str = "/terminals?state=pending";

pub(super) async fn waiting(within: &Within<'_>) -> ApiResult<HomePart> {
    let wanted = DeviceQuery {
        state: PENDING.to_owned(),
        q: String::new(),
        after: Default::default(),
        limit: MOST_ROWS as u32,
        all: true,
        units: within.units(),
    };
    let (found, counts) = within
        .state
        .store
        .read(move |conn| {
            let (found, devices) = devices::page(conn, &wanted)?;
            let claims = claims::count(conn, PENDING, "")?;
            let changes = unit_change_list::count(conn, PENDING, "")?;
            Ok((found, [devices, claims, changes, pending::count(conn, "open", "")?]))
        })
        .await?;
    let [devices, claims, changes, replacements] = counts.map(|it| it as f64);
    let figures = vec![
        figure("devices", ("终端待核准", "terminals to approve"), devices, ("台", ""), DEVICES),
        figure("claims", ("更换申请", "claims"), claims, ("件", ""), "/terminals?tab=claims"),
        figure(
            "unit_changes",
            ("单位变更", "changes of units"),
            changes,
            ("件", ""),
            "/terminals?tab=changes",
        ),
        figure(
            "replacements",
            ("迟到替换待批", "late values to approve"),
            replacements,
            ("条", ""),
            "/uploads?held=open",
        ),
    ];
    let rows = found.into_iter().map(|it| {
        let name = it.unit_name.as_deref().unwrap_or(&it.enterprise_code);
        let link = format!("/terminals?state=pending&q={}", it.enterprise_code);
        let at = it.registered_at.get(..16).unwrap_or_default();
        let note = (format!("{at} 登记"), format!("registered {at}"));
        row(name, link, (&note.0, &note.1), Vec::new())
    });
    let mut part = part(
        ("waiting", DEVICES),
        ("待核准", "To decide"),
        ("终端、申请、变更与迟到值", "terminals, claims, changes and late values"),
        figures,
        rows.collect(),
    );
    part.rows_total = counts[0];
    Ok(part)
}
