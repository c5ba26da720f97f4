//! What enterprises enter about money: their tariffs and their plans. Rows stay when others replace them.

pub mod plans;
pub mod readings;
pub mod tariffs;
