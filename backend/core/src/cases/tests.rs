//! Whole cases of each kind, every short cut refused, and laws that hold for any order of steps.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use nengce_shared::api::case::{CaseOfficer, CaseStepDetails, Circumstance};
use nengce_shared::case::{CaseActor, CaseStep as S, ServiceWay};
use proptest::prelude::*;

use super::deadline::{Due, deadlines};
use super::progress::Progress;
use super::{Step, Subject, Terms, details, fine, flow};
use crate::reference::Dictionaries;

/// A case that is driven step by step.
struct Case {
    dictionaries: Dictionaries,
    violation: &'static str,
    is_joint: bool,
    act_to: Option<Date>,
    steps: Vec<Step>,
    on: Date,
}

impl Case {
    fn new(violation: &'static str, on: Date) -> Self {
        let dictionaries = Dictionaries::built_in();
        let mut it =
            Self { dictionaries, violation, is_joint: false, act_to: None, steps: Vec::new(), on };
        it.add(S::Clue, CaseStepDetails::none());
        it
    }

    fn subject(&self) -> Subject<'_> {
        let mut all = self.dictionaries.violations.iter();
        let violation = all.find(|it| it.code == self.violation).expect("a known violation");
        Subject { violation, is_joint: self.is_joint, act_to: self.act_to }
    }

    fn add(&mut self, step: S, details: CaseStepDetails) {
        let by = match step.actor() {
            Some(CaseActor::Approver) => "head",
            Some(CaseActor::Reviewer) => "reviewer",
            Some(CaseActor::Unit) => "unit",
            _ => "officer",
        };
        let number = self.steps.len() as u32 + 1;
        let (by, text) = (by.to_owned(), "查实".to_owned());
        self.steps.push(Step { number, step, by, on: self.on, text, details });
    }

    /// Takes a step on a day, or says why it is refused.
    fn try_step(&mut self, step: S, on: Date, details: CaseStepDetails) -> Result<(), String> {
        let (subject, terms) = (self.subject(), Terms::of(&self.dictionaries));
        let progress = Progress::new(&self.steps);
        let possible = flow::possible(&progress, &subject, &terms, on);
        let found = possible.into_iter().find(|it| it.step == step).ok_or("not next")?;
        if let Some(block) = found.block {
            return Err(block.en);
        }
        let number = self.steps.len() as u32 + 1;
        let made = Step { number, step, by: String::new(), on, text: "查实".to_owned(), details };
        let made = details::complete(made, &progress, &subject, &terms);
        let made = made.map_err(|it| format!("{}: {}", it.field, it.block.en))?;
        self.on = on;
        self.add(step, made.details);
        Ok(())
    }

    fn step(&mut self, step: S, on: Date) -> &mut Self {
        let done = self.try_step(step, on, usual(step, on));
        done.unwrap_or_else(|it| panic!("{step} on {on}: {it}"));
        self
    }

    fn refused(&mut self, step: S, on: Date, why: &str) -> &mut Self {
        let done = self.try_step(step, on, usual(step, on));
        assert!(done.as_ref().is_err_and(|it| it.contains(why)), "{step} on {on}: {done:?}");
        self
    }

    fn due(&self, name: &str) -> Due {
        let (subject, terms) = (self.subject(), Terms::of(&self.dictionaries));
        let all = deadlines(&Progress::new(&self.steps), &subject, &terms);
        all.into_iter().find(|it| it.row.name == name).map_or(Due::Waits, |it| it.due)
    }
}

/// What a step says in these tests.
fn usual(step: S, on: Date) -> CaseStepDetails {
    let officer = |name: &str, authority: &str| CaseOfficer {
        name: name.to_owned(),
        certificate: "津-0417".to_owned(),
        authority: authority.to_owned(),
    };
    let mut it = CaseStepDetails::none();
    let day = |days: i64| Some(on.saturating_add(days.days()).to_string());
    match step {
        S::Record => {
            it.officers = vec![officer("王某", "节能监察"), officer("李某", "市场监管")];
        }
        S::Served => {
            it.way = Some(ServiceWay::InPerson);
            it.receiver = "刘某".to_owned();
        }
        S::InspectionNotice => it.due = day(6),
        S::Order => it.due = day(30),
        S::ExtensionAsked | S::ExtensionGranted => it.due = day(90),
        S::HearingNotice => it.due = day(20),
        S::Assigned => it.officer = "officer".to_owned(),
        _ => {}
    }
    it
}

