//! A server with TLS and a second listener that asks terminals for their certificates (profile anhui).

use tempfile::TempDir;

use super::app::TestApp;
use super::server::Options;
use super::tls::Authority;

pub struct MutualTls {
    pub app: TestApp,
    pub authority: Authority,
    /// The address and port of the listener that requests certificates.
    pub asking: String,
    _folder: TempDir,
}

impl MutualTls {
    pub fn start() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let authority = Authority::new("Nengce test authority");
        let files = authority.server_files(folder.path());
        let app = TestApp::with(Options {
            config: Some(format!("profiles = [\"national\", \"anhui@127.0.0.1:0\"]\n{files}")),
            environment: vec![("NO_COLOR".to_owned(), "1".to_owned())],
            ..Options::default()
        });
        let log = app.server.log();
        let asking = log
            .split("profile=\"anhui\" address=")
            .nth(1)
            .and_then(|it| it.split_whitespace().next())
            .unwrap_or_else(|| panic!("no listener in the log:\n{log}"))
            .to_owned();
        Self { app, authority, asking, _folder: folder }
    }
}
