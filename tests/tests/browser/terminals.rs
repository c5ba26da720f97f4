//! The terminals page, each test on a server of its own: the decisions of an operator, and the view of an anonymous
//! reader.

use nengce_tests::support::app::TestApp;
use nengce_tests::support::browser::Browser;
use nengce_tests::support::enterprise::Enterprise;
use nengce_tests::support::message::{ELECTRICITY, days};
use nengce_tests::support::server::{ADMIN_TOKEN, Options};
use nengce_tests::support::tls::Authority;
use nengce_tests::support::wait::wait_until;
use serde_json::{Value, json};

use super::stage::{check_accessible, check_address, signed_in};

/// All requests of these tests come from one address, which proves nothing about the present terminal; a claimant has
/// an address of its own behind a proxy.
const BY_CERTIFICATE: &str =
    "registration_proofs = [\"certificate\"]\ntrusted_proxies = [\"127.0.0.1\"]\n";

/// Presses the button of an action, reads its consequence, and confirms it.
fn deed(browser: &Browser, id: &str, reason: Option<&str>) {
    browser.click(&format!("document.querySelector('[data-decision={id}]')"));
    browser.wait("seen(document.querySelector('[data-testid=question]')) && all('[data-testid=question] li').length > 1");
    check_accessible(browser, id);
    if let Some(reason) = reason {
        browser.run(&format!("document.querySelector('[data-testid=reason]').value = {reason:?};"));
    }
    browser.click("document.querySelector('[data-testid=do-it]')");
}

fn row(list: &str, part: &str) -> String {
    format!("all('#{list} tbody tr').find(row => text(row).includes({part:?}))")
}

fn register(app: &TestApp, unit: &Enterprise) -> Value {
    let message = json!({"enterpriseCode": unit.code, "region": unit.region});
    let headers = [("content-type", "application/json"), ("x-forwarded-for", "198.51.100.1")];
    app.post_bytes("/register", message.to_string().into_bytes(), &headers).json()
}

#[test]
fn a_claim_is_decided_with_its_evidence_and_the_claimant_comes_for_its_terminal() {
    let app = TestApp::with_config(BY_CERTIFICATE);
    let unit = Enterprise::numbered(9501, "认领一厂").collects(ELECTRICITY, 1);
    let terminal = app.terminal(&unit);
    let values = days(ELECTRICITY, "2025-03-01", "2025-03-10", |_| 20.0);
    terminal.upload(&values).received();
    let refused = register(&app, &unit);
    assert_eq!(refused["responseCode"], "1", "{refused}");

    let browser = signed_in(&app, "/terminals");
    // The number of open claims is in the navigation, in the sentence and in the strip.
    browser.wait_text("[data-testid=waiting]", "1");
    browser.wait_text(".answer", "1 件更换申请待确认");
    browser.click("document.querySelector('[data-tab=claims]')");
    check_address(&browser, "tab=claims");
    browser.wait(&row("claims", "认领一厂"));
    check_accessible(&browser, "claims");
    browser.click(&format!("{}.cells[1]", row("claims", "认领一厂")));
    browser.wait_text("#claim h2", "认领一厂");
    check_address(&browser, "claim=");
    // The present terminal, by its last four characters, beside the claimant.
    let end = &terminal.device_id[terminal.device_id.len() - 4..];
    browser.wait(&format!(
        "all('#claim tbody tr').some(row => text(row.cells[1]).includes('…{end}') && text(row.cells[1]).includes('已批准'))"
    ));
    browser.wait("all('#claim tbody tr').some(row => text(row).includes('近 7 天') && text(row).includes('存 10 条'))");
    assert_eq!(
        browser.value(&format!("document.body.textContent.includes({:?})", terminal.device_id)),
        false,
        "the whole id is on the page"
    );
    browser.full_screenshot("terminals-claim");

    // A refusal needs a reason, and keeps the typed text.
    browser.click("document.querySelector('[data-decision=refuse]')");
    browser.click("document.querySelector('[data-testid=do-it]')");
    browser.wait_text("#reason-missing", "写明理由");
    browser.press("Escape");
    browser.wait("!document.querySelector('[data-testid=question]')");
    check_address(&browser, "claim=");

    deed(&browser, "confirm", Some("电话核实，换了采集终端"));
    browser.wait_text("[data-testid=done-message]", "已确认");
    browser.wait_text("#claim", "电话核实，换了采集终端");
    browser.wait("!document.querySelector('[data-testid=waiting]')");
    // Until the claimant has registered, the confirmation can be withdrawn.
    browser.wait("seen(document.querySelector('[data-decision=take-back]'))");
    check_accessible(&browser, "decided");

    let given = register(&app, &unit);
    let id = given["deviceId"].as_str().expect("a device id");
    assert_ne!(id, terminal.device_id);
    let row = app.admin_get(&format!("/api/v1/devices?q={id}")).ok();
    assert_eq!(row["rows"][0]["state"], "approved", "{row}");
    // The decision can be looked up afterwards, by its address too.
    let address = browser.value("location.pathname + location.search");
    let address = address.as_str().expect("an address").to_owned();
    browser.open(&format!("{address}&state=all"));
    browser.wait_text("#claim .facts", "已确认");
    browser.wait(&format!(
        "text(document.querySelector('#claim tbody')).includes('…{}')",
        &id[id.len() - 4..]
    ));
}

