//! The point table as a file: import with a preview that names each error by row and column, and export.

use std::collections::{BTreeMap, BTreeSet};

use nengce_shared::data_code::DataCode;
use serde::Serialize;

use super::formula::Formula;
use super::point::{Kind, Multiplier, Point};
use super::sheet;
use crate::calendar::{seconds_of, stamp};

/// The columns: the word in English, and in Chinese.
const COLUMNS: [(&str, &str); 13] = [
    ("id", "编号"),
    ("name", "名称"),
    ("source", "来源"),
    ("address", "地址"),
    ("kind", "类型"),
    ("unit", "单位"),
    ("factor", "系数"),
    ("dataCode", "数据编码"),
    ("scope", "采集范围"),
    ("digits", "位数"),
    ("maxRate", "每小时最大"),
    ("inputType", "输入方式"),
    ("multipliers", "倍率"),
];

/// How deep formulas may name formulas.
const MAX_CHAIN: usize = 8;

/// An error of the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PointProblem {
    /// The row of the file, from 1; the headings are row 1.
    pub row: usize,
    /// The column.
    pub column: String,
    /// Why, in Chinese.
    pub zh: String,
    /// Why, in English.
    pub en: String,
}

/// What an import would do.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Preview {
    /// The points that were read.
    pub points: Vec<Point>,
    /// What is wrong; nothing is imported while there is anything.
    pub problems: Vec<PointProblem>,
    /// Ids that the table did not have.
    pub added: Vec<String>,
    /// Ids whose row differs.
    pub changed: Vec<String>,
    /// Ids that are no longer there.
    pub removed: Vec<String>,
}

fn problem(row: usize, column: &str, zh: impl Into<String>, en: impl Into<String>) -> PointProblem {
    PointProblem { row, column: column.into(), zh: zh.into(), en: en.into() }
}

/// Reads a CSV or XLSX file and compares it with the table that holds.
pub fn preview(bytes: &[u8], current: &[Point]) -> Preview {
    let mut seen = Preview::default();
    let rows = match sheet::rows(bytes) {
        Ok(rows) => rows,
        Err((zh, en)) => {
            seen.problems.push(problem(1, "", zh, en));
            return seen;
        }
    };
    let headings = rows.first().cloned().unwrap_or_default();
    let place = |column: &(&str, &str)| {
        headings.iter().position(|it| it.eq_ignore_ascii_case(column.0) || it == column.1)
    };
    let places = COLUMNS.map(|it| place(&it));
    for at in [0, 1, 4] {
        if places[at].is_none() {
            let (en, zh) = COLUMNS[at];
            seen.problems.push(problem(
                1,
                en,
                format!("缺少列 {zh}"),
                format!("column {en} is missing"),
            ));
        }
    }
    if !seen.problems.is_empty() {
        return seen;
    }
    let mut numbers = Vec::new();
    for (at, row) in
        rows.iter().enumerate().skip(1).filter(|it| it.1.iter().any(|cell| !cell.is_empty()))
    {
        let cell =
            |column: usize| places[column].and_then(|it| row.get(it)).map_or("", |it| it.trim());
        let mut reader = RowReader { row: at + 1, problems: &mut seen.problems };
        seen.points.push(reader.point(cell));
        numbers.push(at + 1);
    }
    let found = check(&seen.points);
    seen.problems.extend(found.into_iter().map(|mut it| {
        it.row = numbers.get(it.row.saturating_sub(2)).copied().unwrap_or(it.row);
        it
    }));
    seen.problems.sort_by_key(|it| it.row);
    compare(&mut seen, current);
    seen
}

fn compare(seen: &mut Preview, current: &[Point]) {
    let old: BTreeMap<_, _> = current.iter().map(|it| (it.id.as_str(), it)).collect();
    let new: BTreeSet<_> = seen.points.iter().map(|it| it.id.clone()).collect();
    for point in &seen.points {
        match old.get(point.id.as_str()) {
            None => seen.added.push(point.id.clone()),
            Some(before) if *before != point => seen.changed.push(point.id.clone()),
            Some(_) => {}
        }
    }
    seen.removed = current.iter().map(|it| it.id.clone()).filter(|it| !new.contains(it)).collect();
}

