//! Every address of the server, on one screen: a path, its method, its handler.

use std::net::SocketAddr;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::middleware::{from_fn, from_fn_with_state, map_response, map_response_with_state};
use axum::routing::{MethodRouter, delete, get, post, put};
use nengce_core::ingest::profile::{Profile, Proof};
use nengce_shared::mask::mask_within;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, Predicate, SizeAbove};
use tower_http::trace::TraceLayer;
use utoipa::OpenApi;

use super::content::problem;
use super::imports::{bulk, bulk_results, files, jobs, profiles};
use super::openapi::{docs, document};
use super::operators::{
    claims, connection_failures, device_bindings, devices, maintenance, replacements, tokens,
    unit_changes, uploads,
};
use super::quality::{findings, units as quality_of_units};
use super::state::AppState;
use super::terminal::registration::register;
use super::terminal::unknown_paths::UnknownPaths;
use super::terminal::{answer, config, download, energy, metering, shandong, version, yunnan};
use super::transport::client_certificate::{self, ForwardedCertificate};
use super::transport::{body_size, body_timeout, host_header, response_limits, security_headers};
use super::views::{city, slice, snapshot, unit};
use super::{events, health, portal, quality};
use crate::config::profile_bindings::ProfileBinding;

/// The terminal protocol as a profile speaks it: paths below its prefix.
fn messages(profile: &Profile) -> Vec<(&'static str, MethodRouter<AppState>)> {
    if profile.proof == Proof::AccessKey {
        let routes = [
            ("/enterpriseInfo/rwk", post(yunnan::request_working_key)),
            ("/enterpriseInfo/apply", post(yunnan::apply)),
            ("/enterpriseInfo/update", post(yunnan::update)),
            ("/requestAK", post(yunnan::request_access_key)),
            ("/checkVersion", post(yunnan::check_version)),
            ("/platformAccessURL", post(yunnan::platform_access_url)),
            ("/dataDownload", post(yunnan::data_download)),
            ("/dataDownload/public", post(yunnan::public_data_download)),
            ("/dataEnterpriseEnergy", post(yunnan::upload_record)),
        ];
        let shaped = |(path, it): (_, MethodRouter<AppState>)| {
            let it = it.layer(CatchPanicLayer::custom(answer::panicked));
            (path, it.layer(map_response(yunnan::reshape)))
        };
        return routes.into_iter().map(shaped).collect();
    }
    let data = if profile.proof == Proof::SecretKey {
        post(shandong::upload_sealed_data)
    } else {
        post(energy::upload_energy_data)
    };
    let routes = [
        ("/register", post(register::register)),
        ("/versionCheck", post(version::version_check)),
        ("/uploadConfigData", post(config::upload_config_data)),
        ("/uploadEnergyData", data),
        ("/uploadMeteringData", post(metering::upload_metering_data)),
        ("/downloadBaseData", post(download::download_base_data)),
        ("/downloadConfigData", post(download::download_config_data)),
    ];
    let caught = |(path, it): (_, MethodRouter<AppState>)| {
        (path, it.layer(CatchPanicLayer::custom(answer::panicked)))
    };
    routes.into_iter().map(caught).collect()
}

/// The profiles of a listener, each with its own address, and what answers a POST that has none; `bound`: a listener of
/// theirs, else the server's.
fn terminals(
    state: &AppState,
    bindings: &[&ProfileBinding],
    bound: Option<SocketAddr>,
) -> (Router<AppState>, UnknownPaths) {
    let (mut all, mut paths) = (Router::new(), Vec::new());
    for binding in bindings {
        let address = match bound {
            None => format!("{}{}", state.public_address, binding.prefix),
            bound => state.config.address_of(binding, bound),
        };
        let mut part = Router::new();
        for (path, route) in messages(binding.profile) {
            let path = format!("{}{path}", binding.prefix);
            part = part.route(&path, route);
            paths.push(path);
        }
        all = all.merge(part.with_state(state.for_profile(binding.profile, address)));
    }
    let routes = all.clone().with_state(state.clone());
    (all, UnknownPaths::new(routes, paths, bindings))
}

/// What the log says of a request: ids of devices in its address are masked.
fn span(request: &Request) -> tracing::Span {
    let address = mask_within(&request.uri().to_string(), |_| true);
    tracing::debug_span!("request", method = %request.method(), uri = %address)
}

