//! Topics of a broker of MQTT: the last message of each is kept with its age.
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use rumqttc::AsyncClient;
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout_at};

use crate::address::AddressError;
use crate::error::{Problem, SourceError};
use crate::json::Address;
use crate::measured::{Exchange, Measured};
use crate::mqtt::address::check;
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
    topics: BTreeSet<String>,
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
        let parsed: Vec<_> = addresses.iter().map(|it| (it, check(it))).collect();
        let topics: BTreeSet<String> =
            parsed.iter().filter_map(|(_, it)| Some(it.as_ref().ok()?.head.clone())).collect();
        let state = self.subscribe(&topics);
        let until = Instant::now() + Duration::from_millis(self.settings.timeout_ms);
        let is_complete = || topics.iter().all(|it| state.inner.lock().last.contains_key(it));
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
    fn subscribe(&mut self, topics: &BTreeSet<String>) -> Arc<State> {
        let running = self.running.get_or_insert_with(|| {
            let options = options(&self.settings, self.port, self.security.as_ref());
            let (client, events) = AsyncClient::builder(options).capacity(64).build();
            let state = Arc::new(State::default());
            let task = tokio::spawn(listen(events, client.clone(), Arc::clone(&state)));
            Running { client, topics: BTreeSet::new(), state, task }
        });
        let new: Vec<String> = topics.difference(&running.topics).cloned().collect();
        if !new.is_empty() {
            running.state.inner.lock().topics.extend(new.iter().cloned());
            running.topics.extend(new.iter().cloned());
            // Where it is not connected yet, it subscribes when it is.
            ask_for(running.client.clone(), new);
        }
        Arc::clone(&running.state)
    }
}
