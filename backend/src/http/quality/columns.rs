//! Columns of the files that the list of findings is given as.

use nengce_core::quality::rule;
use nengce_shared::api::quality::FindingRow;

use crate::http::content::table::Column;

pub(super) const FINDING: [Column<FindingRow>; 14] = [
    Column::new("编号", "Finding", |it, _| it.finding_id.into()),
    Column::new("规则", "Rule", |it, lang| {
        rule(&it.rule).map_or(it.rule.as_str(), |it| lang.pick(it.zh, it.en)).into()
    }),
    Column::new("严重程度", "Severity", |it, _| it.severity.as_str().into()),
    Column::new("状态", "State", |it, _| it.state.as_str().into()),
    Column::new("统一社会信用代码", "Enterprise code", |it, _| {
        it.unit.enterprise_code.as_str().into()
    }),
    Column::new("单位", "Unit", |it, _| it.unit.name.as_str().into()),
    Column::new("数据编码", "Data code", |it, _| it.data_code.clone().into()),
    Column::new("起", "From", |it, _| it.from.as_str().into()),
    Column::new("止", "To", |it, _| it.to.as_str().into()),
    Column::new("天数", "Days", |it, _| it.days.into()),
    Column::new("说明", "What was found", |it, lang| {
        lang.pick(it.summary_zh.as_str(), it.summary_en.as_str()).into()
    }),
    Column::new("首次发现", "First seen", |it, _| it.first_seen.as_str().into()),
    Column::new("逾期", "Overdue", |it, _| it.overdue.into()),
    Column::new("说明原因", "Reason for the waiver", |it, _| {
        it.waiver.as_ref().map(|it| it.reason.clone()).into()
    }),
];
