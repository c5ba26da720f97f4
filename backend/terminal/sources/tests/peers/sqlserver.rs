//! SQL Server by the bytes of its protocol: no server of it runs here. The answer to a query is the published example 4.7 of
//! the description of TDS.
#![cfg(feature = "sqlserver")]
use std::sync::Arc;

use nengce_sources::Source;
use parking_lot::Mutex;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::running::{expect, free_port, read, source};

const NO_ENCRYPTION: u8 = 2;
const ENCRYPTION_WANTED: u8 = 3;
/// A column `bar` of one row, in which stands `foo`.
const PUBLISHED: [u8; 43] = [
    0x81, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x20, 0x00, 0xA7, 0x03, 0x00, 0x09, 0x04, 0xD0, 0x00,
    0x34, 0x03, 0x62, 0x00, 0x61, 0x00, 0x72, 0x00, 0xD1, 0x03, 0x00, 0x66, 0x6F, 0x6F, 0xFD, 0x10,
    0x00, 0xC1, 0x00, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
];
const DONE: [u8; 13] = [0xFD, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

/// What was asked, by the type of the packet.
type Asked = Arc<Mutex<Vec<(u8, String)>>>;

/// Answers the greeting, the login and queries, in the last of which stands `text`.
async fn serve(encryption: u8, text: &'static [u8; 3]) -> (u16, Asked) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let asked = Asked::default();
    let kept = Arc::clone(&asked);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(converse(stream, encryption, text, Arc::clone(&kept)));
        }
    });
    (port, asked)
}

async fn converse(mut stream: TcpStream, encryption: u8, text: &[u8; 3], asked: Asked) {
    let mut head = [0; 8];
    while stream.read_exact(&mut head).await.is_ok() {
        let length = usize::from(u16::from_be_bytes([head[2], head[3]])) - head.len();
        let mut body = vec![0; length];
        if stream.read_exact(&mut body).await.is_err() {
            return;
        }
        let words: String = body.iter().filter(|it| **it != 0).map(|it| char::from(*it)).collect();
        let answer = match head[0] {
            0x12 => greeting(encryption),
            0x10 => login(),
            _ if words.contains("IMPLICIT_TRANSACTIONS") => DONE.to_vec(),
            _ => {
                let mut answer = PUBLISHED.to_vec();
                answer[27..30].copy_from_slice(text);
                answer
            }
        };
        asked.lock().push((head[0], words));
        let whole = u16::try_from(answer.len() + 8).expect("short").to_be_bytes();
        let mut packet = vec![4, 1, whole[0], whole[1], 0, 0, 1, 0];
        packet.extend(answer);
        if stream.write_all(&packet).await.is_err() {
            return;
        }
    }
}

/// The version and the encryption.
fn greeting(encryption: u8) -> Vec<u8> {
    let mut answer = vec![0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xFF];
    answer.extend([15, 0, 7, 0xD0, 0, 0, encryption]);
    answer
}

fn login() -> Vec<u8> {
    let mut answer = vec![0xAD, 12, 0, 1, 0x73, 0x0B, 0, 3, 1, b'S', 0, 15, 0, 7, 0xD0];
    answer.extend(DONE);
    answer
}

fn database(port: u16, tls: &str) -> Source {
    source(&format!(
        "kind = 'sql'\ndatabase = 'sqlserver'\nhost = '127.0.0.1'\nport = {port}\nname = 'plant'\nuser = 'reader'\n\
         password = 'word'\ntimeout_ms = 2000\n{tls}\n[queries]\nlast = 'select bar from readings'"
    ))
}

#[tokio::test]
async fn the_published_answer() {
    let (port, asked) = serve(NO_ENCRYPTION, b"foo").await;
    let error = read(&mut database(port, ""), &["last.bar"]).await.remove(0).expect_err("a word");
    assert_eq!((error.code(), error.detail.as_str()), ("source-not-number", "foo"));
    let asked = asked.lock().clone();
    assert_eq!(asked.iter().map(|it| it.0).collect::<Vec<_>>(), [0x12, 0x10, 1, 1]);
    assert!(asked[2].1.contains("SET IMPLICIT_TRANSACTIONS ON"), "{asked:?}");
    assert!(asked[3].1.contains("select bar from readings"), "{asked:?}");
    let (port, _) = serve(NO_ENCRYPTION, b"4.5").await;
    let expected = [("last.bar", Ok(4.5)), ("last.foo", Err("source-missing"))];
    expect(&mut database(port, ""), &expected).await;
}

#[tokio::test]
async fn nothing_is_taken_for_secure() {
    // No TLS where the settings want it, and the password is not sent.
    let (port, asked) = serve(NO_ENCRYPTION, b"4.5").await;
    expect(&mut database(port, "tls = {}"), &[("last.bar", Err("source-tls"))]).await;
    assert!(asked.lock().iter().all(|it| it.0 != 0x10), "{asked:?}");
    // TLS where the server wants it and the settings do not.
    let (port, asked) = serve(ENCRYPTION_WANTED, b"4.5").await;
    let answer = read(&mut database(port, ""), &["last.bar"]).await.remove(0);
    let code = answer.expect_err("the server wants TLS").code();
    assert!(matches!(code, "source-tls" | "source-connection"), "{code}");
    assert!(asked.lock().iter().all(|it| it.0 != 0x10), "{asked:?}");
}

#[tokio::test]
async fn no_server_and_another() {
    expect(&mut database(free_port(), ""), &[("last.bar", Err("source-connection"))]).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let greeted = stream.write_all(b"SSH-2.0-OpenSSH_9.2\r\n").await;
            assert!(greeted.is_ok());
        }
    });
    expect(&mut database(port, ""), &[("last.bar", Err("source-connection"))]).await;
}
