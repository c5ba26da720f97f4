//! The permission table: how far each role reaches with each permission. The server checks every request against this
//! table alone.

use super::permission::Permission;
use super::role::Role;

/// The units whose data a role reaches with a permission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// The units that the account names.
    Units,
    /// The units of the districts that the account names.
    Districts,
    /// All units of the city, or something that belongs to no unit.
    City,
}

/// How far a role reaches with a permission; `None` where it may not.
pub fn reach(role: Role, permission: Permission) -> Option<Reach> {
    use Permission as P;
    use Role as R;
    match permission {
        P::Open | P::OwnAccount | P::Names => return Some(Reach::City),
        P::Sender => return None,
        _ => {}
    }
    let reads = [P::Figures, P::UnitData, P::Quality];
    match role {
        R::SystemAdministrator => {
            matches!(permission, P::Maintenance | P::Operation).then_some(Reach::City)
        }
        R::SecurityAdministrator => {
            matches!(permission, P::Accounts | P::Tokens).then_some(Reach::City)
        }
        R::Auditor => matches!(permission, P::Audit).then_some(Reach::City),
        R::CentreOperator => {
            let of_administrators =
                matches!(permission, P::Maintenance | P::Accounts | P::Tokens | P::Audit);
            let of_enterprises =
                [P::Submit, P::ConfirmSubmissions, P::Looks, P::Share].contains(&permission);
            let of_inspectors = [
                P::Programmes,
                P::Cases,
                P::HandleCases,
                P::ApproveCases,
                P::ReviewCases,
                P::AnswerCases,
            ];
            let of_inspectors = of_inspectors.contains(&permission);
            (!of_administrators && !of_enterprises && !of_inspectors).then_some(Reach::City)
        }
        R::ServiceCompany => None,
        R::Policymaker | R::MeteringAuthority => {
            (permission == P::Cases || reads.contains(&permission)).then_some(Reach::City)
        }
        R::LegalReviewer => {
            let also = [P::Cases, P::ReviewCases].contains(&permission);
            (also || reads.contains(&permission)).then_some(Reach::City)
        }
        R::EnforcementHead => {
            let also = [P::Cases, P::ApproveCases].contains(&permission);
            (also || reads.contains(&permission)).then_some(Reach::City)
        }
        R::Inspector => {
            let also =
                [P::Uploads, P::Devices, P::Submissions, P::Programmes, P::Cases, P::HandleCases];
            (also.contains(&permission) || reads.contains(&permission)).then_some(Reach::City)
        }
        R::CaseOfficer => {
            let also = [P::Uploads, P::Devices, P::Submissions, P::WaiveFindings, P::Cases];
            let also = also.contains(&permission);
            (also || reads.contains(&permission)).then_some(Reach::Units)
        }
        R::DistrictOffice => {
            let also = matches!(permission, P::Uploads | P::Devices | P::Submissions | P::Cases);
            (also || reads.contains(&permission)).then_some(Reach::Districts)
        }
        R::EnterpriseManager => {
            let also = [
                P::Uploads,
                P::Devices,
                P::Submissions,
                P::Submit,
                P::ConfirmSubmissions,
                P::Looks,
                P::Share,
                P::Cases,
                P::AnswerCases,
            ];
            let also = also.contains(&permission);
            (also || reads.contains(&permission)).then_some(Reach::Units)
        }
        R::EnterpriseClerk => {
            let also = [P::Uploads, P::Submissions, P::Submit, P::Looks, P::Cases];
            let also = also.contains(&permission);
            (also || reads.contains(&permission)).then_some(Reach::Units)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_administrator_sees_a_unit_and_only_the_auditor_reads_the_audit() {
        let of_units = [
            Permission::Figures,
            Permission::UnitData,
            Permission::Quality,
            Permission::Uploads,
            Permission::Devices,
            Permission::Replacements,
            Permission::Submissions,
            Permission::Cases,
        ];
        for role in Role::ALL {
            let reads = of_units.iter().any(|it| reach(*role, *it).is_some());
            let reads_nothing = role.is_administrator() || *role == Role::ServiceCompany;
            assert_eq!(reads, !reads_nothing, "{role}");
            assert_eq!(reach(*role, Permission::Audit).is_some(), *role == Role::Auditor, "{role}");
        }
    }

    #[test]
    fn who_is_bound_to_units_or_districts_reaches_no_further_with_any_permission() {
        for role in Role::ALL {
            let bound = match role {
                Role::CaseOfficer | Role::EnterpriseManager | Role::EnterpriseClerk => Reach::Units,
                Role::DistrictOffice => Reach::Districts,
                _ => continue,
            };
            for permission in Permission::ALL {
                let of_no_unit = [Permission::Open, Permission::OwnAccount, Permission::Names]
                    .contains(permission);
                let found = reach(*role, *permission);
                assert!(of_no_unit || found.is_none_or(|it| it == bound), "{role} {permission}");
            }
        }
    }

    #[test]
    fn an_administrators_role_stands_alone() {
        assert!(Role::may_be_together(&[Role::Policymaker, Role::Inspector]));
        assert!(Role::may_be_together(&[Role::Auditor]));
        assert!(!Role::may_be_together(&[Role::Auditor, Role::SecurityAdministrator]));
        assert!(!Role::may_be_together(&[Role::Auditor, Role::Inspector]));
        assert!(!Role::may_be_together(&[]));
    }
}
