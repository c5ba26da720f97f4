//! The connection to a broker, which lasts as long as its source, and what has come over it.
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use rumqttc::{AsyncClient, Event, EventLoop, MqttOptions, Packet, PublishOptions, QoS};
use tokio::sync::Notify;
use tokio::time::{Instant, sleep};

use crate::error::Problem;
use crate::mqtt::sparkplug::{Name, Plant, rebirth};
use crate::settings::Mqtt;
use crate::tls::{self, Security};

/// A larger message is not taken.
const MOST_BYTES: u32 = 256 * 1024;
/// Between two attempts to connect.
const PAUSE: Duration = Duration::from_secs(1);

/// What has come.
#[derive(Debug, Default)]
pub(super) struct State {
    pub(super) inner: Mutex<Inner>,
    pub(super) changed: Notify,
}

#[derive(Debug, Default)]
pub(super) struct Inner {
    pub(super) last: BTreeMap<String, (Vec<u8>, Instant)>,
    pub(super) topics: BTreeSet<String>,
    pub(super) plant: Plant,
    pub(super) failure: Option<(Problem, String)>,
    /// Whether nodes may be asked for their BIRTH.
    pub(super) asks: bool,
    is_connected: bool,
}

impl Inner {
    /// Where to ask for a BIRTH now; nothing is asked of a broker that is not reached.
    pub(super) fn requests(&mut self) -> Vec<String> {
        if self.asks && self.is_connected { self.plant.requests() } else { Vec::new() }
    }

    fn lost(&mut self, failure: (Problem, String)) {
        (self.failure, self.is_connected) = (Some(failure), false);
        self.plant.lost();
    }
}

pub(super) fn options(settings: &Mqtt, port: u16, security: Option<&Security>) -> MqttOptions {
    let mut options = MqttOptions::new(&settings.client_id, (settings.host.clone(), port));
    options.set_keep_alive(30);
    options.set_max_packet_size(MOST_BYTES as usize, MOST_BYTES as usize);
    if let Some(user) = &settings.user {
        let password = settings.password.as_ref().map_or("", |it| it.0.as_str());
        options.set_credentials(user, password.to_owned());
    }
    if let Some(security) = security.cloned() {
        options.set_socket_connector(move |host, network| {
            let security = security.clone();
            async move { security.over(rumqttc::default_socket_connect(host, network).await?).await }
        });
    }
    options
}

/// Subscribes, and then asks nodes for their BIRTH; in a task of its own, for the queue empties only while events are
/// polled.
pub(super) fn ask_for(
    client: AsyncClient,
    topics: impl IntoIterator<Item = String>,
    commands: Vec<String>,
) {
    let topics: Vec<String> = topics.into_iter().collect();
    tokio::spawn(async move {
        for topic in topics {
            if client.subscribe(topic, QoS::AtLeastOnce).await.is_err() {
                return;
            }
        }
        let now = jiff::Timestamp::now().as_millisecond();
        let payload = rebirth(u64::try_from(now).unwrap_or_default());
        for topic in commands {
            let once = PublishOptions::at_most_once();
            if client.publish(topic, payload.clone(), once).await.is_err() {
                return;
            }
        }
    });
}

/// Takes messages for as long as the source is open.
pub(super) async fn listen(mut events: EventLoop, client: AsyncClient, state: Arc<State>) {
    loop {
        match events.poll().await {
            Ok(Event::Incoming(Packet::ConnAck(_))) => {
                let (topics, commands) = {
                    let mut inner = state.inner.lock();
                    (inner.failure, inner.is_connected) = (None, true);
                    (inner.topics.clone(), inner.requests())
                };
                ask_for(client.clone(), topics, commands);
            }
            Ok(Event::Incoming(Packet::Publish(message))) => {
                let mut inner = state.inner.lock();
                let topic = String::from_utf8_lossy(&message.topic).into_owned();
                if Name::is_meant(&topic) {
                    inner.plant.take(&topic, &message.payload);
                    drop(inner);
                    state.changed.notify_waiters();
                } else if inner.topics.contains(&topic) {
                    let arrived = (message.payload.to_vec(), Instant::now());
                    inner.last.insert(topic, arrived);
                    drop(inner);
                    state.changed.notify_waiters();
                }
            }
            Ok(_) => {}
            Err(error) => {
                state.inner.lock().lost((tls::problem(&error), error.to_string()));
                sleep(PAUSE).await;
            }
        }
    }
}
