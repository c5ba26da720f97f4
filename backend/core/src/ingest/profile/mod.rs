//! The profiles of the provinces: what each accepts, how it reads messages and how it answers, one file each. All of
//! them produce the same [`Message`](super::message::Message).

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
