//! The settings of a source as they stand in the configuration file, told apart by `kind`.
use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// One source of values.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SourceSettings {
    /// Modbus TCP.
    ModbusTcp(ModbusTcp),
    /// Modbus RTU on a serial line, or through a converter to TCP.
    ModbusRtu(ModbusRtu),
    /// DL/T 645 meters behind a converter to TCP.
    Dlt645Tcp(MeterTcp),
    /// DL/T 645 meters on a serial line.
    Dlt645Serial(MeterSerial),
    /// CJ/T 188 meters behind a converter to TCP.
    Cjt188Tcp(MeterTcp),
    /// CJ/T 188 meters on a serial line.
    Cjt188Serial(MeterSerial),
    /// A server of OPC UA.
    #[serde(rename = "opcua")]
    OpcUa(OpcUa),
    /// A broker of MQTT.
    Mqtt(Mqtt),
    /// A database.
    Sql(Sql),
    /// A folder of CSV and XLSX files.
    Folder(Folder),
    /// Documents of JSON over HTTP.
    HttpJson(HttpJson),
}

/// The kinds of sources; addresses are written differently in each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is explained at the settings of its source")]
pub enum Kind {
    ModbusTcp,
    ModbusRtu,
    Dlt645Tcp,
    Dlt645Serial,
    Cjt188Tcp,
    Cjt188Serial,
    #[serde(rename = "opcua")]
    OpcUa,
    Mqtt,
    Sql,
    Folder,
    HttpJson,
}

impl Kind {
    /// Whether its devices are asked by frames of bytes, which a person may write too.
    pub fn has_line(self) -> bool {
        matches!(
            self,
            Self::ModbusTcp
                | Self::ModbusRtu
                | Self::Dlt645Tcp
                | Self::Dlt645Serial
                | Self::Cjt188Tcp
                | Self::Cjt188Serial
        )
    }
}

impl SourceSettings {
    /// Which kind of source it is.
    pub fn kind(&self) -> Kind {
        match self {
            Self::ModbusTcp(_) => Kind::ModbusTcp,
            Self::ModbusRtu(_) => Kind::ModbusRtu,
            Self::Dlt645Tcp(_) => Kind::Dlt645Tcp,
            Self::Dlt645Serial(_) => Kind::Dlt645Serial,
            Self::Cjt188Tcp(_) => Kind::Cjt188Tcp,
            Self::Cjt188Serial(_) => Kind::Cjt188Serial,
            Self::OpcUa(_) => Kind::OpcUa,
            Self::Mqtt(_) => Kind::Mqtt,
            Self::Sql(_) => Kind::Sql,
            Self::Folder(_) => Kind::Folder,
            Self::HttpJson(_) => Kind::HttpJson,
        }
    }
}

/// Modbus TCP.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModbusTcp {
    /// Host name or address.
    pub host: String,
    /// Usually 502.
    #[serde(default = "modbus_port")]
    pub port: u16,
    /// How long one answer may take.
    #[serde(default = "answer_time")]
    pub timeout_ms: u64,
}

/// Modbus RTU: either `serial` or `tcp`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModbusRtu {
    /// The serial line.
    pub serial: Option<SerialLine>,
    /// `host:port` of a converter that passes bytes on unchanged.
    pub tcp: Option<String>,
    /// How long one answer may take.
    #[serde(default = "answer_time")]
    pub timeout_ms: u64,
}

/// Meters behind a converter to TCP that passes bytes on unchanged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeterTcp {
    /// Host name or address.
    pub host: String,
    /// The port of the converter.
    pub port: u16,
    /// How long one answer may take.
    #[serde(default = "answer_time")]
    pub timeout_ms: u64,
}

/// Meters on a serial line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeterSerial {
    /// The serial line.
    pub serial: SerialLine,
    /// How long one answer may take.
    #[serde(default = "answer_time")]
    pub timeout_ms: u64,
}

/// A serial line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SerialLine {
    /// The device, as `/dev/ttyUSB0`.
    pub device: String,
    /// Bits per second.
    pub baud: u32,
    /// Parity; meters of DL/T 645 and CJ/T 188 have even parity.
    #[serde(default)]
    pub parity: Parity,
    /// One or two.
    #[serde(default = "one")]
    pub stop_bits: u8,
}

/// The parity of a serial line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Parity {
    None,
    Odd,
    #[default]
    Even,
}

/// A server of OPC UA.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpcUa {
    /// As `opc.tcp://10.0.0.5:4840`.
    pub url: String,
    /// Anonymous where there is none.
    pub user: Option<String>,
    /// Of the user.
    pub password: Option<Secret>,
    /// How long one answer may take.
    #[serde(default = "answer_time")]
    pub timeout_ms: u64,
    /// The offset of the plant's wall clock, for times that come in UTC.
    #[serde(default = "china")]
    pub utc_offset_minutes: i32,
}

