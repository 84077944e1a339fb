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

const panelsOf = (page) => [...page.querySelectorAll("[data-panel]")];
for (const panel of panelsOf(document)) shown.set(panel.id, panel.innerHTML);

function isBeingEdited(panel) {
  const field = document.activeElement;
  return panel.contains(field) && field.matches("input:not([type=checkbox]), select, textarea");
}

function openDetails(panel) {
  return [...panel.querySelectorAll("details[open][id]")].map((details) => details.id);
}

// Which controls do what this one does, and which of those to the same order, act or file.
const does = (control) =>
  [control.tagName, control.id, control.name, control.getAttribute("value"), control.href, control.form?.getAttribute("action")].join(" ");
const about = (control) => [...(control.form?.querySelectorAll("input[type=hidden]") ?? [])].map((field) => field.value).join(" ");
function controlsLike(panel, control) {
  const controls = [...panel.querySelectorAll("a, button, summary, input, select, [tabindex]")];
  return controls.filter((other) => does(other) === does(control));
}
const controlsSame = (panel, control) => controlsLike(panel, control).filter((other) => about(other) === about(control));

function focusAgain(panel, control, rank) {
  const like = controlsLike(panel, control);
  const next = like.length === 1 ? like[0] : null; // of another act, as "Go on" is
  (controlsSame(panel, control)[rank] ?? next)?.focus();
}

// Nothing is replaced under a finger: the press would be lost, or meet what has come in its place. Nor is the answer
// to a form, which may be a question, by what happens meanwhile: the next form's answer takes its place.
let pressed = null;
let heldBack = false;
document.addEventListener("pointerdown", (event) => {
  pressed = event.target.closest("[data-panel]");
});
for (const end of ["pointerup", "pointercancel"]) {
  document.addEventListener(end, () => {
    setTimeout(() => (pressed = null)); // after the click, which follows at once
    if (heldBack) later(50);
    heldBack = false;
  });
}

function replace(panel, newer, sent) {
  if (!sent && (panel === pressed || panel.id === "said")) {
    heldBack ||= panel === pressed;
    return;
  }
  const beginsOrEnds = panel.hasAttribute("data-moving") !== newer.hasAttribute("data-moving");
  if (shown.get(panel.id) === newer.innerHTML || (!sent && !beginsOrEnds && isBeingEdited(panel))) return;
  shown.set(panel.id, newer.innerHTML);
  const open = openDetails(panel);
  const focused = panel.contains(document.activeElement) ? document.activeElement : null;
  const rank = focused ? controlsSame(panel, focused).indexOf(focused) : -1;
  const scrolled = [panel.scrollLeft, panel.scrollTop];
  panel.replaceChildren(...newer.cloneNode(true).childNodes);
  for (const mark of ["data-pending", "data-moving"]) panel.toggleAttribute(mark, newer.hasAttribute(mark));
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  if (focused) focusAgain(panel, focused, rank);
  [panel.scrollLeft, panel.scrollTop] = scrolled;
}

function take(html, sent = false) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const before = position;
  position = Number(page.body.dataset.position ?? position);
  for (const newer of panelsOf(page)) {
    const panel = document.getElementById(newer.id);
    if (panel) replace(panel, newer, sent);
  }
  for (let number = Math.max(before + 1, position - 100); number <= position; number += 1) {
    document.getElementById(`event-${number}`)?.classList.add("fresh");
  }
  scrollPhone();
  if (document.querySelector("[data-pending]")) later(1000);
}

function scrollPhone() {
  const screen = document.querySelector(".screen");
  if (screen) screen.scrollTop = screen.scrollHeight;
}

// A refresh is put off by no more than it was first planned for, however fast events come.
let timer = 0;
let due = Infinity;
function later(milliseconds) {
  const at = performance.now() + milliseconds;
  if (at >= due) return;
  clearTimeout(timer);
  due = at;
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
  const page = ++pagesAsked;
  try {
    const answer = await fetch(location.href);
    const html = await answer.text();
    if (answer.status === 401) location.reload();
    else if (answer.ok && page === pagesAsked) take(html);
  } catch {
    later(3000);
  } finally {
    refreshing = false;
    if (refreshWanted) later(100);
  }
}

document.addEventListener("visibilitychange", () => refreshWanted && later(0));

// While the clock moves, its own panel is asked for anew, and nothing else of the page.
async function followClock() {
  const panel = document.getElementById("clock");
  if (!panel) return;
  const was = panel.hasAttribute("data-moving");
  const answer = await fetch(`${base}/control/clock`);
  if (!answer.ok) return;
  take(await answer.text());
  if (was && !panel.hasAttribute("data-moving")) later(0);
}

setInterval(() => {
  if (document.querySelector("[data-moving]") && !document.hidden) followClock().catch(() => later(3000));
}, 400);

async function send(form, button) {
  const data = new FormData(form, button);
  const fields = form.enctype === "multipart/form-data" ? data : new URLSearchParams(data);
  form.setAttribute("aria-busy", "true");
  document.body.classList.add("busy");
  if (form.closest("#clock")) form.closest("fieldset")?.setAttribute("disabled", "");
  try {
    let answer = await fetch(form.action, { method: "POST", body: fields });
    const leadsTo = new URL(answer.url).pathname;
    if (answer.redirected && leadsTo !== location.pathname && leadsTo !== `${base}/`) {
      location.href = answer.url;
      return;
    }
    if (answer.redirected) answer = await fetch(location.href);
    pagesAsked += 1;
    take(await answer.text(), true);
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
stream.addEventListener("clock", () => followClock().catch(() => later(3000)));
stream.addEventListener("message", () => later(150));
stream.addEventListener("error", () => later(3000));

// A clock that goes by itself shows its time between events too.
setInterval(async () => {
  if (!document.querySelector(".running") || document.hidden) return;
  const answer = await fetch(`${base}/_sandbox/clock`);
  if (!answer.ok) return;
  const face = document.querySelector(".face-time");
  if (face) face.textContent = (await answer.json()).now.slice(11, 19);
}, 1000);

// Copying needs this script, so its buttons show only with it. Beyond loopback a browser lets nobody at its clipboard.
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
if (document.querySelector("[data-pending]")) later(800);
