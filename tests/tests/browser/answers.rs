//! An enterprise's own work from sign-in to paper: a finding is answered and decided about, a gap is filled by hand, an outage is
//! reported, and each has a receipt.

use nengce_shared::access::role::Role;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::axe;
use nengce_tests::support::browser::Browser;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, days, days_ago};
use nengce_tests::support::person::{PASSWORD, Person, create};

pub(super) fn set(browser: &Browser, css: &str, text: &str) {
    browser.wait(&format!("seen(document.querySelector({css:?}))"));
    browser.run(&format!(
        "const it = document.querySelector({css:?}); it.value = {text:?}; it.dispatchEvent(new Event('input', {{bubbles: true}})); it.dispatchEvent(new Event('change', {{bubbles: true}}));"
    ));
}

pub(super) fn press(browser: &Browser, css: &str) {
    browser.wait(&format!("seen(document.querySelector({css:?}))"));
    browser.click(&format!("document.querySelector({css:?})"));
}

pub(super) fn sign_in(browser: &Browser, name: &str) {
    browser.open_fresh("/sign-in");
    set(browser, "[data-testid=name]", name);
    set(browser, "[data-testid=password]", PASSWORD);
    press(browser, "[data-testid=sign-in]");
    browser.wait("location.pathname === '/home'");
    browser.wait("seen(document.querySelector('[data-testid=sentence]'))");
}

/// Chooses a file; `content` is what JavaScript makes it of.
pub(super) fn choose(browser: &Browser, css: &str, name: &str, content: &str) {
    browser.wait(&format!("document.querySelector({css:?})"));
    browser.run(&format!(
        "const data = new DataTransfer(); data.items.add(new File([{content}], {name:?}));
         const input = document.querySelector({css:?}); input.files = data.files;
         input.dispatchEvent(new Event('change', {{bubbles: true}}));"
    ));
}

/// A unit that sent one day 10,000 times as high, left one out, and then stopped.
fn stage() -> (TestApp, String, String) {
    let app = TestApp::with_environment(&[
        ("NENGCE_PUBLIC_READS", ""),
        ("NENGCE_SECOND_FACTOR_ROLES", ""),
    ]);
    let unit = Enterprise::numbered(9501, "答复一厂").collects(ELECTRICITY, 1);
    let (fault, missing) = (days_ago(25), days_ago(15));
    let mut values = days(ELECTRICITY, &days_ago(80), &days_ago(4), |day| {
        let usual = 200.0 + f64::from(day.day()) * 1.37;
        if day.to_string() == fault { usual * 10_000.0 } else { usual }
    });
    values.retain(|it| !it["statDate"].as_str().is_some_and(|it| it.starts_with(&missing)));
    app.terminal(&unit).upload(&values).received();
    app.wait_until_assessed();
    for (name, role) in [
        ("manager", Role::EnterpriseManager),
        ("clerk", Role::EnterpriseClerk),
        ("officer", Role::CaseOfficer),
    ] {
        create(&app, name, &[role], &[], &[&unit.code]);
    }
    (app, fault, missing)
}

pub(super) fn check_axe(browser: &Browser) {
    browser.settle();
    let violations = axe::violations(browser);
    assert!(violations.is_empty(), "{violations:?}");
}

