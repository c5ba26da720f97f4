//! The settings of a source as they stand in the configuration file, told apart by `kind`.
mod databases;
mod defaults;
mod lines;
mod secret;
mod servers;
mod tls;

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

pub use databases::{Database, Sql};
pub use lines::{MeterSerial, MeterTcp, ModbusRtu, ModbusTcp, Parity, SerialLine};
pub use secret::Secret;
pub use servers::{Folder, HttpJson, Mqtt, OpcUa};
pub use tls::Tls;

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

    /// Lets relative paths count from a folder, as that of the configuration file.
    pub fn count_paths_from(&mut self, folder: &Path) {
        let from = |it: &mut Option<PathBuf>| *it = it.take().map(|it| folder.join(it));
        let tls = match self {
            Self::Folder(it) => {
                it.path = folder.join(&it.path);
                None
            }
            Self::HttpJson(it) => {
                from(&mut it.authorities);
                None
            }
            Self::Mqtt(it) => it.tls.as_mut(),
            Self::Sql(it) => it.tls.as_mut(),
            _ => None,
        };
        if let Some(tls) = tls {
            [&mut tls.authorities, &mut tls.certificate, &mut tls.key].into_iter().for_each(from);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

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
            (
                "kind = 'mqtt'\nhost = 'a'\nclient_id = 'b'\n[tls]\nauthorities = 'c.pem'",
                Kind::Mqtt,
            ),
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
    fn relative_paths() {
        let text = "kind = 'mqtt'\nhost = 'a'\nclient_id = 'b'\n[tls]\nauthorities = 'c.pem'\nkey = '/k.pem'";
        let mut settings: SourceSettings = toml::from_str(text).expect("settings");
        settings.count_paths_from(Path::new("/etc/nengce"));
        let SourceSettings::Mqtt(it) = settings else { panic!("another kind") };
        let tls = it.tls.expect("tls");
        assert_eq!(tls.authorities.as_deref(), Some(Path::new("/etc/nengce/c.pem")));
        assert_eq!(tls.key.as_deref(), Some(Path::new("/k.pem")));
    }

    #[test]
    fn secrets_are_not_printed() {
        let text = "kind = 'mqtt'\nhost = 'a'\nclient_id = 'b'\npassword = 'word'";
        let settings: SourceSettings = toml::from_str(text).expect("settings");
        assert!(!format!("{settings:?}").contains("word\""), "{settings:?}");
    }
}
