//! The client of a centre: registers, asks for versions, uploads and downloads over HTTPS, in the profile of the centre.
//! The terminal and the platform's link upward use it.

#![warn(missing_docs)]

mod answer;
mod centre;
mod error;
pub mod https;
mod settings;
mod yunnan;

pub use answer::{Answer, RejectedEntry};
pub use centre::{Centre, Registration, Versions};
pub use error::ClientError;
pub use settings::CentreSettings;
