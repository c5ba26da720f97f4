//! `nengce import`: files of readings, economy, targets, units, temperatures and dictionaries into the portal.

use std::path::{Path, PathBuf};

use nengce_shared::stat_type::StatType;

use anyhow::{Context, Result, bail};
use clap::Subcommand;
use reqwest::Method;

use super::arguments::{TargetArgs, runtime};
use super::client::Client;
use super::import_print::print;
use crate::import::results::report::ImportReport;

const HELP: &str = "Files are CSV (UTF-8, GB18030 or UTF-16; , ; tab or a first line sep=), XLSX, old XLS, or an HTML table \
named .xls. The header is found below titles; a row of units below it is read, rows of totals are left out. Columns are found by \
name, in any order; columns that are not named are left alone. Several files, or a folder of them, go in one command. Refused \
cells are written beside the file as FILE.rejected.csv with their line and reason; mend them there and import that file again. \
--dry-run changes nothing on disk and succeeds when the file could be read.

economy:    region_code,month (2025-01, 2025年1月),value_added (10^4 yuan, comparable prices)[,price_year,estimated,source]
targets:    scope (region|industry|unit),code,kind (total_tce|annual_fall|five_year_fall),from_year,to_year,value \
(tce, or a fall as 0.031 or 3.1%)[,basis (equivalent),source]
units:      enterprise_code,name,region_code[,industry_code (C3120),class (hundred|thousand|ten_thousand)]
temperatures: region_code,day (2025-01-31),mean_celsius[,source]
records:    enterpriseCode,dataCode,statType,statDate,dataValue[,inputType,valid,scope,dataUnit]
dictionary: the columns of the built-in file of that name, edition, source and certainty included

Columns of another name: --column value_added=增加值 --column month=月份. Numbers may be 1,234.5 or full-width; - and — are none.";

const READINGS_HELP: &str = "A steel plant's quarter-hours with interval-end stamps, day/month/year, whose last quarter \
of a day is printed as 0:00 of that day, in kWh:

  nengce import readings steel.csv --unit 911201120000000191 --name 示例钢厂 --region 120112 --industry C3120 \\
    --map time=date --map '00-00-0000-023300-11=Usage_kWh' \\
    --dates dmy --stamps end --interval 15m --midnight closes-day --dry-run

Many units in a folder of files:

  nengce import readings FOLDER --unit-column 统一社会信用代码 --map time=日期 --map '00-00-0000-023300-11=用电量*MWh'

Values are stored in the dictionary's unit (electricity 10^4 kWh, natural gas 10^4 m3, heat GJ, coal t). The unit after the \
column, in its heading or in the row below is converted; a multiplier after the column (*0.0001) wins. A column that names no unit \
is taken to be in the dictionary's, which is said; one whose unit does not fit is refused.";

#[derive(clap::Args, Debug)]
#[command(after_help = HELP)]
pub struct Args {
    #[command(subcommand)]
    kind: Kind,
}

#[derive(Subcommand, Debug)]
enum Kind {
    /// Readings: a time column and one column per data item, of one unit or with a column of units
    #[command(after_help = READINGS_HELP)]
    Readings(ReadingsArgs),
    /// Readings with a row per value, its own unit and data code: enterpriseCode, dataCode, statType, statDate, dataValue
    Records(RecordsArgs),
    /// Regional economy by month
    Economy(FileArgs),
    /// Control targets of regions, industries and units
    Targets(FileArgs),
    /// A list of units
    Units(FileArgs),
    /// Daily mean temperatures of districts or the city, for degree days
    Temperatures(FileArgs),
    /// Replace a dictionary: energy_types, factors, usage_roles, regions, industries, processes, products, indicators, benchmarks, meter_equip_rates, working_days
    Dictionary {
        name: String,
        #[command(flatten)]
        file: FileArgs,
    },
}

