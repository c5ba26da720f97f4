//! Who may do what: every address of the API document, asked by everybody the permission table knows.

mod peers;
mod roles;
mod walk;
