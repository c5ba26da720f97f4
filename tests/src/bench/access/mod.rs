//! What access control costs: the permission and scope of each view, ten thousand sessions, a storm of sign-ins, and the
//! audit log beside uploads.

mod beside_uploads;
mod readers;
mod sessions;

pub(super) use beside_uploads::measure as beside_uploads;
pub(super) use readers::measure as views;