#[derive(clap::Args, Debug)]
struct FileArgs {
    /// Files, or folders of .csv, .txt, .xlsx and .xls
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Show what would be stored and what would be refused; change nothing on disk
    #[arg(long)]
    dry_run: bool,
    /// Column mapping saved under this name
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,
    /// Saves the mapping of this command under a name, for files with the same header
    #[arg(long, value_name = "NAME", conflicts_with = "profile")]
    save_profile: Option<String>,
    /// Sheet of a workbook [default: the first visible one with a table]
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// Line of the header [default: the first row of names with data below]
    #[arg(long, value_name = "LINE")]
    header_line: Option<u32>,
    /// A field whose column has another name; several times
    #[arg(long = "column", value_name = "FIELD=COLUMN")]
    columns: Vec<String>,
    /// Order of dates: ymd, dmy, mdy, or a pattern such as '%d.%m.%Y %H:%M' [default: what the column's cells settle]
    #[arg(long)]
    dates: Option<String>,
    /// Values times this, where the file has one column of values
    #[arg(long, allow_negative_numbers = true)]
    multiplier: Option<f64>,
    /// Where refused rows go, of a single file [default: FILE.rejected.csv]
    #[arg(long, value_name = "FILE")]
    rejected: Option<PathBuf>,
    #[command(flatten)]
    target: TargetArgs,
}

#[derive(clap::Args, Debug)]
struct RecordsArgs {
    #[command(flatten)]
    file: FileArgs,
    /// Credit code of every row, where the file has no column of them
    #[arg(long, value_name = "CODE")]
    unit: Option<String>,
    /// statType of every row, where the file has no column of it
    #[arg(long)]
    stat_type: Option<StatType>,
}

#[derive(clap::Args, Debug)]
struct ReadingsArgs {
    #[command(flatten)]
    file: FileArgs,
    /// Unified social credit code of the unit; an unknown one is created. Wins over the profile's
    #[arg(long, value_name = "CODE", required_unless_present_any = ["profile", "unit_column"])]
    unit: Option<String>,
    /// Column of credit codes, where the file holds many units
    #[arg(long, value_name = "COLUMN", conflicts_with = "unit")]
    unit_column: Option<String>,
    /// Name of a new unit
    #[arg(long)]
    name: Option<String>,
    /// Region of a new unit [default: digits 3–8 of the code]
    #[arg(long)]
    region: Option<String>,
    /// Industry of a new unit, GB/T 4754 with its letter
    #[arg(long)]
    industry: Option<String>,
    /// time=COLUMN, and DATA_CODE=COLUMN, DATA_CODE=COLUMN*UNIT or DATA_CODE=COLUMN*MULTIPLIER; several times
    #[arg(long = "map", value_name = "TARGET=COLUMN", required_unless_present = "profile")]
    maps: Vec<String>,
    /// What a stamp names of its interval: start or end
    #[arg(long, default_value = "start")]
    stamps: String,
    /// Length of an interval: 15m, 1h, 1d; stamps off its grid are refused
    #[arg(long)]
    interval: Option<String>,
    /// opens-day, or closes-day where 0:00 carries the date of the day it closes
    #[arg(long, default_value = "opens-day")]
    midnight: String,
    /// 0 real-time, 1 day, 2 month, 3 year [default: months and years where the stamps are such, else 0]
    #[arg(long)]
    stat_type: Option<StatType>,
    /// How the values were taken: 1 MIS … 5 by hand, 6 supplier, 7 other
    #[arg(long, default_value_t = 7)]
    input_type: u8,
}

pub fn run(args: &Args) -> Result<()> {
    runtime()?.block_on(import(args))
}

async fn import(args: &Args) -> Result<()> {
    let (kind, file, query) = asked(&args.kind);
    let files = expanded(&file.files)?;
    if file.rejected.is_some() && files.len() > 1 {
        bail!("--rejected names one file, and {} are imported", files.len());
    }
    let client = match file.dry_run {
        true => Client::connect_to_look(&file.target).await?,
        false => Client::connect(&file.target).await?,
    };
    let done = import_all(&client, kind, file, &files, &query).await;
    client.close().await?;
    done
}

