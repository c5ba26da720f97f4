//! Notes what has to go up: item-days of uploads that came since the last look, and every item-day of a unit that came into
//! the rules. With other rules the last days of all units are noted at once, and then unit by unit the others.

use std::collections::BTreeSet;

use jiff::ToSpan;

use super::Upper;
use super::failure::RoundError;
use super::rules;
use crate::clock::Clock;
use crate::config::Config;
use crate::store::Store;
use crate::store::item_day::ItemDay;
use crate::store::link::upper::Standing;
use crate::store::link::{members, scan, upper as standings};

/// Units whose item-days are read at once.
const UNITS_PER_READ: usize = 20;

/// Notes what is new; whether more is to be noted.
pub(super) async fn note(
    upper: &Upper,
    store: &Store,
    config: &Config,
    clock: &Clock,
    standing: Standing,
) -> Result<bool, RoundError> {
    let standing = match standing.rules_sha256 == upper.rules_sha256 {
        true => standing,
        false => begin(upper, store, clock).await?,
    };
    let more_uploads = uploads(upper, store, config, clock, &standing).await?;
    let more_units = units(upper, store, clock).await?;
    Ok(more_uploads || more_units)
}

/// Begins with other rules: the last days are noted, and later uploads are looked at from now on.
async fn begin(upper: &Upper, store: &Store, clock: &Clock) -> Result<Standing, RoundError> {
    let recent = clock.today().saturating_sub(i64::from(upper.config.recent_days).days());
    let since = recent.max(upper.config.first_day());
    let found = store.read(move |conn| scan::changed(conn, 0, i32::MAX, since)).await?;
    let days = taken(upper, &found);
    keep(upper, store, clock, (0, found.upto), days).await?;
    let name = upper.config.name.clone();
    Ok(store.read(move |conn| standings::standing(conn, &name)).await?)
}

/// Notes the item-days of uploads that were not looked at yet; whether later ones are there.
async fn uploads(
    upper: &Upper,
    store: &Store,
    config: &Config,
    clock: &Clock,
    standing: &Standing,
) -> Result<bool, RoundError> {
    let after = standing.scanned_upload;
    let uploads = i32::try_from(config.link_uploads_per_look.max(1)).unwrap_or(i32::MAX);
    let since = upper.config.first_day();
    let found = store.read(move |conn| scan::changed(conn, after, uploads, since)).await?;
    if found.upto > after {
        keep(upper, store, clock, (after, found.upto), taken(upper, &found)).await?;
    }
    Ok(found.has_more)
}

/// The item-days that the rules take.
fn taken(upper: &Upper, found: &scan::Scan) -> Vec<ItemDay> {
    let takes = |it: &&scan::ChangedItemDay| {
        rules::takes_unit(&upper.config, &it.enterprise_code, &it.region_code)
            && rules::takes_item(&upper.config, &it.data_code)
    };
    found.changed.iter().filter(takes).map(|it| it.item_day).collect()
}

async fn keep(
    upper: &Upper,
    store: &Store,
    clock: &Clock,
    marks: (i32, i32),
    days: Vec<ItemDay>,
) -> Result<(), RoundError> {
    let (name, rules, now) = (upper.config.name.clone(), upper.rules_sha256.clone(), clock.now());
    store.write_apart(move |conn| scan::note(conn, &name, marks, &rules, &days, now)).await?;
    Ok(())
}

/// Notes the item-days of units that came into the rules, as many as a batch takes, and stops those of units that left them;
/// whether more units are to be noted.
async fn units(upper: &Upper, store: &Store, clock: &Clock) -> Result<bool, RoundError> {
    let name = upper.config.name.clone();
    let known = store.read(move |conn| members::all(conn, &name)).await?;
    let now_taken: BTreeSet<i32> = {
        let registry = store.registry();
        let going = registry.units().filter(|it| rules::goes_up(&upper.config, it));
        going.map(|it| it.unit_id).collect()
    };
    let stays = |id: &i32, it: &members::Member| it.left_at.is_some() || now_taken.contains(id);
    let left: Vec<i32> = known.iter().filter(|(id, it)| !stays(id, it)).map(|it| *it.0).collect();
    let now = clock.now();
    if !left.is_empty() {
        let name = upper.config.name.clone();
        store.write_apart(move |conn| members::leave(conn, &name, &left, now)).await?;
    }
    let is_noted = |id: &i32| {
        let known = known.get(id);
        known.is_some_and(|it| it.left_at.is_none() && it.rules_sha256 == upper.rules_sha256)
    };
    let new: Vec<i32> = now_taken.into_iter().filter(|it| !is_noted(it)).collect();
    let mut days: Vec<ItemDay> = Vec::new();
    let mut done = 0;
    let enough = upper.config.max_item_days_per_batch as usize;
    for chunk in new.chunks(UNITS_PER_READ) {
        let (units, since) = (chunk.to_vec(), upper.config.first_day());
        let grains = upper.config.stat_types();
        let found =
            store.read(move |conn| members::item_days(conn, &units, since, &grains)).await?;
        let takes = |it: &(ItemDay, String)| rules::takes_item(&upper.config, &it.1);
        days.extend(found.into_iter().filter(takes).map(|it| it.0));
        done += chunk.len();
        if days.len() >= enough {
            break;
        }
    }
    if done > 0 {
        let (name, rules) = (upper.config.name.clone(), upper.rules_sha256.clone());
        let units = new[..done].to_vec();
        store
            .write_apart(move |conn| members::put(conn, &name, (&units, &rules), &days, now))
            .await?;
    }
    Ok(done < new.len())
}
