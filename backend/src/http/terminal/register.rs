//! `POST /register`: a device for an enterprise. Registering again returns the same device.

use axum::extract::{Request, State};
use axum::response::Response;
use jiff::civil::{DateTime, Time};
use nengce_core::ingest::Defect;
use nengce_core::ingest::fields::text_of;
use nengce_core::ingest::profile::Proof;
use nengce_core::ingest::profile::anhui::Certificate;
use nengce_shared::problem::ProblemCode;
use rand::Rng;
use serde_json::json;

use super::{answer, sender};
use crate::http::state::AppState;
use crate::store::credentials::{Credential, Kind};
use crate::store::registry::{DeviceEntry, DeviceState, UnitEntry};

/// Answers with the device, the addresses of the other messages, and when to upload.
#[utoipa::path(post, path = "/register", tag = "terminal", request_body = inline(serde_json::Value),
    responses((status = 200, description = "deviceId, URLs and uploadTime; responseCode \"1\" with errors on refusal")))]
pub async fn register(State(state): State<AppState>, request: Request) -> Response {
    let peer = sender::peer(&request);
    let message = match super::tree(&state, request).await {
        Ok(it) => it,
        Err(defect) => return answer::refused(&defect),
    };
    let missing =
        |field| answer::refused(&Defect::new(field, ProblemCode::EntryFieldMissing, field));
    let Some(code) = text_of(&message, &["enterpriseCode"]) else {
        return missing("enterpriseCode");
    };
    let code = match super::credit_code(&code) {
        Ok(it) => it,
        Err(defect) => return answer::refused(&defect),
    };
    let may = sender::may_speak(&state, &state.store.registry(), &code, peer.as_deref());
    if let Err(defect) = may {
        return answer::refused(&defect);
    }
    let code = code.as_str().to_owned();
    let Some(region) = text_of(&message, &["region", "regionCode"]) else {
        return missing("region");
    };
    if let Err(defect) = check_region("region", &region) {
        return answer::refused(&defect);
    }
    let given = match device(&state, &code, region).await {
        Ok(it) => prove(&state, code, peer.as_deref())
            .await
            .map(|key| (it, key)),
        Err(error) => Err(error),
    };
    match given {
        Ok(((device_id, upload_time), key)) => {
            let at = |path: &str| format!("{}{path}", state.public_address);
            let mut told = json!({
                "deviceId": device_id,
                "loadConfigURL": at("/downloadConfigData"),
                "loadDicVersionURL": at("/versionCheck"),
                "centerInfoURL": at("/uploadConfigData"),
                "centerDataURL": at("/uploadEnergyData"),
                "centerMeteringDataURL": at("/uploadMeteringData"),
                "centerInfoDownloadURL": at("/downloadConfigData"),
                "centerDataDownloadURL": at("/downloadBaseData"),
                "downloadBaseDataURL": at("/downloadBaseData"),
                "uploadTime": upload_time,
            });
            if let Some(key) = key {
                told["secretKey"] = json!(key);
            }
            answer::success(told)
        }
        Err(error) => answer::failed(&error),
    }
}

/// Six digits of GB/T 2260.
pub(super) fn check_region(field: &'static str, region: &str) -> Result<(), Defect> {
    if region.len() == 6 && region.bytes().all(|it| it.is_ascii_digit()) {
        return Ok(());
    }
    Err(Defect::new(field, ProblemCode::EntryRegionInvalid, region)
        .hint("6 位行政区划代码", "six digits of GB/T 2260"))
}

/// The device of an enterprise, a new one where it has none, and when it uploads.
pub(super) async fn device(
    state: &AppState,
    code: &str,
    region: String,
) -> crate::store::Result<(String, String)> {
    let known = {
        let registry = state.store.registry();
        registry
            .unit_by_code(code)
            .and_then(|it| registry.device_of_unit(it.unit_id))
            .map(|it| (it.device_id.clone(), it.upload_time.clone()))
    };
    match known {
        Some(it) => Ok(it),
        None => create(state, code.to_owned(), region).await,
    }
}