/// A case of V02 whose order was not carried out.
fn not_met() -> Case {
    let mut it = Case::new("V02", date(2026, 4, 8));
    it.step(S::OpeningAsked, date(2026, 4, 9)).step(S::Opened, date(2026, 4, 10));
    it.step(S::InspectionNotice, date(2026, 4, 10)).step(S::Served, date(2026, 4, 10));
    it.refused(S::Record, date(2026, 4, 14), "2026-04-15 at the earliest");
    it.step(S::Record, date(2026, 4, 15)).refused(
        S::IntendedPenalty,
        date(2026, 4, 15),
        "order to rectify comes first",
    );
    it.step(S::Order, date(2026, 4, 15)).refused(S::NotMet, date(2026, 6, 1), "not been served");
    it.step(S::Served, date(2026, 4, 16)).refused(
        S::NotMet,
        date(2026, 5, 15),
        "2026-05-16 at the earliest",
    );
    it.step(S::NotMet, date(2026, 5, 18));
    it
}

#[test]
fn a_penalty_takes_every_step_of_the_law() {
    let mut it = not_met();
    it.refused(S::Decision, date(2026, 5, 19), "not next");
    it.refused(S::IntendedPenalty, date(2026, 5, 19), "no evidence is frozen");
    it.step(S::Evidence, date(2026, 5, 19)).step(S::IntendedPenalty, date(2026, 5, 20));
    it.refused(S::ReviewPassed, date(2026, 6, 20), "has not been served");
    it.step(S::Served, date(2026, 9, 24));
    assert_eq!(it.due("hearing_request"), Due::On(date(2026, 10, 9)), "a vector of the field");
    it.refused(S::ReviewPassed, date(2026, 10, 9), "2026-10-10 at the earliest");
    it.step(S::Statement, date(2026, 10, 8)).step(S::HearingAsked, date(2026, 10, 9));
    it.refused(S::ReviewPassed, date(2026, 10, 20), "hearing");
    it.step(S::HearingNotice, date(2026, 10, 12)).step(S::Served, date(2026, 10, 12));
    it.refused(S::HearingHeld, date(2026, 10, 31), "2026-11-01 at the earliest");
    it.step(S::HearingHeld, date(2026, 11, 2)).step(S::ReviewReturned, date(2026, 11, 3));
    it.refused(S::Decision, date(2026, 11, 4), "not next");
    it.step(S::IntendedPenalty, date(2026, 11, 4)).step(S::Served, date(2026, 11, 4));
    it.step(S::ReviewPassed, date(2026, 11, 12)).step(S::Decision, date(2026, 11, 12));
    it.refused(S::Paid, date(2026, 11, 13), "has not been served");
    it.step(S::Served, date(2026, 11, 13));
    assert_eq!(it.due("payment"), Due::On(date(2026, 11, 28)), "calendar days");
    it.refused(S::Surcharge, date(2026, 11, 28), "has not ended")
        .step(S::Surcharge, date(2026, 12, 8));
    let surcharge = it.steps.last().and_then(|it| it.details.amount_yuan);
    assert_eq!(surcharge, Some(30_000.0 * 0.03 * 10.0));
    it.step(S::Published, date(2026, 12, 8))
        .step(S::Paid, date(2026, 12, 9))
        .step(S::Closed, date(2026, 12, 10));
    it.step(S::Revoked, date(2026, 12, 11)).refused(
        S::Closed,
        date(2026, 12, 11),
        "not been withdrawn",
    );
    it.step(S::Unpublished, date(2026, 12, 14))
        .step(S::Closed, date(2026, 12, 14))
        .step(S::Filed, date(2026, 12, 15));
}

#[test]
fn rectified_cases_close_and_more_time_is_asked_for_in_time_and_once() {
    let mut it = Case::new("V04", date(2026, 4, 8));
    it.step(S::OpeningAsked, date(2026, 4, 8)).step(S::Opened, date(2026, 4, 8));
    it.refused(S::Record, date(2026, 4, 8), "no notice was given");
    let without = CaseStepDetails { without_notice: true, ..usual(S::Record, date(2026, 4, 8)) };
    it.try_step(S::Record, date(2026, 4, 8), without).expect("a random check");
    let long = CaseStepDetails { due: Some("2026-10-09".to_owned()), ..CaseStepDetails::none() };
    let late = it.try_step(S::Order, date(2026, 4, 8), long);
    assert_eq!(late, Err("due: 2026-10-08 at the latest".to_owned()));
    it.step(S::Order, date(2026, 4, 8)).step(S::Served, date(2026, 4, 8));
    it.refused(S::ExtensionAsked, date(2026, 4, 24), "by 2026-04-23");
    it.step(S::ExtensionAsked, date(2026, 4, 23)).step(S::ExtensionGranted, date(2026, 4, 24));
    assert_eq!(it.due("extension"), Due::On(date(2026, 7, 23)));
    it.refused(S::ExtensionAsked, date(2026, 4, 25), "once").refused(
        S::NotMet,
        date(2026, 7, 23),
        "not ended",
    );
    it.step(S::Met, date(2026, 7, 24)).refused(S::IntendedPenalty, date(2026, 7, 25), "not next");
    it.step(S::Closed, date(2026, 7, 25)).step(S::Filed, date(2026, 7, 26)).refused(
        S::Closed,
        date(2026, 7, 27),
        "not next",
    );
}