struct RowReader<'a> {
    row: usize,
    problems: &'a mut Vec<PointProblem>,
}

impl RowReader<'_> {
    fn number<T: std::str::FromStr>(&mut self, text: &str, column: &str) -> Option<T> {
        if text.is_empty() {
            return None;
        }
        let read = text.parse().or_else(|_| text.trim_end_matches(".0").parse()).ok();
        if read.is_none() {
            self.problems.push(problem(
                self.row,
                column,
                format!("“{text}”不是数字"),
                format!("\"{text}\" is no number"),
            ));
        }
        read
    }

    fn point<'c>(&mut self, cell: impl Fn(usize) -> &'c str) -> Point {
        let kind = Kind::of_word(cell(4)).unwrap_or_else(|| {
            let zh = format!("“{}”不是类型，应为 累计、流量、状态、手工 或 公式", cell(4));
            let en = format!("\"{}\" is no kind: counter, flow, gauge, manual or formula", cell(4));
            self.problems.push(problem(self.row, "kind", zh, en));
            Kind::Counter
        });
        let mut point = Point::new(cell(0), cell(1), kind);
        point.source = cell(2).into();
        point.address = cell(3).into();
        point.unit = cell(5).into();
        point.factor = self.number(cell(6), "factor").unwrap_or(1.0);
        if !cell(7).is_empty() {
            point.data_code = DataCode::parse_lenient(cell(7)).ok();
            if point.data_code.is_none() {
                let zh = format!("“{}”不是 16 位数据编码", cell(7));
                let en = format!("\"{}\" is no dataCode of 16 digits", cell(7));
                self.problems.push(problem(self.row, "dataCode", zh, en));
            }
        }
        point.scope = self.number(cell(8), "scope");
        point.digits = self.number(cell(9), "digits");
        point.max_rate = self.number(cell(10), "maxRate");
        point.input_type = self.number(cell(11), "inputType").unwrap_or(point.input_type);
        for part in cell(12).split([';', '；']).map(str::trim).filter(|it| !it.is_empty()) {
            match multiplier(part) {
                Some(it) => point.multipliers.push(it),
                None => {
                    let zh = format!("“{part}”应写作 2026-01-01=80");
                    let en = format!("\"{part}\" must be written as 2026-01-01=80");
                    self.problems.push(problem(self.row, "multipliers", zh, en));
                }
            }
        }
        point.multipliers.sort_by_key(|it| it.from);
        point
    }
}

fn multiplier(text: &str) -> Option<Multiplier> {
    let (date, value) = text.split_once('=')?;
    let date: jiff::civil::Date = date.trim().parse().ok()?;
    let from = seconds_of(
        date.year().into(),
        date.month().unsigned_abs().into(),
        date.day().unsigned_abs().into(),
    );
    Some(Multiplier { from, value: value.trim().parse().ok()? })
}

/// Checks a table as a whole; `row` of a problem is the place of the point, from 2.
pub fn check(points: &[Point]) -> Vec<PointProblem> {
    let mut problems = Vec::new();
    let mut ids = BTreeMap::new();
    for (at, point) in points.iter().enumerate() {
        let row = at + 2;
        let mut wrong =
            |column: &str, zh: &str, en: &str| problems.push(problem(row, column, zh, en));
        if point.id.is_empty() {
            wrong("id", "编号为空", "the id is empty");
        } else if let Some(before) = ids.insert(point.id.clone(), row) {
            let (zh, en) =
                (format!("编号与第 {before} 行重复"), format!("the id is that of row {before}"));
            wrong("id", &zh, &en);
        }
        if !(point.factor.is_finite() && point.factor != 0.0) {
            wrong("factor", "系数不能为零", "the factor must not be zero");
        }
        if point.digits.is_some_and(|it| !(1..=15).contains(&it)) {
            wrong("digits", "位数应为 1 至 15", "digits are 1 to 15");
        }
        if point.max_rate.is_some_and(|it| !(it.is_finite() && it > 0.0)) {
            wrong("maxRate", "应大于零", "it must be more than zero");
        }
        if !(1..=7).contains(&point.input_type) {
            wrong("inputType", "输入方式应为 1 至 7", "inputType is 1 to 7");
        }
        if point.multipliers.iter().any(|it| !(it.value.is_finite() && it.value > 0.0)) {
            wrong("multipliers", "倍率应大于零", "a multiplier must be more than zero");
        }
        if let (Some(code), Some(scope)) = (point.data_code, point.scope)
            && code.scope().code() != u16::from(scope)
        {
            wrong("scope", "采集范围与数据编码不符", "the scope is not that of the dataCode");
        }
        let read = matches!(point.kind, Kind::Counter | Kind::Flow | Kind::Gauge);
        if read && (point.source.is_empty() || point.address.is_empty()) {
            wrong("address", "缺少来源或地址", "source or address is missing");
        }
    }
    check_formulas(points, &mut problems);
    problems
}

