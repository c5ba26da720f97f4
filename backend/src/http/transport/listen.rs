//! Accepts connections: bounds their number, gives each a time for the head of a request, and closes those whose peer
//! is gone.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::{Request, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Router};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use hyper_util::service::TowerToHyperService;
use nengce_shared::api::connection_failure::ConnectionFailureReason;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tower::{Service, ServiceExt};

use super::client_address::Peer;
use super::client_hello::is_http;
use super::connection_limits::ConnectionLimits;
use super::tls::{Opening, Revocable, Tls};
use crate::config::Config;
use crate::{fail_point, panics};

/// Files and the database need descriptors of their own.
const OTHER_DESCRIPTORS: u64 = 256;
/// Connections over the limit that get an answer at the same time; further ones are closed without an answer.
const MOST_REFUSALS_AT_ONCE: usize = 128;
const REFUSAL: &str = "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\nRetry-After: 5\r\n\
    Connection: close\r\nContent-Length: 99\r\n\r\n\
    {\"responseCode\":\"1\",\"responseMessage\":\"连接数已达上限，5 秒后重试\",\"code\":\"overloaded\"}";

const HTTPS_ONLY: &str = "HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\n\
    Connection: close\r\nContent-Length: 115\r\n\r\n\
    {\"responseCode\":\"1\",\"responseMessage\":\"此端口只接受 HTTPS，请把地址改为 https://\",\"code\":\"https_only\"}";
const REVOKED: &str =
    "{\"responseCode\":\"1\",\"responseMessage\":\"客户端证书已吊销\",\"code\":\"forbidden\"}";
/// How long a refusal may take.
const REFUSAL_TIMEOUT: Duration = Duration::from_secs(2);

/// Serves until `stop`, then finishes the open requests.
pub async fn serve(
    listener: Arc<TcpListener>,
    app: Router,
    config: Arc<Config>,
    tls: Option<Tls>,
    connections: Arc<ConnectionLimits>,
    stop: impl Future<Output = ()>,
) -> std::io::Result<()> {
    let places = Arc::new(Semaphore::new(places(config.max_connections)));
    let refusals = Arc::new(Semaphore::new(MOST_REFUSALS_AT_ONCE));
    let graceful = GracefulShutdown::new();
    let address = listener.local_addr()?;
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(seconds(config.header_timeout_seconds));
    tokio::pin!(stop);
    loop {
        let (stream, peer) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(it) => {
                    fail_point::hit("listener:accept");
                    it
                }
                Err(error) => {
                    // Out of descriptors, or the peer was gone already.
                    tracing::debug!(%error, "a connection was not accepted");
                    tokio::time::sleep(Duration::from_millis(20)).await;
                    continue;
                }
            },
            _ = &mut stop => break,
        };
        let own = connections.enter(peer.ip());
        if own.is_none() {
            let reason = ConnectionFailureReason::TooManyConnections;
            connections.failed(peer.ip(), address, reason, None);
        }
        let place = own.zip(Arc::clone(&places).try_acquire_owned().ok());
        let Some(place) = place else {
            metrics::counter!("nengce_connections_refused_total").increment(1);
            if let Ok(turn) = Arc::clone(&refusals).try_acquire_owned() {
                tokio::spawn(async move {
                    drop(tokio::time::timeout(REFUSAL_TIMEOUT, refuse(stream, REFUSAL)).await);
                    drop(turn);
                });
            }
            continue;
        };
        if let Err(error) = tune(&stream, seconds(config.peer_timeout_seconds)) {
            tracing::debug!(%error, "a connection keeps the system's time limits");
        }
        let serving = Serving {
            http: http.clone(),
            app: app.clone(),
            tls: tls.clone(),
            timeout: seconds(config.header_timeout_seconds),
            connections: Arc::clone(&connections),
            address,
        };
        let watcher = graceful.watcher();
        tokio::spawn(panics::within(panics::CONNECTION, async move {
            fail_point::hit("connection:open");
            if let Err(error) = serving.connection(stream, peer, watcher).await {
                tracing::debug!(%error, "a connection broke off");
            }
            drop(place);
        }));
    }
    drop(listener);
    graceful.shutdown().await;
    Ok(())
}

/// What a listener gives to each of its connections.
struct Serving {
    http: http1::Builder,
    app: Router,
    tls: Option<Tls>,
    timeout: Duration,
    connections: Arc<ConnectionLimits>,
    address: SocketAddr,
}

