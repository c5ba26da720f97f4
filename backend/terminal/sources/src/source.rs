//! A source that is open: one reader for each kind, read by addresses.
use crate::error::{Problem, SourceError};
use crate::measured::Measured;
use crate::settings::{Kind, SourceSettings};

/// A source that is open. It connects at its first read, and anew after a failure.
#[derive(Debug)]
pub struct Source {
    kind: Kind,
}

impl Source {
    /// Checks the settings; does not connect yet.
    pub fn open(settings: &SourceSettings) -> Result<Self, SourceError> {
        Ok(Self { kind: settings.kind() })
    }

    /// Reads each address once; one answer for each, in the same order.
    pub async fn read(&mut self, addresses: &[String]) -> Vec<Result<Measured, SourceError>> {
        let refuse =
            |it: &String| SourceError::new(Problem::NotCompiled, it, format!("{:?}", self.kind));
        addresses.iter().map(|it| Err(refuse(it))).collect()
    }
}
