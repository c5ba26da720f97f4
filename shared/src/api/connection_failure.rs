//! `GET /api/v1/connection-failures`: connections that never became a request, by address, with the cause and its
//! remedy.

use super::wire;
use crate::wire_enum;

wire_enum! {
    /// Why a connection never became a request.
    pub enum ConnectionFailureReason {
        TlsVersionTooOld = 1, "tls_version_too_old", "终端只支持旧版 TLS", "The client offers old versions of TLS only";
        NoSharedCipher = 2, "no_shared_cipher", "没有共同的加密套件", "No cipher suite in common";
        NoSharedSignature = 3, "no_shared_signature", "没有共同的签名算法或椭圆曲线", "No signature algorithm or group in common";
        PlainHttpOnTls = 4, "plain_http_on_tls", "在 TLS 端口上发送明文 HTTP", "Plain HTTP on the port of TLS";
        NotTls = 5, "not_tls", "不是 TLS", "Not TLS";
        ClientCertificateMissing = 6, "client_certificate_missing", "未出示客户端证书", "No client certificate";
        ClientCertificateRefused = 7, "client_certificate_refused", "客户端证书未通过校验", "The client certificate was not accepted";
        ServerCertificateRefused = 8, "server_certificate_refused", "终端不接受服务器证书", "The client refused the server's certificate";
        TooManyConnections = 9, "too_many_connections", "该地址的连接数已达上限", "Too many connections from this address";
        BrokenOff = 10, "broken_off", "握手中断", "The handshake broke off";
        TimedOut = 11, "timed_out", "握手超时", "The handshake took too long";
    }
}

wire! {
/// The failures, newest first. The number of addresses in memory is bounded, and a restart forgets them.
pub struct ConnectionFailureList {
    /// The addresses with failures, the one that failed last first.
    pub rows: Vec<ConnectionFailure>,
    /// How many addresses are kept at most (`max_connection_failures_kept`).
    pub kept_at_most: u32,
    /// Failures since the start, also of addresses that have been forgotten.
    pub total: u64,
}
/// The failures of one address; the fields describe the last one.
pub struct ConnectionFailure {
    /// IP address without a port.
    pub address: String,
    /// The listener that the connection came to.
    pub listener: String,
    /// How often a connection from the address failed.
    pub count: u64,
    /// When the first of them failed, local time `YYYY-MM-DD HH:MM:SS`.
    pub first_at: String,
    /// When the last of them failed, local time.
    pub last_at: String,
    /// Why the last of them failed.
    pub reason: ConnectionFailureReason,
    /// The newest version that the client offers: `TLS 1.1`, `SSL 3.0`; null where it said none.
    pub offered_version: Option<String>,
    /// Its cipher suites by name, or `0xC013` where the name is not known; the first sixteen.
    pub offered_suites: Vec<String>,
    /// How many suites it offers in all.
    pub offered_suites_total: u32,
    /// The host name that it asked for (SNI), at most 100 characters; null where it said none.
    pub server_name: Option<String>,
    /// What happened and how to solve it, in Chinese.
    pub zh: String,
    /// The same in English.
    pub en: String,
}
}
