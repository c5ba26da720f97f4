//! The dialects of a simulated terminal: national messages, Shandong's encrypted fields, Yunnan's records with an
//! access key.

use anyhow::{Context, Result, bail};
use nengce_core::city::CityUnit;
use nengce_messages::profile::sm4::Key;
use nengce_messages::profile::{Proof, yunnan};
use nengce_messages::write;
use serde_json::{Value, json};

use super::admin::Admin;
use super::post::post;
use crate::config::profile_bindings::ProfileBinding;

/// The password of every simulated unit of Yunnan.
const PASSWORD: &str = "nengce-demo";

pub(super) enum Dialect {
    National,
    Shandong(Key),
    /// With its access key.
    Yunnan(String),
}

/// The result of a registration, with the fields of the national answer.
pub(super) struct Registered {
    pub answer: Value,
    pub dialect: Dialect,
}

/// Registers a unit the way a profile does.
pub(super) async fn register(
    admin: &Admin,
    binding: &ProfileBinding,
    unit: &CityUnit,
    known: Option<&String>,
) -> Result<Registered> {
    let base = format!("{}{}", admin.server, binding.prefix);
    let code = &unit.enterprise_code;
    if binding.profile.proof == Proof::AccessKey {
        return apply(admin, base, unit, known).await;
    }
    let message = write::register(code, &unit.region, known.map(String::as_str), None);
    // With the administrator's token the many registrations of one machine are not counted.
    let token = admin.token.as_deref();
    let url = format!("{base}/register");
    let answer = post(&admin.http, &url, token, message.to_string()).await?;
    let dialect = match answer["secretKey"].as_str().and_then(Key::from_hex) {
        Some(key) if binding.profile.proof == Proof::SecretKey => Dialect::Shandong(key),
        _ => Dialect::National,
    };
    Ok(Registered { answer, dialect })
}

async fn apply(
    admin: &Admin,
    base: String,
    unit: &CityUnit,
    known: Option<&String>,
) -> Result<Registered> {
    let code = &unit.enterprise_code;
    let ask = async |path: &str, message: Value| -> Result<Value> {
        let token = admin.token.as_deref();
        let url = format!("{base}{path}");
        let answer = post(&admin.http, &url, token, message.to_string()).await?;
        if answer["responseCode"] != 200 {
            bail!("{path}: {answer}");
        }
        Ok(answer["data"].clone())
    };
    let mut first = json!({"enterpriseCode": code});
    if let Some(index) = known {
        first["dataIndex"] = json!(index);
    }
    let key = ask("/enterpriseInfo/rwk", first).await?;
    let key = key["secretKey"].as_str().context("no secretKey")?.to_owned();
    let password = yunnan::encrypt_password(&key, code, PASSWORD).context("no password")?;
    let index = ask(
        "/enterpriseInfo/apply",
        json!({
            "enterpriseCode": code, "password": password, "cmpName": unit.name, "regionCode": unit.region,
            "industryCode": unit.industry,
        }),
    )
    .await?;
    let login = json!({"enterpriseCode": code, "password": password});
    let given = ask("/requestAK", login).await?;
    let token = given["token"].as_str().context("no token")?.to_owned();
    Ok(Registered {
        answer: json!({
            "deviceId": index["dataIndex"], "uploadTime": given["enterpriseUploadTime"],
            "centerDataURL": format!("{base}/dataEnterpriseEnergy"), "centerInfoURL": "", "centerMeteringDataURL": "",
        }),
        dialect: Dialect::Yunnan(token),
    })
}

impl Dialect {
    /// The key with which the fields of an entry are encrypted.
    pub(super) fn key(&self) -> Option<&Key> {
        match self {
            Self::Shandong(key) => Some(key),
            _ => None,
        }
    }

    pub(super) fn token(&self) -> Option<&str> {
        match self {
            Self::Yunnan(token) => Some(token),
            _ => None,
        }
    }
}
