//! Rows of regional economy, targets and unit lists: read strictly, refused one by one.

use std::collections::HashMap;

use nengce_core::ingest::{Rejected, checks, echo};
use nengce_core::reference::Dictionaries;
use nengce_shared::credit_code::CreditCode;
use nengce_shared::month::Month;
use nengce_shared::problem::ProblemCode;
use nengce_shared::unit_class::UnitClass;

use super::sheet::{Row, Sheet};
use super::{CellProblem, FileProblem};

#[derive(Debug, Clone, PartialEq)]
pub struct EconomyRow {
    pub region_code: String,
    pub month: Month,
    /// 10^4 yuan at comparable prices.
    pub value_added: f64,
    pub price_year: Option<i16>,
    pub estimated: bool,
    pub source: String,
}

#[derive(Debug, Clone, PartialEq)]
pub struct TargetRow {
    pub scope: String,
    pub code: String,
    pub kind: String,
    pub from_year: i16,
    pub to_year: i16,
    pub value: f64,
    pub basis: String,
    pub source: String,
}

#[derive(Debug, Clone, PartialEq)]
pub struct UnitRow {
    pub enterprise_code: String,
    pub name: String,
    pub region_code: String,
    pub industry_code: String,
    pub class: String,
}

/// A row that knows its columns and what makes it unique.
pub trait Listed: Sized {
    const REQUIRED: &'static [&'static str];
    fn read(cells: &mut Cells<'_>, dictionaries: &Dictionaries) -> Self;
    fn key(&self) -> String;
}

/// All good rows and every refused one.
pub fn read<T: Listed>(
    sheet: &Sheet,
    dictionaries: &Dictionaries,
) -> Result<(Vec<T>, Vec<Rejected>), FileProblem> {
    for name in T::REQUIRED {
        sheet.column(name)?;
    }
    let (mut good, mut rejected) = (Vec::new(), Vec::new());
    let mut seen: HashMap<String, u32> = HashMap::new();
    for row in &sheet.rows {
        let mut cells = Cells {
            sheet,
            row,
            problems: Vec::new(),
        };
        let it = T::read(&mut cells, dictionaries);
        if cells.problems.is_empty()
            && let Some(first) = seen.insert(it.key(), row.line)
        {
            cells.problems.push(CellProblem::new(
                T::REQUIRED[0],
                ProblemCode::EntryDuplicate,
                format!("第 {first} 行与第 {} 行", row.line),
                format!("lines {first} and {}", row.line),
            ));
        }
        if cells.problems.is_empty() {
            good.push(it);
        } else {
            rejected.extend(cells.problems.iter().map(|it| it.rejected(sheet, row)));
        }
    }
    Ok((good, rejected))
}

pub struct Cells<'a> {
    sheet: &'a Sheet,
    row: &'a Row,
    problems: Vec<CellProblem>,
}

impl Cells<'_> {
    fn optional(&self, column: &str) -> String {
        let at = self.sheet.column(column).ok();
        at.and_then(|it| self.row.cells.get(it))
            .map(|it| it.trim().to_owned())
            .unwrap_or_default()
    }

    fn refuse(&mut self, column: &str, code: ProblemCode, zh: &str, en: &str) {
        let found = echo(&self.optional(column));
        self.problems.push(CellProblem::new(
            column,
            code,
            format!("「{found}」{zh}"),
            format!("'{found}' {en}"),
        ));
    }

    fn number(&mut self, column: &str) -> f64 {
        match self.optional(column).parse::<f64>() {
            Ok(it) if it.is_finite() => it,
            _ => {
                self.refuse(column, ProblemCode::ImportValueUnreadable, "", "");
                0.0
            }
        }
    }

    fn year(&mut self, column: &str) -> i16 {
        match self.optional(column).parse::<i16>() {
            Ok(it) if (1990..=2100).contains(&it) => it,
            _ => {
                self.refuse(
                    column,
                    ProblemCode::ImportValueUnreadable,
                    "应为年份",
                    "must be a year",
                );
                0
            }
        }
    }

    fn one_of(&mut self, column: &str, words: &[&str]) -> String {
        let found = self.optional(column);
        if !words.contains(&found.as_str()) {
            let list = words.join(", ");
            self.refuse(
                column,
                ProblemCode::ImportCodeUnknown,
                &format!("可为 {list}"),
                &format!("may be {list}"),
            );
        }
        found
    }

    fn listed(&mut self, column: &str, known: impl Fn(&str) -> bool) -> String {
        let found = self.optional(column);
        if !known(&found) {
            self.refuse(column, ProblemCode::ImportCodeUnknown, "", "");
        }
        found
    }

    fn credit_code(&mut self, column: &str) -> String {
        let found = self.optional(column);
        match CreditCode::parse(&found) {
            Ok(it) => it.to_string(),
            Err(error) => {
                self.refuse(
                    column,
                    ProblemCode::EntryCreditCodeInvalid,
                    &error.reason_zh(),
                    &error.to_string(),
                );
                found
            }
        }
    }
}