#[test]
fn a_refused_claim_leaves_the_terminal_in_place() {
    let app = TestApp::with_config(BY_CERTIFICATE);
    let unit = Enterprise::numbered(9502, "认领二厂").collects(ELECTRICITY, 1);
    let terminal = app.terminal(&unit);
    register(&app, &unit);
    let browser = signed_in(&app, "/terminals?tab=claims");
    browser.click(&format!("{}.cells[1]", row("claims", "认领二厂")));
    deed(&browser, "refuse", Some("企业说没有换过终端"));
    browser.wait_text("[data-testid=done-message]", "已驳回");
    browser.wait_text("#claim .facts", "企业说没有换过终端");
    assert_eq!(register(&app, &unit)["responseCode"], "1");
    let values = days(ELECTRICITY, "2025-03-01", "2025-03-02", |_| 20.0);
    terminal.upload(&values).received();
}

#[test]
fn a_change_of_a_unit_is_seen_as_a_difference_and_approved() {
    let app = TestApp::new();
    app.terminal(&Enterprise::numbered(9503, "变更一厂"));
    let unit = Enterprise::numbered(9504, "变更二厂").collects(ELECTRICITY, 1);
    let mut terminal = app.terminal(&unit);
    let values = days(ELECTRICITY, "2025-03-01", "2025-03-02", |_| 20.0);
    terminal.upload(&values).received();
    terminal.enterprise.name = "变更一厂".to_owned();
    terminal.enterprise.region = "120114".to_owned();
    terminal.upload_config().received();

    let browser = signed_in(&app, "/terminals?tab=changes");
    browser.wait_text("[data-testid=waiting]", "1");
    browser.click(&format!("{}.cells[1]", row("changes", "变更二厂")));
    browser.wait("all('#change tbody tr').some(row => text(row.cells[1]).includes('变更二厂') && text(row.cells[2]).includes('变更一厂'))");
    browser.wait("all('#change tbody tr').some(row => text(row.cells[1]).includes('120116') && text(row.cells[2]).includes('120114'))");
    // The name belongs to another unit, and the district decides where the unit counts.
    browser.wait_text("#change [data-testid=conflicts]", "同名");
    browser.wait_text("#change .flags", "改变统计归属");
    browser.full_screenshot("terminals-change");
    check_accessible(&browser, "change");
    let unit_now = || app.get(&format!("/api/v1/units/{}", unit.code)).ok();
    assert_eq!(unit_now()["unit"]["name"], "变更二厂");
    deed(&browser, "approve", None);
    browser.wait_text("[data-testid=done-message]", "已批准");
    browser.wait("!document.querySelector('[data-testid=waiting]')");
    assert_eq!(unit_now()["unit"]["name"], "变更一厂");
    assert_eq!(unit_now()["unit"]["region"]["code"], "120114");
}

