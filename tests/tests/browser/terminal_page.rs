//! The page of the terminal in a plant, on simulated meters and without a centre that answers: what a person sees and
//! does there on the plant's own machine.

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use nengce_tests::support::axe;
use nengce_tests::support::browser::Browser;
use nengce_tests::support::server;
use serde_json::json;
use tempfile::TempDir;

const PASSWORD: &str = "long enough";

/// A running terminal; it ends with its test.
struct Plant {
    child: Child,
    folder: TempDir,
    browser: Browser,
}

/// `NENGCE_TERMINAL_BIN`, or the program that was built beside the server.
fn binary() -> PathBuf {
    std::env::var_os("NENGCE_TERMINAL_BIN").map_or_else(
        || {
            let name = format!("nengce-terminal{}", std::env::consts::EXE_SUFFIX);
            server::binary().with_file_name(name)
        },
        PathBuf::from,
    )
}

impl Plant {
    /// A plant whose page has its password, with the browser signed in.
    fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let binary = binary();
        let mut child = Command::new(&binary)
            .args(["demo", "--listen", "127.0.0.1:0", "--centre", "http://127.0.0.1:9"])
            .arg("--data")
            .arg(folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| {
                panic!("{}: {error}; build it, or set NENGCE_TERMINAL_BIN", binary.display())
            });
        let mut line = String::new();
        let output = child.stdout.take().expect("its output");
        BufReader::new(output).read_line(&mut line).expect("its address");
        let plant = Self { child, folder, browser: Browser::start(line.trim()) };
        plant.browser.open_fresh("/");
        plant.wait_shown("#sign-in");
        plant.fill("#password", PASSWORD);
        plant.fill("#again", PASSWORD);
        plant.click("#sign-go");
        plant.wait_shown("#inside");
        plant.browser.wait("all('#points-body [data-point]').length === 7");
        plant
    }

    #[track_caller]
    fn wait_shown(&self, css: &str) {
        self.browser.wait(&format!("seen(document.querySelector({css:?}))"));
    }

    #[track_caller]
    fn click(&self, css: &str) {
        self.browser.click(&format!("document.querySelector({css:?})"));
    }

    #[track_caller]
    fn fill(&self, css: &str, text: &str) {
        self.browser.run(&format!(
            "const e = document.querySelector({css:?}); e.value = {text:?};
             for (const it of ['input', 'change']) e.dispatchEvent(new Event(it, {{bubbles: true}}));"
        ));
    }

    /// Chooses a file as a person does in the dialogue of the browser.
    fn choose(&self, name: &str, content: &str) {
        let (name, content) = (json!(name), json!(content));
        self.browser.run(&format!(
            "const data = new DataTransfer(); data.items.add(new File([{content}], {name}, {{type: 'text/csv'}}));
             const e = document.querySelector('#file'); e.files = data.files; e.dispatchEvent(new Event('change'));"
        ));
        self.browser.wait_text("#file-name", name.as_str().unwrap_or_default());
    }
}

