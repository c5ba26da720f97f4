//! Sign-ins at the provider that are under way: what has to come back, for which browser, and until when.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use openidconnect::{Nonce, PkceCodeVerifier};
use parking_lot::Mutex;
use sha2::{Digest, Sha256};

/// One sign-in under way.
pub(super) struct SignIn {
    pub(super) nonce: Nonce,
    pub(super) verifier: PkceCodeVerifier,
    /// SHA-256 of the secret that its browser keeps.
    pub(super) browser: [u8; 32],
    /// Seconds.
    pub(super) begun: i64,
}

/// By the `state` of the request to the provider.
pub(super) struct SignIns {
    by_state: Mutex<HashMap<String, SignIn, RandomState>>,
    life_seconds: i64,
    most: usize,
}

pub(super) fn digest(browser: &str) -> [u8; 32] {
    Sha256::digest(browser.as_bytes()).into()
}

impl SignIns {
    pub(super) fn new(minutes: u32, most: usize) -> Self {
        Self { by_state: Mutex::default(), life_seconds: i64::from(minutes) * 60, most }
    }

    /// Beyond the limit the oldest one gives way.
    pub(super) fn keep(&self, state: &str, sign_in: SignIn) {
        let mut all = self.by_state.lock();
        let now = sign_in.begun;
        all.retain(|_, it| it.begun + self.life_seconds > now);
        if all.len() >= self.most
            && let Some(oldest) = all.iter().min_by_key(|it| it.1.begun).map(|it| it.0.clone())
        {
            all.remove(&oldest);
        }
        all.insert(state.to_owned(), sign_in);
    }

    /// Takes a sign-in out, once; another browser than that which began it gets nothing and ends nothing.
    pub(super) fn take(&self, state: &str, browser: &str, now: i64) -> Option<SignIn> {
        let mut all = self.by_state.lock();
        let known = all.get(state)?;
        if known.browser != digest(browser) {
            return None;
        }
        all.remove(state).filter(|it| it.begun + self.life_seconds > now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begin(all: &SignIns, state: &str, begun: i64) {
        let (nonce, verifier) = (Nonce::new(state.to_owned()), "v".repeat(43));
        let verifier = PkceCodeVerifier::new(verifier);
        all.keep(state, SignIn { nonce, verifier, browser: digest("mine"), begun });
    }

    #[test]
    fn a_sign_in_is_finished_once_by_its_browser_and_in_time() {
        let all = SignIns::new(1, 2);
        begin(&all, "a", 0);
        assert!(all.take("a", "another", 1).is_none());
        assert!(all.take("a", "mine", 1).is_some());
        assert!(all.take("a", "mine", 1).is_none(), "it is used up");
        begin(&all, "late", 0);
        assert!(all.take("late", "mine", 60).is_none());
    }

    #[test]
    fn the_oldest_gives_way_beyond_the_limit() {
        let all = SignIns::new(1, 2);
        ["a", "b", "c"].into_iter().zip([2, 1, 3]).for_each(|(it, at)| begin(&all, it, at));
        assert!(all.take("b", "mine", 4).is_none());
        assert!(all.take("a", "mine", 4).is_some() && all.take("c", "mine", 4).is_some());
    }
}
