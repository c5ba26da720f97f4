//! The simulated meters of demonstrations, read by the sources.
use std::sync::Arc;

use nengce_sources::demo::{Value, serve_dlt645, serve_modbus};
use tokio::net::TcpListener;

use crate::running::{expect, source};

fn constant(value: f64) -> Value {
    Arc::new(move || value)
}

#[tokio::test]
async fn meter_and_device() {
    let meter = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let meter_port = meter.local_addr().expect("an address").port();
    let items = [(0x0001_0000, constant(317.76)), (0x0002_0000, constant(1_000_000.5))];
    let meters = [("202107072529".to_owned(), items.into_iter().collect())];
    tokio::spawn(serve_dlt645(meter, meters.into_iter().collect()));
    let device = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let device_port = device.local_addr().expect("an address").port();
    let registers = [(0, constant(12.5)), (4, constant(-3.25))];
    tokio::spawn(serve_modbus(device, registers.into_iter().collect()));

    let mut source_of_meter = source(&format!(
        "kind = 'dlt645_tcp'\nhost = '127.0.0.1'\nport = {meter_port}\ntimeout_ms = 500"
    ));
    expect(
        &mut source_of_meter,
        &[
            ("AAAAAAAAAAAA/00010000", Ok(317.76)),
            // Beyond its digits, a counter begins anew.
            ("202107072529/00020000", Ok(0.5)),
            ("202107072529/00030000", Err("source-refused")),
            ("1/00010000", Err("source-timeout")),
        ],
    )
    .await;
    let mut source_of_device =
        source(&format!("kind = 'modbus_tcp'\nhost = '127.0.0.1'\nport = {device_port}"));
    expect(
        &mut source_of_device,
        &[
            ("1/holding/0/f64", Ok(12.5)),
            ("1/input/4/f64*2", Ok(-6.5)),
            ("1/holding/8/u16", Err("source-refused")),
            ("1/coil/0", Err("source-refused")),
        ],
    )
    .await;
}
