//! Selections on the dual-control page in Chromium: the time from the click or key to the end of the frame that shows
//! the answer, and the same queries derived natively from the same snapshot.

use std::time::Instant;

use anyhow::Result;
use nengce_analysis::codec::decode;
use nengce_analysis::dual_control::dual_control;
use nengce_analysis::evaluation::Evaluation;
use nengce_analysis::query::{Filter, Query};
use nengce_analysis::snapshot::Snapshot;
use nengce_analysis::spans::{ComparisonSpan, Spans};
use nengce_shared::basis::Basis;
use nengce_shared::warning::TotalThresholds;
use serde_json::Value;

use super::report::{Report, percentile};
use super::usage;
use crate::support::app::TestApp;
use crate::support::browser::Browser;

/// The marks of an exploration.
pub(super) struct Marks {
    pub frame_ms: f64,
    /// The duration of the exploration.
    pub minutes: f64,
    /// The requests for figures that may be sent meanwhile.
    pub asked: &'static str,
    /// The address at which it starts. The brush moves by months and would leave a span of days.
    pub page: &'static str,
    pub brushes: bool,
}

/// The exploration of a city that is sent by unit, over months.
pub(super) const BY_UNIT: Marks = Marks {
    frame_ms: 16.0,
    minutes: 2.0,
    asked: "none wanted",
    page: "/dual-control",
    brushes: true,
};

/// The same over days: part months at both ends of this year's span and of last year's.
pub(super) const BY_DAY: Marks = Marks {
    frame_ms: 33.0,
    minutes: 1.0,
    page: "/dual-control?from=2026-02-10&to=2026-06-20",
    brushes: false,
    ..BY_UNIT
};

/// What an exploration changes.
const KINDS: [&str; 3] = ["district", "basis", "brush"];

const LONGEST_MS: f64 = 100.0;

const MOST_MEMORY_MIB: f64 = 200.0;

/// What both measuring scripts look at and wait for. The total of a small district may round to the same figure, but the
/// strip and the span in words change.
const WAITS: &str = r"
const frame = () => new Promise(done => requestAnimationFrame(done));
const drawn = () => new Promise(done => { const c = new MessageChannel(); c.port1.onmessage = done; c.port2.postMessage(0); });
const total = () => document.querySelector('.kpis').textContent + document.querySelector('.period').textContent;
";

/// Acts at the start of a frame and measures the time until the frame is drawn and the browser accepts other work.
/// Where the figure has not changed by then, the following frames count too. Then it measures the time until the last
/// panel has followed. The browser itself notes every time for which the page did not respond for 50 ms or more. Before
/// each action it measures what the browser alone takes: setting the text of that one figure, without the portal.
const EXPLORE: &str = r"
(async () => {
  const times = {}, whole = [], derived = [], long = [], alone = [];
  const figure = document.querySelector('[data-figure=total]').firstChild, shown = figure.data;
  for (let at = 0; at < 60; at++) {
    await frame();
    const start = performance.now();
    figure.data = at % 2 ? shown : '0' + shown;
    await drawn();
    alone.push(performance.now() - start);
    await new Promise(done => setTimeout(done, 100));
  }
  new PerformanceObserver(list => long.push(...list.getEntries().map(it => it.duration))).observe({type: 'longtask'});
  const act = async (kind, work) => {
    await frame();
    const before = total(), start = performance.now();
    work();
    for (let frames = 0; frames < 3; frames++) {
      await drawn();
      if (total() !== before) break;
      await frame();
    }
    (times[kind] ??= []).push(performance.now() - start);
    for (let frames = 0; frames < 6; frames++) { await frame(); await drawn(); }
    whole.push(performance.now() - start);
    const all = performance.getEntriesByName('derive');
    if (all.length) derived.push(all.reduce((sum, it) => sum + it.duration, 0));
    performance.clearMeasures();
    await new Promise(done => setTimeout(done, 150));
  };
  const rows = () => [...document.querySelectorAll('#regions tbody tr')].map(it => it.cells[0]);
  const key = (name) => { const e = document.querySelectorAll('.brush-handle')[1]; e.dispatchEvent(new KeyboardEvent('keydown', {key: name, bubbles: true})); };
  const begin = performance.now();
  for (let round = 0; performance.now() - begin < MILLISECONDS; round++) {
    const at = 1 + round % Math.max(1, rows().length - 1);
    await act('district', () => rows()[at].click());
    await act('basis', () => document.querySelector('[data-basis=calorific]').click());
    if (BRUSHES) {
      await act('brush', () => key('ArrowLeft'));
      await act('brush', () => key('ArrowRight'));
    }
    await act('basis', () => document.querySelector('[data-basis=equivalent]').click());
    await act('district', () => rows()[at].click());
  }
  const asked = performance.getEntriesByType('resource').filter(it => /dual-control\?|timeline/.test(it.name)).length;
  return {times, whole, derived, long, asked, alone};
})().then(it => { window.explored = it; }, it => { window.explored = {error: String(it)}; })
";

