//! Codes and closed lists of the field: credit codes, data codes and their parts, classes and levels of units.

pub mod basis;
pub mod case;
pub mod certainty;
pub mod compliance_state;
pub mod credit;
pub mod credit_code;
pub mod data_class;
pub mod data_code;
pub mod dictionary;
pub mod energy_group;
pub mod energy_level;
pub mod inspection;
pub mod link;
pub mod place;
pub mod reporting_state;
pub mod scope;
pub mod stat_type;
pub mod submission;
pub mod tariff;
pub mod unit_class;
