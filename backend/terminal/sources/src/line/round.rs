//! One round over the addresses of a line: a device that stays silent, or a line that does not open, costs its time once.
use std::collections::BTreeSet;

use crate::address::AddressError;
use crate::error::{Problem, SourceError};
use crate::measured::Measured;

/// Devices that are asked one after the other.
pub(crate) trait Line: Send {
    /// Where a value lies.
    type Address: Send + Sync;
    /// Names one device of the line.
    type Device: Ord + Send;
    /// Reads an address.
    fn parse(text: &str) -> Result<Self::Address, AddressError>;
    /// The device that has the address.
    fn device(address: &Self::Address) -> Self::Device;
    /// How messages name an address.
    fn place(&self, address: &str) -> String;
    /// Opens the line if it is not open.
    fn connect(&mut self) -> impl Future<Output = Result<(), SourceError>> + Send;
    /// Asks for one value.
    fn one(
        &mut self,
        address: &Self::Address,
        text: &str,
    ) -> impl Future<Output = Result<Measured, SourceError>> + Send;
}

/// Reads each address; a device that stays silent is not asked again.
pub(crate) async fn read<L: Line>(
    line: &mut L,
    addresses: &[String],
) -> Vec<Result<Measured, SourceError>> {
    let mut answers = Vec::with_capacity(addresses.len());
    let mut silent = BTreeSet::new();
    let mut closed: Option<SourceError> = None;
    for text in addresses {
        answers.push(match (L::parse(text), &closed) {
            (Err(error), _) => Err(SourceError::new(Problem::Address, text, error)),
            (Ok(_), Some(error)) => Err(error.clone()),
            (Ok(it), None) if silent.contains(&L::device(&it)) => {
                Err(SourceError::new(Problem::Timeout, line.place(text), "silent in this round"))
            }
            (Ok(it), None) => match line.connect().await {
                Ok(()) => {
                    let answer = line.one(&it, text).await;
                    if answer.as_ref().is_err_and(|it| it.problem == Problem::Timeout) {
                        silent.insert(L::device(&it));
                    }
                    answer
                }
                Err(error) => Err(closed.insert(error).clone()),
            },
        });
    }
    answers
}
