//! `nengce demo`: a server and an invented city in one process. Started again on the same folder, the city continues.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use jiff::civil::{Date, DateTime};
use nengce_core::city::calendar::date_of;
use nengce_core::city::economy::economy;
use nengce_core::city::{DemoCity, FaultKind};
use nengce_core::reference::Dictionaries;
use nengce_shared::api::meta::DEMO_TOKEN;
use nengce_shared::month::Month;
use serde::{Deserialize, Serialize};

use super::accounts::demo_accounts;
use super::arguments::{ServerArgs, runtime};
use super::serve::{Running, interrupted};
use super::simulate::{CityArgs, http, lists};
use super::{demo_cases, demo_costs};
use crate::config::profile_bindings::ProfileBinding;
use crate::config::{Config, PUBLIC_READS};
use crate::http::state::demo_filling::FillingProgress;
use crate::simulate::{Admin, Plan, Rhythm, Terminal, back_fill, write_truth};

#[derive(clap::Args, Debug)]
#[command(
    after_help = "Serves the portal and plays a city of enterprises against it over the terminal protocol: every name \
and figure is invented. Terminals are approved by themselves. Hours of today keep trickling in, days roll on; \
started again on the same folder the city goes on where it stood.

  nengce demo --listen 127.0.0.1:8080 --data demo-data --units 286"
)]
pub struct Args {
    #[command(flatten)]
    server: ServerArgs,
    #[command(flatten)]
    city: CityArgs,
}

/// DATA/demo.json: which city this folder holds and how far it has come.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Stand {
    seed: u64,
    units: usize,
    first_day: Date,
    /// Last day for which faults are planned.
    planned_until: Date,
    real_time_days: i32,
    /// Every terminal has sent everything before this moment.
    sent_until: DateTime,
}

impl Stand {
    fn path(data: &Path) -> PathBuf {
        data.join("demo.json")
    }

    fn read(data: &Path) -> Option<Self> {
        serde_json::from_slice(&std::fs::read(Self::path(data)).ok()?).ok()
    }

    /// Written beside and renamed, so that it is never half there.
    fn write(&self, data: &Path) -> Result<()> {
        let beside = data.join("demo.json.new");
        std::fs::write(&beside, serde_json::to_vec_pretty(self)?)?;
        Ok(std::fs::rename(beside, Self::path(data))?)
    }
}

pub fn run(args: &Args) -> Result<()> {
    let mut config = Config { demo: true, auto_approve_devices: true, ..args.server.load()? };
    if config.admin_token.is_empty() {
        DEMO_TOKEN.clone_into(&mut config.admin_token);
    }
    if config.public_reads.is_empty() {
        config.public_reads = PUBLIC_READS.map(|it| it.as_str().to_owned()).to_vec();
    }
    runtime()?.block_on(demo(args, config))
}

async fn demo(args: &Args, config: Config) -> Result<()> {
    let data = config.data.clone();
    let running = Running::start(config).await?;
    println!("Nengce on http://{}", running.address);
    println!("{}", how_to_sign_in(&running.state.config.admin_token));
    let played = tokio::select! {
        it = play(args, &running, &data) => it,
        () = interrupted() => Ok(()),
        it = running.given_up() => Err(it.into()),
    };
    running.stop().await?;
    played
}

/// How a person acts as administrator of this demo.
fn how_to_sign_in(token: &str) -> String {
    if token == DEMO_TOKEN {
        format!(
            "Whoever reaches this demo may act as its administrator 管理员: press 以管理员身份试用 / Try as administrator where a \
             page asks for the token, or use the token {token}."
        )
    } else {
        "The administrator 管理员 of this demo signs in with the configured admin_token.".to_owned()
    }
}

async fn play(args: &Args, running: &Running, data: &Path) -> Result<()> {
    let started = Instant::now();
    let clock = running.state.clock.clone();
    let dictionaries = running.state.dictionaries();
    let http = http()?;
    let admin = Admin {
        http,
        server: format!("http://{}", running.address),
        token: Some(running.state.local_token.to_string()),
        approves: false,
    };
    let known = Stand::read(data);
    let (mut stand, plan) = match &known {
        Some(it) => (it.clone(), plan_of(args, it)),
        None => {
            let plan = args.city.plan(clock.today().yesterday()?);
            (stand_of(&plan), plan)
        }
    };
    let city = Arc::new(plan.city(&dictionaries));
    demo_accounts::make(&running.state.store, &city, clock.now()).await?;
    if let Some(file) = &args.city.truth {
        write_truth(&city, file)?;
    }
    let terminals = match known {
        Some(_) => {
            println!("the city of this folder goes on from {}", stand.sent_until);
            again(&city, &admin).await?
        }
        None => {
            running.state.filling.begin(city.units.len());
            let progress = Arc::clone(&running.state.filling);
            first_fill(&plan, &city, &admin, &dictionaries, progress).await?
        }
    };
    running.state.store.wait_for_roll_ups().await?;
    demo_costs::make(&running.state.store, &city, &clock).await?;
    demo_cases::make(&running.state, &city).await?;
    running.state.filling.end();
    stand.write(data)?;
    warm(&admin).await;
    announce(&city, running, started.elapsed());

    let rhythm = Rhythm {
        clock,
        speed: 1.0,
        from: stand.sent_until,
        hours: true,
        pause: Duration::from_millis((900_000 / terminals.len().max(1) as u64).clamp(500, 5_000)),
    };
    let mut published = Month::of(stand.sent_until.date());
    rhythm
        .play(&terminals, |day| {
            stand.sent_until = date_of(day).at(0, 0, 0, 0);
            let month = Month::of(stand.sent_until.date());
            if month > published {
                let news = publish(admin.clone(), Arc::clone(&city), Arc::clone(&dictionaries), published, month);
                published = month;
                tokio::spawn(async move {
                    if let Err(error) = news.await {
                        tracing::warn!(%error, "the economy or the targets of a new month were not imported");
                    }
                });
            }
            stand.write(data)
        })
        .await
}

