//! Connections that never became a request, kept in memory by address. The newest failure of an address is described,
//! the others are counted.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Mutex, PoisonError};

use jiff::civil::DateTime;
use nengce_shared::api::connection_failure::{
    ConnectionFailure, ConnectionFailureList, ConnectionFailureReason as Reason,
};

use super::client_hello::ClientHello;
use crate::clock;

/// The last failures, at most so many addresses.
#[derive(Debug)]
pub struct ConnectionFailures {
    most: usize,
    kept: Mutex<Kept>,
}

/// Lines of the log in a minute, at most: whoever fails from many addresses fills no disk with them.
const LINES_PER_MINUTE: u32 = 60;

#[derive(Debug, Default)]
struct Kept {
    total: u64,
    /// The minute of the last line, and how many it has.
    lines: (DateTime, u32),
    addresses: HashMap<IpAddr, Entry>,
}

#[derive(Debug)]
struct Entry {
    count: u64,
    first_at: DateTime,
    last_at: DateTime,
    listener: SocketAddr,
    reason: Reason,
    /// Reasons that the log has told of this address.
    told: Vec<Reason>,
    offered: Option<ClientHello>,
}

/// Takes a line of the log, if the minute has one left.
fn take_line((minute, taken): &mut (DateTime, u32), now: DateTime) -> bool {
    let this = now.with().second(0).subsec_nanosecond(0).build();
    let this = this.unwrap_or(now);
    if *minute != this {
        (*minute, *taken) = (this, 0);
    }
    *taken = taken.saturating_add(1);
    *taken <= LINES_PER_MINUTE
}

impl ConnectionFailures {
    pub fn new(most: usize) -> Self {
        Self { most: most.max(1), kept: Mutex::default() }
    }

    pub fn record(
        &self,
        peer: IpAddr,
        listener: SocketAddr,
        reason: Reason,
        offered: Option<ClientHello>,
        now: DateTime,
    ) {
        metrics::counter!("nengce_connection_failures_total", "reason" => reason.as_str())
            .increment(1);
        let peer = peer.to_canonical();
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = &mut *kept;
        kept.total += 1;
        if !kept.addresses.contains_key(&peer) && kept.addresses.len() >= self.most {
            let oldest = kept.addresses.iter().min_by_key(|(_, it)| it.last_at);
            if let Some(oldest) = oldest.map(|(it, _)| *it) {
                kept.addresses.remove(&oldest);
            }
        }
        let entry = kept.addresses.entry(peer).or_insert_with(|| Entry {
            count: 0,
            first_at: now,
            last_at: now,
            listener,
            reason,
            told: Vec::new(),
            offered: None,
        });
        let is_news = !entry.told.contains(&reason);
        if is_news {
            entry.told.push(reason);
        }
        entry.count += 1;
        (entry.last_at, entry.listener, entry.reason) = (now, listener, reason);
        entry.offered = offered;
        // A terminal tries again and again: its first failures are worth a line each, then every doubling.
        let is_told = is_news || entry.count.is_power_of_two();
        if is_told && take_line(&mut kept.lines, now) {
            let version = entry.offered.as_ref().map(ClientHello::version_name);
            let suites = entry.offered.as_ref().map(|it| it.suites.join(" "));
            tracing::info!(
                address = %peer,
                %listener,
                reason = reason.as_str(),
                version = version.unwrap_or_default(),
                suites = suites.unwrap_or_default(),
                count = entry.count,
                "a connection failed"
            );
        }
    }

    pub fn list(&self) -> ConnectionFailureList {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let mut rows: Vec<_> = kept.addresses.iter().collect();
        rows.sort_by(|a, b| (b.1.last_at, a.0).cmp(&(a.1.last_at, b.0)));
        ConnectionFailureList {
            rows: rows.into_iter().map(|(peer, it)| row(*peer, it)).collect(),
            kept_at_most: u32::try_from(self.most).unwrap_or(u32::MAX),
            total: kept.total,
        }
    }
}

fn row(peer: IpAddr, it: &Entry) -> ConnectionFailure {
    let version = it.offered.as_ref().map(ClientHello::version_name);
    let (zh, en) = advice(it.reason, version.as_deref());
    ConnectionFailure {
        address: peer.to_string(),
        listener: it.listener.to_string(),
        count: it.count,
        first_at: clock::text(it.first_at),
        last_at: clock::text(it.last_at),
        reason: it.reason,
        offered_version: version,
        offered_suites: it.offered.as_ref().map_or_else(Vec::new, |it| it.suites.clone()),
        offered_suites_total: it.offered.as_ref().map_or(0, |it| it.suites_total),
        server_name: it.offered.as_ref().and_then(|it| it.server_name.clone()),
        zh,
        en,
    }
}

