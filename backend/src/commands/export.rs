//! `nengce export`: a list of the API as CSV, XLSX or JSON, to a file or to standard output; readings as Parquet by
//! month, to a folder.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use clap::ValueEnum;
use nengce_shared::api::maintenance::{ParquetBody, ParquetDone};
use reqwest::Method;

use super::arguments::{TargetArgs, runtime};
use super::client::Client;

#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  nengce export units --format xlsx --out units.xlsx
  nengce export energy --unit 911201120000000191 --from 2018 --to 2018 --query grain=month --query basis=calorific
  nengce export readings --unit 911201120000000191 --query data_code=00-00-0000-023300-11 --from 2018-01-01 --to 2018-01-31
  nengce export readings --format parquet --from 2018-01-01 --to 2018-12-31 --out readings-2018")]
pub struct Args {
    what: What,
    /// Credit code of the unit, for readings and energy
    #[arg(long, value_name = "CODE")]
    unit: Option<String>,
    /// First day, month or year
    #[arg(long)]
    from: Option<String>,
    /// Last day, month or year, included
    #[arg(long)]
    to: Option<String>,
    /// Further parameters of the API, NAME=VALUE; several times
    #[arg(long = "query", value_name = "NAME=VALUE")]
    queries: Vec<String>,
    #[arg(long, value_enum, default_value_t = Format::Csv)]
    format: Format,
    /// File to write [default: standard output]; for Parquet a new or empty folder
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    target: TargetArgs,
}

#[derive(ValueEnum, Debug, Clone, Copy, PartialEq)]
enum What {
    Units,
    Readings,
    Energy,
    Devices,
    Uploads,
    DualControl,
    Targets,
    Factors,
}

#[derive(ValueEnum, Debug, Clone, Copy)]
enum Format {
    Csv,
    Xlsx,
    Json,
    /// Readings only: one file per month, of all units or of --unit
    Parquet,
}

pub fn run(args: &Args) -> Result<()> {
    match args.format {
        Format::Parquet => runtime()?.block_on(parquet(args)),
        Format::Csv => runtime()?.block_on(export(args, "csv")),
        Format::Xlsx => runtime()?.block_on(export(args, "xlsx")),
        Format::Json => runtime()?.block_on(export(args, "json")),
    }
}

async fn parquet(args: &Args) -> Result<()> {
    ensure!(
        args.what == What::Readings && args.queries.is_empty(),
        "Parquet is for readings, with --from, --to and --unit"
    );
    let out = args.out.as_ref().context("Parquet needs --out FOLDER")?;
    let body = ParquetBody {
        folder: args.target.folder(out)?,
        from: args.from.clone(),
        to: args.to.clone(),
        unit: args.unit.clone(),
    };
    let done: ParquetDone = Client::maintain(&args.target, "parquet", &body).await?;
    println!(
        "{}: {} readings in {} files, {:.1} MB, {:.1} s",
        done.folder,
        done.readings,
        done.files,
        done.bytes as f64 / 1e6,
        done.seconds
    );
    Ok(())
}

async fn export(args: &Args, format: &str) -> Result<()> {
    let path = path(args)?;
    let mut query = vec![("format".to_owned(), format.to_owned())];
    for (name, value) in [("from", &args.from), ("to", &args.to)] {
        query.extend(value.iter().map(|it| (name.to_owned(), it.clone())));
    }
    for pair in &args.queries {
        let (name, value) =
            pair.split_once('=').with_context(|| format!("'{pair}' is not NAME=VALUE"))?;
        query.push((name.to_owned(), value.to_owned()));
    }
    let client = Client::connect(&args.target).await?;
    let sent = client.send(client.request(Method::GET, &path).query(&query)).await;
    let bytes = match sent {
        Ok(response) => response.bytes().await.map_err(Into::into),
        Err(error) => Err(error),
    };
    client.close().await?;
    let bytes = bytes?;
    match &args.out {
        Some(file) => {
            std::fs::write(file, &bytes)
                .with_context(|| format!("{} cannot be written", file.display()))?;
            println!("{}: {} bytes", file.display(), bytes.len());
        }
        None => std::io::stdout().write_all(&bytes)?,
    }
    Ok(())
}

fn path(args: &Args) -> Result<String> {
    let of_unit = |tail: &str| -> Result<String> {
        let unit = args.unit.as_deref().with_context(|| format!("{tail} needs --unit CODE"))?;
        Ok(format!("/api/v1/units/{unit}/{tail}"))
    };
    Ok(match args.what {
        What::Units => "/api/v1/units".to_owned(),
        What::Readings => of_unit("readings")?,
        What::Energy => of_unit("energy")?,
        What::Devices => "/api/v1/devices".to_owned(),
        What::Uploads => "/api/v1/uploads".to_owned(),
        What::DualControl => "/api/v1/dual-control".to_owned(),
        What::Targets => "/api/v1/inspection-targets".to_owned(),
        What::Factors => "/api/v1/factors".to_owned(),
    })
}
