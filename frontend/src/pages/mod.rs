//! Holds a folder per page. Its `mod.rs` arranges the components; where a page needs several answers, `load.rs` asks for
//! them.

pub mod account;
pub mod audit;
pub mod audit_pack;
pub mod balance;
pub mod benchmark;
pub mod case;
pub mod cases;
pub mod costs;
pub mod credit_list;
pub mod document_templates;
pub mod dual_control;
pub mod home;
pub mod import;
pub mod intensity;
pub mod lazy;
pub mod link;
pub mod not_found;
pub mod operation;
pub mod programmes;
pub mod quality;
pub mod savings;
pub mod sharing;
pub mod submissions;
pub mod targets;
pub mod terminals;
pub mod unit;
pub mod units;
pub mod uploads;
