//! What of an item-day is sent: the values of uploads after those that the platform above has, or all of them where these have
//! changed since. A content that it has is not sent again.

use sha2::{Digest, Sha256};

use crate::store::link::due::{DueValue, Mark};

/// Hexadecimal digits of a content that are kept.
const DIGITS: usize = 32;

/// The digest of values in their order.
pub(super) fn digest<'a>(values: impl Iterator<Item = &'a DueValue>) -> String {
    let mut hash = Sha256::new();
    for it in values {
        hash.update([it.stat_type as u8, u8::from(it.valid), it.input_type.unwrap_or(0)]);
        hash.update(it.at.to_le_bytes());
        hash.update(it.value.to_bits().to_le_bytes());
    }
    let mut text = const_hex::encode(hash.finalize());
    text.truncate(DIGITS);
    text
}

/// The values to send, and the mark once the platform above has them.
pub(super) fn to_send(values: &[DueValue], mark: Option<&Mark>) -> (Vec<DueValue>, Mark) {
    let last = values.iter().map(|it| it.upload_id).max().unwrap_or(0);
    let upto = last.max(mark.map_or(0, |it| it.upto));
    let whole = Mark { upto, content: digest(values.iter()) };
    let Some(mark) = mark else {
        return (values.to_vec(), whole);
    };
    if mark.content == whole.content {
        return (Vec::new(), whole);
    }
    let known = values.iter().filter(|it| it.upload_id <= mark.upto);
    let unchanged = digest(known) == mark.content;
    let new = |it: &&DueValue| !unchanged || it.upload_id > mark.upto;
    (values.iter().filter(new).copied().collect(), whole)
}

#[cfg(test)]
mod tests {
    use nengce_shared::stat_type::StatType;
    use proptest::prelude::*;

    use super::*;

    fn value(at: i64, value: f64, upload_id: i32) -> DueValue {
        let stat_type = StatType::RealTime;
        DueValue { stat_type, at, value, valid: true, input_type: None, upload_id }
    }

    #[test]
    fn what_came_later_is_sent_alone_and_a_correction_sends_the_day() {
        let day = [value(0, 1.0, 3), value(900, 2.0, 3)];
        let (sent, mark) = to_send(&day, None);
        assert_eq!(sent, day);
        assert!(to_send(&day, Some(&mark)).0.is_empty(), "it has this content");
        let later = [day[0], day[1], value(1_800, 3.0, 5)];
        assert_eq!(to_send(&later, Some(&mark)).0, [later[2]]);
        let corrected = [value(0, 9.0, 6), day[1]];
        assert_eq!(to_send(&corrected, Some(&mark)).0, corrected);
        // A value that was put back carries its earlier upload.
        let back = [value(0, 7.0, 2), day[1]];
        assert_eq!(to_send(&back, Some(&mark)).0, back);
    }

    proptest! {
        /// A platform above that applies every message ends with the same values, whatever came in which order.
        #[test]
        fn the_platform_above_ends_with_the_same_values(
            changes in prop::collection::vec(prop::collection::vec((0_i64..8, -3_i32..3), 1..6), 1..12),
        ) {
            let (mut here, mut above) = (std::collections::BTreeMap::new(), std::collections::BTreeMap::new());
            let mut mark = None;
            for (upload, change) in changes.into_iter().enumerate() {
                for (at, number) in change {
                    here.insert(at, value(at, f64::from(number), upload as i32 + 1));
                }
                let values: Vec<DueValue> = here.values().copied().collect();
                let (sent, next) = to_send(&values, mark.as_ref());
                above.extend(sent.into_iter().map(|it| (it.at, it.value)));
                mark = Some(next);
                let expected: Vec<(i64, f64)> = here.values().map(|it| (it.at, it.value)).collect();
                prop_assert_eq!(above.clone().into_iter().collect::<Vec<_>>(), expected);
            }
        }
    }
}
