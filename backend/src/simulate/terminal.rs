//! One terminal: registers, sends its configuration and meters, catches up, resends until answered.

use std::sync::Arc;

use anyhow::{Context, Result, bail};
use jiff::civil::Time;
use nengce_core::city::calendar::{date_of, index_of};
use nengce_core::city::{CityUnit, DemoCity};
use nengce_messages::profile::Profile;
use nengce_messages::stamp;
use nengce_messages::write::{Entry, energy_bodies};
use nengce_shared::month::Month;

use super::admin::Admin;
use super::dialect::{self, Dialect, Registered};
use super::post::post;
use super::{Plan, Sent, messages};
use crate::config::profile_bindings::ProfileBinding;

pub struct Terminal {
    /// Position in the city.
    pub unit: usize,
    pub device_id: String,
    pub upload_time: Time,
    city: Arc<DemoCity>,
    http: reqwest::Client,
    data_url: String,
    info_url: String,
    metering_url: String,
    dialect: Dialect,
    profile: &'static Profile,
}

impl Terminal {
    /// Registers: a new device, or the one that the unit has already, whose id proves that this is its terminal.
    pub async fn register(
        admin: &Admin,
        binding: &ProfileBinding,
        city: &Arc<DemoCity>,
        unit: usize,
        known: Option<&String>,
    ) -> Result<Self> {
        let http = &admin.http;
        let Registered { answer, dialect } =
            dialect::register(admin, binding, &city.units[unit], known).await?;
        let text = |name: &str| -> Result<String> {
            let found = answer[name].as_str();
            Ok(found
                .with_context(|| format!("the answer to /register has no {name}: {answer}"))?
                .to_owned())
        };
        Ok(Self {
            unit,
            upload_time: text("uploadTime")?.parse().unwrap_or(Time::midnight()),
            device_id: text("deviceId")?,
            data_url: text("centerDataURL")?,
            info_url: text("centerInfoURL")?,
            metering_url: text("centerMeteringDataURL")?,
            dialect,
            profile: binding.profile,
            city: Arc::clone(city),
            http: http.clone(),
        })
    }

    /// Gets approved where that is asked for, and sends configuration and meters.
    pub async fn introduce(&self, admin: &Admin) -> Result<()> {
        admin.approve(&self.device_id).await?;
        if matches!(self.dialect, Dialect::Yunnan(..)) {
            return Ok(());
        }
        let unit = self.city_unit();
        post(&self.http, &self.info_url, None, messages::config(&self.device_id, unit).to_string())
            .await?;
        let meters = messages::metering(&self.device_id, &self.city, unit).to_string();
        post(&self.http, &self.metering_url, None, meters).await?;
        Ok(())
    }

    fn city_unit(&self) -> &CityUnit {
        &self.city.units[self.unit]
    }

    /// Everything up to the plan's last day, then the corrections of what was wrong.
    pub async fn catch_up(&self, plan: &Plan) -> Result<Sent> {
        let (first, last) = (index_of(plan.first_day), index_of(plan.last_day));
        let mut sent = Sent::default();
        let mut entries = Vec::new();
        let mut month = plan.history_from;
        while let Some(it) = month.filter(|it| it.last_day() < plan.first_day) {
            self.city.history_entries(self.city_unit(), it, &mut entries);
            month = Some(it.next());
        }
        for day in first..=last {
            self.day(day, plan.real_time_from(), &mut entries);
            if entries.len() >= plan.message_entries {
                sent.add(self.send(&entries).await?);
                entries.clear();
            }
        }
        sent.add(self.send(&entries).await?);
        entries.clear();
        self.city.corrections(self.city_unit(), plan.real_time_from(), last, &mut entries);
        sent.add(self.send(&entries).await?);
        Ok(sent)
    }

    /// A day's entries, and those of the month that ends with it.
    pub fn day(&self, day: i32, real_time_from: i32, out: &mut Vec<Entry>) {
        let unit = self.city_unit();
        self.city.day_entries(unit, day, day >= real_time_from, out);
        let date = date_of(day);
        if date == date.last_of_month() {
            self.city.month_entries(unit, Month::of(date), out);
        }
    }

    pub fn hour(&self, day: i32, hour: usize, out: &mut Vec<Entry>) {
        self.city.hour_entries(self.city_unit(), day, hour, out);
    }

    /// Sends until the server has answered; what it refuses entry by entry is counted.
    pub async fn send(&self, entries: &[Entry]) -> Result<Sent> {
        if entries.is_empty() {
            return Ok(Sent::default());
        }
        let code = &self.city_unit().enterprise_code;
        let (key, id) = (self.dialect.key(), &self.device_id);
        let now = stamp::seconds(jiff::Zoned::now().datetime());
        let mut refused = 0;
        for body in energy_bodies(self.profile, key, id, code, now, entries)? {
            let answer = post(&self.http, &self.data_url, self.dialect.token(), body).await?;
            let errors = answer["errors"].as_array().or(answer["data"]["errors"].as_array());
            refused += errors.map_or(0, Vec::len) as u64;
            if answer["responseCode"] == 401 {
                bail!("the access key is no longer valid: {answer}");
            }
        }
        Ok(Sent { units: 0, entries: entries.len() as u64, refused })
    }
}

impl Sent {
    fn add(&mut self, other: Self) {
        self.entries += other.entries;
        self.refused += other.refused;
    }
}
