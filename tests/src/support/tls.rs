//! Certificates for a test, and a client that presents one; each request has a connection of its own.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use serde_json::Value;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use super::answer::Answer;

/// Issues certificates.
pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pub pem: String,
}

/// A certificate and its key, as PEM.
pub struct Identity {
    pub certificate: String,
    pub key: String,
}

impl Authority {
    pub fn new(name: &str) -> Self {
        let mut params = CertificateParams::new(Vec::new()).expect("no alternative names");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(DnType::CommonName, name);
        let key = KeyPair::generate().expect("a key");
        let pem = params.self_signed(&key).expect("a certificate").pem();
        let issuer = Issuer::new(params, key);
        Self { issuer, pem }
    }

    pub fn issue(&self, common_name: &str, alternative: &[&str]) -> Identity {
        let names: Vec<String> = alternative.iter().map(|it| (*it).to_owned()).collect();
        let mut params = CertificateParams::new(names).expect("names of hosts");
        params.distinguished_name.push(DnType::CommonName, common_name);
        let key = KeyPair::generate().expect("a key");
        let certificate = params.signed_by(&key, &self.issuer).expect("a certificate").pem();
        Identity { certificate, key: key.serialize_pem() }
    }

    /// Writes its certificate and that of a server at 127.0.0.1; the lines of `nengce.toml` that name them.
    pub fn server_files(&self, folder: &Path) -> String {
        let server = self.issue("server", &["localhost", "127.0.0.1"]);
        let write = |name: &str, text: &str| {
            let file = folder.join(name);
            std::fs::write(&file, text).expect("a file is written");
            file
        };
        format!(
            "tls_certificate = {:?}\ntls_key = {:?}\ntls_client_authorities = {:?}\n",
            write("server.pem", &server.certificate),
            write("server.key", &server.key),
            write("authority.pem", &self.pem)
        )
    }
}

/// Sends JSON over TLS; `Err` where no connection was made.
pub fn post(
    authority: &Authority,
    identity: Option<&Identity>,
    address: &str,
    path: &str,
    body: &Value,
) -> std::io::Result<Answer> {
    let body = body.to_string();
    let text = exchange(
        authority,
        identity,
        address,
        &format!(
            "POST {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\ncontent-type: application/json\r\n\
             content-length: {}\r\n\r\n{body}",
            body.len()
        ),
    )?;
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let status = head.split(' ').nth(1).and_then(|it| it.parse().ok());
    Ok(Answer {
        status: status.unwrap_or_else(|| panic!("{path}: {head}")),
        headers: std::collections::BTreeMap::new(),
        body: body.as_bytes().to_vec(),
        what: format!("POST {path}"),
    })
}

/// A connection that stays open for several requests.
pub struct Connection {
    stream: BufReader<StreamOwned<ClientConnection, TcpStream>>,
}

impl Connection {
    pub fn open(
        authority: &Authority,
        identity: Option<&Identity>,
        address: &str,
    ) -> std::io::Result<Self> {
        Ok(Self { stream: BufReader::new(open(authority, identity, address)?) })
    }

    pub fn post(&mut self, path: &str, body: &Value) -> Answer {
        let body = body.to_string();
        let request = format!(
            "POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        self.stream.get_mut().write_all(request.as_bytes()).expect("a request is sent");
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            assert!(self.stream.read_line(&mut head).expect("an answer") > 0, "{path}: {head}");
        }
        let head = head.to_ascii_lowercase();
        let length = head.lines().find_map(|it| it.strip_prefix("content-length: ")?.parse().ok());
        let mut body = vec![0; length.expect("a length")];
        self.stream.read_exact(&mut body).expect("a body");
        Answer {
            status: head.split(' ').nth(1).and_then(|it| it.parse().ok()).expect("a status"),
            headers: std::collections::BTreeMap::new(),
            body,
            what: format!("POST {path}"),
        }
    }
}

fn open(
    authority: &Authority,
    identity: Option<&Identity>,
    address: &str,
) -> std::io::Result<StreamOwned<ClientConnection, TcpStream>> {
    let mut roots = RootCertStore::empty();
    let root = CertificateDer::from_pem_slice(authority.pem.as_bytes()).expect("a certificate");
    roots.add(root).expect("an authority");
    let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("the usual versions")
        .with_root_certificates(roots);
    let config = match identity {
        None => builder.with_no_client_auth(),
        Some(it) => builder
            .with_client_auth_cert(
                vec![
                    CertificateDer::from_pem_slice(it.certificate.as_bytes())
                        .expect("a certificate"),
                ],
                PrivateKeyDer::from_pem_slice(it.key.as_bytes()).expect("a key"),
            )
            .expect("they belong together"),
    };
    let name = ServerName::try_from("127.0.0.1").expect("an address");
    let client = ClientConnection::new(Arc::new(config), name).expect("a client");
    let socket = TcpStream::connect(address)?;
    socket.set_read_timeout(Some(Duration::from_secs(60)))?;
    Ok(StreamOwned::new(client, socket))
}

fn exchange(
    authority: &Authority,
    identity: Option<&Identity>,
    address: &str,
    request: &str,
) -> std::io::Result<String> {
    let mut stream = open(authority, identity, address)?;
    stream.write_all(request.as_bytes())?;
    let mut text = String::new();
    match stream.read_to_string(&mut text) {
        // The server closed without `close_notify` after a complete answer.
        Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof && !text.is_empty() => {
            Ok(text)
        }
        Err(error) => Err(error),
        Ok(_) => Ok(text),
    }
}
