// Keeps the control room up to date. Without this script the page works the same, by reloading.
//
// Each element marked data-panel is replaced by its newer self when the server's page differs: after an event (the
// stream /_sandbox/events) and after a form was sent. What the reader has opened, focused or typed stays.
"use strict";

const base = document.body.dataset.base;
const shown = new Map(); // the HTML of each panel as the server sent it last
let position = Number(document.body.dataset.position);
let pagesAsked = 0; // pages asked for so far; an answer that was overtaken is not shown
let refreshing = false;
let refreshWanted = false;

for (const panel of panelsOf(document)) shown.set(panel.id, panel.innerHTML);

function panelsOf(page) {
  return [...page.querySelectorAll("[data-panel]")];
}

function isBeingEdited(panel) {
  const field = document.activeElement;
  return panel.contains(field) && field.matches("input:not([type=checkbox]), select, textarea");
}

function openDetails(panel) {
  return [...panel.querySelectorAll("details[open][id]")].map((details) => details.id);
}

// What a control does.
function actionOf(control) {
  const address = control.form?.getAttribute("action");
  return [control.tagName, control.id, control.name, control.getAttribute("value"), control.href, address].join(" ");
}

// To which order, act or file a control does it.
function objectOf(control) {
  const fields = control.form?.querySelectorAll("input[type=hidden]") ?? [];
  return [...fields].map((field) => field.value).join(" ");
}

function controlsOfAction(panel, action) {
  const controls = [...panel.querySelectorAll("a, button, summary, input, select, [tabindex]")];
  return controls.filter((control) => actionOf(control) === action);
}

function controlsOfActionAndObject(panel, control) {
  const object = objectOf(control);
  return controlsOfAction(panel, actionOf(control)).filter((candidate) => objectOf(candidate) === object);
}

function focusAgain(panel, control, rank) {
  const candidates = controlsOfAction(panel, actionOf(control));
  const onlyOne = candidates.length === 1 ? candidates[0] : null; // "Go on", say, which is about the next act by now
  (controlsOfActionAndObject(panel, control)[rank] ?? onlyOne)?.focus();
}

// A panel that is being pressed is not replaced: the press would be lost, or would meet another control. The answer to
// a form, which may be a question, is replaced by the answer to the next form only.
let pressedPanel = null;
let refreshIsHeldBack = false;
document.addEventListener("pointerdown", (event) => {
  pressedPanel = event.target.closest("[data-panel]");
});
for (const end of ["pointerup", "pointercancel"]) {
  document.addEventListener(end, () => {
    setTimeout(() => (pressedPanel = null)); // after the click, which follows at once
    if (refreshIsHeldBack) refreshIn(50);
    refreshIsHeldBack = false;
  });
}

function replace(panel, newer, sent) {
  if (!sent && (panel === pressedPanel || panel.id === "said")) {
    refreshIsHeldBack ||= panel === pressedPanel;
    return;
  }
  const moveBeginsOrEnds = panel.hasAttribute("data-moving") !== newer.hasAttribute("data-moving");
  if (shown.get(panel.id) === newer.innerHTML || (!sent && !moveBeginsOrEnds && isBeingEdited(panel))) return;
  shown.set(panel.id, newer.innerHTML);
  const open = openDetails(panel);
  const focused = panel.contains(document.activeElement) ? document.activeElement : null;
  const rank = focused ? controlsOfActionAndObject(panel, focused).indexOf(focused) : -1;
  const scrolled = [panel.scrollLeft, panel.scrollTop];
  panel.replaceChildren(...newer.cloneNode(true).childNodes);
  for (const mark of ["data-pending", "data-moving"]) panel.toggleAttribute(mark, newer.hasAttribute(mark));
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  if (focused) focusAgain(panel, focused, rank);
  [panel.scrollLeft, panel.scrollTop] = scrolled;
}

// Replace the panels by those of a page; `sent` says that the page answers a form.
function showPage(html, sent = false) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const oldPosition = position;
  position = Number(page.body.dataset.position ?? position);
  for (const newer of panelsOf(page)) {
    const panel = document.getElementById(newer.id);
    if (panel) replace(panel, newer, sent);
  }
  for (let number = Math.max(oldPosition + 1, position - 100); number <= position; number += 1) {
    document.getElementById(`event-${number}`)?.classList.add("fresh");
  }
  scrollPhone();
  if (document.querySelector("[data-pending]")) refreshIn(1000);
}

function scrollPhone() {
  const screen = document.querySelector(".screen");
  if (screen) screen.scrollTop = screen.scrollHeight;
}

