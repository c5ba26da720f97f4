//! The part of whoever runs the machine: whether uploads are taken, room on the disk, the last backup.

use nengce_core::audit::Outcome;
use nengce_shared::api::home::{HomeFigure, HomePart};
use nengce_shared::lang::Lang;

use super::part::{Within, Words, figure, part, row};
use crate::http::content::problem::ApiResult;
use crate::store::audit::{AuditQuery, page};

const LINK: &str = "/operation";
const GIB: f64 = 1_073_741_824.0;

/// Bytes in GiB, or in MiB where that is less than one.
fn size(name: &str, words: Words<'_>, bytes: Option<u64>) -> HomeFigure {
    let gib = bytes.map(|it| it as f64 / GIB);
    let is_small = gib.is_some_and(|it| it < 1.0);
    let (factor, unit) = if is_small { (1024.0, ("MiB", "MiB")) } else { (1.0, ("GiB", "GiB")) };
    figure(name, words, gib.map(|it| (it * factor * 10.0).round() / 10.0), unit, LINK)
}

pub(super) async fn machine(within: &Within<'_>) -> ApiResult<HomePart> {
    let store = &within.state.store;
    let last = AuditQuery {
        from: jiff::civil::Date::MIN,
        to: jiff::civil::Date::MAX,
        actor: String::new(),
        action: "maintenance.backup".to_owned(),
        object: String::new(),
        outcome: Outcome::Done.as_str().to_owned(),
        oldest_first: false,
        after: None,
        limit: 1,
    };
    store.flush_audit().await?;
    let backup = store.read(move |conn| Ok(page(conn, &last)?)).await?;
    let why = store.not_ready();
    let state = match &why {
        None => ("正在接收上报".to_owned(), "uploads are taken".to_owned()),
        Some(why) => (why.reason(Lang::Zh).to_owned(), why.reason(Lang::En).to_owned()),
    };
    let backup = backup.first().map(|it| it.event.at.get(..16).unwrap_or_default().to_owned());
    let backup = match backup {
        Some(at) => (at.clone(), at),
        None => ("没有记录".to_owned(), "none on record".to_owned()),
    };
    let resting = within.state.parts.resting().join(", ");
    let parts = match resting.as_str() {
        "" => ("全部运行".to_owned(), "all run".to_owned()),
        _ => (format!("暂停：{resting}"), format!("resting: {resting}")),
    };
    let (free, used) = store.bytes_free_and_used();
    let mut figures = vec![
        size("free", ("磁盘可用", "free on the disk"), free),
        size("used", ("数据库", "database"), used),
        figure(
            "queue",
            ("待写入", "waiting to be written"),
            store.callers_waiting() as f64,
            ("件", "messages"),
            LINK,
        ),
    ];
    figures[0].is_late = why.is_some();
    let line = |zh: &str, en: &str, note: &(String, String)| {
        let mut row = row(zh, LINK.to_owned(), (&note.0, &note.1), Vec::new());
        en.clone_into(&mut row.en);
        row
    };
    let rows = vec![
        line("上报", "Uploads", &state),
        line("后台任务", "Background tasks", &parts),
        line("最近备份", "Last backup", &backup),
    ];
    Ok(part(("machine", LINK), ("本机", "This machine"), ("", ""), figures, rows))
}
