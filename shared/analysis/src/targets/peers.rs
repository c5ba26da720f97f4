//! A unit's intensity against its peers: the same industry class when enough of them have a
//! figure, else the same division, else no verdict.

use std::collections::BTreeMap;

use nengce_shared::number::decimal;
use nengce_shared::percentile::quantile;

use crate::catalog::division;
use crate::evaluation::Evaluation;
use crate::ratio::own;

/// A unit's intensity and its peers' upper quartile.
#[derive(Debug, Clone, PartialEq)]
pub struct Peers {
    /// The unit's intensity in tce per 10^4 yuan.
    pub value: f64,
    /// The upper quartile of the peers in tce per 10^4 yuan.
    pub p75: f64,
    /// The number of peers, the unit included.
    pub count: usize,
    /// Code of the industry that makes the peers.
    pub industry: String,
}

/// By unit index, over the whole city: a filter narrows who is listed, not whom one is compared with.
pub fn peers(evaluation: &Evaluation<'_>, least: usize) -> BTreeMap<usize, Peers> {
    let months = evaluation.query.spans.now_parts().whole;
    let units = &evaluation.snapshot.units;
    let values: BTreeMap<usize, f64> = (0..units.len())
        .filter_map(|unit| {
            let sums = months.iter().filter_map(|it| own(evaluation, unit, *it));
            let (energy, output) =
                sums.fold((0.0, 0.0), |(e, o), it| (e + it.energy, o + it.output));
            let value = nengce_shared::intensity::ratio(energy, output)?;
            Some((unit, decimal(value)))
        })
        .collect();
    let mut groups: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for (unit, value) in &values {
        let industry = units[*unit].industry.as_str();
        for code in
            [industry, division(industry)].into_iter().take(if industry.len() > 3 { 2 } else { 1 })
        {
            groups.entry(code).or_default().push(*value);
        }
    }
    let verdict = |(unit, value): (&usize, &f64)| {
        let industry = units[*unit].industry.as_str();
        let code = [industry, division(industry)]
            .into_iter()
            .find(|it| !it.is_empty() && groups.get(it).is_some_and(|all| all.len() >= least))?;
        let all = groups.get(code)?;
        Some((
            *unit,
            Peers {
                value: *value,
                p75: decimal(quantile(all, 0.75)?),
                count: all.len(),
                industry: code.to_owned(),
            },
        ))
    };
    values.iter().filter_map(verdict).collect()
}
