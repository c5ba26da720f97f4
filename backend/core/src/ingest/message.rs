//! Reads a data upload from bytes to readings and rejected entries: a plain message in one pass, any other by the
//! thorough reader. Both give the same result.

use nengce_shared::credit_code::CreditCode;
use nengce_shared::problem::ProblemCode;

use super::envelope::Scalar;
use super::profile::Profile;
use super::refusals::{Refusals, cut};
use super::text::Mended;
use super::{Bounds, Defect, Reading, Rejected, energy, envelope, single_pass, text};

/// A data upload with its accepted readings and its rejected entries.
#[derive(Debug, PartialEq)]
pub struct Message {
    /// Who sends it.
    pub device_id: String,
    /// The enterprise that it speaks of.
    pub enterprise_code: CreditCode,
    /// How many entries it holds.
    pub entries: u32,
    /// The accepted entries, in their order.
    pub readings: Vec<Reading>,
    /// Refused entries that are kept.
    pub rejected: Vec<Rejected>,
    /// Refused entries beyond these, which are counted.
    pub rejected_more: u32,
}

/// A defect means that nothing of the message is stored.
pub fn read(body: &[u8], profile: &Profile, bounds: &Bounds) -> Result<Message, Defect> {
    let body = text::trimmed(body);
    match plain(body, profile, bounds) {
        Some(it) => Ok(it),
        None => thorough(body, profile, bounds),
    }
}

pub(super) fn thorough(body: &[u8], profile: &Profile, bounds: &Bounds) -> Result<Message, Defect> {
    match split(body, profile, bounds, None) {
        Err(defect) if defect.code == ProblemCode::BodyNotJson => {
            let mended = text::mended(text::utf8(body)?);
            if !mended.is_changed() {
                return Err(defect);
            }
            match split(mended.text.as_bytes(), profile, bounds, Some(&mended)) {
                // The first defect has the place in the text as it came.
                Err(it) if it.code == ProblemCode::BodyNotJson => Err(defect),
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
    mended: Option<&Mended<'_>>,
) -> Result<Message, Defect> {
    let envelope = envelope::read(body, bounds.max_entries)?;
    let (readings, mut refused) = energy::read(&envelope.entries, profile, bounds);
    if let Some(mended) = mended {
        let most = bounds.keep.entry_bytes;
        for it in &mut refused.kept {
            let raw = envelope.entries[it.index as usize].get();
            if it.entry == cut(raw, most) {
                it.entry = cut(&mended.as_it_came(raw), most).into_owned();
            }
        }
    }
    Ok(Message {
        device_id: envelope.device_id,
        enterprise_code: envelope.enterprise_code,
        entries: u32::try_from(envelope.entries.len()).unwrap_or(u32::MAX),
        readings,
        rejected: refused.kept,
        rejected_more: refused.more,
    })
}

/// An entry takes some 200 bytes as terminals write it.
const ENTRY_BYTES: usize = 192;

pub(super) fn plain(body: &[u8], profile: &Profile, bounds: &Bounds) -> Option<Message> {
    let text = std::str::from_utf8(body).ok()?;
    let expected = (body.len() / ENTRY_BYTES).min(bounds.max_entries);
    let mut readings = Vec::with_capacity(expected);
    let mut refused = Refusals::new(bounds.keep);
    let mut marked = Vec::new();
    let outer = single_pass::read(text, bounds.max_entries, |index, entry, raw| {
        match energy::reading(entry, profile, bounds) {
            Ok(it) => {
                if it.off != 0 {
                    marked.push((readings.len(), index, raw));
                }
                readings.push(it);
            }
            Err(defect) => refused.add(index, defect, raw),
        }
    })?;
    energy::part(&mut readings, &mut refused, &marked);
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
        rejected: refused.kept,
        rejected_more: refused.more,
    })
}
