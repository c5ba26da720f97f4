//! The simulated meters of demonstrations, read by the sources.
use std::sync::Arc;

use nengce_sources::Source;
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
    own_frames(&mut source_of_meter, &mut source_of_device).await;
}

/// The reads before and after go on; what writes, or is more than one frame, is not sent.
async fn own_frames(meter: &mut Source, device: &mut Source) {
    let bytes = |text: &str| -> Vec<u8> {
        text.split(' ').map(|it| u8::from_str_radix(it, 16).expect("hex")).collect()
    };
    let energy = bytes("FE FE 68 29 25 07 07 21 20 68 11 04 33 33 34 33 4F 16");
    let answer = meter.own(&energy).await.expect("an answer");
    assert_eq!(answer.sent, energy);
    assert!(answer.received.ends_with(&[0x16]), "{answer:02X?}");
    expect(meter, &[("202107072529/00010000", Ok(317.76))]).await;
    let registers = bytes("00 01 00 00 00 06 01 03 00 00 00 04");
    let answer = device.own(&registers).await.expect("an answer");
    assert_eq!(answer.received[6..9], [1, 3, 8]);
    assert!(!answer.parts.is_empty());
    expect(device, &[("1/holding/0/f64", Ok(12.5))]).await;
    for (of_meter, frame) in [
        (true, "68 29 25 07 07 21 20 68 14 04 33 33 34 33 52 16"),
        (true, "68 29 25 07 07 21 20 68 11 04 33 33 34 33 00 16"),
        (false, "00 01 00 00 00 06 01 06 00 00 00 04"),
        (false, "00 01 00 00 00 06 01 03 00 00 00 04 00 01 00 00 00 06 01 06 00 00 00 04"),
    ] {
        let source = if of_meter { &mut *meter } else { &mut *device };
        let error = source.own(&bytes(frame)).await.expect_err(frame);
        assert_eq!(error.code(), "source-own-frame");
    }
}
