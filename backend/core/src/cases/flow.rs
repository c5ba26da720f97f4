//! Which steps may follow, who takes them, and why one may not be taken yet. Every short cut that the law forbids is
//! refused here.

use jiff::civil::Date;
use nengce_shared::case::{CaseActor, CaseStep as S, Procedure};

use super::progress::Progress;
use super::{Step, Subject, Terms};

/// Why a step may not be taken, and from when it may.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// The reason in Chinese.
    pub zh: String,
    /// The reason in English.
    pub en: String,
    /// The first day on which it may be taken, where it is only too early.
    pub from: Option<Date>,
}

impl Block {
    pub(crate) fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into(), from: None }
    }

    fn until(last: Date, zh: &str, en: &str) -> Self {
        let from = last.saturating_add(jiff::Span::new().days(1));
        Self {
            zh: format!("{zh}，最早 {from}"),
            en: format!("{en}; {from} at the earliest"),
            from: Some(from),
        }
    }

    fn unknown(year: i16) -> Self {
        Self::new(
            format!("{year} 年放假安排未导入，工作日期限无法计算"),
            format!("the working days of {year} are not known: import their arrangement"),
        )
    }
}

/// A step that may follow, or could if it were not blocked.
#[derive(Debug, Clone)]
pub struct Possible {
    /// The step.
    pub step: S,
    /// Who takes it.
    pub actor: CaseActor,
    /// Why it may not be taken yet.
    pub block: Option<Block>,
}

/// The states that may follow a state.
const fn next(state: S) -> &'static [S] {
    match state {
        S::Clue => &[S::OpeningAsked, S::Transferred, S::Stopped],
        S::OpeningAsked => &[S::Opened, S::NotOpened],
        S::Opened => &[S::InspectionNotice, S::Record, S::Transferred, S::Stopped],
        S::InspectionNotice => &[S::Record, S::Transferred, S::Stopped],
        S::Record => {
            &[S::Order, S::Advice, S::IntendedPenalty, S::Closed, S::Transferred, S::Stopped]
        }
        S::Order | S::ExtensionGranted | S::ExtensionRefused => {
            &[S::ExtensionAsked, S::Met, S::NotMet, S::Transferred, S::Stopped]
        }
        S::ExtensionAsked => &[S::ExtensionGranted, S::ExtensionRefused],
        S::NotMet => &[S::IntendedPenalty, S::Transferred, S::Stopped],
        S::IntendedPenalty => {
            &[S::HearingNotice, S::ReviewPassed, S::ReviewReturned, S::Transferred, S::Stopped]
        }
        S::HearingNotice => &[S::HearingHeld, S::Stopped],
        S::HearingHeld => &[S::ReviewPassed, S::ReviewReturned, S::Stopped],
        S::ReviewReturned => &[S::IntendedPenalty, S::Transferred, S::Stopped],
        S::ReviewPassed => &[S::Decision, S::NoPenalty],
        S::Decision => &[S::Paid, S::Surcharge, S::Revoked],
        S::Surcharge => &[S::Paid, S::Revoked],
        S::Paid => &[S::Closed, S::Revoked],
        S::Advice | S::Met | S::NoPenalty | S::Revoked => &[S::Closed],
        S::Closed => &[S::Filed, S::Revoked],
        // A court may revoke a decision whose case was filed.
        S::Filed => &[S::Revoked],
        S::NotOpened | S::Transferred | S::Stopped => &[S::Filed],
        _ => &[],
    }
}

/// The steps beside the path that may be taken in a state.
fn steps_beside_path(case: &Progress<'_>) -> Vec<S> {
    let mut all = Vec::new();
    let state = case.state();
    if !state.is_end() {
        all.push(S::Assigned);
        if !matches!(state, S::Clue | S::OpeningAsked) {
            all.push(S::Evidence);
        }
    }
    let since = [S::IntendedPenalty, S::HearingNotice, S::HearingHeld, S::ReviewReturned];
    if since.contains(&state) {
        all.extend([S::Statement, S::HearingAsked]);
    }
    if case.unserved().next().is_some() && state != S::Filed {
        all.push(S::Served);
    }
    let is_decided = case.last(S::Decision).is_some() && case.last(S::Revoked).is_none();
    if is_decided && case.last(S::Published).is_none() && state != S::Filed {
        all.push(S::Published);
    }
    if is_public(case) && case.last(S::Revoked).is_some() {
        all.push(S::Unpublished);
    }
    all
}

/// Whether the decision is published.
fn is_public(case: &Progress<'_>) -> bool {
    case.last(S::Published).is_some() && case.last(S::Unpublished).is_none()
}

