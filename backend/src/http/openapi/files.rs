//! The part of the OpenAPI document about files, bulk uploads, tokens, and changes and replacements that wait.

use utoipa::OpenApi;

use crate::http::imports::{bulk, bulk_results, files, jobs, profiles};
use crate::http::operators::{replacements, tokens, unit_changes};

#[derive(OpenApi)]
#[openapi(paths(
    files::import_file,
    jobs::preview_file,
    jobs::start_job,
    jobs::get_job,
    jobs::get_job_rejected,
    profiles::list_profiles,
    profiles::get_profile,
    profiles::put_profile,
    profiles::delete_profile,
    bulk::upload_readings,
    bulk_results::list_bulk,
    bulk_results::get_bulk,
    bulk_results::get_result,
    tokens::create_token,
    tokens::list_tokens,
    tokens::revoke_token,
    unit_changes::list_unit_changes,
    unit_changes::approve_unit_change,
    unit_changes::refuse_unit_change,
    replacements::list_replacements,
    replacements::approve_batch,
    replacements::refuse_batch,
    replacements::approve_one,
    replacements::refuse_one,
))]
pub struct Described;
