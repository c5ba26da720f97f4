//! The client of a centre: registers, asks for versions, uploads and downloads over HTTPS, in the profile of the centre.
//! The terminal and the platform's link upward use it.

#![warn(missing_docs)]

mod answer;
mod centre;
mod connection;
mod error;
pub mod https;
mod registration;
mod settings;
pub mod tls;
mod yunnan;

pub use answer::{Answer, RejectedEntry};
pub use centre::Centre;
pub use error::ClientError;
pub use registration::{Registration, Versions};
pub use settings::{Application, CentreSettings};
