//! Rows of PostgreSQL.
#![cfg(feature = "postgresql")]
use std::path::Path;
use std::process::Command;

use crate::running::{expect, free_port, named, read, source, start};

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

#[tokio::test]
async fn rows() {
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
    server.current_dir(folder.path()).arg("-D").arg(&data);
    server.args(["-p", &port.to_string(), "-h", "127.0.0.1", "-c", "unix_socket_directories="]);
    let peer = start(&mut server, port);
    let mut source = source(&format!(
        "kind = 'sql'\ndatabase = 'postgresql'\nhost = '127.0.0.1'\nport = {port}\nname = 'postgres'\nuser = 'reader'\n\
         timeout_ms = 5000\n[queries]\n\
         last = \"select 12.5::numeric as e, timestamp '2026-01-05 08:00:00' as t, null as n, 'x' as w\"\n\
         slow = 'select pg_sleep(60), 1 as e'\nnone = 'select 1 as e where false'\nwrong = 'select e from nowhere'\n\
         writes = 'create table t (a int)'"
    ));
    // It listens before it answers.
    for _ in 0..100 {
        if read(&mut source, &["last.e"]).await[0].is_ok() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
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
    let stop = as_its_user(&programs.join("pg_ctl"))
        .current_dir(folder.path())
        .arg("-D")
        .arg(&data)
        .args(["-m", "immediate", "stop"])
        .output();
    assert!(stop.is_ok_and(|it| it.status.success()));
    drop(peer);
}
