//! A TCP proxy with a steady address in front of a server that may come back on another port; it can cut all connections,
//! and swallow the answers to requests of one path.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// What the threads of the proxy share.
#[derive(Default)]
struct Shared {
    target: Option<SocketAddr>,
    open: Vec<TcpStream>,
    /// Answers to requests of this path are swallowed.
    swallowed_path: Option<String>,
    /// Connections of which an answer was swallowed.
    swallowed: usize,
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

    /// The answers to requests of a path are swallowed from now on, or none.
    pub fn swallow_answers_to(&self, path: Option<&str>) {
        lock(&self.shared).swallowed_path = path.map(str::to_owned);
    }

    /// Connections of which an answer was swallowed.
    pub fn swallowed(&self) -> usize {
        lock(&self.shared).swallowed
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
fn join(shared: &Arc<Mutex<Shared>>, client: TcpStream, server: TcpStream) {
    let twin = |it: &TcpStream| it.try_clone().expect("a second handle");
    let is_swallowed = Arc::new(AtomicBool::new(false));
    let (mut asks, mut asked) = (twin(&client), twin(&server));
    let (mut answers, mut answered) = (twin(&server), twin(&client));
    lock(shared).open.extend([client, server]);
    let (of_requests, of_answers) = (Arc::clone(shared), Arc::clone(shared));
    let swallows = Arc::clone(&is_swallowed);
    std::thread::spawn(move || {
        let mut chunk = vec![0; 1 << 16];
        while let Ok(length @ 1..) = asks.read(&mut chunk) {
            let path = lock(&of_requests).swallowed_path.clone();
            let head = String::from_utf8_lossy(&chunk[..length]);
            if path.is_some_and(|it| head.contains(&format!("POST {it} "))) {
                is_swallowed.store(true, Ordering::Release);
            }
            if asked.write_all(&chunk[..length]).is_err() {
                break;
            }
        }
        drop(asked.shutdown(Shutdown::Both));
        drop(asks.shutdown(Shutdown::Both));
    });
    std::thread::spawn(move || {
        let mut chunk = vec![0; 1 << 16];
        let mut noted = false;
        while let Ok(length @ 1..) = answers.read(&mut chunk) {
            if swallows.load(Ordering::Acquire) {
                lock(&of_answers).swallowed += usize::from(!noted);
                noted = true;
            } else if answered.write_all(&chunk[..length]).is_err() {
                break;
            }
        }
        drop(answered.shutdown(Shutdown::Both));
        drop(answers.shutdown(Shutdown::Both));
    });
}
