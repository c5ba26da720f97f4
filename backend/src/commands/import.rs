//! `nengce import`: files of readings, economy, targets, units and dictionaries into the portal.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Subcommand;
use reqwest::Method;

use super::cli::{TargetArgs, runtime};
use super::client::Client;
use crate::import::ImportReport;

const HELP: &str = "Files are CSV (UTF-8, with or without a byte-order mark; , ; or tab) or XLSX with one header line. \
Columns are found by name, in any order; columns that are not named are left alone. Refused rows are written beside \
the file as FILE.rejected.csv with their line and reason; mend them there and import that file again.

economy:    region_code,month (YYYY-MM),value_added (10^4 yuan, comparable prices)[,price_year,estimated,source]
targets:    scope (region|industry|unit),code,kind (total_tce|annual_fall|five_year_fall),from_year,to_year,value \
(tce, or a fall as a fraction: 0.031)[,basis (equivalent),source]
units:      enterprise_code,name,region_code[,industry_code (C3120),class (hundred|thousand|ten_thousand)]
dictionary: the columns of the built-in file of that name, edition, source and certainty included";

const READINGS_HELP: &str = "A steel plant's quarter-hours with interval-end stamps, day/month/year, whose last quarter \
of a day is printed as 0:00 of that day, in kWh:

  nengce import readings steel.csv --unit 911201120000000191 --name 示例钢厂 --region 120112 --industry C3120 \\
    --map time=date --map '00-00-0000-023300-11=Usage_kWh*0.0001' \\
    --dates dmy --stamps end --interval 15m --midnight closes-day --dry-run

Values are stored in the dictionary's unit (electricity 10^4 kWh, natural gas 10^4 m3, heat GJ, coal t): give the \
multiplier after the column.";

#[derive(clap::Args, Debug)]
#[command(after_help = HELP)]
pub struct Args {
    #[command(subcommand)]
    kind: Kind,
}

#[derive(Subcommand, Debug)]
enum Kind {
    /// Readings of one unit: a time column and one column per data item
    #[command(after_help = READINGS_HELP)]
    Readings(ReadingsArgs),
    /// Readings with a row per value, its own unit and data code: enterpriseCode, dataCode, statType, statDate, dataValue
    Records(FileArgs),
    /// Regional economy by month
    Economy(FileArgs),
    /// Control targets of regions, industries and units
    Targets(FileArgs),
    /// A list of units
    Units(FileArgs),
    /// Replace a dictionary: energy_types, factors, usage_roles, regions, industries, processes, products, indicators, benchmarks, meter_equip_rates
    Dictionary {
        name: String,
        #[command(flatten)]
        file: FileArgs,
    },
}

#[derive(clap::Args, Debug)]
struct FileArgs {
    file: PathBuf,
    /// Show what would be stored and what would be refused; store nothing
    #[arg(long)]
    dry_run: bool,
    /// Column mapping saved under this name
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,
    /// Where refused rows go [default: FILE.rejected.csv]
    #[arg(long, value_name = "FILE")]
    rejected: Option<PathBuf>,
    #[command(flatten)]
    target: TargetArgs,
}

#[derive(clap::Args, Debug)]
struct ReadingsArgs {
    #[command(flatten)]
    file: FileArgs,
    /// Unified social credit code of the unit; an unknown one is created. Wins over the profile's
    #[arg(long, value_name = "CODE", required_unless_present = "profile")]
    unit: Option<String>,
    /// Name of a new unit
    #[arg(long)]
    name: Option<String>,
    /// Region of a new unit [default: digits 3–8 of the code]
    #[arg(long)]
    region: Option<String>,
    /// Industry of a new unit, GB/T 4754 with its letter
    #[arg(long)]
    industry: Option<String>,
    /// time=COLUMN, and DATA_CODE=COLUMN or DATA_CODE=COLUMN*MULTIPLIER; several times
    #[arg(
        long = "map",
        value_name = "TARGET=COLUMN",
        required_unless_present = "profile"
    )]
    maps: Vec<String>,
    /// Order of dates: ymd, dmy, mdy, or a pattern such as '%d.%m.%Y %H:%M'
    #[arg(long, default_value = "ymd")]
    dates: String,
    /// What a stamp names of its interval: start or end
    #[arg(long, default_value = "start")]
    stamps: String,
    /// Length of an interval: 15m, 1h, 1d; stamps off its grid are refused
    #[arg(long)]
    interval: Option<String>,
    /// opens-day, or closes-day where 0:00 carries the date of the day it closes
    #[arg(long, default_value = "opens-day")]
    midnight: String,
    /// 0 real-time, 1 day, 2 month, 3 year
    #[arg(long, default_value_t = 0)]
    stat_type: u8,
    /// How the values were taken: 1 MIS … 5 by hand, 6 supplier, 7 other
    #[arg(long, default_value_t = 7)]
    input_type: u8,
}