#[test]
fn a_terminal_is_approved_given_a_code_and_released() {
    let app = TestApp::with_config(BY_CERTIFICATE);
    let unit = Enterprise::numbered(9505, "终端一厂").collects(ELECTRICITY, 1);
    let terminal = app.registered(&unit);
    terminal.upload_config().received();
    terminal.upload(&days(ELECTRICITY, "2025-03-01", "2025-03-03", |_| 20.0)).received();
    let browser = signed_in(&app, "/terminals?state=pending");
    browser.click("all('#terminals tbody tr')[0].cells[2]");
    browser.wait("seen(document.querySelector('#device'))");
    // The keyboard is enough: the sheet has the focus, Escape closes it and gives the focus back to the row.
    browser.wait("document.activeElement && document.activeElement.id === 'device'");
    browser.press("Escape");
    browser.wait("!document.querySelector('#device')");
    browser.wait("document.activeElement && document.activeElement.tagName === 'TR'");
    browser.press("Enter");
    browser.wait("seen(document.querySelector('#device'))");
    check_address(&browser, "device=");
    // The evidence stands beside the decision: what it said of itself, its first data, and the terminal before it.
    for words in ["终端一厂", "采集项 1 个", "1 次 3 条", "共 3 条", "这是该企业的第一台"]
    {
        browser.wait_text("[data-testid=evidence]", words);
    }
    check_accessible(&browser, "pending device");
    browser.full_screenshot("terminals-evidence");
    // What is printed is in the audit log, with the page.
    browser.run("['beforeprint', 'afterprint'].forEach(it => dispatchEvent(new Event(it)));");
    wait_until("the print is recorded", || {
        let printed = app.admin_get("/api/v1/audit?action=print").ok();
        printed["rows"][0]["event"]["object"]
            .as_str()
            .is_some_and(|it| it.starts_with("/terminals?"))
    });
    deed(&browser, "approve", None);
    browser.wait_text("[data-testid=done-message]", "已批准");
    browser.wait_text("#device .facts", "已批准");
    // An approved device leaves the list of pending ones.
    browser.wait_text("#terminals", "所选条件下没有终端");

    deed(&browser, "code", None);
    browser.wait("text(document.querySelector('[data-testid=code]')).length >= 12");
    check_accessible(&browser, "code");
    browser.full_screenshot("terminals-code");
    let code = browser.text("[data-testid=code]");
    // It is shown nowhere else, not even after a reload.
    browser.driver.command("refresh");
    browser.settle();
    assert_eq!(browser.value(&format!("document.body.textContent.includes({code:?})")), false);
    let message =
        json!({"enterpriseCode": unit.code, "region": unit.region, "registrationCode": code});
    let taken = app.post("/register", &message).received();
    let id = taken["deviceId"].as_str().expect("a device id").to_owned();
    assert_ne!(id, terminal.device_id);

    browser.open(&format!("/terminals?state=approved&q={}", unit.code));
    browser.click(&format!("{}.cells[2]", row("terminals", "一次性注册码")));
    let before = &terminal.device_id[terminal.device_id.len() - 4..];
    for words in [before, "已批准", "上报 1 次", "旧凭据收到"] {
        browser.wait_text("[data-testid=evidence]", words);
    }
    deed(&browser, "release", None);
    browser.wait_text("[data-testid=done-message]", "已解除");
    // Another terminal of the enterprise is a new device to approve, and the standing of the one before is beside it.
    let again = register(&app, &unit);
    let second = again["deviceId"].as_str().expect("a device id");
    assert_ne!(second, id.as_str());
    let rows = app.admin_get("/api/v1/devices?state=pending").ok();
    assert_eq!(rows["page"]["total"], 1, "{rows}");
    browser.open("/terminals?state=pending");
    browser.click("all('#terminals tbody tr')[0].cells[2]");
    browser.wait_text("#device .facts", "待批准");
    for words in [&id[id.len() - 4..], "已停用", "上报 0 次"] {
        browser.wait_text("[data-testid=evidence]", words);
    }
    deed(&browser, "approve", None);
    browser.wait_text("[data-testid=done-message]", "已批准");
    let row = app.admin_get(&format!("/api/v1/devices?q={second}")).ok();
    assert_eq!(row["rows"][0]["state"], "approved", "{row}");
}

