//! What is recorded of each address of the API: a change, a look, or nothing, with the reason. Files of lists are
//! recorded as exports, and refused requests as refused, whatever stands here.

use axum::http::Method;

use self::Rule::{Change, Look, Unaudited};

/// What is recorded of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    /// Every request, with the code of the action.
    Change(&'static str),
    /// Once in a quarter of an hour for each actor and object.
    Look(&'static str),
    /// Nothing but refusals and files, for this reason.
    Unaudited(&'static str),
}

impl Rule {
    /// The code of the action; `access` for an address of which nothing else is recorded.
    pub(super) fn action(self) -> &'static str {
        match self {
            Change(code) | Look(code) => code,
            Unaudited(_) => "access",
        }
    }
}

const CITY: Rule = Unaudited("figures of the city and of its groups, and names of units");
const LIST: Rule = Unaudited("a list of what waits or came, for those who work with it");
const NOTHING: Rule = Unaudited("nothing is changed, and nothing of a unit is shown");
const DRAFT: Rule = Unaudited("what a person is still writing: it counts once it is submitted");
const UNIT: Rule = Look("unit.look");
const CASE: Rule = Look("case.look");

/// Every address of the API, by method and path.
const RULES: &[(Method, &str, Rule)] = &[
    (Method::GET, "/api/v1/meta", NOTHING),
    (Method::GET, "/api/v1/home", LIST),
    (Method::GET, "/api/v1/timeline", CITY),
    (Method::GET, "/api/v1/factors", NOTHING),
    (Method::GET, "/api/v1/dual-control", CITY),
    (Method::GET, "/api/v1/energy-flow", CITY),
    (Method::GET, "/api/v1/intensity", CITY),
    (Method::GET, "/api/v1/intensity/decomposition", CITY),
    (Method::GET, "/api/v1/benchmarks", CITY),
    (Method::GET, "/api/v1/benchmarks/{subject}", CITY),
    (Method::GET, "/api/v1/inspection-targets", CITY),
    (Method::GET, "/api/v1/slice", Look("slice.look")),
    (Method::GET, "/api/v1/units", CITY),
    (Method::GET, "/api/v1/units/{code}", UNIT),
    (Method::GET, "/api/v1/units/{code}/energy", UNIT),
    (Method::GET, "/api/v1/units/{code}/readings", UNIT),
    (Method::GET, "/api/v1/units/{code}/balance", UNIT),
    (Method::GET, "/api/v1/units/{code}/calendar", UNIT),
    (Method::GET, "/api/v1/units/{code}/load-duration", UNIT),
    (Method::GET, "/api/v1/units/{code}/compliance", UNIT),
    (Method::GET, "/api/v1/units/{code}/load-profile", UNIT),
    (Method::GET, "/api/v1/units/{code}/series", UNIT),
    (Method::GET, "/api/v1/units/{code}/peers", UNIT),
    (Method::GET, "/api/v1/units/{code}/savings", UNIT),
    (Method::GET, "/api/v1/units/{code}/meters", UNIT),
    (Method::GET, "/api/v1/units/{code}/audit-pack", UNIT),
    (Method::GET, "/api/v1/devices", LIST),
    (Method::POST, "/api/v1/devices/{device_id}/approve", Change("device.approve")),
    (Method::POST, "/api/v1/devices/{device_id}/revoke", Change("device.revoke")),
    (Method::POST, "/api/v1/devices/{device_id}/rotate", Change("device.rotate")),
    (Method::POST, "/api/v1/devices/{device_id}/code", Change("device.code")),
    (Method::POST, "/api/v1/devices/{device_id}/release", Change("device.release")),
    (Method::GET, "/api/v1/devices/{device_id}/evidence", Look("device.look")),
    (Method::GET, "/api/v1/claims", LIST),
    (Method::POST, "/api/v1/claims/{claim_id}/confirm", Change("claim.confirm")),
    (Method::POST, "/api/v1/claims/{claim_id}/refuse", Change("claim.refuse")),
    (Method::GET, "/api/v1/uploads", LIST),
    (Method::GET, "/api/v1/uploads/{upload_id}/rejected", Look("upload.look")),
    (Method::GET, "/api/v1/unit-changes", LIST),
    (Method::POST, "/api/v1/unit-changes/{change_id}/approve", Change("unit_change.approve")),
    (Method::POST, "/api/v1/unit-changes/{change_id}/refuse", Change("unit_change.refuse")),
    (Method::POST, "/api/v1/imports/{kind}", Change("import.file")),
    (Method::POST, "/api/v1/imports/{kind}/preview", NOTHING),
    (Method::POST, "/api/v1/imports/{kind}/jobs", Change("import.job")),
    (Method::GET, "/api/v1/imports/jobs/{job_id}", LIST),
    (Method::GET, "/api/v1/imports/jobs/{job_id}/rejected", LIST),
    (Method::GET, "/api/v1/import-profiles", NOTHING),
    (Method::GET, "/api/v1/import-profiles/{name}", NOTHING),
    (Method::PUT, "/api/v1/import-profiles/{name}", Change("import_profile.save")),
    (Method::DELETE, "/api/v1/import-profiles/{name}", Change("import_profile.delete")),
    (Method::POST, "/api/v1/bulk/readings", Change("bulk.upload")),
    (Method::GET, "/api/v1/bulk", LIST),
    (Method::GET, "/api/v1/bulk/{bulk_id}", LIST),
    (Method::GET, "/api/v1/bulk/{bulk_id}/result", LIST),
    (Method::GET, "/api/v1/tokens", LIST),
    (Method::POST, "/api/v1/tokens", Change("token.create")),
    (Method::POST, "/api/v1/tokens/{name}/revoke", Change("token.revoke")),
    (Method::GET, "/api/v1/quality/rules", NOTHING),
    (Method::GET, "/api/v1/quality/status", NOTHING),
    (Method::GET, "/api/v1/quality/findings", LIST),
    (Method::GET, "/api/v1/quality/findings/{finding_id}", Look("finding.look")),
    (Method::POST, "/api/v1/quality/findings/{finding_id}/waive", Change("finding.waive")),
    (Method::GET, "/api/v1/quality/findings/{finding_id}/thread", Look("finding.look")),
    (Method::POST, "/api/v1/quality/findings/{finding_id}/answer", Change("finding.answer")),
    (Method::POST, "/api/v1/quality/findings/{finding_id}/decide", Change("finding.decide")),
    (Method::POST, "/api/v1/quality/findings/{finding_id}/message", Change("finding.message")),
    (Method::POST, "/api/v1/quality/findings/{finding_id}/files", Change("file.add")),
    (Method::POST, "/api/v1/quality/findings/{finding_id}/authority-files", Change("file.add")),
    (Method::GET, "/api/v1/quality/findings/{finding_id}/files/{file_id}", Look("file.look")),
    (Method::GET, "/api/v1/units/{code}/manual-form", UNIT),
    (Method::POST, "/api/v1/units/{code}/values", Change("values.submit")),
    (Method::POST, "/api/v1/units/{code}/values/read", UNIT),
    (Method::POST, "/api/v1/units/{code}/outages", Change("outage.report")),
    (Method::GET, "/api/v1/units/{code}/tariffs", UNIT),
    (Method::POST, "/api/v1/units/{code}/tariffs", Change("tariff.save")),
    (Method::POST, "/api/v1/units/{code}/tariffs/import", Change("tariff.import")),
    (Method::POST, "/api/v1/units/{code}/tariffs/{tariff_id}/withdraw", Change("tariff.withdraw")),
    (Method::GET, "/api/v1/units/{code}/costs", UNIT),
    (Method::GET, "/api/v1/units/{code}/plan", UNIT),
    (Method::PUT, "/api/v1/units/{code}/plan", Change("plan.save")),
    (Method::POST, "/api/v1/units/{code}/plan/import", Change("plan.import")),
    (Method::GET, "/api/v1/units/{code}/shifts", UNIT),
    (Method::PUT, "/api/v1/units/{code}/shifts", Change("shifts.save")),
    (Method::GET, "/api/v1/drafts/{subject}", DRAFT),
    (Method::PUT, "/api/v1/drafts/{subject}", DRAFT),
    (Method::DELETE, "/api/v1/drafts/{subject}", DRAFT),
    (Method::GET, "/api/v1/submissions", LIST),
    (Method::GET, "/api/v1/submissions/{submission_id}", Look("submission.look")),
    (Method::POST, "/api/v1/submissions/{submission_id}/confirm", Change("submission.confirm")),
    (Method::POST, "/api/v1/submissions/{submission_id}/withdraw", Change("submission.withdraw")),
    (Method::GET, "/api/v1/programmes", LIST),
    (Method::POST, "/api/v1/programmes", Change("programme.make")),
    (Method::GET, "/api/v1/programmes/{programme_id}", Look("programme.look")),
    (Method::GET, "/api/v1/programmes/{programme_id}/compare", Look("programme.look")),
    (Method::POST, "/api/v1/programmes/{programme_id}/withdraw", Change("programme.withdraw")),
    (Method::GET, "/api/v1/violations", NOTHING),
    (Method::GET, "/api/v1/cases", LIST),
    (Method::POST, "/api/v1/cases", Change("case.open")),
    (Method::GET, "/api/v1/cases/{case_id}", CASE),
    (Method::POST, "/api/v1/cases/{case_id}/steps", Change("case.step")),
    (Method::POST, "/api/v1/cases/{case_id}/approvals", Change("case.approve")),
    (Method::POST, "/api/v1/cases/{case_id}/reviews", Change("case.review")),
    (Method::POST, "/api/v1/cases/{case_id}/answers", Change("case.answer")),
    (Method::POST, "/api/v1/cases/{case_id}/preview", CASE),
    (Method::POST, "/api/v1/cases/{case_id}/files", Change("case.file")),
    (Method::POST, "/api/v1/cases/{case_id}/unit-files", Change("case.file")),
    (Method::GET, "/api/v1/cases/{case_id}/files/{file_id}", CASE),
    (Method::GET, "/api/v1/cases/{case_id}/evidence/{number}", CASE),
    (Method::GET, "/api/v1/cases/{case_id}/documents/{document}", CASE),
    (Method::GET, "/api/v1/cases/{case_id}/dossier", CASE),
    (Method::GET, "/api/v1/document-templates", NOTHING),
    (Method::PUT, "/api/v1/document-templates/{kind}", Change("document_template.put")),
    (Method::GET, "/api/v1/credit-list", LIST),
    (Method::GET, "/api/v1/credit-list/export", LIST),
    (Method::POST, "/api/v1/credit-list", Change("credit.propose")),
    (Method::POST, "/api/v1/credit-list/{entry_id}/steps", Change("credit.step")),
    (Method::POST, "/api/v1/credit-list/{entry_id}/approve", Change("credit.approve")),
    (Method::POST, "/api/v1/credit-list/{entry_id}/review", Change("credit.review")),
    (Method::POST, "/api/v1/credit-list/{entry_id}/object", Change("credit.object")),
    (Method::GET, "/api/v1/credit-list/pushes", LIST),
    (Method::POST, "/api/v1/credit-list/pushes", Change("credit.push")),
    (Method::GET, "/api/v1/link", LIST),
    (Method::GET, "/api/v1/link/regions", CITY),
    (Method::POST, "/api/v1/link/offers/{offer_id}", Change("link.dictionaries")),
    (Method::GET, "/api/v1/link/{upper}/units", LIST),
    (Method::GET, "/api/v1/link/{upper}/refused", LIST),
    (Method::POST, "/api/v1/link/{upper}/pause", Change("link.pause")),
    (Method::POST, "/api/v1/link/{upper}/resume", Change("link.resume")),
    (Method::POST, "/api/v1/link/{upper}/retry", Change("link.retry")),
    (Method::GET, "/api/v1/units/{code}/savings-projects", UNIT),
    (Method::POST, "/api/v1/units/{code}/savings-projects", Change("savings_project.create")),
    (Method::GET, "/api/v1/units/{code}/savings-projects/{project_id}", UNIT),
    (
        Method::POST,
        "/api/v1/units/{code}/savings-projects/{project_id}/sign",
        Change("savings_project.sign"),
    ),
    (
        Method::POST,
        "/api/v1/units/{code}/savings-projects/{project_id}/redo",
        Change("savings_project.redo"),
    ),
    (
        Method::POST,
        "/api/v1/units/{code}/savings-projects/{project_id}/withdraw",
        Change("savings_project.withdraw"),
    ),
    (Method::GET, "/api/v1/units/{code}/looks", LIST),
    (Method::GET, "/api/v1/units/{code}/shares", LIST),
    (Method::POST, "/api/v1/units/{code}/shares", Change("share.create")),
    (Method::POST, "/api/v1/units/{code}/shares/{share_id}/withdraw", Change("share.withdraw")),
    (Method::GET, "/api/v1/quality/units", CITY),
    (Method::GET, "/api/v1/quality/units/{code}", UNIT),
    (Method::GET, "/api/v1/replacements", LIST),
    (Method::POST, "/api/v1/replacements/approve", Change("replacement.approve")),
    (Method::POST, "/api/v1/replacements/refuse", Change("replacement.refuse")),
    (Method::POST, "/api/v1/replacements/{replacement_id}/approve", Change("replacement.approve")),
    (Method::POST, "/api/v1/replacements/{replacement_id}/refuse", Change("replacement.refuse")),
    (
        Method::POST,
        "/api/v1/replacements/decisions/{decision_id}/undo",
        Change("replacement_decision.undo"),
    ),
    (Method::POST, "/api/v1/maintenance/backup", Change("maintenance.backup")),
    (Method::POST, "/api/v1/maintenance/verify", Change("maintenance.verify")),
    (Method::POST, "/api/v1/maintenance/compact", Change("maintenance.compact")),
    (Method::POST, "/api/v1/maintenance/parquet", Change("maintenance.parquet")),
    (Method::GET, "/api/v1/snapshot", Look("snapshot.look")),
    (Method::GET, "/api/v1/snapshot/days", Look("snapshot.look")),
    (Method::GET, "/api/v1/events", NOTHING),
    (Method::POST, "/api/v1/table-file", NOTHING),
    (Method::GET, "/api/v1/session", NOTHING),
    (Method::POST, "/api/v1/session", Change("session.start")),
    (Method::DELETE, "/api/v1/session", Change("session.end")),
    (Method::POST, "/api/v1/session/provider", NOTHING),
    (Method::POST, "/api/v1/session/provider/answer", Change("session.start")),
    (Method::GET, "/api/v1/sessions", NOTHING),
    (Method::DELETE, "/api/v1/sessions/{id}", Change("session.end")),
    (Method::PUT, "/api/v1/account/password", Change("account.password")),
    (Method::POST, "/api/v1/account/second-factor", Change("account.second_factor")),
    (Method::POST, "/api/v1/account/second-factor/confirm", Change("account.second_factor")),
    (Method::DELETE, "/api/v1/account/second-factor", Change("account.second_factor")),
    (Method::POST, "/api/v1/invitations/accept", Change("invitation.accept")),
    (Method::GET, "/api/v1/accounts", LIST),
    (Method::POST, "/api/v1/accounts", Change("account.create")),
    (Method::POST, "/api/v1/accounts/import", Change("account.import")),
    (Method::PUT, "/api/v1/accounts/{name}", Change("account.change")),
    (Method::POST, "/api/v1/accounts/{name}/suspend", Change("account.suspend")),
    (Method::POST, "/api/v1/accounts/{name}/resume", Change("account.resume")),
    (Method::POST, "/api/v1/accounts/{name}/invite", Change("account.invite")),
    (
        Method::POST,
        "/api/v1/accounts/{name}/reset-second-factor",
        Change("account.reset_second_factor"),
    ),
    (Method::GET, "/api/v1/publication", NOTHING),
    (Method::POST, "/api/v1/publication/{permission}/publish", Change("publication.publish")),
    (Method::POST, "/api/v1/publication/{permission}/withdraw", Change("publication.withdraw")),
    (Method::GET, "/api/v1/audit", Look("audit.look")),
    (Method::GET, "/api/v1/audit/head", Look("audit.look")),
    (Method::GET, "/api/v1/audit/chain", Look("audit.look")),
    (Method::POST, "/api/v1/prints/{page}", Look("print")),
    (Method::GET, "/api/v1/connection-failures", LIST),
    (Method::GET, "/api/v1/operation", NOTHING),
];

/// What is recorded of a request. An address without a row is a change that nobody named: a test finds it.
pub(super) fn rule(method: &Method, path: &str) -> Rule {
    let method = if method == Method::HEAD { &Method::GET } else { method };
    let found = RULES.iter().find(|it| it.0 == method && it.1 == path);
    found.map_or(Change("unnamed"), |it| it.2)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::http::router::document;

    /// Each operation of the API document has a row, and no row lacks its operation.
    #[test]
    fn every_address_of_the_api_says_what_is_recorded_of_it() {
        let document = document(&[]);
        let paths = document["paths"].as_object().expect("paths");
        let described: BTreeSet<String> = paths
            .iter()
            .filter(|(path, _)| path.starts_with(super::super::API))
            .flat_map(|(path, methods)| {
                let methods = methods.as_object().expect("methods").keys();
                methods.map(move |it| format!("{} {path}", it.to_uppercase()))
            })
            .collect();
        let rows: BTreeSet<String> = RULES.iter().map(|it| format!("{} {}", it.0, it.1)).collect();
        assert_eq!(rows, described);
        assert_eq!(rows.len(), RULES.len(), "an address stands twice");
    }

    /// What is no question changes something, or says why it does not.
    #[test]
    fn only_named_exceptions_of_what_is_no_question_are_no_changes() {
        let exceptions: Vec<&str> = RULES
            .iter()
            .filter(|it| it.0 != Method::GET && !matches!(it.2, Change(_)))
            .map(|it| it.1)
            .collect();
        assert_eq!(
            exceptions,
            [
                "/api/v1/imports/{kind}/preview",
                "/api/v1/units/{code}/values/read",
                "/api/v1/drafts/{subject}",
                "/api/v1/drafts/{subject}",
                "/api/v1/cases/{case_id}/preview",
                "/api/v1/table-file",
                "/api/v1/session/provider",
                "/api/v1/prints/{page}"
            ]
        );
    }
}
