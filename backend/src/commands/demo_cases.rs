//! Inspection cases of a demo: invented, one at each part of the way, taken through the same rules as those of people.

use anyhow::Result;
use jiff::ToSpan;
use jiff::civil::Date;
use nengce_core::city::DemoCity;
use nengce_shared::api::case::{
    CaseOfficer, CaseStepDetails, CaseStepRequest, Circumstance, NewCase,
};
use nengce_shared::case::{CaseActor, CaseOrigin, CaseStep as S, ServiceWay};

use crate::http::access::reader::Reader;
use crate::http::cases::{open, steps};
use crate::http::state::AppState;
use crate::store::cases;

/// A step and how many days ago it was taken.
type Script = &'static [(S, i64)];

/// The way to an order that was not carried out.
const TO_NOT_MET: [(S, i64); 9] = [
    (S::OpeningAsked, 118),
    (S::Opened, 117),
    (S::InspectionNotice, 117),
    (S::Served, 117),
    (S::Record, 110),
    (S::Evidence, 110),
    (S::Order, 108),
    (S::Served, 107),
    (S::NotMet, 46),
];

/// Each case: which uploading unit, the violation, the days since the clue, its steps.
const CASES: [(usize, &str, i64, Script); 6] = [
    // Of the enterprise accounts: an order that runs.
    (
        0,
        "V04",
        40,
        &[
            (S::OpeningAsked, 39),
            (S::Opened, 38),
            (S::InspectionNotice, 38),
            (S::Served, 38),
            (S::Record, 30),
            (S::Evidence, 30),
            (S::Order, 28),
            (S::Served, 27),
        ],
    ),
    // Told of a penalty: the unit has stated its case, and its term has ended.
    (1, "V02", 120, &[(S::IntendedPenalty, 30), (S::Served, 29), (S::Statement, 27)]),
    // Decided and not yet paid.
    (
        2,
        "V02",
        120,
        &[
            (S::IntendedPenalty, 44),
            (S::Served, 44),
            (S::ReviewPassed, 28),
            (S::Decision, 26),
            (S::Served, 25),
            (S::Published, 24),
        ],
    ),
    // Waits to be opened.
    (3, "V10", 3, &[(S::OpeningAsked, 1)]),
    // The order is over and nobody has been there since.
    (
        4,
        "V04",
        100,
        &[
            (S::OpeningAsked, 99),
            (S::Opened, 98),
            (S::InspectionNotice, 98),
            (S::Served, 98),
            (S::Record, 90),
            (S::Order, 88),
            (S::Served, 87),
        ],
    ),
    // Carried out and closed.
    (
        5,
        "V10",
        140,
        &[
            (S::OpeningAsked, 139),
            (S::Opened, 138),
            (S::InspectionNotice, 138),
            (S::Served, 138),
            (S::Record, 130),
            (S::Order, 128),
            (S::Served, 127),
            (S::Met, 70),
            (S::Closed, 69),
        ],
    ),
];

/// Makes them where there is none.
pub(super) async fn make(state: &AppState, city: &DemoCity) -> Result<()> {
    if state.store.read(cases::count).await? > 0 {
        return Ok(());
    }
    let units: Vec<_> = city.units.iter().filter(|it| it.uploads).collect();
    for (at, violation, clue, script) in CASES {
        if let Some(unit) = units.get(at) {
            let before: &[(S, i64)] = if violation == "V02" { &TO_NOT_MET } else { &[] };
            let all: Vec<(S, i64)> = before.iter().chain(script).copied().collect();
            play(state, &unit.enterprise_code, (violation, clue), &all).await;
        }
    }
    Ok(())
}

/// Plays a case; it ends where a rule refuses a step, such as one that needs the working days of an unknown year.
async fn play(state: &AppState, unit: &str, (violation, clue): (&str, i64), script: &[(S, i64)]) {
    let today = state.clock.today();
    let ago = |days: i64| today.saturating_sub(days.days());
    let request = NewCase {
        enterprise_code: unit.to_owned(),
        violation: violation.to_owned(),
        origin: CaseOrigin::Target,
        origin_ref: "演示方案".to_owned(),
        text: "监察对象排序靠前，线索为演示虚构。".to_owned(),
        on: Some(ago(clue).to_string()),
        act_from: None,
        act_to: None,
        is_joint: false,
    };
    let reader = |actor: CaseActor| {
        Reader::whole_city(
            match actor {
                CaseActor::Officer => "inspector",
                CaseActor::Approver => "head",
                CaseActor::Reviewer => "reviewer",
                CaseActor::Unit => "manager",
            },
            false,
        )
    };
    let id = match open::open(state, &reader(CaseActor::Officer), request).await {
        Ok(id) => id,
        Err(error) => return tracing::warn!(?error, "a case of the demo was not taken down"),
    };
    for (step, days) in script {
        let actor = step.actor().unwrap_or(CaseActor::Officer);
        let on = ago(*days);
        let request = CaseStepRequest {
            step: *step,
            on: Some(on.to_string()),
            text: words(*step).to_owned(),
            details: details(*step, on),
        };
        if let Err(error) = steps::step(state, &reader(actor), id, actor, request).await {
            return tracing::info!(case = id, %step, ?error, "a case of the demo ends here");
        }
    }
}

fn details(step: S, on: Date) -> CaseStepDetails {
    let due = |days: i64| Some(on.saturating_add(days.days()).to_string());
    let officer = |name: &str, certificate: &str| CaseOfficer {
        name: name.to_owned(),
        certificate: certificate.to_owned(),
        authority: "节能监察机构".to_owned(),
    };
    let none = CaseStepDetails::none();
    match step {
        S::InspectionNotice => CaseStepDetails { due: due(8), ..none },
        S::Record => CaseStepDetails {
            officers: vec![officer("王某", "演-0417"), officer("李某", "演-0422")],
            ..none
        },
        S::Order => CaseStepDetails { due: due(60), ..none },
        S::Served => CaseStepDetails {
            way: Some(ServiceWay::InPerson),
            receiver: "刘某（演示）".to_owned(),
            ..none
        },
        S::IntendedPenalty => CaseStepDetails {
            circumstances: vec![Circumstance {
                text: "主动配合监察".to_owned(),
                basis: "裁量基准（演示）".to_owned(),
                is_heavier: false,
            }],
            ..none
        },
        _ => none,
    }
}

/// What is said of a step.
const fn words(step: S) -> &'static str {
    match step {
        S::InspectionNotice => "检查能源管理岗位、能源利用状况报告和在线监测系统运行情况。",
        S::Record => "查阅台账并询问负责人，核对平台数据与现场仪表，情况属实。",
        S::Order => "现场检查发现的问题尚未改正，责令限期改正。",
        S::NotMet => "复查时能源利用状况报告仍未报送。",
        S::Met => "复查时问题已改正。",
        S::IntendedPenalty => "逾期未改正，事实清楚，证据确凿。",
        S::Statement => "负责人更换致报送延误，已于近日补报，请从轻处理。",
        S::Decision => "补报在复查之后，不影响违法事实的认定；已从轻。",
        S::Closed => "整改完成，予以结案。",
        _ => "按程序办理。",
    }
}