#[test]
fn a_secret_is_rotated_and_the_old_one_is_ended_at_once() {
    let app = TestApp::with_config("trusted_proxies = [\"127.0.0.1\"]\n");
    let unit = Enterprise::numbered(9508, "轮换一厂").collects(ELECTRICITY, 1);
    let message = json!({"enterpriseCode": unit.code, "region": unit.region});
    let headers = [("content-type", "application/json"), ("x-forwarded-for", "198.51.100.1")];
    let from_plant = || app.post_bytes("/register", message.to_string().into_bytes(), &headers);
    let id = |given: Value| given["deviceId"].as_str().expect("a device id").to_owned();
    let old = id(from_plant().received());
    app.approve(&old).ok();
    let browser = signed_in(&app, &format!("/terminals?state=approved&q={}", unit.code));
    browser.click("all('#terminals tbody tr')[0].cells[2]");
    browser.wait_text("[data-testid=evidence]", "这是该企业的第一台");
    deed(&browser, "rotate", None);
    browser.wait_text("[data-testid=done-message]", "待终端来领新凭据");
    browser.wait_text("#device .facts", "领到之前照旧");
    browser.wait_text("#terminals", "待领新凭据");
    browser.wait("!document.querySelector('[data-decision=rotate]')");
    check_accessible(&browser, "asked");
    let new = id(from_plant().received());
    assert_ne!(new, old);
    // Both rows are there, and the old one says until when it is accepted.
    browser.open(&format!("/terminals?q={}", unit.code));
    browser.wait("all('#terminals tbody tr').length === 2");
    browser.click(&format!("{}.cells[2]", row("terminals", "旧凭据")));
    browser.wait_text("#device .facts", "已轮换的旧凭据，收到");
    browser.wait_text("[data-testid=evidence]", "这是该企业的第一台");
    browser.full_screenshot("terminals-rotated");
    deed(&browser, "revoke", None);
    browser.wait_text("[data-testid=done-message]", "已失效");
    browser.wait_text("#device .facts", "已停用");
    let state = |id: &str| {
        app.admin_get(&format!("/api/v1/devices?q={id}")).ok()["rows"][0]["state"].clone()
    };
    assert_eq!((state(&old), state(&new)), (json!("revoked"), json!("approved")));
}

#[test]
fn without_a_token_the_page_explains_itself_and_shows_ends_of_ids_alone() {
    let app = TestApp::with_config(BY_CERTIFICATE);
    let unit = Enterprise::numbered(9506, "公开一厂").collects(ELECTRICITY, 1);
    let terminal = app.terminal(&unit);
    register(&app, &unit);
    let browser = Browser::start(&app.url());
    browser.open_fresh("/terminals?tab=claims");
    browser.wait("seen(document.querySelector('#sign-in'))");
    browser.wait_text(".answer", "能源中心操作员");
    assert_eq!(browser.value("document.body.textContent.includes('公开一厂')"), false);
    assert_eq!(browser.value("!!document.querySelector('[data-testid=waiting]')"), false);
    browser.open("/terminals");
    browser.wait(&row("terminals", "公开一厂"));
    check_accessible(&browser, "signed out");
    browser.click(&format!("{}.cells[2]", row("terminals", "公开一厂")));
    browser.wait_text("#device", "由能源中心操作员办理");
    let end = &terminal.device_id[terminal.device_id.len() - 4..];
    let here = browser.value("location.pathname + location.search");
    for (path, shows_end) in
        [(here, true), (json!(format!("/units/{}", unit.code)), true), (json!("/uploads"), false)]
    {
        browser.open(path.as_str().expect("a path"));
        browser.settle();
        if shows_end {
            browser.wait_text("main", end);
        }
        assert_eq!(
            browser.value(&format!(
                "document.documentElement.outerHTML.includes({:?})",
                terminal.device_id
            )),
            false,
            "{path} shows the whole id"
        );
    }
    // Signing in opens the requested page; signing out closes it and leaves nothing of it.
    browser.open("/terminals?tab=claims");
    browser.enter_token(ADMIN_TOKEN);
    browser.wait(&row("claims", "公开一厂"));
    browser.click("button('退出令牌')");
    browser.wait("seen(document.querySelector('#sign-in')) && !document.querySelector('#claims')");
    browser.wait("!document.querySelector('[data-testid=waiting]')");
}

