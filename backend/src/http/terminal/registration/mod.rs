//! Registration of terminals: who registers, with which proof, how often, and what an operator must decide.

pub mod admission;
pub mod applicant;
pub mod claim;
pub mod establish;
pub mod proof;
pub mod register;
mod rotation;
