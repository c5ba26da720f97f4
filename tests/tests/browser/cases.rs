//! A whole case in the portal as inspector, head, unit, reviewer and city, from the clue to the file; the views of the list;
//! the credit list; the templates. What is only dates and service is taken over the API between.

use nengce_shared::access::role::Role;
use nengce_tests::support::browser::Browser;
use nengce_tests::support::cases::{Sides, code_of, officers, served, stage};
use nengce_tests::support::person::{PASSWORD, create};
use serde_json::json;

use super::answers::{check_axe, press, set, sign_in};

/// Takes a step in the form: its day, other fields, its text.
fn take(browser: &Browser, step: &str, on: &str, fields: &[(&str, &str)], text: &str) {
    // The buttons move when the answer to the step before is there.
    browser.settle();
    press(browser, &format!("[data-testid=step-{step}]"));
    browser.wait("!!document.querySelector('[data-testid=step-form]')");
    set(browser, "[data-testid=step-on]", on);
    for (field, value) in fields {
        let css = format!("[data-testid={field}]");
        match *field {
            "step-random" => press(browser, &css),
            _ => set(browser, &css, value),
        }
    }
    set(browser, "[data-testid=step-text]", text);
    press(browser, "[data-testid=take-step]");
}

fn state_is(browser: &Browser, words: &str) {
    browser.wait_text("[data-testid=state]", words);
}

/// Another person at the same browser.
fn change_to(browser: &Browser, name: &str) {
    browser.open("/account");
    press(browser, "[data-testid=sign-out]");
    sign_in(browser, name);
}

#[test]
fn a_case_goes_from_the_clue_to_the_file_through_all_hands() {
    let city = stage(&[]);
    let unit = code_of(&city, "蓟北水泥");
    let sides = Sides::of(&city.app);
    let browser = Browser::start(&city.app.url());
    browser.size(1440, 900);
    clue_and_opening(&browser, &unit);
    visit_and_order(&browser);
    unit_answers(&browser);
    penalty_is_told(&browser);
    review_and_decision(&browser, &sides);
    paper_and_archive(&browser);
}

fn clue_and_opening(browser: &Browser, unit: &str) {
    sign_in(browser, "inspector");
    browser.open(&format!("/cases?for={unit}&origin=target&ref=3&violation=V02"));
    browser.wait("!!document.querySelector('[data-testid=clue-violation] option[value=V02]')");
    assert_eq!(
        browser.value("document.querySelector('[data-testid=clue-unit]').value"),
        json!(unit)
    );
    set(browser, "[data-testid=clue-violation]", "V02");
    set(browser, "[data-testid=clue-on]", "2026-04-08");
    press(browser, "[data-testid=open-case]");
    browser.wait_text("[role=alert]", "应写明线索内容");
    set(browser, "[data-testid=clue-text]", "监察对象排序首位，未报送年度报告");
    check_axe(browser);
    press(browser, "[data-testid=open-case]");
    browser.wait("location.pathname === '/cases/1'");
    state_is(browser, "线索");
    take(browser, "opening_asked", "2026-04-09", &[], "线索属实，报请立案");
    state_is(browser, "报请立案");
    browser.wait_text("[data-testid=waits]", "立案（审批人）");
    change_to(browser, "head");
    browser.open("/home");
    browser.wait_text("main", "待我方处理");
    browser.open("/cases/1");
    press(browser, "[data-testid=step-opened]");
    set(browser, "[data-testid=step-on]", "2026-04-10");
    press(browser, "[data-testid=take-step]");
    state_is(browser, "立案");
}

fn visit_and_order(browser: &Browser) {
    change_to(browser, "inspector");
    browser.open("/cases/1");
    take(
        browser,
        "inspection_notice",
        "2026-04-10",
        &[("step-due", "2026-04-16")],
        "查阅台账和报告",
    );
    state_is(browser, "监察通知");
    take(
        browser,
        "served",
        "2026-04-10",
        &[("step-way", "in_person"), ("step-receiver", "刘某")],
        "",
    );
    browser.wait_text("#documents", "已送达 2026-04-10");
    let officer = [
        ("officer-1", "王某"),
        ("certificate-1", "津-0417"),
        ("officer-2", "李某"),
        ("certificate-2", "津-0422"),
    ];
    take(browser, "record", "2026-04-14", &officer, "台账缺失，年度报告未报送");
    browser.wait_text("[data-testid=step-form] [role=alert]", "2026-04-15");
    set(browser, "[data-testid=step-on]", "2026-04-16");
    press(browser, "[data-testid=take-step]");
    state_is(browser, "现场笔录");
    take(
        browser,
        "evidence",
        "2026-04-16",
        &[("step-from", "2025-12-01"), ("step-to", "2025-12-31")],
        "",
    );
    browser.wait("all('[data-testid=evidence]').length === 4");
    press(browser, "[data-testid=evidence]");
    browser.wait_text("[data-testid=changes]", "冻结后没有变动");
    // The paper is looked at before the step is taken.
    press(browser, "[data-testid=step-order]");
    set(browser, "[data-testid=step-on]", "2026-04-16");
    set(browser, "[data-testid=step-due]", "2026-05-15");
    set(browser, "[data-testid=step-text]", "年度报告未报送");
    press(browser, "[data-testid=look-paper]");
    browser.wait_text("[data-testid=paper]", "节监改〔2026〕1号");
    browser.full_screenshot("case-look");
    press(browser, "[data-testid=take-step]");
    state_is(browser, "限期整改通知");
    take(
        browser,
        "served",
        "2026-04-17",
        &[("step-way", "post"), ("step-receiver", "EMS 1234")],
        "",
    );
    browser.wait_text("#documents", "已送达 2026-04-17");
    browser.wait_text("#path", "整改期满");
}

