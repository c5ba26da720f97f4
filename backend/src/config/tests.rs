//! What the configuration refuses and how it reads the environment.

use std::net::SocketAddr;

use anyhow::Result;
use toml::Table;

use super::Config;
use super::sources::environment;

fn vars(name: &str, value: &str) -> Result<Table> {
    environment([(name.to_owned(), value.to_owned())].into_iter())
}

#[test]
fn the_environment_speaks_the_types_of_the_keys() {
    let table = vars("NENGCE_MAX_BODY_BYTES", "12").unwrap();
    assert_eq!(table["max_body_bytes"].as_integer(), Some(12));
    assert!(vars("NENGCE_MAX_BODY_BYTES", "twelve").is_err());
    assert!(vars("PATH", "x").unwrap().is_empty());
}

#[test]
fn an_unknown_key_is_told_its_nearest() {
    let error = vars("NENGCE_MAX_BODY_BITES", "1").unwrap_err().to_string();
    assert!(error.contains("max_body_bytes"), "{error}");
}

#[test]
fn plain_http_stays_on_loopback() {
    let open = Config { listen: SocketAddr::from(([0, 0, 0, 0], 80)), ..Config::default() };
    assert!(open.clone().check().is_err());
    assert!(Config { tls_ends_in_front: true, ..open }.check().is_ok());
}