/// What may follow on a day, with the reason where it may not yet.
pub fn possible(
    case: &Progress<'_>,
    subject: &Subject<'_>,
    terms: &Terms<'_>,
    on: Date,
) -> Vec<Possible> {
    let is_decided = case.last(S::Decision).is_some() && case.last(S::Revoked).is_none();
    let is_open = |it: &S| match it {
        S::Revoked => is_decided,
        S::HearingNotice => is_hearing_asked(case),
        _ => true,
    };
    let path = next(case.state()).iter().copied().filter(is_open);
    let steps = path.chain(steps_beside_path(case));
    let possible = |step: S| {
        let actor = step.actor()?;
        Some(Possible { step, actor, block: block(step, case, subject, terms, on) })
    };
    steps.filter_map(possible).collect()
}

/// Who has to act now: whoever may take the next step of the path, and the officer while a document waits for its service.
pub fn next_actors(
    case: &Progress<'_>,
    subject: &Subject<'_>,
    terms: &Terms<'_>,
    on: Date,
) -> Vec<CaseActor> {
    let is_turn = |it: &Possible| {
        let is_path = it.step.is_state() || it.step == S::Served;
        let is_by_way =
            matches!(it.step, S::Stopped | S::Transferred | S::ExtensionAsked | S::Revoked);
        it.block.is_none() && is_path && !is_by_way
    };
    let possible = possible(case, subject, terms, on);
    let mut actors: Vec<CaseActor> =
        possible.iter().filter(|it| is_turn(it)).map(|it| it.actor).collect();
    actors.sort_unstable();
    actors.dedup();
    actors
}

/// Why a step that may follow by its place may not be taken on a day.
fn block(
    step: S,
    case: &Progress<'_>,
    subject: &Subject<'_>,
    terms: &Terms<'_>,
    on: Date,
) -> Option<Block> {
    match step {
        S::Record => record(case, terms, on),
        S::Order => order(subject),
        S::IntendedPenalty => intended_penalty(case, subject, terms, on),
        S::ExtensionAsked => extension(case, terms, on),
        S::Met | S::NotMet => reinspection(step, case, on),
        S::HearingAsked => hearing_asked(case, terms, on),
        S::HearingHeld => hearing_held(case, terms, on),
        S::ReviewPassed | S::ReviewReturned => review(case, terms, on),
        S::Paid | S::Surcharge | S::Published => performance(step, case, terms, on),
        S::Closed if case.last(S::Revoked).is_some() => closed_after_revocation(case),
        _ => None,
    }
}

fn record(case: &Progress<'_>, terms: &Terms<'_>, on: Date) -> Option<Block> {
    // Without a notice only random checks and reports are visited: the details say so.
    let notice = case.last(S::InspectionNotice)?;
    let Some(served) = case.served_on(notice) else {
        return Some(Block::new(
            "监察通知书尚未送达",
            "the notice of inspection has not been served",
        ));
    };
    match terms.after("inspection_notice", served) {
        Ok(first) if on < first => {
            let before = first.saturating_sub(jiff::Span::new().days(1));
            Some(Block::until(
                before,
                "监察通知未满 5 日",
                "the visit was announced less than 5 days before",
            ))
        }
        Ok(_) => None,
        Err(it) => Some(Block::unknown(it.0)),
    }
}

fn is_of_this_authority(subject: &Subject<'_>) -> bool {
    let of = subject.violation.authority.as_str();
    of == "energy" || (of == "metering" && subject.is_joint)
}

fn order(subject: &Subject<'_>) -> Option<Block> {
    let is_ours =
        is_of_this_authority(subject) && subject.violation.procedure != Procedure::Transfer;
    (!is_ours).then(|| {
        Block::new(
            "该违法行为由其他机关查处，应移送或联合监察",
            "another authority deals with this violation: transfer the case or inspect jointly",
        )
    })
}

fn intended_penalty(
    case: &Progress<'_>,
    subject: &Subject<'_>,
    terms: &Terms<'_>,
    on: Date,
) -> Option<Block> {
    if let Some(it) = order(subject) {
        return Some(it);
    }
    let ground = &subject.violation.ground;
    if subject.violation.fine.is_none() {
        return Some(Block::new(
            format!("{ground}未设罚款金额，整改未达到的应报告有权机关"),
            format!("the law names no fine here ({ground}): report to whoever may decide"),
        ));
    }
    if subject.violation.procedure != Procedure::Direct && case.last(S::NotMet).is_none() {
        return Some(Block::new(
            format!("依{ground}须先责令限期改正，逾期未改的方可处罚"),
            format!(
                "by {ground} an order to rectify comes first, and a fine only where it was not carried out"
            ),
        ));
    }
    if case.last(S::Evidence).is_none() {
        return Some(Block::new(
            "证据尚未冻结，单位无从查询和答复（行政处罚法第四十一条）",
            "no evidence is frozen, so that the unit cannot read and answer it (Law on Administrative Penalties art. 41)",
        ));
    }
    let last = terms.after("limitation", subject.act_to?).ok()?;
    (on > last).then(|| {
        Block::new(
            format!("已过两年追究时效（{last}，行政处罚法第三十六条）"),
            format!("the act is past its limitation of two years ({last}, art. 36)"),
        )
    })
}

