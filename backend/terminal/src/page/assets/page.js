"use strict";
// The page of the terminal: it asks this machine alone, and draws with text nodes only.
const ZH = {brand:"能测",title:"接入端",signOut:"退出",password:"密码",again:"再输一次",signIn:"登录",setUp:"设置密码（至少 8 个字符）",set:"设置",differ:"两次输入不同",readAll:"全部立即读",exportAll:"导出本地数据",centres:"中心",centre:"中心",state:"状态",answer:"最后应答",time:"时间",yesterday:"昨日已报",waiting:"待发",retry:"下次",versions:"字典 / 注册",points:"采集点",point:"点",name:"名称",protocol:"规约",address:"地址",value:"当前值",unit:"单位",age:"龄期 分",quality:"质量",day:"24 时",readNow:"立即读",fill:"填写",rawTitle:"原始报文",rawNone:"按“立即读”查看收发的字节。",sent:"发 →",received:"收 ←",copy:"复制",manualTitle:"手工填报 只补不改已上报的值",date:"日期",dayValue:"日值",reason:"原因",save:"存入待发",clear:"清除",saved:"已存入，随下一次上报补发",rejected:"被拒收的条目",period:"时段",reasonOf:"中心的原因",aside:"搁置",sendAgain:"重发",none:"没有",tableTitle:"点表",preview:"预览",apply:"导入",csv:"导出 CSV",xlsx:"导出 XLSX",applied:"已导入",formTitle:"添加或修改一点",source:"来源",kind:"类型",factor:"系数",code:"数据编码",scope:"范围",keep:"保存",kept:"已保存",log:"日志",machine:"本机",foot:"本页只在本机打开，断网可用，无外部资源",language:"English",dark:"深色",light:"浅色",good:"好",stuck:"停滞",gap:"中断",wait:"待填",hours:"时",ok:"正常",retrying:"重试",registering:"注册中",refused:"拒收",open:"未处理",set_aside:"已搁置",sent_again:"已重发",added:"新增",changed:"修改",removed:"移除",problems:"错误，须先改正",row:"行",kinds:{counter:"累计",flow:"流量",gauge:"状态",manual:"手工",formula:"公式"},facts:{version:"版本",system:"系统",processor:"处理器",started_at:"上次启动",kept_since:"本地存储自",disk:"磁盘",keep_days:"至少保存 天",listen:"监听地址",memory:"内存"},full:"已满",stats:["实时","日","月","年"],logs:{read:"读",send:"发",receive:"收",warn:"警",store:"存",manual:"手"},big:"近 30 天最大 {m} 的 {n} 倍"};
const EN = {brand:"Nengce",title:"Terminal",signOut:"Sign out",password:"Password",again:"Once more",signIn:"Sign in",setUp:"Set a password (at least 8 characters)",set:"Set",differ:"The two differ",readAll:"Read all now",exportAll:"Export local data",centres:"Centres",centre:"Centre",state:"State",answer:"Last answer",time:"Time",yesterday:"Yesterday sent",waiting:"Waiting",retry:"Next",versions:"Dictionaries / registration",points:"Points",point:"Point",name:"Name",protocol:"Protocol",address:"Address",value:"Value",unit:"Unit",age:"Age, min",quality:"Quality",day:"24 h",readNow:"Read now",fill:"Fill in",rawTitle:"Raw bytes",rawNone:"Press “Read now” to see the bytes sent and received.",sent:"Sent →",received:"Received ←",copy:"Copy",manualTitle:"Entry by hand: only what is missing",date:"Date",dayValue:"Value of the day",reason:"Reason",save:"Save and send",clear:"Clear",saved:"Saved; it goes up with the next upload",rejected:"Rejected entries",period:"Period",reasonOf:"The centre's reason",aside:"Set aside",sendAgain:"Send again",none:"None",tableTitle:"Point table",preview:"Preview",apply:"Import",csv:"Export CSV",xlsx:"Export XLSX",applied:"Imported",formTitle:"Add or change a point",source:"Source",kind:"Kind",factor:"Factor",code:"Data code",scope:"Scope",keep:"Save",kept:"Saved",log:"Log",machine:"This machine",foot:"This page opens on this machine, works without a network and loads nothing from elsewhere",language:"中文",dark:"Dark",light:"Light",good:"Good",stuck:"Stuck",gap:"Gap",wait:"Waiting",hours:"h",ok:"In order",retrying:"Retrying",registering:"Registering",refused:"Refused",open:"Open",set_aside:"Set aside",sent_again:"Sent again",added:"added",changed:"changed",removed:"removed",problems:"mistakes to correct first",row:"row",kinds:{counter:"Counter",flow:"Flow",gauge:"Gauge",manual:"By hand",formula:"Formula"},facts:{version:"Version",system:"System",processor:"Processor",started_at:"Started",kept_since:"Kept since",disk:"Disk",keep_days:"Days kept at least",listen:"Listens on",memory:"Memory"},full:"full",stats:["Real-time","Day","Month","Year"],logs:{read:"read",send:"sent",receive:"got",warn:"warn",store:"kept",manual:"hand"},big:"{n} times the largest of 30 days, {m}"};
const PROTOCOLS = { modbus_tcp: "Modbus TCP", modbus_rtu: "Modbus RTU", dlt645_tcp: "DL/T 645", dlt645_serial: "DL/T 645", cjt188_tcp: "CJ/T 188", cjt188_serial: "CJ/T 188", opcua: "OPC UA", mqtt: "MQTT", sql: "SQL", http_json: "HTTP JSON" };
const $ = id => document.getElementById(id);
const remember = (key, fallback) => { try { return localStorage.getItem(key) || fallback; } catch { return fallback; } };
const store = (key, value) => { try { localStorage.setItem(key, value); } catch { /* a browser without storage forgets */ } };
let lang = remember("language", "zh"), theme = remember("theme", matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
let state = null, first = false, signedIn = false, raw = null, file = null;
const t = () => lang === "zh" ? ZH : EN;
const said = it => (it && (it[lang] || it.zh)) || "";
const el = (tag, attributes = {}, ...children) => { const it = document.createElement(tag); for (const [k, v] of Object.entries(attributes)) k === "onclick" ? it.addEventListener("click", v) : it.setAttribute(k, v); it.append(...children.map(c => c ?? "")); return it; };
const stamp = at => at == null ? "—" : new Date(at * 1000).toISOString().slice(0, 19).replace("T", " ");
const number = v => v == null ? "—" : (Math.abs(v) >= 1e6 ? v.toFixed(1) : String(+v.toPrecision(7)));
async function ask(path, body, method) {
  const bytes = body instanceof Blob;
  const answer = await fetch(path, { method: method || (body === undefined ? "GET" : "POST"), body: body === undefined ? undefined : bytes ? body : JSON.stringify(body), headers: body === undefined || bytes ? {} : { "content-type": "application/json" } });
  let json = null;
  try { json = await answer.json(); } catch { json = { code: "not_json", zh: "请求有误（" + answer.status + "）", en: "The request is wrong (" + answer.status + ")" }; }
  if (answer.status === 401 && path !== "/api/session") { signedIn = false; enter(); }
  return { ok: answer.ok, json };
}
function words() {
  document.documentElement.lang = lang; document.documentElement.dataset.theme = theme;
  document.querySelectorAll("[data-t]").forEach(it => { it.textContent = t()[it.dataset.t]; });
  $("language").textContent = t().language; $("theme").textContent = theme === "dark" ? t().light : t().dark;
  $("sign-title").textContent = first ? t().setUp : t().signIn; $("sign-go").textContent = first ? t().set : t().signIn;
  const kind = $("point-kind"), old = kind.value; kind.replaceChildren(...Object.entries(t().kinds).map(([k, v]) => el("option", { value: k }, v))); if (old) kind.value = old;
  if (state) draw();
}
async function enter() {
  const { json } = await ask("/api/session");
  first = !json.password_set; signedIn = json.signed_in;
  $("plant").textContent = json.plant; $("sign-in").hidden = signedIn; $("inside").hidden = !signedIn; $("sign-out").hidden = !signedIn; $("again-row").hidden = !first; $("again").required = first;
  words(); if (signedIn) refresh();
}
async function refresh() { if (!signedIn) return; const { ok, json } = await ask("/api/state"); if (ok) { state = json; draw(); } }
function sentence() {
  const zh = lang === "zh", parts = [];
  state.centres.forEach(c => {
    const bits = [zh ? "昨日已报" + c.name + " " : c.name + " has ", el("b", {}, c.yesterday_sent + "/" + c.yesterday_all), zh ? "" : " of yesterday"];
    if ((state.runs[c.name] || {}).state === "retry") bits.push(zh ? "，未连通" : ", not reached");
    if (c.waiting) bits.push(zh ? "，" : ", ", el("b", { class: "late" }, c.waiting + (zh ? " 条待发" : " waiting")));
    if (c.rejected) bits.push(zh ? "，" : ", ", el("b", { class: "late" }, c.rejected + (zh ? " 条被拒收" : " rejected")));
    parts.push(bits);
  });
  const of = q => state.points.filter(p => p.quality === q).length, n = state.points.length;
  parts.push([zh ? `${n} 点中 ${of("stuck")} 点停滞，${of("gap")} 点中断，${of("waiting")} 点待填` : `of ${n} points ${of("stuck")} stuck, ${of("gap")} not read, ${of("waiting")} waiting`]);
  const bad = of("stuck") + of("gap") + state.centres.filter(c => (state.runs[c.name] || {}).state !== "ok").length;
  const out = [state.facts.disk_full ? (zh ? "本地存储已满；" : "The store is full; ") : bad ? (zh ? "有事待处理，" : "Needs a look: ") : !state.centres.length ? (zh ? "没有配置中心，数据只存本机；" : "No centre is configured, values are kept here only; ") : of("waiting") ? (zh ? "有点还没有读数，" : "Some points have no reading yet: ") : (zh ? "运行正常，" : "In order: ")];
  parts.forEach((it, i) => out.push(...(i ? [zh ? "；" : "; "] : []), ...it));
  $("sentence").replaceChildren(...out, zh ? "。" : ".");
}
function spark(values) {
  const known = values.filter(v => v != null); if (!known.length) return "—";
  const low = Math.min(...known), span = Math.max(...known) - low || 1; let path = "", pen = false;
  values.forEach((v, i) => { if (v == null) { pen = false; return; } path += (pen ? "L" : "M") + (i * 110 / 95).toFixed(1) + " " + (19 - (v - low) / span * 16).toFixed(1) + (pen ? "" : "h.6"); pen = true; });
  const ns = "http://www.w3.org/2000/svg", svg = document.createElementNS(ns, "svg"), line = document.createElementNS(ns, "path");
  svg.setAttribute("class", "spark"); svg.setAttribute("viewBox", "0 0 110 22"); svg.setAttribute("role", "img"); svg.setAttribute("aria-label", number(low) + " – " + number(low + span)); line.setAttribute("d", path); svg.append(line); return svg;
}
const cell = (content, kind) => el("td", kind ? { class: kind } : {}, content);
function draw() {
  sentence(); $("clock").textContent = stamp(state.now);
  $("centres-body").replaceChildren(...state.centres.map(c => {
    const r = state.runs[c.name] || {}, good = r.state === "ok", word = { ok: t().ok, retry: t().retrying, refused: t().refused, registering: t().registering }[r.state] || "—";
    return el("tr", { "data-centre": c.name, "data-state": r.state || "" }, cell(el("b", {}, c.name)), cell(el("span", { class: "tag " + (good ? "ok" : "warn") }, (good ? "● " : "◆ ") + word)), cell(said(r)), cell(stamp(r.at), "num"), cell(c.yesterday_sent + "/" + c.yesterday_all, "r"), cell(String(c.waiting), "r"), cell(r.retry_at ? stamp(r.retry_at).slice(11) : r.upload_time || "—", "r"), cell(r.versions || "—", "r"));
  }));
  $("points-body").replaceChildren(...state.points.map(p => {
    const q = p.quality, trouble = state.problems[p.point.id], byHand = p.point.kind === "manual";
    let word = { good: t().good, stuck: t().stuck, gap: t().gap, waiting: t().wait }[q]; if (q === "stuck") word += " " + (p.unchanged_seconds / 3600).toFixed(1) + " " + t().hours;
    const quality = el("td", { class: q === "good" && !trouble ? "ok" : q === "waiting" ? "soft" : "warn", title: said(trouble) }, (q === "good" ? "● " : q === "waiting" ? "○ " : "◆ ") + word + (trouble ? " · " + trouble.code : ""));
    const act = byHand ? el("button", { class: "link", type: "button", onclick: () => { $("manual-point").value = p.point.id; $("manual-value").focus(); } }, t().fill) : p.point.source ? el("button", { class: "link", type: "button", onclick: () => readNow(p.point.id) }, t().readNow) : "";
    return el("tr", { "data-point": p.point.id, "data-quality": q }, cell(p.point.id, "soft"), cell(el("b", {}, p.point.name)), cell(PROTOCOLS[state.kinds[p.point.source]] || state.kinds[p.point.source] || t().kinds[p.point.kind]), cell(p.point.address || "—"), cell(el("b", {}, number(p.value)), "r"), cell(p.point.unit, "soft"), cell(p.age_seconds == null ? "—" : Math.floor(p.age_seconds / 60) + ":" + String(p.age_seconds % 60).padStart(2, "0"), "r"), quality, cell(spark(p.last_day)), cell(act, "r"));
  }));
  const keep = (id, list) => { const at = $(id), old = at.value; at.replaceChildren(...list); if (old) at.value = old; };
  keep("manual-point", state.points.filter(p => p.point.data_code).map(p => el("option", { value: p.point.id }, p.point.id + " " + p.point.name)));
  keep("point-source", [el("option", { value: "" }, "—"), ...Object.keys(state.kinds).map(k => el("option", {}, k))]);
  const rows = Object.entries(state.rejected).flatMap(([centre, list]) => list.map(r => {
    const act = again => async () => { await ask("/api/rejected", { centre, period: r.period, again }); refresh(); };
    const acts = r.state === "open" ? [el("button", { class: "link", type: "button", onclick: act(true) }, t().sendAgain), " ", el("button", { class: "link", type: "button", onclick: act(false) }, t().aside)] : [];
    return el("tr", { "data-state": r.state }, cell(centre), cell("#" + r.period.point), cell(t().stats[r.period.stat] + " " + stamp(r.period.start), "num"), cell(number(r.value), "r"), cell(`${r.field} ${r.code} ${r.reason}`), cell(t()[r.state]), el("td", { class: "r" }, ...acts));
  }));
  $("rejected-body").replaceChildren(...(rows.length ? rows : [el("tr", {}, cell(t().none, "soft"))]));
  $("log-body").replaceChildren(...state.log.map(l => el("tr", {}, cell(stamp(l.at).slice(5), "num soft"), cell(t().logs[l.kind] || l.kind, "soft"), cell(said(l), l.kind === "warn" ? "warn" : ""))));
  const f = state.facts, mb = b => (b / 1048576).toFixed(1) + " MB";
  const facts = { version: f.version, system: f.system, processor: f.processor, started_at: stamp(f.started_at), kept_since: stamp(f.kept_since), disk: mb(f.disk_used) + " / " + mb(f.disk_bound) + (f.disk_full ? " " + t().full : ""), keep_days: f.keep_days, memory: f.memory_kb ? (f.memory_kb / 1024).toFixed(1) + " MB" : "—", listen: f.listen };
  $("machine-body").replaceChildren(...Object.entries(facts).map(([k, v]) => el("tr", { "data-fact": k }, cell(t().facts[k], "soft"), cell(String(v), "num"))));
  if (raw) drawRaw();
}
const pairs = hex => hex.match(/../g) || [];
function drawRaw() {
  const sent = pairs(raw.sent), got = pairs(raw.received), parts = raw.parts || [];
  const shown = got.map((b, i) => { const at = parts.findIndex(p => i >= p.range.start && i < p.range.end); return el("span", at < 0 ? {} : { class: "p" + at % 3 }, b + " "); });
  const text = `${raw.point.id} ${stamp(raw.at)}\n→ ${sent.join(" ")}\n← ${got.join(" ")}\n${raw.text || ""}`;
  $("raw").replaceChildren(el("p", {}, el("b", {}, raw.point.id + " " + raw.point.name), ` · ${stamp(raw.at)} · ${raw.milliseconds} ms · ${number(raw.value)} ${raw.point.unit}`), raw.problem ? el("p", { class: "bad" }, raw.problem.code + " " + said(raw.problem)) : "", t().sent, el("div", { class: "bytes" }, sent.join(" ") || "—"), t().received, el("div", { class: "bytes" }, ...(shown.length ? shown : [raw.text || "—"])), ...parts.map((p, i) => el("div", { class: "p" + i % 3 }, "■ " + got.slice(p.range.start, p.range.end).join(" ") + " → " + (lang === "zh" ? p.meaning_zh : p.meaning_en))), el("p", {}, el("button", { type: "button", onclick: () => navigator.clipboard && navigator.clipboard.writeText(text) }, t().copy)));
}
async function readNow(id) { const { ok, json } = await ask("/api/points/" + encodeURIComponent(id) + "/read", {}); if (ok) { raw = json; drawRaw(); } else $("raw").textContent = said(json); refresh(); }
async function warnLargest() {
  const value = Number($("manual-value").value), point = $("manual-point").value; $("manual-warning").textContent = "";
  if (!point || !value) return;
  const { ok, json } = await ask("/api/points/" + encodeURIComponent(point) + "/largest");
  if (ok && json.largest > 0 && value > json.largest) $("manual-warning").textContent = t().big.replace("{m}", number(json.largest)).replace("{n}", (value / json.largest).toFixed(1));
}
function drawPreview(found) {
  const bad = found.problems || [], list = bad.length ? bad.map(p => el("div", { class: "bad" }, `${t().row} ${p.row} ${p.column}: ${said(p)}`)) : ["added", "changed", "removed"].map(k => el("div", {}, `${t()[k]} ${found[k].length}: ${found[k].join(", ")}`));
  $("preview-result").replaceChildren(...(bad.length ? [el("b", { class: "bad" }, bad.length + " " + t().problems)] : []), ...list); $("apply").disabled = bad.length > 0;
}
$("language").onclick = () => { lang = lang === "zh" ? "en" : "zh"; store("language", lang); words(); };
$("theme").onclick = () => { theme = theme === "dark" ? "light" : "dark"; store("theme", theme); words(); };
$("sign-out").onclick = async () => { await ask("/api/session", undefined, "DELETE"); state = null; enter(); };
$("sign-in").onsubmit = async e => {
  e.preventDefault(); const password = $("password").value;
  if (first && password !== $("again").value) { $("sign-error").textContent = t().differ; return; }
  const { ok, json } = await ask(first ? "/api/password" : "/api/session", { password });
  $("sign-error").textContent = ok ? "" : said(json); if (ok) { $("password").value = $("again").value = ""; enter(); }
};
$("read-all").onclick = async () => { for (const p of state.points.filter(p => p.point.source)) await readNow(p.point.id); };
$("manual-value").oninput = $("manual-point").onchange = warnLargest;
$("manual").onsubmit = async e => { e.preventDefault(); const { ok, json } = await ask("/api/manual", { point: $("manual-point").value, date: $("manual-date").value, value: Number($("manual-value").value), reason: $("manual-reason").value }); $("manual-result").className = ok ? "ok" : "bad"; $("manual-result").textContent = ok ? t().saved : said(json); refresh(); };
$("file").onchange = () => { file = $("file").files[0]; $("apply").disabled = true; };
$("preview").onclick = async () => { if (file) drawPreview((await ask("/api/table/preview", file)).json); };
$("apply").onclick = async () => { const { ok, json } = await ask("/api/table", file); if (ok) { $("preview-result").textContent = t().applied; $("apply").disabled = true; refresh(); } else if (json.problems) drawPreview(json); else $("preview-result").textContent = said(json); };
$("point-form").onsubmit = async e => {
  e.preventDefault(); const f = Object.fromEntries(new FormData(e.target)), old = (state.points.find(p => p.point.id === f.id) || { point: { digits: null, max_rate: null, multipliers: [], input_type: f.kind === "manual" ? 5 : 4 } }).point;
  const { ok, json } = await ask("/api/point", { ...old, ...f, factor: Number(f.factor), data_code: f.data_code || null, scope: f.scope ? Number(f.scope) : null });
  $("point-result").className = ok ? "ok" : "bad"; $("point-result").textContent = ok ? t().kept : said(json); refresh();
};
words(); enter(); setInterval(refresh, 5000);
