//! How a unit registers at a centre of Yunnan, step by step: a working key, an application with the encrypted password, an
//! access key. The caller keeps what each step gave, so that a refusal or a stop between them loses nothing.

use nengce_messages::profile::yunnan;
use serde_json::{Value, json};

use crate::connection::Connection;
use crate::error::ClientError;
use crate::registration::Registration;
use crate::settings::Application;

/// Takes the next step after what is known.
pub(crate) async fn register(
    centre: &Connection,
    known: Option<&Registration>,
) -> Result<Registration, ClientError> {
    let Some((known, key)) = known.and_then(|it| Some((it, it.secret_key.as_deref()?))) else {
        return working_key(centre, known).await;
    };
    if known.device_id.is_empty() {
        let application = application(centre)?;
        let device_id =
            describe(centre, "/enterpriseInfo/apply", key, &application.enterprise, None).await?;
        return Ok(Registration { device_id, ..known.clone() });
    }
    let login = json!({
        "enterpriseCode": centre.settings.enterprise_code, "password": password(centre, key)?,
    });
    match centre.ask("/requestAK", None, &login).await {
        Ok(given) => Ok(Registration {
            access_key: Some(text(&given, "token")?),
            upload_time: given["enterpriseUploadTime"].as_str().map(str::to_owned),
            ..known.clone()
        }),
        // The centre may have another working key by now, which it gives to whoever proves to be the unit.
        Err(error @ ClientError::Refused { .. }) => {
            let new = working_key(centre, Some(known)).await.ok();
            new.filter(|it| it.secret_key != known.secret_key).ok_or(error)
        }
        Err(error) => Err(error),
    }
}

/// Sends the unit's description again.
pub(crate) async fn update(
    centre: &Connection,
    given: &Registration,
    enterprise: &Value,
) -> Result<(), ClientError> {
    let key = given.secret_key.as_deref().unwrap_or_default();
    let index = Some(given.device_id.as_str());
    describe(centre, "/enterpriseInfo/update", key, enterprise, index).await.map(drop)
}

async fn working_key(
    centre: &Connection,
    known: Option<&Registration>,
) -> Result<Registration, ClientError> {
    let settings = &centre.settings;
    let mut message = json!({"enterpriseCode": settings.enterprise_code});
    if let Some(known) = known {
        message["dataIndex"] = json!(known.device_id);
        message["secretKey"] = json!(known.secret_key);
    }
    if let Some(code) = &settings.registration_code {
        message["registrationCode"] = json!(code);
    }
    let key = text(&centre.ask("/enterpriseInfo/rwk", None, &message).await?, "secretKey")?;
    Ok(Registration {
        device_id: String::new(),
        secret_key: Some(key),
        access_key: None,
        upload_time: None,
        data_url: centre.address("/dataEnterpriseEnergy"),
        configuration_url: Some(centre.address("/enterpriseInfo/update")),
        metering_url: None,
        version_url: Some(centre.address("/checkVersion")),
        dictionaries_url: Some(centre.address("/dataDownload")),
    })
}

/// Sends an application or its update; gives the `dataIndex`.
async fn describe(
    centre: &Connection,
    path: &str,
    key: &str,
    enterprise: &Value,
    data_index: Option<&str>,
) -> Result<String, ClientError> {
    let settings = &centre.settings;
    let mut message = enterprise.as_object().cloned().unwrap_or_default();
    if let Some(name) = message.get("name").cloned() {
        message.insert("cmpName".to_owned(), name);
    }
    let password = password(centre, key)?;
    let own = [
        ("enterpriseCode", Some(settings.enterprise_code.as_str())),
        ("regionCode", Some(&settings.region)),
        ("password", Some(&password)),
        ("dataIndex", data_index),
    ];
    message.extend(own.into_iter().filter_map(|(name, it)| Some((name.to_owned(), json!(it?)))));
    text(&centre.ask(path, None, &Value::Object(message)).await?, "dataIndex")
}

fn application(centre: &Connection) -> Result<&Application, ClientError> {
    centre.settings.application.as_ref().ok_or_else(|| no_password(centre))
}

/// The password as a message carries it.
fn password(centre: &Connection, key: &str) -> Result<String, ClientError> {
    let password = &application(centre)?.password;
    yunnan::encrypt_password(key, &centre.settings.enterprise_code, password)
        .ok_or_else(|| no_password(centre))
}

fn no_password(centre: &Connection) -> ClientError {
    ClientError::Unwritable(format!("{}: password", centre.settings.name))
}

fn text(answer: &Value, name: &str) -> Result<String, ClientError> {
    let found = answer[name].as_str().map(str::to_owned);
    found.ok_or_else(|| ClientError::NotUnderstood { status: 200, text: answer.to_string() })
}