/// Short answers are not: terminals that copy `Accept-Encoding: gzip` from somewhere can read them as they are.
fn worth_packing() -> impl Predicate {
    DefaultPredicate::new().and(SizeAbove::new(1_024))
}

fn layered(router: Router<AppState>, state: AppState) -> anyhow::Result<Router> {
    let router = router
        .method_not_allowed_fallback(problem::method_not_allowed)
        .layer(from_fn_with_state(state.clone(), body_size::limit))
        .layer(DefaultBodyLimit::max(state.config.max_small_body_bytes))
        .layer(from_fn_with_state(state.clone(), body_timeout::limit))
        .layer(from_fn_with_state(state.clone(), response_limits::limit));
    let router = match ForwardedCertificate::of(&state.config, &state.proxies)? {
        Some(forwarded) => router.layer(from_fn_with_state(forwarded, client_certificate::read)),
        None => router,
    };
    Ok(router
        .layer(from_fn(host_header::check))
        .layer(map_response(problem::of_plain_error))
        .layer(CompressionLayer::new().compress_when(worth_packing()))
        .layer(CatchPanicLayer::custom(problem::panicked))
        .layer(map_response_with_state(state.clone(), security_headers::add))
        // What fails is logged where it does; a line for each that is told to come again would fill the log.
        .layer(TraceLayer::new_for_http().make_span_with(span).on_failure(()))
        .with_state(state))
}

/// A listener that terminals of one profile alone come to.
pub fn terminal_router(
    state: AppState,
    binding: &ProfileBinding,
    bound: SocketAddr,
) -> anyhow::Result<Router> {
    let (routes, known) = terminals(&state, &[binding], Some(bound));
    let router = routes
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .fallback(post(known).fallback(problem::unknown_path));
    layered(router, state)
}

/// One line for each operation that is described beside its handler: the line makes its route and its entry in the
/// API document, so that neither can be forgotten.
macro_rules! operations {
    ($($method:ident $path:literal $($handler:ident)::+;)*) => {
        fn operations() -> Router<AppState> {
            Router::new()$(.route($path, $method($($handler)::+)))*
        }

        #[derive(OpenApi)]
        #[openapi(paths($($($handler)::+),*))]
        struct Operations;
    };
}

operations! {
    // Devices and uploads
    get "/api/v1/devices" devices::list_devices;
    post "/api/v1/devices/{device_id}/approve" devices::approve_device;
    post "/api/v1/devices/{device_id}/revoke" devices::revoke_device;
    post "/api/v1/devices/{device_id}/code" device_bindings::make_code;
    post "/api/v1/devices/{device_id}/release" device_bindings::release_device;
    get "/api/v1/claims" claims::list_claims;
    post "/api/v1/claims/{claim_id}/confirm" claims::confirm_claim;
    post "/api/v1/claims/{claim_id}/refuse" claims::refuse_claim;
    get "/api/v1/uploads" uploads::list_uploads;
    get "/api/v1/uploads/{upload_id}/rejected" uploads::list_rejected;
    // Changes of approved units
    get "/api/v1/unit-changes" unit_changes::list_unit_changes;
    post "/api/v1/unit-changes/{change_id}/approve" unit_changes::approve_unit_change;
    post "/api/v1/unit-changes/{change_id}/refuse" unit_changes::refuse_unit_change;
    // Files of people
    post "/api/v1/imports/{kind}" files::import_file;
    post "/api/v1/imports/{kind}/preview" jobs::preview_file;
    post "/api/v1/imports/{kind}/jobs" jobs::start_job;
    get "/api/v1/imports/jobs/{job_id}" jobs::get_job;
    get "/api/v1/imports/jobs/{job_id}/rejected" jobs::get_job_rejected;
    get "/api/v1/import-profiles" profiles::list_profiles;
    get "/api/v1/import-profiles/{name}" profiles::get_profile;
    put "/api/v1/import-profiles/{name}" profiles::put_profile;
    delete "/api/v1/import-profiles/{name}" profiles::delete_profile;
    // Industry systems
    post "/api/v1/bulk/readings" bulk::upload_readings;
    get "/api/v1/bulk" bulk_results::list_bulk;
    get "/api/v1/bulk/{bulk_id}" bulk_results::get_bulk;
    get "/api/v1/bulk/{bulk_id}/result" bulk_results::get_result;
    get "/api/v1/tokens" tokens::list_tokens;
    post "/api/v1/tokens" tokens::create_token;
    post "/api/v1/tokens/{name}/revoke" tokens::revoke_token;
    // Data quality
    get "/api/v1/quality/rules" quality::get_rules;
    get "/api/v1/quality/status" quality::get_status;
    get "/api/v1/quality/findings" findings::list_findings;
    get "/api/v1/quality/findings/{finding_id}" findings::get_finding;
    post "/api/v1/quality/findings/{finding_id}/waive" findings::waive_finding;
    get "/api/v1/quality/units" quality_of_units::list_units;
    get "/api/v1/quality/units/{code}" quality_of_units::get_unit;
    // Replacements that wait for approval
    get "/api/v1/replacements" replacements::list_replacements;
    post "/api/v1/replacements/approve" replacements::approve_batch;
    post "/api/v1/replacements/refuse" replacements::refuse_batch;
    post "/api/v1/replacements/{replacement_id}/approve" replacements::approve_one;
    post "/api/v1/replacements/{replacement_id}/refuse" replacements::refuse_one;
    // Maintenance
    post "/api/v1/maintenance/backup" maintenance::backup;
    post "/api/v1/maintenance/verify" maintenance::verify;
    post "/api/v1/maintenance/compact" maintenance::compact;
    post "/api/v1/maintenance/parquet" maintenance::parquet;
    // Operation
    get "/api/v1/connection-failures" connection_failures::list_connection_failures;
    get "/healthz" health::healthz;
    get "/readyz" health::readyz;
    get "/metrics" health::metrics;
}

