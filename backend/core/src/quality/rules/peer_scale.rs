//! A level that is wrong by powers of ten from the first day on. The item's own past cannot show this, but units of the
//! same industry division can.

use crate::quality::{Evidence, Hit, ItemDay, Parameter, Part, Rule, RuleCheck, Severity};

const POWER: Parameter = Parameter {
    name: "least_power",
    value: 3.0,
    unit: "power of ten",
    zh: "与同行中位数相差的最小倍数（10 的幂）",
    en: "Least power of ten off the median of its peers",
};
/// The fewest units that make peers; the code that collects their usual days uses it too.
pub const UNITS: Parameter = Parameter {
    name: "least_units",
    value: 6.0,
    unit: "units",
    zh: "同行业大类同一数据项的最少单位数",
    en: "Fewest units of the division with the item",
};

/// The usual day of an item is a thousandfold off that of its peers.
pub const RULE: Rule = Rule {
    name: "peer_scale",
    version: 1,
    zh: "与同行数量级不符",
    en: "Out of scale with its peers",
    about_zh: "该项日用量的常年水平与同行业大类、同一数据项各单位的中位数相差 10³ 倍以上，疑为接入时单位设错",
    about_en: "The item's usual day is a thousandfold off the median of the units of its division: the unit may have been set wrong from the start",
    says_zh: "约为同行中位数的 {} 倍",
    says_en: "About {} times the median of its peers",
    part: Part::Validity,
    severity: Severity::Medium,
    parameters: &[POWER, UNITS],
    source_zh: "上报数据常见缺陷：数值单位用错",
    source_en: "common problems of uploads: wrong unit of the value",
    certainty: "inferred",
    check: RuleCheck::Item(check),
};

fn check(it: &ItemDay<'_>) -> Option<Hit> {
    let (figure, scale, peers) = (it.figure()?, it.scale()?, it.item.peers?);
    // A few wrong days are not the item's level: the levels of the season, of all kinds of days and of the last days
    // have to agree.
    let levels = [figure, scale.usual, scale.whole, scale.recent];
    levels.iter().all(|it| is_off(*it, peers)).then(|| {
        let evidence = Evidence { expected: Some(peers), ..it.figure_evidence() };
        Hit::new(figure / peers, vec![evidence])
    })
}

fn is_off(figure: f64, peers: f64) -> bool {
    figure > 0.0 && peers > 0.0 && (figure / peers).log10().abs() >= POWER.value
}

/// Whether the item was out of scale until now and this figure is in scale: a wrong unit of measure was corrected.
pub fn came_right(it: &ItemDay<'_>, figure: f64, usual: f64) -> bool {
    let peers = it.item.peers;
    peers.is_some_and(|peers| is_off(usual, peers) && !is_off(figure, peers))
}
