//! Many sessions of one account, and people who try to sign in as fast as they can.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use anyhow::{Result, ensure};
use serde_json::json;

use crate::support::app::TestApp;
use crate::support::person::PASSWORD;

const THREADS: usize = 8;

/// Signs an account in so many times; the cookie of the last session.
pub(super) fn begin(app: &TestApp, name: &str, count: usize) -> Result<String> {
    let body = json!({"name": name, "password": PASSWORD}).to_string().into_bytes();
    let left = AtomicUsize::new(count);
    let take = || left.fetch_update(Ordering::AcqRel, Ordering::Acquire, |it| it.checked_sub(1));
    let cookies: Vec<Option<String>> = std::thread::scope(|scope| {
        let signing = (0..THREADS).map(|_| {
            scope.spawn(|| {
                let mut cookie = None;
                while take().is_ok() {
                    let headers = [("content-type", "application/json")];
                    let answer = app.post_bytes("/api/v1/session", body.clone(), &headers);
                    match answer.status {
                        200 => cookie = Some(answer.header("set-cookie").to_owned()),
                        // Too many at once: it is tried again.
                        _ => drop(left.fetch_add(1, Ordering::AcqRel)),
                    }
                }
                cookie
            })
        });
        let signing: Vec<_> = signing.collect();
        signing.into_iter().map(|it| it.join().expect("a thread")).collect()
    });
    let cookie = cookies.into_iter().flatten().next().unwrap_or_default();
    let cookie = cookie.split(';').next().unwrap_or_default().to_owned();
    ensure!(!cookie.is_empty(), "nobody was signed in");
    Ok(cookie)
}

/// Unknown names with passwords, which cost the server as much as known ones, while `work` goes on; how many were hashed.
pub(super) fn storm<T>(app: &TestApp, work: impl FnOnce() -> T) -> (T, usize) {
    let (ends, hashed) = (AtomicBool::new(false), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for thread in 0..THREADS {
            let (ends, hashed) = (&ends, &hashed);
            scope.spawn(move || {
                for at in 0.. {
                    if ends.load(Ordering::Acquire) {
                        break;
                    }
                    let body = json!({"name": format!("nobody.{thread}.{at}"), "password": "x"});
                    let headers = [("content-type", "application/json")];
                    let body = body.to_string().into_bytes();
                    if app.post_bytes("/api/v1/session", body, &headers).status == 401 {
                        hashed.fetch_add(1, Ordering::AcqRel);
                    }
                }
            });
        }
        let done = work();
        ends.store(true, Ordering::Release);
        (done, hashed.load(Ordering::Acquire))
    })
}
