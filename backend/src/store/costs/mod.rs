//! What enterprises enter about money: their tariffs, plans and shifts. Rows stay when others replace them.

pub mod demand;
pub mod plans;
pub mod readings;
pub mod shifts;
pub mod tariffs;
