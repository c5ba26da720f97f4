//! Rows of PostgreSQL.
#![cfg(feature = "postgresql")]
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use nengce_sources::Source;
use tempfile::TempDir;

use crate::pki::Pki;
use crate::running::{Running, expect, free_port, named, read, source, start};

/// PostgreSQL does not run as root; Debian's package has made a user for it.
fn as_its_user(program: &Path) -> Command {
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|it| it.stdout == b"0\n");
    if is_root {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program);
        return command;
    }
    Command::new(program)
}

/// A server that ends with the test.
struct Server {
    programs: PathBuf,
    folder: TempDir,
    port: u16,
    _running: Running,
}

impl Server {
    fn start(more: impl FnOnce(&Path) -> Vec<String>) -> Self {
        let programs = named("PG_BIN");
        let folder = tempfile::tempdir().expect("a folder");
        let data = folder.path().join("data");
        let open = Command::new("chmod").arg("777").arg(folder.path()).status();
        assert!(open.is_ok_and(|it| it.success()));
        let mut init = as_its_user(&programs.join("initdb"));
        init.current_dir(folder.path()).arg("--pgdata").arg(&data);
        init.args(["--auth=trust", "--username=reader", "--no-sync"]);
        let made = init.output().expect("initdb");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let port = free_port();
        let mut server = as_its_user(&programs.join("postgres"));
        server.current_dir(folder.path()).arg("-D").arg(&data).args(["-h", "127.0.0.1"]);
        server.args(["-p", &port.to_string(), "-c", "unix_socket_directories="]);
        server.args(more(folder.path()));
        let running = start(&mut server, port);
        Self { programs, folder, port, _running: running }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let stop = as_its_user(&self.programs.join("pg_ctl"))
            .current_dir(self.folder.path())
            .arg("-D")
            .arg(self.folder.path().join("data"))
            .args(["-m", "immediate", "stop"])
            .output();
        if !stop.is_ok_and(|it| it.status.success()) {
            eprintln!("the database did not end");
        }
    }
}

/// It listens before it answers.
async fn until_it_answers(source: &mut Source, address: &str) {
    for _ in 0..100 {
        if read(source, &[address]).await[0].is_ok() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test]
async fn rows() {
    let server = Server::start(|_| Vec::new());
    let port = server.port;
    let mut source = source(&format!(
        "kind = 'sql'\ndatabase = 'postgresql'\nhost = '127.0.0.1'\nport = {port}\nname = 'postgres'\nuser = 'reader'\n\
         timeout_ms = 5000\n[queries]\n\
         last = \"select 12.5::numeric as e, timestamp '2026-01-05 08:00:00' as t, null as n, 'x' as w\"\n\
         slow = 'select pg_sleep(60), 1 as e'\nnone = 'select 1 as e where false'\nwrong = 'select e from nowhere'\n\
         writes = 'create table t (a int)'"
    ));
    until_it_answers(&mut source, "last.e").await;
    expect(
        &mut source,
        &[
            ("last.e", Ok(12.5)),
            ("last.n", Err("source-missing")),
            ("last.w", Err("source-not-number")),
            ("none.e", Err("source-missing")),
            ("wrong.e", Err("source-refused")),
            ("writes.e", Err("source-refused")),
            ("other.e", Err("source-settings")),
        ],
    )
    .await;
    let answer = read(&mut source, &["last.e@t"]).await.remove(0).expect("a value");
    assert_eq!(answer.at, Some(1_767_600_000));
    let slow = read(&mut source, &["slow.e"]).await.remove(0).expect_err("too slow");
    assert!(matches!(slow.code(), "source-timeout" | "source-refused"), "{slow}");
}

#[tokio::test]
async fn over_tls() {
    let files = tempfile::tempdir().expect("a folder");
    let (pki, other) = (Pki::new(files.path(), "plant"), Pki::new(files.path(), "other"));
    let server = Server::start(|folder| {
        // The key must be its user's own.
        let (certificate, key) = (folder.join("server.pem"), folder.join("server.key"));
        std::fs::copy(&pki.server.0, &certificate).expect("copied");
        let authority = folder.join("authority.pem");
        std::fs::copy(&pki.authority, &authority).expect("copied");
        let text = std::fs::read(&pki.server.1).expect("a key");
        let made = as_its_user(Path::new("/bin/sh"))
            .current_dir(folder)
            .args(["-c", "umask 077 && cat > server.key"])
            .stdin(Stdio::piped())
            .spawn();
        let mut made = made.expect("a shell");
        made.stdin.take().expect("its input").write_all(&text).expect("written");
        assert!(made.wait().is_ok_and(|it| it.success()));
        let rules = folder.join("rules");
        std::fs::write(&rules, "hostssl postgres reader 127.0.0.1/32 trust\nhostssl template1 reader 127.0.0.1/32 trust clientcert=verify-full\n")
            .expect("written");
        let set = |name: &str, file: &Path| ["-c".to_owned(), format!("{name}={}", file.display())];
        let mut more = vec!["-c".to_owned(), "ssl=on".to_owned()];
        more.extend(set("ssl_cert_file", &certificate));
        more.extend(set("ssl_key_file", &key));
        more.extend(set("ssl_ca_file", &authority));
        more.extend(set("hba_file", &rules));
        more
    });
    let port = server.port;
    let settings = |name: &str, tls: &str| {
        source(&format!(
            "kind = 'sql'\ndatabase = 'postgresql'\nhost = '127.0.0.1'\nport = {port}\nname = '{name}'\nuser = 'reader'\n\
             timeout_ms = 5000\n{tls}\n[queries]\n\
             last = 'select case when ssl then 1 else 0 end as s from pg_stat_ssl where pid = pg_backend_pid()'"
        ))
    };
    let mut secure = settings("postgres", &pki.trusted());
    until_it_answers(&mut secure, "last.s").await;
    expect(&mut secure, &[("last.s", Ok(1.0))]).await;
    let refused = [("last.s", Err("source-tls"))];
    expect(&mut settings("postgres", &other.trusted()), &refused).await;
    expect(&mut settings("postgres", "tls = {}"), &refused).await;
    let error = read(&mut settings("postgres", &other.trusted()), &["last.s"]).await.remove(0);
    let error = error.expect_err("another authority").text_en();
    assert!(error.contains("UnknownIssuer"), "{error}");
    // The server wants TLS, or a certificate too: plain TCP is refused by it.
    expect(&mut settings("postgres", ""), &[("last.s", Err("source-connection"))]).await;
    expect(&mut settings("template1", &pki.trusted()), &[("last.s", Err("source-connection"))])
        .await;
    drop(server);
    let plain = Server::start(|_| Vec::new());
    let port = plain.port;
    let mut source = source(&format!(
        "kind = 'sql'\ndatabase = 'postgresql'\nhost = '127.0.0.1'\nport = {port}\nname = 'postgres'\nuser = 'reader'\n\
         {}\n[queries]\nlast = 'select 1 as s'",
        pki.trusted()
    ));
    // What is plain is not taken for secure.
    expect(&mut source, &refused).await;
}