/// A broker of MQTT.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mqtt {
    /// Host name or address.
    pub host: String,
    /// Usually 1883.
    #[serde(default = "mqtt_port")]
    pub port: u16,
    /// The name by which the broker knows the terminal.
    pub client_id: String,
    /// Where the broker wants one.
    pub user: Option<String>,
    /// Of the user.
    pub password: Option<Secret>,
    /// A value older than this is not given as the present one.
    #[serde(default = "quarter_hour")]
    pub max_age_seconds: u64,
    /// How long connecting and the first value may take.
    #[serde(default = "answer_time")]
    pub timeout_ms: u64,
    /// The offset of the plant's wall clock, for times that come in UTC.
    #[serde(default = "china")]
    pub utc_offset_minutes: i32,
}

/// A database. The terminal reads only what `queries` say.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sql {
    /// `postgresql` or `mysql`; each must be compiled in.
    pub database: Database,
    /// Host name or address.
    pub host: String,
    /// The port of the server.
    pub port: u16,
    /// Name of the database.
    pub name: String,
    /// Who reads; a user that may only read is enough.
    pub user: String,
    /// Of the user.
    pub password: Option<Secret>,
    /// Queries by their name; an address names one of them and a column.
    pub queries: BTreeMap<String, String>,
    /// How long one answer may take.
    #[serde(default = "answer_time")]
    pub timeout_ms: u64,
    /// The offset of the plant's wall clock, for times that come in UTC.
    #[serde(default = "china")]
    pub utc_offset_minutes: i32,
}

/// Which database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "names of products")]
pub enum Database {
    Postgresql,
    Mysql,
}

/// A folder of CSV and XLSX files.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Folder {
    /// The folder.
    pub path: PathBuf,
    /// A larger file is not read.
    #[serde(default = "sixteen_mebibytes")]
    pub max_file_bytes: u64,
    /// The offset of the plant's wall clock, for times that come in UTC.
    #[serde(default = "china")]
    pub utc_offset_minutes: i32,
}

/// Documents of JSON over HTTP.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HttpJson {
    /// What comes before the path of an address, as `http://10.0.0.7:8080`.
    pub url: String,
    /// Additional headers, as `authorization`.
    #[serde(default)]
    pub headers: BTreeMap<String, Secret>,
    /// Certificates (PEM) that are trusted for `https`.
    pub authorities: Option<PathBuf>,
    /// A larger answer is refused.
    #[serde(default = "one_mebibyte")]
    pub max_answer_bytes: usize,
    /// How long one answer may take.
    #[serde(default = "answer_time")]
    pub timeout_ms: u64,
    /// The offset of the plant's wall clock, for times that come in UTC.
    #[serde(default = "china")]
    pub utc_offset_minutes: i32,
}

/// A word that is not printed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(pub String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(secret)")
    }
}

fn modbus_port() -> u16 {
    502
}

fn mqtt_port() -> u16 {
    1883
}

fn answer_time() -> u64 {
    3000
}

fn china() -> i32 {
    480
}

fn quarter_hour() -> u64 {
    900
}

fn one() -> u8 {
    1
}

fn one_mebibyte() -> usize {
    1 << 20
}

fn sixteen_mebibytes() -> u64 {
    16 << 20
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::{Kind, Parity, SourceSettings};

    /// As a configuration file names its sources.
    #[derive(Deserialize)]
    struct Named {
        name: String,
        #[serde(flatten)]
        settings: SourceSettings,
    }

    #[test]
    fn settings_beside_a_name() {
        for (text, kind) in [
            ("kind = 'modbus_tcp'\nhost = 'a'", Kind::ModbusTcp),
            ("kind = 'modbus_rtu'\ntcp = 'a:1'", Kind::ModbusRtu),
            ("kind = 'dlt645_tcp'\nhost = 'a'\nport = 1", Kind::Dlt645Tcp),
            ("kind = 'cjt188_serial'\n[serial]\ndevice = 'a'\nbaud = 2400", Kind::Cjt188Serial),
            ("kind = 'opcua'\nurl = 'opc.tcp://a'", Kind::OpcUa),
            ("kind = 'mqtt'\nhost = 'a'\nclient_id = 'b'", Kind::Mqtt),
            ("kind = 'folder'\npath = '/a'", Kind::Folder),
            ("kind = 'http_json'\nurl = 'http://a'\n[headers]\nx = 'y'", Kind::HttpJson),
        ] {
            let named: Named = toml::from_str(&format!("name = 'n'\n{text}")).expect(text);
            assert_eq!((named.name.as_str(), named.settings.kind()), ("n", kind));
        }
        let serial = "kind = 'dlt645_serial'\n[serial]\ndevice = 'a'\nbaud = 2400";
        let SourceSettings::Dlt645Serial(it) = toml::from_str(serial).expect("settings") else {
            panic!("another kind");
        };
        assert_eq!((it.serial.parity, it.serial.stop_bits), (Parity::Even, 1));
        assert!(
            toml::from_str::<SourceSettings>("kind = 'folder'\npath = '/a'\nport = 1").is_err()
        );
    }

    #[test]
    fn secrets_are_not_printed() {
        let text = "kind = 'mqtt'\nhost = 'a'\nclient_id = 'b'\npassword = 'word'";
        let settings: SourceSettings = toml::from_str(text).expect("settings");
        assert!(!format!("{settings:?}").contains("word\""), "{settings:?}");
    }
}
