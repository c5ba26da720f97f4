//! What a client offered when it opened a TLS connection: version, cipher suites, host name. Reads the first bytes of
//! the connection, whole or cut short, also the hello of SSL 2 that old Java sends. Bounded; says nothing about why it
//! was refused.

use tokio_rustls::rustls::CipherSuite;

/// Suites kept by name.
pub(super) const SUITES_SHOWN: usize = 16;
const MOST_NAME: usize = 100;

#[derive(Debug, Clone, Default, PartialEq)]
pub struct ClientHello {
    /// The newest version: 0x0302 is TLS 1.1.
    pub version: u16,
    pub suites: Vec<String>,
    pub suites_total: u32,
    pub server_name: Option<String>,
}

impl ClientHello {
    pub fn version_name(&self) -> String {
        match self.version {
            0x0002 | 0x0200 => "SSL 2.0".to_owned(),
            0x0300 => "SSL 3.0".to_owned(),
            it @ 0x0301..=0x0304 => format!("TLS 1.{}", it - 0x0301),
            it => format!("0x{it:04X}"),
        }
    }

    pub fn is_too_old(&self) -> bool {
        self.version < 0x0303
    }
}

/// `None` where the bytes are no hello.
pub(super) fn read(bytes: &[u8]) -> Option<ClientHello> {
    let mut it = Bytes(bytes);
    match *bytes {
        // A record of handshake, and in it a hello.
        [0x16, 3, _, _, _, 1, ..] => {
            it.skip(9)?;
            hello(it)
        }
        // SSL 2: a length with its high bit set, a hello, and what version it would like best.
        [0x80..=0xff, _, 1, major, minor, ..] if major <= 3 => {
            it.skip(5)?;
            hello_of_ssl2(it, u16::from_be_bytes([major, minor]))
        }
        _ => None,
    }
}

/// Whether the bytes are the head of an HTTP request.
pub(super) fn is_http(bytes: &[u8]) -> bool {
    let word = bytes.split(|it| *it == b' ').next().unwrap_or_default();
    word.len() < bytes.len()
        && (3..=8).contains(&word.len())
        && word.iter().all(u8::is_ascii_uppercase)
}

fn hello(mut it: Bytes<'_>) -> Option<ClientHello> {
    let mut found = ClientHello { version: it.two()?, ..ClientHello::default() };
    // What follows may have been cut short: what was read before stands.
    let _whole = rest_of_hello(&mut it, &mut found);
    Some(found)
}

fn rest_of_hello(it: &mut Bytes<'_>, found: &mut ClientHello) -> Option<()> {
    it.skip(32)?;
    let session = it.one()?;
    it.skip(usize::from(session))?;
    let length = usize::from(it.two()?);
    let suites = it.at_most(length);
    take_suites(suites.chunks_exact(2).map(|it| u16::from_be_bytes([it[0], it[1]])), found);
    (suites.len() == length).then_some(())?;
    let compressions = it.one()?;
    it.skip(usize::from(compressions))?;
    it.skip(2)?;
    while let Some(kind) = it.two() {
        let length = usize::from(it.two()?);
        let mut part = Bytes(it.at_most(length));
        match kind {
            0 => found.server_name = server_name(&mut part),
            43 => {
                part.skip(1)?;
                // GREASE values are not versions.
                while let Some(version) = part.two() {
                    if (0x0300..=0x0304).contains(&version) {
                        found.version = found.version.max(version);
                    }
                }
            }
            _ => {}
        }
    }
    Some(())
}

fn server_name(it: &mut Bytes<'_>) -> Option<String> {
    it.skip(3)?;
    let length = usize::from(it.two()?);
    let name = it.at_most(length.min(MOST_NAME));
    let plain = name.iter().all(|it| it.is_ascii_graphic());
    plain.then(|| String::from_utf8_lossy(name).into_owned())
}

fn hello_of_ssl2(mut it: Bytes<'_>, version: u16) -> Option<ClientHello> {
    let mut found = ClientHello { version, ..ClientHello::default() };
    let length = usize::from(it.two()?);
    it.skip(4)?;
    // Three bytes each; those that begin with zero are suites of TLS.
    let suites = it.at_most(length);
    let of_tls = suites.chunks_exact(3).filter(|it| it[0] == 0);
    take_suites(of_tls.map(|it| u16::from_be_bytes([it[1], it[2]])), &mut found);
    Some(found)
}

fn take_suites(suites: impl Iterator<Item = u16>, found: &mut ClientHello) {
    // Signals are no suites, nor are the values that keep servers used to unknown ones.
    let is_suite = |it: &u16| {
        !matches!(*it, 0x00ff | 0x5600) && (*it & 0x0f0f != 0x0a0a || *it >> 8 != *it & 0xff)
    };
    for it in suites.filter(is_suite) {
        found.suites_total += 1;
        if found.suites.len() < SUITES_SHOWN {
            let name = CipherSuite::from(it).as_str().map(str::to_owned);
            found.suites.push(name.unwrap_or_else(|| format!("0x{it:04X}")));
        }
    }
}