impl Listed for EconomyRow {
    const REQUIRED: &'static [&'static str] = &["region_code", "month", "value_added"];

    fn read(cells: &mut Cells<'_>, dictionaries: &Dictionaries) -> Self {
        let region_code = cells.listed("region_code", |it| dictionaries.region(it).is_some());
        let text = cells.optional("month");
        let month = text
            .get(..7)
            .unwrap_or(&text)
            .replace('/', "-")
            .parse()
            .ok();
        if month.is_none() {
            cells.refuse(
                "month",
                ProblemCode::ImportDateUnreadable,
                "应为 YYYY-MM",
                "must be YYYY-MM",
            );
        }
        let value_added = cells.number("value_added");
        let price_year =
            (!cells.optional("price_year").is_empty()).then(|| cells.year("price_year"));
        let estimated = cells.optional("estimated").to_lowercase();
        if !["", "true", "false", "1", "0"].contains(&estimated.as_str()) {
            cells.refuse(
                "estimated",
                ProblemCode::ImportValueUnreadable,
                "应为 true 或 false",
                "must be true or false",
            );
        }
        Self {
            region_code,
            month: month.unwrap_or_else(|| Month::of(jiff::civil::Date::ZERO)),
            value_added,
            price_year,
            estimated: matches!(estimated.as_str(), "true" | "1"),
            source: cells.optional("source"),
        }
    }

    fn key(&self) -> String {
        format!("{} {}", self.region_code, self.month)
    }
}

impl Listed for TargetRow {
    const REQUIRED: &'static [&'static str] =
        &["scope", "code", "kind", "from_year", "to_year", "value"];

    fn read(cells: &mut Cells<'_>, dictionaries: &Dictionaries) -> Self {
        let scope = cells.one_of("scope", &["region", "industry", "unit"]);
        let code = match scope.as_str() {
            "region" => cells.listed("code", |it| dictionaries.region(it).is_some()),
            "industry" => cells.listed("code", |it| dictionaries.industry(it).is_some()),
            "unit" => cells.credit_code("code"),
            _ => String::new(),
        };
        let kind = cells.one_of("kind", &["total_tce", "annual_fall", "five_year_fall"]);
        let (from_year, to_year) = (cells.year("from_year"), cells.year("to_year"));
        if to_year < from_year {
            cells.refuse(
                "to_year",
                ProblemCode::ImportValueUnreadable,
                "早于 from_year",
                "is before from_year",
            );
        }
        let value = cells.number("value");
        if kind != "total_tce" && !(-1.0..1.0).contains(&value) {
            let (zh, en) = (
                "应为小数，0.031 即 3.1%",
                "must be a fraction, 0.031 for 3.1 %",
            );
            cells.refuse("value", ProblemCode::ImportValueUnreadable, zh, en);
        }
        let basis = match cells.optional("basis").as_str() {
            "" => "equivalent".to_owned(),
            _ => cells.one_of("basis", &["calorific", "equivalent"]),
        };
        Self {
            scope,
            code,
            kind,
            from_year,
            to_year,
            value,
            basis,
            source: cells.optional("source"),
        }
    }

    fn key(&self) -> String {
        format!(
            "{} {} {} {} {}",
            self.scope, self.code, self.kind, self.from_year, self.basis
        )
    }
}

impl Listed for UnitRow {
    const REQUIRED: &'static [&'static str] = &["enterprise_code", "name", "region_code"];

    fn read(cells: &mut Cells<'_>, dictionaries: &Dictionaries) -> Self {
        let enterprise_code = cells.credit_code("enterprise_code");
        let name = cells.optional("name");
        if name.is_empty() {
            cells.refuse("name", ProblemCode::EntryFieldMissing, "", "");
        } else if let Err(it) = checks::text("name", &name) {
            cells.refuse("name", it.code, &it.hint_zh, &it.hint_en);
        }
        let region_code = cells.listed("region_code", |it| dictionaries.region(it).is_some());
        let industry_code = cells.optional("industry_code").to_uppercase();
        if !industry_code.is_empty() && !dictionaries.knows_industry(&industry_code) {
            cells.refuse("industry_code", ProblemCode::EntryIndustryInvalid, "", "");
        }
        let class = match cells.optional("class").as_str() {
            "" => UnitClass::TenThousand.as_str().to_owned(),
            _ => cells.one_of("class", &["hundred", "thousand", "ten_thousand"]),
        };
        Self {
            enterprise_code,
            name,
            region_code,
            industry_code,
            class,
        }
    }

    fn key(&self) -> String {
        self.enterprise_code.clone()
    }
}