fn check_formulas(points: &[Point], problems: &mut Vec<PointProblem>) {
    let by_id: BTreeMap<_, _> = points.iter().map(|it| (it.id.as_str(), it)).collect();
    for (at, point) in points.iter().enumerate().filter(|it| it.1.kind == Kind::Formula) {
        let row = at + 2;
        match Formula::parse(&point.address) {
            Err(why) => problems.push(problem(row, "address", why.to_string(), why.to_string())),
            Ok(formula) => {
                for id in formula.points().filter(|it| !by_id.contains_key(it)) {
                    problems.push(problem(
                        row,
                        "address",
                        format!("没有采集点 {id}"),
                        format!("there is no point {id}"),
                    ));
                }
            }
        }
        if chain(point, &by_id, 0).is_none() {
            let (zh, en) = (
                "公式互相引用成环或超过 8 层",
                "formulas name each other in a ring or over 8 deep",
            );
            problems.push(problem(row, "address", zh, en));
        }
    }
}

/// The depth of a formula over formulas; none beyond the bound.
fn chain(point: &Point, by_id: &BTreeMap<&str, &Point>, depth: usize) -> Option<usize> {
    if depth > MAX_CHAIN {
        return None;
    }
    if point.kind != Kind::Formula {
        return Some(depth);
    }
    let Ok(formula) = Formula::parse(&point.address) else { return Some(depth) };
    let mut deepest = depth;
    for id in formula.points().collect::<BTreeSet<_>>() {
        if let Some(next) = by_id.get(id) {
            deepest = deepest.max(chain(next, by_id, depth + 1)?);
        }
    }
    Some(deepest)
}

fn cells(point: &Point) -> [String; 13] {
    let text = |it: Option<String>| it.unwrap_or_default();
    let multipliers: Vec<_> = point
        .multipliers
        .iter()
        .map(|it| format!("{}={}", &stamp(it.from)[..10], it.value))
        .collect();
    [
        point.id.clone(),
        point.name.clone(),
        point.source.clone(),
        point.address.clone(),
        point.kind.word().into(),
        point.unit.clone(),
        point.factor.to_string(),
        text(point.data_code.map(|it| it.to_string())),
        text(point.scope.map(|it| it.to_string())),
        text(point.digits.map(|it| it.to_string())),
        text(point.max_rate.map(|it| it.to_string())),
        point.input_type.to_string(),
        multipliers.join(";"),
    ]
}

/// The table as CSV.
pub fn to_csv(points: &[Point]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(b"\xEF\xBB\xBF".to_vec());
    writer.write_record(COLUMNS.map(|it| it.0))?;
    for point in points {
        writer.write_record(cells(point))?;
    }
    writer.into_inner().map_err(|it| csv::Error::from(it.into_error()))
}

/// The table as XLSX, with headings in Chinese.
pub fn to_xlsx(points: &[Point]) -> Result<Vec<u8>, rust_xlsxwriter::XlsxError> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, heading) in (0..).zip(COLUMNS) {
        sheet.write_string(0, column, heading.1)?;
    }
    for (row, point) in (1..).zip(points) {
        for (column, text) in (0..).zip(cells(point)) {
            sheet.write_string(row, column, text)?;
        }
    }
    book.save_to_buffer()
}
