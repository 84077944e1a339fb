// Keeps the control room up to date. Without this script the page works the same, by reloading.
//
// Each element marked data-panel is replaced by its newer self when the server's page differs: after an event (the
// stream /_sandbox/events) and after a form was sent. What the reader has opened, focused or typed stays.
"use strict";

const base = document.body.dataset.base;
const shown = new Map(); // the HTML of each panel as the server sent it last
let position = Number(document.body.dataset.position);
let refreshing = null;
let again = false;

const panelsOf = (page) => [...page.querySelectorAll("[data-panel]")];
for (const panel of panelsOf(document)) shown.set(panel.id, panel.innerHTML);

function isBeingEdited(panel) {
  const field = document.activeElement;
  return panel.contains(field) && field.matches("input:not([type=checkbox]), select, textarea");
}

function openDetails(panel) {
  return [...panel.querySelectorAll("details[open][id]")].map((each) => each.id);
}

function focusedPlace(panel) {
  const focused = document.activeElement;
  if (!panel.contains(focused)) return -1;
  return [...panel.querySelectorAll("a, button, summary, input, select, [tabindex]")].indexOf(focused);
}

function replace(panel, newer, sent) {
  if (shown.get(panel.id) === newer.innerHTML || (!sent && isBeingEdited(panel))) return;
  shown.set(panel.id, newer.innerHTML);
  const open = openDetails(panel);
  const place = focusedPlace(panel);
  const scrolled = [panel.scrollLeft, panel.scrollTop];
  panel.replaceChildren(...newer.cloneNode(true).childNodes);
  panel.toggleAttribute("data-pending", newer.hasAttribute("data-pending"));
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  if (place >= 0) panel.querySelectorAll("a, button, summary, input, select, [tabindex]")[place]?.focus();
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
  for (let number = before + 1; number <= position; number += 1) {
    document.getElementById(`event-${number}`)?.classList.add("fresh");
  }
  scrollPhone();
  if (document.querySelector("[data-pending]")) later(1000);
}

function scrollPhone() {
  const screen = document.querySelector(".screen");
  if (screen) screen.scrollTop = screen.scrollHeight;
}

let timer = 0;
function later(milliseconds) {
  clearTimeout(timer);
  timer = setTimeout(refresh, milliseconds);
}

// One request at a time; what happens meanwhile asks for one more.
async function refresh() {
  if (refreshing) {
    again = true;
    return;
  }
  refreshing = fetch(location.href, { headers: { accept: "text/html" } });
  try {
    const answer = await refreshing;
    if (answer.ok) take(await answer.text());
  } catch {
    later(3000);
  } finally {
    refreshing = null;
    if (again) {
      again = false;
      later(100);
    }
  }
}

async function send(form, button) {
  const fields = new URLSearchParams(new FormData(form, button));
  form.setAttribute("aria-busy", "true");
  document.body.classList.add("busy");
  try {
    const answer = await fetch(form.action, { method: "POST", body: fields });
    const html = await answer.text();
    if (answer.redirected && location.search) await refreshAfter();
    else take(html, true);
    if (!answer.ok) document.getElementById("said").scrollIntoView({ block: "nearest" });
  } catch {
    form.submit();
  } finally {
    form.removeAttribute("aria-busy");
    document.body.classList.remove("busy");
  }
}

async function refreshAfter() {
  const answer = await fetch(location.href, { headers: { accept: "text/html" } });
  take(await answer.text(), true);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.getAttribute("aria-busy")) {
    if (form.method === "post") event.preventDefault();
    return;
  }
  event.preventDefault();
  send(form, event.submitter);
});

const stream = new EventSource(`${base}/_sandbox/events?after=${position}`);
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

scrollPhone();
if (document.querySelector("[data-pending]")) later(800);
