//! A small city's own authority for the certificates of terminals: a folder with its certificate and key, the list of what
//! it issued, and the list of what it revoked, which the server reads.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow, bail, ensure};
use jiff::ToSpan as _;
use jiff::civil::Date;
use nengce_shared::credit_code::CreditCode;
use rcgen::{
    BasicConstraints, CertificateParams, CertificateRevocationListParams, DnType,
    ExtendedKeyUsagePurpose, IsCa, Issuer, KeyIdMethod, KeyPair, KeyUsagePurpose,
    RevokedCertParams, SerialNumber, date_time_ymd,
};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use x509_parser::pem::Pem;

/// Files of the folder: what `tls_client_authorities` and `tls_client_revocations` name, the secret key, and the list.
pub const CERTIFICATE: &str = "ca.pem";
pub const REVOCATIONS: &str = "revoked.pem";
const KEY: &str = "ca.key";
const ISSUED: &str = "issued.csv";

/// A list of revocations says when the next one comes; the server does not ask for that day.
const REVOCATION_LIST_YEARS: i32 = 20;

/// A certificate that the authority issued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issued {
    /// 32 hexadecimal digits.
    pub serial: String,
    pub credit_code: String,
    pub issued_on: Date,
    pub valid_until: Date,
    pub revoked_on: Option<Date>,
}

/// An authority that lies in a folder.
pub struct Authority {
    folder: PathBuf,
    issuer: Issuer<'static, KeyPair>,
    pub issued: Vec<Issued>,
}

impl Authority {
    /// Makes the key and the certificate of a new authority.
    pub fn init(folder: &Path, name: &str, (today, years): (Date, u16)) -> Result<()> {
        fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
        let key_file = folder.join(KEY);
        ensure!(!key_file.exists(), "{} holds an authority already", folder.display());
        let key = KeyPair::generate()?;
        let mut params = of_authority(name)?;
        params.not_before = day(today.yesterday()?);
        params.not_after = day(today.checked_add(i32::from(years).years())?);
        let certificate = params.self_signed(&key)?.pem();
        write_secret(&key_file, &key.serialize_pem())?;
        write(&folder.join(CERTIFICATE), certificate.as_bytes())?;
        Self { folder: folder.to_owned(), issuer: Issuer::new(params, key), issued: Vec::new() }
            .save(today)
    }

    pub fn open(folder: &Path) -> Result<Self> {
        let read = |name: &str| {
            let file = folder.join(name);
            fs::read_to_string(&file)
                .with_context(|| format!("{}: `nengce ca init` makes it", file.display()))
        };
        let key = KeyPair::from_pem(&read(KEY)?).context(KEY)?;
        let issuer = Issuer::new(of_authority(&name_of(&read(CERTIFICATE)?)?)?, key);
        let list = read(ISSUED)?;
        let mut list = csv::Reader::from_reader(list.as_bytes());
        let issued = list.deserialize().collect::<Result<_, _>>().context(ISSUED)?;
        Ok(Self { folder: folder.to_owned(), issuer, issued })
    }

    /// Issues a certificate that names an enterprise; the files of certificate and key.
    pub fn issue(
        &mut self,
        code: &CreditCode,
        (today, days): (Date, u32),
    ) -> Result<(PathBuf, PathBuf)> {
        let serial: [u8; 16] = {
            let mut random: [u8; 16] = rand::random();
            // A positive number without leading zeros.
            random[0] = random[0] & 0x7f | 0x40;
            random
        };
        let valid_until = today.checked_add(i64::from(days).days())?;
        let mut params = CertificateParams::new(Vec::new())?;
        params.distinguished_name = rcgen::DistinguishedName::new();
        params.distinguished_name.push(DnType::CommonName, code.as_str());
        params.serial_number = Some(SerialNumber::from_slice(&serial));
        params.not_before = day(today.yesterday()?);
        params.not_after = day(valid_until);
        params.is_ca = IsCa::ExplicitNoCa;
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        params.use_authority_key_identifier_extension = true;
        let key = KeyPair::generate()?;
        let certificate = params.signed_by(&key, &self.issuer)?.pem();
        let serial = const_hex::encode(serial);
        let file =
            |end: &str| self.folder.join(format!("{}-{}.{end}", code.as_str(), &serial[..8]));
        let (certificate_file, key_file) = (file("pem"), file("key"));
        write_secret(&key_file, &key.serialize_pem())?;
        write(&certificate_file, certificate.as_bytes())?;
        self.issued.push(Issued {
            serial,
            credit_code: code.as_str().to_owned(),
            issued_on: today,
            valid_until,
            revoked_on: None,
        });
        self.save(today)?;
        Ok((certificate_file, key_file))
    }