fn unit_answers(browser: &Browser) {
    change_to(browser, "manager");
    browser.open("/home");
    browser.wait("all('.home-parts a').some(it => it.getAttribute('href').includes('/cases/1'))");
    browser.open("/cases/1");
    browser.wait_text("#thread", "限期整改通知");
    browser.wait("!text(document.querySelector('main')).includes('监察对象排序首位')");
    set(browser, "[data-testid=message-text]", "报告正在编制");
    press(browser, "[data-testid=send-message]");
    browser.wait_text("[data-testid=thread]", "报告正在编制");
    check_axe(browser);
}

fn penalty_is_told(browser: &Browser) {
    change_to(browser, "inspector");
    browser.open("/cases/1");
    take(browser, "not_met", "2026-05-18", &[], "复查时仍未报送");
    state_is(browser, "复查未达到");
    press(browser, "[data-testid=step-intended_penalty]");
    set(browser, "[data-testid=circumstance-1]", "主动配合");
    set(browser, "[data-testid=basis-1]", "基准第7项");
    browser.wait_text("[data-testid=discretion]", "起点 30,000 − 5,000 × 1 = 25,000 元");
    set(browser, "[data-testid=step-on]", "2026-05-19");
    set(browser, "[data-testid=step-text]", "逾期未报送");
    press(browser, "[data-testid=take-step]");
    state_is(browser, "事先告知");
    take(
        browser,
        "served",
        "2026-05-20",
        &[("step-way", "in_person"), ("step-receiver", "刘某")],
        "",
    );
    browser.wait_text("#path", "2026-05-27");
}

fn review_and_decision(browser: &Browser, sides: &Sides<'_>) {
    sides.steps(1, &[("statement", "2026-05-21", json!({}))]);
    change_to(browser, "reviewer");
    browser.open("/cases/1");
    take(browser, "review_passed", "2026-05-27", &[], "程序合法");
    browser.wait_text("[data-testid=step-form] [role=alert]", "2026-05-28");
    set(browser, "[data-testid=step-on]", "2026-05-28");
    press(browser, "[data-testid=take-step]");
    state_is(browser, "法制审核通过");
    change_to(browser, "head");
    browser.open("/cases/1");
    take(browser, "decision", "2026-05-29", &[], "申辩不影响违法事实认定");
    state_is(browser, "处罚决定");
    sides.steps(
        1,
        &[
            ("served", "2026-05-29", served()),
            ("published", "2026-05-30", json!({})),
            ("paid", "2026-06-08", json!({})),
        ],
    );
    change_to(browser, "inspector");
    browser.open("/cases/1");
    take(browser, "closed", "2026-06-09", &[], "罚款已缴纳");
    state_is(browser, "结案");
    take(browser, "filed", "2026-06-10", &[], "");
    state_is(browser, "归档");
    check_axe(browser);
    browser.full_screenshot("case");
}

fn paper_and_archive(browser: &Browser) {
    // The decision as paper, from a link; and the dossier.
    browser.run("all('#documents a').find(it => text(it) === '行政处罚决定书').click()");
    browser.wait_text("[data-testid=paper]", "25,000 元（贰万伍仟元整）");
    check_axe(browser);
    browser.full_screenshot("case-decision");
    // A policymaker begins with dual control.
    browser.open("/account");
    press(browser, "[data-testid=sign-out]");
    browser.open_fresh("/sign-in");
    set(browser, "[data-testid=name]", "policy");
    set(browser, "[data-testid=password]", PASSWORD);
    press(browser, "[data-testid=sign-in]");
    browser.wait("location.pathname === '/dual-control'");
    browser.open_fresh("/cases?phase=filed&lang=en");
    browser.wait_text("#cases", "Filed");
    browser.open("/cases/1?lang=en");
    browser.wait_text("[data-testid=nothing-to-do]", "no step that you may take");
    browser.size(390, 844);
    browser.settle();
    browser.wait("document.documentElement.scrollWidth <= innerWidth");
    browser.full_screenshot("case-phone");
}

