//! The groups of a snapshot on the wire: made from its units by the server, read back by the browser.

use nengce_shared::api::cube::{FrameGroup, FrameSilence, FrameUneven, FrameUnit};
use nengce_shared::basis::Basis;
use nengce_shared::month::Month;

use super::grouping::groups;
use super::ratio_sums::RatioSums;
use super::snapshot::{Snapshot, basis_index};
use super::unit_group::{Group, Paired, Silence};

/// One of each for every group, in the order of the coarsened cube's members.
pub fn sent(snapshot: &Snapshot) -> (Vec<FrameUnit>, Vec<FrameGroup>) {
    let of = |(group, units): (Group, Vec<usize>)| {
        let days = |month| units.iter().map(|it| snapshot.days(*it, month)).max();
        let uploads = units.iter().map(|it| &snapshot.units[*it].last_upload);
        let unit = FrameUnit {
            enterprise_code: String::new(),
            last_upload: uploads.max().cloned().flatten(),
            converts: units.iter().any(|it| snapshot.converts(*it)),
            days: snapshot.all_months().map(|it| days(it).unwrap_or(0)).collect(),
        };
        (unit, group_sent(snapshot.first, &group))
    };
    groups(snapshot).into_iter().map(of).unzip()
}

fn group_sent(first: Month, group: &Group) -> FrameGroup {
    let place = |it: Month| u16::try_from(it.since(first)).unwrap_or(0);
    let silence =
        |it: &Silence| FrameSilence { from: place(it.from), to: place(it.to), units: it.units };
    let uneven = |(month, both): (&Month, &[Paired; 2])| {
        let (month, both) = (place(*month), *both);
        Basis::ALL.iter().map(move |basis| {
            let it = both[basis_index(*basis)];
            FrameUneven {
                month,
                basis: *basis,
                energy: it.now.energy,
                value_added: it.now.output,
                energy_before: it.before.energy,
                value_added_before: it.before.output,
            }
        })
    };
    FrameGroup {
        units: group.units,
        silent: group.silences.iter().map(silence).collect(),
        uneven: group.uneven.iter().flat_map(uneven).collect(),
    }
}

/// The groups again, months counted from the snapshot's first.
pub fn taken(first: Month, sent: &[FrameGroup]) -> Vec<Group> {
    let month = |place: u16| first.plus(i32::from(place));
    let group = |it: &FrameGroup| {
        let mut group = Group {
            units: it.units,
            silences: Vec::with_capacity(it.silent.len()),
            ..Group::default()
        };
        group.silences.extend(it.silent.iter().map(|it| Silence {
            from: month(it.from),
            to: month(it.to),
            units: it.units,
        }));
        for it in &it.uneven {
            let both = group.uneven.entry(month(it.month)).or_default();
            let sums = |energy, output| RatioSums { energy, output };
            both[basis_index(it.basis)] = Paired {
                now: sums(it.energy, it.value_added),
                before: sums(it.energy_before, it.value_added_before),
            };
        }
        group
    };
    sent.iter().map(group).collect()
}