/// Every file, whatever became of those before; the command fails at its end when one was not taken whole.
async fn import_all(
    client: &Client,
    kind: &str,
    args: &FileArgs,
    files: &[PathBuf],
    query: &[(&'static str, String)],
) -> Result<()> {
    let mut failed = Vec::new();
    for file in files {
        match one(client, kind, args, file, query).await {
            Ok(None) => {}
            Ok(Some(refused)) => failed.push(refused),
            Err(error) if files.len() == 1 => {
                return Err(error.context(file.display().to_string()));
            }
            Err(error) => failed.push(format!("{}: {error:#}", file.display())),
        }
    }
    if failed.is_empty() {
        return Ok(());
    }
    bail!(failed.join("\n"))
}

/// Imports one file; the words say what of it was refused.
async fn one(
    client: &Client,
    kind: &str,
    args: &FileArgs,
    file: &Path,
    query: &[(&'static str, String)],
) -> Result<Option<String>> {
    let bytes = std::fs::read(file).context("it cannot be read")?;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let mut query: Vec<(&str, String)> = query.to_vec();
    query.push(("file", name.into_owned()));
    if let Some(profile) = &args.profile {
        query.push(("profile", profile.clone()));
    }
    if args.dry_run {
        query.push(("dry_run", "true".to_owned()));
    } else if let Some(profile) = &args.save_profile {
        query.push(("save_profile", profile.clone()));
    }
    let request = client
        .request(Method::POST, &format!("/api/v1/imports/{kind}"))
        .query(&query)
        .header("content-type", "application/octet-stream")
        .body(bytes);
    let report: ImportReport = client.send(request).await?.json().await?;
    print(&report);
    let Some(rejected) = report.rejected_csv.as_ref().filter(|_| !args.dry_run) else {
        return Ok(None);
    };
    let path = args.rejected.clone().unwrap_or_else(|| beside(file));
    std::fs::write(&path, rejected)
        .with_context(|| format!("{} cannot be written", path.display()))?;
    println!("refused rows: {} (mend them there and import that file again)", path.display());
    let words =
        format!("{}: {} of {} rows were refused", report.file, report.rejected, report.rows);
    Ok(Some(words))
}

/// The files, a folder as those of its files that can be tables; what was refused before is no input.
fn expanded(given: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for it in given {
        if !it.is_dir() {
            files.push(it.clone());
            continue;
        }
        let listed =
            std::fs::read_dir(it).with_context(|| format!("{} cannot be read", it.display()))?;
        let mut found: Vec<PathBuf> =
            listed.filter_map(|it| Some(it.ok()?.path())).filter(|it| is_table(it)).collect();
        if found.is_empty() {
            bail!("{}: no .csv, .txt, .xlsx or .xls in it", it.display());
        }
        found.sort();
        files.append(&mut found);
    }
    Ok(files)
}

fn is_table(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let table = [".csv", ".txt", ".xlsx", ".xls"].iter().any(|it| name.ends_with(it));
    table && path.is_file() && !name.ends_with(".rejected.csv") && !name.starts_with(['.', '~'])
}

fn asked(kind: &Kind) -> (&'static str, &FileArgs, Vec<(&'static str, String)>) {
    let (name, file, mut query) = match kind {
        Kind::Records(it) => {
            let mut query = Vec::new();
            query.extend(it.unit.clone().map(|it| ("unit", it)));
            query.extend(it.stat_type.map(|it| ("stat_type", it.to_string())));
            ("records", &it.file, query)
        }
        Kind::Economy(file) => ("economy", file, Vec::new()),
        Kind::Targets(file) => ("targets", file, Vec::new()),
        Kind::Units(file) => ("units", file, Vec::new()),
        Kind::Temperatures(file) => ("temperatures", file, Vec::new()),
        Kind::Dictionary { name, file } => ("dictionary", file, vec![("dictionary", name.clone())]),
        Kind::Readings(it) => {
            let mut query = vec![
                ("map", it.maps.join(";")),
                ("stamps", it.stamps.clone()),
                ("midnight", it.midnight.clone()),
                ("input_type", it.input_type.to_string()),
            ];
            let optional = [
                ("unit", &it.unit),
                ("unit_column", &it.unit_column),
                ("interval", &it.interval),
                ("name", &it.name),
                ("region", &it.region),
                ("industry", &it.industry),
            ];
            query.extend(
                optional.into_iter().filter_map(|(name, value)| Some((name, value.clone()?))),
            );
            query.extend(it.stat_type.map(|it| ("stat_type", it.to_string())));
            ("readings", &it.file, query)
        }
    };
    query.extend(file.sheet.clone().map(|it| ("sheet", it)));
    query.extend(file.header_line.map(|it| ("header_line", it.to_string())));
    query.extend(file.dates.clone().map(|it| ("dates", it)));
    query.extend(file.multiplier.map(|it| ("multiplier", it.to_string())));
    if !file.columns.is_empty() {
        query.push(("columns", file.columns.join(";")));
    }
    (name, file, query)
}

fn beside(file: &Path) -> PathBuf {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(".rejected.csv");
    file.with_file_name(name)
}
