//! Signing in at the provider of an organisation with the browser: the button, the provider's own forms, and back.

use nengce_shared::access::role::Role;
use nengce_tests::support::axe;
use nengce_tests::support::browser::Browser;
use nengce_tests::support::person::{PASSWORD, create};
use nengce_tests::support::provider::Provider;
use serde_json::json;

fn press(browser: &Browser, id: &str) {
    browser.wait(&format!("seen(document.querySelector('[data-testid={id}]'))"));
    browser.click(&format!("document.querySelector('[data-testid={id}]')"));
}

/// Fills in the form of the provider's own page.
fn sign_in_there(browser: &Browser, login: &str) {
    browser.wait("document.querySelector('input[name=login]')");
    browser.run(&format!(
        "document.querySelector('input[name=login]').value = {login:?}; \
         document.querySelector('input[name=password]').value = 'any'; \
         document.querySelector('form').requestSubmit();"
    ));
    browser.wait("document.querySelector('input[name=prompt][value=consent]')");
    browser.run("document.querySelector('form').requestSubmit();");
}

#[test]
fn the_button_leads_through_the_provider_and_back_to_the_page_that_was_asked_for() {
    let provider = Provider::start();
    provider.person("wang", &json!({"name": "王某", "roles": ["nc-inspect"]}));
    let roles = ("NENGCE_SECOND_FACTOR_ROLES", "auditor");
    let app = provider.app(&[("NENGCE_PUBLIC_READS", ""), roles]);
    create(&app, "shen", &[Role::SecurityAdministrator], &[], &[]);
    let browser = Browser::start(&app.url());
    browser.open_fresh("/units?from=2025-01&to=2025-03");
    browser.wait("location.pathname === '/sign-in'");
    browser.wait_text("[data-testid=provider]", "单位统一认证");
    browser.settle();
    let violations = axe::violations(&browser);
    assert!(violations.is_empty(), "{violations:?}");
    browser.full_screenshot("sign-in-provider");

    press(&browser, "provider");
    sign_in_there(&browser, "wang");
    browser.wait("location.pathname === '/units' && location.search.includes('from=2025-01')");
    browser.wait_text("[data-testid=who]", "王某");
    browser.open("/account");
    browser.wait_text("[data-testid=at-provider]", "统一认证");
    assert_eq!(browser.value("all('[data-testid=start-second-factor]').length"), 0);

    let administrator = Browser::start(&app.url());
    administrator.open_fresh("/sign-in");
    administrator.wait("seen(document.querySelector('[data-testid=sign-in-form]'))");
    administrator.run(&format!(
        "document.querySelector('[data-testid=name]').value = 'shen'; \
         document.querySelector('[data-testid=password]').value = {PASSWORD:?};"
    ));
    press(&administrator, "sign-in");
    administrator.wait_text("[data-testid=who]", "shen");
    administrator.open("/accounts");
    administrator.wait_text("[data-account^=oidc-]", "统一认证");
    let buttons = "all('[data-account^=oidc-] button').map(text).join(' ')";
    assert_eq!(administrator.value(buttons), "停用");

    press(&browser, "sign-out-everywhere");
    browser.wait("document.querySelector('button[name=logout]')");
    browser.click("document.querySelector('button[name=logout]')");
    browser.wait("location.pathname === '/sign-in'");
    press(&browser, "provider");
    browser.wait("document.querySelector('input[name=login]')");
    browser.click("document.querySelector('a[href$=abort]')");
    browser.wait_text("[data-testid=provider-error]", "统一认证未通过");
    assert_eq!(browser.value("location.search"), "", "the answer is taken off the address");
    browser.settle();
    let violations = axe::violations(&browser);
    assert!(violations.is_empty(), "{violations:?}");
}
