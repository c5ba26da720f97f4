//! SQL Server by the bytes of its protocol: no server of it runs here. The answer to a query is the published example 4.7 of
//! the description of TDS.
#![cfg(feature = "sqlserver")]
use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;

use nengce_sources::Source;
use parking_lot::Mutex;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::version::TLS12;
use tokio_rustls::rustls::{ServerConfig, ServerConnection, Stream};

use crate::pki::Pki;
use crate::running::{expect, free_port, read, source};

/// Types of packets.
const GREETING: u8 = 0x12;
const LOGIN: u8 = 0x10;
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
fn serve(encryption: u8, text: &'static [u8; 3], tls: Option<Arc<ServerConfig>>) -> (u16, Asked) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let asked = Asked::default();
    let kept = Arc::clone(&asked);
    std::thread::spawn(move || {
        while let Ok((mut stream, _)) = listener.accept() {
            let (kept, tls) = (Arc::clone(&kept), tls.clone());
            std::thread::spawn(move || {
                // A client that leaves ends its own connection alone.
                let _ended = match tls {
                    None => converse(&mut stream, encryption, text, &kept),
                    Some(tls) => converse_securely(stream, encryption, text, &kept, tls),
                };
            });
        }
    });
    (port, asked)
}

fn take(stream: &mut impl Read) -> io::Result<(u8, Vec<u8>)> {
    let mut head = [0; 8];
    stream.read_exact(&mut head)?;
    let mut body = vec![0; usize::from(u16::from_be_bytes([head[2], head[3]])) - head.len()];
    stream.read_exact(&mut body)?;
    Ok((head[0], body))
}

fn give(stream: &mut impl Write, kind: u8, body: &[u8]) -> io::Result<()> {
    let whole = u16::try_from(body.len() + 8).expect("short").to_be_bytes();
    let mut packet = vec![kind, 1, whole[0], whole[1], 0, 0, 1, 0];
    packet.extend(body);
    stream.write_all(&packet)?;
    stream.flush()
}

fn converse(
    stream: &mut (impl Read + Write),
    encryption: u8,
    text: &[u8; 3],
    asked: &Asked,
) -> io::Result<()> {
    loop {
        let (kind, body) = take(stream)?;
        let words: String = body.iter().filter(|it| **it != 0).map(|it| char::from(*it)).collect();
        let answer = match kind {
            GREETING => greeting(encryption),
            LOGIN => login(),
            _ if words.contains("IMPLICIT_TRANSACTIONS") => DONE.to_vec(),
            _ => {
                let mut answer = PUBLISHED.to_vec();
                answer[27..30].copy_from_slice(text);
                answer
            }
        };
        asked.lock().push((kind, words));
        give(stream, 4, &answer)?;
    }
}

/// The handshake of TLS lies within packets of the greeting, and what follows lies within TLS.
fn converse_securely(
    mut stream: TcpStream,
    encryption: u8,
    text: &[u8; 3],
    asked: &Asked,
    tls: Arc<ServerConfig>,
) -> io::Result<()> {
    take(&mut stream)?;
    give(&mut stream, 4, &greeting(encryption))?;
    let mut secure = ServerConnection::new(tls).map_err(io::Error::other)?;
    while secure.is_handshaking() {
        let (_, body) = take(&mut stream)?;
        let mut rest = body.as_slice();
        while !rest.is_empty() {
            secure.read_tls(&mut rest)?;
            secure.process_new_packets().map_err(io::Error::other)?;
        }
        let mut answer = Vec::new();
        while secure.wants_write() {
            secure.write_tls(&mut answer)?;
        }
        if !answer.is_empty() {
            give(&mut stream, GREETING, &answer)?;
        }
    }
    converse(&mut Stream::new(&mut secure, &mut stream), encryption, text, asked)
}

/// A server with a certificate, by the version of TLS that every SQL Server of today speaks.
fn identity(pki: &Pki) -> Arc<ServerConfig> {
    let chain = CertificateDer::pem_file_iter(&pki.server.0).expect("a file");
    let chain = chain.collect::<Result<_, _>>().expect("certificates");
    let key = PrivateKeyDer::from_pem_file(&pki.server.1).expect("a key");
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_protocol_versions(&[&TLS12])
        .expect("a version")
        .with_no_client_auth()
        .with_single_cert(chain, key);
    Arc::new(config.expect("an identity"))
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
    let (port, asked) = serve(NO_ENCRYPTION, b"foo", None);
    let error = read(&mut database(port, ""), &["last.bar"]).await.remove(0).expect_err("a word");
    assert_eq!((error.code(), error.detail.as_str()), ("source-not-number", "foo"));
    let asked = asked.lock().clone();
    assert_eq!(asked.iter().map(|it| it.0).collect::<Vec<_>>(), [GREETING, LOGIN, 1, 1]);
    assert!(asked[2].1.contains("SET IMPLICIT_TRANSACTIONS ON"), "{asked:?}");
    assert!(asked[3].1.contains("select bar from readings"), "{asked:?}");
    let (port, _) = serve(NO_ENCRYPTION, b"4.5", None);
    let expected = [("last.bar", Ok(4.5)), ("last.foo", Err("source-missing"))];
    expect(&mut database(port, ""), &expected).await;
}

#[tokio::test]
async fn nothing_is_taken_for_secure() {
    // No TLS where the settings want it, and the password is not sent.
    let (port, asked) = serve(NO_ENCRYPTION, b"4.5", None);
    expect(&mut database(port, "tls = {}"), &[("last.bar", Err("source-tls"))]).await;
    assert!(asked.lock().iter().all(|it| it.0 != LOGIN), "{asked:?}");
    // TLS where the server wants it and the settings do not.
    let (port, asked) = serve(ENCRYPTION_WANTED, b"4.5", None);
    let answer = read(&mut database(port, ""), &["last.bar"]).await.remove(0);
    let code = answer.expect_err("the server wants TLS").code();
    assert!(matches!(code, "source-tls" | "source-connection"), "{code}");
    assert!(asked.lock().iter().all(|it| it.0 != LOGIN), "{asked:?}");
}

#[tokio::test]
async fn no_server_and_another() {
    expect(&mut database(free_port(), ""), &[("last.bar", Err("source-connection"))]).await;
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    std::thread::spawn(move || {
        while let Ok((mut stream, _)) = listener.accept() {
            stream.write_all(b"SSH-2.0-OpenSSH_9.2\r\n").expect("greeted");
        }
    });
    expect(&mut database(port, ""), &[("last.bar", Err("source-connection"))]).await;
}

#[tokio::test]
async fn over_tls() {
    let folder = tempfile::tempdir().expect("a folder");
    let (pki, other) = (Pki::new(folder.path(), "plant"), Pki::new(folder.path(), "other"));
    let (port, asked) = serve(ENCRYPTION_WANTED, b"4.5", Some(identity(&pki)));
    let refused = [("last.bar", Err("source-tls"))];
    let name = format!("tls = {{ authorities = {:?}, server_name = 'a.example' }}", pki.authority);
    for tls in [other.trusted(), "tls = {}".to_owned(), name] {
        expect(&mut database(port, &tls), &refused).await;
    }
    let error = read(&mut database(port, &other.trusted()), &["last.bar"]).await.remove(0);
    let error = error.expect_err("another authority").text_en();
    assert!(error.contains("UnknownIssuer") && !error.contains("trust_cert"), "{error}");
    assert!(asked.lock().is_empty(), "{asked:?}");
    expect(&mut database(port, &pki.trusted()), &[("last.bar", Ok(4.5))]).await;
}
