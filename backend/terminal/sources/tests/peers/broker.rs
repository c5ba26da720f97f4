//! Messages of mosquitto.
use std::process::Command;
use std::time::Duration;

use rumqttc::{AsyncClient, MqttOptions, QoS};

use crate::running::{Running, expect, free_port, named, read, source, start};

fn broker(port: u16) -> Running {
    start(Command::new(named("MOSQUITTO")).args(["-p", &port.to_string()]), port)
}

/// Messages that stay for those who come later.
async fn publish(port: u16, messages: &[(&str, &str)]) {
    let (client, mut events) = AsyncClient::new(MqttOptions::new("meter", "127.0.0.1", port), 10);
    let driver = tokio::spawn(async move { while events.poll().await.is_ok() {} });
    for (topic, message) in messages {
        client.publish(*topic, QoS::AtLeastOnce, true, *message).await.expect("published");
    }
    tokio::time::sleep(Duration::from_millis(500)).await;
    driver.abort();
}

#[tokio::test]
async fn topics() {
    let port = free_port();
    let peer = broker(port);
    let body = r#"{"t":"2026-01-05 08:00:00","m":[{"e":5.5}]}"#;
    publish(port, &[("plant/1", body), ("plant/2", "42"), ("plant/3", "word")]).await;
    let mut source = source(&format!(
        "kind = 'mqtt'\nhost = '127.0.0.1'\nport = {port}\nclient_id = 'terminal'\ntimeout_ms = 3000"
    ));
    expect(
        &mut source,
        &[
            ("plant/1#m[0].e@t", Ok(5.5)),
            ("plant/2", Ok(42.0)),
            ("plant/3", Err("source-not-number")),
            ("plant/4", Err("source-missing")),
            ("plant/+#e", Err("source-address")),
        ],
    )
    .await;
    publish(port, &[("plant/2", "43")]).await;
    let answers = read(&mut source, &["plant/2", "plant/1#m[0].e@t"]).await;
    assert_eq!(answers[0].as_ref().map(|it| it.value), Ok(43.0));
    assert_eq!(answers[1].as_ref().map(|it| it.at), Ok(Some(1_767_600_000)));
    // A broker that comes again is listened to again.
    drop(peer);
    let _peer = broker(port);
    publish(port, &[("plant/2", "44")]).await;
    for _ in 0..20 {
        let answer = read(&mut source, &["plant/2"]).await.remove(0);
        if answer.is_ok_and(|it| it.value == 44.0) {
            return;
        }
        publish(port, &[("plant/2", "44")]).await;
    }
    panic!("the broker came again, and was not listened to");
}
