//! Table 2: the key figures of the audit year and of the year before, with their change.

use nengce_shared::api::audit_pack::{PackCell, PackSheet};

use super::facts::{Facts, YearFacts};
use super::sheet::{change, figure, percent, ratio, sheet as table, text, with_rows, words};

/// Rows in the order of the form: a key, the name, the unit.
const ROWS: [(&str, &str, &str); 24] = [
    ("output_value", "工业总产值", "万元"),
    ("value_added", "工业增加值（可比价）", "万元"),
    ("revenue", "销售收入", "万元"),
    ("tax", "利税", "万元"),
    ("energy_cost", "能源总成本", "万元"),
    ("production_cost", "生产成本", "万元"),
    ("cost_share", "能源成本占生产成本比例", "%"),
    ("calorific", "综合能源消费量（当量值）", "tce"),
    ("equivalent", "综合能源消费量（等价值）", "tce"),
    ("feedstock", "其中：原料用能", "tce"),
    ("without_feedstock", "剔除原料用能后综合能耗（等价值）", "tce"),
    ("without_green", "扣除绿电后综合能耗（等价值）", "tce"),
    ("electrification", "电气化率（电力占能源消费，当量值）", "%"),
    ("per_output_calorific", "单位产值能耗（当量值）", "tce/万元"),
    ("per_output", "单位产值能耗（等价值）", "tce/万元"),
    ("per_value_added", "单位增加值能耗（等价值）", "tce/万元"),
    ("projects", "节能技改项目数", "个"),
    ("investment", "节能技改投资", "万元"),
    ("capacity", "形成节能能力", "tce/年"),
    ("benefit", "节能效益", "万元"),
    ("total_target", "考核指标：能源消费总量控制目标", "tce"),
    ("fall_target", "考核指标：单位产值能耗年下降率", "%"),
    ("months", "有能耗数据的月数", "个月"),
    ("completeness", "数据完整率", "%"),
];

/// The column of the audit year.
pub(super) const NOW: usize = 2;

/// The place of a row, by its key.
pub(super) fn row(key: &str) -> usize {
    ROWS.iter().position(|it| it.0 == key).unwrap_or_default()
}

/// Electricity as an energy type.
const ELECTRICITY: &str = "3300";

pub(super) fn sheet(facts: &Facts<'_>) -> PackSheet {
    let years = [facts.year, facts.year - 1];
    let head = ["指标", "计量单位", &format!("{}年", years[0]), &format!("{}年", years[1]), "增减"];
    let rows = ROWS.iter().map(|(key, name, unit)| {
        let [now, before] = years.map(|it| value(facts, key, it));
        let shown = |it: Option<f64>| if *unit == "%" { percent(it) } else { figure(it) };
        let change: PackCell = match *unit {
            // A difference of percentages is no change in percent.
            "%" | "个月" => super::sheet::empty(),
            _ => percent(change(now, before)),
        };
        vec![words(*name), words(*unit), shown(now), shown(before), change]
    });
    let measured = facts.energy.iter().any(|it| it.measured);
    let own = if measured { "；部分品种采用单位实测系数" } else { "" };
    let edition = facts.dictionaries.catalog().factor_edition;
    let mut notes = vec![
        text(
            format!(
                "综合能源消费量 = Σ 消费 − 加工转换产出 − 回收利用，由在线监测数据逐月汇总；折标系数版本 {edition}{own}。电力等价系数为当年全国火力发电煤耗（recalled，待核）。"
            ),
            format!(
                "Comprehensive consumption = Σ consumption − conversion output − recovery, summed by month; factors {edition}. The equivalent factor of electricity is recalled and to be checked."
            ),
        ),
        text(
            "工业总产值、增加值来自终端上报的指标（数据类别 09），增加值为可比价。电气化率 = 电力消费 ÷ Σ 能源消费（当量值，含加工转换投入）。",
            "Output value and value added are indicators that the terminal uploads (class 09). Electrification = electricity ÷ Σ consumption, calorific.",
        ),
        text(
            "空白格为平台未知：销售收入、利税、成本、原料用能、绿电、技改项目由用能单位填写。未知不等于零。",
            "An empty cell is not known to the platform; the unit fills it in. Unknown is not zero.",
        ),
    ];
    notes.extend(incomplete(facts));
    with_rows(table("2", ("主要技术指标", "Key figures"), &head), rows.collect(), notes)
}

fn value(facts: &Facts<'_>, key: &str, year: i16) -> Option<f64> {
    let it = facts.of_year(year)?;
    let target = |kind: &str| {
        let covers = |from: i16, to: i16| (from..=to).contains(&year);
        let found = facts.targets.iter();
        found
            .filter(|it| it.kind == kind && covers(it.from_year, it.to_year))
            .map(|it| it.value)
            .next()
    };
    match key {
        "output_value" => it.output_value,
        "value_added" => it.value_added,
        "calorific" => it.tce[0],
        "equivalent" => it.tce[1],
        "electrification" => {
            let consumed = facts.whole(year, "consumption").filter_map(|it| it.tce[0]);
            let all = consumed.reduce(|a, b| a + b);
            ratio(facts.tce(year, ELECTRICITY, "consumption", 0), all)
        }
        "per_output_calorific" => ratio(it.tce[0], it.output_value),
        "per_output" => ratio(it.tce[1], it.output_value),
        "per_value_added" => ratio(it.tce[1], it.value_added),
        "total_target" => target("total_tce"),
        "fall_target" => target("annual_fall"),
        "months" => Some(f64::from(it.months)),
        "completeness" => it.completeness,
        _ => None,
    }
}

/// What a reader must know where a year is not whole.
fn incomplete(facts: &Facts<'_>) -> Vec<nengce_shared::api::audit_pack::PackText> {
    let years = [facts.year, facts.year - 1];
    let short = years.into_iter().filter_map(|year| {
        let months = facts.of_year(year).map_or(0, |it| it.months);
        (months < MONTHS).then_some((year, months))
    });
    short
        .map(|(year, months)| {
            text(
                format!("{year} 年只有 {months} 个月有能耗数据，本包中该年的数字不是全年数。"),
                format!("Only {months} months of {year} have energy data: its figures are not those of a whole year."),
            )
        })
        .collect()
}

/// Months of a whole year.
pub(super) const MONTHS: u32 = 12;

/// Whether a year has a figure in each month.
pub(super) fn is_whole(year: &YearFacts) -> bool {
    year.months >= MONTHS
}
