//! Makes the enterprises of a city from a seed: who, where, how large, how fast it changes.

use nengce_shared::energy_level::EnergyLevel;
use nengce_shared::unit_class::UnitClass;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::reference::Dictionaries;

use super::districts::{DISTRICTS, District};
use super::kinds::{KINDS, Kind, Pair};
use super::unit::CityUnit;
use super::{equip, names, unit_items};

/// The number of units for which `Kind::units` is written.
const FULL_CITY_UNITS: usize = 286;
const LARGE_UNITS: usize = 23;

/// Invents `count` units.
pub(super) fn units(seed: u64, count: usize, dictionaries: &Dictionaries) -> Vec<CityUnit> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let brands = names::brands(&mut random);
    let mut units: Vec<CityUnit> = plan(count)
        .into_iter()
        .enumerate()
        .map(|(index, (kind, large))| {
            let brand = &brands[index % brands.len()];
            invent(&mut random, index, kind, large, brand, dictionaries)
        })
        .collect();
    mute(&mut units);
    settle_growth(&mut units, &mut random);
    // The public services come last, so that no other unit depends on how many of them there are.
    let services = units.iter_mut().filter(|it| unit_items::is_public_service(it));
    services.for_each(|it| unit_items::value_added(it, &mut random));
    units
}

/// Chooses the kinds of the units, and the size of large ones: large units first, the others by largest remainder.
fn plan(count: usize) -> Vec<(&'static Kind, Option<f64>)> {
    let mut large: Vec<_> = KINDS
        .iter()
        .flat_map(|kind| kind.large_tce.iter().map(move |it| (kind, Some(*it))))
        .collect();
    let wanted_large = if count >= FULL_CITY_UNITS {
        LARGE_UNITS
    } else {
        (count * LARGE_UNITS).div_ceil(FULL_CITY_UNITS).min(count)
    };
    // Kinds take turns, so that a small city is not all steel.
    large.sort_by_key(|(kind, size)| kind.large_tce.iter().position(|it| Some(*it) == *size));
    large.truncate(wanted_large);
    let rest = count - large.len();
    let total: u32 = KINDS.iter().map(|it| it.units).sum();
    let mut shares: Vec<(usize, f64)> = KINDS
        .iter()
        .map(|kind| f64::from(kind.units) / f64::from(total) * rest as f64)
        .enumerate()
        .collect();
    let mut counts: Vec<usize> = shares.iter().map(|it| it.1 as usize).collect();
    shares.sort_by(|a, b| b.1.fract().total_cmp(&a.1.fract()));
    let short = rest - counts.iter().sum::<usize>();
    for (at, _) in shares.iter().take(short) {
        counts[*at] += 1;
    }
    let others =
        KINDS.iter().zip(counts).flat_map(|(kind, n)| std::iter::repeat_n((kind, None), n));
    large.into_iter().chain(others).collect()
}

fn invent(
    random: &mut ChaCha8Rng,
    index: usize,
    kind: &'static Kind,
    large: Option<f64>,
    brand: &str,
    dictionaries: &Dictionaries,
) -> CityUnit {
    let gross_tce = large.unwrap_or_else(|| {
        let (low, high) = (kind.least_tce, kind.most_tce);
        // Small ones are more common than large ones.
        low * (high / low).powf(random.random::<f64>().powf(1.35))
    });
    let turn = large.and_then(|it| kind.large_tce.iter().position(|size| *size == it));
    let district = match turn {
        Some(turn) => kind.districts[turn % kind.districts.len()].0,
        None => pick_district(random, kind),
    };
    let region = format!("1201{district:02}");
    let yields: f64 = kind.outputs.iter().map(|it| it.1).sum();
    let net_tce = gross_tce * (1.0 - yields);
    let word = random.random_range(0..kind.words.len());
    let level =
        EnergyLevel::of_tce(gross_tce).code().min(if large.is_some() { 5 } else { 4 }) as u8;
    let enterprise_code = names::credit_code(random, &region, index);
    let industries = kind.industries();
    let industry = industries[random.random_range(0..industries.len())];
    let words = kind.words_of(industry);
    let mut unit = CityUnit {
        index,
        enterprise_code,
        name: format!("{brand}{}", words[word % words.len()]),
        region,
        industry,
        kind,
        class: if large.is_some() { UnitClass::Thousand } else { UnitClass::TenThousand },
        energy_level: level,
        gross_tce,
        net_tce,
        growth: 0.0,
        efficiency: -0.026 + 0.018 * (random.random::<f64>() - 0.5),
        upgrade: 0.006 + 0.012 * random.random::<f64>(),
        items: Vec::new(),
        products: Vec::new(),
        meters: Vec::new(),
        uploads: true,
        monthly: false,
        has_terminal: true,
        shutdown: None,
        standstill: 0.03,
    };
    unit_items::fill(&mut unit, random, dictionaries);
    equip::meters(&mut unit, random);
    unit
}

fn pick_district(random: &mut ChaCha8Rng, kind: &Kind) -> u8 {
    let total: u32 = kind.districts.iter().map(|it| it.1).sum();
    let mut at = random.random_range(0..total.max(1));
    for Pair(district, weight) in &kind.districts {
        if at < *weight {
            return *district;
        }
        at -= weight;
    }
    16
}

/// Sets the growth of units so that each district reaches its intended change of intensity at its growth of GDP. Units
/// differ around it, and the differences cancel out by weight.
fn settle_growth(units: &mut [CityUnit], random: &mut ChaCha8Rng) {
    for District { code, gdp_growth, intensity_change, .. } in DISTRICTS {
        let energy_growth = (1.0 + gdp_growth) * (1.0 + intensity_change) - 1.0;
        let members: Vec<usize> = (0..units.len())
            .filter(|at| units[*at].uploads && units[*at].region.ends_with(&format!("{code:02}")))
            .collect();
        let own: Vec<f64> = members.iter().map(|_| 0.09 * (random.random::<f64>() - 0.5)).collect();
        let weight: f64 = members.iter().map(|at| units[*at].net_tce).sum();
        let mean: f64 =
            members.iter().zip(&own).map(|(at, it)| units[*at].net_tce * it).sum::<f64>() / weight;
        for (at, own) in members.iter().zip(own) {
            let unit = &mut units[*at];
            let energy = energy_growth + own - mean;
            unit.growth = (1.0 + energy) / (1.0 + unit.efficiency) - 1.0;
        }
    }
}

/// Makes one unit in a hundred never send: with a terminal, or even without one.
fn mute(units: &mut [CityUnit]) {
    let mut quiet: Vec<usize> = (0..units.len())
        .filter(|at| units[*at].class == UnitClass::TenThousand && units[*at].net_tce < 40_000.0)
        .collect();
    quiet.sort_by_key(|at| units[*at].enterprise_code.clone());
    let silent = if units.len() >= 12 { (units.len() / 90).max(1) } else { 0 };
    for (nth, at) in quiet.into_iter().take(silent).enumerate() {
        units[at].uploads = false;
        units[at].has_terminal = nth % 2 == 0;
    }
}
