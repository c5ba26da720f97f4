//! The file of the link: the platforms above, and by rules which units, items, grains and days go up to each.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use jiff::civil::Date;
use nengce_messages::profile::{self, Proof};
use nengce_shared::stat_type::StatType;
use serde::{Deserialize, Serialize};

use super::secrets;

/// The words of the grains.
pub const GRAINS: [(&str, StatType); 4] = [
    ("real_time", StatType::RealTime),
    ("day", StatType::Day),
    ("month", StatType::Month),
    ("year", StatType::Year),
];

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct LinkFile {
    upper: Vec<UpperConfig>,
}

/// A platform above, `[[upper]]` in the file.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct UpperConfig {
    /// What people call it: 1 to 40 letters, digits, `-` or `_`.
    pub name: String,
    /// Its address with the prefix of the profile.
    pub url: String,
    /// `national` or `shandong`.
    pub profile: String,
    /// The token with which it lets this platform register units, or a file that holds it; empty: each unit waits for
    /// approval there.
    pub token: String,
    pub token_file: PathBuf,
    /// One-time codes that the platform above made for units that it has a terminal of, by credit code.
    pub registration_codes: BTreeMap<String, String>,
    /// A PEM file of authorities to trust beside those of the system.
    pub authorities: PathBuf,
    /// PEM files of this platform's certificate and its key, for mutual TLS.
    pub certificate: PathBuf,
    pub certificate_key: PathBuf,
    /// Regions whose units go up, by the first 2, 4 or 6 digits; empty: all.
    pub regions: Vec<String>,
    /// Credit codes of the units that go up (empty: all of the regions), and of those that do not.
    pub units: BTreeSet<String>,
    pub except_units: BTreeSet<String>,
    /// Beginnings of the data codes that go up (empty: all), and of those that do not.
    pub data_codes: Vec<String>,
    pub except_data_codes: Vec<String>,
    /// `real_time`, `day`, `month`, `year`.
    pub grains: Vec<String>,
    /// The first day that goes up.
    pub since: String,
    /// The longest exchange, in seconds, and the longest answer, in bytes.
    pub timeout_seconds: u64,
    pub max_answer_bytes: usize,
    /// Values of one message, item-days of one batch, and units that are sent at once.
    pub max_values_per_message: usize,
    pub max_item_days_per_batch: u32,
    pub units_at_once: usize,
    /// Days that come before all others: today and so many before it.
    pub recent_days: u32,
    /// Values of days before these that are sent in a second at most.
    pub max_backfill_values_per_second: u32,
}

impl Default for UpperConfig {
    fn default() -> Self {
        Self {
            name: String::new(),
            url: String::new(),
            profile: "national".to_owned(),
            token: String::new(),
            token_file: PathBuf::new(),
            registration_codes: BTreeMap::new(),
            authorities: PathBuf::new(),
            certificate: PathBuf::new(),
            certificate_key: PathBuf::new(),
            regions: Vec::new(),
            units: BTreeSet::new(),
            except_units: BTreeSet::new(),
            data_codes: Vec::new(),
            except_data_codes: Vec::new(),
            grains: GRAINS.iter().map(|it| it.0.to_owned()).collect(),
            since: "2000-01-01".to_owned(),
            timeout_seconds: 30,
            max_answer_bytes: 16 << 20,
            max_values_per_message: 5_000,
            max_item_days_per_batch: 2_000,
            units_at_once: 4,
            recent_days: 1,
            max_backfill_values_per_second: 20_000,
        }
    }
}

impl UpperConfig {
    /// The grains as stat types; the file was checked.
    pub fn stat_types(&self) -> Vec<StatType> {
        let of = |it: &String| GRAINS.iter().find(|known| known.0 == it).map(|it| it.1);
        self.grains.iter().filter_map(of).collect()
    }

    /// The first day; the file was checked.
    pub fn first_day(&self) -> Date {
        self.since.parse().unwrap_or(Date::constant(2000, 1, 1))
    }