/// The economy of the months that are over, and the targets of a year that has begun.
async fn publish(
    admin: Admin,
    city: Arc<DemoCity>,
    dictionaries: Arc<Dictionaries>,
    from: Month,
    now: Month,
) -> Result<()> {
    admin.economy(&economy(from, now.prev())).await?;
    if now.year() == from.year() {
        return Ok(());
    }
    let years = (from.year() + 1, now.year());
    let targets =
        tokio::task::spawn_blocking(move || city.targets(&dictionaries, years.0, years.1)).await?;
    admin.targets(&targets).await
}

fn plan_of(args: &Args, stand: &Stand) -> Plan {
    Plan {
        seed: stand.seed,
        units: stand.units,
        first_day: stand.first_day,
        real_time_days: stand.real_time_days,
        ..args.city.plan(stand.planned_until)
    }
}

fn stand_of(plan: &Plan) -> Stand {
    Stand {
        seed: plan.seed,
        units: plan.units,
        first_day: plan.first_day,
        planned_until: plan.last_day,
        real_time_days: plan.real_time_days,
        sent_until: plan.last_day.tomorrow().unwrap_or(plan.last_day).at(0, 0, 0, 0),
    }
}

async fn first_fill(
    plan: &Plan,
    city: &Arc<DemoCity>,
    admin: &Admin,
    dictionaries: &Dictionaries,
    progress: Arc<FillingProgress>,
) -> Result<Vec<Arc<Terminal>>> {
    println!(
        "{} enterprises send {} … {} through the terminal protocol",
        plan.units, plan.first_day, plan.last_day
    );
    lists(plan, city, admin, dictionaries).await.context("units, economy and targets")?;
    let (terminals, sent) = back_fill(plan, city, admin, move || progress.unit_done()).await?;
    println!("{} values received, {} of them refused on purpose", sent.entries, sent.refused);
    Ok(terminals)
}

/// Terminals that registered before get their old device again.
async fn again(city: &Arc<DemoCity>, admin: &Admin) -> Result<Vec<Arc<Terminal>>> {
    let known = admin.devices().await?;
    let mut terminals = Vec::new();
    for unit in city.units.iter().filter(|it| it.uploads) {
        let device = known.get(&unit.enterprise_code);
        let binding = ProfileBinding::default();
        let terminal = Terminal::register(admin, &binding, city, unit.index, device).await?;
        terminals.push(Arc::new(terminal));
    }
    Ok(terminals)
}

/// Asks for the first pages once, so that the first visitor does not wait for them.
async fn warm(admin: &Admin) {
    for path in
        ["/api/v1/dual-control", "/api/v1/intensity?by=region", "/api/v1/inspection-targets"]
    {
        let asked = admin.http.get(format!("{}{path}", admin.server)).send().await;
        if let Err(error) = asked {
            tracing::debug!(%error, path, "a first page was not warmed");
        }
    }
}

fn announce(city: &DemoCity, running: &Running, took: Duration) {
    let url = format!("http://{}", running.address);
    let with = |kind: FaultKind| {
        city.faults.iter().find(|it| it.kind == kind).map(|fault| {
            let unit = &city.units[fault.unit];
            format!("{url}/units/{}  {}", unit.enterprise_code, unit.name)
        })
    };
    println!(
        "\nReady after {:.0} s. The city is invented; what to look at first:",
        took.as_secs_f64()
    );
    println!("  {url}/                 双控形势: total, intensity, levels of 16 districts");
    println!("  {url}/intensity        能耗强度: who got better, and why");
    println!("  {url}/benchmarks/0101  能效对标: converter steel against its limits");
    println!("  {url}/targets          监察对象: whom to visit next");
    println!("  {url}/uploads          数据上报: what comes in now");
    for (kind, what) in [
        (FaultKind::Silent, "fell silent"),
        (FaultKind::Stuck, "a stuck meter"),
        (FaultKind::Shutdown, "a true shutdown"),
    ] {
        if let Some(unit) = with(kind) {
            println!("  {unit} ({what})");
        }
    }
    println!(
        "  {url}/api/docs         the API\nCtrl-C ends it; started again on the same folder it goes on."
    );
}
