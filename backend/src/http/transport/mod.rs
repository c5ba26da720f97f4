//! Connections and the limits of every request: listeners, TLS, addresses of clients, sizes, times and headers.

pub mod address_quota;
pub mod body_size;
pub mod body_timeout;
pub mod certificate_renewal;
pub mod client_address;
pub mod client_certificate;
mod client_hello;
pub mod connection_failures;
pub mod connection_limits;
pub mod listen;
pub mod rate_limit;
pub mod response_limits;
mod revocations;
pub mod security_headers;
pub mod tls;
