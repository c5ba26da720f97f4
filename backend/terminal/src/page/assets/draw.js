"use strict";
// Draws what the terminal says of itself, with text nodes only.
const PROTOCOLS = { modbus_tcp: "Modbus TCP", modbus_rtu: "Modbus RTU", dlt645_tcp: "DL/T 645", dlt645_serial: "DL/T 645", cjt188_tcp: "CJ/T 188", cjt188_serial: "CJ/T 188", opcua: "OPC UA", mqtt: "MQTT", sql: "SQL", folder: "CSV / XLSX", http_json: "HTTP JSON" };
const SVG = "http://www.w3.org/2000/svg";
const MOST_CLOCK_SECONDS = 60;
const DAY_SECONDS = 86400;
const $ = id => document.getElementById(id);
const remember = (key, fallback) => { try { return localStorage.getItem(key) || fallback; } catch { return fallback; } };
let lang = remember("language", "zh");
let state = null, raw = null;
const t = () => lang === "zh" ? ZH : EN;
const said = it => (it && (it[lang] || it.zh)) || "";
const filled = (text, values) => text.replace(/\{(\w)\}/g, (_, name) => values[name]);
const el = (tag, attributes = {}, ...children) => {
  const it = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "onclick") it.addEventListener("click", value); else it.setAttribute(name, value);
  }
  it.append(...children.map(child => child ?? ""));
  return it;
};
const stamp = at => at == null ? "—" : new Date(at * 1000).toISOString().slice(0, 19).replace("T", " ");
/// Of today the time is enough.
const short = at => at == null ? "—" : stamp(at).slice(0, 10) === stamp(state.now).slice(0, 10) ? stamp(at).slice(11) : stamp(at).slice(5, 16);
const figures = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 7 });
const large = new Intl.NumberFormat("en-US", { maximumFractionDigits: 1 });
const number = value => value == null ? "—" : (Math.abs(value) >= 1e6 ? large : figures).format(value);
const cell = (content, kind) => el("td", kind ? { class: kind } : {}, content);
const link = (key, text, act) => el("button", { class: "link", type: "button", "data-key": key, onclick: act }, text);
const runOf = centre => state.runs[centre.name] || {};
const kindOf = point => (state.sources[point.source] || {}).kind;

