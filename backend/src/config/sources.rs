//! Where a configuration comes from: nengce.toml < NENGCE_* environment < flags; unknown keys are errors.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use toml::{Table, Value};

use super::Config;

/// Where a configuration comes from.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// `--config FILE`; without it `nengce.toml` of the working folder, when it is there.
    pub file: Option<PathBuf>,
    /// Flags, as keys and values.
    pub flags: Vec<(&'static str, Value)>,
}

impl Sources {
    /// The file that is read, if there is one.
    pub fn path(&self) -> Option<&Path> {
        let of_folder = Path::new("nengce.toml");
        self.file.as_deref().or_else(|| of_folder.is_file().then_some(of_folder))
    }

    /// Whether the file, and not the environment, holds a key.
    pub(super) fn is_in_file(&self, key: &str) -> bool {
        self.path().and_then(|it| read(it).ok()).is_some_and(|it| it.contains_key(key))
    }
}

impl Config {
    pub fn load(sources: &Sources) -> Result<Self> {
        let mut table = match sources.path() {
            Some(file) => read(file)?,
            None => Table::new(),
        };
        table.extend(environment(std::env::vars())?);
        table.extend(sources.flags.iter().map(|(key, value)| ((*key).to_owned(), value.clone())));
        let mut config: Self = table.try_into().context("the configuration cannot be read")?;
        config.read_tokens()?;
        config.check()
    }
}

fn keys() -> Vec<String> {
    Table::try_from(Config::default()).map(|it| it.keys().cloned().collect()).unwrap_or_default()
}

/// The known word nearest to a wrong one: keys here, parameters of the API.
pub fn nearest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .max_by(|a, b| strsim::jaro_winkler(wrong, a).total_cmp(&strsim::jaro_winkler(wrong, b)))
}

fn known(key: &str, place: &str) -> Result<()> {
    let keys = keys();
    if keys.iter().any(|it| it == key) {
        return Ok(());
    }
    let nearest = nearest(key, keys.iter().map(String::as_str)).unwrap_or_default();
    bail!("{place}: unknown key {key}; the nearest valid key is {nearest}")
}

fn read(file: &Path) -> Result<Table> {
    let text = std::fs::read_to_string(file)
        .with_context(|| format!("{} cannot be read", file.display()))?;
    let table: Table = text.parse().with_context(|| format!("{} is not TOML", file.display()))?;
    for key in table.keys() {
        known(key, &file.display().to_string())?;
    }
    Ok(table)
}

/// `NENGCE_MAX_BODY_BYTES=1` is `max_body_bytes = 1`. Names that the tools around the server use are left alone.
pub(super) fn environment(vars: impl Iterator<Item = (String, String)>) -> Result<Table> {
    const NOT_CONFIGURATION: &[&str] = &[
        #[cfg(debug_assertions)]
        "NENGCE_FAIL_POINT_FILE",
        "NENGCE_BIN",
        "NENGCE_LOG",
        "NENGCE_LOG_FORMAT",
        "NENGCE_CLOCK_OFFSET_FILE",
        "NENGCE_WEB_DIR",
        "NENGCE_STEEL_CSV",
    ];
    let defaults = Table::try_from(Config::default())?;
    let mut table = Table::new();
    for (name, text) in vars {
        let Some(key) = name.strip_prefix("NENGCE_") else {
            continue;
        };
        if NOT_CONFIGURATION.contains(&name.as_str()) {
            continue;
        }
        let key = key.to_ascii_lowercase();
        known(&key, &name)?;
        let value = match defaults.get(&key) {
            Some(Value::Integer(_)) => text.parse().map(Value::Integer).ok(),
            Some(Value::Float(_)) => text.parse().map(Value::Float).ok(),
            Some(Value::Boolean(_)) => text.parse().map(Value::Boolean).ok(),
            Some(Value::Array(_)) => Some(Value::Array(
                text.split(',')
                    .map(str::trim)
                    .filter(|it| !it.is_empty())
                    .map(|it| Value::String(it.to_owned()))
                    .collect(),
            )),
            _ => Some(Value::String(text.clone())),
        };
        let value = value.with_context(|| format!("{name}: {text} is not of the key's type"))?;
        table.insert(key, value);
    }
    Ok(table)
}
