//! `nengce ca`: its certificates open the listener that asks for them, and a revoked one opens nothing from the next
//! request on, without a restart.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use nengce_tests::support::app::TestApp;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::server::{Options, command};
use nengce_tests::support::tls::{Authority, Connection, Identity, post};
use serde_json::{Value, json};

/// An authority that the command line made, and a server that trusts it.
struct Ca {
    folder: tempfile::TempDir,
    server: Authority,
    app: TestApp,
    asking: String,
}

fn run(arguments: &[&str]) -> (bool, String) {
    let output = command().arg("ca").args(arguments).output().expect("nengce runs");
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&said).into_owned())
}

impl Ca {
    fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let own = folder.path().join("ca").display().to_string();
        let (done, lines) = run(&["init", "--folder", &own]);
        assert!(done && lines.contains("tls_client_revocations"), "{lines}");
        let server = Authority::new("authority of the server");
        let files = server.server_files(folder.path());
        let files = files.lines().filter(|it| !it.starts_with("tls_client"));
        let files = files.collect::<Vec<_>>().join("\n");
        let app = TestApp::with(Options {
            config: Some(format!(
                "profiles = [\"national\", \"anhui@127.0.0.1:0\"]\n{files}\n{lines}"
            )),
            environment: vec![("NO_COLOR".to_owned(), "1".to_owned())],
            ..Options::default()
        });
        let log = app.server.log();
        let asking = log.split("profile=\"anhui\" address=").nth(1).expect("a listener");
        let asking = asking.split_whitespace().next().expect("an address").to_owned();
        Self { folder, server, app, asking }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("ca").join(name)
    }

    #[track_caller]
    fn ca(&self, action: &str, named: &[&str]) -> String {
        let folder = self.path("").display().to_string();
        let (done, said) = run(&[&[action], named, &["--folder", &folder]].concat());
        assert!(done, "{said}");
        said
    }

    #[track_caller]
    fn issue(&self, enterprise: &Enterprise) -> (Identity, PathBuf) {
        let said = self.ca("issue", &[&enterprise.code]);
        let files: Vec<&Path> = said.lines().map(Path::new).collect();
        let read = |it: &Path| std::fs::read_to_string(it).expect("a file");
        let identity = Identity { certificate: read(files[0]), key: read(files[1]) };
        (identity, files[1].to_owned())
    }

    fn register(&self, identity: &Identity, enterprise: &Enterprise) -> std::io::Result<Value> {
        let body = json!({"enterpriseCode": enterprise.code, "region": enterprise.region});
        let answer = post(&self.server, Some(identity), &self.asking, "/register", &body)?;
        Ok(answer.json())
    }
}

#[test]
fn certificates_of_the_own_authority_rotate_without_a_gap_and_end_at_once_when_revoked() {
    let ca = Ca::start();
    let enterprise = Enterprise::new("自建证书");
    let (old, key) = ca.issue(&enterprise);
    assert!(old.key.starts_with("-----BEGIN PRIVATE KEY-----"), "PKCS#8");
    for secret in [key.as_path(), &ca.path("ca.key")] {
        let mode = std::fs::metadata(secret).expect("a file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{}", secret.display());
    }
    let given = ca.register(&old, &enterprise).expect("a connection");
    let device = given["deviceId"].as_str().expect("a device").to_owned();
    ca.app.approve(&device).ok();

    // The next certificate is good beside the old one, and for nobody else.
    let (new, _) = ca.issue(&enterprise);
    for identity in [&new, &old] {
        assert_eq!(ca.register(identity, &enterprise).expect("a connection")["deviceId"], device);
    }
    let other = Enterprise::new("别家");
    let refused = ca.register(&new, &other).expect("a connection");
    assert_eq!(refused["errors"][0]["code"], "certificate_mismatch", "{refused}");

    // The connection that is open when the old one is revoked ends with its next request.
    let mut open = Connection::open(&ca.server, Some(&old), &ca.asking).expect("a connection");
    let body = json!({"enterpriseCode": enterprise.code, "region": enterprise.region});
    assert_eq!(open.post("/register", &body).status, 200);
    let serial = ca.ca("list", &[]);
    let serial = serial.lines().find(|it| it.contains("in force")).expect("the old one");
    let serial = serial.split("  ").next().expect("a serial number").to_owned();
    ca.ca("revoke", &[&serial]);
    let refused = open.post("/register", &body);
    assert_eq!(refused.status, 403, "{}", refused.text());
    assert!(ca.register(&old, &enterprise).is_err(), "no new connection");
    assert_eq!(ca.register(&new, &enterprise).expect("the new one")["deviceId"], device);
    let list = ca.ca("list", &[]);
    assert!(list.lines().count() == 2 && list.contains("revoked 2"), "{list}");
    let folder = ca.path("").display().to_string();
    let (done, said) = run(&["init", "--folder", &folder]);
    assert!(!done && said.contains("holds an authority already"), "{said}");
    let (done, said) = run(&["issue", "911201160000000001", "--folder", &folder]);
    assert!(!done, "a credit code that cannot be one: {said}");
    let (done, said) = run(&["revoke", &serial, "--folder", &folder]);
    assert!(!done && said.contains("no certificate in force"), "{said}");
}
