//! Logarithmic-mean Divisia decomposition of energy into activity, structure and intensity,
//! multiplicative and additive, chained period by period. No units of its own: tce in, tce out.

use serde::{Deserialize, Serialize};

/// The least sum of the log means of shares (1 when no share changed). Below it nearly all energy lies in members that
/// exist in only one of the two periods, and the indices would be meaningless.
const LEAST_IN_COMMON: f64 = 0.01;

/// One member (industry, district) in one period: energy in tce, activity (value added at
/// comparable prices, or output) in any one unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// tce.
    pub energy: f64,
    /// Value added or output, in one unit for all points.
    pub activity: f64,
}

/// Three effects: factors of the multiplicative form, or tce of the additive form.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Effects {
    /// 规模: the whole produced more or less.
    pub activity: f64,
    /// 结构: shares moved between members.
    pub structure: f64,
    /// 强度: members used more or less per activity.
    pub intensity: f64,
}

impl Effects {
    const ZERO: Self = Self { activity: 0.0, structure: 0.0, intensity: 0.0 };

    /// activity · structure · intensity: the index of total energy.
    pub fn product(&self) -> f64 {
        self.activity * self.structure * self.intensity
    }

    /// activity + structure + intensity: the change of total energy in tce.
    pub fn sum(&self) -> f64 {
        self.activity + self.structure + self.intensity
    }

    fn add(&mut self, other: Self) {
        self.activity += other.activity;
        self.structure += other.structure;
        self.intensity += other.intensity;
    }

    fn scale(self, by: f64) -> Self {
        Self {
            activity: self.activity * by,
            structure: self.structure * by,
            intensity: self.intensity * by,
        }
    }
}

/// The decomposition of a chain of periods.
#[derive(Debug, Clone, PartialEq)]
pub struct Decomposition {
    /// One per period, the first all 1: multiplicative indices since the first period. Their
    /// product is E_t / E_0.
    pub indices: Vec<Effects>,
    /// Additive effects over the whole chain in tce. Their sum is E_T − E_0.
    pub effects: Effects,
    /// The same per member, in the order of the members; they add up to `effects`.
    pub members: Vec<Effects>,
}

/// Why a chain cannot be decomposed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LmdiError {
    /// One period or none.
    #[error("fewer than two periods")]
    TooShort,
    /// A period with more or fewer members than the first.
    #[error("period {period} has another number of members than the first")]
    Ragged {
        /// Counted from 0.
        period: usize,
    },
    /// A value below zero, or not a number.
    #[error("member {member} of period {period} has a negative or unreadable value")]
    Value {
        /// Counted from 0.
        period: usize,
        /// Counted from 0.
        member: usize,
    },
    /// A period without energy or without activity.
    #[error("period {period} has no energy or no activity in total")]
    EmptyTotal {
        /// Counted from 0.
        period: usize,
    },
    /// The energy of two neighbouring periods lies in different members.
    #[error(
        "members that use energy in both period {period} and the one before carry too little of it"
    )]
    LittleInCommon {
        /// The later one, counted from 0.
        period: usize,
    },
}

