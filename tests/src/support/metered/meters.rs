//! Meters of DL/T 645 whose counters a test moves.

use std::collections::BTreeMap;
use std::net::{IpAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use nengce_sources::demo::{Value as Shown, serve_dlt645};

/// The item of a meter that is read: its forward active energy.
const ENERGY: u32 = 0x0001_0000;
/// Units of the data item in one kWh.
pub(super) const FACTOR: f64 = 0.0001;

/// A counter in hundredths of a kWh, as the meter shows it.
#[derive(Clone, Default)]
pub struct Counter(Arc<AtomicU64>);

impl Counter {
    /// The meter counts so many kWh more.
    pub fn add(&self, kwh: f64) {
        self.0.fetch_add((kwh * 100.0).round() as u64, Ordering::SeqCst);
    }

    /// What the meter shows, in the unit of the data item.
    pub fn shows(&self) -> f64 {
        self.0.load(Ordering::SeqCst) as f64 / 100.0 * FACTOR
    }
}

/// Meters of DL/T 645 on one port.
pub struct Meters {
    pub port: u16,
    pub counters: Vec<Counter>,
}

pub(super) fn number(place: usize) -> String {
    format!("{:012}", 202_107_072_500 + place)
}

impl Meters {
    /// Meters that show what their counters hold.
    pub fn start(address: IpAddr, count: usize) -> Self {
        let counters = vec![(); count].iter().map(|()| Counter::default()).collect::<Vec<_>>();
        let shows = |(place, counter): (usize, &Counter)| {
            counter.add(1_000.0 * (place + 1) as f64);
            let counter = counter.clone();
            let shows: Shown = Arc::new(move || counter.0.load(Ordering::SeqCst) as f64 / 100.0);
            shows
        };
        let port = serve(address, counters.iter().enumerate().map(shows).collect());
        Self { port, counters }
    }
}

/// Starts a meter for each of these displays, in kWh; the port of all.
pub fn serve(address: IpAddr, displays: Vec<Shown>) -> u16 {
    let listener = TcpListener::bind((address, 0)).expect("a port");
    listener.set_nonblocking(true).expect("for tokio");
    let port = listener.local_addr().expect("its address").port();
    let meter = |(place, shows)| (number(place), BTreeMap::from([(ENERGY, shows)]));
    let meters = displays.into_iter().enumerate().map(meter).collect();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.expect("a runtime").block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
            serve_dlt645(listener, meters).await.expect("meters");
        });
    });
    port
}
