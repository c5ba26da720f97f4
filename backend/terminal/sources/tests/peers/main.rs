//! Sources against real programs: pymodbus, asyncua, a meter of the package dlt645, pysparkplug, mosquitto, PostgreSQL,
//! http.server. They are started here; NENGCE_PEERS_PYTHON, MOSQUITTO and PG_BIN say where they are, as `cargo xtask
//! test` does.
mod broker;
mod database;
mod documents;
mod meters;
mod pki;
mod running;
mod serial;
mod simulated;
mod sparkplug;
#[cfg(feature = "opcua")]
mod ua_server;
