//! Sources against real programs: pymodbus, asyncua, a meter of the package dlt645, pysparkplug, mosquitto, PostgreSQL,
//! MariaDB, http.server. They are started here; variables of the environment say where they are, as `cargo xtask test`
//! sets them.
mod broker;
mod database;
mod documents;
mod mariadb;
mod meters;
mod pki;
mod running;
mod serial;
mod simulated;
mod sparkplug;
mod sqlserver;
#[cfg(feature = "opcua")]
mod ua_server;
