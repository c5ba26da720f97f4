//! A source that is open: one reader for each kind, read by addresses.
use std::time::Duration;

use crate::cjt188::{self, Cjt188};
use crate::dlt645::{self, Dlt645};
use crate::error::{Problem, SourceError};
use crate::line::bus::Bus;
use crate::line::target::Target;
use crate::measured::{Exchange, Measured};
use crate::modbus::{self, Framing};
use crate::settings::{MeterTcp, ModbusRtu, SourceSettings};
use crate::{folder, http_json, mqtt, sql};

/// A source that is open. It connects at its first read, and anew after a failure.
#[derive(Debug)]
pub struct Source(Reader);

#[derive(Debug)]
enum Reader {
    Modbus(modbus::Reader),
    Dlt645(Bus),
    Cjt188(Bus),
    Mqtt(mqtt::Reader),
    Folder(folder::Reader),
    HttpJson(http_json::Reader),
    #[cfg(feature = "opcua")]
    OpcUa(crate::opcua::Reader),
    Sql(sql::Reader),
}

impl Source {
    /// Checks the settings; does not connect yet.
    pub fn open(settings: &SourceSettings) -> Result<Self, SourceError> {
        let time = Duration::from_millis;
        Ok(Self(match settings {
            SourceSettings::ModbusTcp(it) => {
                let target = Target::Tcp(format!("{}:{}", it.host, it.port));
                Reader::Modbus(modbus::Reader::new(target, Framing::Tcp, time(it.timeout_ms)))
            }
            SourceSettings::ModbusRtu(it) => {
                Reader::Modbus(modbus::Reader::new(rtu(it)?, Framing::Rtu, time(it.timeout_ms)))
            }
            SourceSettings::Dlt645Tcp(it) => Reader::Dlt645(Bus::new(tcp(it), time(it.timeout_ms))),
            SourceSettings::Dlt645Serial(it) => {
                Reader::Dlt645(Bus::new(Target::Serial(it.serial.clone()), time(it.timeout_ms)))
            }
            SourceSettings::Cjt188Tcp(it) => Reader::Cjt188(Bus::new(tcp(it), time(it.timeout_ms))),
            SourceSettings::Cjt188Serial(it) => {
                Reader::Cjt188(Bus::new(Target::Serial(it.serial.clone()), time(it.timeout_ms)))
            }
            SourceSettings::Mqtt(it) => Reader::Mqtt(mqtt::Reader::new(it.clone())?),
            SourceSettings::Folder(it) => Reader::Folder(folder::Reader::new(it.clone())),
            SourceSettings::HttpJson(it) => Reader::HttpJson(http_json::Reader::new(it.clone())?),
            #[cfg(feature = "opcua")]
            SourceSettings::OpcUa(it) => Reader::OpcUa(crate::opcua::Reader::new(it.clone())),
            #[cfg(not(feature = "opcua"))]
            SourceSettings::OpcUa(it) => {
                return Err(SourceError::new(Problem::NotCompiled, &it.url, "opcua"));
            }
            SourceSettings::Sql(it) => Reader::Sql(sql::Reader::new(it.clone())?),
        }))
    }

    /// Reads each address once; one answer for each, in the same order.
    pub async fn read(&mut self, addresses: &[String]) -> Vec<Result<Measured, SourceError>> {
        match &mut self.0 {
            Reader::Modbus(it) => it.read(addresses).await,
            Reader::Dlt645(it) => it.read::<Dlt645>(addresses).await,
            Reader::Cjt188(it) => it.read::<Cjt188>(addresses).await,
            Reader::Mqtt(it) => it.read(addresses).await,
            Reader::Folder(it) => it.read(addresses).await,
            Reader::HttpJson(it) => it.read(addresses).await,
            #[cfg(feature = "opcua")]
            Reader::OpcUa(it) => it.read(addresses).await,
            Reader::Sql(it) => it.read(addresses).await,
        }
    }

    /// Sends a frame that a person wrote over the line of this source; frames that write are refused.
    pub async fn own(&mut self, frame: &[u8]) -> Result<Exchange, SourceError> {
        let reads = match &self.0 {
            Reader::Modbus(it) => it.only_reads(frame),
            Reader::Dlt645(_) => dlt645::only_reads(frame),
            Reader::Cjt188(_) => cjt188::only_reads(frame),
            _ => false,
        };
        match &mut self.0 {
            Reader::Modbus(it) if reads => it.own(frame).await,
            Reader::Dlt645(it) | Reader::Cjt188(it) if reads => it.own(frame).await,
            _ => {
                let shown: String = frame.iter().map(|it| format!("{it:02X} ")).collect();
                Err(SourceError::new(Problem::OwnFrame, shown.trim_end(), frame.len()))
            }
        }
    }
}

fn tcp(settings: &MeterTcp) -> Target {
    Target::Tcp(format!("{}:{}", settings.host, settings.port))
}

fn rtu(settings: &ModbusRtu) -> Result<Target, SourceError> {
    match (&settings.serial, &settings.tcp) {
        (Some(line), None) => Ok(Target::Serial(line.clone())),
        (None, Some(address)) => Ok(Target::Tcp(address.clone())),
        _ => Err(SourceError::new(Problem::Settings, "modbus_rtu", "either serial or tcp")),
    }
}
