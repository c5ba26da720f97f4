//! The pages' code in seven parts, each downloaded when one of its pages is first opened. Pages that the same people
//! open together share a part, because more parts would mean more small files and round trips.

use leptos::prelude::*;

use super::account::accounts::AccountsPage;
use super::account::invitation::InvitationPage;
use super::account::own::AccountPage;
use super::account::sheet::SessionSheet;
use super::account::sign_in::SignInPage;
use super::audit::AuditPage;
use super::audit_pack::AuditPackPage;
use super::balance::BalancePage;
use super::benchmark::BenchmarkPage;
use super::case::CasePage;
use super::case::paper::CaseDocumentPage;
use super::cases::CasesPage;
use super::costs::CostsPage;
use super::credit_list::CreditListPage;
use super::document_templates::DocumentTemplatesPage;
use super::dual_control::DualControlPage;
use super::home::HomePage;
use super::import::ImportPage;
use super::intensity::IntensityPage;
use super::link::LinkPage;
use super::operation::OperationPage;
use super::programmes::ProgrammesPage;
use super::quality::QualityPage;
use super::savings::SavingsPage;
use super::sharing::SharingPage;
use super::submissions::SubmissionsPage;
use super::targets::TargetsPage;
use super::terminals::TerminalsPage;
use super::unit::UnitPage;
use super::units::UnitsPage;
use super::uploads::UploadsPage;
use crate::lazy_view::lazy_views;

lazy_views! {
    overview: dual_control => DualControlPage;
    analysis: intensity => IntensityPage, benchmark => BenchmarkPage;
    units: targets => TargetsPage, programmes => ProgrammesPage, units => UnitsPage, unit => UnitPage, savings => SavingsPage, costs => CostsPage, balance => BalancePage, sharing => SharingPage, audit_pack => AuditPackPage, uploads => UploadsPage;
    data: quality => QualityPage, submissions => SubmissionsPage, import => ImportPage, operation => OperationPage;
    supervision: cases => CasesPage, case => CasePage, case_document => CaseDocumentPage, credit_list => CreditListPage, document_templates => DocumentTemplatesPage;
    operator: terminals => TerminalsPage, link => LinkPage;
    account: home => HomePage, audit => AuditPage, sign_in => SignInPage, invitation => InvitationPage, account => AccountPage, accounts => AccountsPage, session_sheet => SessionSheet;
}
