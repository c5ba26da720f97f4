//! Authorities and certificates, made for one test.
use std::path::{Path, PathBuf};

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};

/// An authority with a server at 127.0.0.1 and a client; the files are those of one folder.
pub(crate) struct Pki {
    pub(crate) authority: PathBuf,
    pub(crate) server: (PathBuf, PathBuf),
    pub(crate) client: (PathBuf, PathBuf),
}

impl Pki {
    pub(crate) fn new(folder: &Path, name: &str) -> Self {
        let write = |end: &str, text: String| {
            let file = folder.join(format!("{name}-{end}.pem"));
            std::fs::write(&file, text).expect("a file is written");
            file
        };
        let mut params = CertificateParams::new(Vec::new()).expect("no names");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(DnType::CommonName, name);
        let key = KeyPair::generate().expect("a key");
        let authority = write("authority", params.self_signed(&key).expect("an authority").pem());
        let issuer = Issuer::new(params, key);
        let issue = |who: &str, names: &[&str]| {
            let names: Vec<String> = names.iter().map(|it| (*it).to_owned()).collect();
            let mut params = CertificateParams::new(names).expect("names of hosts");
            params.distinguished_name.push(DnType::CommonName, who);
            let key = KeyPair::generate().expect("a key");
            let certificate = params.signed_by(&key, &issuer).expect("a certificate").pem();
            (write(who, certificate), write(&format!("{who}-key"), key.serialize_pem()))
        };
        let server = issue("server", &["127.0.0.1", "meters.example"]);
        Self { authority, server, client: issue("client", &["terminal.example"]) }
    }

    /// The settings of a client that trusts this authority.
    pub(crate) fn trusted(&self) -> String {
        format!("tls = {{ authorities = {:?} }}\n", self.authority)
    }

    /// The settings of a client that also has a certificate.
    pub(crate) fn known(&self) -> String {
        let (certificate, key) = &self.client;
        let authorities = &self.authority;
        format!(
            "tls = {{ authorities = {authorities:?}, certificate = {certificate:?}, key = {key:?} }}\n"
        )
    }
}
