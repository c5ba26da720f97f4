//! The configuration file: every limit has a name with its unit, and an unknown key is refused with the nearest one.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use nengce_messages::profile::{self, Profile};
use nengce_sources::SourceSettings;
use serde::Deserialize;
use toml::{Table, Value};

/// A configuration that works after the names in it are replaced.
pub(crate) const SAMPLE: &str = include_str!("sample.toml");

/// The whole file.
#[derive(Debug, Clone)]
pub(crate) struct Config {
    pub(crate) plant: PlantSettings,
    pub(crate) page: PageSettings,
    pub(crate) store: nengce_engine::Settings,
    pub(crate) sources: Vec<NamedSource>,
    pub(crate) centres: Vec<CentreConfig>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlantSettings {
    pub(crate) name: String,
    pub(crate) enterprise_code: String,
    pub(crate) region: String,
    /// The industry with its letter (GB/T 4754), which centres ask for beside the name.
    pub(crate) industry_code: Option<String>,
    /// JSON with `enterprise`, `group`, `process`, `processUnit`; the items are taken from the point table.
    pub(crate) configuration_file: Option<PathBuf>,
    /// JSON with the list of meters.
    pub(crate) meters_file: Option<PathBuf>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct PageSettings {
    pub(crate) listen: SocketAddr,
    pub(crate) allowed_hosts: Vec<String>,
    pub(crate) max_body_bytes: usize,
    pub(crate) session_minutes: u64,
}

impl Default for PageSettings {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8090)),
            allowed_hosts: Vec::new(),
            max_body_bytes: 4 << 20,
            session_minutes: 480,
        }
    }
}

/// A source, its name and how often it is read.
#[derive(Debug, Clone)]
pub(crate) struct NamedSource {
    pub(crate) name: String,
    pub(crate) every_seconds: u64,
    pub(crate) settings: SourceSettings,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CentreConfig {
    pub(crate) name: String,
    pub(crate) url: String,
    #[serde(default = "national")]
    pub(crate) profile: String,
    pub(crate) authorities: Option<PathBuf>,
    pub(crate) certificate: Option<PathBuf>,
    pub(crate) key: Option<PathBuf>,
    pub(crate) registration_code: Option<String>,
    pub(crate) password: Option<String>,
    #[serde(default = "timeout")]
    pub(crate) timeout_seconds: u64,
    #[serde(default = "answer")]
    pub(crate) max_answer_bytes: usize,
    /// Instead of the time that the centre gives, as `01:38:00`.
    pub(crate) upload_time: Option<String>,
    #[serde(default = "jitter")]
    pub(crate) jitter_seconds: i64,
    /// Real-time values go up every so many minutes; 0 sends all at the upload time.
    #[serde(default = "every")]
    pub(crate) every_minutes: i64,
    #[serde(default = "pace")]
    pub(crate) backfill_values_per_second: usize,
    #[serde(default = "batch")]
    pub(crate) max_values_per_message: usize,
    #[serde(default = "retry_first")]
    pub(crate) retry_first_seconds: u64,
    #[serde(default = "retry_most")]
    pub(crate) retry_most_seconds: u64,
}

fn national() -> String {
    "national".into()
}
fn timeout() -> u64 {
    10
}
fn answer() -> usize {
    16 << 20
}
fn jitter() -> i64 {
    60
}
fn every() -> i64 {
    15
}
fn pace() -> usize {
    1000
}
fn batch() -> usize {
    1000
}
fn retry_first() -> u64 {
    5
}
fn retry_most() -> u64 {
    900
}

impl CentreConfig {
    /// The profile; the name was checked when the file was read.
    pub(crate) fn profile(&self) -> Result<&'static Profile> {
        let names = profile::ALL.map(|it| it.name).join(", ");
        profile::by_name(&self.profile).with_context(|| {
            format!(
                "没有规约 {0}，可用 {names}。There is no profile {0}; use one of {names}.",
                self.profile
            )
        })
    }
}

impl Config {
    /// Reads and checks a file.
    pub(crate) fn read(path: &Path) -> Result<Self> {
        let place = path.display();
        let text = std::fs::read_to_string(path).with_context(|| {
            format!("config_unreadable: 无法读取 {place}。Cannot read {place}.")
        })?;
        let folder = path.parent().unwrap_or(Path::new("."));
        Self::parse(&text, folder).with_context(|| format!("config_wrong: {place}"))
    }

    /// Reads a text; relative paths count from `folder`.
    pub(crate) fn parse(text: &str, folder: &Path) -> Result<Self> {
        let mut file: Table = text.parse().context("不是 TOML。This is not TOML.")?;
        for key in file.keys() {
            known(key, &["plant", "page", "store", "source", "centre"])?;
        }
        let mut part = |name: &str| file.remove(name);
        let plant = part("plant").context("[plant]：缺少本节。This section is missing.")?;
        let mut config = Self {
            plant: read("[plant]", plant)?,
            page: read("[page]", part("page").unwrap_or(Value::Table(Table::new())))?,
            store: read("[store]", part("store").unwrap_or(Value::Table(Table::new())))?,
            sources: list("source", part("source"))?
                .into_iter()
                .map(source)
                .collect::<Result<_>>()?,
            centres: list("centre", part("centre"))?
                .into_iter()
                .enumerate()
                .map(|(place, it)| read(&format!("[[centre]] {}", place + 1), it))
                .collect::<Result<_>>()?,
        };
        config.store.folder = folder.join(&config.store.folder);
        let from = |it: &mut Option<PathBuf>| *it = it.take().map(|it| folder.join(it));
        from(&mut config.plant.configuration_file);
        from(&mut config.plant.meters_file);
        for it in &mut config.sources {
            it.settings.count_paths_from(folder);
        }
        for it in &mut config.centres {
            [&mut it.authorities, &mut it.certificate, &mut it.key].into_iter().for_each(from);
        }
        config.check()?;
        Ok(config)
    }