#[test]
fn the_list_is_a_queue_a_board_a_calendar_and_a_map_and_the_address_holds_it() {
    let city = stage(&[]);
    let unit = code_of(&city, "蓟北水泥");
    let sides = Sides::of(&city.app);
    sides.not_met(&unit);
    let other = sides.open(&code_of(&city, "静海水泥"), "V04", &json!({}));
    sides.steps(
        other,
        &[
            ("opening_asked", "2026-04-08", json!({})),
            ("opened", "2026-04-08", json!({})),
            ("record", "2026-04-09", json!({"officers": officers(), "without_notice": true})),
            ("order", "2026-04-09", json!({"due": "2026-09-30"})),
            ("served", "2026-04-09", served()),
        ],
    );
    let browser = Browser::start(&city.app.url());
    browser.size(1440, 900);
    sign_in(&browser, "inspector");
    browser.open("/cases");
    browser.wait_text("[data-testid=cases]", "2");
    browser.wait_text("#cases tbody tr", "静海水泥");
    browser.wait_text("#cases tbody tr", "逾期");
    press(&browser, "[data-value=board]");
    browser.wait("all('[data-phase=rectification] li').length === 2");
    check_axe(&browser);
    press(&browser, "[data-value=calendar]");
    browser.open("/cases?as=calendar&month=2026-09");
    browser.wait_text("[data-testid=calendar]", "静海水泥");
    browser.open("/cases?as=calendar&month=2026-10");
    press(&browser, "[data-testid=month-after]");
    browser.wait("location.search.includes('2026-11')");
    browser.wait("!text(document.querySelector('[data-testid=calendar]')).includes('静海水泥')");
    check_axe(&browser);
    press(&browser, "[data-value=districts]");
    browser.wait("!!document.querySelector('[data-region=\"120118\"]')");
    press(&browser, "[data-region=\"120118\"]");
    browser.wait("all('#cases tbody tr').length === 1");
    browser.open_fresh("/cases?as=districts&district=120118");
    browser.wait("all('#cases tbody tr').length === 1");
    check_axe(&browser);
    browser.size(390, 844);
    browser.settle();
    browser.wait("document.documentElement.scrollWidth <= innerWidth");
    browser.open("/cases?as=board");
    browser.wait("document.documentElement.scrollWidth <= innerWidth");
}

#[test]
fn the_credit_list_from_the_candidate_to_the_cure() {
    let city = stage(&[]);
    let unit = code_of(&city, "蓟北水泥");
    let sides = Sides::of(&city.app);
    sides.decided(&unit);
    let browser = Browser::start(&city.app.url());
    browser.size(1440, 900);
    sign_in(&browser, "inspector");
    browser.open("/credit-list");
    browser.wait("all('#candidates tbody tr').some(row => text(row).includes('C04'))");
    browser.run("all('#candidates tbody tr').find(row => text(row).includes('C04')).click()");
    set(&browser, "[data-testid=legal-rep]", "刘某");
    set(&browser, "[data-testid=proposal-text]", "整改未落实");
    press(&browser, "[data-testid=propose]");
    browser.wait_text("#entries tbody", "提出");
    check_axe(&browser);
    let act = |name: &str, step: &str, text: &str| {
        change_to(&browser, name);
        browser.open("/credit-list?entry=1");
        browser.wait("!!document.querySelector('[data-testid=entry]')");
        set(&browser, "[data-testid=entry-text]", text);
        press(&browser, &format!("[data-testid=credit-{step}]"));
    };
    act("reviewer", "reviewed", "");
    browser.wait_text("[data-testid=entry]", "审核同意");
    act("head", "approved", "");
    browser.wait_text("#entries tbody", "审批同意");
    act("inspector", "noticed", "");
    browser.wait_text("#entries tbody", "告知单位");
    browser.wait_text(".blocks", "异议期限至");
    act("manager", "objected", "已在期限内改正");
    browser.wait_text("#entries tbody", "提出异议");
    act("head", "objection_rejected", "复查记录显示未改正");
    browser.wait_text("#entries tbody", "异议不成立");
    act("inspector", "listed", "");
    browser.wait_text("[data-testid=listed]", "1");
    browser.full_screenshot("credit-list");
    act("head", "cured", "已完成整改并公开承诺");
    browser.wait_text("#entries tbody", "修复移出");
    check_axe(&browser);
    browser.size(390, 844);
    browser.settle();
    browser.wait("document.documentElement.scrollWidth <= innerWidth");
}

#[test]
fn an_operator_puts_a_template_and_a_wrong_one_is_told_with_its_line() {
    let city = stage(&[]);
    create(&city.app, "zhou", &[Role::CentreOperator], &[], &[]);
    let browser = Browser::start(&city.app.url());
    browser.size(1440, 900);
    sign_in(&browser, "zhou");
    browser.open("/document-templates?kind=order");
    browser.wait(
        "document.querySelector('[data-testid=template-text]')?.value.includes('限期整改通知书')",
    );
    set(&browser, "[data-testid=template-text]", "# 通知\n{{ nonsense }}");
    press(&browser, "[data-testid=put-template]");
    browser.wait_text("[role=alert]", "第 2 行");
    set(&browser, "[data-testid=template-text]", "# 本市整改通知\n{{ unit.name }}");
    press(&browser, "[data-testid=put-template]");
    browser.wait_text("[data-testid=template-version]", "第 1 版");
    check_axe(&browser);
    press(&browser, "[data-testid=built-in-template]");
    browser.wait_text("[data-testid=template-version]", "内置模板");
}