/// What happened, and what to do about it.
fn advice(reason: Reason, version: Option<&str>) -> (String, String) {
    let what = match reason {
        Reason::TlsVersionTooOld => {
            let version = version.unwrap_or("SSL");
            return (
                format!(
                    "该终端最高只支持 {version}，服务器要求 TLS 1.2 及以上。请升级终端，或在前面设置接受旧版 TLS 的网关（docs/OPERATIONS.md“旧版 TLS 的终端”）"
                ),
                format!(
                    "this terminal speaks {version} at most and the server asks for TLS 1.2 or newer; renew the terminal, or put a gateway in front that takes old TLS (docs/OPERATIONS.md, Terminals with old TLS)"
                ),
            );
        }
        Reason::NoSharedCipher => (
            "该终端只提供服务器不接受的加密套件（CBC 或 RSA 密钥交换）。请升级终端，或在前面设置接受旧套件的网关（docs/OPERATIONS.md“旧版 TLS 的终端”）",
            "this terminal offers only cipher suites that the server does not take (CBC, or key exchange by RSA); renew it, or put a gateway in front that takes them (docs/OPERATIONS.md, Terminals with old TLS)",
        ),
        Reason::NoSharedSignature => (
            "该终端与服务器没有共同的签名算法或椭圆曲线。请升级终端，更换证书的密钥类型，或在前面设置网关（docs/OPERATIONS.md“旧版 TLS 的终端”）",
            "this terminal and the server have no signature algorithm or group in common; renew it, give the certificate a key of another kind, or put a gateway in front (docs/OPERATIONS.md, Terminals with old TLS)",
        ),
        Reason::PlainHttpOnTls => (
            "该终端在 HTTPS 端口上发送了明文 HTTP。请把终端的地址改为 https://",
            "this terminal sent plain HTTP to a port that speaks HTTPS; give it the https:// address",
        ),
        Reason::NotTls => (
            "发来的不是 TLS，可能是扫描或其他协议。若是终端，请核对地址和端口",
            "what came is not TLS: a scanner or another protocol; if it is a terminal, check its address and port",
        ),
        Reason::ClientCertificateMissing => (
            "该端口要求客户端证书，终端没有出示。请在终端上安装证书",
            "this port asks for a client certificate and the terminal shows none; install one on it",
        ),
        Reason::ClientCertificateRefused => (
            "终端的客户端证书已过期，或不是 tls_client_authorities 中的机构签发的。请更换证书",
            "the terminal's certificate has expired or was not issued by an authority of tls_client_authorities; renew it",
        ),
        Reason::ServerCertificateRefused => (
            "终端不信任服务器的证书。请在终端上安装签发机构的证书，并核对地址和有效期",
            "the terminal does not trust the server's certificate; install its authority on the terminal, and check address and dates",
        ),
        Reason::TooManyConnections => (
            "该地址同时打开的连接过多。请检查终端是否及时关闭连接；若地址后有许多终端，调高 max_connections_per_address",
            "this address holds too many connections at once; see that the terminal closes them, or raise max_connections_per_address where many terminals stand behind it",
        ),
        Reason::BrokenOff => (
            "握手时连接中断。请检查网络，或终端是否不接受服务器的证书",
            "the connection broke off during the handshake; check the line, and whether the terminal takes the server's certificate",
        ),
        Reason::TimedOut => (
            "握手没有在 header_timeout_seconds 内完成。请检查网络",
            "the handshake did not end within header_timeout_seconds; check the line",
        ),
    };
    (what.0.to_owned(), what.1.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i8) -> DateTime {
        jiff::civil::date(2026, 1, 1).at(0, 0, second, 0)
    }

    #[test]
    fn addresses_are_counted_and_the_oldest_makes_room() {
        let failures = ConnectionFailures::new(2);
        let listener = SocketAddr::from(([127, 0, 0, 1], 8443));
        let record = |last: u8, second: i8, reason| {
            let peer = IpAddr::from([10, 0, 0, last]);
            failures.record(peer, listener, reason, None, at(second));
        };
        record(1, 1, Reason::NotTls);
        record(2, 2, Reason::NotTls);
        record(1, 3, Reason::PlainHttpOnTls);
        record(3, 4, Reason::TimedOut);
        let list = failures.list();
        let rows: Vec<_> =
            list.rows.iter().map(|it| (it.address.as_str(), it.count, it.reason)).collect();
        assert_eq!(
            rows,
            [("10.0.0.3", 1, Reason::TimedOut), ("10.0.0.1", 2, Reason::PlainHttpOnTls)]
        );
        assert_eq!((list.total, list.kept_at_most), (4, 2));
        assert_eq!(list.rows[1].first_at, "2026-01-01 00:00:01");
        assert_eq!(list.rows[1].last_at, "2026-01-01 00:00:03");
    }

    #[test]
    fn every_reason_says_what_to_do() {
        for reason in Reason::ALL {
            let (zh, en) = advice(*reason, Some("TLS 1.1"));
            assert!(zh.chars().count() > 15 && en.len() > 30, "{reason}");
        }
        let (zh, en) = advice(Reason::TlsVersionTooOld, Some("TLS 1.1"));
        assert!(zh.contains("TLS 1.1") && en.contains("TLS 1.1"));
    }
}