/// The changes that one choice of a district makes to the page until its first frame is drawn, written again and again
/// without the portal: what the browser alone takes for a frame that says the same.
const REPLAY: &str = r"
(async () => {
  const pause = (time) => new Promise(done => setTimeout(done, time));
  const records = [], observer = new MutationObserver(list => records.push(...list));
  const before = total();
  observer.observe(document.body, {subtree: true, characterData: true, characterDataOldValue: true, attributes: true, attributeOldValue: true});
  await frame();
  document.querySelector('#regions tbody tr:nth-child(2)').cells[0].click();
  for (let frames = 0; frames < 3; frames++) {
    await drawn();
    if (total() !== before) break;
    await frame();
  }
  records.push(...observer.takeRecords());
  observer.disconnect();
  await pause(2000);
  const changes = new Map();
  for (const {target, attributeName, oldValue} of records) {
    const of = changes.get(target) ?? changes.set(target, new Map()).get(target);
    const now = attributeName ? target.getAttribute(attributeName) : target.data;
    if (target.isConnected && !of.has(attributeName) && now !== oldValue) of.set(attributeName, [now, oldValue]);
  }
  const all = [...changes].flatMap(([target, of]) => [...of].map(([name, values]) => ({target, name, values})));
  const times = [];
  for (let at = 0; at < 120; at++) {
    await frame();
    const start = performance.now();
    for (const {target, name, values} of all) {
      const value = values[(at + 1) % 2];
      if (name === null) target.data = value;
      else if (value === null) target.removeAttribute(name);
      else target.setAttribute(name, value);
    }
    await drawn();
    times.push(performance.now() - start);
    await pause(100);
  }
  return {times, texts: all.filter(it => it.name === null).length, attributes: all.filter(it => it.name !== null).length};
})().then(it => { window.replayed = it; }, it => { window.replayed = {error: String(it)}; })
";

/// Explores the page as a reader would, for so many minutes; what the page noted.
fn explore(app: &TestApp, marks: &Marks) -> Result<Value> {
    let Marks { minutes, page, brushes, .. } = *marks;
    let browser = Browser::start(&app.url());
    browser.open(page);
    browser.wait("!!document.querySelector('[data-linked]')");
    browser.settle();
    browser.wait("performance.getEntriesByName('derive').length > 0");
    browser.run("performance.clearResourceTimings();");
    let script = EXPLORE
        .replace("MILLISECONDS", &format!("{}", minutes * 60_000.0))
        .replace("BRUSHES", &brushes.to_string());
    browser.run(&format!("{WAITS}{};", script.trim()));
    let started = Instant::now();
    while browser.value("!window.explored").as_bool() == Some(true) {
        anyhow::ensure!(
            started.elapsed().as_secs_f64() < minutes * 120.0,
            "the exploration does not end"
        );
        std::thread::sleep(std::time::Duration::from_secs(5));
    }
    let memory = usage::page_mib()?;
    browser.run(&format!("{WAITS}{};", REPLAY.trim()));
    browser.wait("!!window.replayed");
    let mut found = browser.value("window.explored");
    found["memory"] = memory.into();
    found["replayed"] = browser.value("window.replayed");
    Ok(found)
}

