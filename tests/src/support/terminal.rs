//! A terminal as the protocol has it: registers, then follows the addresses it was given.

use serde_json::{Value, json};

use super::answer::Answer;
use super::app::TestApp;
use super::enterprise::Enterprise;

pub struct Terminal<'a> {
    app: &'a TestApp,
    pub enterprise: Enterprise,
    pub device_id: String,
    /// The answer to the registration.
    pub registration: Value,
}

impl<'a> Terminal<'a> {
    /// Registers again as a terminal that kept its id.
    pub fn register(app: &'a TestApp, enterprise: &Enterprise) -> Self {
        let mut message = json!({"enterpriseCode": enterprise.code, "region": enterprise.region});
        if let Some(id) = app.known_device(&enterprise.code) {
            message["deviceId"] = json!(id);
        }
        let registration = app.post("/register", &message).received();
        let device_id = registration["deviceId"].as_str().expect("a deviceId").to_owned();
        app.know_device(&enterprise.code, &device_id);
        Self { app, enterprise: enterprise.clone(), device_id, registration }
    }

    /// The address a registration gave.
    fn address(&self, name: &str) -> &str {
        self.registration[name].as_str().unwrap_or_else(|| panic!("{name}: {}", self.registration))
    }

    pub fn message(&self, entries: &[Value]) -> Value {
        json!({"deviceId": self.device_id, "enterpriseCode": self.enterprise.code, "data": entries})
    }

    pub fn upload(&self, entries: &[Value]) -> Answer {
        self.upload_message(&self.message(entries))
    }

    /// `None` when the connection broke before there was an answer.
    pub fn try_upload(&self, entries: &[Value]) -> Option<Answer> {
        self.app.try_post(self.address("centerDataURL"), &self.message(entries))
    }

    pub fn upload_message(&self, message: &Value) -> Answer {
        self.app.post(self.address("centerDataURL"), message)
    }

    pub fn upload_bytes(&self, body: Vec<u8>, headers: &[(&str, &str)]) -> Answer {
        self.app.post_bytes(self.address("centerDataURL"), body, headers)
    }

    pub fn upload_config(&self) -> Answer {
        self.upload_configuration(&self.enterprise.config_message(&self.device_id))
    }

    pub fn upload_configuration(&self, message: &Value) -> Answer {
        self.app.post(self.address("centerInfoURL"), message)
    }

    pub fn upload_metering(&self, message: &Value) -> Answer {
        self.app.post(self.address("centerMeteringDataURL"), message)
    }

    /// `GET /api/v1/units/{code}/{rest}`.
    pub fn get(&self, rest: &str) -> Answer {
        self.app.get(&format!("/api/v1/units/{}{rest}", self.enterprise.code))
    }

    /// The raw readings of an item.
    pub fn readings(&self, data_code: &str, stat_type: u8) -> Vec<Value> {
        let answer =
            self.get(&format!("/readings?data_code={data_code}&stat_type={stat_type}&limit=1000"));
        answer.ok()["rows"].as_array().expect("rows").clone()
    }
}
