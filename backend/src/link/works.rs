//! What is to be sent in a round, by unit: item-days that wait, and configurations and meters that changed since they were last
//! looked at, with values or without.

use std::collections::BTreeMap;

use super::Upper;
use super::failure::RoundError;
use super::registration;
use super::rules;
use super::work::{ItemDayWork, UnitWork};
use crate::clock::Clock;
use crate::store::Store;
use crate::store::error::StoreError;
use crate::store::link::due::DueItemDay;
use crate::store::link::units;

/// Units without values of a round whose configuration or meters changed.
const MOST_CHANGED: usize = 200;

/// The works of a round.
pub(super) struct Works {
    pub units: Vec<UnitWork>,
    /// Whether more units changed than go in one round.
    pub has_more: bool,
}

/// What is to be sent of each unit.
pub(super) async fn of(
    upper: &Upper,
    store: &Store,
    clock: &Clock,
    batch: Vec<DueItemDay>,
) -> Result<Works, RoundError> {
    let mut by_unit: BTreeMap<i32, Vec<DueItemDay>> = BTreeMap::new();
    for it in batch {
        by_unit.entry(it.unit_id).or_default().push(it);
    }
    let name = upper.config.name.clone();
    let (mut standings, digests) =
        store.read(move |conn| Ok((units::standings(conn, &name)?, units::digests(conn)?))).await?;
    let now = clock.now();
    let mut changed: Vec<i32> = standings
        .iter()
        .filter(|(id, it)| {
            it.registration.is_some()
                && it.next_at.is_none_or(|at| at <= now)
                && digests.get(id).is_some_and(|digest| *digest != it.described)
                && store.registry().unit(**id).is_some_and(|it| rules::goes_up(&upper.config, it))
        })
        .map(|it| *it.0)
        .filter(|it| !by_unit.contains_key(it))
        .collect();
    changed.sort_unstable();
    let has_more = changed.len() > MOST_CHANGED;
    changed.truncate(MOST_CHANGED);
    by_unit.extend(changed.into_iter().map(|it| (it, Vec::new())));
    let is_described = |id: &i32| match (standings.get(id), digests.get(id)) {
        (Some(it), Some(digest)) => it.described == *digest,
        _ => false,
    };
    let looked_at: Vec<i32> = by_unit.keys().copied().filter(|it| !is_described(it)).collect();
    let mut described = store
        .read(move |conn| {
            let of = |it| Ok((it, units::described(conn, it)?));
            looked_at.into_iter().map(of).collect::<Result<BTreeMap<i32, _>, StoreError>>()
        })
        .await?;
    let mut found = Vec::with_capacity(by_unit.len());
    for (unit_id, due) in by_unit {
        let Some(unit) = store.registry().unit(unit_id).cloned() else { continue };
        let standing = standings.remove(&unit_id).unwrap_or_default();
        let known = registration::known(upper, store, &unit.enterprise_code, &standing)?;
        let has_moved = known.as_ref().is_some_and(|it| it.1);
        found.push(UnitWork {
            described: described.remove(&unit_id),
            was_asked: standing.asked_at.is_some(),
            digest: digests.get(&unit_id).cloned().unwrap_or_default(),
            refused: None,
            unit,
            standing,
            registration: known.map(|it| it.0),
            has_moved,
            due: due.iter().map(ItemDayWork::of).collect(),
        });
    }
    Ok(Works { units: found, has_more })
}
