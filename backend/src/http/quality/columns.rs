//! Columns of the files that the list of findings is given as.

use nengce_core::quality::rule;
use nengce_shared::api::quality::FindingRow;

use crate::http::content::table::Column;

pub const FINDING: [Column<FindingRow>; 14] = [
    Column { zh: "编号", en: "Finding", cell: |it, _| it.finding_id.into() },
    Column {
        zh: "规则",
        en: "Rule",
        cell: |it, lang| {
            rule(&it.rule).map_or(it.rule.as_str(), |it| lang.pick(it.zh, it.en)).into()
        },
    },
    Column { zh: "严重程度", en: "Severity", cell: |it, _| it.severity.as_str().into() },
    Column { zh: "状态", en: "State", cell: |it, _| it.state.as_str().into() },
    Column {
        zh: "统一社会信用代码",
        en: "Enterprise code",
        cell: |it, _| it.unit.enterprise_code.as_str().into(),
    },
    Column { zh: "单位", en: "Unit", cell: |it, _| it.unit.name.as_str().into() },
    Column { zh: "数据编码", en: "Data code", cell: |it, _| it.data_code.clone().into() },
    Column { zh: "起", en: "From", cell: |it, _| it.from.as_str().into() },
    Column { zh: "止", en: "To", cell: |it, _| it.to.as_str().into() },
    Column { zh: "天数", en: "Days", cell: |it, _| it.days.into() },
    Column {
        zh: "说明",
        en: "What was found",
        cell: |it, lang| lang.pick(it.summary_zh.as_str(), it.summary_en.as_str()).into(),
    },
    Column { zh: "首次发现", en: "First seen", cell: |it, _| it.first_seen.as_str().into() },
    Column { zh: "逾期", en: "Overdue", cell: |it, _| it.overdue.into() },
    Column {
        zh: "说明原因",
        en: "Reason for the waiver",
        cell: |it, _| it.waiver.as_ref().map(|it| it.reason.clone()).into(),
    },
];
