//! Lists every address of the server but those of inspections and of operation, one line each: a path, its method, its handler, the
//! permission that it needs, its place in the API document.

use std::net::SocketAddr;

use axum::Router;
use axum::middleware::map_response;
use axum::routing::{get, post};
use nengce_messages::profile::{Profile, Proof};
use nengce_shared::api::balance::BalanceView;
use nengce_shared::api::benchmark::{BenchmarkSubjects, BenchmarkView};
use nengce_shared::api::compliance::Compliance;
use nengce_shared::api::dual_control::DualControl;
use nengce_shared::api::energy_flow::EnergyFlow;
use nengce_shared::api::intensity::{Decomposition, IntensityView};
use nengce_shared::api::meta::{FactorRow, Meta, Timeline};
use nengce_shared::api::peers::PeerComparisonList;
use nengce_shared::api::savings::SavingsView;
use nengce_shared::api::slice::SliceView;
use nengce_shared::api::targets::InspectionTargets;
use nengce_shared::api::unit::{MeterList, UnitDetail, UnitEnergy, UnitList};
use nengce_shared::api::unit_readings::{
    Calendar, LoadDuration, LoadProfile, ReadingList, SeriesView,
};
use serde_json::Value;
use tower_http::catch_panic::CatchPanicLayer;

use super::access::authorisation;
use super::accounts::{
    import as account_import, invitations, manage, password, provider, publishing, second_factor,
    session, sessions, standing,
};
use super::audit::{list as audit, prints};
use super::content::problem;
use super::costs::{figures, plan_file, plans, shifts, tariff_file, tariffs};
use super::imports::{bulk, bulk_results, files, jobs, profiles};
use super::inspection_routes::inspection;
use super::layers::layered;
use super::openapi::document::{self, ApiDocument};
use super::openapi::operations::{Operations, operations, views};
use super::openapi::profiles::bound;
use super::operation_routes::operating;
use super::operators::{
    claims, device_bindings, device_evidence, devices, rejected, replacements, rotation, tokens,
    unit_changes, uploads,
};
use super::quality::{findings, units as quality_of_units};
use super::savings_projects::{list as savings_projects, steps as savings_steps};
use super::sharing::{looks, shares};
use super::state::AppState;
use super::submissions::{
    answers, confirm, decisions, drafts, files as thread_files, form, list as submissions, outages,
    values, values_file, withdrawal,
};
use super::terminal::registration::register;
use super::terminal::unknown_paths::UnknownPaths;
use super::terminal::{answer, config, download, energy, metering, shandong, version, yunnan};
use super::views::parameters::{FILTER, with};
use super::views::unit::audit_pack;
use super::views::{city, slice, snapshot, unit};
use super::{events, first_page, health, portal, quality, table_file};
use crate::config::profile_bindings::ProfileBinding;

// The terminal protocol, each path below the prefix of a profile's binding.

operations! { messages:
    post "/register" register::register, Sender;
    post "/versionCheck" version::version_check, Sender;
    post "/uploadConfigData" config::upload_config_data, Sender;
    post "/uploadMeteringData" metering::upload_metering_data, Sender;
    post "/downloadBaseData" download::download_base_data, Sender;
    post "/downloadConfigData" download::download_config_data, Sender;
}

operations! { plain_data:
    post "/uploadEnergyData" energy::upload_energy_data, Sender;
}

operations! { sealed_data:
    post "/uploadEnergyData" shandong::upload_sealed_data, Sender;
}

operations! { yunnan_messages:
    post "/enterpriseInfo/rwk" yunnan::request_working_key, Sender;
    post "/enterpriseInfo/apply" yunnan::apply, Sender;
    post "/enterpriseInfo/update" yunnan::update, Sender;
    post "/requestAK" yunnan::request_access_key, Sender;
    post "/checkVersion" yunnan::check_version, Sender;
    post "/platformAccessURL" yunnan::platform_access_url, Sender;
    post "/dataDownload" yunnan::data_download, Sender;
    post "/dataDownload/public" yunnan::public_data_download, Sender;
    post "/dataEnterpriseEnergy" yunnan::upload_record, Sender;
}

