//! Documents of python's http.server.
use std::fs;

use crate::running::{expect, free_port, named, read, source, start};

#[tokio::test]
async fn json_over_http() {
    let folder = tempfile::tempdir().expect("a folder");
    let body = r#"{"t":1767571200,"m":[{"e":"77.5"}]}"#;
    fs::write(folder.path().join("meters.json"), body).expect("written");
    fs::write(folder.path().join("large.json"), "1".repeat(3000)).expect("written");
    fs::write(folder.path().join("broken.json"), "{").expect("written");
    let port = free_port();
    let mut python = std::process::Command::new(named("NENGCE_PEERS_PYTHON"));
    python.args(["-m", "http.server", "--bind", "127.0.0.1", &port.to_string()]);
    let _peer = start(python.current_dir(folder.path()), port);
    let mut source = source(&format!(
        "kind = 'http_json'\nurl = 'http://127.0.0.1:{port}'\nmax_answer_bytes = 2000\ntimeout_ms = 10000"
    ));
    expect(
        &mut source,
        &[
            ("/meters.json#m[0].e", Ok(77.5)),
            ("/meters.json#m[1].e", Err("source-missing")),
            ("/large.json", Err("source-too-large")),
            ("/broken.json#a", Err("source-frame")),
            ("/none.json#a", Err("source-refused")),
        ],
    )
    .await;
    let answer = read(&mut source, &["/meters.json#m[0].e@t"]).await.remove(0).expect("a value");
    assert_eq!(answer.at, Some(1_767_600_000));
}