#[test]
fn a_clerk_answers_a_finding_and_the_officer_accepts_it() {
    let (app, fault, _) = stage();
    let browser = Browser::start(&app.url());
    sign_in(&browser, "clerk");
    // The first page has it among what is to be done, and leads to it.
    browser.wait("seen(document.querySelector('#part-to_do'))");
    browser.open("/quality?rule=unit_mixup");
    browser.wait("all('#findings tbody tr').some(row => text(row).includes('答复一厂'))");
    browser.click("all('#findings tbody tr').find(row => text(row).includes('答复一厂')).cells[2]");
    browser.wait_text("[data-testid=answer-state]", "待答复");
    browser.wait_text("[data-testid=answer-state]", "剩");
    // A value that repeats the mistake is noticed while it is typed.
    set(&browser, &format!("[data-period='{fault}']"), "2100000");
    browser.wait("seen(document.querySelector('[data-check=power_of_ten]'))");
    check_axe(&browser);
    browser.full_screenshot("answer-form");
    press(&browser, "[data-answer=right]");
    press(&browser, "[data-testid=send-answer]");
    browser.wait_text("[data-testid=answer-form]", "写明理由");
    set(&browser, "[data-testid=answer-text]", "试验负荷，读数属实");
    press(&browser, "[data-testid=send-answer]");
    browser.wait_text("[data-testid=answer-state]", "待审核");
    browser.wait_text("[data-testid=thread]", "试验负荷，读数属实");
    let address = browser.value("location.pathname + location.search");
    // Withdrawn before the decision, it is answered again.
    set(&browser, "[data-testid=withdrawal-reason]", "漏写日期");
    press(&browser, "[data-testid=withdraw]");
    browser.wait_text("[data-testid=answer-state]", "待答复");
    browser.wait_text("[data-testid=thread]", "漏写日期");
    // A photo goes into the thread; a page that only calls itself one is refused with the reason.
    choose(&browser, "#evidence-file", "抄表.png", "'<html></html>'");
    browser.wait_text("[data-testid=answer] [role=alert]", "内容应与扩展名一致");
    let png =
        "new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0])";
    choose(&browser, "#evidence-file", "抄表.png", png);
    browser.wait_text("[data-testid=thread] [data-testid=evidence]", "抄表.png");
    press(&browser, "[data-answer=right]");
    set(&browser, "[data-testid=answer-text]", "试验负荷，读数属实");
    press(&browser, "[data-testid=send-answer]");
    browser.wait_text("[data-testid=answer-state]", "待审核");

    sign_in(&browser, "officer");
    browser.wait_text("[data-figure='answers.waiting']", "1");
    browser.open(address.as_str().expect("an address"));
    set(&browser, "[data-testid=decision-text]", "请补充记录");
    press(&browser, "[data-testid=send-message]");
    browser.wait_text("[data-testid=thread]", "请补充记录");
    press(&browser, "[data-testid=accept-answer]");
    browser.wait_text("[data-testid=answer-state]", "已认可");
    check_axe(&browser);
    browser.wait_text("#evidence .waiver", "试验负荷，读数属实");
}

#[test]
fn a_manager_corrects_a_finding_and_it_is_resolved() {
    let (app, fault, _) = stage();
    let browser = Browser::start(&app.url());
    sign_in(&browser, "manager");
    browser.open("/quality?rule=unit_mixup");
    browser.wait("all('#findings tbody tr').some(row => text(row).includes('答复一厂'))");
    browser.click("all('#findings tbody tr').find(row => text(row).includes('答复一厂')).cells[2]");
    set(&browser, &format!("[data-period='{fault}']"), "213.5");
    set(&browser, "[data-testid=answer-text]", "当日单位设错");
    press(&browser, "[data-testid=send-answer]");
    browser.wait_text("[data-testid=answer-state]", "已更正");
    browser.wait("!all('#findings tbody tr').some(row => text(row).includes('答复一厂'))");
    press(&browser, "[data-testid=thread] a");
    browser.wait_text("[data-testid=receipt]", "替换 1");
}

