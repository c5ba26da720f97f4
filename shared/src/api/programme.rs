//! `/api/v1/programmes`: inspection programmes, each with the units that it visits and the ranking that it was made from.

use super::common::UnitRef;
use super::targets::{Reason, ScorePart};
use super::wire;
use crate::codes::inspection::{Fairness, HowChosen};

wire! {
/// What a programme is made from (`POST /api/v1/programmes`); filters and criteria stand in the query, as on
/// `GET /api/v1/inspection-targets`.
pub struct ProgrammeRequest {
    /// Its name, 1 to 60 characters.
    pub name: String,
    /// The period that it is for, such as `2026-Q4`.
    pub cycle: String,
    /// Visits, 1 to 999.
    pub capacity: u32,
    /// The part of the visits that is drawn at random, 0–100 percent.
    pub random_percent: f64,
    /// By what the visits that go by score are spread.
    pub fairness: Fairness,
    /// The seed of the draw; null: one is made.
    pub seed: Option<String>,
    /// The inspectors among whom two are drawn for each visit; fewer than two: nobody is drawn.
    pub inspectors: Vec<String>,
}
/// A programme without its units.
pub struct ProgrammeSummary {
    /// Its number; 0 for one that is only looked at.
    pub programme_id: u64,
    /// Its name.
    pub name: String,
    /// The period that it is for.
    pub cycle: String,
    /// `in_force` or `withdrawn`.
    pub state: String,
    /// Visits that were asked for.
    pub capacity: u32,
    /// Units chosen by score.
    pub by_score: u32,
    /// Units drawn at random.
    pub by_draw: u32,
    /// Who made it.
    pub made_by: String,
    /// When, local `YYYY-MM-DD HH:MM:SS`.
    pub made_at: String,
    /// Who withdrew it, when and why; null while nobody did.
    pub withdrawn: Option<ProgrammeWithdrawn>,
}
/// Who withdrew a programme.
pub struct ProgrammeWithdrawn {
    /// The account.
    pub by: String,
    /// When.
    pub at: String,
    /// Why.
    pub reason: String,
}
/// All programmes, newest first.
pub struct ProgrammeList {
    /// The programmes.
    pub rows: Vec<ProgrammeSummary>,
}
/// A programme with its units, as it was made; later data do not change it.
pub struct Programme {
    /// What a list says of it.
    pub summary: ProgrammeSummary,
    /// The query with filters and criteria that ranked the units.
    pub question: String,
    /// The part of the visits that was to be drawn, in percent.
    pub random_percent: f64,
    /// By what the visits that go by score were spread.
    pub fairness: Fairness,
    /// The seed of the draw: a unit's place in it is SHA-256 of `seed:credit code`.
    pub seed: String,
    /// The inspectors among whom was drawn.
    pub inspectors: Vec<String>,
    /// The first day of the figures behind the ranking.
    pub from: String,
    /// The last day.
    pub to: String,
    /// The data version of these figures.
    pub data_version: u64,
    /// The units to visit: by score from the highest on, then those that were drawn.
    pub visits: Vec<ProgrammeVisit>,
    /// All units of the filter with their points, for a comparison with another ranking.
    pub ranking: Vec<RankedUnit>,
}
/// A unit that a programme visits.
pub struct ProgrammeVisit {
    /// The unit.
    pub unit: UnitRef,
    /// How it was chosen.
    pub how: HowChosen,
    /// Its place in the ranking; null without points.
    pub rank: Option<u32>,
    /// Its score.
    pub score: f64,
    /// The hash by which the draw ordered it.
    pub draw_hash: String,
    /// The two inspectors; empty where nobody was drawn.
    pub inspectors: Vec<String>,
    /// The evidence of each reason with its points.
    pub parts: Vec<ScorePart>,
    /// The reasons in one Chinese sentence.
    pub sentence_zh: String,
    /// The same in English.
    pub sentence_en: String,
}
/// A unit with the points of each reason.
pub struct RankedUnit {
    /// The credit code.
    pub enterprise_code: String,
    /// The name.
    pub name: String,
    /// The score.
    pub score: f64,
    /// Its place in the ranking; null without points.
    pub rank: Option<u32>,
    /// Whether the programme visits it; of a ranking of today whether it would be chosen by the same rules.
    pub how: Option<HowChosen>,
    /// The reasons with points.
    pub points: Vec<ReasonPoints>,
}
/// The points of a reason.
pub struct ReasonPoints {
    /// The reason.
    pub reason: Reason,
    /// The points.
    pub points: f64,
}
/// Two rankings of one question held against each other (`GET /api/v1/programmes/{id}/compare`).
pub struct ProgrammeComparison {
    /// The earlier one.
    pub before: ProgrammeSummary,
    /// The later one; `programme_id` 0: the ranking of today by the rules of the earlier one.
    pub after: ProgrammeSummary,
    /// Units that the later one visits and the earlier one did not.
    pub joined: u32,
    /// Units that the earlier one visits and the later one does not.
    pub left: u32,
    /// Units that both visit.
    pub stayed: u32,
    /// Units that joined or left, or whose score changed, the largest change first.
    pub rows: Vec<ComparedUnit>,
}
/// A unit in two rankings.
pub struct ComparedUnit {
    /// The credit code.
    pub enterprise_code: String,
    /// The name.
    pub name: String,
    /// How the earlier one chose it; null where it did not.
    pub how_before: Option<HowChosen>,
    /// How the later one chose it.
    pub how_after: Option<HowChosen>,
    /// The earlier score; null where the unit was not in the filter.
    pub score_before: Option<f64>,
    /// The later score.
    pub score_after: Option<f64>,
    /// The reasons whose points changed.
    pub changes: Vec<ReasonChange>,
}
/// The points of a reason in two rankings.
pub struct ReasonChange {
    /// The reason.
    pub reason: Reason,
    /// The earlier points.
    pub before: f64,
    /// The later points.
    pub after: f64,
}
/// Why a programme is withdrawn (`POST /api/v1/programmes/{id}/withdraw`).
pub struct ProgrammeWithdrawal {
    /// The reason, 1 to 1,000 characters.
    pub reason: String,
}
}
