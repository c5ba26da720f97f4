//! A browser on the portal: waiting for what is on screen, reading it, pointer and keys, pictures.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::server::ADMIN_TOKEN;
use super::sources::workspace;
use super::webdriver::WebDriver;

const TIMEOUT: Duration = Duration::from_secs(20);

pub struct Browser {
    pub driver: WebDriver,
    base: String,
}

/// Small functions that every script may use.
const SCRIPT_HELPERS: &str = r"
const all = (css) => [...document.querySelectorAll(css)];
const text = (e) => e ? e.textContent.replace(/\s+/g, ' ').trim() : null;
const seen = (e) => e && e.getClientRects().length > 0;
const table = (name) => all('table').find((t) => text(t.caption || {textContent: ''}).includes(name));
const button = (name) => all('button,a').find((b) => seen(b) && (text(b) === name || b.getAttribute('aria-label') === name));
";

impl Browser {
    /// A browser on the server at `base`, Chinese, light, 1440 × 900.
    pub fn start(base: &str) -> Self {
        let browser = Self { driver: WebDriver::start(), base: base.to_owned() };
        browser.size(1440, 900);
        browser.system_theme("light");
        browser
    }

    #[track_caller]
    pub fn open(&self, path: &str) {
        self.driver.goto(&format!("{}{path}", self.base));
    }

    /// A new visitor: nothing stored.
    #[track_caller]
    pub fn open_fresh(&self, path: &str) {
        self.open(path);
        self.run("localStorage.clear(); sessionStorage.clear();");
        self.open(path);
    }

    /// Holds the administrator's token from the next page on, as after a sign-in with it.
    pub fn hold_token(&self) {
        self.run(&format!("sessionStorage.setItem('nengce.token', {ADMIN_TOKEN:?});"));
    }

    pub fn size(&self, width: u32, height: u32) {
        let parameters =
            json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.driver.devtools("Emulation.setDeviceMetricsOverride", &parameters);
    }

    /// Makes the page run so many times slower than this machine; 1 is full speed.
    pub fn throttle_cpu(&self, rate: u32) {
        self.driver.devtools("Emulation.setCPUThrottlingRate", &json!({"rate": rate}));
    }

    pub fn system_theme(&self, theme: &str) {
        let features = json!({"features": [{"name": "prefers-color-scheme", "value": theme}]});
        self.driver.devtools("Emulation.setEmulatedMedia", &features);
    }