views! { views:
    frame Names "/api/v1/meta" city::meta::get_meta([]) -> Meta
        "Place, lists, editions, span of the data";
    frame Figures "/api/v1/timeline" city::timeline::get_timeline(FILTER) -> Timeline
        "Consumption by month for all years";
    frame Names "/api/v1/factors" city::factors::get_factors(["basis", "energy_type"]) -> [FactorRow]
        "Coal-equivalent factors with their sources";
    views Figures "/api/v1/dual-control" city::dual_control::get_dual_control(with(&["table"])) -> DualControl
        "Total and intensity against target, districts, industries, units";
    views Figures "/api/v1/energy-flow" city::energy_flow::get_energy_flow(with(&[])) -> EnergyFlow
        "Energy from purchase over conversion to end use, by energy type; links between units are inferred";
    views Figures "/api/v1/intensity" city::intensity::get_intensity(with(&["by", "table"])) -> IntensityView
        "Intensity by district, industry or unit";
    views Figures "/api/v1/intensity/decomposition" city::decomposition::get_decomposition(
        [&FILTER[..], &["from", "to", "by"]].concat()) -> Decomposition
        "LMDI between years, chained";
    views Figures "/api/v1/benchmarks" city::benchmarks::get_subjects(with(&[])) -> BenchmarkSubjects
        "Products and industries that can be compared";
    views Figures "/api/v1/benchmarks/{subject}" city::benchmarks::get_benchmark(with(&["period", "unit"])) -> BenchmarkView
        "Distribution, limits, ranks and potential of a product or an industry";
    views Figures "/api/v1/inspection-targets" city::targets::get_targets(with(&["criteria"])) -> InspectionTargets
        "Whom to visit, by a sum that can be redone";
    views Figures "/api/v1/slice" slice::get_slice(slice::KNOWN) -> SliceView
        "Additive figures by any dimensions; filters take lists by comma";
    units Figures "/api/v1/units" city::units::get_units(with(&["q", "reporting", "data", "limit", "cursor"])) -> UnitList
        "Units with their figures";
    units UnitData "/api/v1/units/{code}" unit::card::get_unit(unit::card::KNOWN) -> UnitDetail
        "One unit's card";
    units UnitData "/api/v1/units/{code}/energy" unit::energy::get_energy(unit::energy::KNOWN) -> UnitEnergy
        "One unit's energy by day, month or year";
    units UnitData "/api/v1/units/{code}/readings" unit::readings::get_readings(unit::readings::KNOWN) -> ReadingList
        "Raw readings with the values they replaced";
    units UnitData "/api/v1/units/{code}/calendar" unit::calendar::get_calendar(unit::calendar::KNOWN) -> Calendar
        "What came of what was due, by day";
    units UnitData "/api/v1/units/{code}/compliance" unit::compliance::get_compliance(unit::compliance::KNOWN) -> Compliance
        "The last quarters, each with its worst state and its events";
    units UnitData "/api/v1/units/{code}/balance" unit::balance::get_balance(unit::balance::KNOWN) -> BalanceView
        "Processes, workshops and equipment as a tree, with the balance of each level";
    units UnitData "/api/v1/units/{code}/load-duration" unit::load_duration::get_load_duration(
        unit::load_duration::KNOWN) -> LoadDuration
        "Real-time values from the highest to the lowest";
    units UnitData "/api/v1/units/{code}/load-profile" unit::load_profile::get_load_profile(
        unit::load_profile::KNOWN) -> LoadProfile
        "The mean week of a real-time item";
    units UnitData "/api/v1/units/{code}/series" unit::series::get_series(unit::series::KNOWN) -> SeriesView
        "Real-time values thinned to the columns of a screen";
    units UnitData "/api/v1/units/{code}/peers" unit::peers::get_peers(unit::peers::KNOWN) -> PeerComparisonList
        "The unit among its peers by closed years; peers appear in groups only";
    units UnitData "/api/v1/units/{code}/savings" unit::savings::get_savings(unit::savings::KNOWN) -> SavingsView
        "What a retrofit saved, by a baseline model of months";
    units UnitData "/api/v1/units/{code}/meters" unit::meters::get_meters([]) -> MeterList
        "Meters and their calibration";
}

