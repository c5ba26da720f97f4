//! The plan of a table of readings: its time column, the column of units where it holds many, and what each column of values is.

use nengce_core::reference::Dictionaries;
use nengce_shared::api::imports::ImportNote;
use nengce_shared::data_code::DataCode;
use nengce_shared::lang::Lang;
use nengce_shared::problem::ProblemCode;
use nengce_shared::quantity::{self, Unconvertible, Unit};
use nengce_shared::stat_type::StatType;

use crate::import::mapping::stamps::Stamps;
use crate::import::problem::FileProblem;
use crate::import::results::notes::note;
use crate::import::sheet::Sheet;

/// What turns a column's values into the dictionary's unit.
#[derive(Debug, Clone, PartialEq)]
pub enum Measure {
    Factor(f64),
    Unit(String),
    /// The column that names the unit row by row.
    PerRow(String),
    /// As the heading, the row below it or the title says; else asked.
    Heading,
    /// As `Heading`; a column that says nothing is in the dictionary's unit, which is noted.
    HeadingOrDictionary,
}

/// One column that is read.
#[derive(Debug, Clone, PartialEq)]
pub struct MappedColumn {
    pub data_code: DataCode,
    pub column: String,
    pub measure: Measure,
}

#[derive(Debug, Clone, PartialEq)]
pub struct ReadingsMapping {
    pub time_column: String,
    /// The column of credit codes; none: all rows are of one unit.
    pub unit_column: Option<String>,
    pub maps: Vec<MappedColumn>,
    /// Without it whole months and years are told by the column; anything else is real-time.
    pub stat_type: Option<StatType>,
    pub input_type: u8,
    pub stamps: Stamps,
}

/// A column's measure once the sheet is known.
#[derive(Debug, Clone, PartialEq)]
pub enum Conversion {
    Factor(f64),
    /// Column of the unit of measure, and the unit to come to.
    PerRow(usize, String),
}

impl ReadingsMapping {
    /// Reads `time=COLUMN;unit=COLUMN;CODE=COLUMN*MULTIPLIER;CODE=COLUMN*UNIT;…`.
    pub fn of_map(text: &str) -> Result<(String, Option<String>, Vec<MappedColumn>), String> {
        let (mut time, mut unit, mut maps) = (None, None, Vec::new());
        for part in text.split(';').map(str::trim).filter(|it| !it.is_empty()) {
            let (target, column) =
                part.split_once('=').ok_or_else(|| format!("'{part}' is not TARGET=COLUMN"))?;
            let (target, column) = (target.trim(), column.trim());
            if column.is_empty() {
                return Err(format!("'{part}': the column's name is empty"));
            }
            let twice = || format!("'{part}': '{target}' stands twice");
            match target {
                "time" | "date" | "stamp" if time.is_some() => return Err(twice()),
                "unit" | "enterpriseCode" if unit.is_some() => return Err(twice()),
                "time" | "date" | "stamp" => time = Some(column.to_owned()),
                "unit" | "enterpriseCode" => unit = Some(column.to_owned()),
                _ => {
                    let data_code = DataCode::parse_lenient(target)
                        .map_err(|it| format!("'{target}': {it}"))?;
                    let (column, measure) = measured(column)?;
                    maps.push(MappedColumn { data_code, column, measure });
                }
            }
        }
        let time = time.ok_or("no time=COLUMN among the maps")?;
        if maps.is_empty() {
            return Err("no CODE=COLUMN among the maps".to_owned());
        }
        Ok((time, unit, maps))
    }

    /// The columns of an item.
    pub fn column_of(&self, code: &DataCode) -> String {
        let maps = self.maps.iter().filter(|it| it.data_code == *code);
        maps.map(|it| it.column.as_str()).collect::<Vec<_>>().join(" + ")
    }
}

