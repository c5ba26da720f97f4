//! Who may do what: every address of the API document, asked by everybody the permission table knows.

mod differencing;
mod home;
mod peers;
mod publication;
mod roles;
mod walk;