/// The operations above as a part of the API document.
pub fn described() -> utoipa::openapi::OpenApi {
    Operations::openapi()
}

pub fn router(state: AppState, bindings: &[ProfileBinding]) -> anyhow::Result<Router> {
    let here: Vec<&ProfileBinding> = bindings.iter().filter(|it| it.listen.is_none()).collect();
    let (terminals, known) = terminals(&state, &here, None);
    let router = Router::new()
        // Terminal protocol, one part for each profile
        .merge(terminals)
        .merge(operations())
        // What the portal asks, and the description of the API
        .route("/api/v1/meta", get(city::meta::get_meta))
        .route("/api/v1/timeline", get(city::timeline::get_timeline))
        .route("/api/v1/dual-control", get(city::dual_control::get_dual_control))
        .route("/api/v1/energy-flow", get(city::energy_flow::get_energy_flow))
        .route("/api/v1/intensity", get(city::intensity::get_intensity))
        .route("/api/v1/intensity/decomposition", get(city::decomposition::get_decomposition))
        .route("/api/v1/benchmarks", get(city::benchmarks::get_subjects))
        .route("/api/v1/benchmarks/{subject}", get(city::benchmarks::get_benchmark))
        .route("/api/v1/inspection-targets", get(city::targets::get_targets))
        .route("/api/v1/units", get(city::units::get_units))
        .route("/api/v1/units/{code}", get(unit::card::get_unit))
        .route("/api/v1/units/{code}/energy", get(unit::energy::get_energy))
        .route("/api/v1/units/{code}/readings", get(unit::readings::get_readings))
        .route("/api/v1/units/{code}/calendar", get(unit::calendar::get_calendar))
        .route("/api/v1/units/{code}/load-duration", get(unit::load_duration::get_load_duration))
        .route("/api/v1/units/{code}/load-profile", get(unit::load_profile::get_load_profile))
        .route("/api/v1/units/{code}/meters", get(unit::meters::get_meters))
        .route("/api/v1/units/{code}/series", get(unit::series::get_series))
        .route("/api/v1/factors", get(city::factors::get_factors))
        .route("/api/v1/snapshot", get(snapshot::get_snapshot))
        .route("/api/v1/snapshot/days", get(snapshot::get_days))
        .route("/api/v1/slice", get(slice::get_slice))
        .route("/api/v1/events", get(events::get_events))
        .route("/api/openapi.json", get(document::get_openapi))
        .route("/api/docs", get(docs::get_docs))
        .route("/api/docs.css", get(docs::get_style))
        .route("/api/docs.js", get(docs::get_script))
        // The portal
        .fallback(get(portal::portal).post(known).fallback(problem::method_not_allowed));
    layered(router, state)
}
