//! Kinds of files and the fields of their rows: names for people and the words that headers use for them. No state.

use nengce_shared::lang::Lang;

/// A field of a row: its name on the wire, zh, en, and further words that a header may hold.
pub type Field = (&'static str, &'static str, &'static str, &'static [&'static str]);

pub const KINDS: [(&str, &str, &str); 6] = [
    ("readings", "读数表", "Readings"),
    ("records", "逐条记录", "Records"),
    ("economy", "经济数据", "Economy"),
    ("targets", "控制目标", "Targets"),
    ("units", "单位名单", "Units"),
    ("temperatures", "日平均气温", "Temperatures"),
];

const RECORDS: [Field; 9] = [
    ("enterpriseCode", "统一社会信用代码", "Credit code", &["信用代码", "企业代码", "credit"]),
    ("dataCode", "数据编码", "Data code", &["采集项编码", "编码"]),
    ("statType", "采集频率", "Frequency", &["统计类型", "周期"]),
    ("statDate", "数据时间", "Time", &["统计时间", "时间", "日期", "date", "time"]),
    ("dataValue", "数据值", "Value", &["数值", "值", "value"]),
    ("inputType", "采集方式", "Input type", &["录入方式"]),
    ("valid", "有效", "Valid", &[]),
    ("scope", "采集范围", "Scope", &["范围"]),
    ("dataUnit", "计量单位", "Unit of measure", &["单位", "unit"]),
];
const ECONOMY: [Field; 6] = [
    ("region_code", "行政区划代码", "Region code", &["区划", "地区", "region"]),
    ("month", "月份", "Month", &["月", "时间", "日期"]),
    ("value_added", "增加值", "Value added", &["gdp"]),
    ("price_year", "可比价年份", "Price year", &["价格年", "可比价"]),
    ("estimated", "是否估算", "Estimated", &["估算"]),
    ("source", "来源", "Source", &[]),
];
const TARGETS: [Field; 8] = [
    ("scope", "范围", "Scope", &[]),
    ("code", "代码", "Code", &[]),
    ("kind", "指标", "Kind", &["目标类型"]),
    ("from_year", "起始年", "From year", &["起"]),
    ("to_year", "终止年", "To year", &["止"]),
    ("value", "目标值", "Value", &["数值"]),
    ("basis", "折标口径", "Basis", &["口径"]),
    ("source", "来源", "Source", &[]),
];
const UNITS: [Field; 5] = [
    ("enterprise_code", "统一社会信用代码", "Credit code", &["信用代码", "企业代码"]),
    ("name", "单位名称", "Name", &["名称", "企业"]),
    ("region_code", "行政区划代码", "Region code", &["区划", "地区"]),
    ("industry_code", "行业代码", "Industry code", &["行业"]),
    ("class", "类别", "Class", &[]),
];
const TEMPERATURES: [Field; 4] = [
    ("region_code", "行政区划代码", "Region code", &["区划", "地区", "region"]),
    ("day", "日期", "Day", &["时间", "date"]),
    ("mean_celsius", "日平均气温", "Daily mean, °C", &["气温", "温度", "temperature"]),
    ("source", "来源", "Source", &[]),
];

/// The fields of a kind; none for a table of readings, whose columns are data items.
pub fn fields(kind: &str) -> &'static [Field] {
    match kind {
        "records" => &RECORDS,
        "economy" => &ECONOMY,
        "targets" => &TARGETS,
        "units" => &UNITS,
        "temperatures" => &TEMPERATURES,
        _ => &[],
    }
}

/// What a file of the kind looks like.
pub fn about(kind: &str, lang: Lang) -> &'static str {
    let (zh, en) = match kind {
        "records" => (
            "每行一个值：单位、数据编码、时间、数值。可含多家单位。",
            "A row per value: unit, data code, time, value. May hold many units.",
        ),
        "economy" => (
            "每行一个地区一个月的增加值（可比价，万元）。",
            "A row per region and month: value added, 10⁴ yuan at comparable prices.",
        ),
        "targets" => (
            "每行一个控制目标：总量，或年度、五年强度降幅。",
            "A row per control target: a total, or a fall of intensity in a year or five.",
        ),
        "units" => ("每行一家重点用能单位。", "A row per key energy-using unit."),
        "temperatures" => (
            "每行一个地区一天的平均气温，°C；用来计算采暖和空调度日数。",
            "A row per region and day: the mean temperature, °C, from which degree days are made.",
        ),
        _ => (
            "一列时间，每个采集项一列；多家单位时再加一列统一社会信用代码。",
            "A column of time, a column per data item; for many units a column of credit codes too.",
        ),
    };
    lang.pick(zh, en)
}
