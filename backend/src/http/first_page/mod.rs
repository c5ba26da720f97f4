//! `GET /api/v1/home`: the first page of an account. `PARTS` says which role gets which part; each part receives the units
//! that this role reaches with the permission of the part, and nothing beyond.

mod accounts;
mod answers;
mod audit;
mod cases;
mod city;
mod findings;
mod last_visit;
mod machine;
mod meters;
mod own_units;
mod part;
mod rejected;
mod reporting;
mod shared;
mod targets;
mod to_do;
mod waiting;

use axum::Json;
use axum::extract::State;
use axum::http::Uri;
use nengce_shared::access::permission::Permission;
use nengce_shared::access::role::Role;
use nengce_shared::api::home::{Home, HomePart};
use nengce_shared::case::CaseActor;
use nengce_shared::lang::Lang;

use self::city::CITY;
use self::part::Within;
use crate::http::access::reader::{Reader, scope_of};
use crate::http::accounts::demo_account;
use crate::http::content::problem::ApiResult;
use crate::http::content::query::Params;
use crate::http::state::AppState;

#[derive(Clone, Copy)]
enum Part {
    OwnUnits,
    ToDo,
    ToDecide,
    CasesOfOfficer,
    CasesOfApprover,
    CasesOfReviewer,
    Cases,
    City,
    Waiting,
    Rejected,
    Targets,
    Meters,
    Reporting,
    Findings,
    Machine,
    Accounts,
    Audit,
}

use Role as R;

const ENTERPRISE: [Role; 2] = [R::EnterpriseManager, R::EnterpriseClerk];

/// Each part in the order of the page, the permission that it needs, and the roles whose task it is.
const PARTS: [(Part, Permission, &[Role]); 17] = [
    (Part::OwnUnits, Permission::UnitData, &ENTERPRISE),
    (Part::ToDo, Permission::Submissions, &ENTERPRISE),
    (Part::ToDecide, Permission::WaiveFindings, &[R::CaseOfficer, R::CentreOperator]),
    (Part::CasesOfOfficer, Permission::HandleCases, &[R::Inspector]),
    (Part::CasesOfApprover, Permission::ApproveCases, &[R::EnforcementHead]),
    (Part::CasesOfReviewer, Permission::ReviewCases, &[R::LegalReviewer]),
    (Part::City, Permission::Figures, &[R::Policymaker]),
    (Part::Waiting, Permission::DecideDevices, &[R::CentreOperator]),
    (Part::Rejected, Permission::Operation, &[R::CentreOperator]),
    (Part::Targets, Permission::Figures, &[R::Inspector]),
    (
        Part::Reporting,
        Permission::Figures,
        &[R::DistrictOffice, R::CaseOfficer, R::CentreOperator, R::Policymaker],
    ),
    (Part::Findings, Permission::Quality, &[R::DistrictOffice, R::CaseOfficer, R::CentreOperator]),
    (
        Part::Meters,
        Permission::UnitData,
        &[
            R::EnterpriseManager,
            R::EnterpriseClerk,
            R::MeteringAuthority,
            R::DistrictOffice,
            R::CaseOfficer,
        ],
    ),
    (Part::Cases, Permission::Cases, &[R::DistrictOffice, R::CaseOfficer, R::Policymaker]),
    (Part::Machine, Permission::Maintenance, &[R::SystemAdministrator]),
    (Part::Accounts, Permission::Accounts, &[R::SecurityAdministrator]),
    (Part::Audit, Permission::Audit, &[R::Auditor]),
];

/// The roles in whose place the administrator's token asks.
const ROLES_OF_TOKEN: [Role; 3] =
    [R::CentreOperator, R::SystemAdministrator, R::SecurityAdministrator];