    /// Revokes one certificate by the beginning of its serial number, or all of an enterprise; how many.
    pub fn revoke(&mut self, named: &str, today: Date) -> Result<usize> {
        ensure!(named.len() >= 8, "{named}: a credit code, or 8 digits of a serial number");
        let named = named.to_ascii_lowercase();
        let is_meant = |it: &&mut Issued| {
            let is_named =
                it.serial.starts_with(&named) || it.credit_code.eq_ignore_ascii_case(&named);
            is_named && it.revoked_on.is_none()
        };
        let found = self.issued.iter_mut().filter(is_meant).map(|it| it.revoked_on = Some(today));
        let count = found.count();
        if count == 0 {
            bail!("{named}: no certificate in force");
        }
        self.save(today)?;
        Ok(count)
    }

    /// Writes both lists anew: that of the server last, so that what it refuses is on record.
    fn save(&self, today: Date) -> Result<()> {
        let mut list = csv::Writer::from_writer(Vec::new());
        if self.issued.is_empty() {
            list.write_record(["serial", "credit_code", "issued_on", "valid_until", "revoked_on"])?;
        }
        for it in &self.issued {
            list.serialize(it)?;
        }
        write(&self.folder.join(ISSUED), &list.into_inner()?)?;
        let revoked = self.issued.iter().filter_map(|it| Some((it, it.revoked_on?)));
        let revoked: Vec<RevokedCertParams> = revoked
            .map(|(it, on)| {
                let serial =
                    const_hex::decode(&it.serial).map_err(|it| anyhow!("{ISSUED}: {it}"))?;
                Ok(RevokedCertParams {
                    serial_number: SerialNumber::from_slice(&serial),
                    revocation_time: day(on),
                    reason_code: None,
                    invalidity_date: None,
                })
            })
            .collect::<Result<_>>()?;
        let list = CertificateRevocationListParams {
            this_update: day(today),
            next_update: day(today.checked_add(REVOCATION_LIST_YEARS.years())?),
            crl_number: SerialNumber::from(revoked.len() as u64 + 1),
            issuing_distribution_point: None,
            revoked_certs: revoked,
            key_identifier_method: KeyIdMethod::Sha256,
        };
        let list = list.signed_by(&self.issuer)?.pem()?;
        write(&self.folder.join(REVOCATIONS), list.as_bytes())
    }
}

fn of_authority(name: &str) -> Result<CertificateParams> {
    let mut params = CertificateParams::new(Vec::new())?;
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    Ok(params)
}

/// The common name in a certificate's subject.
fn name_of(pem: &str) -> Result<String> {
    let first = Pem::iter_from_buffer(pem.as_bytes()).next().context(CERTIFICATE)?;
    let first = first.context(CERTIFICATE)?;
    let certificate = first.parse_x509().context(CERTIFICATE)?;
    let name = certificate.subject().iter_common_name().next().context(CERTIFICATE)?;
    Ok(name.as_str()?.to_owned())
}

fn day(it: Date) -> OffsetDateTime {
    date_time_ymd(i32::from(it.year()), it.month().unsigned_abs(), it.day().unsigned_abs())
}

/// Writes a file whole or not at all.
fn write(file: &Path, bytes: &[u8]) -> Result<()> {
    let part = file.with_extension("part");
    let mut open = fs::File::create(&part).with_context(|| part.display().to_string())?;
    open.write_all(bytes)?;
    open.sync_all()?;
    fs::rename(&part, file).with_context(|| file.display().to_string())
}

/// Writes a new file that its owner alone can read.
fn write_secret(file: &Path, text: &str) -> Result<()> {
    let open = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(file);
    let mut open = open.with_context(|| file.display().to_string())?;
    open.write_all(text.as_bytes())?;
    Ok(open.sync_all()?)
}
