//! Posts the messages of simulated terminals, again while the server is busy.

use std::time::Duration;

use anyhow::{Result, bail};
use serde_json::Value;

/// How often a message is sent again before the terminal gives up.
const ATTEMPTS: u32 = 30;

/// Whether the server asks to come again later than a terminal of a demonstration waits.
fn waits_long(response: &reqwest::Response) -> bool {
    let told = response.headers().get("retry-after");
    let seconds = told.and_then(|it| it.to_str().ok()?.parse::<u64>().ok());
    response.status().as_u16() == 429 && seconds.is_some_and(|it| it > 90)
}

/// Posts and reads the answer; waits and tries again while the server cannot take it.
pub(super) async fn post(
    http: &reqwest::Client,
    url: &str,
    token: Option<&str>,
    body: String,
) -> Result<Value> {
    let mut wait = Duration::from_millis(200);
    for _ in 0..ATTEMPTS {
        let request = http.post(url);
        let request = match token {
            Some(it) => request.bearer_auth(it),
            None => request,
        };
        let request = request.header("content-type", "application/json").body(body.clone());
        match request.send().await {
            Ok(response) if waits_long(&response) => bail!(
                "{url}: {}; registrations with the administrator's token (--token) are not counted",
                response.text().await?
            ),
            Ok(response) if matches!(response.status().as_u16(), 429 | 500..) => {}
            Ok(response) if response.status().is_success() => return Ok(response.json().await?),
            Ok(response) => bail!("{url}: {} {}", response.status(), response.text().await?),
            Err(error) => tracing::debug!(%error, url, "no answer; the terminal sends again"),
        }
        tokio::time::sleep(wait).await;
        wait = (wait * 2).min(Duration::from_secs(5));
    }
    bail!("{url} does not take the message")
}
