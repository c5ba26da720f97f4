//! Serial lines through pseudo-terminals: the path of a real line, but for its electricity and its speed.
use nengce_sources::Source;
use tempfile::TempDir;

use crate::meters::MODBUS;
use crate::running::{Running, expect, read, run, script, source, until};

/// A line with a device at its far end, and a source on it; the settings say what kind of source.
fn line(kind: &str, settings: &str, baud: u32, parity: &str) -> (TempDir, Running, Source) {
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().to_str().expect("a path");
    let peer = run(&mut script("serial_line.py", &[kind, place]));
    let source = source(&format!(
        "kind = '{settings}'\ntimeout_ms = 2000\n[serial]\ndevice = '{place}/line'\nbaud = {baud}\nparity = '{parity}'"
    ));
    (folder, peer, source)
}

#[tokio::test]
async fn modbus_rtu() {
    let (_folder, _peer, mut source) = line("modbus", "modbus_rtu", 9600, "none");
    until(&mut source, MODBUS[0].0, MODBUS[0].1).await;
    expect(&mut source, &MODBUS).await;
    let answer = read(&mut source, &["1/holding/0/f32"]).await.remove(0).expect("a value");
    assert_eq!(&answer.exchange.sent[..6], [1, 3, 0, 0, 0, 2]);
    expect(&mut source, &[("2/holding/0/f32", Err("source-refused"))]).await;
}

#[tokio::test]
async fn electricity_meter() {
    let (_folder, peer, mut source) = line("electricity", "dlt645_serial", 2400, "even");
    until(&mut source, "202107072529/00010000", Ok(123_456.78)).await;
    expect(
        &mut source,
        &[
            ("202107072529/0EEEEEEE/XXXXXX.XX", Err("source-refused")),
            ("202107072529/00010000", Ok(123_456.78)),
        ],
    )
    .await;
    // A line that is pulled out.
    drop(peer);
    until(&mut source, "202107072529/00010000", Err("source-connection")).await;
}

#[tokio::test]
async fn water_meter() {
    let (_folder, _peer, mut source) = line("water", "cjt188_serial", 2400, "even");
    until(&mut source, "10/78330011223344/901F", Ok(556_677.0)).await;
    // The line is whole after a meter that stayed silent.
    expect(&mut source, &[("10/78330011223345/901F", Err("source-timeout"))]).await;
    expect(&mut source, &[("10/78330011223344/901F", Ok(556_677.0))]).await;
}
