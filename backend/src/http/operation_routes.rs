//! Lists every address of operation, one line each: the link to platforms above and below, maintenance, how the server is
//! doing. As in `router.rs`.

use super::link::{self, lists, offers, regions, steps};
use super::openapi::operations::operations;
use super::operators::{connection_failures, maintenance, operation};

operations! { operating:
    get "/api/v1/operation" operation::get_operation, Operation;
    get "/api/v1/connection-failures" connection_failures::list_connection_failures, Operation;
    // Maintenance
    post "/api/v1/maintenance/backup" maintenance::backup, Maintenance;
    post "/api/v1/maintenance/verify" maintenance::verify, Maintenance;
    post "/api/v1/maintenance/compact" maintenance::compact, Maintenance;
    post "/api/v1/maintenance/parquet" maintenance::parquet, Maintenance;
    // Platforms above and below
    get "/api/v1/link" link::get_link, Operation;
    get "/api/v1/link/regions" regions::get_regions, Operation;
    post "/api/v1/link/offers/{offer_id}" offers::decide_offer, Import;
    get "/api/v1/link/{upper}/units" lists::list_link_units, Operation;
    get "/api/v1/link/{upper}/refused" lists::list_link_refused, Operation;
    post "/api/v1/link/{upper}/pause" steps::pause_link, Maintenance;
    post "/api/v1/link/{upper}/resume" steps::resume_link, Maintenance;
    post "/api/v1/link/{upper}/retry" steps::retry_link, Maintenance;
}
