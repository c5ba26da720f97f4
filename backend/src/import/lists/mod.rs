//! Rows of regional economy, targets, unit lists and temperatures: read strictly, rejected one by one.

mod cells;

use std::collections::HashMap;

use nengce_core::reference::Dictionaries;
use nengce_messages::{Rejected, checks};
use nengce_shared::api::imports::ImportNote;
use nengce_shared::problem::ProblemCode;
use nengce_shared::quantity;
use nengce_shared::unit_class::UnitClass;

use crate::import::cell_problem::CellProblem;
use crate::import::problem::FileProblem;
use crate::import::results::notes::note;
use crate::import::sheet::Sheet;
use crate::list_rows::{EconomyRow, TargetRow, TemperatureRow, UnitRow};
pub use cells::Reading;
use cells::{Cells, Header};

/// A row that knows its columns and what makes it unique.
pub trait Listed: Sized {
    const REQUIRED: &'static [&'static str];
    const OPTIONAL: &'static [&'static str];
    /// The column of values, and their unit where its heading states none.
    const MEASURED: Option<(&'static str, &'static str)> = None;
    fn read(cells: &mut Cells<'_>, dictionaries: &Dictionaries) -> Self;
    fn key(&self) -> String;
}

/// All good rows, every rejected one, and what is said of rows that were taken all the same.
#[derive(Debug)]
pub struct Table<T> {
    pub good: Vec<T>,
    pub rejected: Vec<Rejected>,
    pub notes: Vec<ImportNote>,
}

pub fn read<T: Listed>(sheet: &Sheet, reading: &Reading<'_>) -> Result<Table<T>, FileProblem> {
    let header = Header::of(sheet, T::REQUIRED, T::OPTIONAL)?;
    let mut table = Table { good: Vec::new(), rejected: Vec::new(), notes: Vec::new() };
    let mut seen: HashMap<String, u32> = HashMap::new();
    let stated = match T::MEASURED.filter(|_| reading.multiplier.is_none()) {
        None => None,
        Some((column, to)) => {
            let at = sheet.column(column)?;
            let factor = |it: &str| quantity::factor(Some(it), to).ok();
            let unit = sheet.stated_unit(at, |it| factor(it).is_some());
            if let Some(times) = unit.as_deref().and_then(factor).filter(|it| *it != 1.0) {
                let (title, unit) = (&sheet.titles[at], unit.as_deref().unwrap_or_default());
                table.notes.push(note(
                    format!("「{title}」由 {unit} 换算为 {to}：×{times}"),
                    format!("'{title}' is converted from {unit} into {to}: ×{times}"),
                ));
            }
            unit
        }
    };
    for row in &sheet.rows {
        let surplus = CellProblem::surplus(sheet, row);
        let mut cells = Cells {
            header: &header,
            reading,
            row,
            stated: stated.as_deref(),
            problems: Vec::new(),
            notes: &mut table.notes,
        };
        let it = T::read(&mut cells, reading.dictionaries);
        let mut problems = cells.problems;
        // What a surplus cell pushed aside is not to be trusted in any column.
        if let Some(it) = surplus {
            problems = vec![it];
        }
        if problems.is_empty()
            && let Some(first) = seen.insert(it.key(), row.line)
        {
            problems.push(CellProblem::new(
                T::REQUIRED[0],
                ProblemCode::EntryDuplicate,
                format!("第 {first} 行与第 {} 行", row.line),
                format!("lines {first} and {}", row.line),
            ));
        }
        if problems.is_empty() {
            table.good.push(it);
            continue;
        }
        if table.rejected.len() + problems.len() > reading.most {
            let place = sheet.place(row.line, None);
            return Err(crate::import::limits::too_many_problems(reading.most, &place));
        }
        table.rejected.extend(problems.iter().map(|it| it.rejected(sheet, row)));
    }
    Ok(table)
}

impl Listed for EconomyRow {
    const REQUIRED: &'static [&'static str] = &["region_code", "month", "value_added"];
    const OPTIONAL: &'static [&'static str] = &["price_year", "estimated", "source"];
    const MEASURED: Option<(&'static str, &'static str)> = Some(("value_added", "万元"));

    fn read(cells: &mut Cells<'_>, dictionaries: &Dictionaries) -> Self {
        let region_code = cells.listed("region_code", |it| dictionaries.region(it).is_some());
        let month = cells.month("month");
        let value_added = cells.number("value_added", "万元", false);
        if value_added < 0.0 {
            cells.warn(
                "增加值为负，少见但合法，已接受；请核对",
                "value added is negative: rare but possible, taken; please check",
            );
        }
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
            month,
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
    const OPTIONAL: &'static [&'static str] = &["basis", "source"];
    const MEASURED: Option<(&'static str, &'static str)> = Some(("value", "tce"));

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
        let value = cells.number("value", "tce", kind != "total_tce");
        if value < 0.0 || (kind == "total_tce" && value == 0.0 && cells.problems.is_empty()) {
            let (zh, en) = ("目标应大于 0", "a target must be above 0");
            cells.refuse("value", ProblemCode::ImportValueUnreadable, zh, en);
        } else if kind != "total_tce" && value >= 1.0 {
            let (zh, en) = (
                "应为小数或百分数，0.031 或 3.1%",
                "must be a fraction or a percentage, 0.031 or 3.1%",
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
        format!("{} {} {} {} {}", self.scope, self.code, self.kind, self.from_year, self.basis)
    }
}

/// The coldest and the hottest daily mean that is taken, °C.
const DAILY_MEANS: std::ops::RangeInclusive<f64> = -60.0..=60.0;

impl Listed for TemperatureRow {
    const REQUIRED: &'static [&'static str] = &["region_code", "day", "mean_celsius"];
    const OPTIONAL: &'static [&'static str] = &["source"];

    fn read(cells: &mut Cells<'_>, dictionaries: &Dictionaries) -> Self {
        let region_code = cells.listed("region_code", |it| dictionaries.region(it).is_some());
        let day = cells.day("day");
        let mean_celsius = cells.number("mean_celsius", "", false);
        if !DAILY_MEANS.contains(&mean_celsius) {
            let (zh, en) = ("应在 −60 至 60 °C", "must lie between -60 and 60 °C");
            cells.refuse("mean_celsius", ProblemCode::ImportValueUnreadable, zh, en);
        }
        Self { region_code, day, mean_celsius, source: cells.optional("source") }
    }

    fn key(&self) -> String {
        format!("{} {}", self.region_code, self.day)
    }
}

impl Listed for UnitRow {
    const REQUIRED: &'static [&'static str] = &["enterprise_code", "name", "region_code"];
    const OPTIONAL: &'static [&'static str] = &["industry_code", "class"];

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
        Self { enterprise_code, name, region_code, industry_code, class }
    }

    fn key(&self) -> String {
        self.enterprise_code.clone()
    }
}
