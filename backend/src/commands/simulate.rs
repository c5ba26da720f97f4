//! `nengce simulate`: plays the terminals of an invented city against any server over HTTP.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use jiff::civil::{Date, date};
use nengce_core::city::economy;
use nengce_core::reference::Dictionaries;
use nengce_messages::profile::Proof;
use nengce_shared::month::Month;

use super::arguments::runtime;
use crate::clock::Clock;
use crate::config::profile_bindings::ProfileBinding;
use crate::simulate::{Admin, Plan, Rhythm, back_fill, write_truth};

/// The size of the city and what goes wrong in it; the same for the same seed.
#[derive(clap::Args, Debug, Clone)]
pub struct CityArgs {
    /// Enterprises of the city
    #[arg(long, default_value_t = 286)]
    pub units: usize,
    /// Days of daily values before today [default: from 1 January two years ago]
    #[arg(long)]
    pub days: Option<i32>,
    /// Days at the end that also carry hourly values
    #[arg(long, default_value_t = 30)]
    pub real_time_days: i32,
    /// The same seed gives the same city
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Entries of one message of a terminal that catches up
    #[arg(long, default_value_t = 4_000)]
    pub message_entries: usize,
    /// Terminals that catch up at the same time
    #[arg(long, default_value_t = 8)]
    pub concurrency: usize,
    /// Where the planted faults are written, one JSON object per line
    #[arg(long, value_name = "FILE")]
    pub truth: Option<PathBuf>,
}

#[derive(clap::Args, Debug)]
#[command(
    after_help = "Registers N terminals, sends their configuration and meters, back-fills D days (daily values, hourly \
ones for the last weeks, months of outputs and value added), then goes on day by day: each terminal sends \
the day before at its uploadTime. With a token it also approves the terminals and imports the unit list, regional \
economy and targets. Planted faults (missed days, late back-fill, stuck values, counter restarts, mixed-up units, …) \
are written to --truth.

  nengce simulate --server http://127.0.0.1:8080 --token SECRET --units 20 --days 60 --truth truth.jsonl --once"
)]
pub struct Args {
    /// Address of the server
    #[arg(long, value_name = "URL")]
    server: String,
    /// Administrator's token: approves terminals, imports lists
    #[arg(long, alias = "approve-token", env = "NENGCE_ADMIN_TOKEN", hide_env_values = true)]
    token: Option<String>,
    #[command(flatten)]
    city: CityArgs,
    /// Profile that the terminals speak: national, shandong or yunnan, with the prefix if it is another: yunnan:/yn
    #[arg(long, value_name = "NAME[:/PREFIX]", default_value = "national")]
    profile: ProfileBinding,
    /// The last 30 days are not back-filled but played, X times faster than the clock
    #[arg(long, value_name = "X", default_value_t = 1.0)]
    speed: f64,
    /// Ends after the back-fill
    #[arg(long)]
    once: bool,
    /// IANA time zone of the city
    #[arg(long, default_value = "Asia/Shanghai")]
    time_zone: String,
}

/// Days that `--speed` plays instead of back-filling.
const PLAYED_DAYS: i32 = 30;

impl CityArgs {
    /// The plan of a back-fill that ends on `last_day`.
    pub fn plan(&self, last_day: Date) -> Plan {
        let first_day = match self.days {
            Some(days) => last_day.saturating_add(jiff::Span::new().days(1 - days.clamp(1, 7_000))),
            None => date(last_day.year() - 2, 1, 1),
        };
        // The base year of the five-year plan that the first day lies in.
        let base = first_day.year() - (first_day.year() - 1).rem_euclid(5) - 1;
        Plan {
            seed: self.seed,
            units: self.units,
            first_day,
            last_day,
            history_from: self.days.is_none().then(|| Month::new(base, 1)).flatten(),
            real_time_days: self.real_time_days,
            message_entries: self.message_entries.max(1),
            concurrency: self.concurrency,
            binding: ProfileBinding::default(),
        }
    }
}

/// The HTTP client of many terminals.
pub fn http() -> Result<reqwest::Client> {
    Ok(reqwest::Client::builder()
        .timeout(Duration::from_secs(120))
        .pool_max_idle_per_host(64)
        .build()?)
}

pub fn run(args: &Args) -> Result<()> {
    runtime()?.block_on(simulate(args))
}

async fn simulate(args: &Args) -> Result<()> {
    let clock =
        Clock::new(&args.time_zone).with_context(|| format!("no time zone {}", args.time_zone))?;
    let held_back = if args.speed > 1.0 { PLAYED_DAYS } else { 0 };
    let yesterday = clock.today().yesterday()?;
    if args.profile.profile.proof == Proof::Certificate || args.profile.listen.is_some() {
        anyhow::bail!("--profile: national, shandong or yunnan at the address of --server");
    }
    let last_day = yesterday.saturating_sub(jiff::Span::new().days(held_back));
    let plan = Plan { binding: args.profile.clone(), ..args.city.plan(last_day) };
    let dictionaries = Dictionaries::built_in();
    let city = Arc::new(plan.city(&dictionaries));
    if let Some(file) = &args.city.truth {
        write_truth(&city, file)?;
    }
    let http = http()?;
    let server = args.server.trim_end_matches('/').to_owned();
    let admin = Admin { http, server, token: args.token.clone(), approves: true };
    let started = Instant::now();
    lists(&plan, &city, &admin, &dictionaries).await?;
    let (terminals, sent) = back_fill(&plan, &city, &admin, || {}).await?;
    let seconds = started.elapsed().as_secs_f64();
    println!(
        "{} terminals sent {} values in {seconds:.1} s ({:.0}/s), {} refused; {} faults planted",
        sent.units,
        sent.entries,
        sent.entries as f64 / seconds,
        sent.refused,
        city.faults.len()
    );
    if args.once {
        return Ok(());
    }
    let rhythm = Rhythm {
        clock,
        speed: args.speed,
        from: plan.last_day.tomorrow()?.at(0, 0, 0, 0),
        hours: false,
        pause: Duration::from_secs(1),
    };
    println!("the terminals go on day by day; Ctrl-C ends it");
    tokio::select! {
        played = rhythm.play(&terminals, |_| Ok(())) => played,
        () = super::serve::interrupted() => Ok(()),
    }
}

/// What the city's administration knows before any terminal sends: units, economy, targets.
pub async fn lists(
    plan: &Plan,
    city: &Arc<nengce_core::city::DemoCity>,
    admin: &Admin,
    dictionaries: &Dictionaries,
) -> Result<()> {
    if admin.token.is_none() {
        return Ok(());
    }
    admin.units(city).await?;
    let from = plan.history_from.unwrap_or_else(|| Month::of(plan.first_day));
    let last = Month::of(plan.last_day);
    // The statistics office publishes a month once it is over.
    let to = if plan.last_day == last.last_day() { last } else { last.prev() };
    admin.economy(&economy::economy(from, to.max(from))).await?;
    let (first_year, last_year) = (plan.first_day.year(), plan.last_day.year());
    let (city, dictionaries) = (Arc::clone(city), dictionaries.clone());
    let targets =
        tokio::task::spawn_blocking(move || city.targets(&dictionaries, first_year, last_year))
            .await?;
    admin.targets(&targets).await
}
