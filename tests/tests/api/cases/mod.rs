//! Inspection cases over the API: whole cases of each kind, short cuts refused, what the unit sees, evidence, papers, and the
//! credit list with its platform.

mod credit;
mod papers;
mod push;
mod refusals;
mod unit_side;
mod whole;