    fn check(&self) -> Result<()> {
        let mut names: Vec<_> = self.centres.iter().map(|it| &it.name).collect();
        names.extend(self.sources.iter().map(|it| &it.name));
        names.sort();
        if let Some(twice) = names.windows(2).find(|it| it[0] == it[1]) {
            bail!("name：{0} 出现两次，请改名。{0} is there twice; give another name.", twice[0]);
        }
        for it in &self.centres {
            it.profile()?;
            let positive = [
                ("max_values_per_message", it.max_values_per_message as u64),
                ("backfill_values_per_second", it.backfill_values_per_second as u64),
                ("timeout_seconds", it.timeout_seconds),
                ("retry_first_seconds", it.retry_first_seconds),
            ];
            if let Some((name, _)) = positive.into_iter().find(|it| it.1 == 0) {
                bail!("[[centre]] {}: {name}：应大于零。It must be more than zero.", it.name);
            }
            if it.certificate.is_some() != it.key.is_some() {
                bail!(
                    "[[centre]] {}: certificate 与 key 须同时给出。Give both certificate and key.",
                    it.name
                );
            }
        }
        Ok(())
    }
}

fn list(name: &str, value: Option<Value>) -> Result<Vec<Value>> {
    match value {
        None => Ok(Vec::new()),
        Some(Value::Array(it)) => Ok(it),
        Some(_) => bail!("[{name}]：请写成 [[{name}]]。Write it as [[{name}]]."),
    }
}

fn source(value: Value) -> Result<NamedSource> {
    let Value::Table(mut table) = value else { bail!("[[source]]：应为表。It is a table.") };
    let name = match table.remove("name") {
        Some(Value::String(it)) if !it.is_empty() => it,
        _ => bail!("[[source]] name：缺少名称。The name is missing."),
    };
    let every_seconds = match table.remove("every_seconds") {
        None => 60,
        Some(Value::Integer(it)) if it > 0 => it as u64,
        Some(_) => {
            bail!("[[source]] {name}: every_seconds：应为正整数。It is a whole number above zero.")
        }
    };
    let settings = read(&format!("[[source]] {name}"), Value::Table(table))?;
    Ok(NamedSource { name, every_seconds, settings })
}

fn read<T: serde::de::DeserializeOwned>(place: &str, value: Value) -> Result<T> {
    value
        .try_into()
        .map_err(|it: toml::de::Error| anyhow::anyhow!("{place}: {}", nearest(it.message())))
}

fn known(key: &str, all: &[&str]) -> Result<()> {
    if all.contains(&key) {
        return Ok(());
    }
    bail!("{}", nearest(&format!("unknown field `{key}`, expected one of `{}`", all.join("`, `"))))
}

/// Adds the nearest name to the message about an unknown one.
fn nearest(message: &str) -> String {
    let mut words = message.split('`').skip(1).step_by(2);
    if !message.starts_with("unknown ") {
        return message.to_owned();
    }
    let Some(wrong) = words.next() else { return message.to_owned() };
    let likeness = |it: &&str| (strsim::jaro_winkler(wrong, it) * 1e6) as u64;
    match words.max_by_key(likeness) {
        Some(near) => format!(
            "不认识“{wrong}”，是否为“{near}”？`{wrong}` is not known; did you mean `{near}`?"
        ),
        None => message.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use nengce_sources::SourceSettings;

    use super::{Config, SAMPLE};

    #[test]
    fn the_sample_is_right() {
        let config = Config::parse(SAMPLE, Path::new("/etc")).expect("the sample");
        assert!(config.page.listen.ip().is_loopback());
        assert_eq!((config.sources.len(), config.centres.len()), (2, 1));
    }

    #[test]
    fn paths_count_from_the_folder_of_the_file() {
        let more = "\n[[source]]\nname = \"files\"\nkind = \"folder\"\npath = \"exports\"\n";
        let text = format!("{SAMPLE}{more}");
        let config = Config::parse(&text, Path::new("/etc/nengce")).expect("the sample");
        assert_eq!(config.store.folder, Path::new("/etc/nengce/data"));
        let SourceSettings::Folder(files) = &config.sources[2].settings else {
            panic!("{:?}", config.sources)
        };
        assert_eq!(files.path, Path::new("/etc/nengce/exports"));
    }

    #[test]
    fn an_unknown_key_is_refused_with_the_nearest_one() {
        for (good, bad, near) in [
            ("jitter_seconds", "jiter_seconds", "`jitter_seconds`"),
            ("[store]", "[stor]", "`store`"),
            ("every_seconds", "evry_seconds", "evry_seconds"),
            ("timeout_ms", "timeout_mss", "`timeout_ms`"),
        ] {
            let text = SAMPLE.replacen(good, bad, 1);
            let error = format!("{:#}", Config::parse(&text, Path::new(".")).expect_err(bad));
            assert!(error.contains(near), "{error}");
        }
    }
}
