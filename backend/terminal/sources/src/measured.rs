//! What one read gives: a value, its time where the source tells one, and the exchange of bytes it was read from.
use std::ops::Range;

use serde::Serialize;

/// One value as the source holds it, before factors.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Measured {
    /// The value in the unit of the source.
    pub value: f64,
    /// When it was measured, in seconds of the wall clock since 1970-01-01 00:00, where the source tells it.
    pub at: Option<i64>,
    /// What was sent and received.
    pub exchange: Exchange,
}

/// What was sent and received for one value.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Exchange {
    /// The bytes that went out; empty where a library hides them.
    pub sent: Vec<u8>,
    /// The bytes that came back; cut at 4 KiB.
    pub received: Vec<u8>,
    /// What the received bytes mean, in their order.
    pub parts: Vec<Part>,
    /// The exchange in words where it is not one of bytes: a row, a node, a text of JSON.
    pub text: String,
}

/// A range of the received bytes and its meaning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// Which of the received bytes.
    pub range: Range<usize>,
    /// In Chinese.
    pub meaning_zh: String,
    /// In English.
    pub meaning_en: String,
}

/// The most bytes that an exchange keeps of an answer.
pub(crate) const KEPT_BYTES: usize = 4096;

impl Exchange {
    /// Two directions of bytes, not yet explained.
    pub(crate) fn of_bytes(sent: &[u8], received: &[u8]) -> Self {
        let kept = received.len().min(KEPT_BYTES);
        Self { sent: sent.to_vec(), received: received[..kept].to_vec(), ..Self::default() }
    }

    /// Words instead of bytes.
    pub(crate) fn of_text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// Explains a range of the received bytes.
    pub(crate) fn explain(
        &mut self,
        range: Range<usize>,
        zh: impl Into<String>,
        en: impl Into<String>,
    ) {
        self.parts.push(Part { range, meaning_zh: zh.into(), meaning_en: en.into() });
    }
}
