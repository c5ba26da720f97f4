//! Prints the result of `nengce import`: counts, data items, notes, and the first refused cells with their places.

use crate::import::results::report::ImportReport;

/// Refused cells that are printed; all of them are in the file beside.
const MOST_PROBLEMS_PRINTED: usize = 20;

pub(super) fn print(report: &ImportReport) {
    let verb = if report.dry_run { "would be stored" } else { "accepted" };
    println!(
        "{}: {} rows, {} values {verb}, {} rows refused",
        report.file, report.rows, report.accepted, report.rejected
    );
    if !report.dry_run {
        println!(
            "stored {}, unchanged {}, replaced {}, waiting for an operator {}",
            report.stored, report.unchanged, report.replaced, report.awaiting_approval
        );
    }
    if report.created_units > 0 {
        println!("new units: {}", report.created_units);
    }
    for it in &report.series {
        let unit = it.unit.as_deref().unwrap_or("(not in the dictionary)");
        let tce =
            it.tce_calorific.map_or_else(String::new, |it| format!(", {it:.2} tce calorific"));
        println!(
            "  {} <- {}: {} readings, sum {:.6} {unit}{tce}, {} … {}",
            it.data_code,
            it.column,
            it.readings,
            it.sum,
            it.first.as_deref().unwrap_or("—"),
            it.last.as_deref().unwrap_or("—")
        );
        if it.not_counted > 0 {
            println!(
                "    {} 个年值已有更细的数据，只用于核对，不计入 / {} years' values have finer data: kept and compared, not counted",
                it.not_counted, it.not_counted
            );
        }
        if let Some(example) = &it.moved_example {
            println!(
                "    {} 条的时间不是统计期起点，按所在统计期计入 / {} stamps are not the start of their period and count for the one they lie in: {example}",
                it.moved, it.moved
            );
        }
    }
    for it in &report.name_conflicts {
        let others = it.conflicts.iter().map(|it| it.enterprise_code.as_str());
        println!(
            "  {} {}: the name is like that of {}",
            it.enterprise_code,
            it.name,
            others.collect::<Vec<_>>().join(", ")
        );
    }
    for it in &report.notes {
        let place = it.line.map_or_else(String::new, |it| format!("line {it}: "));
        println!("  {place}{} ({})", it.zh, it.en);
    }
    for it in report.problems.iter().take(MOST_PROBLEMS_PRINTED) {
        println!(
            "  {} {}: line {}, {}: {} ({})",
            report.file, it.place, it.line, it.field, it.reason_zh, it.reason_en
        );
    }
    if report.problems.len() > MOST_PROBLEMS_PRINTED {
        println!("  … and more");
    }
}