/// Keeps what the profile proves senders with; a key is told, and the same one when asked again.
async fn prove(
    state: &AppState,
    code: String,
    peer: Option<&Certificate>,
) -> crate::store::Result<Option<String>> {
    let (kind, value) = match (state.profile.proof, peer) {
        (Proof::SecretKey, _) => (Kind::SecretKey, random_id()),
        (Proof::Certificate, Some(peer)) => (Kind::Certificate, peer.fingerprint.clone()),
        _ => return Ok(None),
    };
    let known = state
        .store
        .registry()
        .credentials
        .get(&code, kind)
        .map(str::to_owned);
    let kept = match known {
        Some(it) if kind == Kind::SecretKey || it == value => it,
        _ => credential(state, code, kind, value, None).await?,
    };
    Ok((kind == Kind::SecretKey).then_some(kept))
}

/// Writes one credential; two first registrations at once get the one that was written first.
pub(super) async fn credential(
    state: &AppState,
    code: String,
    kind: Kind,
    value: String,
    expires_at: Option<DateTime>,
) -> crate::store::Result<String> {
    let now = state.clock.now();
    state
        .store
        .write(move |write| {
            let it = Credential {
                enterprise_code: code,
                kind,
                value: value.clone(),
                expires_at,
            };
            if matches!(kind, Kind::SecretKey | Kind::WorkingKey)
                && let Some(first) = write.credential(&it.enterprise_code, kind)
            {
                return Ok(first);
            }
            write.put_credential(it, now)?;
            Ok(value)
        })
        .await
}

async fn create(
    state: &AppState,
    code: String,
    region: String,
) -> crate::store::Result<(String, String)> {
    let now = state.clock.now();
    let start: Time = state
        .config
        .upload_window_start
        .parse()
        .unwrap_or(Time::midnight());
    let window = state.config.upload_window_minutes;
    let approve = state.config.auto_approve_devices;
    state
        .store
        .write(move |write| {
            let unit = match write.unit(&code) {
                Some(it) => it,
                None => write.put_unit(
                    UnitEntry {
                        unit_id: 0,
                        name: code.clone(),
                        enterprise_code: code,
                        region_code: region,
                        industry_code: String::new(),
                        class: "ten_thousand".to_owned(),
                    },
                    now,
                )?,
            };
            if let Some(it) = write.device_of_unit(unit.unit_id) {
                return Ok((it.device_id, it.upload_time));
            }
            let device = DeviceEntry {
                device_id: random_id(),
                unit_id: unit.unit_id,
                state: DeviceState::Pending,
                upload_time: upload_time(start, window, write.device_count()),
                last_seen: None,
            };
            write.create_device(device.clone(), now)?;
            if approve {
                write.approve_new(device.clone(), now)?;
            }
            Ok((device.device_id, device.upload_time))
        })
        .await
}

/// 32 hexadecimal digits.
pub fn random_id() -> String {
    let mut bytes = [0u8; 16];
    rand::rng().fill_bytes(&mut bytes);
    bytes.iter().map(|it| format!("{it:02x}")).collect()
}

/// The n-th device's time: halves, quarters, eighths … of the window, so that any number is spread evenly.
fn upload_time(start: Time, window_minutes: u32, n: usize) -> String {
    let fraction = f64::from((n as u32).reverse_bits()) / 2f64.powi(32);
    let seconds = (fraction * f64::from(window_minutes) * 60.0) as i64;
    start
        .wrapping_add(jiff::SignedDuration::from_secs(seconds))
        .strftime("%H:%M:%S")
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn upload_times_spread_over_the_window() {
        let times: Vec<_> = (0..4)
            .map(|n| upload_time(Time::midnight(), 240, n))
            .collect();
        assert_eq!(times, ["00:00:00", "02:00:00", "01:00:00", "03:00:00"]);
    }

    #[test]
    fn device_ids_are_32_hex() {
        let id = random_id();
        assert!(id.len() == 32 && id.bytes().all(|it| it.is_ascii_hexdigit()));
        assert_ne!(id, random_id());
    }
}