impl Serving {
    /// Serves a connection to its end, by HTTPS where the listener speaks it.
    async fn connection(
        self,
        stream: TcpStream,
        peer: SocketAddr,
        watcher: Watcher,
    ) -> hyper::Result<()> {
        let Self { http, app, tls, timeout, connections, address } = self;
        let Some(tls) = tls else {
            let service = TowerToHyperService::new(with_peer(app, Peer(peer)));
            return watcher.watch(http.serve_connection(TokioIo::new(stream), service)).await;
        };
        if speaks_http(&stream, timeout).await {
            let reason = ConnectionFailureReason::PlainHttpOnTls;
            connections.failed(peer.ip(), address, reason, None);
            drop(tokio::time::timeout(REFUSAL_TIMEOUT, refuse(stream, HTTPS_ONLY)).await);
            return Ok(());
        }
        match tls.accept(stream, timeout).await {
            Opening::Open(stream, certificate, revocable) => {
                let app = match certificate {
                    Some(it) => app.layer(Extension(it)),
                    None => app,
                };
                let app = match revocable {
                    Some(it) => app.layer(from_fn_with_state(it, refuse_revoked)),
                    None => app,
                };
                let service = TowerToHyperService::new(with_peer(app, Peer(peer)));
                watcher.watch(http.serve_connection(TokioIo::new(stream), service)).await
            }
            Opening::Failed(reason, offered) => {
                connections.failed(peer.ip(), address, reason, offered);
                Ok(())
            }
            Opening::Nothing => Ok(()),
        }
    }
}

/// Refuses requests of a connection whose certificate was revoked after it was opened.
async fn refuse_revoked(
    State(certificate): State<Revocable>,
    request: axum::extract::Request,
    next: Next,
) -> Response {
    if certificate.is_revoked() {
        let head = [(header::CONTENT_TYPE, "application/json"), (header::CONNECTION, "close")];
        return (StatusCode::FORBIDDEN, head, REVOKED).into_response();
    }
    next.run(request).await
}

/// The same routes; each request carries the address of its peer.
fn with_peer(
    app: Router,
    peer: Peer,
) -> impl Service<Request<Incoming>, Response = Response, Error = Infallible, Future: Send> + Clone + Send
{
    app.map_request(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(peer);
        request
    })
}

fn seconds(it: u32) -> Duration {
    Duration::from_secs(u64::from(it.max(1)))
}

/// The wanted number of connections, or as many as descriptors allow once the soft limit is raised to the hard one.
fn places(wanted: usize) -> usize {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    let raised = Rlimit { current: limit.maximum, maximum: limit.maximum };
    let descriptors = match setrlimit(Resource::Nofile, raised) {
        Ok(()) => limit.maximum,
        Err(_) => limit.current,
    };
    let most = descriptors.map_or(usize::MAX, |descriptors| {
        usize::try_from(descriptors.saturating_sub(OTHER_DESCRIPTORS)).unwrap_or(usize::MAX)
    });
    if most < wanted {
        tracing::warn!(most, wanted, "max_connections is more than descriptors allow (ulimit -n)");
    }
    wanted.min(most).clamp(1, Semaphore::MAX_PERMITS)
}

/// Probes find an idle peer that vanished; a time limit on unconfirmed bytes finds any other.
fn tune(stream: &TcpStream, peer_timeout: Duration) -> std::io::Result<()> {
    let socket = socket2::SockRef::from(stream);
    socket.set_tcp_nodelay(true)?;
    let probes = socket2::TcpKeepalive::new()
        .with_time(peer_timeout / 2)
        .with_interval(peer_timeout / 6)
        .with_retries(3);
    socket.set_tcp_keepalive(&probes)?;
    socket.set_tcp_user_timeout(Some(peer_timeout))
}

/// Whether a client sends plain HTTP to a port of HTTPS.
async fn speaks_http(stream: &TcpStream, timeout: Duration) -> bool {
    let mut first = [0; 8];
    let peeked = tokio::time::timeout(timeout, stream.peek(&mut first)).await;
    matches!(peeked, Ok(Ok(length)) if is_http(&first[..length]))
}

/// Sends the refusal and waits until the peer has read it, because closing at once would discard it.
async fn refuse(mut stream: TcpStream, answer: &str) -> std::io::Result<()> {
    stream.write_all(answer.as_bytes()).await?;
    stream.shutdown().await?;
    let mut ignored = [0; 4096];
    while stream.readable().await.is_ok() {
        match stream.try_read(&mut ignored) {
            Ok(0) => break,
            Err(error) if error.kind() != std::io::ErrorKind::WouldBlock => break,
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::HTTPS_ONLY;
    use super::REFUSAL;

    #[test]
    fn refusals_say_their_own_length() {
        for text in [REFUSAL, HTTPS_ONLY] {
            let (head, body) = text.split_once("\r\n\r\n").unwrap();
            let length = format!("Content-Length: {}", body.len());
            assert!(head.contains(&format!("{length}\r\n")) || head.ends_with(&length), "{length}");
        }
    }
}
