//! A recorded conversation and its replay. In requests `{name}` is a noted value, `{encrypted:text}` and `{password:text}`
//! are encrypted with the key of the registration; in answers `{=name}` notes a value, and all that is written must be there.

use std::collections::BTreeMap;

use nengce_messages::profile::sm4::Key;
use nengce_messages::profile::yunnan;
use nengce_tests::support::answer::Answer;
use nengce_tests::support::sources::workspace;
use serde_json::{Map, Value};

pub(crate) struct Conversation {
    pub known: BTreeMap<String, String>,
}

impl Conversation {
    pub(crate) fn new(url: &str, enterprise: &str) -> Self {
        let known = [("url", url), ("enterprise", enterprise)];
        Self { known: known.map(|(a, b)| (a.to_owned(), b.to_owned())).into() }
    }

    /// Replays a recording: `post` sends path, bearer token and body; `approve` acts as an operator.
    #[track_caller]
    pub(crate) fn replay(
        &mut self,
        name: &str,
        post: impl Fn(&str, Option<&str>, &Value) -> Answer,
        approve: impl Fn(&str),
    ) {
        let file = workspace().join(format!("tests/fixtures/conversations/{name}.json"));
        let text = std::fs::read_to_string(&file).expect("the recording is there");
        let steps: Vec<Map<String, Value>> =
            serde_json::from_str(&text).expect("the recording is JSON");
        for (at, step) in steps.iter().enumerate() {
            if let Some(device) = step.get("approve") {
                approve(&self.filled(device.as_str().expect("a device")));
                continue;
            }
            let body = self.fill(&step["body"]);
            let bearer = step.get("bearer").and_then(Value::as_str).map(|it| self.filled(it));
            let path = step["post"].as_str().expect("a path");
            let answer = post(path, bearer.as_deref(), &body);
            assert_eq!(answer.status, 200, "{name} step {at}: {}", answer.text());
            self.learn(&step["answer"], &answer.json(), &format!("{name} step {at} {path}"));
        }
    }

    /// The body of a request with the noted values filled in.
    pub(crate) fn fill(&self, pattern: &Value) -> Value {
        match pattern {
            Value::String(it) => Value::from(self.filled(it)),
            Value::Array(it) => it.iter().map(|it| self.fill(it)).collect(),
            Value::Object(it) => {
                it.iter().map(|(name, it)| (name.clone(), self.fill(it))).collect()
            }
            it => it.clone(),
        }
    }

    fn filled(&self, text: &str) -> String {
        if let Some(plain) = text.strip_prefix("{encrypted:").and_then(|it| it.strip_suffix('}')) {
            return Key::from_hex(&self.known["secretKey"])
                .expect("a key of 32 digits")
                .encrypt(plain);
        }
        if let Some(plain) = text.strip_prefix("{password:").and_then(|it| it.strip_suffix('}')) {
            return yunnan::encrypt_password(
                &self.known["secretKey"],
                &self.known["enterprise"],
                plain,
            )
            .expect("a password of at most 14 characters");
        }
        self.known.iter().fold(text.to_owned(), |text, (name, value)| {
            text.replace(&format!("{{{name}}}"), value)
        })
    }

    fn learn(&mut self, expected: &Value, found: &Value, what: &str) {
        match expected {
            Value::Object(it) => {
                for (name, it) in it {
                    self.learn(it, &found[name], &format!("{what}: {name}"));
                }
            }
            Value::Array(it) => {
                assert_eq!(found.as_array().map(Vec::len), Some(it.len()), "{what}: {found}");
                for (at, it) in it.iter().enumerate() {
                    self.learn(it, &found[at], what);
                }
            }
            Value::String(it) if it.starts_with("{=") => {
                let name = it.trim_start_matches("{=").trim_end_matches('}');
                let value = found.as_str().unwrap_or_else(|| panic!("{what}: {found}"));
                assert!(!value.is_empty(), "{what}");
                self.known.insert(name.to_owned(), value.to_owned());
            }
            Value::String(it) => {
                assert_eq!(found.as_str(), Some(self.filled(it).as_str()), "{what}")
            }
            it => assert_eq!(found, it, "{what}"),
        }
    }
}