#[test]
fn what_belongs_to_another_authority_or_has_no_fine_goes_another_way() {
    let mut it = Case::new("V08", date(2026, 4, 8));
    it.step(S::OpeningAsked, date(2026, 4, 8)).step(S::Opened, date(2026, 4, 8));
    let without = CaseStepDetails { without_notice: true, ..usual(S::Record, date(2026, 4, 8)) };
    it.try_step(S::Record, date(2026, 4, 8), without.clone()).expect("a report");
    it.refused(S::Order, date(2026, 4, 9), "another authority")
        .step(S::Transferred, date(2026, 4, 9));
    let mut it = Case::new("V01", date(2026, 4, 8));
    it.is_joint = true;
    it.step(S::OpeningAsked, date(2026, 4, 8)).step(S::Opened, date(2026, 4, 8));
    let mut alone = without.clone();
    alone.officers.iter_mut().for_each(|it| it.authority = "节能监察".to_owned());
    let refused = it.try_step(S::Record, date(2026, 4, 8), alone);
    assert_eq!(
        refused,
        Err("officers: a joint inspection has officers of two authorities".to_owned())
    );
    it.try_step(S::Record, date(2026, 4, 8), without).expect("officers of both");
    it.step(S::Order, date(2026, 4, 8));
    let mut it = not_met();
    it.violation = "V05";
    it.step(S::Evidence, date(2026, 5, 19)).refused(
        S::IntendedPenalty,
        date(2026, 5, 20),
        "names no fine",
    );
    let mut it = not_met();
    it.act_to = Some(date(2024, 5, 1));
    it.step(S::Evidence, date(2026, 5, 19)).refused(
        S::IntendedPenalty,
        date(2026, 5, 20),
        "limitation",
    );
}

#[test]
fn an_unknown_year_is_said_and_not_held_against_the_unit() {
    let mut it = not_met();
    it.step(S::Evidence, date(2026, 12, 28)).step(S::IntendedPenalty, date(2026, 12, 28));
    it.step(S::Served, date(2026, 12, 29));
    assert!(matches!(it.due("hearing_request"), Due::Unknown(year) if year.0 == 2027));
    it.refused(S::ReviewPassed, date(2027, 3, 1), "2027 are not known")
        .step(S::HearingAsked, date(2027, 1, 20));
}

#[test]
fn a_fine_is_a_sum_within_the_law_and_never_heavier_than_told() {
    let dictionaries = Dictionaries::built_in();
    let range = dictionaries.violations.iter().find(|it| it.code == "V03").and_then(|it| it.fine);
    let range = range.expect("a fine");
    let of = |heavier: usize, lighter: usize| {
        let one =
            |is_heavier| Circumstance { text: String::new(), basis: String::new(), is_heavier };
        let all: Vec<_> = std::iter::repeat_n(one(true), heavier)
            .chain(std::iter::repeat_n(one(false), lighter))
            .collect();
        fine::amount(range, &all)
    };
    assert_eq!(
        (of(0, 0), of(0, 1), of(9, 0), of(0, 9)),
        (200_000.0, 170_000.0, 300_000.0, 100_000.0)
    );
    assert_eq!(
        fine::surcharge(100.0, date(2026, 1, 1), date(2026, 6, 1)),
        100.0,
        "at most the fine"
    );
    let mut it = not_met();
    it.step(S::Evidence, date(2026, 5, 19))
        .step(S::IntendedPenalty, date(2026, 5, 20))
        .step(S::Served, date(2026, 5, 20));
    it.step(S::ReviewPassed, date(2026, 6, 1));
    let heavier =
        Circumstance { text: "再犯".to_owned(), basis: "基准".to_owned(), is_heavier: true };
    let details = CaseStepDetails { circumstances: vec![heavier], ..CaseStepDetails::none() };
    let refused = it.try_step(S::Decision, date(2026, 6, 2), details).unwrap_err();
    assert!(refused.contains("art. 45"), "{refused}");
}

