//! `POST /register`: a device for an enterprise. Registering again returns the same device.

use axum::extract::{Request, State};
use axum::response::Response;
use jiff::civil::Time;
use nengce_core::ingest::Defect;
use nengce_core::ingest::fields::text_of;
use nengce_shared::problem::ProblemCode;
use rand::Rng;
use serde_json::json;

use super::answer;
use crate::http::state::AppState;
use crate::store::registry::{DeviceEntry, DeviceState, UnitEntry};

/// Answers with the device, the addresses of the other messages, and when to upload.
#[utoipa::path(post, path = "/register", tag = "terminal", request_body = inline(serde_json::Value),
    responses((status = 200, description = "deviceId, URLs and uploadTime; responseCode \"1\" with errors on refusal")))]
pub async fn register(State(state): State<AppState>, request: Request) -> Response {
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
        Ok(it) => it.as_str().to_owned(),
        Err(defect) => return answer::refused(&defect),
    };
    let Some(region) = text_of(&message, &["region", "regionCode"]) else {
        return missing("region");
    };
    if region.len() != 6 || !region.bytes().all(|it| it.is_ascii_digit()) {
        return answer::refused(
            &Defect::new("region", ProblemCode::EntryRegionInvalid, region)
                .hint("6 位行政区划代码", "six digits of GB/T 2260"),
        );
    }
    let known = {
        let registry = state.store.registry();
        registry
            .unit_by_code(&code)
            .and_then(|it| registry.device_of_unit(it.unit_id))
            .map(|it| (it.device_id.clone(), it.upload_time.clone()))
    };
    let device = match known {
        Some(it) => Ok(it),
        None => create(&state, code, region).await,
    };
    match device {
        Ok((device_id, upload_time)) => {
            let at = |path: &str| format!("{}{path}", state.public_address);
            answer::success(json!({
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
            }))
        }
        Err(error) => answer::failed(&error),
    }
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
