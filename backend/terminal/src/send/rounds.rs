//! Sends to each centre by a task of its own: registers, asks for versions, uploads what changed and the values that are
//! due, and sends again until the centre has answered with success.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::Result;
use jiff::civil::Time;
use nengce_client::{
    Answer, Application, Centre, CentreSettings, ClientError, Registration, Versions,
};
use nengce_shared::lang::Lang;
use serde::{Deserialize, Serialize};
use tokio::time::sleep;

use crate::config::{CentreConfig, PlantSettings};
use crate::plant::{CentreRun, Plant};
use crate::send::certificate;
use crate::send::configuration;
use crate::send::round_end::RoundEnd;
use crate::send::upload::Upload;

const DAY: i64 = 86_400;
/// Seconds between two looks at the wall clock: it may be set at any time.
const LOOK: Duration = Duration::from_secs(1);

/// What a centre has of this terminal, as it is kept in the store.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
struct Held {
    versions: Option<Versions>,
    configuration: Option<String>,
    meters: Option<String>,
}

/// A quarter-hour is on disk this long after its end; a round before that would send it a quarter-hour late.
const SETTLES_SECONDS: i64 = 60;

/// Steps of one registration; a profile needs three, or five where the centre has a new working key.
const MOST_STEPS: usize = 6;

/// Starts a task for each centre.
pub(crate) fn start(plant: &Arc<Plant>) -> Result<()> {
    for it in &plant.config.centres {
        let settings = CentreSettings {
            name: it.name.clone(),
            url: it.url.clone(),
            profile: it.profile()?,
            enterprise_code: plant.config.plant.enterprise_code.clone(),
            region: plant.config.plant.region.clone(),
            authorities: it.authorities.clone(),
            certificate: it.certificate.clone().zip(it.key.clone()),
            registration_code: it.registration_code.clone(),
            application: it
                .password
                .clone()
                .map(|password| application(&plant.config.plant, password))
                .transpose()?,
            platform_token: None,
            timeout: Duration::from_secs(it.timeout_seconds),
            max_answer_bytes: it.max_answer_bytes,
        };
        let jitter =
            if it.jitter_seconds > 0 { rand::random_range(0..=it.jitter_seconds) } else { 0 };
        let sender = Sender {
            plant: Arc::clone(plant),
            config: it.clone(),
            centre: Centre::new(settings)?,
            jitter,
            registers_again: AtomicBool::new(false),
        };
        let ends = it.certificate.as_deref().and_then(certificate::ends_at);
        sender.show(|run| {
            run.certificate_ends = ends.map(|it| it + plant.config.store.offset_minutes * 60);
        });
        tokio::spawn(sender.run());
    }
    Ok(())
}

/// What the unit applies with in Yunnan.
fn application(plant: &PlantSettings, password: String) -> Result<Application> {
    let enterprise = configuration::message(plant, &[], 0)?["enterprise"].take();
    Ok(Application { password, enterprise })
}

struct Sender {
    plant: Arc<Plant>,
    config: CentreConfig,
    centre: Centre,
    jitter: i64,
    /// Set where the centre does not know the device, or its key has ended.
    registers_again: AtomicBool,
}

impl Sender {
    async fn run(self) {
        let mut sent_slots = None;
        let mut failures = 0;
        loop {
            let slots = self.slots();
            if sent_slots == Some(slots) {
                tokio::select! {
                    () = sleep(LOOK) => continue,
                    () = self.wake() => {}
                }
            }
            let round = self.round().await;
            let ahead = self.clock_ahead();
            self.show(|it| it.clock_ahead = ahead);
            match round {
                Ok(()) => (failures, sent_slots) = (0, Some(slots)),
                Err(why) => {
                    failures += 1;
                    self.failed(&why, failures).await;
                }
            }
        }
    }

    async fn wake(&self) {
        match self.plant.wake.get(&self.config.name) {
            Some(it) => it.notified().await,
            None => std::future::pending().await,
        }
    }

