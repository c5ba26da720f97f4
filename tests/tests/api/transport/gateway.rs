//! The gateway of docs/OPERATIONS.md in front of the server: a terminal with TLS 1.1 passes through with its address
//! and its certificate. A sender that forges the gateway's headers is not believed.

use std::io::Write;
use std::net::{IpAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use nengce_tests::support::answer::Answer;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, day};
use nengce_tests::support::raw;
use nengce_tests::support::server::{Options, free_port};
use nengce_tests::support::sources::workspace;
use nengce_tests::support::tls::{Authority, Identity};
use nengce_tests::support::wait::wait_until;
use serde_json::{Value, json};

/// The terminal's address, which is not the gateway's.
const TERMINAL: &str = "127.0.0.2";
const STRANGER: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(127, 0, 0, 3));

fn program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .chain([PathBuf::from("/usr/sbin")])
        .map(|it| it.join(name))
        .find(|it| it.is_file())
}

struct Gateway {
    nginx: Child,
    listen: String,
    folder: tempfile::TempDir,
}

impl Drop for Gateway {
    fn drop(&mut self) {
        drop(self.nginx.kill());
        drop(self.nginx.wait());
    }
}

impl Gateway {
    fn start(program: &Path, folder: tempfile::TempDir, server: &str) -> Self {
        let template = workspace().join("tests/fixtures/gateway/nginx.conf");
        let listen = format!("127.0.0.1:{}", free_port());
        let configuration = std::fs::read_to_string(template)
            .expect("the documented configuration")
            .replace("LISTEN", &listen)
            .replace("FOLDER", &folder.path().display().to_string())
            .replace("http://SERVER", &format!("http://{server}"));
        let file = folder.path().join("nginx.conf");
        std::fs::write(&file, configuration).expect("a file is written");
        let nginx = Command::new(program)
            .arg("-c")
            .arg(&file)
            .arg("-p")
            .arg(folder.path())
            .arg("-e")
            .arg(folder.path().join("error.log"))
            .args(["-g", "daemon off; master_process off; pid nginx.pid;"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("nginx starts");
        let gateway = Self { nginx, listen, folder };
        wait_until("nginx listens", || TcpStream::connect(&gateway.listen).is_ok());
        gateway
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("error.log")).unwrap_or_default()
    }

    /// A request over TLS 1.1 with a suite of CBC, as an old terminal sends it; with headers that it forges.
    fn post(&self, identity: Option<&Identity>, path: &str, body: &Value) -> Answer {
        let body = body.to_string();
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: city.example\r\nContent-Length: {}\r\nConnection: close\r\n\
             X-Forwarded-For: 198.51.100.9\r\nX-Client-Certificate: forged\r\n\r\n{body}",
            body.len()
        );
        let mut client = Command::new("openssl");
        client
            .args(["s_client", "-quiet", "-ign_eof", "-tls1_1"])
            .args(["-cipher", "AES128-SHA:ECDHE-ECDSA-AES128-SHA:@SECLEVEL=0"])
            .args(["-bind", &format!("{TERMINAL}:0"), "-connect", &self.listen]);
        if let Some(it) = identity {
            let file = |name: &str, text: &str| {
                let file = self.folder.path().join(name);
                std::fs::write(&file, text).expect("a file is written");
                file
            };
            client
                .arg("-cert")
                .arg(file("client.pem", &it.certificate))
                .arg("-key")
                .arg(file("client.key", &it.key));
        }
        let mut client = client
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("openssl starts");
        let mut input = client.stdin.take().expect("a pipe");
        input.write_all(request.as_bytes()).expect("the request is sent");
        let output = client.wait_with_output().expect("openssl ends");
        drop(input);
        assert!(!output.stdout.is_empty(), "{path}: no answer\n{}", self.log());
        raw::answer(&mut output.stdout.as_slice())
    }
}

struct GatewayInFront {
    app: TestApp,
    authority: Authority,
    /// The plain listener of terminals with certificates.
    address: String,
    gateway: Gateway,
}

