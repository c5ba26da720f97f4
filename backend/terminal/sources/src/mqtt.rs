//! Topics of a broker of MQTT: the last message of each is kept with its age.
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use rumqttc::{AsyncClient, Event, EventLoop, MqttOptions, Packet, QoS};
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, timeout_at};

use crate::address::AddressError;
use crate::error::{Problem, SourceError};
use crate::json::Address;
use crate::measured::{Exchange, Measured};
use crate::settings::Mqtt;

/// A larger message is not taken.
const MOST_BYTES: usize = 256 * 1024;
/// Between two attempts to connect.
const PAUSE: Duration = Duration::from_secs(1);

/// A broker.
#[derive(Debug)]
pub(crate) struct Reader {
    settings: Mqtt,
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

/// What has come.
#[derive(Debug, Default)]
struct State {
    inner: Mutex<Inner>,
    changed: Notify,
}

#[derive(Debug, Default)]
struct Inner {
    last: BTreeMap<String, (Vec<u8>, Instant)>,
    topics: BTreeSet<String>,
    failure: Option<String>,
}

impl Reader {
    pub(crate) fn new(settings: Mqtt) -> Self {
        Self { settings, running: None }
    }

    pub(crate) async fn read(
        &mut self,
        addresses: &[String],
    ) -> Vec<Result<Measured, SourceError>> {
        let parsed: Vec<_> = addresses.iter().map(|it| (it, check(it))).collect();
        let topics: BTreeSet<String> =
            parsed.iter().filter_map(|(_, it)| Some(it.as_ref().ok()?.head.clone())).collect();
        let state = self.subscribe(&topics).await;
        let until = Instant::now() + Duration::from_millis(self.settings.timeout_ms);
        let is_complete = || topics.iter().all(|it| state.inner.lock().last.contains_key(it));
        loop {
            let changed = state.changed.notified();
            if is_complete() || timeout_at(until, changed).await.is_err() {
                break;
            }
        }
        let inner = state.inner.lock();
        let broker = format!("{}:{}", self.settings.host, self.settings.port);
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
                Some(failure) => (Problem::Connection, failure.clone()),
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
    async fn subscribe(&mut self, topics: &BTreeSet<String>) -> Arc<State> {
        let settings = &self.settings;
        let running = self.running.get_or_insert_with(|| {
            let (client, events) = AsyncClient::new(options(settings), 64);
            let state = Arc::new(State::default());
            let task = tokio::spawn(listen(events, client.clone(), Arc::clone(&state)));
            Running { client, topics: BTreeSet::new(), state, task }
        });
        for topic in topics.difference(&running.topics.clone()) {
            running.state.inner.lock().topics.insert(topic.clone());
            running.topics.insert(topic.clone());
            // Where it is not connected yet, it subscribes when it is.
            let _is_queued = running.client.try_subscribe(topic, QoS::AtLeastOnce).is_ok();
        }
        Arc::clone(&running.state)
    }
}

fn options(settings: &Mqtt) -> MqttOptions {
    let mut options = MqttOptions::new(&settings.client_id, &settings.host, settings.port);
    options.set_keep_alive(Duration::from_secs(30));
    options.set_max_packet_size(MOST_BYTES, MOST_BYTES);
    if let Some(user) = &settings.user {
        let password = settings.password.as_ref().map_or("", |it| it.0.as_str());
        options.set_credentials(user, password);
    }
    options
}

/// Takes messages for as long as the source is open.
async fn listen(mut events: EventLoop, client: AsyncClient, state: Arc<State>) {
    loop {
        match events.poll().await {
            Ok(Event::Incoming(Packet::ConnAck(_))) => {
                let topics = {
                    let mut inner = state.inner.lock();
                    inner.failure = None;
                    inner.topics.clone()
                };
                // In a task of its own: the queue empties only while events are polled.
                let client = client.clone();
                tokio::spawn(async move {
                    for topic in topics {
                        if client.subscribe(topic, QoS::AtLeastOnce).await.is_err() {
                            return;
                        }
                    }
                });
            }
            Ok(Event::Incoming(Packet::Publish(message))) => {
                let mut inner = state.inner.lock();
                if inner.topics.contains(&message.topic) {
                    let arrived = (message.payload.to_vec(), Instant::now());
                    inner.last.insert(message.topic, arrived);
                    drop(inner);
                    state.changed.notify_waiters();
                }
            }
            Ok(_) => {}
            Err(error) => {
                state.inner.lock().failure = Some(error.to_string());
                sleep(PAUSE).await;
            }
        }
    }
}

/// An address whose topic is one topic.
pub(crate) fn check(text: &str) -> Result<Address, AddressError> {
    let address = Address::parse(text)?;
    if address.head.contains('+') {
        let (zh, en) = ("主题不能含通配符", "a topic has no wildcards here");
        return Err(AddressError::new(text, zh, en));
    }
    Ok(address)
}