operations! { operations:
    // Signing in, and the own account
    get "/api/v1/session" session::get_session, Open;
    post "/api/v1/session" session::post_session, Open;
    delete "/api/v1/session" session::delete_session, OwnAccount;
    post "/api/v1/session/provider" provider::start_provider_sign_in, Open;
    post "/api/v1/session/provider/answer" provider::finish_provider_sign_in, Open;
    get "/api/v1/home" first_page::get_home, Names;
    get "/api/v1/sessions" sessions::list_sessions, OwnAccount;
    delete "/api/v1/sessions/{id}" sessions::end_session, OwnAccount;
    put "/api/v1/account/password" password::put_password, OwnAccount;
    post "/api/v1/account/second-factor" second_factor::start_second_factor, OwnAccount;
    post "/api/v1/account/second-factor/confirm" second_factor::confirm_second_factor, OwnAccount;
    delete "/api/v1/account/second-factor" second_factor::delete_second_factor, OwnAccount;
    post "/api/v1/invitations/accept" invitations::accept_invitation, Open;
    // Accounts of others
    get "/api/v1/accounts" manage::list_accounts, Accounts;
    post "/api/v1/accounts" manage::create_account, Accounts;
    post "/api/v1/accounts/import" account_import::import_accounts, Accounts;
    put "/api/v1/accounts/{name}" manage::put_account, Accounts;
    post "/api/v1/accounts/{name}/suspend" standing::suspend_account, Accounts;
    post "/api/v1/accounts/{name}/resume" standing::resume_account, Accounts;
    post "/api/v1/accounts/{name}/invite" standing::invite_again, Accounts;
    post "/api/v1/accounts/{name}/reset-second-factor" standing::reset_second_factor, Accounts;
    get "/api/v1/publication" publishing::get_publication, Accounts;
    post "/api/v1/publication/{permission}/publish" publishing::publish, Accounts;
    post "/api/v1/publication/{permission}/withdraw" publishing::withdraw, Accounts;
    // Devices and uploads
    get "/api/v1/devices" devices::list_devices, Devices;
    post "/api/v1/devices/{device_id}/approve" devices::approve_device, DecideDevices;
    post "/api/v1/devices/{device_id}/revoke" devices::revoke_device, DecideDevices;
    post "/api/v1/devices/{device_id}/rotate" rotation::rotate_device, DecideDevices;
    post "/api/v1/devices/{device_id}/code" device_bindings::make_code, DecideDevices;
    post "/api/v1/devices/{device_id}/release" device_bindings::release_device, DecideDevices;
    get "/api/v1/devices/{device_id}/evidence" device_evidence::get_evidence, DecideDevices;
    get "/api/v1/claims" claims::list_claims, DecideDevices;
    post "/api/v1/claims/{claim_id}/confirm" claims::confirm_claim, DecideDevices;
    post "/api/v1/claims/{claim_id}/refuse" claims::refuse_claim, DecideDevices;
    get "/api/v1/uploads" uploads::list_uploads, Uploads;
    get "/api/v1/uploads/{upload_id}/rejected" rejected::list_rejected, Uploads;
    // Changes of approved units
    get "/api/v1/unit-changes" unit_changes::list_unit_changes, DecideDevices;
    post "/api/v1/unit-changes/{change_id}/approve" unit_changes::approve_unit_change, DecideDevices;
    post "/api/v1/unit-changes/{change_id}/refuse" unit_changes::refuse_unit_change, DecideDevices;
    // The audit pack of a unit
    get "/api/v1/units/{code}/audit-pack" audit_pack::get_audit_pack, UnitData;
    // Files of people
    post "/api/v1/imports/{kind}" files::import_file, Import;
    post "/api/v1/imports/{kind}/preview" jobs::preview_file, Import;
    post "/api/v1/imports/{kind}/jobs" jobs::start_job, Import;
    get "/api/v1/imports/jobs/{job_id}" jobs::get_job, Import;
    get "/api/v1/imports/jobs/{job_id}/rejected" jobs::get_job_rejected, Import;
    get "/api/v1/import-profiles" profiles::list_profiles, Import;
    get "/api/v1/import-profiles/{name}" profiles::get_profile, Import;
    put "/api/v1/import-profiles/{name}" profiles::put_profile, Import;
    delete "/api/v1/import-profiles/{name}" profiles::delete_profile, Import;
    // Industry systems
    post "/api/v1/bulk/readings" bulk::upload_readings, Sender;
    get "/api/v1/bulk" bulk_results::list_bulk, Sender;
    get "/api/v1/bulk/{bulk_id}" bulk_results::get_bulk, Sender;
    get "/api/v1/bulk/{bulk_id}/result" bulk_results::get_result, Sender;
    get "/api/v1/tokens" tokens::list_tokens, Tokens;
    post "/api/v1/tokens" tokens::create_token, Tokens;
    post "/api/v1/tokens/{name}/revoke" tokens::revoke_token, Tokens;
    // Data quality
    get "/api/v1/quality/rules" quality::get_rules, Names;
    get "/api/v1/quality/status" quality::get_status, Names;
    get "/api/v1/quality/findings" findings::list_findings, Quality;
    get "/api/v1/quality/findings/{finding_id}" findings::get_finding, Quality;
    post "/api/v1/quality/findings/{finding_id}/waive" decisions::waive_finding, WaiveFindings;
    // Answers to findings, and what enterprises submit by hand
    get "/api/v1/quality/findings/{finding_id}/thread" answers::get_thread, Submissions;
    post "/api/v1/quality/findings/{finding_id}/answer" answers::answer_finding, Submit;
    post "/api/v1/quality/findings/{finding_id}/decide" decisions::decide_answer, WaiveFindings;
    post "/api/v1/quality/findings/{finding_id}/message" decisions::post_message, WaiveFindings;
    post "/api/v1/quality/findings/{finding_id}/files" thread_files::add_file, Submit;
    post "/api/v1/quality/findings/{finding_id}/authority-files" thread_files::add_authority_file, WaiveFindings;
    get "/api/v1/quality/findings/{finding_id}/files/{file_id}" thread_files::get_file, Submissions;
    get "/api/v1/units/{code}/manual-form" form::get_manual_form, Submit;
    post "/api/v1/units/{code}/values" values::post_values, Submit;
    post "/api/v1/units/{code}/values/read" values_file::read_values, Submit;
    post "/api/v1/units/{code}/outages" outages::post_outage, Submit;
    // Money and plans of a unit
    get "/api/v1/units/{code}/shifts" shifts::get_shifts, Submissions;
    put "/api/v1/units/{code}/shifts" shifts::put_shifts, Submit;
    get "/api/v1/units/{code}/tariffs" tariffs::list_tariffs, Submissions;
    post "/api/v1/units/{code}/tariffs" tariffs::post_tariffs, Submit;
    post "/api/v1/units/{code}/tariffs/import" tariff_file::import_tariffs, Submit;
    post "/api/v1/units/{code}/tariffs/{tariff_id}/withdraw" tariffs::withdraw_tariff, Submit;
    get "/api/v1/units/{code}/costs" figures::get_costs, Submissions;
    get "/api/v1/units/{code}/plan" plans::get_plan, Submissions;
    put "/api/v1/units/{code}/plan" plans::put_plan, Submit;
    post "/api/v1/units/{code}/plan/import" plan_file::import_plan, Submit;
    get "/api/v1/drafts/{subject}" drafts::get_draft, Submit;
    put "/api/v1/drafts/{subject}" drafts::put_draft, Submit;
    delete "/api/v1/drafts/{subject}" drafts::delete_draft, Submit;
    get "/api/v1/submissions" submissions::list_submissions, Submissions;
    get "/api/v1/submissions/{submission_id}" submissions::get_submission, Submissions;
    post "/api/v1/submissions/{submission_id}/confirm" confirm::confirm_submission, ConfirmSubmissions;
    post "/api/v1/submissions/{submission_id}/withdraw" withdrawal::withdraw_submission, Submit;
    // Savings projects
    get "/api/v1/units/{code}/savings-projects" savings_projects::list_projects, Submissions;
    post "/api/v1/units/{code}/savings-projects" savings_steps::create_project, Submit;
    get "/api/v1/units/{code}/savings-projects/{project_id}" savings_projects::get_project, Submissions;
    post "/api/v1/units/{code}/savings-projects/{project_id}/sign" savings_steps::sign_project, Submit;
    post "/api/v1/units/{code}/savings-projects/{project_id}/redo" savings_steps::redo_project, Submissions;
    post "/api/v1/units/{code}/savings-projects/{project_id}/withdraw" savings_steps::withdraw_project, Submit;
    // Who looked at a unit's data, and whom its manager lets read them
    get "/api/v1/units/{code}/looks" looks::list_looks, Looks;
    get "/api/v1/units/{code}/shares" shares::list_shares, Looks;
    post "/api/v1/units/{code}/shares" shares::create_share, Share;
    post "/api/v1/units/{code}/shares/{share_id}/withdraw" shares::withdraw_share, Share;
    get "/api/v1/quality/units" quality_of_units::list_units, Quality;
    get "/api/v1/quality/units/{code}" quality_of_units::get_unit, Quality;
    // Replacements that wait for approval
    get "/api/v1/replacements" replacements::list_replacements, Replacements;
    post "/api/v1/replacements/approve" replacements::approve_batch, DecideReplacements;
    post "/api/v1/replacements/refuse" replacements::refuse_batch, DecideReplacements;
    post "/api/v1/replacements/{replacement_id}/approve" replacements::approve_one, DecideReplacements;
    post "/api/v1/replacements/{replacement_id}/refuse" replacements::refuse_one, DecideReplacements;
    post "/api/v1/replacements/decisions/{decision_id}/undo" replacements::undo_decision, DecideReplacements;
    // Data for the portal's own calculation, its events and its files
    get "/api/v1/snapshot" snapshot::get_snapshot, Figures;
    get "/api/v1/snapshot/days" snapshot::get_days, Figures;
    get "/api/v1/events" events::get_events, Names;
    post "/api/v1/table-file" table_file::write_table_file, Names;
    // Audit
    get "/api/v1/audit" audit::list_audit, Audit;
    get "/api/v1/audit/head" audit::get_head, Audit;
    get "/api/v1/audit/chain" audit::get_chain, Audit;
    post "/api/v1/prints/{page}" prints::note_print, OwnAccount;
    // Operation
    get "/healthz" health::healthz, Open;
    get "/readyz" health::readyz, Open;
    get "/metrics" health::metrics, Operation;
}

