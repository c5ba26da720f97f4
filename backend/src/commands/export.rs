//! `nengce export`: a list of the API as CSV, XLSX or JSON, to a file or to standard output.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::ValueEnum;
use reqwest::Method;

use super::cli::{TargetArgs, runtime};
use super::client::Client;

#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  nengce export units --format xlsx --out units.xlsx
  nengce export energy --unit 911201120000000191 --from 2018 --to 2018 --query grain=month --query basis=calorific
  nengce export readings --unit 911201120000000191 --query data_code=00-00-0000-023300-11 --from 2018-01-01 --to 2018-01-31")]
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
    /// File to write [default: standard output]
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
}

pub fn run(args: &Args) -> Result<()> {
    runtime()?.block_on(export(args))
}

async fn export(args: &Args) -> Result<()> {
    let path = path(args)?;
    let format = match args.format {
        Format::Csv => "csv",
        Format::Xlsx => "xlsx",
        Format::Json => "json",
    };
    let mut query = vec![("format".to_owned(), format.to_owned())];
    for (name, value) in [("from", &args.from), ("to", &args.to)] {
        query.extend(value.iter().map(|it| (name.to_owned(), it.clone())));
    }
    for pair in &args.queries {
        let (name, value) = pair
            .split_once('=')
            .with_context(|| format!("'{pair}' is not NAME=VALUE"))?;
        query.push((name.to_owned(), value.to_owned()));
    }
    let client = Client::connect(&args.target).await?;
    let sent = client
        .send(client.request(Method::GET, &path).query(&query))
        .await;
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
        let unit = args
            .unit
            .as_deref()
            .with_context(|| format!("{tail} needs --unit CODE"))?;
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
