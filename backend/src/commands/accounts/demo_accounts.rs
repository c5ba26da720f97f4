//! The accounts of a demo: one invented person for each role, whom every visitor may be.

use anyhow::Result;
use jiff::ToSpan;
use jiff::civil::DateTime;
use nengce_core::city::DemoCity;
use nengce_shared::access::permission::Permission;
use nengce_shared::access::role::Role;
use nengce_shared::api::account::AccountState;

use crate::clock;
use crate::store::accounts::account::{Account, Share};
use crate::store::{Store, StoreError};

/// Units of the case officer.
const CASES: usize = 10;

/// Role, sign-in name, and the person's name in Chinese and English.
const PERSONS: [(Role, &str, &str, &str); 14] = [
    (Role::Policymaker, "policy", "环资处 张某", "Zhang, resources division"),
    (Role::Inspector, "inspector", "节能监察 王某", "Wang, energy inspection"),
    (Role::LegalReviewer, "reviewer", "法制审核 赵某", "Zhao, legal review"),
    (Role::EnforcementHead, "head", "执法负责人 陈某", "Chen, head of enforcement"),
    (Role::MeteringAuthority, "metering", "计量处 吴某", "Wu, metering division"),
    (Role::DistrictOffice, "district", "区主管部门 郑某", "Zheng, district office"),
    (Role::CentreOperator, "centre", "能源中心 周某", "Zhou, energy centre"),
    (Role::CaseOfficer, "officer", "市级中心 孙某", "Sun, energy centre"),
    (Role::EnterpriseManager, "manager", "用能单位 刘某", "Liu, enterprise"),
    (Role::EnterpriseClerk, "clerk", "用能单位 蒋某", "Jiang, enterprise"),
    (Role::Auditor, "auditor", "审计 冯某", "Feng, audit"),
    (Role::SecurityAdministrator, "security", "安全 沈某", "Shen, security"),
    (Role::SystemAdministrator, "system", "运维 韩某", "Han, operations"),
    (Role::ServiceCompany, "service", "节能服务 许某", "Xu, energy services"),
];

/// The sign-in name of the service company, and how long the unit's data are shared with it.
const SERVICE: &str = "service";
const SHARE_DAYS: i64 = 90;

/// Makes the accounts that are missing.
pub(in crate::commands) async fn make(store: &Store, city: &DemoCity, now: DateTime) -> Result<()> {
    let uploading: Vec<_> = city.units.iter().filter(|it| it.uploads).collect();
    let codes = |from: usize, count: usize| {
        uploading.iter().skip(from).take(count).map(|it| it.enterprise_code.clone()).collect()
    };
    let district = uploading.first().map(|it| it.region.clone());
    let account = |(role, name, zh, en): &(Role, &str, &str, &str)| {
        let (districts, units) = match role {
            Role::DistrictOffice => (district.iter().cloned().collect(), Vec::new()),
            Role::CaseOfficer => (Vec::new(), codes(0, CASES)),
            Role::EnterpriseManager | Role::EnterpriseClerk => (Vec::new(), codes(0, 1)),
            _ => (Vec::new(), Vec::new()),
        };
        Account {
            display_name: (*zh).to_owned(),
            display_name_en: (*en).to_owned(),
            districts,
            units,
            state: AccountState::Active,
            is_demo: true,
            ..Account::new((*name).to_owned(), vec![*role], now)
        }
    };
    let missing = |all: &crate::store::accounts::Accounts| {
        PERSONS.iter().filter(|it| all.get(it.1).is_none()).map(account).collect()
    };
    store.change_accounts(|all| Ok::<_, StoreError>(missing(all))).await?;
    match uploading.first() {
        Some(unit) => share(store, &unit.enterprise_code, now).await,
        None => Ok(()),
    }
}

/// Shares the unit of the enterprise accounts with the service company, where that was never done.
async fn share(store: &Store, code: &str, now: DateTime) -> Result<()> {
    let today = now.date();
    if !store.accounts().shares_of(SERVICE, today).is_empty() {
        return Ok(());
    }
    let share = Share {
        id: 0,
        enterprise_code: code.to_owned(),
        account: SERVICE.to_owned(),
        kinds: vec![Permission::Figures, Permission::UnitData],
        until: today.saturating_add(SHARE_DAYS.days()),
        reason: "节能诊断".to_owned(),
        made_by: "manager".to_owned(),
        made_at: clock::text(now),
        withdrawn: None,
    };
    store.add_share(share).await?;
    Ok(())
}
