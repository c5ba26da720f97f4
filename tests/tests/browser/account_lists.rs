//! What a security administrator does beside single accounts: a list from a file, tokens of industry systems, what is
//! published; and the menu of whoever is signed in.

use nengce_shared::access::role::Role;
use nengce_tests::support::app::TestApp;
use nengce_tests::support::axe;
use nengce_tests::support::browser::Browser;
use nengce_tests::support::person::{PASSWORD, Person, accept, create};

fn fill(browser: &Browser, id: &str, text: &str) {
    browser.run(&format!("document.querySelector('[data-testid={id}]').value = {text:?};"));
}

fn press(browser: &Browser, id: &str) {
    browser.wait(&format!("seen(document.querySelector('[data-testid={id}]'))"));
    browser.click(&format!("document.querySelector('[data-testid={id}]')"));
}

fn app() -> TestApp {
    TestApp::with_environment(&[
        ("NENGCE_SECOND_FACTOR_ROLES", "auditor"),
        ("NENGCE_PUBLIC_READS", "figures"),
    ])
}

/// A security administrator on the page of accounts.
fn on_accounts(app: &TestApp) -> Browser {
    create(app, "shen", &[Role::SecurityAdministrator], &[], &[]);
    let browser = Browser::start(&app.url());
    browser.open_fresh("/sign-in");
    browser.wait("seen(document.querySelector('[data-testid=sign-in-form]'))");
    fill(&browser, "name", "shen");
    fill(&browser, "password", PASSWORD);
    press(&browser, "sign-in");
    browser.wait_text("[data-testid=who]", "shen");
    browser.open("/accounts");
    browser.wait("all('[data-permission]').length === 6");
    browser
}

/// Chooses a file of accounts as a person does.
fn choose(browser: &Browser, content: &str) {
    let content = serde_json::to_string(content).expect("a text");
    browser.run(&format!(
        "const data = new DataTransfer(); data.items.add(new File([{content}], 'accounts.csv'));
         const input = document.querySelector('[data-testid=accounts-file]'); input.files = data.files;
         input.dispatchEvent(new Event('change', {{bubbles: true}}));"
    ));
}

#[test]
fn a_list_of_accounts_is_looked_at_taken_whole_and_its_links_downloaded() {
    let app = app();
    let browser = on_accounts(&app);
    choose(&browser, "账号,姓名,角色\nzheng,郑某,节能监察人员\nliu,刘某,皇帝\n");
    browser.wait_text("[data-testid=import-outcome] tbody", "roles");
    let cell = "text(document.querySelector('[data-testid=import-outcome] tbody td'))";
    assert_eq!(browser.value(cell), "3");
    assert_eq!(browser.value("!document.querySelector('[data-testid=take-accounts]')"), true);
    browser.settle();
    let violations = axe::violations(&browser);
    assert!(violations.is_empty(), "{violations:?}");
    browser.full_screenshot("accounts");

    choose(&browser, "账号,姓名,角色\nzheng,郑某,节能监察人员\nwang,王某,inspector\n");
    press(&browser, "take-accounts");
    browser.wait("all('[data-account]').length === 4");
    browser.run(
        "window.saved = []; const make = URL.createObjectURL; \
         URL.createObjectURL = it => { window.saved.push(it); return make.call(URL, it); };",
    );
    press(&browser, "download-links");
    let links = browser.driver.resolve("window.saved[0].text()");
    let links = links.as_str().expect("a file");
    let line = links.lines().find_map(|it| it.strip_prefix("zheng,")).expect("a line of zheng");
    let (link, _) = line.split_once(',').expect("two columns");
    assert!(link.starts_with(&app.url()), "{link}");
    accept(&app, link, PASSWORD).ok();
    Person::sign_in(&app, "zheng");
}

#[test]
fn a_token_is_made_with_a_term_shown_once_and_revoked() {
    let app = app();
    let browser = on_accounts(&app);
    fill(&browser, "token-name", "mes 一厂");
    fill(&browser, "token-days", "1097");
    press(&browser, "create-token");
    browser.wait_text("[data-testid=token-failed]", "1096");
    fill(&browser, "token-days", "30");
    press(&browser, "create-token");
    browser.wait("text(document.querySelector('[data-testid=new-token]')).startsWith('nengce_')");
    browser.wait_text("[data-token]", "到期");
    let own = format!("Bearer {}", browser.text("[data-testid=new-token]"));
    app.get_with("/api/v1/bulk", &[("authorization", &own)]).ok();
    browser.click("document.querySelector('[data-token] [data-decision=revoke]')");
    press(&browser, "do-it");
    browser.wait_text("[data-token]", "已停用");
    app.get_with("/api/v1/bulk", &[("authorization", &own)]).problem(403, "forbidden");
    browser.open("/accounts");
    browser.wait_text("[data-token]", "最近使用");
    assert_eq!(browser.value("!document.querySelector('[data-testid=new-token]')"), true);
}

#[test]
fn a_sheet_says_who_sees_what_before_it_is_published() {
    let app = app();
    let browser = on_accounts(&app);
    browser.click("document.querySelector('[data-permission=uploads] [data-decision=publish]')");
    browser.wait_text("[data-testid=question]", "任何能打开本站的人");
    assert_eq!(app.get("/api/v1/uploads").status, 401);
    press(&browser, "do-it");
    browser.wait_text("[data-permission=uploads] [data-testid=published]", "已公开");
    assert_eq!(app.get("/api/v1/uploads").status, 200);
    browser.click("document.querySelector('[data-permission=figures] [data-decision=withdraw]')");
    press(&browser, "do-it");
    browser.wait_text("[data-permission=figures] [data-testid=published]", "须登录");
    assert_eq!(app.get("/api/v1/units").status, 401);
}

#[test]
fn one_menu_holds_what_belongs_to_the_account() {
    let app = app();
    let browser = on_accounts(&app);
    for width in [1440, 390] {
        browser.size(width, 900);
        browser.run("document.querySelector('header.top .menu button').focus();");
        browser.press("Enter");
        browser.wait_text("[data-testid=menu-who]", "安全管理员");
        let links = "all('header.top .menu .pop a').map(it => it.getAttribute('href')).join()";
        assert_eq!(browser.value(links), "/account,/accounts");
        browser.settle();
        let violations = axe::violations(&browser);
        assert!(violations.is_empty(), "{violations:?}");
        browser.screenshot(&format!("account-menu-{width}"));
        browser.press("Escape");
        browser.wait("!document.querySelector('header.top .menu .pop')");
    }
    browser.click("document.querySelector('header.top .menu button')");
    browser.click("all('header.top .menu .pop button').find(it => text(it).includes('English'))");
    browser.wait("document.documentElement.lang === 'en'");
    browser.click("document.querySelector('header.top .menu button')");
    press(&browser, "menu-sign-out");
    browser.wait("location.pathname === '/sign-in'");
    browser.wait_text("[data-testid=who]", "Sign in");
}
