//! Every address of the server, on one screen: a path, its method, its handler.

use axum::Router;
use axum::routing::{get, post};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::trace::TraceLayer;

use super::state::AppState;
use super::terminal::{config, download, energy, metering, register, version};
use super::{devices, health, uploads, web};

pub fn router(state: AppState) -> Router {
    Router::new()
        // Terminal protocol
        .route("/register", post(register::register))
        .route("/versionCheck", post(version::version_check))
        .route("/uploadConfigData", post(config::upload_config_data))
        .route("/uploadEnergyData", post(energy::upload_energy_data))
        .route("/uploadMeteringData", post(metering::upload_metering_data))
        .route("/downloadBaseData", post(download::download_base_data))
        .route("/downloadConfigData", post(download::download_config_data))
        // Devices and uploads
        .route("/api/v1/devices", get(devices::list_devices))
        .route("/api/v1/devices/{device_id}/approve", post(devices::approve_device))
        .route("/api/v1/devices/{device_id}/revoke", post(devices::revoke_device))
        .route("/api/v1/uploads", get(uploads::list_uploads))
        .route("/api/v1/uploads/{upload_id}/rejected", get(uploads::list_rejected))
        // Operation
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .route("/metrics", get(health::metrics))
        // The portal
        .fallback(get(web::portal))
        .layer(CompressionLayer::new())
        .layer(CatchPanicLayer::new())
        .layer(TraceLayer::new_for_http())
        .with_state(state)
}