/// `COLUMN*0.0001` and `COLUMN*kWh`; a star that stands before a name belongs to it.
fn measured(column: &str) -> Result<(String, Measure), String> {
    let Some((name, factor)) = column.rsplit_once('*').filter(|it| !it.0.trim().is_empty()) else {
        return Ok((column.to_owned(), Measure::HeadingOrDictionary));
    };
    let (name, factor) = (name.trim().to_owned(), factor.trim());
    if let Ok(number) = factor.parse::<f64>() {
        if !crate::import::mapping::multiplies(number) {
            return Err(format!("'{column}': the multiplier is zero or not finite"));
        }
        return Ok((name, Measure::Factor(number)));
    }
    match Unit::parse(factor) {
        Ok(_) => Ok((name, Measure::Unit(factor.to_owned()))),
        Err(_) => Err(format!("'{factor}' is neither a multiplier nor a known unit")),
    }
}

impl MappedColumn {
    /// What this column's values are multiplied by in this sheet; a conversion that nobody named is noted.
    pub fn resolve(
        &self,
        sheet: &Sheet,
        dictionaries: &Dictionaries,
        notes: &mut Vec<ImportNote>,
    ) -> Result<Conversion, FileProblem> {
        let to = dictionaries.quantity_unit(&self.data_code);
        let refuse = |problem: &Unconvertible| {
            let (zh, en) = (problem.reason(Lang::Zh), problem.reason(Lang::En));
            let words = format!("{}：{zh} / {en}", self.column);
            FileProblem::new(ProblemCode::ImportMeasureUnknown, words)
        };
        let convert = |unit: Option<&str>| {
            let Some(to) = to else {
                let to = format!("{}", self.data_code);
                return Err(Unconvertible::Missing { to });
            };
            quantity::factor(unit, to)
        };
        match &self.measure {
            Measure::Factor(it) => Ok(Conversion::Factor(*it)),
            Measure::Unit(unit) => {
                convert(Some(unit)).map(Conversion::Factor).map_err(|it| refuse(&it))
            }
            Measure::PerRow(column) => {
                let column = sheet.column(column)?;
                let to = to.map(str::to_owned).ok_or_else(|| {
                    let to = format!("{}", self.data_code);
                    refuse(&Unconvertible::Missing { to })
                })?;
                Ok(Conversion::PerRow(column, to))
            }
            Measure::Heading | Measure::HeadingOrDictionary => {
                let unit = self.stated(sheet, to)?;
                match convert(unit.as_deref()) {
                    Ok(factor) => {
                        self.note(unit.as_deref(), to, factor, notes);
                        Ok(Conversion::Factor(factor))
                    }
                    Err(Unconvertible::Missing { .. })
                        if self.measure == Measure::HeadingOrDictionary =>
                    {
                        if let Some(to) = to {
                            notes.push(self.assumed(sheet, to));
                        }
                        Ok(Conversion::Factor(1.0))
                    }
                    Err(problem) => Err(refuse(&problem)),
                }
            }
        }
    }

    /// The unit that the heading, the row below it, or a title that fits states.
    fn stated(&self, sheet: &Sheet, to: Option<&str>) -> Result<Option<String>, FileProblem> {
        let fits = |it: &str| to.is_some_and(|to| quantity::factor(Some(it), to).is_ok());
        Ok(sheet.stated_unit(sheet.column(&self.column)?, fits))
    }

    /// The note about a column that is read in the dictionary's unit, because the file states no unit that fits.
    fn assumed(&self, sheet: &Sheet, to: &str) -> ImportNote {
        let column = &self.column;
        match &sheet.found.title_unit {
            None => note(
                format!("「{column}」没有写单位，按字典单位 {to} 读取"),
                format!("'{column}' names no unit: read as {to}, the dictionary's"),
            ),
            Some(title) => note(
                format!(
                    "「{column}」没有写单位，标题的单位 {title} 与它量纲不同，按字典单位 {to} 读取；如不对，请给出乘数"
                ),
                format!(
                    "'{column}' names no unit and {title} of the title does not fit it: read as {to}, the dictionary's; give a multiplier if that is wrong"
                ),
            ),
        }
    }

    fn note(&self, unit: Option<&str>, to: Option<&str>, factor: f64, notes: &mut Vec<ImportNote>) {
        let (Some(unit), Some(to)) = (unit, to) else {
            return;
        };
        if factor != 1.0 {
            notes.push(note(
                format!("「{}」由 {unit} 换算为 {to}：×{factor}", self.column),
                format!("'{}' is converted from {unit} into {to}: ×{factor}", self.column),
            ));
        }
    }
}
