//! The pack as a report: title page, list of tables, the tables with captions and foot notes, the energy flow.

mod body;
mod table;

use nengce_shared::api::audit_pack::AuditPack;

use super::{figure, layout};
use crate::http::content::docx::package;

/// The whole file.
pub(super) fn bytes(pack: &AuditPack) -> zip::result::ZipResult<Vec<u8>> {
    let picture = figure::png(pack);
    let checks = layout::checks(pack);
    let size = picture.as_ref().map(|it| (it.1, it.2));
    let report = body::report(pack, &checks, size);
    package::bytes(&report, picture.map(|it| it.0))
}