/// The messages that terminals of a profile send.
fn messages_of(profile: &Profile) -> Vec<Operations> {
    match profile.proof {
        Proof::AccessKey => vec![yunnan_messages()],
        Proof::SecretKey => vec![messages(), sealed_data()],
        Proof::DeviceId | Proof::Certificate => vec![messages(), plain_data()],
    }
}

/// The routes of the profiles that a listener serves, each with its own address, and the answer to a POST on any other
/// path. `bound` is the address of a listener of their own; without it they share the server's.
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
        for (path, _, _, route) in messages_of(binding.profile).into_iter().flat_map(|it| it.routes)
        {
            let path = format!("{}{path}", binding.prefix);
            part = part.route(&path, route);
            paths.push(path);
        }
        part = part.layer(CatchPanicLayer::custom(answer::panicked));
        if binding.profile.proof == Proof::AccessKey {
            part = part.layer(map_response(yunnan::reshape));
        }
        all = all.merge(part.with_state(state.for_profile(binding.profile, address)));
    }
    let routes = all.clone().with_state(state.clone());
    (all, UnknownPaths::new(routes, paths, bindings))
}

/// The routes of a listener that serves one profile alone.
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

/// The operations of the server's own listener.
fn own() -> [Operations; 3] {
    [operations(), inspection(), operating()]
}

