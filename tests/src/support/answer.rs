//! An HTTP answer with the checks that every test makes of it.

use std::collections::BTreeMap;

use serde_json::Value;

/// Media type of the API's errors.
const PROBLEM: &str = "application/problem+json";

pub struct Answer {
    pub status: u16,
    pub headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
    /// Method and path, for messages.
    pub what: String,
}

impl Answer {
    pub fn of(what: String, response: reqwest::blocking::Response) -> Self {
        let status = response.status().as_u16();
        // A header that occurs twice is one list.
        let mut headers = BTreeMap::<String, String>::new();
        for (name, value) in response.headers() {
            let value = String::from_utf8_lossy(value.as_bytes());
            let all = headers.entry(name.to_string()).or_default();
            if !all.is_empty() {
                all.push_str(", ");
            }
            all.push_str(&value);
        }
        let body = response.bytes().map(|bytes| bytes.to_vec()).unwrap_or_default();
        Self { status, headers, body, what }
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| {
            panic!("{}: {} {error}: {}", self.what, self.status, self.text())
        })
    }

    /// The body of a 200 answer of the API.
    #[track_caller]
    pub fn ok(&self) -> Value {
        assert_eq!(self.status, 200, "{}: {}", self.what, self.text());
        self.json()
    }

    /// The body of an answer of the API as the type of its contract.
    #[track_caller]
    pub fn read<T: serde::de::DeserializeOwned>(&self) -> T {
        assert_eq!(self.status, 200, "{}: {}", self.what, self.text());
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{}: {error}: {}", self.what, self.text()))
    }

    /// An error of the API: its status, media type, and code of the closed table.
    #[track_caller]
    pub fn problem(&self, status: u16, code: &str) -> Value {
        assert_eq!(self.status, status, "{}: {}", self.what, self.text());
        assert!(
            self.header("content-type").starts_with(PROBLEM),
            "{}: {}",
            self.what,
            self.header("content-type")
        );
        let body = self.json();
        assert_eq!(body["code"], code, "{}: {body}", self.what);
        assert_eq!(body["status"], status, "{}: {body}", self.what);
        body
    }

    /// A terminal's success: HTTP 200, code "0", and the sentence that terminals wait for.
    #[track_caller]
    pub fn received(&self) -> Value {
        let body = self.json();
        assert_eq!(self.status, 200, "{}: {body}", self.what);
        assert_eq!(body["responseCode"], "0", "{}: {body}", self.what);
        assert_eq!(body["responseMessage"], "RECEIVE SUCCESS", "{}: {body}", self.what);
        body
    }

    /// A terminal's failure in the protocol's shape: code "1" and a Chinese sentence.
    #[track_caller]
    pub fn refused(&self) -> Value {
        let body = self.json();
        assert_eq!(body["responseCode"], "1", "{}: {} {body}", self.what, self.status);
        let sentence = body["responseMessage"].as_str().unwrap_or_default();
        let chinese = sentence.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        assert!(chinese, "{}: a Chinese sentence says why: {body}", self.what);
        body
    }

    /// The one rejected entry of a message: its index, field, code.
    #[track_caller]
    pub fn refused_entry(&self, index: u64, field: &str, code: &str) -> Value {
        let body = self.refused();
        let errors = body["errors"].as_array().cloned().unwrap_or_default();
        let error = errors.iter().find(|error| error["index"] == index && error["code"] == code);
        let error =
            error.unwrap_or_else(|| panic!("{}: no {code} of entry {index}: {body}", self.what));
        assert_eq!(error["field"], field, "{}: {body}", self.what);
        assert!(!error["reason"].as_str().unwrap_or_default().is_empty(), "{}: {body}", self.what);
        body
    }
}
