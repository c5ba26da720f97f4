//! `GET /api/v1/units…`: the list, one unit, its energy, readings and calendar.

mod audit_pack;
mod balance;
mod completeness;
mod compliance;
mod energy;
mod factors;
mod industry_place;
mod list;
mod readings;
mod reporting;
mod savings;
mod savings_daily;
mod savings_projects;
