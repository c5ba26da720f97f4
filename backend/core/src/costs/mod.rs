//! What the energy of a unit costs: tariffs as people write them, the price of a day, the days of a year.

pub mod day;
pub mod spans;
pub mod tariff;
pub mod year;

#[cfg(test)]
mod tests;