/// Replaces the rows of a table; each cell knows its heading for narrow screens, and the focus stays where it was.
function rows(body, list, none) {
  const headings = [...body.closest("table").querySelectorAll("th")].map(it => it.textContent);
  const span = String(headings.length || 3);
  const shown = list.length ? list : [el("tr", {}, el("td", { class: "soft none", colspan: span }, none || ""))];
  if (headings.length && list.length) shown.forEach(row => [...row.children].forEach((it, at) => headings[at] && it.setAttribute("data-label", headings[at])));
  const key = body.contains(document.activeElement) && document.activeElement.dataset.key;
  body.replaceChildren(...shown);
  if (key) { const again = [...body.querySelectorAll("[data-key]")].find(it => it.dataset.key === key); if (again) again.focus(); }
}
/// Replaces the choices of a list only when they are others, so that an open list stays open.
function choices(list, values) {
  const text = JSON.stringify(values);
  if (list.dataset.known === text) return;
  const old = list.value;
  list.dataset.known = text;
  list.replaceChildren(...values.map(([value, shown]) => el("option", { value }, shown)));
  if (values.some(it => it[0] === old)) list.value = old;
}
function sentence() {
  const zh = lang === "zh", parts = [], of = test => state.points.filter(test).length;
  for (const c of state.centres) {
    const share = el("b", {}, c.yesterday_sent + "/" + c.yesterday_all);
    const bits = !c.yesterday_all ? [zh ? c.name + "昨日无数据" : c.name + ": nothing from yesterday"] : [zh ? "昨日已报" + c.name + " " : c.name + " has ", share, zh ? "" : " of yesterday"];
    if (runOf(c).state === "retry") bits.push(zh ? "，未连通" : ", not reached");
    if (runOf(c).state === "refused") bits.push(zh ? "，拒收" : ", it refuses");
    if (c.waiting) bits.push(zh ? "，" : ", ", el("b", { class: runOf(c).state === "ok" ? "" : "late" }, c.waiting + (zh ? " 条待发" : " waiting")));
    if (c.rejected) bits.push(zh ? "，" : ", ", el("b", { class: "late" }, c.rejected + (zh ? " 条被拒收" : " rejected")));
    parts.push(bits);
  }
  const stuck = of(p => p.quality === "stuck"), gap = of(p => p.quality === "gap"), n = state.points.length;
  const toFill = of(p => p.quality === "waiting" && p.point.kind === "manual"), unread = of(p => p.quality === "waiting" && p.point.kind !== "manual");
  const counts = [[stuck, "点停滞", "stuck"], [gap, "点中断", "not read"], [unread, "点尚无读数", "without a reading yet"], [toFill, "点待填", "to fill in"]].filter(it => it[0]);
  if (n) parts.push([counts.length ? (zh ? `${n} 点中 ` : `of ${n} points `) + counts.map(it => it[0] + " " + it[zh ? 1 : 2]).join(zh ? "，" : ", ") : zh ? `${n} 点都有读数` : `all ${n} points are read`]);
  const bad = stuck + gap + state.centres.filter(c => ["retry", "refused"].includes(runOf(c).state) || c.rejected).length;
  const begin = state.facts.disk_full ? ["本地存储已满；", "The store is full; "] : bad ? ["有事待处理，", "Needs a look: "] : !n ? ["还没有采集点；", "No points yet; "] : !state.centres.length ? ["没有配置中心，数据只存本机；", "No centre is configured, values are kept here only; "] : ["运行正常，", "In order: "];
  const out = [begin[zh ? 0 : 1]];
  parts.forEach((it, at) => out.push(...(at ? [zh ? "；" : "; "] : []), ...it));
  const text = el("p", {}, ...out, zh ? "。" : ".");
  // A screen reader hears the sentence when it changes, not every five seconds.
  if ($("sentence").textContent !== text.textContent) $("sentence").replaceChildren(...text.childNodes);
}
/// The last day; of an amount the interval that still runs is left out, since it would look like a fall.
function spark(values) {
  const known = values.filter(v => v != null);
  if (!known.length) return "—";
  const low = Math.min(...known), span = Math.max(...known) - low;
  const x = at => at * 106 / 95 + 1, y = v => span ? 19 - (v - low) / span * 16 : 11;
  let path = "", pen = false, last = 0;
  values.forEach((v, at) => { if (v == null) { pen = false; return; } path += (pen ? "L" : "M") + x(at).toFixed(1) + " " + y(v).toFixed(1) + (pen ? "" : "h.6"); pen = true; last = at; });
  const svg = document.createElementNS(SVG, "svg"), line = document.createElementNS(SVG, "path"), dot = document.createElementNS(SVG, "circle");
  for (const [name, value] of Object.entries({ class: "spark", viewBox: "0 0 110 22", role: "img", "aria-label": number(low) + " – " + number(low + span) })) svg.setAttribute(name, value);
  line.setAttribute("d", path);
  for (const [name, value] of Object.entries({ cx: x(last), cy: y(values[last]), r: 2 })) dot.setAttribute(name, value);
  svg.append(line, dot);
  return svg;
}
function centreRow(c) {
  const r = runOf(c), good = r.state === "ok", word = { ok: t().ok, retry: t().retrying, refused: t().refused, registering: t().registering }[r.state] || t().begins;
  const kind = good ? "ok" : ["retry", "refused"].includes(r.state) ? "warn" : "";
  const tag = el("span", { class: "tag " + kind }, (good ? "● " : kind ? "◆ " : "○ ") + word);
  const next = r.retry_at ? short(r.retry_at) : r.upload_time || "—";
  return el("tr", { "data-centre": c.name, "data-state": r.state || "" }, cell(el("b", {}, c.name)), cell(tag), cell(said(r) || "—", "long"), cell(short(r.at), "num"), cell(c.yesterday_sent + "/" + c.yesterday_all, "r"), cell(c.waiting ? el("b", {}, String(c.waiting)) : "0", "r"), cell(next, "r"), cell(r.versions || "—", "r"));
}
function pointRow(p) {
  const { point, quality } = p, trouble = state.problems[point.id], byHand = point.kind === "manual", id = point.id;
  let word = { good: t().good, stuck: t().stuck, gap: t().gap, waiting: byHand ? t().toFill : t().noReading }[quality];
  if (quality === "stuck") word += " " + (p.unchanged_seconds / 3600).toFixed(1) + " " + t().hours;
  const kind = quality === "good" && !trouble ? "ok" : quality === "waiting" && !trouble ? "soft" : "warn";
  const mark = kind === "ok" ? "● " : kind === "soft" ? "○ " : "◆ ";
  const age = p.age_seconds == null ? "—" : Math.floor(p.age_seconds / 60) + ":" + String(p.age_seconds % 60).padStart(2, "0");
  const act = byHand ? link("fill " + id, t().fill, () => fillIn(id)) : point.source ? link("read " + id, t().readNow, () => readNow(id)) : "";
  const acts = el("td", { class: "r acts-cell" }, act, " ", link("edit " + id, t().edit, () => edit(id)));
  const quiet = el("td", { class: kind, title: said(trouble) }, el("span", { class: "mark-of " + kind }, mark), word, trouble ? el("small", { class: "warn" }, trouble.code) : "");
  const row = el("tr", { "data-point": id, "data-quality": quality }, cell(id, "soft"), cell(el("b", {}, point.name)), cell(PROTOCOLS[kindOf(point)] || t().kinds[point.kind]), cell(point.address || "—", "address"), cell(el("b", {}, number(p.value)), "r"), cell(point.unit || "—", "soft"), cell(age, "r"), quiet, cell(spark(point.kind === "gauge" ? p.last_day : p.last_day.slice(0, -1))), acts);
  if (raw && raw.point && raw.point.id === id) row.className = "chosen";
  return row;
}
function rejectedRow(centre, r) {
  const act = again => async () => { await ask("/api/rejected", { centre, period: r.period, again }); refresh(); };
  const key = [centre, r.point, r.period.stat, r.period.start].join(" ");
  const acts = r.state === "open" ? [link("again " + key, t().sendAgain, act(true)), " ", link("aside " + key, t().aside, act(false))] : [];
  const when = r.period.stat === 0 ? stamp(r.period.start).slice(0, 16) : stamp(r.period.start).slice(0, [0, 10, 7, 4][r.period.stat]);
  return el("tr", { "data-state": r.state, "data-point": r.point }, cell(centre), cell(el("span", {}, el("span", { class: "soft" }, r.point), " ", el("b", {}, r.name))), cell(t().stats[r.period.stat] + " " + when, "num"), cell(number(r.value), "r"), cell(el("span", {}, r.reason, el("small", { class: "soft" }, [r.field, r.code].filter(Boolean).join(" "))), "long"), cell(t()[r.state]), el("td", { class: "r acts-cell" }, ...acts));
}
/// The clock against each centre and the certificates, beside the facts of the machine.
function facts() {
  const f = state.facts, mb = bytes => bytes < 1073741824 ? (bytes / 1048576).toFixed(1) + " MB" : (bytes / 1073741824).toFixed(1) + " GB", list = [];
  const add = (name, text, kind) => list.push(el("tr", { "data-fact": name }, cell(t().facts[name], "soft"), cell(text, kind || "num")));
  add("kept_since", stamp(f.kept_since)); add("keep_days", filled(t().days, { n: f.keep_days }));
  add("disk", mb(f.disk_used) + " / " + mb(f.disk_bound) + (f.disk_full ? " " + t().full : ""), f.disk_full ? "num warn" : "num");
  for (const c of state.centres) {
    const ahead = runOf(c).clock_ahead, ends = runOf(c).certificate_ends, name = state.centres.length > 1 ? c.name + " " : "";
    if (ahead != null) {
      // The date of an answer tells whole seconds.
      const text = Math.abs(ahead) < 2 ? t().equal : filled(ahead > 0 ? t().ahead : t().behind, { s: number(Math.abs(ahead)) });
      add("clock", name + text, Math.abs(ahead) > MOST_CLOCK_SECONDS ? "num warn" : "num");
    }
    if (ends != null) {
      const left = Math.floor((ends - state.now) / DAY_SECONDS);
      add("certificate", name + filled(left < 0 ? t().ended : t().until, { d: stamp(ends).slice(0, 10), n: left }), left < 30 ? "num warn" : "num");
    }
  }
  add("started_at", stamp(f.started_at)); add("listen", f.listen); add("memory", f.memory_kb ? (f.memory_kb / 1024).toFixed(1) + " MB" : "—");
  add("version", f.version); add("system", f.system + " " + f.processor);
  return list;
}
function draw() {
  sentence();
  $("clock").textContent = stamp(state.now);
  const points = state.points.map(p => p.point), named = p => [p.id, p.id + " " + p.name];
  $("points-hint").textContent = points.length ? filled(t().pointsHint, { n: points.length, m: state.grain_minutes }) : "";
  rows($("centres-body"), state.centres.map(centreRow), t().noCentre);
  rows($("points-body"), state.points.map(pointRow), t().noPoint);
  rows($("rejected-body"), Object.entries(state.rejected).flatMap(([centre, list]) => list.map(r => rejectedRow(centre, r))), t().none);
  rows($("log-body"), state.log.map(l => el("tr", {}, cell(short(l.at), "num soft"), cell(t().logs[l.kind] || l.kind, "soft"), cell(said(l), l.kind === "warn" ? "warn long" : "long"))));
  rows($("machine-body"), facts());
  choices($("manual-point"), points.filter(p => p.data_code).sort((a, b) => (b.kind === "manual") - (a.kind === "manual")).map(named));
  choices($("meter-point"), points.filter(p => p.kind === "counter").map(named));
  choices($("ids"), points.map(p => [p.id, p.name]));
  choices($("point-source"), [["", "—"], ...Object.keys(state.sources).map(it => [it, it])]);
  choices($("own-source"), Object.entries(state.sources).filter(it => it[1].line).map(([name, it]) => [name, name + " " + (PROTOCOLS[it.kind] || "")]));
  $("own").hidden = !Object.values(state.sources).some(it => it.line);
  const chosen = points.find(p => p.id === $("manual-point").value);
  $("manual-value-label").textContent = t().dayValue + (chosen && chosen.unit ? " " + chosen.unit : "");
}
const pairs = hex => hex.match(/../g) || [];
function drawRaw() {
  const sent = pairs(raw.sent), got = pairs(raw.received), parts = raw.parts || [];
  // What was asked for is coloured; the envelope of a frame is not.
  let colours = 0;
  const colour = parts.map(p => { const bytes = got.slice(p.range.start, p.range.end); return bytes.length > 1 && bytes.some(it => it !== "FE") ? "p" + colours++ % 3 : "soft"; });
  const shown = got.map((byte, at) => { const part = parts.findIndex(p => at >= p.range.start && at < p.range.end); return el("span", part < 0 ? {} : { class: colour[part] }, byte + " "); });
  const what = raw.point ? raw.point.id + " " + raw.point.name : raw.source;
  const kind = raw.point ? kindOf(raw.point) : (state.sources[raw.source] || {}).kind;
  $("raw-hint").textContent = PROTOCOLS[kind] || "";
  const text = `${what} ${stamp(raw.at)}\n→ ${sent.join(" ")}\n← ${got.join(" ")}\n${raw.text || ""}`;
  const copy = el("button", { type: "button", onclick: async () => { try { await navigator.clipboard.writeText(text); copy.textContent = t().copied; } catch { /* the browser keeps the clipboard to itself */ } } }, t().copy);
  const value = raw.value == null ? "" : ` · ${number(raw.value)} ${raw.point.unit}`;
  const words = parts.map((p, at) => el("tr", {}, el("td", { class: colour[at] }, "■ " + (lang === "zh" ? p.meaning_zh : p.meaning_en)), cell(got.slice(p.range.start, p.range.end).join(" "), "mono")));
  $("raw").replaceChildren(el("p", { class: "line" }, el("b", {}, what), el("span", { class: "soft num" }, `${short(raw.at)} · ${raw.milliseconds} ms${value}`)), raw.problem ? el("p", { class: "bad" }, said(raw.problem)) : "",
    t().sent, el("div", { class: "bytes" }, sent.join(" ") || "—"), t().received, el("div", { class: "bytes" }, ...(shown.length ? shown : [raw.text || "—"])), words.length ? el("table", { class: "parts" }, el("tbody", {}, ...words)) : "", el("p", {}, copy));
}
