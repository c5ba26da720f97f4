//! `/api/v1/credit-list`: the credit list. Rules name candidates; an entry rests on a case, is approved by two people, told
//! to its unit, listed, and leaves the list again.

mod candidates;
mod entries;
pub mod list;
pub mod propose;
pub mod pushes;
pub mod steps;
