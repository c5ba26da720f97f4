//! The names of dictionaries in words.

use crate::lang::Lang;

/// A dictionary by its name on the wire; one that a newer platform sent keeps that name.
pub fn dictionary_words(name: &str, lang: Lang) -> &str {
    match name {
        "energy_types" => lang.pick("能源品种", "Energy types"),
        "factors" => lang.pick("折标系数", "Factors"),
        "usage_roles" => lang.pick("用途", "Usages"),
        "regions" => lang.pick("区划", "Regions"),
        "industries" => lang.pick("行业", "Industries"),
        "processes" => lang.pick("工序", "Processes"),
        "products" => lang.pick("产品", "Products"),
        "indicators" => lang.pick("指标", "Indicators"),
        "benchmarks" => lang.pick("标杆与限额", "Benchmarks and limits"),
        "meter_equip_rates" => lang.pick("计量器具配备率", "Equip rates of meters"),
        "working_days" => lang.pick("工作日历", "Working days"),
        "violations" => lang.pick("违法情形与罚则", "Violations and fines"),
        "case_deadlines" => lang.pick("案件期限", "Deadlines of cases"),
        "credit_acts" => lang.pick("失信行为", "Acts of the credit list"),
        other => other,
    }
}