// Ask for the page after a delay. A refresh that is planned is never put off, however fast events come.
let timer = 0;
let due = Infinity;
function refreshIn(milliseconds) {
  const instant = performance.now() + milliseconds;
  if (instant >= due) return;
  clearTimeout(timer);
  due = instant;
  timer = setTimeout(refresh, milliseconds);
}

// One request at a time; what happens meanwhile asks for one more.
async function refresh() {
  due = Infinity;
  if (refreshing || document.hidden) {
    refreshWanted = true;
    return;
  }
  refreshing = true;
  refreshWanted = false;
  const pageNumber = ++pagesAsked;
  try {
    const answer = await fetch(location.href);
    const html = await answer.text();
    if (answer.status === 401) location.reload();
    else if (answer.ok && pageNumber === pagesAsked) showPage(html);
  } catch {
    refreshIn(3000);
  } finally {
    refreshing = false;
    if (refreshWanted) refreshIn(100);
  }
}

document.addEventListener("visibilitychange", () => refreshWanted && refreshIn(0));

// While the clock moves, its own panel is asked for anew, and nothing else of the page.
async function followClock() {
  const panel = document.getElementById("clock");
  if (!panel) return;
  const wasMoving = panel.hasAttribute("data-moving");
  const answer = await fetch(`${base}/control/clock`);
  if (!answer.ok) return;
  showPage(await answer.text());
  if (wasMoving && !panel.hasAttribute("data-moving")) refreshIn(0);
}

setInterval(() => {
  if (document.querySelector("[data-moving]") && !document.hidden) followClock().catch(() => refreshIn(3000));
}, 400);

async function send(form, button) {
  const data = new FormData(form, button);
  const fields = form.enctype === "multipart/form-data" ? data : new URLSearchParams(data);
  form.setAttribute("aria-busy", "true");
  document.body.classList.add("busy");
  if (form.closest("#clock")) form.closest("fieldset")?.setAttribute("disabled", "");
  try {
    let answer = await fetch(form.action, { method: "POST", body: fields });
    const path = new URL(answer.url).pathname;
    if (answer.redirected && path !== location.pathname && path !== `${base}/`) {
      location.href = answer.url;
      return;
    }
    if (answer.redirected) answer = await fetch(location.href);
    pagesAsked += 1;
    showPage(await answer.text(), true);
    if (answer.ok && form.enctype === "multipart/form-data") form.reset(); // what was attached is not attached twice
    if (answer.status === 401) location.reload();
    if (!answer.ok) document.getElementById("said").scrollIntoView({ block: "nearest" });
  } catch {
    say("No answer came. Whether it was done shows when the page is reloaded.");
  } finally {
    form.removeAttribute("aria-busy");
    if (!document.querySelector("[data-moving]")) document.querySelector("#clock fieldset")?.removeAttribute("disabled");
    document.body.classList.remove("busy");
  }
}

function say(text) {
  const line = document.createElement("p");
  line.className = "wrong";
  line.role = "alert";
  line.textContent = text;
  document.getElementById("said").replaceChildren(line);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.getAttribute("role") === "search") return; // it leads to another address
  if (form.method !== "post" || form.getAttribute("aria-busy")) {
    if (form.method === "post") event.preventDefault();
    return;
  }
  event.preventDefault();
  send(form, event.submitter);
});

const stream = new EventSource(`${base}/_sandbox/events?after=${position}&clock=true`);
stream.addEventListener("clock", () => followClock().catch(() => refreshIn(3000)));
stream.addEventListener("message", () => refreshIn(150));
stream.addEventListener("error", () => refreshIn(3000));

// A clock that goes by itself shows its time between events too.
setInterval(async () => {
  if (!document.querySelector(".running") || document.hidden) return;
  const answer = await fetch(`${base}/_sandbox/clock`);
  if (!answer.ok) return;
  const face = document.querySelector(".face-time");
  if (face) face.textContent = (await answer.json()).now.slice(11, 19);
}, 1000);

// Copying needs this script, so its buttons show only with it. Beyond loopback a browser gives no page its clipboard.
function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
  return Promise.resolve();
}

document.body.classList.add("scripted");
document.addEventListener("click", async (event) => {
  const button = event.target.closest(".copy");
  if (!button) return;
  const source = document.getElementById(button.dataset.copy);
  await copy(source ? source.textContent : location.href.replace(/#.*/, ""));
  button.classList.add("copied");
});

scrollPhone();
if (document.querySelector("[data-pending]")) refreshIn(800);
