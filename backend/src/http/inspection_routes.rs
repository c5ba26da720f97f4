//! Lists every address of inspections, one line each: programmes, cases, the credit list. As in `router.rs`.

use super::cases::papers::{documents as case_documents, dossier, templates};
use super::cases::{
    detail as case_detail, evidence as case_evidence, files as case_files, list as cases,
    open as open_case, steps as case_steps,
};
use super::credit_list::{
    list as credit_list, propose as credit_proposal, pushes as credit_pushes, steps as credit_steps,
};
use super::openapi::operations::operations;
use super::programmes::{self, compare, make};

operations! { inspection:
    // Inspection programmes
    get "/api/v1/programmes" programmes::list_programmes, Programmes;
    post "/api/v1/programmes" make::make_programme, Programmes;
    get "/api/v1/programmes/{programme_id}" programmes::get_programme, Programmes;
    get "/api/v1/programmes/{programme_id}/compare" compare::compare_programmes, Programmes;
    post "/api/v1/programmes/{programme_id}/withdraw" programmes::withdraw_programme, Programmes;
    // Inspection cases
    get "/api/v1/violations" cases::list_violations, Names;
    get "/api/v1/cases" cases::list_cases, Cases;
    post "/api/v1/cases" open_case::open_case, HandleCases;
    get "/api/v1/cases/{case_id}" case_detail::get_case, Cases;
    post "/api/v1/cases/{case_id}/steps" case_steps::take_step, HandleCases;
    post "/api/v1/cases/{case_id}/approvals" case_steps::approve_step, ApproveCases;
    post "/api/v1/cases/{case_id}/reviews" case_steps::review_step, ReviewCases;
    post "/api/v1/cases/{case_id}/answers" case_steps::answer_step, AnswerCases;
    post "/api/v1/cases/{case_id}/preview" case_steps::preview_step, Cases;
    post "/api/v1/cases/{case_id}/files" case_files::add_case_file, HandleCases;
    post "/api/v1/cases/{case_id}/unit-files" case_files::add_unit_file, AnswerCases;
    get "/api/v1/cases/{case_id}/files/{file_id}" case_files::get_case_file, Cases;
    get "/api/v1/cases/{case_id}/evidence/{number}" case_evidence::get_case_evidence, Cases;
    get "/api/v1/cases/{case_id}/documents/{document}" case_documents::get_document, Cases;
    get "/api/v1/cases/{case_id}/dossier" dossier::get_dossier, Cases;
    get "/api/v1/document-templates" templates::list_templates, Import;
    put "/api/v1/document-templates/{kind}" templates::put_template, Import;
    // Credit list
    get "/api/v1/credit-list" credit_list::get_credit_list, Cases;
    get "/api/v1/credit-list/export" credit_list::export_credit_list, Cases;
    post "/api/v1/credit-list" credit_proposal::propose_entry, HandleCases;
    post "/api/v1/credit-list/{entry_id}/steps" credit_steps::take_credit_step, HandleCases;
    post "/api/v1/credit-list/{entry_id}/approve" credit_steps::approve_entry, ApproveCases;
    post "/api/v1/credit-list/{entry_id}/review" credit_steps::review_entry, ReviewCases;
    post "/api/v1/credit-list/{entry_id}/object" credit_steps::object_to_entry, AnswerCases;
    get "/api/v1/credit-list/pushes" credit_pushes::list_pushes, HandleCases;
    post "/api/v1/credit-list/pushes" credit_pushes::push_again, HandleCases;
}
