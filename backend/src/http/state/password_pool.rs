//! Hashes passwords on threads of their own, so that sign-ins slow nothing else down. The queue before them is bounded.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, OnceLock};

use argon2::password_hash::PasswordHasher;
use argon2::{Algorithm, Argon2, Params, PasswordVerifier, Version};
use parking_lot::Mutex;
use rand::Rng;
use tokio::sync::oneshot;

use crate::config::Config;

type Job = Box<dyn FnOnce() + Send>;

pub struct PasswordPool {
    jobs: SyncSender<Job>,
    hasher: Arc<Hasher>,
}

/// No thread will have time for one more password soon.
#[derive(Debug)]
pub struct PoolFull;

struct Hasher {
    argon2: Argon2<'static>,
    /// What passwords of unknown names are compared with, so that they take as long as others.
    decoy: OnceLock<String>,
}

impl Hasher {
    fn hash(&self, password: &str) -> String {
        let mut salt = [0; 16];
        rand::rng().fill_bytes(&mut salt);
        let hash = self.argon2.hash_password_with_salt(password.as_bytes(), &salt);
        hash.map(|it| it.to_string()).unwrap_or_default()
    }

    fn verify(&self, password: &str, hash: Option<&str>) -> bool {
        let decoy = || self.decoy.get_or_init(|| self.hash("decoy")).as_str();
        let matches = self.argon2.verify_password(password.as_bytes(), hash.unwrap_or_else(decoy));
        matches.is_ok() && hash.is_some()
    }
}

impl PasswordPool {
    pub fn of(config: &Config) -> anyhow::Result<Self> {
        let (memory, passes) = (config.password_memory_kib, config.password_passes);
        let params = Params::new(memory, passes, config.password_lanes, None).map_err(|error| {
            anyhow::anyhow!("password_memory_kib, password_passes, password_lanes: {error}")
        })?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let (jobs, queue) = sync_channel::<Job>(config.password_queue);
        let queue = Arc::new(Mutex::new(queue));
        for at in 0..config.password_threads {
            let queue = Arc::clone(&queue);
            let name = format!("nengce-password-{at}");
            std::thread::Builder::new().name(name).spawn(move || work(&queue))?;
        }
        Ok(Self { jobs, hasher: Arc::new(Hasher { argon2, decoy: OnceLock::new() }) })
    }

    async fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce(&Hasher) -> T + Send + 'static,
    ) -> Result<T, PoolFull> {
        let (answer, done) = oneshot::channel();
        let hasher = Arc::clone(&self.hasher);
        // Nobody may wait for it any more: then it is not worth the time.
        let job = move || {
            if !answer.is_closed() {
                drop(answer.send(job(&hasher)));
            }
        };
        self.jobs.try_send(Box::new(job)).map_err(|_| PoolFull)?;
        done.await.map_err(|_| PoolFull)
    }

    /// The hash of a new password, with a salt of its own.
    pub async fn hash(&self, password: String) -> Result<String, PoolFull> {
        self.run(move |it| it.hash(&password)).await
    }

    /// Whether a password is the one of a hash; without a hash it takes as long and is not.
    pub async fn verify(&self, password: String, hash: Option<String>) -> Result<bool, PoolFull> {
        self.run(move |it| it.verify(&password, hash.as_deref())).await
    }
}

/// Takes one job after the other until the pool is gone.
fn work(queue: &Mutex<Receiver<Job>>) {
    loop {
        let next = queue.lock().recv();
        match next {
            Ok(job) => job(),
            Err(_) => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pool(queue: usize) -> PasswordPool {
        let config = Config { password_queue: queue, ..Config::default() };
        PasswordPool::of(&config).expect("a pool")
    }

    #[tokio::test]
    async fn a_password_is_known_again_and_its_hash_says_how_it_was_made() {
        let pool = pool(8);
        let hash = pool.hash("four plain words here".to_owned()).await.expect("room");
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        for (typed, hash, expected) in [
            ("four plain words here", Some(hash.clone()), true),
            ("four plain words hers", Some(hash), false),
            ("four plain words here", None, false),
            ("decoy", None, false),
        ] {
            assert_eq!(pool.verify(typed.to_owned(), hash).await.expect("room"), expected);
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_full_queue_refuses_at_once() {
        let pool = Arc::new(pool(1));
        let asked: Vec<_> = (0..16)
            .map(|_| {
                let pool = Arc::clone(&pool);
                tokio::spawn(async move { pool.verify("x".to_owned(), None).await.is_err() })
            })
            .collect();
        let refused = futures_util::future::join_all(asked).await;
        let refused = refused.into_iter().filter(|it| *it.as_ref().expect("an answer")).count();
        assert!((1..16).contains(&refused), "{refused}");
    }
}
