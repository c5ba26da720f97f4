//! Meters on lines: Modbus by two framings, and DL/T 645.
use crate::running::{expect, free_port, read, script, source, start};

pub(crate) const MODBUS: [(&str, Result<f64, &str>); 10] = [
    ("1/holding/0/f32", Ok(123.5)),
    ("1/holding/0/f32*0.1", Ok(12.350_000_000_000_001)),
    ("1/holding/2/i32", Ok(-70_000.0)),
    ("1/holding/4/f64", Ok(1_234_567.125)),
    ("1/holding/8/bcd32", Ok(12_345_678.0)),
    ("1/holding/10/u32/cdab", Ok(305_419_896.0)),
    ("1/holding/12/i16", Ok(-1.0)),
    ("1/input/0/i64", Ok(-5.0)),
    ("1/coil/0", Ok(1.0)),
    ("1/holding/5000/u16", Err("source-refused")),
];

#[tokio::test]
async fn modbus_tcp() {
    let port = free_port();
    let peer = start(&mut script("modbus_device.py", &["tcp", &port.to_string()]), port);
    let mut source = source(&format!(
        "kind = 'modbus_tcp'\nhost = '127.0.0.1'\nport = {port}\ntimeout_ms = 10000"
    ));
    expect(&mut source, &MODBUS).await;
    expect(&mut source, &[("1/discrete/1", Ok(1.0)), ("1/holding", Err("source-address"))]).await;
    let answer = read(&mut source, &["1/holding/0/f32"]).await.remove(0).expect("a value");
    assert_eq!(&answer.exchange.sent[6..], [1, 3, 0, 0, 0, 2]);
    assert_eq!(&answer.exchange.received[6..], [1, 3, 4, 0x42, 0xF7, 0, 0]);
    let data = answer.exchange.parts.last().expect("parts");
    assert_eq!((data.range.clone(), data.meaning_zh.as_str()), (9..13, "数据"));
    drop(peer);
    let gone = read(&mut source, &["1/holding/0/f32"]).await.remove(0).expect_err("no peer");
    assert_eq!(gone.code(), "source-connection");
    assert!(gone.text_zh().contains("连接不上"), "{}", gone.text_zh());
}

#[tokio::test]
async fn modbus_rtu_through_a_converter() {
    let port = free_port();
    let _peer = start(&mut script("modbus_device.py", &["rtu", &port.to_string()]), port);
    let mut source =
        source(&format!("kind = 'modbus_rtu'\ntcp = '127.0.0.1:{port}'\ntimeout_ms = 10000"));
    expect(&mut source, &MODBUS).await;
}

#[tokio::test]
async fn electricity_meter() {
    let port = free_port();
    let _peer = start(&mut script("dlt645_meter.py", &[&port.to_string()]), port);
    let mut source = source(&format!(
        "kind = 'dlt645_tcp'\nhost = '127.0.0.1'\nport = {port}\ntimeout_ms = 2000"
    ));
    expect(
        &mut source,
        &[
            ("202107072529/00010000", Ok(123_456.78)),
            ("202107072529/02010100", Ok(220.5)),
            ("202107072529/02020100", Ok(1.234)),
            ("202107072529/0EEEEEEE/XXXXXX.XX", Err("source-refused")),
            ("202107072528/00010000", Err("source-refused")),
            ("202107072529", Err("source-address")),
        ],
    )
    .await;
}
