//! Chooses the units of a programme: most by their score, some at random, and two inspectors for each. The draw orders by
//! SHA-256 of the seed and a code, so that anybody with the seed can redo it with a calculator of hashes.

use std::collections::{BTreeMap, HashSet};

use nengce_shared::inspection::{Fairness, HowChosen};
use sha2::{Digest, Sha256};

/// A unit that may be visited.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Its credit code.
    pub code: String,
    /// Its district.
    pub district: String,
    /// Its division of industry.
    pub industry: String,
    /// Its score; 0 without a reason.
    pub score: f64,
}

/// How many units are visited and how they are chosen.
#[derive(Debug, Clone, PartialEq)]
pub struct DrawRules {
    /// Visits.
    pub capacity: usize,
    /// The part of the visits that is drawn at random, in percent.
    pub random_percent: f64,
    /// By what the visits that go by score are spread.
    pub fairness: Fairness,
    /// The seed of the draw.
    pub seed: String,
    /// The names of the inspectors; with fewer than two nobody is drawn.
    pub inspectors: Vec<String>,
}

/// A unit that is visited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// Its credit code.
    pub code: String,
    /// Whether its score or the draw chose it.
    pub how: HowChosen,
    /// The hash by which the draw ordered it.
    pub draw_hash: String,
    /// Two inspectors, or nobody.
    pub inspectors: Vec<String>,
}

/// The hash by which a draw orders: the first of 64 hexadecimal digits count most.
pub fn draw_hash(seed: &str, code: &str) -> String {
    const_hex::encode(Sha256::digest(format!("{seed}:{code}")))
}

/// The visits: those by score from the highest on, then those that were drawn. `candidates` stand in the order of the ranking.
pub fn draw(candidates: &[Candidate], rules: &DrawRules) -> Vec<Chosen> {
    let capacity = rules.capacity.min(candidates.len());
    let by_draw = (capacity as f64 * rules.random_percent / 100.0).round() as usize;
    let scoring: Vec<&Candidate> = candidates.iter().filter(|it| it.score > 0.0).collect();
    let by_score = (capacity - by_draw.min(capacity)).min(scoring.len());
    let first = spread(&scoring, by_score, rules.fairness);
    let taken: HashSet<&str> = first.iter().map(|it| it.code.as_str()).collect();
    let mut rest: Vec<(String, &Candidate)> = candidates
        .iter()
        .filter(|it| !taken.contains(it.code.as_str()))
        .map(|it| (draw_hash(&rules.seed, &it.code), it))
        .collect();
    rest.sort_by(|a, b| a.0.cmp(&b.0));
    let drawn = rest.into_iter().take(by_draw).map(|it| (HowChosen::Draw, it.1));
    let all = first.into_iter().map(|it| (HowChosen::Score, it)).chain(drawn);
    let mut visits: BTreeMap<&str, usize> = BTreeMap::new();
    all.map(|(how, it)| Chosen {
        code: it.code.clone(),
        how,
        draw_hash: draw_hash(&rules.seed, &it.code),
        inspectors: pair(&rules.inspectors, &rules.seed, &it.code, &mut visits),
    })
    .collect()
}

/// The first `count` of the ranking; with fairness each group has the part of them that it has of the scoring units, and
/// within a group the ranking decides.
fn spread<'a>(ranking: &[&'a Candidate], count: usize, fairness: Fairness) -> Vec<&'a Candidate> {
    let group = |it: &Candidate| match fairness {
        Fairness::None => String::new(),
        Fairness::District => it.district.clone(),
        Fairness::Industry => it.industry.clone(),
    };
    let mut sizes: BTreeMap<String, usize> = BTreeMap::new();
    for it in ranking {
        *sizes.entry(group(it)).or_default() += 1;
    }
    let mut quotas = quotas(&sizes, count);
    let takes = |it: &&&Candidate| {
        let left = quotas.get_mut(&group(it)).filter(|it| **it > 0);
        left.map(|it| *it -= 1).is_some()
    };
    ranking.iter().filter(takes).copied().collect()
}

/// `count` in proportion to the sizes, by the largest remainders.
fn quotas(sizes: &BTreeMap<String, usize>, count: usize) -> BTreeMap<String, usize> {
    let all: usize = sizes.values().sum();
    let exact = |size: usize| count as f64 * size as f64 / all.max(1) as f64;
    let mut quotas: BTreeMap<String, usize> =
        sizes.iter().map(|(group, size)| (group.clone(), exact(*size).floor() as usize)).collect();
    let mut remainders: Vec<(f64, &String)> =
        sizes.iter().map(|(group, size)| (exact(*size).fract(), group)).collect();
    remainders.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    let missing = count - quotas.values().sum::<usize>();
    for (_, group) in remainders.into_iter().take(missing) {
        if let Some(quota) = quotas.get_mut(group) {
            *quota += 1;
        }
    }
    quotas
}

