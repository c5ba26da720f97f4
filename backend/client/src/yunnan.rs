//! How a unit registers at a centre of Yunnan: a working key, an application with the encrypted password, an access key.

use nengce_messages::profile::yunnan;
use serde_json::{Value, json};

use crate::connection::Connection;
use crate::error::ClientError;
use crate::registration::Registration;

/// Applies where the unit has not applied before, and asks for an access key.
pub(crate) async fn register(
    centre: &Connection,
    known: Option<&Registration>,
) -> Result<Registration, ClientError> {
    let settings = &centre.settings;
    let code = &settings.enterprise_code;
    let missing = |what: &str| ClientError::Unwritable(format!("{}: {what}", settings.name));
    let password = settings.password.as_deref().ok_or_else(|| missing("password"))?;
    let mut first = json!({"enterpriseCode": code});
    if let Some(known) = known {
        first["dataIndex"] = json!(known.device_id);
    }
    if let Some(code) = &settings.registration_code {
        first["registrationCode"] = json!(code);
    }
    let key = text(&centre.ask("/enterpriseInfo/rwk", None, &first).await?, "secretKey")?;
    let password =
        yunnan::encrypt_password(&key, code, password).ok_or_else(|| missing("password"))?;
    let application = json!({
        "enterpriseCode": code, "password": password, "cmpName": code, "regionCode": settings.region,
    });
    let applied = centre.ask("/enterpriseInfo/apply", None, &application).await?;
    let login = json!({"enterpriseCode": code, "password": password});
    let given = centre.ask("/requestAK", None, &login).await?;
    Ok(Registration {
        device_id: text(&applied, "dataIndex")?,
        secret_key: Some(key),
        access_key: Some(text(&given, "token")?),
        upload_time: given["enterpriseUploadTime"].as_str().map(str::to_owned),
        data_url: centre.address("/dataEnterpriseEnergy"),
        configuration_url: None,
        metering_url: None,
        version_url: Some(centre.address("/checkVersion")),
        dictionaries_url: Some(centre.address("/dataDownload")),
    })
}

fn text(answer: &Value, name: &str) -> Result<String, ClientError> {
    let found = answer[name].as_str().map(str::to_owned);
    found.ok_or_else(|| ClientError::NotUnderstood { status: 200, text: answer.to_string() })
}