    /// The day and the interval of it that are to be sent: a round is due when they are others than at the last success.
    fn slots(&self) -> (i64, i64) {
        let now = self.plant.clock.now();
        let day = (now - self.upload_seconds()).div_euclid(DAY);
        let every = self.config.every_minutes * 60;
        (day, if every > 0 { (now - SETTLES_SECONDS).div_euclid(every) } else { day })
    }

    /// The second of the day at which the day before goes up.
    fn upload_seconds(&self) -> i64 {
        let given =
            self.plant.centres.lock().get(&self.config.name).and_then(|it| it.upload_time.clone());
        let text = self.config.upload_time.clone().or(given).unwrap_or_default();
        let time = text.parse::<Time>().unwrap_or(Time::midnight());
        i64::from(time.hour()) * 3600
            + i64::from(time.minute()) * 60
            + i64::from(time.second())
            + self.jitter
    }

    async fn failed(&self, why: &RoundEnd, failures: u32) {
        let (zh, en) = (why.text(Lang::Zh), why.text(Lang::En));
        if let RoundEnd::Client(ClientError::RegisterAgain(_)) = why {
            self.registers_again.store(true, Ordering::Relaxed);
        }
        let doubled =
            self.config.retry_first_seconds.saturating_mul(1 << failures.min(20).saturating_sub(1));
        let mut wait =
            doubled.min(self.config.retry_most_seconds.max(self.config.retry_first_seconds));
        if let RoundEnd::Client(ClientError::Busy { retry_after: Some(asked), .. }) = why {
            wait = wait.max(asked.as_secs().min(self.config.retry_most_seconds));
        }
        let wait_ms = wait * 1000 + rand::random_range(0..=wait * 100);
        let now = self.plant.clock.now();
        self.show(|it| {
            it.state = if matches!(why, RoundEnd::Client(e) if !e.is_passing()) {
                "refused"
            } else {
                "retry"
            };
            (it.zh, it.en) = (zh.clone(), en.clone());
            (it.at, it.failures, it.retry_at) = (Some(now), failures, Some(now + wait as i64));
        });
        let name = &self.config.name;
        self.plant.note(
            "send",
            format!("{name} {zh}，第 {failures} 次"),
            format!("{name} {en}, attempt {failures}"),
        );
        tokio::select! {
            () = sleep(Duration::from_millis(wait_ms)) => {}
            () = self.wake() => {}
        }
    }

    fn show(&self, change: impl FnOnce(&mut CentreRun)) {
        self.plant.show(&self.config.name, change);
    }

    /// How far this clock is ahead of the centre's; the date of an answer tells whole seconds.
    fn clock_ahead(&self) -> Option<i64> {
        let (date, at) = self.centre.date()?;
        let date = jiff::fmt::rfc2822::parse(&date).ok()?.timestamp().as_second();
        let there = date + i64::try_from(at.elapsed().as_secs()).ok()?;
        Some(self.plant.clock.now() - self.plant.config.store.offset_minutes * 60 - there)
    }

    async fn round(&self) -> Result<(), RoundEnd> {
        let given = self.registration().await?;
        self.show(|it| {
            it.upload_time.clone_from(&given.upload_time);
            it.device = Some(given.device_id.clone());
        });
        self.described(&given).await?;
        let upload = Upload {
            plant: &self.plant,
            config: &self.config,
            centre: &self.centre,
            given: &given,
            upload_seconds: self.upload_seconds(),
        };
        upload.all().await
    }

    async fn registration(&self) -> Result<Registration, RoundEnd> {
        let name = &self.config.name;
        let kept = self.plant.engine.lock().registration(name)?.0;
        let known: Option<Registration> = kept.and_then(|it| serde_json::from_str(&it).ok());
        if let Some(known) = &known
            && self.centre.has_finished(known)
            && !self.registers_again.load(Ordering::Relaxed)
        {
            return Ok(known.clone());
        }
        self.show(|it| it.state = "registering");
        // What the centre gave before proves that this is the same terminal.
        let mut given = self.centre.register(known.as_ref()).await?;
        self.keep_registration(&given)?;
        for _ in 0..MOST_STEPS {
            if self.centre.has_finished(&given) {
                break;
            }
            given = self.centre.register(Some(&given)).await?;
            self.keep_registration(&given)?;
        }
        self.registers_again.store(false, Ordering::Relaxed);
        self.plant.note(
            "receive",
            format!("{name} 已注册"),
            format!("{name} has registered this terminal"),
        );
        Ok(given)
    }

