//! Documents of JSON over HTTP: each is fetched once for all addresses that name it.
use std::collections::BTreeMap;
use std::time::Duration;

use http_body_util::{BodyExt as _, Empty, LengthLimitError, Limited};
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper::header::{ACCEPT, HOST, HeaderName, HeaderValue};
use hyper::{Request, Uri};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::error::{Problem, SourceError};
use crate::json::Address;
use crate::line::tap::Wire;
use crate::measured::{Exchange, KEPT_BYTES, Measured};
use crate::settings::{HttpJson, Tls};
use crate::tls::{self, Security};

/// A server of documents.
#[derive(Debug)]
pub(crate) struct Reader {
    settings: HttpJson,
    host: String,
    port: u16,
    /// Of `https` alone.
    tls: Option<Security>,
}

type Failed = (Problem, String);

impl Reader {
    pub(crate) fn new(settings: HttpJson) -> Result<Self, SourceError> {
        let wrong = |detail: String| SourceError::new(Problem::Settings, &settings.url, detail);
        let uri: Uri = settings.url.parse().map_err(|error| wrong(format!("url: {error}")))?;
        let host = uri.host().ok_or_else(|| wrong("url without a host".to_owned()))?;
        let host = host.trim_matches(['[', ']']).to_owned();
        let tls = match uri.scheme_str() {
            Some("http") => None,
            Some("https") => {
                let tls = Tls { authorities: settings.authorities.clone(), ..Tls::default() };
                Some(Security::new(&tls, &host).map_err(wrong)?)
            }
            _ => return Err(wrong("url is neither http nor https".to_owned())),
        };
        for (name, value) in &settings.headers {
            let is_header =
                HeaderName::try_from(name).is_ok() && HeaderValue::try_from(&value.0).is_ok();
            if !is_header {
                return Err(wrong(format!("header {name}")));
            }
        }
        let port = uri.port_u16().unwrap_or(if tls.is_some() { 443 } else { 80 });
        Ok(Self { settings, host, port, tls })
    }

    pub(crate) async fn read(
        &mut self,
        addresses: &[String],
    ) -> Vec<Result<Measured, SourceError>> {
        let mut documents: BTreeMap<String, Result<serde_json::Value, Failed>> = BTreeMap::new();
        let mut answers = Vec::with_capacity(addresses.len());
        for text in addresses {
            let address = match Address::parse(text) {
                Ok(it) => it,
                Err(error) => {
                    answers.push(Err(SourceError::new(Problem::Address, text, error)));
                    continue;
                }
            };
            if !documents.contains_key(&address.head) {
                let time = Duration::from_millis(self.settings.timeout_ms);
                let fetched = timeout(time, self.fetch(&address.head)).await;
                let fetched =
                    fetched.unwrap_or_else(|_| Err((Problem::Timeout, format!("{time:?}"))));
                documents.insert(address.head.clone(), fetched);
            }
            let number = match &documents[&address.head] {
                Ok(document) => address
                    .number(document, self.settings.utc_offset_minutes)
                    .map(|it| (it, shown(document))),
                Err(failed) => Err(failed.clone()),
            };
            answers.push(match number {
                Ok(((value, at), text)) => {
                    Ok(Measured { value, at, exchange: Exchange::of_text(text) })
                }
                Err((problem, detail)) => {
                    Err(SourceError::new(problem, format!("{}{text}", self.settings.url), detail))
                }
            });
        }
        answers
    }

    async fn fetch(&self, path: &str) -> Result<serde_json::Value, Failed> {
        let connection = |error: &dyn std::fmt::Display| (Problem::Connection, error.to_string());
        let stream = TcpStream::connect((self.host.as_str(), self.port))
            .await
            .map_err(|error| connection(&error))?;
        let wire: Box<dyn Wire> = match &self.tls {
            None => Box::new(stream),
            Some(tls) => {
                let secure = tls.over(stream).await;
                Box::new(secure.map_err(|error| (tls::problem(&error), error.to_string()))?)
            }
        };
        let (mut sender, driven) =
            http1::handshake(TokioIo::new(wire)).await.map_err(|error| connection(&error))?;
        let driver = tokio::spawn(driven);
        let answer = self.ask(&mut sender, path).await;
        driver.abort();
        answer
    }

    async fn ask(
        &self,
        sender: &mut http1::SendRequest<Empty<Bytes>>,
        path: &str,
    ) -> Result<serde_json::Value, Failed> {
        let base =
            self.settings.url.parse::<Uri>().map(|it| it.path().trim_end_matches('/').to_owned());
        let base = base.unwrap_or_default();
        let mut request = Request::get(format!("{base}{path}"))
            .header(HOST, format!("{}:{}", self.host, self.port))
            .header(ACCEPT, "application/json");
        for (name, value) in &self.settings.headers {
            request = request.header(name, &value.0);
        }
        let request =
            request.body(Empty::new()).map_err(|it| (Problem::Address, it.to_string()))?;
        let response = sender
            .send_request(request)
            .await
            .map_err(|error| (Problem::Connection, error.to_string()))?;
        let status = response.status();
        if !status.is_success() {
            return Err((Problem::Refused, status.to_string()));
        }
        let most = self.settings.max_answer_bytes;
        let body = Limited::new(response.into_body(), most).collect().await.map_err(|error| {
            if error.is::<LengthLimitError>() {
                (Problem::TooLarge, format!("more than {most} bytes"))
            } else {
                (Problem::Connection, error.to_string())
            }
        })?;
        serde_json::from_slice(&body.to_bytes())
            .map_err(|error| (Problem::Frame, error.to_string()))
    }
}

fn shown(document: &serde_json::Value) -> String {
    document.to_string().chars().take(KEPT_BYTES / 4).collect()
}

/// Whether the part of an address before # is a path.
pub(crate) fn check(text: &str) -> Result<(), crate::address::AddressError> {
    let address = Address::parse(text)?;
    if !address.head.starts_with('/') {
        let (zh, en) =
            ("应以 / 开头，如 /meters#m[0].energy", "begin with /, as /meters#m[0].energy");
        return Err(crate::address::AddressError::new(text, zh, en));
    }
    Ok(())
}
