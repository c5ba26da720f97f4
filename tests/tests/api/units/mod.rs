//! `GET /api/v1/units…`: the list, one unit, its energy, readings and calendar.

mod completeness;
mod energy;
mod factors;
mod list;
mod readings;
mod reporting;
