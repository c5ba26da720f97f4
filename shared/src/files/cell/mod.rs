//! Cells as people write them: a number or a moment is read whole or not at all. The browser guesses by the same
//! readers that the server uses.

mod dates;
mod guard;
mod numbers;

pub use dates::{DateProblem, Moment, Order, Precision, guess_order, looks_like_date, moment};
pub use guard::{guarded, unguarded};
pub use numbers::{Number, NumberProblem, number, number_in};
