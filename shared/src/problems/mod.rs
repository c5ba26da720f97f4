//! The bodies of error answers, and the closed list of reasons why an entry or a request is not accepted.

pub mod problem;
pub mod problem_code;
