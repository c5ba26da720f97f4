//! The views' figures on the small city, against figures computed by hand from its constants.

mod benchmarks;
mod decomposition;
mod dual_control;
mod energy_flow;
mod intensity;
mod select;
mod snapshot;
mod targets;
mod year_end;

use std::sync::{Arc, Mutex, PoisonError, Weak};

use nengce_tests::support::city::City;

/// One small city for all tests of the views: they only read.
fn city() -> Arc<City> {
    static SHARED: Mutex<Weak<City>> = Mutex::new(Weak::new());
    let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(city) = shared.upgrade() {
        return city;
    }
    let city = Arc::new(City::new());
    *shared = Arc::downgrade(&city);
    city
}