/// The API document of a server with these profiles.
pub fn document(bindings: &[ProfileBinding]) -> Value {
    let terminals = bindings.iter().filter(|it| it.listen.is_none()).flat_map(|binding| {
        messages_of(binding.profile).into_iter().map(|it| bound((it.described)(), binding))
    });
    let operations = own();
    let own = operations.iter().flat_map(|it| it.routes.iter().map(|it| (it.0, it.1, it.2)));
    let permissions = views().iter().map(|it| (it.path, "get", it.permission)).chain(own).collect();
    let described = operations.iter().map(|it| (it.described)()).chain(terminals);
    document::document(views(), described, permissions)
}

/// The routes of the server's own listener.
pub fn router(state: AppState, bindings: &[ProfileBinding]) -> anyhow::Result<Router> {
    let here: Vec<&ProfileBinding> = bindings.iter().filter(|it| it.listen.is_none()).collect();
    let (terminals, known) = terminals(&state, &here, None);
    let views = views().into_iter().map(|it| (it.path, "get", it.permission, it.route));
    let operations = own().into_iter().flat_map(|it| it.routes);
    let portal =
        operations.chain(views).fold(Router::new(), |all, (path, _, permission, route)| {
            all.route(path, authorisation::required(&state, permission, route))
        });
    let bindings = bindings.to_vec();
    let about = Router::new()
        .route("/api/openapi.json", get(document::get_openapi))
        .route("/api/docs", get(document::get_docs))
        .route("/api/docs.css", get(document::get_style))
        .route("/api/docs.js", get(document::get_script))
        .with_state(ApiDocument::new(move || document(&bindings)));
    let router = terminals
        .merge(portal)
        .merge(about)
        .fallback(get(portal::portal).post(known).fallback(problem::method_not_allowed));
    layered(router, state)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_is_described_at_its_own_path() {
        let messages = [messages(), plain_data(), sealed_data(), yunnan_messages()];
        for list in own().into_iter().chain(messages) {
            let described = (list.described)().paths.paths;
            let mut paths: Vec<&str> = list.routes.iter().map(|it| it.0).collect();
            paths.sort_unstable();
            paths.dedup();
            assert_eq!(paths, described.keys().collect::<Vec<_>>());
        }
    }
}
