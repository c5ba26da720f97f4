//! The part of the OpenAPI document about files, bulk uploads, tokens, and changes and replacements that wait.

use utoipa::OpenApi;

use super::{
    bulk, bulk_results, import_jobs, import_profiles, imports, replacements, tokens, unit_changes,
};

#[derive(OpenApi)]
#[openapi(paths(
    imports::import_file,
    import_jobs::preview_file,
    import_jobs::start_job,
    import_jobs::get_job,
    import_jobs::get_job_rejected,
    import_profiles::list_profiles,
    import_profiles::get_profile,
    import_profiles::put_profile,
    import_profiles::delete_profile,
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