    fn keep_registration(&self, given: &Registration) -> Result<()> {
        let text = serde_json::to_string(given)?;
        Ok(self.plant.engine.lock().set_registration(&self.config.name, Some(&text))?)
    }

    /// Versions, dictionaries, configuration and meters: what the centre refuses of them does not hold up values.
    async fn described(&self, given: &Registration) -> Result<(), RoundEnd> {
        let name = &self.config.name;
        let kept = self.plant.engine.lock().registration(name)?.1;
        let mut held: Held = kept.and_then(|it| serde_json::from_str(&it).ok()).unwrap_or_default();
        let before = held.clone();
        match self.centre.versions(given).await {
            Ok(versions) if held.versions.as_ref() != Some(&versions) => {
                if let Some(all) = self.noted(self.centre.dictionaries(given, None).await)? {
                    self.keep_dictionaries(&all)?;
                    held.versions = Some(versions);
                }
            }
            Ok(_) => {}
            Err(error) => drop(self.noted::<()>(Err(error))?),
        }
        let points = self.plant.engine.lock().points();
        let grain = self.plant.config.store.grain_minutes;
        let message = configuration::message(&self.plant.config.plant, &points, grain)?;
        let text = message.to_string();
        if held.configuration.as_ref() != Some(&text)
            && let Some(taken) =
                self.noted(self.centre.upload_configuration(given, message).await)?
        {
            self.refused_parts(&taken);
            held.configuration = Some(text);
        }
        if let Some(meters) = configuration::meters(&self.plant.config.plant)? {
            let text = meters.to_string();
            if held.meters.as_ref() != Some(&text)
                && let Some(taken) = self.noted(self.centre.upload_meters(given, meters).await)?
            {
                self.refused_parts(&taken);
                held.meters = Some(text);
            }
        }
        if held != before {
            let text = serde_json::to_string(&held).map_err(anyhow::Error::from)?;
            self.plant.engine.lock().set_versions(name, Some(&text))?;
        }
        let versions = held.versions.unwrap_or_default();
        self.show(|it| {
            it.versions = format!("{} / {}", versions.dictionaries, versions.registration)
        });
        Ok(())
    }

    fn keep_dictionaries(&self, all: &serde_json::Value) -> Result<()> {
        let place = self
            .plant
            .config
            .centres
            .iter()
            .position(|it| it.name == self.config.name)
            .unwrap_or(0);
        let path = self.plant.config.store.folder.join(format!("dictionaries-{}.json", place + 1));
        Ok(std::fs::write(path, all.to_string())?)
    }

    /// A refusal is written in the log and passed over; without an answer the round ends.
    fn noted<T>(&self, answer: Result<T, ClientError>) -> Result<Option<T>, RoundEnd> {
        match answer {
            Ok(it) => Ok(Some(it)),
            Err(error @ (ClientError::Refused { .. } | ClientError::NotUnderstood { .. })) => {
                let name = &self.config.name;
                let (zh, en) = (error.text(Lang::Zh), error.text(Lang::En));
                self.plant.note("receive", format!("{name} {zh}"), format!("{name} {en}"));
                Ok(None)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// What a centre did not take of a message that it took.
    fn refused_parts(&self, taken: &Answer) {
        for it in &taken.rejected {
            let (name, reason) = (&self.config.name, format!("{} {}", it.field, it.reason));
            self.plant.note(
                "receive",
                format!("{name} 未采用配置中的 {reason}"),
                format!("{name} did not take of the configuration: {reason}"),
            );
        }
    }
}
