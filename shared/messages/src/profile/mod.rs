//! Holds one file per province with what differs from the national protocol. `Profile` itself is in `province.rs`; the
//! handlers of a province's own messages are in `http/terminal` of the server.

pub mod anhui;
pub mod national;
pub mod shandong;
pub mod sm4;
pub mod yunnan;

pub use super::province::{Profile, Proof};

/// Every profile.
pub const ALL: [&Profile; 4] =
    [&national::NATIONAL, &shandong::SHANDONG, &yunnan::YUNNAN, &anhui::ANHUI];

/// The profile with this name.
pub fn by_name(name: &str) -> Option<&'static Profile> {
    ALL.into_iter().find(|it| it.name == name)
}
