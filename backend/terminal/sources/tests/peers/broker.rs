//! Messages of mosquitto.
use std::process::Command;
use std::time::Duration;

use rumqttc::{AsyncClient, MqttOptions, PublishOptions};

use crate::pki::Pki;
use crate::running::{Running, expect, free_port, named, read, source, start};

fn broker(port: u16) -> Running {
    start(Command::new(named("MOSQUITTO")).args(["-p", &port.to_string()]), port)
}

/// Messages that stay for those who come later.
async fn publish(port: u16, messages: &[(&str, &str)]) {
    let (client, mut events) =
        AsyncClient::builder(MqttOptions::new("meter", ("127.0.0.1", port))).capacity(10).build();
    let driver = tokio::spawn(async move { while events.poll().await.is_ok() {} });
    for (topic, message) in messages {
        client
            .publish(*topic, *message, PublishOptions::at_least_once().retained())
            .await
            .expect("published");
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

#[tokio::test]
async fn over_tls() {
    let folder = tempfile::tempdir().expect("a folder");
    let (pki, other) = (Pki::new(folder.path(), "plant"), Pki::new(folder.path(), "other"));
    let (plain, open, closed) = (free_port(), free_port(), free_port());
    let tls = format!(
        "cafile {}\ncertfile {}\nkeyfile {}\n",
        pki.authority.display(),
        pki.server.0.display(),
        pki.server.1.display()
    );
    let file = folder.path().join("mosquitto.conf");
    let text = format!(
        "user root\nallow_anonymous true\nlistener {plain} 127.0.0.1\nlistener {open} 127.0.0.1\n{tls}\
         listener {closed} 127.0.0.1\n{tls}require_certificate true\n"
    );
    std::fs::write(&file, text).expect("written");
    let _peer = start(Command::new(named("MOSQUITTO")).arg("-c").arg(&file), closed);
    publish(plain, &[("plant/2", "42")]).await;
    let settings = |port: u16, tls: &str| {
        source(&format!(
            "kind = 'mqtt'\nhost = '127.0.0.1'\nport = {port}\nclient_id = 'terminal-{port}'\ntimeout_ms = 2000\n{tls}"
        ))
    };
    expect(&mut settings(open, &pki.trusted()), &[("plant/2", Ok(42.0))]).await;
    expect(&mut settings(closed, &pki.known()), &[("plant/2", Ok(42.0))]).await;
    let refused = [("plant/2", Err("source-tls"))];
    // Another authority, none but those of the system, another name.
    let name = format!("tls = {{ authorities = {:?}, server_name = 'a.example' }}", pki.authority);
    for (port, tls) in [(open, other.trusted()), (open, "tls = {}".to_owned()), (open, name)] {
        expect(&mut settings(port, &tls), &refused).await;
    }
    let answer = read(&mut settings(open, &other.trusted()), &["plant/2"]).await.remove(0);
    let error = answer.expect_err("another authority");
    assert!(error.text_en().contains("UnknownIssuer"), "{error}");
    assert!(error.text_zh().contains("authorities"), "{}", error.text_zh());
    // No certificate where one is wanted: the broker ends the connection after its side of the handshake.
    let answer = read(&mut settings(closed, &pki.trusted()), &["plant/2"]).await.remove(0);
    let code = answer.expect_err("no certificate").code();
    assert!(matches!(code, "source-tls" | "source-connection"), "{code}");
    // What is plain is not taken for secure.
    expect(&mut settings(plain, &pki.trusted()), &refused).await;
}