    fn check(&self) -> Result<()> {
        let is_plain = |it: char| it.is_alphanumeric() || it == '-' || it == '_';
        let length = self.name.chars().count();
        ensure!(
            (1..=40).contains(&length) && self.name.chars().all(is_plain),
            "name: 1 to 40 letters, digits, - or _"
        );
        let url: hyper::Uri = self.url.parse().with_context(|| format!("url: {}", self.url))?;
        ensure!(
            nengce_client::https::is_protected(&url),
            "url: {} must begin with https:// (plain http is for this machine alone)",
            self.url
        );
        match profile::by_name(&self.profile).map(|it| it.proof) {
            Some(Proof::DeviceId | Proof::SecretKey) => {}
            Some(_) => bail!(
                "profile: {0}：该规约以单位自有的口令或证书证明身份，平台不能代其上报；请用 national 或 shandong / {0} proves \
                 each unit by a secret that only the unit has (a password or a certificate), so that no platform can \
                 speak for it; use national or shandong",
                self.profile
            ),
            None => bail!(
                "profile: {0}：没有该规约；请用 national 或 shandong / {0} is none; use national or shandong",
                self.profile
            ),
        }
        for grain in &self.grains {
            let known = GRAINS.iter().any(|it| it.0 == grain);
            ensure!(known, "grains: {grain} is none; use real_time, day, month, year");
        }
        ensure!(self.since.parse::<Date>().is_ok(), "since: {} is not YYYY-MM-DD", self.since);
        ensure!(
            self.certificate.as_os_str().is_empty() == self.certificate_key.as_os_str().is_empty(),
            "certificate and certificate_key: set both, or none"
        );
        let bounds = [
            self.max_values_per_message,
            self.max_item_days_per_batch as usize,
            self.units_at_once,
            self.max_backfill_values_per_second as usize,
            self.timeout_seconds as usize,
        ];
        ensure!(!bounds.contains(&0), "a limit of 0 would let nothing up");
        Ok(())
    }
}

/// The platforms above of the file; none without one.
///
/// # Errors
/// The file cannot be read, or a platform in it is not complete.
pub fn read(file: &Path) -> Result<Vec<UpperConfig>> {
    if file.as_os_str().is_empty() {
        return Ok(Vec::new());
    }
    let place = || format!("link_file: {}", file.display());
    let text = std::fs::read_to_string(file).with_context(place)?;
    let mut read: LinkFile = toml::from_str(&text).with_context(place)?;
    let mut names = BTreeSet::new();
    for it in &mut read.upper {
        let place = || format!("{}: [[upper]] {}", place(), it.name);
        it.check().with_context(place)?;
        ensure!(names.insert(it.name.clone()), "{}: the name stands twice", place());
        let token = secrets::read("token", &it.token, &it.token_file).with_context(place)?;
        it.token = token.unwrap_or_default();
    }
    Ok(read.upper)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("link.toml");
        std::fs::write(&file, text).expect("a file");
        let error = read(&file).expect_err("refused");
        assert!(format!("{error:#}").contains(expected), "{error:#}");
    }

    #[test]
    fn a_platform_that_cannot_work_is_refused_with_its_key() {
        let upper =
            |more: &str| format!("[[upper]]\nname = \"n\"\nurl = \"https://a.example\"\n{more}\n");
        check("[[upper]]\nurl = \"https://a.example\"", "name:");
        check("[[upper]]\nname = \"n\"\nurl = \"http://a.example\"", "url:");
        for profile in ["yunnan", "anhui"] {
            for reason in ["平台不能代其上报", "no platform can speak for it"] {
                check(&upper(&format!("profile = \"{profile}\"")), reason);
            }
        }
        check(&upper("profile = \"mars\""), "profile: mars");
        check(&upper("grains = [\"week\"]"), "grains: week");
        check(&upper("since = \"today\""), "since:");
        check(&upper("units_at_once = 0"), "a limit of 0");
        check(&upper("certificate = \"c.pem\""), "certificate");
        check(&upper("token = \"t\"\ntoken_file = \"f\""), "token and token_file");
        check(&upper("colour = \"red\""), "colour");
        check(&(upper("") + &upper("")), "twice");
    }
}
