//! Reads a data upload from bytes to readings and rejected entries: a plain message in one pass, any other by the
//! thorough reader. Both give the same result.

use nengce_shared::credit_code::CreditCode;
use nengce_shared::problem::ProblemCode;

use super::province::Profile;
use super::rejected_entries::{RejectedEntries, cut};
use super::scalar::Scalar;
use super::text::Repaired;
use super::{Bounds, Problem, Reading, Rejected, energy, raw_message, single_pass, text};

/// A data upload with its accepted readings and its rejected entries.
#[derive(Debug, PartialEq)]
pub struct Message {
    /// Who sends it.
    pub device_id: String,
    /// The enterprise that it speaks of.
    pub enterprise_code: CreditCode,
    /// The number of entries in the message.
    pub entries: u32,
    /// The accepted entries in the order of the message.
    pub readings: Vec<Reading>,
    /// The rejected entries that are kept.
    pub rejected: Vec<Rejected>,
    /// The number of rejected entries beyond these, which are only counted.
    pub rejected_more: u32,
}

/// Reads a data upload.
///
/// # Errors
/// The body is no message, or one of too many entries; nothing of it is stored.
pub fn read(body: &[u8], profile: &Profile, bounds: &Bounds) -> Result<Message, Problem> {
    let body = text::trimmed(body);
    match plain(body, profile, bounds) {
        Some(it) => Ok(it),
        None => thorough(body, profile, bounds),
    }
}

pub(super) fn thorough(
    body: &[u8],
    profile: &Profile,
    bounds: &Bounds,
) -> Result<Message, Problem> {
    match split(body, profile, bounds, None) {
        Err(problem) if problem.code == ProblemCode::BodyNotJson => {
            let repaired = text::repaired(text::utf8(body)?);
            if !repaired.is_changed() {
                return Err(problem);
            }
            match split(repaired.text.as_bytes(), profile, bounds, Some(&repaired)) {
                // The first problem names the place in the text as it was sent.
                Err(it) if it.code == ProblemCode::BodyNotJson => Err(problem),
                found => found,
            }
        }
        found => found,
    }
}

fn split(
    body: &[u8],
    profile: &Profile,
    bounds: &Bounds,
    repaired: Option<&Repaired<'_>>,
) -> Result<Message, Problem> {
    let raw_message = raw_message::read(body, bounds.max_entries)?;
    let (readings, mut rejected) = energy::read(&raw_message.entries, profile, bounds);
    if let Some(repaired) = repaired {
        let most = bounds.rejected_limits.entry_bytes;
        for it in &mut rejected.kept {
            let raw = raw_message.entries[it.index as usize].get();
            if it.entry == cut(raw, most) {
                it.entry = cut(&repaired.as_it_came(raw), most).into_owned();
            }
        }
    }
    Ok(Message {
        device_id: raw_message.device_id,
        enterprise_code: raw_message.enterprise_code,
        entries: u32::try_from(raw_message.entries.len()).unwrap_or(u32::MAX),
        readings,
        rejected: rejected.kept,
        rejected_more: rejected.more,
    })
}

/// Bytes of a usual entry.
const ENTRY_BYTES: usize = 192;

pub(super) fn plain(body: &[u8], profile: &Profile, bounds: &Bounds) -> Option<Message> {
    let text = std::str::from_utf8(body).ok()?;
    let expected = (body.len() / ENTRY_BYTES).min(bounds.max_entries);
    let mut readings = Vec::with_capacity(expected);
    let mut rejected = RejectedEntries::new(bounds.rejected_limits);
    let mut off_start = Vec::new();
    let outer = single_pass::read(text, bounds.max_entries, |index, entry, raw| {
        match energy::reading(entry, profile, bounds) {
            Ok(it) => {
                if it.off != 0 {
                    off_start.push((readings.len(), index, raw));
                }
                readings.push(it);
            }
            Err(problem) => rejected.add(index, problem, raw),
        }
    })?;
    energy::reject_clashes(&mut readings, &mut rejected, &off_start);
    let (Scalar::Text(device_id), Scalar::Text(enterprise)) =
        (&outer.device_id, &outer.enterprise_code)
    else {
        return None;
    };
    let device_id = device_id.trim();
    if device_id.is_empty() {
        return None;
    }
    Some(Message {
        device_id: device_id.to_owned(),
        enterprise_code: CreditCode::parse(enterprise.trim()).ok()?,
        entries: outer.entries,
        readings,
        rejected: rejected.kept,
        rejected_more: rejected.more,
    })
}