#[test]
fn who_handled_a_case_neither_reviews_nor_approves_it_and_undoing_takes_a_step_back() {
    let it = not_met();
    let progress = Progress::new(&it.steps);
    assert!(details::separate(S::Opened, "officer", &progress).is_err());
    assert!(details::separate(S::ReviewPassed, "officer", &progress).is_err());
    assert!(details::separate(S::ReviewPassed, "reviewer", &progress).is_ok());
    let mut steps = it.steps.clone();
    let last = steps.last().map_or(0, |it| it.number);
    let undoing = CaseStepDetails { undoes: Some(last), ..CaseStepDetails::none() };
    let mut step = steps[0].clone();
    (step.number, step.step, step.details) = (last + 1, S::Undone, undoing);
    steps.push(step);
    assert_eq!(Progress::new(&steps).state(), S::Order);
}

/// Whatever is tried in whatever order: a decision has a served notice, a term of five working days, a review after it, an
/// opening, and an order that was not carried out; and a unit that asked for a hearing had one.
#[test]
fn no_order_of_steps_skips_notice_and_defence() {
    let decided = std::cell::Cell::new(0);
    // A try takes one of the steps that may follow, or now and then any other.
    let tries = prop::collection::vec(
        (0..8u8, 0..37usize, prop::sample::select(vec![0i64, 0, 1, 2, 8, 31])),
        0..200,
    );
    let walk = |tries: Vec<(u8, usize, i64)>| {
        let mut it = Case::new("V02", date(2026, 1, 5));
        for (any, at, days) in tries {
            let on = it.on.saturating_add(days.days());
            let progress = Progress::new(&it.steps);
            let possible =
                flow::possible(&progress, &it.subject(), &Terms::of(&it.dictionaries), on);
            let step = match possible.is_empty() || any == 0 {
                true => S::ALL[at % S::ALL.len()],
                false => possible[at % possible.len()].step,
            };
            let details = CaseStepDetails { without_notice: true, ..usual(step, on) };
            if !step.is_end() {
                it.try_step(step, on, details).ok();
            }
        }
        let progress = Progress::new(&it.steps);
        let Some(decision) = progress.last(S::Decision) else { return Ok(()) };
        decided.set(decided.get() + 1);
        let told = progress.last(S::IntendedPenalty).expect("a notice");
        let served = progress.served_on(told).expect("a served notice");
        let review = progress.last(S::ReviewPassed).expect("a review");
        let last = Terms::of(&it.dictionaries).after("hearing_request", served);
        prop_assert!(review.on > last.expect("a known year"));
        prop_assert!(review.number > told.number && decision.number > review.number);
        prop_assert!(progress.last(S::Opened).is_some() && progress.last(S::NotMet).is_some());
        let is_before = |it: &Step| it.step == S::Evidence && it.number < told.number;
        prop_assert!(progress.steps().iter().any(|it| is_before(it)));
        if progress.has_since(S::HearingAsked, told) {
            prop_assert!(progress.has_since(S::HearingHeld, told));
        }
        Ok(())
    };
    let config =
        prop::test_runner::Config { cases: 600, failure_persistence: None, ..Default::default() };
    let random =
        prop::test_runner::TestRng::deterministic_rng(prop::test_runner::RngAlgorithm::ChaCha);
    let mut runner = prop::test_runner::TestRunner::new_with_rng(config, random);
    runner.run(&tries, walk).expect("the law holds");
    assert!(decided.get() > 5, "only {} walks came to a decision", decided.get());
}

#[test]
fn working_days_are_those_of_the_state_council() {
    let dictionaries = Dictionaries::built_in();
    let calendar = &dictionaries.working_days;
    for (year, count) in [(2024, 251), (2025, 248), (2026, 248)] {
        let days = date(year, 1, 1).series(1.day()).take_while(|it| it.year() == year);
        assert_eq!(days.filter(|it| calendar.is_worked(*it) == Ok(true)).count(), count, "{year}");
    }
    for (from, count, to) in [
        (date(2026, 2, 13), 3, date(2026, 2, 25)),
        (date(2026, 9, 24), 5, date(2026, 10, 9)),
        (date(2026, 9, 30), 7, date(2026, 10, 15)),
        (date(2025, 1, 24), 5, date(2025, 2, 7)),
        (date(2024, 9, 30), 5, date(2024, 10, 12)),
        (date(2026, 1, 1), 2, date(2026, 1, 5)),
        (date(2026, 5, 8), 1, date(2026, 5, 9)),
    ] {
        assert_eq!(calendar.after(from, count), Ok(to), "{from} + {count}");
    }
}
