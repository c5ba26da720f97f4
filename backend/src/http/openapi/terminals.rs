//! The part of the OpenAPI document about terminals: the national messages and the provinces' own.

use utoipa::OpenApi;

use crate::http::terminal::registration::register;
use crate::http::terminal::{config, download, energy, metering, shandong, version, yunnan};

#[derive(OpenApi)]
#[openapi(paths(
    register::register,
    version::version_check,
    config::upload_config_data,
    energy::upload_energy_data,
    metering::upload_metering_data,
    download::download_base_data,
    download::download_config_data,
    shandong::upload_sealed_data,
    yunnan::request_working_key,
    yunnan::apply,
    yunnan::update,
    yunnan::request_access_key,
    yunnan::check_version,
    yunnan::platform_access_url,
    yunnan::data_download,
    yunnan::public_data_download,
    yunnan::upload_record,
))]
pub struct Described;
