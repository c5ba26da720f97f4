//! One centre as its client sees it: each message of the protocol is a function, and of an answer only its date is kept.

use anyhow::Result;
use nengce_messages::profile::Proof;
use nengce_messages::profile::sm4::Key;
use nengce_messages::write::{self, Entry, Value};
use serde_json::Value as Json;

use crate::answer::{self, Answer};
use crate::connection::Connection;
use crate::error::ClientError;
use crate::registration::{Registration, Versions};
use crate::settings::CentreSettings;
use crate::yunnan;

/// A centre that can be spoken to.
pub struct Centre(Connection);

impl Centre {
    /// # Errors
    /// A file of the settings cannot be read.
    pub fn new(settings: CentreSettings) -> Result<Self> {
        Ok(Self(Connection::new(settings)?))
    }

    /// The same centre as another unit speaks to it.
    #[must_use]
    pub fn for_unit(&self, enterprise_code: &str, region: &str) -> Self {
        Self(self.0.for_unit(enterprise_code, region))
    }

    /// The settings of this centre.
    pub fn settings(&self) -> &CentreSettings {
        &self.0.settings
    }

    /// The `Date` header of the last answer as it was written, and when it came.
    pub fn date(&self) -> Option<(String, std::time::Instant)> {
        self.0.date()
    }

    /// Registers; `known` is an earlier registration, which proves the sender. In Yunnan this takes three steps: the caller
    /// keeps what each gave, and calls again with it until the registration [has finished](Self::has_finished).
    ///
    /// # Errors
    /// The centre did not answer, refused, or gave no device.
    pub async fn register(
        &self,
        known: Option<&Registration>,
    ) -> Result<Registration, ClientError> {
        if self.0.settings.profile.proof == Proof::AccessKey {
            return yunnan::register(&self.0, known).await;
        }
        let message = write::register(
            &self.0.settings.enterprise_code,
            &self.0.settings.region,
            known.map(|it| it.device_id.as_str()),
            self.0.settings.registration_code.as_deref(),
        );
        let given = self.0.ask("/register", None, &message).await?;
        let text = |name: &str| given[name].as_str().filter(|it| !it.is_empty()).map(str::to_owned);
        let Some(device_id) = text("deviceId") else {
            return Err(ClientError::NotUnderstood { status: 200, text: given.to_string() });
        };
        Ok(Registration {
            device_id,
            secret_key: text("secretKey"),
            access_key: None,
            upload_time: text("uploadTime"),
            data_url: text("centerDataURL").unwrap_or_else(|| self.0.address("/uploadEnergyData")),
            configuration_url: text("centerInfoURL"),
            metering_url: text("centerMeteringDataURL"),
            version_url: text("loadDicVersionURL"),
            dictionaries_url: text("downloadBaseDataURL").or_else(|| text("centerDataDownloadURL")),
        })
    }

    /// Whether values can be sent with a registration.
    pub fn has_finished(&self, given: &Registration) -> bool {
        self.0.settings.profile.proof != Proof::AccessKey || given.access_key.is_some()
    }

    /// Asks for the versions in force.
    ///
    /// # Errors
    /// The centre did not answer or refused.
    pub async fn versions(&self, given: &Registration) -> Result<Versions, ClientError> {
        let url = given.version_url.clone().unwrap_or_else(|| self.0.address("/versionCheck"));
        let answer = self.0.ask(&url, Some(given), &write::version_check(&given.device_id)).await?;
        let text = |name: &str| answer[name].as_str().unwrap_or_default().to_owned();
        Ok(Versions { registration: text("regVersion"), dictionaries: text("dicVersion") })
    }

    /// Downloads one dictionary, or all of them.
    ///
    /// # Errors
    /// The centre did not answer or refused.
    pub async fn dictionaries(
        &self,
        given: &Registration,
        dictionary: Option<&str>,
    ) -> Result<Json, ClientError> {
        let url =
            given.dictionaries_url.clone().unwrap_or_else(|| self.0.address("/downloadBaseData"));
        let message = write::download_dictionaries(&given.device_id, dictionary);
        self.0.ask(&url, Some(given), &message).await
    }