/// A reader that ends where its bytes do.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn at_most(&mut self, length: usize) -> &'a [u8] {
        let (part, rest) = self.0.split_at(length.min(self.0.len()));
        self.0 = rest;
        part
    }

    fn skip(&mut self, length: usize) -> Option<()> {
        (self.at_most(length).len() == length).then_some(())
    }

    fn one(&mut self) -> Option<u8> {
        self.at_most(1).first().copied()
    }

    fn two(&mut self) -> Option<u16> {
        self.at_most(2).try_into().ok().map(u16::from_be_bytes)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A hello of TLS 1.1 with a host name, as OpenSSL writes it.
    fn tls_1_1() -> Vec<u8> {
        let mut body = vec![3, 2];
        body.extend([7; 32]);
        body.push(0);
        body.extend([0, 8, 0xc0, 0x13, 0x00, 0x2f, 0x0a, 0x0a, 0x00, 0xff]);
        body.extend([1, 0]);
        let name = b"city.example";
        let mut extension =
            vec![0, 0, 0, name.len() as u8 + 5, 0, name.len() as u8 + 3, 0, 0, name.len() as u8];
        extension.extend(name);
        body.extend([0, extension.len() as u8]);
        body.extend(extension);
        let mut record = vec![0x16, 3, 1, 0, body.len() as u8 + 4, 1, 0, 0, body.len() as u8];
        record.extend(body);
        record
    }

    #[test]
    fn versions_suites_and_the_name_are_read() {
        let it = read(&tls_1_1()).expect("a hello");
        assert_eq!(it.version_name(), "TLS 1.1");
        assert!(it.is_too_old());
        assert_eq!(
            it.suites,
            ["TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", "TLS_RSA_WITH_AES_128_CBC_SHA"]
        );
        assert_eq!((it.suites_total, it.server_name.as_deref()), (2, Some("city.example")));
    }

    #[test]
    fn a_hello_cut_short_says_what_it_held() {
        let whole = tls_1_1();
        assert_eq!(read(&whole[..11]).map(|it| it.version_name()).as_deref(), Some("TLS 1.1"));
        assert_eq!(read(&whole[..48]).map(|it| it.suites_total), Some(1));
        assert_eq!(read(&whole[..10]), None);
    }

    #[test]
    fn the_newest_version_is_the_one_of_the_extension() {
        let mut body = vec![3, 3];
        body.extend([7; 32]);
        body.extend([0, 0, 2, 0x13, 0x01, 1, 0, 0, 11, 0, 43, 0, 7, 6, 0x7a, 0x7a, 3, 4, 3, 3]);
        let mut record = vec![0x16, 3, 1, 0, 0, 1, 0, 0, 0];
        record.extend(body);
        let it = read(&record).expect("a hello");
        assert_eq!((it.version_name().as_str(), it.is_too_old()), ("TLS 1.3", false));
    }

    #[test]
    fn old_java_s_hello_of_ssl2_is_read() {
        let mut bytes = vec![0x80, 0x2e, 1, 3, 1, 0, 9, 0, 0, 0, 16];
        bytes.extend([0, 0, 0x2f, 0x01, 0, 0x80, 0, 0, 0x0a]);
        bytes.extend([9; 16]);
        let it = read(&bytes).expect("a hello");
        assert_eq!(it.version_name(), "TLS 1.0");
        assert_eq!(it.suites, ["TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_RSA_WITH_3DES_EDE_CBC_SHA"]);
    }

    #[test]
    fn http_is_told_from_other_bytes() {
        assert!(is_http(b"POST /register HTTP/1.1\r\n"));
        assert!(is_http(b"GET / HTTP/1.0"));
        assert!(!is_http(b"\x16\x03\x01"));
        assert!(!is_http(b"SSH-2.0-client"));
        assert!(!is_http(b"POST"));
    }

    proptest! {
        #[test]
        fn no_bytes_upset_it(bytes in prop::collection::vec(any::<u8>(), 0..400), edits in prop::collection::vec((0usize..100, any::<u8>()), 0..8)) {
            drop(read(&bytes));
            let mut hello = tls_1_1();
            for (at, byte) in edits {
                if let Some(it) = hello.get_mut(at) {
                    *it = byte;
                }
            }
            if let Some(it) = read(&hello) {
                prop_assert!(it.suites.len() <= SUITES_SHOWN);
                prop_assert!(it.server_name.is_none_or(|it| it.len() <= MOST_NAME));
            }
        }
    }
}