/// Two inspectors for a visit: those with the fewest visits so far, among them by hash.
fn pair<'a>(
    inspectors: &'a [String],
    seed: &str,
    code: &str,
    visits: &mut BTreeMap<&'a str, usize>,
) -> Vec<String> {
    if inspectors.len() < 2 {
        return Vec::new();
    }
    let mut order: Vec<(usize, String, &String)> = inspectors
        .iter()
        .map(|it| {
            let so_far = visits.get(it.as_str()).copied().unwrap_or_default();
            (so_far, draw_hash(seed, &format!("{code}:{it}")), it)
        })
        .collect();
    order.sort();
    let two: Vec<&'a String> = order.into_iter().take(2).map(|it| it.2).collect();
    for it in &two {
        *visits.entry(it.as_str()).or_default() += 1;
    }
    two.into_iter().cloned().collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn candidates(scores: &[f64]) -> Vec<Candidate> {
        let candidate = |(at, score): (usize, &f64)| Candidate {
            code: format!("U{at:03}"),
            district: format!("D{}", at % 3),
            industry: format!("C{}", at % 5),
            score: *score,
        };
        scores.iter().enumerate().map(candidate).collect()
    }

    fn rules(capacity: usize, random_percent: f64, fairness: Fairness) -> DrawRules {
        let inspectors = ["甲", "乙", "丙"].map(str::to_owned).to_vec();
        DrawRules { capacity, random_percent, fairness, seed: "2026-Q4".to_owned(), inspectors }
    }

    #[test]
    fn the_hash_is_the_one_that_any_tool_computes() {
        // printf '2026-Q4:U001' | sha256sum
        assert_eq!(
            draw_hash("2026-Q4", "U001"),
            "b0f7aa438009b91feed61a29966bf5970b3647b35f3d74ed9a30f4fc260e241e"
        );
    }

    #[test]
    fn the_score_chooses_first_and_the_draw_takes_from_the_rest() {
        let all = candidates(&[9.0, 8.0, 7.0, 6.0, 0.0, 0.0, 0.0, 0.0]);
        let visits = draw(&all, &rules(4, 50.0, Fairness::None));
        let by_score: Vec<&str> = visits
            .iter()
            .filter(|it| it.how == HowChosen::Score)
            .map(|it| it.code.as_str())
            .collect();
        assert_eq!(by_score, ["U000", "U001"]);
        let drawn: Vec<&Chosen> = visits.iter().filter(|it| it.how == HowChosen::Draw).collect();
        assert_eq!(drawn.len(), 2);
        assert!(drawn.windows(2).all(|it| it[0].draw_hash < it[1].draw_hash));
        // Too few units with a reason leave visits free; they are not given to units without one unless drawn.
        assert_eq!(draw(&all, &rules(8, 0.0, Fairness::None)).len(), 4);
    }

    proptest! {
        #[test]
        fn a_draw_is_the_same_again_and_holds_its_laws(
            scores in proptest::collection::vec(0.0..100.0_f64, 1..60),
            capacity in 1usize..40,
            percent in 0.0..100.0_f64,
            fairness in prop_oneof![Just(Fairness::None), Just(Fairness::District), Just(Fairness::Industry)],
        ) {
            let mut scores = scores;
            scores.sort_by(|a, b| b.total_cmp(a));
            let (all, rules) = (candidates(&scores), rules(capacity, percent, fairness));
            let visits = draw(&all, &rules);
            prop_assert_eq!(&visits, &draw(&all, &rules));
            let codes: HashSet<&str> = visits.iter().map(|it| it.code.as_str()).collect();
            prop_assert_eq!(codes.len(), visits.len(), "nobody is visited twice");
            prop_assert!(visits.len() <= capacity);
            // The draw does not depend on the order of the ranking.
            let drawn = |visits: &[Chosen]| -> Vec<String> {
                visits.iter().filter(|it| it.how == HowChosen::Draw).map(|it| it.code.clone()).collect()
            };
            let nobody: Vec<Candidate> =
                all.iter().rev().map(|it| Candidate { score: 0.0, ..it.clone() }).collect();
            let mut again = nobody.clone();
            again.reverse();
            prop_assert_eq!(drawn(&draw(&nobody, &rules)), drawn(&draw(&again, &rules)));
            // Each visit has two inspectors, and nobody has two visits more than another.
            let mut loads = BTreeMap::from([("甲", 0), ("乙", 0), ("丙", 0)]);
            for it in &visits {
                prop_assert_eq!(it.inspectors.len(), 2);
                for name in &it.inspectors {
                    *loads.entry(name.as_str()).or_default() += 1;
                }
            }
            let (least, most) = (loads.values().min(), loads.values().max());
            prop_assert!(most.zip(least).is_none_or(|(most, least)| most - least <= 1));
            // With fairness each group gets its part, up to one visit.
            if fairness == Fairness::District && percent == 0.0 {
                let scoring = all.iter().filter(|it| it.score > 0.0).count();
                for district in ["D0", "D1", "D2"] {
                    let own = all.iter().filter(|it| it.score > 0.0 && it.district == district).count();
                    let got = visits.iter().filter(|it| {
                        all.iter().any(|unit| unit.code == it.code && unit.district == district)
                    }).count();
                    let exact = visits.len() as f64 * own as f64 / scoring.max(1) as f64;
                    prop_assert!((got as f64 - exact).abs() < 1.0);
                }
            }
        }
    }
}