#[test]
fn the_address_is_the_state_of_the_page() {
    let app = TestApp::with_config(BY_CERTIFICATE);
    let unit = Enterprise::numbered(9507, "地址一厂").collects(ELECTRICITY, 1);
    app.terminal(&unit);
    register(&app, &unit);
    let browser = signed_in(&app, "/terminals");
    browser.click("document.querySelector('[data-tab=changes]')");
    browser.wait_text("#changes", "没有变更在等");
    browser.click("document.querySelector('[data-tab=claims]')");
    browser.click(&format!("{}.cells[1]", row("claims", "地址一厂")));
    browser.wait("seen(document.querySelector('#claim'))");
    browser.driver.command("refresh");
    browser.wait_text("#claim h2", "地址一厂");
    browser.run("history.back();");
    browser.wait("!document.querySelector('#claim') && seen(document.querySelector('#claims'))");
    browser.run("history.back();");
    browser.wait("seen(document.querySelector('#changes'))");
    // An unknown claim is reported, with a link to the list.
    browser.open("/terminals?tab=claims&claim=999999");
    browser.wait_text("#claim", "不在这份清单里");
    // A phone shows the selected row in place of the list, without horizontal scrolling, in both languages.
    for lang in ["zh", "en"] {
        browser.open(&format!("/terminals?tab=claims&lang={lang}"));
        browser.wait(&row("claims", "地址一厂"));
        browser.click(&format!("{}.cells[1]", row("claims", "地址一厂")));
        browser.wait("seen(document.querySelector('#claim tbody'))");
        for width in [390, 768, 1100, 1280, 1920] {
            browser.size(width, 900);
            browser.settle();
            browser.wait(&format!(
                "document.documentElement.scrollWidth <= {width} && seen(document.querySelector('#claims')) === {}",
                width >= 1200
            ));
        }
        browser.size(390, 900);
        check_accessible(&browser, "phone");
        browser.full_screenshot(&format!("terminals-claim-mobile-{lang}"));
        browser.size(1440, 900);
    }
}

#[test]
fn a_connection_that_fails_is_told_by_its_address() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let files = Authority::new("Nengce test authority").server_files(folder.path());
    let app = TestApp::with(Options { config: Some(files), ..Options::default() });
    let browser = signed_in(&app, "/terminals?tab=connections");
    browser.wait_text("#connections", "每个连接都成了请求");
    check_accessible(&browser, "no failures");
    let mut stream = std::net::TcpStream::connect(app.server.listens_on()).expect("a connection");
    std::io::Write::write_all(&mut stream, b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").expect("sent");
    std::io::Read::read_to_end(&mut stream, &mut Vec::new()).ok();
    browser.driver.command("refresh");
    browser.wait("all('#connections tbody tr').some(row => text(row).includes('127.0.0.1') && text(row).includes('明文 HTTP'))");
    browser.wait("text(document.querySelector('[data-figure=waiting-connections]')) === '1'");
    check_accessible(&browser, "failures");
}