/// A finding opens beside the first page: the address keeps it, Escape gives the focus back, and it is answered there.
#[test]
fn a_finding_is_answered_beside_the_first_page() {
    let (app, fault, _) = stage();
    let manager = Person::sign_in(&app, "manager");
    let found = manager.get("/api/v1/quality/findings?rule=unit_mixup").ok();
    let id = found["rows"][0]["finding_id"].as_u64().expect("the finding");
    let browser = Browser::start(&app.url());
    browser.size(1440, 900);
    sign_in(&browser, "manager");
    let link = format!(".home-parts tbody a[href*='finding={id}']");
    press(&browser, &link);
    browser.wait(&format!(
        "location.pathname === '/home' && location.search.includes('finding={id}')"
    ));
    let sheet = "[data-testid=finding-sheet]";
    browser.wait_text(sheet, "待答复");
    browser.wait("document.activeElement.matches('.docked-sheet .close')");
    browser.driver.command("refresh");
    browser.wait_text(sheet, "待答复");
    check_axe(&browser);
    browser.full_screenshot("home-finding-sheet");
    browser.size(390, 844);
    browser.settle();
    browser.screenshot("home-finding-sheet-phone");
    browser.size(1440, 900);
    press(&browser, ".docked-sheet .close");
    browser.wait(&format!(
        "!document.querySelector('{sheet}') && !location.search.includes('finding')"
    ));
    press(&browser, &link);
    browser.wait("document.activeElement.matches('.docked-sheet .close')");
    browser.press("Escape");
    browser.wait(&format!("!document.querySelector('{sheet}')"));
    browser.wait(&format!("document.activeElement.matches({link:?})"));

    press(&browser, &link);
    set(&browser, &format!("{sheet} [data-period='{fault}']"), "213.5");
    set(&browser, &format!("{sheet} [data-testid=answer-text]"), "当日单位设");
    // What is typed is kept: a reload and another sign-in bring it back.
    browser.wait_text("[data-testid=draft]", "草稿已保存");
    browser.driver.command("refresh");
    let typed = |text: &str| {
        format!("document.querySelector(\"{sheet} [data-testid=answer-text]\")?.value === {text:?}")
    };
    browser.wait(&typed("当日单位设"));
    sign_in(&browser, "manager");
    press(&browser, &link);
    browser.wait(&typed("当日单位设"));
    browser.wait(&format!(
        "document.querySelector(\"{sheet} [data-period='{fault}']\")?.value === '213.5'"
    ));
    press(&browser, "[data-testid=discard-draft]");
    browser.wait(&typed(""));
    browser.wait("!document.querySelector('[data-testid=discard-draft]')");
    set(&browser, &format!("{sheet} [data-period='{fault}']"), "213.5");
    set(&browser, &format!("{sheet} [data-testid=answer-text]"), "当日单位设错");
    press(&browser, &format!("{sheet} [data-testid=send-answer]"));
    browser.wait_text(&format!("{sheet} [data-testid=answer-state]"), "已更正");
    // Once the rules have looked at the new value, it is no task any more.
    app.wait_until_assessed();
    browser.open("/home");
    browser.wait("seen(document.querySelector('#part-to_do'))");
    browser.wait(&format!("!document.querySelector({link:?})"));
}

#[test]
fn a_gap_is_filled_an_outage_reported_and_both_have_receipts_on_paper() {
    let (app, _, missing) = stage();
    let browser = Browser::start(&app.url());
    sign_in(&browser, "clerk");
    browser.open("/submissions");
    set(&browser, "[data-testid=item]", ELECTRICITY);
    let field = format!("#values [data-period='{missing}']");
    set(&browser, &field, "-210");
    browser.wait("seen(document.querySelector('[data-check=sign]'))");
    set(&browser, &field, "210.5");
    browser.wait("!document.querySelector('#values [data-check]')");
    set(&browser, "[data-testid=values-reason]", "电表停电，按抄表");
    press(&browser, "[data-testid=send-values]");
    browser.wait_text("[data-testid=receipt]", "新增 1");
    browser.wait_text("[data-testid=receipt]", "officer");
    browser.wait(&format!("!document.querySelector({field:?})"));
    set(&browser, "[data-testid=outage-from]", &days_ago(3));
    set(&browser, "[data-testid=outage-to]", &days_ago(1));
    set(&browser, "[data-testid=outage-reason]", "通讯模块损坏");
    press(&browser, "[data-testid=send-outage]");
    browser.wait_text("[data-testid=receipt]", "缺报宽限至");
    browser.wait("all('#receipts tbody tr').length === 2");
    check_axe(&browser);
    browser.full_screenshot("submissions");
    let paper = browser.pdf("receipt");
    assert!(paper.len() > 10_000, "{}", paper.len());
    browser.size(390, 844);
    browser.settle();
    let wide = browser.value("document.documentElement.scrollWidth").as_u64();
    assert!(wide.is_some_and(|it| it <= 390), "{wide:?}");
    browser.full_screenshot("submissions-mobile");
    // The outage is withdrawn; its receipt says why.
    set(&browser, "[data-testid=withdrawal-reason]", "误报");
    press(&browser, "[data-testid=withdraw]");
    browser.wait_text("[data-testid=receipt]", "已撤回");
    browser.wait_text("[data-testid=receipt]", "误报");
    browser.wait("!document.querySelector('[data-testid=withdrawal]')");
}