fn extension(case: &Progress<'_>, terms: &Terms<'_>, on: Date) -> Option<Block> {
    let (order, end) = case.rectification()?;
    if case.has_since(S::ExtensionAsked, order) {
        return Some(Block::new("只能申请一次延期", "an extension is asked for once"));
    }
    let days = terms.row("extension_request").map_or(0, |it| i64::from(it.count));
    let last = end?.saturating_sub(jiff::Span::new().days(days));
    (on > last).then(|| {
        Block::new(
            format!("应在整改期满 {days} 日前申请，最迟 {last}"),
            format!("an extension is asked for {days} days before the end, by {last}"),
        )
    })
}

fn reinspection(step: S, case: &Progress<'_>, on: Date) -> Option<Block> {
    let (order, end) = case.rectification()?;
    if case.served_on(order).is_none() {
        return Some(Block::new("整改通知书尚未送达", "the order has not been served"));
    }
    let end = end.filter(|end| step == S::NotMet && on <= *end)?;
    Some(Block::until(end, "整改期限未满", "the time for rectification has not ended"))
}

/// The notice of the penalty, and the last day on which the unit may ask for a hearing.
fn told_penalty<'a>(case: &Progress<'a>, terms: &Terms<'_>) -> Result<(&'a Step, Date), Block> {
    let none = || Block::new("尚未事先告知", "the intended penalty has not been told");
    let notice = case.last(S::IntendedPenalty).ok_or_else(none)?;
    let unserved = || {
        Block::new("事先告知书尚未送达", "the notice of the intended penalty has not been served")
    };
    let served = case.served_on(notice).ok_or_else(unserved)?;
    let last = terms.after("hearing_request", served).map_err(|it| Block::unknown(it.0))?;
    Ok((notice, last))
}

fn hearing_asked(case: &Progress<'_>, terms: &Terms<'_>, on: Date) -> Option<Block> {
    let notice = case.last(S::IntendedPenalty)?;
    if case.has_since(S::HearingAsked, notice) {
        return Some(Block::new("已要求听证", "a hearing was asked for"));
    }
    case.served_on(notice)?;
    // A term that cannot be counted is not held against the unit.
    let (_, last) = told_penalty(case, terms).ok()?;
    (on > last).then(|| {
        Block::new(
            format!("要求听证的期限已于 {last} 届满"),
            format!("the time for a hearing ended on {last}"),
        )
    })
}

fn is_hearing_asked(case: &Progress<'_>) -> bool {
    case.last(S::IntendedPenalty).is_some_and(|it| case.has_since(S::HearingAsked, it))
}

fn hearing_held(case: &Progress<'_>, terms: &Terms<'_>, on: Date) -> Option<Block> {
    let notice = case.last(S::HearingNotice)?;
    let Some(served) = case.served_on(notice) else {
        return Some(Block::new(
            "听证通知书尚未送达",
            "the notice of the hearing has not been served",
        ));
    };
    let first = match terms.after("hearing_notice", served) {
        Ok(it) => it,
        Err(it) => return Some(Block::unknown(it.0)),
    };
    let first = notice.due().map_or(first, |it| it.max(first));
    let before = first.saturating_sub(jiff::Span::new().days(1));
    (on < first).then(|| {
        Block::until(before, "听证应在通知 7 日后举行", "a hearing is held 7 days after its notice")
    })
}

fn review(case: &Progress<'_>, terms: &Terms<'_>, on: Date) -> Option<Block> {
    let (notice, last) = match told_penalty(case, terms) {
        Ok(it) => it,
        Err(block) => return Some(block),
    };
    if is_hearing_asked(case) && !case.has_since(S::HearingHeld, notice) {
        return Some(Block::new(
            "单位已要求听证，须先举行听证",
            "the unit asked for a hearing, which comes first",
        ));
    }
    (on <= last).then(|| {
        Block::until(
            last,
            "陈述申辩与听证期未满",
            "the unit may still state its case or ask for a hearing",
        )
    })
}

fn performance(step: S, case: &Progress<'_>, terms: &Terms<'_>, on: Date) -> Option<Block> {
    let decision = case.last(S::Decision)?;
    let Some(served) = case.served_on(decision) else {
        return Some(Block::new("决定书尚未送达", "the decision has not been served"));
    };
    let due = terms.after("payment", served).ok().filter(|_| step == S::Surcharge)?;
    (on <= due).then(|| Block::until(due, "缴款期限未满", "the time for payment has not ended"))
}

fn closed_after_revocation(case: &Progress<'_>) -> Option<Block> {
    is_public(case)
        .then(|| Block::new("公示信息尚未撤回", "what was published has not been withdrawn"))
}