pub(super) fn measure(app: &TestApp, marks: &Marks, report: &mut Report) -> Result<()> {
    let Marks { frame_ms, minutes, asked, page, brushes } = *marks;
    report.step(&format!("an exploration of {page} in Chromium, once quality is assessed"));
    let server = match usage::rest(app.server.pid())? {
        true => "server at rest",
        false => "the server assesses quality meanwhile",
    };
    let found = explore(app, marks)?;
    let list = |name: &str| numbers(&found[name]);
    let kinds = KINDS.map(|kind| (kind, numbers(&found["times"][kind])));
    let times: Vec<f64> = kinds.iter().flat_map(|(_, times)| times.clone()).collect();
    let (whole, derived, alone) = (list("whole"), list("derived"), list("alone"));
    anyhow::ensure!(!times.is_empty(), "no exploration: {found}");
    let p95 = percentile(&times, 0.95);
    let ratio = |share: f64| percentile(&times, share) / percentile(&alone, share);
    report.row(
        &format!("click, key or brush to painted frame, {} choices on {page}", times.len()),
        format!("{}, longest {:.1} ms", middle_and_tail(&times), percentile(&times, 1.0)),
        format!("one text changed without the portal: {}", middle_and_tail(&alone)),
        format!("p50 {:.2}, p95 {:.2}", ratio(0.5), ratio(0.95)),
        &format!("p95 ≤ {frame_ms} ms: {} ({server})", word(p95 <= frame_ms)),
    );
    let replayed = &found["replayed"];
    let same = numbers(&replayed["times"]);
    anyhow::ensure!(!same.is_empty(), "no replay: {replayed}");
    report.row(
        "the same choices against the changes of one of them, written without the portal",
        middle_and_tail(&times),
        format!(
            "{} texts and {} attributes: {}",
            replayed["texts"],
            replayed["attributes"],
            middle_and_tail(&same)
        ),
        format!(
            "p50 {:.2}, p95 {:.2}",
            percentile(&times, 0.5) / percentile(&same, 0.5),
            p95 / percentile(&same, 0.95)
        ),
        "",
    );
    for (kind, times) in kinds.iter().filter(|(_, times)| !times.is_empty()) {
        let name = format!("of these, {} by {kind}", times.len());
        report.row(&name, middle_and_tail(times), String::new(), String::new(), "");
    }
    let mut row = |name: &str, figure: String, mark: &str| {
        report.row(name, figure, String::new(), String::new(), mark);
    };
    row("until the last panel has followed, six frames later", middle_and_tail(&whole), "");
    let long = list("long");
    let worst = long.iter().copied().fold(0.0, f64::max);
    row(
        &format!("longest of all frames in {minutes} minutes"),
        format!("{} of 50 ms or more, the longest {worst:.0} ms", long.len()),
        &format!("none over {LONGEST_MS} ms: {}", word(worst <= LONGEST_MS)),
    );
    let requests = found["asked"].as_u64().unwrap_or(0);
    row("requests for figures meanwhile", requests.to_string(), asked);
    let memory = found["memory"].as_f64().unwrap_or(f64::NAN);
    row(
        "memory of the page: private to its process, program and all",
        format!("{memory:.0} MiB"),
        &format!("≤ {MOST_MEMORY_MIB} MB: {}", word(memory <= MOST_MEMORY_MIB)),
    );
    // Only the browser's derivation has days.
    if brushes {
        native(app, &derived, report)?;
    }
    Ok(())
}

fn numbers(list: &Value) -> Vec<f64> {
    list.as_array().into_iter().flatten().filter_map(Value::as_f64).collect()
}

fn middle_and_tail(times: &[f64]) -> String {
    format!("p50 {:.1} ms, p95 {:.1} ms", percentile(times, 0.5), percentile(times, 0.95))
}

fn word(met: bool) -> &'static str {
    if met { "met" } else { "missed" }
}

/// Derives the same page natively: the answer and its districts.
fn native(app: &TestApp, derived: &[f64], report: &mut Report) -> Result<()> {
    let bytes = app.get("/api/v1/snapshot").body;
    let started = Instant::now();
    let snapshot = decode(&bytes)?;
    let decoded = started.elapsed().as_secs_f64() * 1000.0;
    let spans =
        Spans::read(None, None, ComparisonSpan::default(), snapshot.data_until, snapshot.today)?;
    let ask = |region: Option<&str>, snapshot: &Snapshot| {
        let query = Query {
            comparison: None,
            filter: Filter {
                region: region.map(str::to_owned).into_iter().collect(),
                ..Filter::default()
            },
            basis: Basis::Equivalent,
            spans: spans.clone(),
        };
        let evaluation = Evaluation::new(snapshot, &query, &[]);
        std::hint::black_box(dual_control(&evaluation, TotalThresholds::default()));
    };
    let mut times = Vec::new();
    for region in snapshot.catalog.regions.iter().cycle().take(40) {
        let started = Instant::now();
        ask(Some(&region.code), &snapshot);
        ask(None, &snapshot);
        times.push(started.elapsed().as_secs_f64() * 1000.0);
    }
    let (here, there) = (percentile(derived, 0.5), percentile(&times, 0.5));
    report.row(
        &format!("the page's figures derived in the browser, {} units", snapshot.units.len()),
        format!("p50 {here:.1} ms"),
        format!("{there:.1} ms natively"),
        format!("{:.2}", here / there),
        &format!("snapshot of {:.2} MB read natively in {decoded:.0} ms", bytes.len() as f64 / 1e6),
    );
    Ok(())
}