    /// The value of a script's body. A script that throws is run again until the page holds what it reaches for.
    #[track_caller]
    pub fn run(&self, script: &str) -> Value {
        self.run_until(script, |_| true).unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    /// Runs a script until its value is the one wanted; what it threw last when the time is over.
    fn run_until(
        &self,
        script: &str,
        mut wanted: impl FnMut(&Value) -> bool,
    ) -> Result<Value, String> {
        let start = Instant::now();
        let script = format!("{SCRIPT_HELPERS}{script}");
        loop {
            let error = match self.driver.try_run(&script, &[]) {
                Ok(value) if wanted(&value) => return Ok(value),
                Ok(_) => String::new(),
                Err(error) => error,
            };
            if start.elapsed() > TIMEOUT {
                return Err(error);
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    #[track_caller]
    pub fn value(&self, expression: &str) -> Value {
        self.run(&format!("return {expression};"))
    }

    #[track_caller]
    pub fn text(&self, css: &str) -> String {
        self.value(&format!("text(document.querySelector({css:?}))"))
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// Waits until the expression is true; else fails with what is on screen.
    #[track_caller]
    pub fn wait(&self, expression: &str) {
        let script = format!("return !!({expression});");
        let Err(last) = self.run_until(&script, |it| *it == Value::Bool(true)) else {
            return;
        };
        self.screenshot("failed");
        panic!(
            "not within {TIMEOUT:?}: {expression} {last}\nat {}\n{}\nconsole: {:?}",
            self.value("location.href"),
            self.value("document.body.innerText.slice(0, 3000)").as_str().unwrap_or_default(),
            self.driver.console_errors()
        );
    }

    #[track_caller]
    pub fn wait_text(&self, css: &str, part: &str) {
        self.wait(&format!("all({css:?}).some(e => text(e).includes({part:?}))"));
    }

    /// Waits until nothing is loading: no skeleton and no stale panel.
    #[track_caller]
    pub fn settle(&self) {
        self.wait("document.querySelector('h1') && !document.querySelector('.skeleton, .stale, [aria-busy=\"true\"]')");
    }

    /// Clicks by pointer events in the middle of the element, and again, as a person would, when the page moved it away
    /// or replaced it between the look and the press.
    #[track_caller]
    pub fn click(&self, element: &str) {
        let start = Instant::now();
        loop {
            self.click_once(element);
            // A page that was loaded since then knows nothing of the click.
            if self.value("window.clickArrived !== false") == true {
                return;
            }
            assert!(start.elapsed() < TIMEOUT, "the click does not arrive at {element}");
        }
    }

    #[track_caller]
    fn click_once(&self, element: &str) {
        self.wait(&format!("seen({element})"));
        // The element is looked for again when the click comes: a page may replace it by an equal one before.
        self.run(&format!(
            "document.removeEventListener('click', window.onceClicked, true); \
             window.clickArrived = false; \
             window.onceClicked = (e) => {{ window.clickArrived ||= e.composedPath().includes({element}); }}; \
             document.addEventListener('click', window.onceClicked, true);"
        ));
        // Once it stands still: what loads above it may still move it, and something else would be pressed.
        let script = format!(
            "const e = {element}; e.scrollIntoView({{block: 'center'}}); const r = e.getBoundingClientRect(); return [r.left + r.width / 2, r.top + r.height / 2];"
        );
        let mut before = Value::Null;
        let at = self
            .run_until(&script, |at| std::mem::replace(&mut before, at.clone()) == *at)
            .unwrap_or_else(|error| panic!("{element} does not stand still: {error}"));
        let (x, y) = (at[0].as_f64().expect("x"), at[1].as_f64().expect("y"));
        self.pointer("mouseMoved", x, y);
        self.pointer("mousePressed", x, y);
        self.pointer("mouseReleased", x, y);
    }

    /// Enters the administrator's token where the page asks to sign in.
    #[track_caller]
    pub fn enter_token(&self, token: &str) {
        self.wait("seen(document.querySelector('#sign-in'))");
        self.run("document.querySelector('#sign-in details').open = true;");
        self.run(&format!("document.querySelector('[data-testid=token]').value = {token:?};"));
        self.click("document.querySelector('#sign-in button[type=submit]')");
    }

    /// Drags from one point of the viewport to another in steps.
    pub fn drag(&self, from: (f64, f64), to: (f64, f64)) {
        self.pointer("mouseMoved", from.0, from.1);
        self.pointer("mousePressed", from.0, from.1);
        for step in 1..=8 {
            let share = f64::from(step) / 8.0;
            self.pointer(
                "mouseMoved",
                from.0 + (to.0 - from.0) * share,
                from.1 + (to.1 - from.1) * share,
            );
        }
        self.pointer("mouseReleased", to.0, to.1);
    }

    fn pointer(&self, kind: &str, x: f64, y: f64) {
        let pressed = kind != "mouseMoved";
        let parameters = json!({
            "type": kind, "x": x, "y": y, "button": if pressed { "left" } else { "none" },
            "buttons": u8::from(kind == "mousePressed"), "clickCount": u8::from(pressed),
        });
        self.driver.devtools("Input.dispatchMouseEvent", &parameters);
    }

    pub fn hover(&self, x: f64, y: f64) {
        self.pointer("mouseMoved", x, y);
    }

    /// Presses a key by its DOM name (`Tab`, `Enter`, `ArrowRight`, `t`).
    pub fn press(&self, key: &str) {
        let code = match key {
            "Tab" => 9,
            "Enter" => 13,
            "Escape" => 27,
            "ArrowLeft" => 37,
            "ArrowRight" => 39,
            other => other.to_ascii_uppercase().bytes().next().map_or(0, u32::from),
        };
        let text = match key {
            "Enter" => "\r",
            one if one.len() == 1 => one,
            _ => "",
        };
        let mut down =
            json!({"type": "keyDown", "key": key, "code": key, "windowsVirtualKeyCode": code});
        if !text.is_empty() {
            down["text"] = text.into();
        }
        self.driver.devtools("Input.dispatchKeyEvent", &down);
        self.driver.devtools(
            "Input.dispatchKeyEvent",
            &json!({"type": "keyUp", "key": key, "code": key, "windowsVirtualKeyCode": code}),
        );
    }

    /// Writes what is on screen to `target/screenshots`.
    pub fn screenshot(&self, name: &str) -> PathBuf {
        self.picture(name, &json!({"format": "png"}))
    }

    /// The whole page.
    pub fn full_screenshot(&self, name: &str) -> PathBuf {
        self.picture(
            name,
            &json!({"format": "png", "captureBeyondViewport": true, "clip": self.whole()}),
        )
    }

    /// The page as the browser prints it, on the paper that its style sheet names; kept in `target/screenshots` too.
    pub fn pdf(&self, name: &str) -> Vec<u8> {
        let parameters = json!({"preferCSSPageSize": true, "printBackground": true});
        let file = self.driver.devtools("Page.printToPDF", &parameters);
        let bytes = decode_base64(file["data"].as_str().unwrap_or_default());
        std::fs::write(screenshots().join(format!("{name}.pdf")), &bytes)
            .expect("the PDF is written");
        bytes
    }

    fn whole(&self) -> Value {
        let size = self
            .value("[document.documentElement.clientWidth, document.documentElement.scrollHeight]");
        json!({"x": 0, "y": 0, "width": size[0], "height": size[1], "scale": 1})
    }

    fn picture(&self, name: &str, parameters: &Value) -> PathBuf {
        let picture = self.driver.devtools("Page.captureScreenshot", parameters);
        let file = screenshots().join(format!("{name}.png"));
        let bytes = decode_base64(picture["data"].as_str().unwrap_or_default());
        std::fs::write(&file, bytes).expect("the screenshot is written");
        file
    }
}

fn screenshots() -> PathBuf {
    let folder = workspace().join("target/screenshots");
    std::fs::create_dir_all(&folder).expect("a folder for the screenshots");
    folder
}

fn decode_base64(text: &str) -> Vec<u8> {
    let value = |c: u8| match c {
        b'A'..=b'Z' => u32::from(c - b'A'),
        b'a'..=b'z' => u32::from(c - b'a') + 26,
        b'0'..=b'9' => u32::from(c - b'0') + 52,
        b'+' => 62,
        _ => 63,
    };
    let letters: Vec<u8> = text.bytes().filter(|c| *c != b'=').collect();
    let mut bytes = Vec::with_capacity(letters.len() * 3 / 4);
    for group in letters.chunks(4) {
        let word = (0..4).fold(0, |word, at| word << 6 | group.get(at).map_or(0, |c| value(*c)));
        bytes.extend_from_slice(&word.to_be_bytes()[1..group.len().max(2)]);
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::decode_base64;

    #[test]
    fn base64_gives_the_bytes_back() {
        assert_eq!(decode_base64("bGlnaHQgd29yay4="), b"light work.");
        assert_eq!(decode_base64("bGlnaHQgdw=="), b"light w");
    }
}