    /// Downloads all dictionaries as the texts of their files, which a platform of this kind gives.
    ///
    /// # Errors
    /// The centre did not answer or refused.
    pub async fn dictionary_files(&self, given: &Registration) -> Result<Json, ClientError> {
        let url =
            given.dictionaries_url.clone().unwrap_or_else(|| self.0.address("/downloadBaseData"));
        let mut message = write::download_dictionaries(&given.device_id, None);
        message["format"] = Json::from("csv");
        self.0.ask(&url, Some(given), &message).await
    }

    /// Uploads the configuration of the unit, a message of `/uploadConfigData` without `deviceId`. Of it, Yunnan takes the
    /// description of the unit alone.
    ///
    /// # Errors
    /// The centre did not answer or refused the whole message.
    pub async fn upload_configuration(
        &self,
        given: &Registration,
        configuration: Json,
    ) -> Result<Answer, ClientError> {
        if self.0.settings.profile.proof == Proof::AccessKey {
            yunnan::update(&self.0, given, &configuration["enterprise"]).await?;
            return Ok(Answer::default());
        }
        let url = given.configuration_url.clone();
        let url = url.unwrap_or_else(|| self.0.address("/uploadConfigData"));
        self.upload(&url, given, configuration).await
    }

    /// Uploads the meters of the unit, a message of `/uploadMeteringData` without `deviceId`. Yunnan has no message of them.
    ///
    /// # Errors
    /// The centre did not answer or refused the whole message.
    pub async fn upload_meters(
        &self,
        given: &Registration,
        meters: Json,
    ) -> Result<Answer, ClientError> {
        if self.0.settings.profile.proof == Proof::AccessKey {
            return Ok(Answer::default());
        }
        let url = given.metering_url.clone();
        let url = url.unwrap_or_else(|| self.0.address("/uploadMeteringData"));
        self.upload(&url, given, meters).await
    }

    async fn upload(
        &self,
        url: &str,
        given: &Registration,
        mut message: Json,
    ) -> Result<Answer, ClientError> {
        message["deviceId"] = Json::from(given.device_id.as_str());
        message["enterpriseCode"] = Json::from(self.0.settings.enterprise_code.as_str());
        self.0.post(url, Some(given), message.to_string()).await
    }

    /// Uploads values. In a profile with one record per call, `rejected` counts places as in `values`.
    ///
    /// # Errors
    /// The centre did not answer or refused the whole message: every value is sent again.
    pub async fn upload_values(
        &self,
        given: &Registration,
        sent_at: i64,
        values: &[Value],
    ) -> Result<Answer, ClientError> {
        let key = given.secret_key.as_deref().and_then(Key::from_hex);
        let (profile, code) = (self.0.settings.profile, &self.0.settings.enterprise_code);
        let entries: Vec<Entry> = values.iter().map(Entry::from).collect();
        let bodies =
            write::energy_bodies(profile, key.as_ref(), &given.device_id, code, sent_at, &entries)
                .map_err(|error| ClientError::Unwritable(error.to_string()))?;
        let mut whole = Answer::default();
        for (index, body) in bodies.into_iter().enumerate() {
            match self.0.post(&given.data_url, Some(given), body).await {
                Ok(answer) => {
                    let rejected = std::mem::take(&mut whole.rejected);
                    whole = answer;
                    whole.rejected.splice(0..0, rejected);
                }
                Err(ClientError::Refused { code, text })
                    if profile.proof == Proof::AccessKey
                        && !matches!(code.as_str(), "403" | "404") =>
                {
                    let field = "data".to_owned();
                    (whole.code, whole.message) = (code.clone(), text.clone());
                    whole.rejected.push(answer::RejectedEntry { index, field, code, reason: text });
                }
                Err(error) => return Err(error),
            }
        }
        Ok(whole)
    }
}
