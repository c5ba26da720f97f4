//! A TCP proxy with a steady address in front of a server that may come back on another port; it can cut all connections.

use std::io::copy;
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};

/// What the threads of the proxy share.
#[derive(Default)]
struct Shared {
    target: Option<SocketAddr>,
    open: Vec<TcpStream>,
}

/// The proxy; its threads end with the process.
pub struct Proxy {
    address: SocketAddr,
    shared: Arc<Mutex<Shared>>,
}

impl Default for Proxy {
    fn default() -> Self {
        Self::new()
    }
}

impl Proxy {
    /// Listens, and leads nowhere until it has a target.
    pub fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("its address");
        let shared: Arc<Mutex<Shared>> = Arc::default();
        let of_thread = Arc::clone(&shared);
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let target = lock(&of_thread).target;
                let Some(server) = target.and_then(|it| TcpStream::connect(it).ok()) else {
                    continue;
                };
                join(&of_thread, client, server);
            }
        });
        Self { address, shared }
    }

    /// The steady address.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// New connections go to the server at this address, `http://HOST:PORT`.
    pub fn lead_to(&self, url: &str) {
        let target = url.trim_start_matches("http://").parse().expect("an address");
        lock(&self.shared).target = Some(target);
    }

    /// Breaks every connection and leads nowhere.
    pub fn cut(&self) {
        let mut shared = lock(&self.shared);
        shared.target = None;
        for it in shared.open.drain(..) {
            drop(it.shutdown(Shutdown::Both));
        }
    }
}

fn lock(shared: &Mutex<Shared>) -> std::sync::MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Copies both ways until one side ends.
fn join(shared: &Mutex<Shared>, client: TcpStream, server: TcpStream) {
    let twin = |it: &TcpStream| it.try_clone().expect("a second handle");
    let pairs = [(twin(&client), twin(&server)), (twin(&server), twin(&client))];
    lock(shared).open.extend([client, server]);
    for (mut from, mut to) in pairs {
        std::thread::spawn(move || {
            drop(copy(&mut from, &mut to));
            drop(to.shutdown(Shutdown::Both));
            drop(from.shutdown(Shutdown::Both));
        });
    }
}