/// Decomposes a chain of periods, oldest first, each with the same members in the same order.
///
/// Each step t−1 → t is decomposed by itself and the steps are chained (an unchained form is wrong
/// in the third digit against published tables; found). Multiplicative: weights are the log means
/// L(s_t, s_{t−1}) of the members' energy shares, normalised to 1 (Sato–Vartia). Additive LMDI-I:
/// weights are L(E_t, E_{t−1}) in tce. Both leave no residual.
///
/// Zeros take their analytic limit, not a small number: a member whose energy appears or vanishes
/// gives its whole energy to structure when its activity appears or vanishes with it, otherwise to
/// intensity. A member with energy on both sides but no activity on one has no defined share or
/// intensity: what is not activity counts as intensity.
///
/// ```
/// use nengce_shared::lmdi::{Point, decompose};
/// let year = |energy, activity| vec![Point { energy, activity }];
/// // A tenth more output, at the same energy per output: all of the change is activity.
/// let it = decompose(&[year(100.0, 50.0), year(110.0, 55.0)])?;
/// assert!((it.effects.activity - 10.0).abs() < 1e-9 && it.effects.intensity.abs() < 1e-9);
/// # Ok::<(), nengce_shared::lmdi::LmdiError>(())
/// ```
///
/// # Errors
/// A chain that is too short, uneven or without totals, or whose periods have too little in common.
pub fn decompose(periods: &[Vec<Point>]) -> Result<Decomposition, LmdiError> {
    let [first, _, ..] = periods else {
        return Err(LmdiError::TooShort);
    };
    for (at, period) in periods.iter().enumerate() {
        check(at, period, first.len())?;
    }
    let mut indices = vec![Effects { activity: 1.0, structure: 1.0, intensity: 1.0 }];
    let mut members = vec![Effects::ZERO; first.len()];
    for (at, pair) in periods.windows(2).enumerate() {
        let (before, now) = (Totals::of(&pair[0]), Totals::of(&pair[1]));
        let mut logs = Effects::ZERO;
        let mut weights = 0.0;
        for (member, (p0, p1)) in members.iter_mut().zip(pair[0].iter().zip(&pair[1])) {
            member.add(terms(*p0, *p1, &before, &now, 1.0, 1.0));
            logs.add(terms(*p0, *p1, &before, &now, before.energy, now.energy));
            weights += log_mean(p1.energy / now.energy, p0.energy / before.energy);
        }
        if weights < LEAST_IN_COMMON {
            return Err(LmdiError::LittleInCommon { period: at + 1 });
        }
        let last = indices[at];
        let logs = logs.scale(1.0 / weights);
        indices.push(Effects {
            activity: last.activity * logs.activity.exp(),
            structure: last.structure * logs.structure.exp(),
            intensity: last.intensity * logs.intensity.exp(),
        });
    }
    let mut effects = Effects::ZERO;
    members.iter().for_each(|member| effects.add(*member));
    Ok(Decomposition { indices, effects, members })
}

/// Logarithmic mean L(a, b) = (a − b)/ln(a/b); L(a, a) = a; zero when either is zero.
pub fn log_mean(a: f64, b: f64) -> f64 {
    if a <= 0.0 || b <= 0.0 {
        return 0.0;
    }
    let x = (a - b) / b;
    if x.abs() < 1e-6 {
        // Series of x/ln(1+x): the quotient itself loses digits this close to 1.
        return b * (1.0 + x / 2.0 - x * x / 12.0);
    }
    (a - b) / (a / b).ln()
}

struct Totals {
    energy: f64,
    activity: f64,
}

impl Totals {
    fn of(period: &[Point]) -> Self {
        Self {
            energy: period.iter().map(|it| it.energy).sum(),
            activity: period.iter().map(|it| it.activity).sum(),
        }
    }
}

/// One member's weighted log terms of one step. `scale0` and `scale1` turn its energies into the
/// quantity whose log mean weighs: 1 for tce, the totals for shares.
fn terms(p0: Point, p1: Point, t0: &Totals, t1: &Totals, scale0: f64, scale1: f64) -> Effects {
    let (w0, w1) = (p0.energy / scale0, p1.energy / scale1);
    let weight = log_mean(w1, w0);
    let active = (p0.activity > 0.0, p1.activity > 0.0);
    if weight == 0.0 {
        let appeared_whole = if w0 == 0.0 { !active.0 } else { !active.1 };
        let (structure, intensity) = if appeared_whole { (w1 - w0, 0.0) } else { (0.0, w1 - w0) };
        return Effects { activity: 0.0, structure, intensity };
    }
    let activity = weight * (t1.activity / t0.activity).ln();
    let total = weight * (p1.energy / p0.energy).ln();
    if !(active.0 && active.1) {
        return Effects { activity, structure: 0.0, intensity: total - activity };
    }
    let share = (p1.activity / t1.activity) / (p0.activity / t0.activity);
    let structure = weight * share.ln();
    Effects { activity, structure, intensity: total - activity - structure }
}

fn check(at: usize, period: &[Point], members: usize) -> Result<(), LmdiError> {
    if period.len() != members {
        return Err(LmdiError::Ragged { period: at });
    }
    let valid = |value: f64| value.is_finite() && value >= 0.0;
    if let Some(member) = period.iter().position(|it| !valid(it.energy) || !valid(it.activity)) {
        return Err(LmdiError::Value { period: at, member });
    }
    let totals = Totals::of(period);
    if totals.energy <= 0.0 || totals.activity <= 0.0 {
        return Err(LmdiError::EmptyTotal { period: at });
    }
    Ok(())
}

#[cfg(test)]
mod tests;
