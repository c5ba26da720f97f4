//! Lists every address of the link to platforms above and below, one line each. As in `router.rs`.

use super::link::{self, lists, offers, regions, steps};
use super::openapi::operations::operations;

operations! { link_upward:
    get "/api/v1/link" link::get_link, Operation;
    get "/api/v1/link/regions" regions::get_regions, Operation;
    post "/api/v1/link/offers/{offer_id}" offers::decide_offer, Maintenance;
    get "/api/v1/link/{upper}/units" lists::list_link_units, Operation;
    get "/api/v1/link/{upper}/refused" lists::list_link_refused, Operation;
    post "/api/v1/link/{upper}/pause" steps::pause_link, Maintenance;
    post "/api/v1/link/{upper}/resume" steps::resume_link, Maintenance;
    post "/api/v1/link/{upper}/retry" steps::retry_link, Maintenance;
}