/// What is new, late and theirs for whoever asks; of a demo, for one of its accounts.
#[utoipa::path(get, path = "/api/v1/home", tag = "accounts",
    params(("demo_account" = Option<String>, Query, description = "an account of a demo, in the place of whoever asks")),
    responses((status = 200, body = Home), (status = 404, description = "no such account of a demo")))]
pub async fn get_home(
    State(state): State<AppState>,
    reader: Reader,
    uri: Uri,
) -> ApiResult<Json<Home>> {
    let params = Params::read(&uri, &["demo_account"], Lang::Zh)?;
    let account = match params.text("demo_account") {
        Some(name) => Some(demo_account(&state, name)?),
        None => reader.account.clone(),
    };
    let of_token: &[Role] = if reader.sees_devices { &ROLES_OF_TOKEN } else { &[] };
    let roles = account.as_ref().map_or(of_token, |it| &it.roles);
    let (districts, units) =
        account.as_ref().map_or((&[][..], &[][..]), |it| (&it.districts, &it.units));
    let mut parts = Vec::new();
    for (part, permission, of) in PARTS {
        let takers: Vec<Role> = roles.iter().copied().filter(|it| of.contains(it)).collect();
        if let Some(scope) = scope_of(&takers, (districts, units), permission) {
            parts.extend(make(part, Within::new(&state, scope)).await?);
        }
    }
    let is_service_company = roles.contains(&R::ServiceCompany);
    let shared = account.as_ref().map(|it| shared::shared(&state, it));
    parts.extend(shared.filter(|it| is_service_company || !it.rows.is_empty()));
    // A card of the sign-in page shows what an account would see and is no visit of it.
    let visitor = reader.account.as_deref().filter(|_| params.text("demo_account").is_none());
    let city = parts.iter().position(|it| it.name == CITY);
    if let (Some(visitor), Some(at)) = (visitor, city) {
        let since = last_visit::since_last_visit(&state, visitor, &parts[at]).await?;
        since.into_iter().for_each(|it| parts.insert(at + 1, it));
    }
    Ok(Json(Home { today: state.clock.today().to_string(), parts }))
}

async fn make(part: Part, within: Within<'_>) -> ApiResult<Vec<HomePart>> {
    Ok(match part {
        Part::OwnUnits => own_units::own_units(&within).await?.into_iter().collect(),
        Part::ToDo => vec![to_do::to_do(&within).await?],
        Part::ToDecide => vec![answers::to_decide(&within).await?],
        Part::CasesOfOfficer => vec![cases::cases(&within, Some(CaseActor::Officer)).await?],
        Part::CasesOfApprover => vec![cases::cases(&within, Some(CaseActor::Approver)).await?],
        Part::CasesOfReviewer => vec![cases::cases(&within, Some(CaseActor::Reviewer)).await?],
        Part::Cases => vec![cases::cases(&within, None).await?],
        Part::Targets => targets::targets(&within).await?.into(),
        Part::City => vec![city::city(&within).await?],
        Part::Waiting => vec![waiting::waiting(&within).await?],
        Part::Rejected => vec![rejected::rejected(&within).await?],
        Part::Meters => vec![meters::meters(&within).await?],
        Part::Reporting => vec![reporting::reporting(&within).await?],
        Part::Findings => vec![findings::findings(&within).await?],
        Part::Machine => vec![machine::machine(&within).await?],
        Part::Accounts => vec![accounts::accounts(&within)],
        Part::Audit => vec![audit::audit(&within).await?],
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use nengce_shared::access::permission_table::reach;

    #[test]
    fn each_role_has_a_part_and_may_see_each_of_its_parts() {
        // What is shared with a service company is its part; what it may see depends on the shares.
        for role in Role::ALL.iter().filter(|it| **it != R::ServiceCompany) {
            let mut own = PARTS.iter().filter(|it| it.2.contains(role)).peekable();
            assert!(own.peek().is_some(), "{role}");
            assert!(own.all(|it| reach(*role, it.1).is_some()), "{role}");
        }
    }
}
