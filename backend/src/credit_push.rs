//! Sends the rows of the credit list to the credit platform: each content once, those of an entry in their order, again
//! until the platform has it. A content carries its hash as `Idempotency-Key`, by which the platform knows it again.

use std::time::Duration;

use anyhow::Result;
use jiff::ToSpan;
use jiff::civil::DateTime;
use nengce_shared::credit::PushState;
use openidconnect::{AsyncHttpClient, HttpRequest};
use tokio::sync::Mutex;

use crate::clock::Clock;
use crate::config::Config;
use crate::https_client::Https;
use crate::rest;
use crate::store::Store;
use crate::store::credit::pushes::{self, DuePush, Tried};

/// Characters of an answer that are kept.
const ANSWER_CHARS: usize = 200;
/// The longest rest between two tries, in seconds.
const LONGEST_REST: i64 = 3_600;
/// One round at a time: otherwise the timer and a request would send the same rows.
static ROUND: Mutex<()> = Mutex::const_new(());

/// Runs until the server ends. Without an address it does nothing.
pub async fn run(store: Store, config: std::sync::Arc<Config>, clock: Clock) {
    let rest = Duration::from_secs(u64::from(config.credit_push_seconds.max(1)));
    loop {
        tokio::time::sleep(rest).await;
        once(&store, &config, &clock).await;
    }
}

/// Tries everything whose time has come.
pub async fn once(store: &Store, config: &Config, clock: &Clock) {
    if config.credit_push_address.is_empty() {
        return;
    }
    let _round = ROUND.lock().await;
    let mut due = waiting(store, clock).await;
    if due.is_empty() {
        return;
    }
    let timeout = Duration::from_secs(u64::from(config.credit_push_timeout_seconds.max(1)));
    let authorities =
        ("credit_push_authorities_file", config.credit_push_authorities_file.as_path());
    let most = ("max_credit_push_answer_bytes", config.max_credit_push_answer_bytes);
    let client = match Https::new(authorities, timeout, most) {
        Ok(it) => it,
        Err(error) => return tracing::error!(%error, "nothing is sent to the credit platform"),
    };
    // Each round may make the next content of an entry due.
    while !due.is_empty() {
        let mut any_sent = false;
        for it in due {
            let tried = attempt(&client, config, &it, clock.now()).await;
            any_sent |= tried.state == PushState::Sent;
            if let Err(error) = keep(store, it, tried).await {
                return tracing::warn!(%error, "what became of a push is not kept; it is sent again");
            }
        }
        if !any_sent {
            return;
        }
        due = waiting(store, clock).await;
    }
}

/// What is to be tried now; nothing where that is not known.
async fn waiting(store: &Store, clock: &Clock) -> Vec<DuePush> {
    let now = clock.now();
    store.read(move |conn| pushes::due(conn, now)).await.unwrap_or_else(|error| {
        tracing::warn!(%error, "what waits for the credit platform is not known");
        Vec::new()
    })
}

async fn keep(store: &Store, it: DuePush, tried: Tried) -> crate::store::Result<()> {
    store.write(move |write| pushes::update(write.conn, &it, &tried)).await
}

fn request(config: &Config, it: &DuePush) -> Result<HttpRequest> {
    let mut request = hyper::Request::builder()
        .method("POST")
        .uri(&config.credit_push_address)
        .header("content-type", "application/json")
        .header("idempotency-key", &it.content_sha256);
    if !config.credit_push_token.is_empty() {
        request = request.header("authorization", format!("Bearer {}", config.credit_push_token));
    }
    Ok(request.body(it.content.clone().into_bytes())?)
}

/// One try. An answer that says that the content is there already counts as sent.
async fn attempt(client: &Https, config: &Config, it: &DuePush, now: DateTime) -> Tried {
    let answered = match request(config, it) {
        Ok(request) => client.call(request).await.map_err(|error| error.to_string()),
        Err(error) => Err(error.to_string()),
    };
    let (state, answer) = match answered {
        Ok(answer) => {
            let status = answer.status().as_u16();
            let body = String::from_utf8_lossy(answer.body()).into_owned();
            (state_of(status), format!("{status} {body}"))
        }
        Err(error) => (PushState::Waiting, error),
    };
    let rest = rest::doubled(config.credit_push_seconds, it.attempts, LONGEST_REST);
    let answer: String = answer.chars().filter(|it| !it.is_control()).take(ANSWER_CHARS).collect();
    if state != PushState::Sent {
        tracing::warn!(push = it.push_id, %answer, "the credit platform did not take a row");
    }
    Tried {
        state,
        next_at: (state == PushState::Waiting).then(|| now.saturating_add(rest.seconds())),
        answer,
        sent_at: (state == PushState::Sent).then_some(now),
    }
}

/// What an answer means: taken or known already; not now; or never as it is.
fn state_of(status: u16) -> PushState {
    match status {
        200..=299 | 409 => PushState::Sent,
        408 | 425 | 429 | 500..=599 => PushState::Waiting,
        _ => PushState::Refused,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_final_or_not_and_rests_grow() {
        assert_eq!(state_of(201), PushState::Sent);
        assert_eq!(state_of(409), PushState::Sent, "it has the content already");
        for later in [408, 429, 500, 503] {
            assert_eq!(state_of(later), PushState::Waiting, "{later}");
        }
        for never in [302, 400, 401, 422] {
            assert_eq!(state_of(never), PushState::Refused, "{never}");
        }
        assert_eq!(
            [0, 1, 2, 30].map(|it| rest::doubled(30, it, LONGEST_REST)),
            [30, 60, 120, 3_600]
        );
    }
}