fn start() -> GatewayInFront {
    let nginx = program("nginx").expect("nginx is installed");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let authority = Authority::new("Nengce test authority");
    authority.server_files(folder.path());
    let port = free_port();
    let address = format!("127.0.0.1:{port}");
    let app = TestApp::with(Options {
        config: Some(format!(
            "profiles = [\"national\", \"anhui@{address}\"]\ntls_ends_in_front = true\ntrusted_proxies = [\"127.0.0.1\"]\n\
             client_certificate_header = \"X-Client-Certificate\"\n"
        )),
        ..Options::default()
    });
    let gateway = Gateway::start(&nginx, folder, &address);
    GatewayInFront { app, authority, address, gateway }
}

#[test]
#[ignore = "needs nginx and openssl"]
fn a_terminal_with_old_tls_comes_through_with_address_and_certificate() {
    let it = start();
    let enterprise = Enterprise::new("网关");
    let identity = it.authority.issue(&enterprise.code, &[]);
    let body = json!({"enterpriseCode": enterprise.code, "region": enterprise.region});
    let post = |path: &str, body: &Value| it.gateway.post(Some(&identity), path, body);
    let device = post("/register", &body).received()["deviceId"].clone();
    let device = device.as_str().expect("a device").to_owned();
    it.app.approve(&device).ok();
    let entries = [day(ELECTRICITY, "2025-03-02", 1.0)];
    let upload = json!({"deviceId": device, "enterpriseCode": enterprise.code, "data": entries});
    post("/uploadEnergyData", &upload).received();

    // Without a certificate, or with that of another, no one can send for it through the gateway.
    let stranger = it.authority.issue(&Enterprise::new("别家").code, &[]);
    for identity in [None, Some(&stranger)] {
        let refused = it.gateway.post(identity, "/uploadEnergyData", &upload).refused();
        assert_eq!(refused["errors"][0]["code"], "certificate_mismatch", "{refused}");
    }
    // The address is the terminal's own, neither the gateway's nor the one that the terminal wrote.
    let devices = it.app.admin_get("/api/v1/devices").ok();
    assert_eq!(devices["rows"][0]["registrant"]["address"], TERMINAL, "{devices}");
}

#[test]
#[ignore = "needs nginx and openssl"]
fn who_writes_the_gateway_s_headers_is_not_believed() {
    let it = start();
    let enterprise = Enterprise::new("网关");
    let identity = it.authority.issue(&enterprise.code, &[]);
    let body = json!({"enterpriseCode": enterprise.code, "region": enterprise.region});
    let escaped = identity.certificate.replace('\n', "%0A").replace(' ', "%20");
    let send = |from: IpAddr| {
        let client =
            reqwest::blocking::Client::builder().local_address(from).build().expect("a client");
        let request = client
            .post(format!("http://{}/register", it.address))
            .header("x-client-certificate", &escaped)
            .header("x-forwarded-for", "203.0.113.7")
            .body(body.to_string());
        it.app.send("POST /register".to_owned(), request)
    };
    let refused = send(STRANGER).refused();
    assert_eq!(refused["errors"][0]["code"], "certificate_mismatch", "{refused}");
    // The same bytes from the trusted address are accepted, so the address decides.
    send(IpAddr::from([127, 0, 0, 1])).received();
}

#[test]
fn the_documented_configuration_is_the_tested_one() {
    let read = |it: &str| std::fs::read_to_string(workspace().join(it)).expect(it);
    let (page, tested) = (read("docs/OPERATIONS.md"), read("tests/fixtures/gateway/nginx.conf"));
    for line in [
        "ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3;",
        "ssl_ciphers ALL:!aNULL:!eNULL:@SECLEVEL=0;",
        "proxy_set_header X-Forwarded-For $remote_addr;",
        "proxy_set_header X-Client-Certificate $ssl_client_escaped_cert;",
    ] {
        assert!(page.contains(line) && tested.contains(line), "{line}");
    }
}
