//! `GET /api/v1/units/{code}/peers`: a unit among its peers, who are shown in groups only.

use super::common::Named;
use super::wire;

wire! {
/// A unit among its peers, by calendar year. The groups are the same for every reader and cannot be filtered.
pub struct PeerComparisonList {
    /// The credit code of the unit.
    pub enterprise_code: String,
    /// The fewest members that a group has.
    pub min_members: u32,
    /// The newest year first; of a year the industry first, then products.
    pub rows: Vec<PeerComparison>,
}
/// One closed year of a unit's industry or of a product that it makes.
pub struct PeerComparison {
    /// The calendar year; its data are complete.
    pub year: i16,
    /// `product` or `industry`.
    pub kind: String,
    /// The product, or the industry (letter and division).
    pub name: Named,
    /// The unit of the figures, such as `kgce/t` or `tce/10^4 yuan`; energy of an industry is on the equivalent basis.
    pub unit: String,
    /// The unit's own figure; null where it has none in the year.
    pub own: Option<f64>,
    /// The place of the unit's group from the best, from 1; null without an own figure or without groups.
    pub own_group: Option<u32>,
    /// All members from the best to the worst, in groups; empty where there are too few for one group.
    pub groups: Vec<PeerGroup>,
}
/// Neighbouring members of a ranking.
pub struct PeerGroup {
    /// The number of members, the unit itself included.
    pub members: u32,
    /// The mean of their figures, at the nearest step of E24 (IEC 60063): within 7.5 %.
    pub mean: f64,
}
}
