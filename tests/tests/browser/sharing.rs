//! What others may see of a unit: its manager sees who looked, lets an account read for a time, and takes it back; and a
//! savings project is made, signed and redone by a second person.

use nengce_shared::access::role::Role;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::browser::Browser;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, days_ago, month};
use nengce_tests::support::person::create;
use serde_json::json;

use super::answers::{check_axe, press, set, sign_in};

/// Two units of thirty months; the first one used a fifth less in the last six.
fn stage() -> (TestApp, [Enterprise; 2]) {
    let app = TestApp::with_environment(&[
        ("NENGCE_PUBLIC_READS", ""),
        ("NENGCE_SECOND_FACTOR_ROLES", ""),
    ]);
    let units = [(9701, "分享样本一厂"), (9702, "合作样本二厂")].map(|(number, name)| {
        let unit = Enterprise::numbered(number, name);
        let entries: Vec<_> = (0..30)
            .map(|at| {
                let name = format!("{}-{:02}", 2023 + at / 12, at % 12 + 1);
                let error = if (at / 2_i32).rem_euclid(2) == 0 { 2.0 } else { -2.0 };
                month(ELECTRICITY, &name, (100.0 + error) * if at < 24 { 1.0 } else { 0.8 })
            })
            .collect();
        let terminal = app.terminal(&unit);
        terminal.upload(&entries).received();
        let meter = json!({
            "code": "K-1", "name": "空压站电能表", "level": 2, "state": 1, "energyType": "3300", "accuracyClass": "0.5S",
            "lastCheckDate": "2024-03-01", "nextCheckDate": "2999-01-01", "dataCodes": [ELECTRICITY],
        });
        let message = json!({"deviceId": terminal.device_id, "enterpriseCode": unit.code, "data": [meter]});
        terminal.upload_metering(&message).received();
        unit
    });
    create(&app, "manager", &[Role::EnterpriseManager], &[], &[&units[0].code]);
    create(&app, "clerk", &[Role::EnterpriseClerk], &[], &[&units[0].code]);
    create(&app, "partner", &[Role::EnterpriseManager], &[], &[&units[1].code]);
    (app, units)
}

#[test]
fn a_manager_sees_who_looked_and_shares_the_unit_for_a_time() {
    let (app, [mine, _]) = stage();
    let browser = Browser::start(&app.url());
    sign_in(&browser, "manager");
    browser.open(&format!("/units/{}", mine.code));
    browser.wait("all('.page-tools a').some(it => it.href.includes('/looks'))");
    // The head finds its place once the unit is there.
    browser.settle();
    browser.click("all('.page-tools a').find(it => it.href.includes('/looks'))");
    browser.wait_text("#looks", "本单位");
    browser.wait_text("#shares", "没有向任何账号分享");
    browser.wait_text("[data-testid=peers-learn]", "从不给同行看");
    press(&browser, "[data-testid=send-share]");
    browser.wait_text("[data-testid=share-form]", "填写登录名");
    set(&browser, "[data-testid=share-account]", "nobody");
    set(&browser, "[data-testid=share-until]", &days_ago(-10));
    set(&browser, "[data-testid=share-reason]", "节能诊断");
    press(&browser, "[data-testid=send-share]");
    browser.wait_text("[data-testid=share-form]", "没有可以接受分享的账号");
    set(&browser, "[data-testid=share-account]", "partner");
    press(&browser, "[data-testid=send-share]");
    browser.wait_text("#shares", "节能诊断");
    browser.wait_text("[data-testid=shares-in-force]", "1");
    check_axe(&browser);
    browser.full_screenshot("sharing");

    sign_in(&browser, "partner");
    browser.open(&format!("/units/{}", mine.code));
    browser.wait_text("h1", "分享样本一厂");

    sign_in(&browser, "manager");
    browser.open(&format!("/units/{}/looks", mine.code));
    browser.wait_text("#looks", "受分享");
    press(&browser, "[data-withdraw]");
    browser.wait_text("#shares", "已收回");
    browser.wait_text("[data-testid=shares-in-force]", "0");
    browser.open(&format!("/units/{}/looks?lang=en", mine.code));
    browser.wait_text("#shares", "withdrawn");
    browser.full_screenshot("sharing-en");
}

#[test]
fn a_savings_project_is_signed_and_redone_by_a_second_person() {
    let (app, [mine, _]) = stage();
    let browser = Browser::start(&app.url());
    sign_in(&browser, "manager");
    browser.open(&format!("/units/{}/savings?works_from=2025-01&until=2025-06", mine.code));
    press(&browser, "[data-testid=make-project]");
    browser.wait_text("[data-testid=project-form]", "填写项目名称");
    set(&browser, "[data-testid=project-name]", "空压机改造");
    set(&browser, "[data-testid=project-note]", "1#空压机");
    press(&browser, "[data-meter='K-1']");
    browser.wait("document.querySelector(\"[data-meter='K-1']\").ariaPressed === 'true'");
    press(&browser, "[data-testid=make-project]");
    browser.wait_text("#savings-projects", "空压机改造");
    browser.click(
        "all('#savings-projects tbody tr').find(row => text(row).includes('空压机改造')).cells[1]",
    );
    press(&browser, "[data-step=sign]");
    browser.wait_text("#savings-project", "须由另一人复算");
    browser.wait_text("#savings-project", "K-1");
    browser.wait_text("#savings-projects", "已签署");
    check_axe(&browser);
    let address = browser.value("location.pathname + location.search");

    sign_in(&browser, "clerk");
    browser.open(address.as_str().expect("an address"));
    press(&browser, "[data-step=redo]");
    browser.wait_text("[data-testid=redone]", "复算一致");
    browser.wait_text("[data-testid=project-steps]", "clerk");
    browser.full_screenshot("savings-project");
    press(&browser, "[data-step=withdraw]");
    browser.wait_text("#savings-project", "写明撤回的理由");
    set(&browser, "[data-testid=step-text]", "另立项目");
    press(&browser, "[data-step=withdraw]");
    browser.wait_text("#savings-projects", "已撤回");
}