impl Drop for Plant {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

#[test]
fn the_password_is_asked_for_and_a_wrong_one_is_refused() {
    let plant = Plant::start();
    plant.click("#sign-out");
    plant.wait_shown("#sign-in");
    assert_eq!(plant.browser.value("seen(document.querySelector('#again-row'))"), false);
    plant.fill("#password", "another one");
    plant.click("#sign-go");
    plant.browser.wait_text("#sign-error", "密码不对");
    plant.fill("#password", PASSWORD);
    plant.browser.run("document.querySelector('#password').focus();");
    plant.browser.press("Enter");
    plant.wait_shown("#inside");
    assert!(plant.folder.path().join("terminal.toml").is_file());
}

#[test]
fn a_person_sees_the_state_reads_now_and_enters_a_value() {
    let plant = Plant::start();
    let browser = &plant.browser;
    browser.wait_text("#plant", "示范水泥有限公司");
    browser.wait_text("#sentence", "有事待处理，市级平台昨日无数据，未连通；7 点中");
    browser.wait_text("#sentence", "1 点待填。");
    browser.wait_text("#centres-body [data-state=retry]", "重试");
    browser.wait_text("#points-body [data-point=P01][data-quality=good]", "1# 进线 有功电能");
    browser.wait_text("#machine-body [data-fact=listen]", "127.0.0.1:");
    browser.click("document.querySelector('[data-point=P01] [data-key=\"read P01\"]')");
    browser.wait_text("#raw .bytes", "FE FE FE FE 68 29 25 07 07 21 20 68 11 04 33 33 34 33 4F 16");
    browser.wait_text("#raw .bytes", "68 29 25 07 07 21 20 68 91 08 33 33 34 33");
    browser.wait_text("#raw", "表号，低字节在前");
    browser.wait_text("#log-body", "立即读");
    // The page renews itself, and the keyboard stays where it was.
    let focused = "document.activeElement.dataset.key === 'read P01'";
    browser.wait(focused);
    let clock = browser.text("#clock");
    browser.wait(&format!("text(document.querySelector('#clock')) > {clock:?}"));
    browser.wait(focused);
    // A value by hand fills a day once.
    browser.click("document.querySelector('[data-key=\"fill P07\"]')");
    plant.fill("#manual-value", "1,020.5");
    browser.wait_text("#manual-value-label", "GJ");
    plant.click("#manual-save");
    assert_eq!(browser.text("#manual-result"), "", "without a reason nothing is sent");
    plant.fill("#manual-reason", "表计检定");
    plant.click("#manual-save");
    browser.wait_text("#manual-result.ok", "已存入");
    browser.wait_text("#log-body", "P07");
    browser.wait_text("#centres-body", "1");
    plant.click("#manual-save");
    browser.wait_text("#manual-result.bad", "该日已有值");
    plant.fill("#manual-value", "many");
    plant.click("#manual-save");
    browser.wait_text("#manual-result.bad", "须为数字：日值 GJ");
}

#[test]
fn an_own_frame_is_read_and_one_that_writes_is_not_sent() {
    let plant = Plant::start();
    let browser = &plant.browser;
    browser.run("document.querySelector('#own').open = true;");
    plant.fill("#own-source", "meters");
    plant.fill("#own-hex", "68 29 25 07 07 21 20 68 11 04 33 33 34 33 4F 16");
    plant.click("#own-form button");
    browser.wait_text("#raw", "meters");
    browser.wait_text("#raw .bytes", "91 08 33 33 34 33");
    plant.fill("#own-hex", "68 29 25 07 07 21 20 68 14 04 33 33 34 33 52 16");
    plant.click("#own-form button");
    browser.wait_text("#raw .bad", "只发送恰好一帧、且只读取的报文");
    plant.fill("#own-hex", "6 8 Z");
    plant.click("#own-form button");
    browser.wait_text("#raw .bad", "十六进制");
}

#[test]
fn a_point_table_is_looked_at_before_it_is_applied() {
    let plant = Plant::start();
    let browser = &plant.browser;
    let heading = "id,name,source,address,kind,unit,factor,dataCode,scope\n";
    let good = "P01,1# 进线,meters,202107072529/00010000,counter,kWh,1,,\nP09,2# 炉,plc,1/holding/4/f64,counter,t,1,,\n";
    plant.choose(
        "bad.csv",
        &format!("{heading}{good}P10,煤,coal,1/holding/0/f64,counter,t,none,,\n"),
    );
    plant.click("#preview");
    browser.wait_text("#preview-result", "第 4 行 factor：“none”不是数字");
    browser.wait_text("#preview-result", "第 4 行 source：配置中没有此采集源");
    browser.wait("document.querySelector('#apply').disabled");
    plant.choose("points.csv", &format!("{heading}{good}"));
    plant.click("#preview");
    browser.wait_text("#preview-result", "新增 1：P09");
    browser.wait_text("#preview-result", "移除 6：P02, P03, P04, P05, P06, P07");
    assert_eq!(browser.value("all('#points-body [data-point]').length"), 7, "not yet");
    plant.click("#apply");
    browser.wait_text("#preview-result", "已导入");
    browser.wait("all('#points-body [data-point]').length === 2");
    browser.wait_text("[data-point=P09][data-quality=good]", "2# 炉");
}

#[test]
fn a_point_gets_its_digits_and_multipliers_and_its_meter_is_replaced() {
    let plant = Plant::start();
    let browser = &plant.browser;
    browser.click("document.querySelector('[data-key=\"edit P01\"]')");
    let field = |name: &str| format!("#point-form [name={name}]");
    browser.wait(&format!("document.querySelector({:?}).value === 'P01'", field("id")));
    plant.fill(&field("digits"), "6");
    plant.fill(&field("max_rate"), "5,000");
    plant.click("#multiplier-add");
    plant.fill("#multipliers input[type=date]", "2026-01-01");
    plant.fill("#multipliers input[inputmode]", "80");
    plant.click("#point-form button.main");
    browser.wait_text("#point-result.ok", "已保存");
    browser.click("document.querySelector('[data-key=\"edit P02\"]')");
    browser.wait(&format!("document.querySelector({:?}).value === ''", field("digits")));
    browser.click("document.querySelector('[data-key=\"edit P01\"]')");
    browser.wait(&format!("document.querySelector({:?}).value === '6'", field("digits")));
    browser.wait(&format!("document.querySelector({:?}).value === '5000'", field("max_rate")));
    browser.wait("document.querySelector('#multipliers input[type=date]').value === '2026-01-01' && document.querySelector('#multipliers input[inputmode]').value === '80'");
    plant.fill("#meter-point", "P05");
    plant.fill("#meter-at", "2026-01-01T08:00:00");
    plant.fill("#old-end", "10");
    plant.fill("#new-start", "0");
    plant.click("#meter button");
    browser.wait_text("#meter-result.bad", "换表时间早于最后读数");
}

#[test]
fn the_page_is_whole_in_both_languages_and_themes_and_on_a_phone() {
    let plant = Plant::start();
    let browser = &plant.browser;
    browser.click("document.querySelector('[data-key=\"read P04\"]')");
    browser.wait_text("#raw .bytes", "03 08");
    browser.run("document.querySelector('#own').open = true;");
    for (language, title) in [("zh-CN", "接入端"), ("en", "Terminal")] {
        if browser.value("document.documentElement.lang") != language {
            plant.click("#language");
        }
        browser.wait(&format!("document.documentElement.lang === {language:?} && text(document.querySelector('h1:not(#sign-title)')) === {title:?}"));
        let missing = browser.value("all('[data-t]').filter(e => !text(e) || text(e) === 'undefined').map(e => e.dataset.t)");
        assert_eq!(missing, json!([]), "{language}");
        for theme in ["light", "dark"] {
            if browser.value("document.documentElement.dataset.theme") != theme {
                plant.click("#theme");
            }
            browser.wait(&format!("document.documentElement.dataset.theme === {theme:?}"));
            for (width, height) in [(1440, 900), (390, 844)] {
                browser.size(width, height);
                let name = format!("terminal-{language}-{theme}-{width}");
                browser.full_screenshot(&name);
                let wide = "document.documentElement.scrollWidth > innerWidth";
                assert_eq!(browser.value(wide), false, "{name} is wider than the screen");
                let cut = browser.value("all('#points-body td, #centres-body td').filter(e => e.scrollWidth > e.clientWidth + 1).map(text)");
                assert_eq!(cut, json!([]), "{name}");
                assert_eq!(axe::violations(browser), Vec::<String>::new(), "{name}");
            }
        }
    }
    let english = browser.value("all('#inside [data-t], #inside button, #inside select option').map(text).filter(e => /[\\u4e00-\\u9fff]/.test(e) && !/^P\\d\\d /.test(e))");
    assert_eq!(english, json!([]), "words that are not English");
    assert_eq!(browser.driver.console_errors(), Vec::<String>::new());
}