pub fn run(args: &Args) -> Result<()> {
    runtime()?.block_on(import(args))
}

async fn import(args: &Args) -> Result<()> {
    let (kind, file, query) = asked(&args.kind);
    let bytes = std::fs::read(&file.file)
        .with_context(|| format!("{} cannot be read", file.file.display()))?;
    let name = file
        .file
        .file_name()
        .map_or_else(String::new, |it| it.to_string_lossy().into_owned());
    let mut query: Vec<(&str, String)> = query;
    query.push(("file", name));
    if let Some(profile) = &file.profile {
        query.push(("profile", profile.clone()));
    }
    if file.dry_run {
        query.push(("dry_run", "true".to_owned()));
    }
    let client = Client::connect(&file.target).await?;
    let request = client
        .request(Method::POST, &format!("/api/v1/imports/{kind}"))
        .query(&query)
        .header("content-type", "text/csv")
        .body(bytes);
    let sent = client.send(request).await;
    let report = match sent {
        Ok(response) => response.json::<ImportReport>().await.map_err(Into::into),
        Err(error) => Err(error),
    };
    client.close().await?;
    let report = report?;
    print(&report);
    let Some(rejected) = &report.rejected_csv else {
        return Ok(());
    };
    let path = file.rejected.clone().unwrap_or_else(|| beside(&file.file));
    std::fs::write(&path, rejected)
        .with_context(|| format!("{} cannot be written", path.display()))?;
    println!(
        "refused rows: {} (mend them there and import that file again)",
        path.display()
    );
    bail!("{} of {} rows were refused", report.rejected, report.rows)
}

fn asked(kind: &Kind) -> (&'static str, &FileArgs, Vec<(&'static str, String)>) {
    match kind {
        Kind::Records(file) => ("records", file, Vec::new()),
        Kind::Economy(file) => ("economy", file, Vec::new()),
        Kind::Targets(file) => ("targets", file, Vec::new()),
        Kind::Units(file) => ("units", file, Vec::new()),
        Kind::Dictionary { name, file } => ("dictionary", file, vec![("dictionary", name.clone())]),
        Kind::Readings(it) => {
            let mut query = vec![
                ("map", it.maps.join(";")),
                ("dates", it.dates.clone()),
                ("stamps", it.stamps.clone()),
                ("midnight", it.midnight.clone()),
                ("stat_type", it.stat_type.to_string()),
                ("input_type", it.input_type.to_string()),
            ];
            let optional = [
                ("unit", &it.unit),
                ("interval", &it.interval),
                ("name", &it.name),
                ("region", &it.region),
                ("industry", &it.industry),
            ];
            query.extend(
                optional
                    .into_iter()
                    .filter_map(|(name, value)| Some((name, value.clone()?))),
            );
            ("readings", &it.file, query)
        }
    }
}

fn beside(file: &Path) -> PathBuf {
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(".rejected.csv");
    file.with_file_name(name)
}

fn print(report: &ImportReport) {
    let verb = if report.dry_run {
        "would be stored"
    } else {
        "accepted"
    };
    println!(
        "{}: {} rows, {} values {verb}, {} rows refused",
        report.file, report.rows, report.accepted, report.rejected
    );
    if !report.dry_run {
        println!(
            "stored {}, unchanged {}, replaced {}, waiting for an operator {}",
            report.stored, report.unchanged, report.replaced, report.held
        );
    }
    if report.created_units > 0 {
        println!("new units: {}", report.created_units);
    }
    for it in &report.series {
        let unit = it.unit.as_deref().unwrap_or("(not in the dictionary)");
        let tce = it
            .tce_calorific
            .map_or_else(String::new, |it| format!(", {it:.2} tce calorific"));
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
    for it in report.problems.iter().take(20) {
        println!(
            "  line {}, {}: {} ({})",
            it.line, it.field, it.reason_zh, it.reason_en
        );
    }
}
