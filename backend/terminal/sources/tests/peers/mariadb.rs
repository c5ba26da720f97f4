//! Rows of MariaDB, by the protocol of MySQL.
#![cfg(feature = "mysql")]
use std::path::Path;
use std::process::Command;

use nengce_sources::Source;
use tempfile::TempDir;

use crate::pki::Pki;
use crate::running::{Running, expect, free_port, named, read, source, start, until};

/// A server that ends with the test. It runs as the user of the test.
struct Server {
    port: u16,
    _running: Running,
    _folder: TempDir,
}

impl Server {
    fn start(pki: &Pki) -> Self {
        let program = named("MARIADBD");
        let folder = tempfile::tempdir().expect("a folder");
        let data = folder.path().join("data");
        let made = Command::new(named("MARIADB_INSTALL_DB"))
            .args(["--no-defaults", "--auth-root-authentication-method=normal", "--skip-test-db"])
            .args(own_user())
            .arg(format!("--datadir={}", data.display()))
            // At its start a server removes temporary tables there, those of others too.
            .env("TMPDIR", folder.path())
            .output();
        let made = made.expect("the database is made");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let first = folder.path().join("first.sql");
        std::fs::write(&first, FIRST).expect("written");
        let port = free_port();
        let path = |name: &str, file: &Path| format!("--{name}={}", file.display());
        let mut server = Command::new(program);
        server.env("TMPDIR", folder.path());
        server.arg("--no-defaults").args(own_user()).args([
            path("datadir", &data),
            path("socket", &folder.path().join("socket")),
            path("pid-file", &folder.path().join("pid")),
            path("init-file", &first),
            path("ssl-ca", &pki.authority),
            path("ssl-cert", &pki.server.0),
            path("ssl-key", &pki.server.1),
            format!("--port={port}"),
            "--bind-address=127.0.0.1".to_owned(),
        ]);
        let running = start(&mut server, port);
        Self { port, _running: running, _folder: folder }
    }

    fn source(&self, user: &str, password: &str, tls: &str) -> Source {
        let port = self.port;
        source(&format!(
            "kind = 'sql'\ndatabase = 'mysql'\nhost = '127.0.0.1'\nport = {port}\nname = 'plant'\nuser = '{user}'\n\
             password = '{password}'\ntimeout_ms = 5000\n{tls}\n[queries]\n\
             last = 'select e, f, n, t, w, b, u from readings order by t desc'\n\
             cipher = \"select length(variable_value) as c from information_schema.session_status where variable_name = 'ssl_cipher'\"\n\
             none = 'select e from readings where false'\nwrong = 'select e from nowhere'\n\
             slow = 'select sleep(60) as e'\nwrites = 'insert into readings (e) values (1)'"
        ))
    }
}

const FIRST: &str = "create database plant;
create table plant.readings (e decimal(12,2), f float, n int, t datetime, w varchar(10), b bit(1), u bigint unsigned);
insert into plant.readings values (1, 1, 1, '2026-01-04 08:00:00', '', b'0', 1);
insert into plant.readings values (12.50, 0.25, null, '2026-01-05 08:00:00', 'x', b'1', 18446744073709551615);
create user reader identified by 'word';
grant all on plant.* to reader;
create user secure identified by 'word' require ssl;
grant select on plant.* to secure;
create user known identified by 'word' require x509;
grant select on plant.* to known;
";

fn own_user() -> Option<&'static str> {
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|it| it.stdout == b"0\n");
    is_root.then_some("--user=root")
}

#[tokio::test]
async fn rows() {
    let files = tempfile::tempdir().expect("a folder");
    let server = Server::start(&Pki::new(files.path(), "plant"));
    let mut source = server.source("reader", "word", "");
    until(&mut source, "last.e", Ok(12.5)).await;
    expect(
        &mut source,
        &[
            ("last.f", Ok(0.25)),
            ("last.n", Err("source-missing")),
            ("last.w", Err("source-not-number")),
            ("last.u", Ok(18_446_744_073_709_551_615.0)),
            ("cipher.c", Ok(0.0)),
            ("none.e", Err("source-missing")),
            ("wrong.e", Err("source-refused")),
            ("writes.e", Err("source-refused")),
        ],
    )
    .await;
    let answer = read(&mut source, &["last.e@t"]).await.remove(0).expect("a value");
    assert_eq!(answer.at, Some(1_767_600_000));
    let mut stranger = server.source("reader", "other", "");
    expect(&mut stranger, &[("last.e", Err("source-connection"))]).await;
    let mut slow = server.source("reader", "word", "");
    expect(&mut slow, &[("slow.e", Err("source-timeout"))]).await;
}

#[tokio::test]
async fn over_tls() {
    let files = tempfile::tempdir().expect("a folder");
    let (pki, other) = (Pki::new(files.path(), "plant"), Pki::new(files.path(), "other"));
    let server = Server::start(&pki);
    let mut secure = server.source("secure", "word", &pki.trusted());
    until(&mut secure, "last.e", Ok(12.5)).await;
    let answer = read(&mut secure, &["cipher.c"]).await.remove(0).expect("a value");
    assert!(answer.value > 0.0, "{answer:?}");
    expect(&mut server.source("known", "word", &pki.known()), &[("last.e", Ok(12.5))]).await;
    let refused = [("last.e", Err("source-tls"))];
    expect(&mut server.source("secure", "word", &other.trusted()), &refused).await;
    expect(&mut server.source("secure", "word", "tls = {}"), &refused).await;
    let name = format!("tls = {{ authorities = {:?}, server_name = 'a.example' }}", pki.authority);
    expect(&mut server.source("secure", "word", &name), &refused).await;
    // The server wants TLS, or a certificate too.
    let lacking = [("last.e", Err("source-connection"))];
    expect(&mut server.source("secure", "word", ""), &lacking).await;
    expect(&mut server.source("known", "word", &pki.trusted()), &lacking).await;
}
