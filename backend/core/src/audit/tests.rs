//! Any change, removal, insertion or swap of entries is found at its first place, and a whole chain can be continued.

use nengce_shared::api::audit::{AuditEvent, AuditRow};
use proptest::prelude::*;

use super::event::canonical_bytes;
use super::*;

fn event(words: &[String], before: Option<String>) -> AuditEvent {
    let word = |at: usize| words[at % words.len()].clone();
    AuditEvent {
        at: word(0),
        actor_kind: ActorKind::Account.as_str().to_owned(),
        actor: word(1),
        address: word(2),
        request_id: word(3),
        action: word(4),
        object_kind: word(5),
        object: word(6),
        outcome: Outcome::Done.as_str().to_owned(),
        before,
        after: None,
        reason: None,
    }
}

fn events() -> impl Strategy<Value = Vec<(AuditEvent, bool)>> {
    let one = (prop::collection::vec("[a-z{}\"]{0,6}", 7), prop::option::of("[a-z]{0,4}"));
    prop::collection::vec(
        (one.prop_map(|(words, before)| event(&words, before)), any::<bool>()),
        2..12,
    )
}

fn chain(events: Vec<(AuditEvent, bool)>) -> Vec<AuditRow> {
    let mut rows: Vec<AuditRow> = Vec::new();
    for (event, sm3) in events {
        let by = if sm3 { Algorithm::Sm3 } else { Algorithm::Sha256 };
        let previous = rows.last().map_or((0, FIRST_HASH), |it| (it.number, &it.hash));
        let next = entry(previous, event, by);
        rows.push(next);
    }
    rows
}

fn check(rows: &[AuditRow]) -> Result<Verification, Broken> {
    let mut at = Verification::default();
    rows.iter().try_for_each(|it| at.take(it)).map(|()| at)
}

proptest! {
    #[test]
    fn a_whole_chain_holds_and_can_be_continued(events in events(), cut in 0_usize..12) {
        let rows = chain(events);
        let whole = check(&rows).expect("it is whole");
        let mut at = check(&rows[..cut.min(rows.len())]).expect("so is its beginning");
        rows[cut.min(rows.len())..].iter().for_each(|it| at.take(it).expect("and the rest after it"));
        prop_assert_eq!(at, whole);
    }

    #[test]
    fn a_changed_field_is_found_where_it_stands(events in events(), place: prop::sample::Index, field in 0..9_u8) {
        let mut rows = chain(events);
        let at = place.index(rows.len());
        let it = &mut rows[at].event;
        match field {
            0 => it.at.push('x'),
            1 => it.actor.push('x'),
            2 => it.address.push('x'),
            3 => it.action.push('x'),
            4 => it.object.push('x'),
            5 => it.outcome.push('x'),
            6 => it.before = Some("x".repeat(9)),
            7 => it.after = Some(String::new()),
            _ => it.reason = Some(String::new()),
        }
        let broken = check(&rows).expect_err("it was changed");
        prop_assert_eq!(broken, Broken { number: at as u64 + 1, why: Why::Hash });
    }

    #[test]
    fn removal_insertion_and_swap_are_found(events in events(), place: prop::sample::Index) {
        let rows = chain(events);
        let at = place.index(rows.len() - 1);
        let due = at as u64 + 1;
        let mut removed = rows.clone();
        removed.remove(at);
        prop_assert_eq!(check(&removed).expect_err("removed"), Broken { number: due, why: Why::Number });
        let mut twice = rows.clone();
        twice.insert(at, rows[at].clone());
        prop_assert_eq!(check(&twice).expect_err("inserted").number, due + 1);
        let mut swapped = rows.clone();
        swapped.swap(at, at + 1);
        prop_assert_eq!(check(&swapped).expect_err("swapped").number, due);
        // With the numbers mended the hashes give it away, unless both entries say the same.
        (swapped[at].number, swapped[at + 1].number) = (due, due + 1);
        prop_assert!(check(&swapped).is_err());
    }

    #[test]
    fn different_events_have_different_bytes(one in events()) {
        let (a, b) = (&one[0].0, &one[1].0);
        prop_assert_eq!(a == b, canonical_bytes(a) == canonical_bytes(b));
        // What moves from one field to the next changes the bytes too.
        let mut moved = a.clone();
        moved.action = format!("{}{}", a.action, a.object_kind);
        moved.object_kind = String::new();
        prop_assert_eq!(&moved == a, canonical_bytes(&moved) == canonical_bytes(a));
    }

    #[test]
    fn a_signed_head_fits_only_what_was_signed(seed: [u8; 32], number: u64, hash in "[0-9a-f]{64}") {
        let key = HeadKey::parse(SignatureAlgorithm::Ed25519, &const_hex::encode(seed)).expect("a key");
        let head = key.sign_head(number, &hash, "2026-03-01 10:00:00");
        prop_assert!(signed_by_its_key(&head));
        for change in 0..4 {
            let mut it = head.clone();
            match change {
                0 => it.number = number.wrapping_add(1),
                1 => it.hash = FIRST_HASH.to_owned(),
                2 => it.at = "2026-03-01 10:00:01".to_owned(),
                _ => it.signature.replace_range(0..2, if it.signature.starts_with("00") { "01" } else { "00" }),
            }
            prop_assert!(!signed_by_its_key(&it));
        }
    }
}

/// GB/T 32905, appendix A.1.
#[test]
fn sm3_is_the_one_of_the_standard() {
    use sm3::{Digest, Sm3};
    let expected = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0";
    assert_eq!(const_hex::encode(Sm3::digest(b"abc")), expected);
    for it in [Algorithm::Sha256, Algorithm::Sm3] {
        assert_eq!(Algorithm::parse(it.as_str()), Some(it));
    }
    assert!(HeadKey::parse(SignatureAlgorithm::Ed25519, "00").is_none());
}
