//! Topics of a broker of MQTT: the last message of each is kept with its age.
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use rumqttc::AsyncClient;
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout_at};

use crate::address::AddressError;
use crate::error::{Problem, SourceError};
use crate::measured::{Exchange, Measured};
use crate::mqtt::address::Address;
use crate::mqtt::listen::{Inner, State, ask_for, listen, options};
use crate::settings::Mqtt;
use crate::tls::Security;

/// A broker.
#[derive(Debug)]
pub(crate) struct Reader {
    settings: Mqtt,
    port: u16,
    security: Option<Security>,
    running: Option<Running>,
}

#[derive(Debug)]
struct Running {
    client: AsyncClient,
    state: Arc<State>,
    task: JoinHandle<()>,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Reader {
    /// Reads the files of TLS; does not connect yet.
    pub(crate) fn new(settings: Mqtt) -> Result<Self, SourceError> {
        let security = settings.tls.as_ref().map(|it| Security::new(it, &settings.host));
        let security = security
            .transpose()
            .map_err(|detail| SourceError::new(Problem::Settings, &settings.host, detail))?;
        let port = settings.port.unwrap_or(if security.is_some() { 8883 } else { 1883 });
        Ok(Self { settings, port, security, running: None })
    }

    pub(crate) async fn read(
        &mut self,
        addresses: &[String],
    ) -> Vec<Result<Measured, SourceError>> {
        let parsed: Vec<_> = addresses.iter().map(|it| (it, Address::parse(it))).collect();
        let named: Vec<&Address> = parsed.iter().filter_map(|(_, it)| it.as_ref().ok()).collect();
        let state = self.subscribe(&named);
        let until = Instant::now() + Duration::from_millis(self.settings.timeout_ms);
        let is_complete = || {
            let inner = state.inner.lock();
            named.iter().all(|it| match it {
                Address::Json(it) => inner.last.contains_key(&it.head),
                Address::Metric(it) => inner.plant.has(it),
            })
        };
        loop {
            let changed = state.changed.notified();
            if is_complete() || timeout_at(until, changed).await.is_err() {
                break;
            }
        }
        let inner = state.inner.lock();
        let broker = format!("{}:{}", self.settings.host, self.port);
        let answer = |(text, address): (&String, Result<Address, AddressError>)| {
            let address = address.map_err(|it| SourceError::new(Problem::Address, text, it))?;
            let answer = self.value(&inner, &address);
            answer.map_err(|(problem, detail)| {
                SourceError::new(problem, format!("{broker} {text}"), detail)
            })
        };
        parsed.into_iter().map(answer).collect()
    }

    fn value(&self, inner: &Inner, address: &Address) -> Result<Measured, (Problem, String)> {
        let address = match address {
            Address::Json(it) => it,
            Address::Metric(name) => {
                if let (Some(failure), false) = (&inner.failure, inner.plant.has(name)) {
                    return Err(failure.clone());
                }
                let most = Duration::from_secs(self.settings.max_age_seconds);
                return inner.plant.value(name, most, self.settings.utc_offset_minutes);
            }
        };
        let Some((message, came)) = inner.last.get(&address.head) else {
            return Err(match &inner.failure {
                Some(failure) => failure.clone(),
                None => (Problem::Missing, "no message yet".to_owned()),
            });
        };
        let age = came.elapsed().as_secs();
        if age > self.settings.max_age_seconds {
            return Err((Problem::TooOld, format!("{age} s")));
        }
        let document = serde_json::from_slice(message).map_err(|error| {
            (Problem::NotNumber, format!("{error}: {}", String::from_utf8_lossy(message)))
        })?;
        let (value, at) = address.number(&document, self.settings.utc_offset_minutes)?;
        let mut exchange = Exchange::of_bytes(&[], message);
        exchange.text = format!("{}: {age} s", address.head);
        exchange.explain(0..exchange.received.len(), "消息", "message");
        Ok(Measured { value, at, exchange })
    }

    /// Connects at the first call, and asks for topics that are new.
    fn subscribe(&mut self, addresses: &[&Address]) -> Arc<State> {
        let running = self.running.get_or_insert_with(|| {
            let options = options(&self.settings, self.port, self.security.as_ref());
            let (client, events) = AsyncClient::builder(options).capacity(64).build();
            let state = Arc::new(State::default());
            let task = tokio::spawn(listen(events, client.clone(), Arc::clone(&state)));
            Running { client, state, task }
        });
        let mut inner = running.state.inner.lock();
        let mut topics = BTreeSet::new();
        for address in addresses {
            match address {
                Address::Json(it) => topics.extend([it.head.clone()]),
                Address::Metric(it) => topics.extend(inner.plant.watch(it)),
            }
        }
        let new: Vec<String> = topics.difference(&inner.topics).cloned().collect();
        inner.topics.extend(new.iter().cloned());
        inner.asks = self.settings.sparkplug_rebirth;
        let commands = inner.requests();
        drop(inner);
        if !new.is_empty() || !commands.is_empty() {
            // Where it is not connected yet, it subscribes when it is.
            ask_for(running.client.clone(), new, commands);
        }
        Arc::clone(&running.state)
    }
}
