//! Figures of a subject in words: its value with the decimals of its kind, its limits as lines, outputs at their size.

use nengce_charts::comparisons::efficiency_curve::{Limit, LimitKind};
use nengce_shared::api::benchmark::{BenchmarkRow, BenchmarkView, Subject};
use nengce_shared::lang::Lang;
use nengce_shared::number;

use crate::format::{level_figure, unit_words};

/// Decimals of a subject's figures: kgce/t one, tce per 10⁴ yuan three.
pub fn decimals(subject: &Subject) -> usize {
    if subject.kind == "industry" { 3 } else { 1 }
}

pub fn value(subject: &Subject, value: f64) -> String {
    number::grouped(value, decimals(subject))
}

pub fn value_with_unit(subject: &Subject, it: f64, lang: Lang) -> String {
    format!("{} {}", value(subject, it), unit_words(&subject.unit, lang))
}

pub fn subject_name(subject: &Subject, lang: Lang) -> String {
    lang.pick(&subject.name.zh, &subject.name.en).to_owned()
}

/// What the gap and the potential are measured against, with its figure.
pub fn reference(view: &BenchmarkView, lang: Lang) -> String {
    let figure = view.reference_value.map(|it| match view.reference.as_str() {
        "benchmark" => level_figure(it),
        _ => value(&view.subject, it),
    });
    format!("{} {}", reference_word(view, lang), figure.unwrap_or_default()).trim().to_owned()
}

pub fn reference_word(view: &BenchmarkView, lang: Lang) -> &'static str {
    match view.reference.as_str() {
        "benchmark" => lang.pick("标杆", "benchmark"),
        _ => lang.pick("前四分之一", "best quartile"),
    }
}

/// The published lines, lowest first; grades that coincide with the benchmark or the baseline are not drawn twice.
pub fn limits(view: &BenchmarkView, lang: Lang) -> Vec<Limit> {
    let mut lines: Vec<Limit> = Vec::new();
    let levels = view.limits.as_ref();
    if levels.is_none_or(|it| it.benchmark.is_none()) {
        lines.extend(view.reference_value.map(|it| Limit {
            value: it,
            text: reference(view, lang),
            kind: LimitKind::Benchmark,
        }));
    }
    let Some(levels) = levels else { return lines };
    let mut add = |level: Option<f64>, name: &str, kind| {
        if let Some(value) = level.filter(|it| lines.iter().all(|line| line.value != *it)) {
            lines.push(Limit { value, text: format!("{name} {}", level_figure(value)), kind });
        }
    };
    add(levels.benchmark, lang.pick("标杆", "Benchmark"), LimitKind::Benchmark);
    add(levels.baseline, lang.pick("基准", "Baseline"), LimitKind::Baseline);
    for (grade, level) in [(1, levels.level1), (2, levels.level2), (3, levels.level3)] {
        let name = match lang {
            Lang::Zh => format!("{grade}级"),
            Lang::En => format!("Grade {grade}"),
        };
        add(level, &name, LimitKind::Grade);
    }
    nengce_shared::order::by_rising(lines, |it| it.value)
}

/// How outputs are shown: divided by this, in this unit.
#[derive(Debug, Clone, PartialEq)]
pub struct OutputScale {
    pub divisor: f64,
    pub unit: String,
}

impl OutputScale {
    /// Ten thousands from 100,000 on; 10⁴ yuan become 10⁸.
    pub fn of(subject: &Subject, rows: &[BenchmarkRow], lang: Lang) -> Self {
        let largest = rows.iter().map(|it| it.output).fold(0.0, f64::max);
        let plain = unit_words(&subject.output_unit, lang);
        if largest < 1e5 {
            return Self { divisor: 1.0, unit: plain };
        }
        let unit = match (subject.output_unit.as_str(), lang) {
            ("10^4 yuan", Lang::Zh) => "亿元".to_owned(),
            ("10^4 yuan", Lang::En) => "10⁸ yuan".to_owned(),
            (_, Lang::Zh) => format!("万{plain}"),
            (_, Lang::En) => format!("10⁴ {plain}"),
        };
        Self { divisor: 1e4, unit }
    }

    pub fn figure(&self, output: f64) -> String {
        let scaled = output / self.divisor;
        number::grouped(scaled, if scaled.abs() < 1_000.0 { 1 } else { 0 })
    }
}

/// 「1级」; over the limit, or no limit known.
pub fn grade(row: &BenchmarkRow, view: &BenchmarkView, lang: Lang) -> String {
    let limited = view.limits.as_ref().is_some_and(|it| it.level3.is_some());
    match (row.grade, lang) {
        (Some(grade), Lang::Zh) => format!("{grade}级"),
        (Some(grade), Lang::En) => format!("Grade {grade}"),
        (None, _) if limited => lang.pick("超限额", "Over limit").to_owned(),
        (None, _) => number::MISSING.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nengce_shared::api::common::Named;

    fn subject(kind: &str, output_unit: &str) -> Subject {
        Subject {
            kind: kind.to_owned(),
            name: Named {
                code: "0102".to_owned(),
                zh: "高炉生铁".to_owned(),
                en: "Blast furnace iron".to_owned(),
            },
            unit: "kgce/t".to_owned(),
            output_unit: output_unit.to_owned(),
            units: 1,
            has_benchmark: true,
        }
    }

    #[test]
    fn small_outputs_keep_their_unit() {
        let product = subject("product", "t");
        let scale = OutputScale::of(&product, &[], Lang::Zh);
        assert_eq!((scale.figure(4_125.0), scale.unit.as_str()), ("4,125".to_owned(), "t"));
        assert_eq!(value(&product, 398.64), "398.6");
        assert_eq!(value(&subject("industry", "10^4 yuan"), 2.1336), "2.134");
    }
}
