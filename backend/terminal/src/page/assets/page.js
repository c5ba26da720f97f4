"use strict";
// What a person does on the page: signing in, reading now, entering values, changing the point table.
const store = (key, value) => { try { localStorage.setItem(key, value); } catch { /* a browser without storage forgets */ } };
let theme = remember("theme", matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
let first = false, signedIn = false, file = null;
/// A number as people write it; none where it is none.
const numeral = text => { const plain = text.trim().replace(/[,，\s]/g, ""); return plain !== "" && Number.isFinite(Number(plain)) ? Number(plain) : null; };
async function ask(path, body, method) {
  const bytes = body instanceof Blob, options = { method: method || (body === undefined ? "GET" : "POST") };
  if (body !== undefined) { options.body = bytes ? body : JSON.stringify(body); options.headers = bytes ? {} : { "content-type": "application/json" }; }
  let answer = null, json = null;
  try { answer = await fetch(path, options); } catch { return { ok: false, json: { code: "no_answer", zh: "接入端没有应答，请检查它是否在运行", en: "The terminal does not answer; check that it runs" } }; }
  try { json = await answer.json(); } catch { json = { code: "not_json", zh: "请求有误（" + answer.status + "）", en: "The request is wrong (" + answer.status + ")" }; }
  if (answer.status === 401 && path !== "/api/session") { signedIn = false; enter(); }
  return { ok: answer.ok, json };
}
function words() {
  document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
  document.documentElement.dataset.theme = theme;
  document.title = t().brand + " " + t().title;
  document.querySelectorAll("[data-t]").forEach(it => { it.textContent = t()[it.dataset.t]; });
  $("language").textContent = t().language; $("theme").textContent = theme === "dark" ? t().light : t().dark;
  $("sign-title").textContent = first ? t().setUp : t().signIn; $("sign-go").textContent = first ? t().set : t().signIn; $("sign-hint").textContent = first ? t().setHint : "";
  $("log-box").setAttribute("aria-label", t().log);
  $("file-name").textContent = file ? file.name : t().noFile;
  choices($("point-kind"), Object.entries(t().kinds));
  document.querySelectorAll(".multiplier").forEach(it => { it.querySelector(".of-from").textContent = t().multiplierFrom; it.querySelector(".of-value").textContent = t().multiplierValue; it.querySelector("button").textContent = t().remove; });
  for (const id of ["manual-result", "meter-result", "point-result", "manual-warning", "preview-result", "sign-error"]) $(id).replaceChildren();
  if (state) draw();
  if (raw) drawRaw();
}
async function enter() {
  const { ok, json } = await ask("/api/session");
  if (!ok) { $("sign-error").textContent = said(json); return; }
  first = !json.password_set; signedIn = json.signed_in;
  $("plant").textContent = json.plant;
  $("sign-in").hidden = signedIn; $("inside").hidden = !signedIn; $("sign-out").hidden = !signedIn;
  $("again-row").hidden = !first; $("again").required = first; $("password").autocomplete = first ? "new-password" : "current-password";
  words();
  if (signedIn) refresh(); else $("password").focus();
}
async function refresh() {
  if (!signedIn) return;
  const { ok, json } = await ask("/api/state");
  if (!ok) { if (json.code === "no_answer") $("sentence").textContent = said(json); return; }
  state = json;
  if (!$("manual-date").value) yesterday();
  draw();
}
const yesterday = () => { $("manual-date").value = stamp(state.now - DAY_SECONDS).slice(0, 10); $("manual-date").max = stamp(state.now).slice(0, 10); };
/// Says what became of an act beside its form.
function result(id, ok, text) { $(id).className = ok ? "ok" : "bad"; $(id).textContent = text; }
/// Numbers of a form by their label; none where one is no number, which is said.
function numerals(id, fields) {
  const values = fields.map(it => numeral(it.value)), wrong = values.indexOf(null);
  if (wrong < 0) return values;
  result(id, false, filled(t().notNumber, { f: fields[wrong].closest("label").querySelector("span").textContent }));
  fields[wrong].focus();
  return null;
}
async function examine(path, body) {
  const { ok, json } = await ask(path, body);
  if (ok) { raw = json; drawRaw(); } else $("raw").replaceChildren(el("p", { class: "bad" }, said(json)));
  return refresh();
}
const readNow = id => examine("/api/points/" + encodeURIComponent(id) + "/read", {});
function fillIn(id) { $("manual-point").value = id; draw(); $("manual-value").focus(); }
async function warnLargest() {
  const value = numeral($("manual-value").value), point = $("manual-point").value;
  draw();
  $("manual-warning").textContent = "";
  if (!point || !value) return;
  const { ok, json } = await ask("/api/points/" + encodeURIComponent(point) + "/largest");
  if (ok && json.largest > 0 && value > json.largest) $("manual-warning").textContent = filled(t().big, { m: number(json.largest), n: (value / json.largest).toFixed(1) });
}
function drawPreview(found) {
  const bad = found.problems || [];
  const wrong = bad.map(p => el("div", { class: "bad" }, `${filled(t().row, { r: p.row })} ${p.column}：${said(p)}`));
  const changes = ["added", "changed", "removed"].filter(it => found[it] && found[it].length).map(it => el("div", {}, `${t()[it]} ${found[it].length}：${found[it].join(", ")}`));
  const shown = bad.length ? [el("b", { class: "bad" }, bad.length + " " + t().problems), ...wrong] : changes.length ? changes : [t().same];
  $("preview-result").replaceChildren(...shown);
  $("apply").disabled = bad.length > 0 || !changes.length;
}
function addMultiplier(from, value) {
  const remove = el("button", { type: "button", onclick: () => row.remove() }, t().remove);
  const row = el("div", { class: "multiplier" }, el("label", {}, el("span", { class: "of-from" }, t().multiplierFrom), el("input", { type: "date", value: from || "", required: "" })), el("label", {}, el("span", { class: "of-value" }, t().multiplierValue), el("input", { inputmode: "decimal", value: value == null ? "" : String(value), required: "" })), remove);
  $("multipliers").append(row);
  return row;
}
/// Fills the form with a point that is there.
function load(id) {
  const found = state && state.points.find(p => p.point.id === id);
  if (!found) return;
  const form = $("point-form").elements, point = found.point;
  for (const name of ["name", "kind", "source", "address", "unit", "factor", "data_code", "scope", "digits", "max_rate"]) form[name].value = point[name] ?? "";
  $("multipliers").replaceChildren();
  point.multipliers.forEach(it => addMultiplier(stamp(it.from).slice(0, 10), it.value));
  $("point-result").textContent = "";
}
function edit(id) { $("point-form").elements.id.value = id; load(id); $("point-form").elements.name.focus(); }
function pointOf(form) {
  const text = Object.fromEntries(new FormData(form)), fields = form.elements;
  const optional = ["digits", "max_rate"].filter(it => text[it].trim());
  const multipliers = [...form.querySelectorAll(".multiplier")].map(it => it.querySelectorAll("input"));
  const values = numerals("point-result", [fields.factor, ...optional.map(it => fields[it]), ...multipliers.map(it => it[1])]);
  if (!values) return null;
  const known = state.points.find(p => p.point.id === text.id);
  const inputType = known && known.point.kind === text.kind ? known.point.input_type : text.kind === "manual" ? 5 : 4;
  const point = { ...text, input_type: inputType, factor: values.shift(), digits: null, max_rate: null, data_code: text.data_code.trim() || null, scope: text.scope ? Number(text.scope) : null };
  optional.forEach(it => { point[it] = values.shift(); });
  point.multipliers = multipliers.map(it => ({ from: Date.parse(it[0].value + "T00:00:00Z") / 1000, value: values.shift() })).sort((a, b) => a.from - b.from);
  return point;
}
$("language").onclick = () => { lang = lang === "zh" ? "en" : "zh"; store("language", lang); words(); };
$("theme").onclick = () => { theme = theme === "dark" ? "light" : "dark"; store("theme", theme); words(); };
$("sign-out").onclick = async () => { await ask("/api/session", undefined, "DELETE"); state = raw = null; enter(); };
$("sign-in").onsubmit = async e => {
  e.preventDefault();
  const password = $("password").value;
  if (first && password !== $("again").value) { $("sign-error").textContent = t().differ; return; }
  const { ok, json } = await ask(first ? "/api/password" : "/api/session", { password });
  $("sign-error").textContent = ok ? "" : said(json);
  if (ok) { $("password").value = $("again").value = ""; enter(); }
};
$("read-all").onclick = async () => {
  $("read-all").disabled = true;
  for (const p of state.points.filter(p => p.point.source)) await readNow(p.point.id);
  $("read-all").disabled = false;
};
$("own-form").onsubmit = async e => { e.preventDefault(); await examine("/api/sources/" + encodeURIComponent($("own-source").value) + "/frame", { hex: $("own-hex").value }); };
$("manual-value").oninput = $("manual-point").onchange = warnLargest;
$("manual").onreset = () => setTimeout(() => { yesterday(); $("manual-warning").textContent = $("manual-result").textContent = ""; });
$("manual").onsubmit = async e => {
  e.preventDefault();
  const values = numerals("manual-result", [$("manual-value")]);
  if (!values) return;
  const { ok, json } = await ask("/api/manual", { point: $("manual-point").value, date: $("manual-date").value, value: values[0], reason: $("manual-reason").value });
  result("manual-result", ok, ok ? t().saved : said(json));
  refresh();
};
$("meter").onsubmit = async e => {
  e.preventDefault();
  const values = numerals("meter-result", [$("old-end"), $("new-start")]);
  if (!values) return;
  const { ok, json } = await ask("/api/points/" + encodeURIComponent($("meter-point").value) + "/meter", { at: $("meter-at").value, old_end: values[0], new_start: values[1] });
  result("meter-result", ok, ok ? t().meterSaved : said(json));
  refresh();
};
$("choose").onclick = () => $("file").click();
$("file").onchange = () => { file = $("file").files[0] || null; $("file-name").textContent = file ? file.name : t().noFile; $("preview").disabled = !file; $("apply").disabled = true; $("preview-result").replaceChildren(); };
$("preview").onclick = async () => { const { ok, json } = await ask("/api/table/preview", file); if (ok) drawPreview(json); else $("preview-result").textContent = said(json); };
$("apply").onclick = async () => {
  const { ok, json } = await ask("/api/table", file);
  if (ok) { $("preview-result").replaceChildren(el("b", { class: "ok" }, t().applied)); $("apply").disabled = true; refresh(); } else if (json.problems) drawPreview(json); else $("preview-result").textContent = said(json);
};
$("multiplier-add").onclick = () => addMultiplier().querySelector("input").focus();
$("point-form").elements.id.onchange = e => load(e.target.value);
$("point-form").onsubmit = async e => {
  e.preventDefault();
  const point = pointOf(e.target);
  if (!point) return;
  const { ok, json } = await ask("/api/point", point);
  result("point-result", ok, ok ? t().kept : said(json));
  refresh();
};
words(); enter(); setInterval(refresh, 5000);
