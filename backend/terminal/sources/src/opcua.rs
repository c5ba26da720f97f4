//! A server of OPC UA: all nodes of a round are read by one request.
use std::str::FromStr as _;
use std::sync::Arc;
use std::time::Duration;

use opcua::client::{ClientBuilder, IdentityToken, Session};
use opcua::types::{DataValue, NodeId, ReadValueId, TimestampsToReturn, Variant};
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::error::{Problem, SourceError};
use crate::measured::{Exchange, Measured};
use crate::settings::OpcUa;

/// Between 1601-01-01, from which OPC UA counts, and 1970-01-01.
const SECONDS_BEFORE_1970: i64 = 11_644_473_600;
const TICKS_A_SECOND: i64 = 10_000_000;

/// A server.
pub(crate) struct Reader {
    settings: OpcUa,
    open: Option<Open>,
}

impl std::fmt::Debug for Reader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader").field("settings", &self.settings).finish_non_exhaustive()
    }
}

struct Open {
    session: Arc<Session>,
    task: JoinHandle<opcua::types::StatusCode>,
}

impl Drop for Open {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Reader {
    pub(crate) fn new(settings: OpcUa) -> Self {
        Self { settings, open: None }
    }

    pub(crate) async fn read(
        &mut self,
        addresses: &[String],
    ) -> Vec<Result<Measured, SourceError>> {
        let nodes: Vec<_> = addresses.iter().map(|it| NodeId::from_str(it)).collect();
        let wanted: Vec<ReadValueId> =
            nodes.iter().flatten().map(|it| ReadValueId::from(it.clone())).collect();
        let time = Duration::from_millis(self.settings.timeout_ms);
        let asked = timeout(time, self.ask(&wanted)).await;
        let asked = asked.unwrap_or_else(|_| Err((Problem::Timeout, format!("{time:?}"))));
        if asked.is_err() {
            self.open = None;
        }
        let mut values = asked.map(Vec::into_iter);
        let place = |text: &str| format!("{} {text}", self.settings.url);
        let answer = |(text, node): (&String, Result<NodeId, _>)| {
            if node.is_err() {
                return Err(SourceError::new(Problem::Address, text, "not a node"));
            }
            let value = match &mut values {
                Ok(values) => values.next().ok_or((Problem::Frame, "fewer values".to_owned())),
                Err(failed) => Err(failed.clone()),
            };
            let measured = value.and_then(|it| measured(&it, self.settings.utc_offset_minutes));
            measured.map_err(|(problem, detail)| SourceError::new(problem, place(text), detail))
        };
        addresses.iter().zip(nodes).map(answer).collect()
    }

    async fn ask(&mut self, nodes: &[ReadValueId]) -> Result<Vec<DataValue>, (Problem, String)> {
        let failed = |error: &dyn std::fmt::Display| (Problem::Connection, error.to_string());
        if self.open.is_none() {
            self.open = Some(self.connect().await?);
        }
        let Some(open) = &self.open else {
            return Err((Problem::Connection, "not open".to_owned()));
        };
        let read = open.session.read(nodes, TimestampsToReturn::Source, 0.0);
        read.await.map_err(|error| failed(&error))
    }

    async fn connect(&self) -> Result<Open, (Problem, String)> {
        let failed = |error: &dyn std::fmt::Display| (Problem::Connection, error.to_string());
        let mut client = ClientBuilder::new()
            .application_name("nengce-terminal")
            .application_uri("urn:nengce-terminal")
            .create_sample_keypair(false)
            .session_retry_limit(0)
            .request_timeout(Duration::from_millis(self.settings.timeout_ms))
            .client()
            .map_err(|errors| (Problem::Settings, errors.join("; ")))?;
        let user = match &self.settings.user {
            None => IdentityToken::new_anonymous(),
            Some(user) => {
                let password = self.settings.password.as_ref().map_or("", |it| it.0.as_str());
                IdentityToken::new_user_name(user.clone(), password)
            }
        };
        let (session, events) = client
            .connect_to_matching_endpoint(self.settings.url.as_str(), user)
            .await
            .map_err(|error| failed(&error))?;
        let open = Open { session, task: events.spawn() };
        if !open.session.wait_for_connection().await {
            return Err((Problem::Connection, "the session was refused".to_owned()));
        }
        Ok(open)
    }
}

fn measured(value: &DataValue, utc_offset_minutes: i32) -> Result<Measured, (Problem, String)> {
    if let Some(status) = value.status.filter(|it| !it.is_good()) {
        return Err((Problem::Refused, status.to_string()));
    }
    let variant = value.value.as_ref().unwrap_or(&Variant::Empty);
    let number = number(variant).filter(|it| it.is_finite());
    let number = number.ok_or_else(|| (Problem::NotNumber, format!("{variant:?}")))?;
    let at = value.source_timestamp.as_ref().map(|it| {
        it.ticks() / TICKS_A_SECOND - SECONDS_BEFORE_1970 + i64::from(utc_offset_minutes) * 60
    });
    Ok(Measured { value: number, at, exchange: Exchange::of_text(format!("{variant:?}")) })
}

fn number(variant: &Variant) -> Option<f64> {
    Some(match variant {
        Variant::Boolean(it) => f64::from(u8::from(*it)),
        Variant::SByte(it) => f64::from(*it),
        Variant::Byte(it) => f64::from(*it),
        Variant::Int16(it) => f64::from(*it),
        Variant::UInt16(it) => f64::from(*it),
        Variant::Int32(it) => f64::from(*it),
        Variant::UInt32(it) => f64::from(*it),
        Variant::Int64(it) => *it as f64,
        Variant::UInt64(it) => *it as f64,
        Variant::Float(it) => f64::from(*it),
        Variant::Double(it) => *it,
        Variant::String(it) => it.as_ref().trim().parse().ok()?,
        _ => return None,
    })
}
