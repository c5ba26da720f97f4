//! Nodes of a server of OPC UA.
use crate::running::{expect, free_port, read, script, source, start};

#[tokio::test]
async fn nodes() {
    let port = free_port();
    let _peer = start(&mut script("opcua_server.py", &[&port.to_string()]), port);
    let mut source =
        source(&format!("kind = 'opcua'\nurl = 'opc.tcp://127.0.0.1:{port}/'\ntimeout_ms = 20000"));
    expect(
        &mut source,
        &[
            ("ns=2;s=Meter.Energy", Ok(4321.25)),
            ("ns=2;i=7", Ok(99.0)),
            ("ns=2;s=Meter.Name", Err("source-not-number")),
            ("ns=2;s=Meter.None", Err("source-refused")),
            ("Meter", Err("source-address")),
        ],
    )
    .await;
    let answer = read(&mut source, &["ns=2;s=Meter.Energy"]).await.remove(0).expect("a value");
    assert_eq!(answer.at, Some(1_767_600_000));
}
