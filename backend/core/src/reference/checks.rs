//! Checks across rows and across dictionaries: validity dates without overlap or gap, and codes that exist. Nothing is
//! corrected.

use std::collections::BTreeMap;

use super::rows::{CaseDeadline, FactorEntry, Indicator, Industry, MeterRate, Product};
use super::table::{NumberedRow, RowProblem};

/// Checks that the spans of one type and basis follow each other day by day, and that only the last is open.
pub(super) fn factor_spans(rows: &[NumberedRow<FactorEntry>]) -> Vec<RowProblem> {
    let mut groups: BTreeMap<(&str, u16), Vec<&NumberedRow<FactorEntry>>> = BTreeMap::new();
    for it in rows {
        groups.entry((&it.row.energy_type, it.row.basis.code())).or_default().push(it);
    }
    let mut problems = Vec::new();
    for group in groups.values_mut() {
        group.sort_by_key(|it| it.row.valid_from);
        for pair in group.windows(2) {
            let (earlier, later) = (pair[0], pair[1]);
            let starts = later.row.valid_from;
            match earlier.row.valid_to.map(|it| it.saturating_add(jiff::ToSpan::day(1))) {
                Some(next) if next == starts => {}
                Some(next) if next < starts => problems.push(RowProblem::new(
                    later.line,
                    "valid_from",
                    "gap",
                    format!("与第 {} 行之间缺 {next} 起的系数", earlier.line),
                    format!(
                        "leaves the days from {next} after line {} without a factor",
                        earlier.line
                    ),
                )),
                _ => problems.push(RowProblem::new(
                    later.line,
                    "valid_from",
                    "overlap",
                    format!("与第 {} 行的有效期重叠", earlier.line),
                    format!("overlaps with line {}", earlier.line),
                )),
            }
        }
    }
    problems
}

fn dangling(line: u64, field: &str, code: &str, list: &str) -> RowProblem {
    RowProblem::new(
        line,
        field,
        "dangling",
        format!("{list} 中没有 {code}"),
        format!("{code} is not in {list}"),
    )
}

/// Checks that the energy type of each factor exists.
pub(super) fn factor_types(
    rows: &[NumberedRow<FactorEntry>],
    known: impl Fn(&str) -> bool,
) -> Vec<RowProblem> {
    rows.iter()
        .filter(|it| !known(&it.row.energy_type))
        .map(|it| dangling(it.line, "energy_type", &it.row.energy_type, "energy_types"))
        .collect()
}

/// Checks that each division has its section, and each class its division.
pub(super) fn industry_parents(rows: &[NumberedRow<Industry>]) -> Vec<RowProblem> {
    let known = |code: &str| rows.iter().any(|it| it.row.code == code);
    rows.iter()
        .filter_map(|line| {
            let parent = match line.row.level.as_str() {
                "section" => return None,
                "division" => &line.row.code[..1],
                _ => &line.row.code[..3],
            };
            (!known(parent)).then(|| dangling(line.line, "code", parent, "industries"))
        })
        .collect()
}

/// Checks that the process and the benchmark of each product exist.
pub(super) fn product_links(
    rows: &[NumberedRow<Product>],
    process: impl Fn(&str) -> bool,
    benchmark: impl Fn(&str) -> bool,
) -> Vec<RowProblem> {
    let mut problems = Vec::new();
    for NumberedRow { line, row } in rows {
        if !process(&row.process_code) {
            problems.push(dangling(*line, "process_code", &row.process_code, "processes"));
        }
        if !row.benchmark_key.is_empty() && !benchmark(&row.benchmark_key) {
            problems.push(dangling(*line, "benchmark_key", &row.benchmark_key, "benchmarks"));
        }
    }
    problems
}

/// Checks that the product of each indicator exists.
pub(super) fn indicator_links(
    rows: &[NumberedRow<Indicator>],
    product: impl Fn(&str) -> bool,
) -> Vec<RowProblem> {
    rows.iter()
        .filter(|it| it.row.role == "unit_consumption" && !product(&it.row.product))
        .map(|it| dangling(it.line, "product", &it.row.product, "products"))
        .collect()
}

/// Checks that the energy types of each required meter rate exist.
pub(super) fn meter_types(
    rows: &[NumberedRow<MeterRate>],
    known: impl Fn(&str) -> bool,
) -> Vec<RowProblem> {
    rows.iter()
        .flat_map(|it| it.row.energy_types.iter().map(move |code| (it.line, code)))
        .filter(|(_, code)| !known(code))
        .map(|(line, code)| dangling(line, "energy_types", code, "energy_types"))
        .collect()
}

/// Checks that each deadline that a case counts is there.
pub(super) fn case_deadlines(rows: &[NumberedRow<CaseDeadline>]) -> Vec<RowProblem> {
    let is_there = |name: &str| rows.iter().any(|it| it.row.name == name);
    let missing = super::rows::CASE_DEADLINES.iter().filter(|it| !is_there(it));
    let problem = |name: &&str| {
        let (zh, en) = (format!("缺少期限 {name}"), format!("the deadline {name} is missing"));
        RowProblem::new(1, "name", "empty", zh, en)
    };
    missing.map(problem).collect()
}
