//! `nengce audit export|verify`: writes the audit log to a file that proves itself, and checks such a file without a
//! server. The file has a signed head, one line for each entry, and the signed head of the last entry.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use clap::Subcommand;
use nengce_core::audit::{Broken, Verification, Why, signed_by_its_key};
use nengce_shared::api::audit::{AuditBreak, AuditHead, AuditList, AuditRow};
use reqwest::Method;

use super::arguments::{TargetArgs, runtime};
use super::client::Client;

#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Write entries with signed heads to a file, one JSON text in each line
    Export {
        file: PathBuf,
        /// First day [default: the first one kept]
        #[arg(long, value_name = "YYYY-MM-DD")]
        from: Option<jiff::civil::Date>,
        /// Last day [default: today]
        #[arg(long, value_name = "YYYY-MM-DD")]
        to: Option<jiff::civil::Date>,
        #[command(flatten)]
        target: TargetArgs,
    },
    /// Check the chain and the signatures of an exported file; no server is needed
    Verify {
        file: PathBuf,
        /// An earlier exported file whose last head has to fit this one
        #[arg(long, value_name = "FILE")]
        against: Option<PathBuf>,
    },
}

pub fn run(args: &Args) -> Result<()> {
    match &args.action {
        Action::Export { file, from, to, target } => {
            let days = [("from", from), ("to", to)];
            let query =
                days.iter().filter_map(|(name, day)| day.map(|day| format!("{name}={day}&")));
            let query: String = query.collect();
            runtime()?.block_on(export(file, &query, target))
        }
        Action::Verify { file, against } => {
            let known = against.as_deref().map(last_head).transpose()?;
            let head = verify(file, known.as_ref())?;
            println!("the chain is whole up to entry {}, signed at {}", head.number, head.at);
            println!("key {}", head.public_key);
            Ok(())
        }
    }
}

async fn export(file: &Path, days: &str, target: &TargetArgs) -> Result<()> {
    let client = Client::connect(target).await?;
    let written = write(&client, file, days).await;
    client.close().await?;
    println!("{} entries in {}", written?, file.display());
    Ok(())
}

async fn write(client: &Client, file: &Path, days: &str) -> Result<u64> {
    let one = |order: &str| format!("{days}limit=1&order={order}");
    let (first, last) = (list(client, &one("oldest")).await?, list(client, &one("newest")).await?);
    let (Some(first), Some(last)) = (first.rows.first(), last.rows.first()) else {
        bail!("没有该时段的审计记录 / the audit log has no entries of these days");
    };
    let (before, last) = (first.number - 1, last.number);
    let mut out = BufWriter::new(File::create(file)?);
    line(&mut out, &head(client, before).await?)?;
    let mut at = before;
    while at < last {
        let cursor = const_hex::encode(at.to_string());
        let page = list(client, &format!("order=oldest&limit=5000&cursor={cursor}")).await?;
        ensure!(!page.rows.is_empty(), "entry {} is not there", at + 1);
        for row in page.rows.iter().take_while(|it| it.number <= last) {
            line(&mut out, row)?;
        }
        at = page.rows.last().map_or(last, |it| it.number);
    }
    line(&mut out, &head(client, last).await?)?;
    out.flush()?;
    Ok(last - before)
}

async fn list(client: &Client, query: &str) -> Result<AuditList> {
    let request = client.request(Method::GET, &format!("/api/v1/audit?{query}"));
    Ok(client.send(request).await?.json().await?)
}

async fn head(client: &Client, number: u64) -> Result<AuditHead> {
    let request = client.request(Method::GET, &format!("/api/v1/audit/head?number={number}"));
    Ok(client.send(request).await?.json().await?)
}

fn line(out: &mut impl Write, it: &impl serde::Serialize) -> Result<()> {
    serde_json::to_writer(&mut *out, it)?;
    Ok(out.write_all(b"\n")?)
}

/// Checks a file; the head of its last entry.
fn verify(file: &Path, known: Option<&AuditHead>) -> Result<AuditHead> {
    let lines = read(file)?;
    let [first, entries @ .., last] = lines.as_slice() else {
        bail!("{} is no export of the audit log", file.display());
    };
    let (first, last) = (parse_head(first)?, parse_head(last)?);
    let mut at = Verification { number: first.number, hash: first.hash };
    let mut fits = known.is_none_or(|it| it.number == at.number && it.hash == at.hash);
    for text in entries {
        let row: AuditRow = serde_json::from_str(text)
            .with_context(|| format!("after entry {}: this line is no entry", at.number))?;
        at.take(&row).or_else(broken)?;
        fits |= known.is_some_and(|it| it.number == at.number && it.hash == at.hash);
    }
    if (last.number, &last.hash) != (at.number, &at.hash) {
        broken(Broken { number: last.number, why: Why::Head })?;
    }
    if let Some(it) = known.filter(|_| !fits) {
        broken(Broken { number: it.number, why: Why::Head })?;
    }
    Ok(last)
}

fn broken(it: Broken) -> Result<()> {
    let AuditBreak { number, zh, en } = it.into();
    bail!("链在第 {number} 条处断开：{zh} / the chain breaks at entry {number}: {en}")
}

fn read(file: &Path) -> Result<Vec<String>> {
    let opened = File::open(file).with_context(|| file.display().to_string())?;
    Ok(BufReader::new(opened).lines().collect::<std::io::Result<_>>()?)
}

fn last_head(file: &Path) -> Result<AuditHead> {
    parse_head(read(file)?.last().map_or("", |it| it))
}

fn parse_head(text: &str) -> Result<AuditHead> {
    let head: AuditHead = serde_json::from_str(text).context("this line is no signed head")?;
    if !signed_by_its_key(&head) {
        broken(Broken { number: head.number, why: Why::Signature })?;
    }
    Ok(head)
}
