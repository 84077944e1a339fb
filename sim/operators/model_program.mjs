// The model operator of model_program.py once more, for Node.js (20 or later) without any package:
//
//     node model_program.mjs FACTS.json 9000 [SECONDS]
//
// A web server (POST /notifications, /desk, /round), an SFTP poller that calls OpenSSH's sftp, and a booking client.
// With SECONDS it works in rounds of its own; without, when it is asked for one.

import { createHmac, timingSafeEqual } from "node:crypto";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const [factsFile, port = "9000", seconds] = process.argv.slice(2);
const facts = JSON.parse(readFileSync(factsFile, "utf8"));
const FINAL_NAME = /^APPDIG_[A-Z0-9-]+_[0-9_]+\.csv$/; // others are temporary
const TOLERANCE_SECONDS = 300, LOOK_AGAIN_MS = 1_800_000, MOST_REFUSALS = 3;
const RANK = { waiting: 0, booked: 1, over: 2 };
const AFTER_CODE = { W09: "booked", PA: "booked", W24: "over", Z36: "over" };
const AFTER_VIEW = { to_book: "waiting", booked: "booked", closed: "over" };
const AFTER_REFUSAL = { already_booked: "booked", term_over: "over", closed: "over", unknown_link: "over" };

const cases = new Map();
const taken = new Set();
const fetched = new Set();
let quietUntil = 0;
let working = Promise.resolve();

function caseOf(order) {
  if (!cases.has(order)) {
    cases.set(order, { order, standing: "waiting", link: null, slot: null, toldAt: "", errand: null, refusals: 0, lookFrom: 0 });
  }
  return cases.get(order);
}

function advance(known, standing) {
  if (RANK[standing] > RANK[known.standing]) known.standing = standing; // it never goes back
}

// --- notifications ---

function isGenuine(headers, body) {
  const stamp = headers["webhook-timestamp"] ?? "";
  if (!/^\d+$/.test(stamp) || Math.abs(Date.now() / 1000 - Number(stamp)) > TOLERANCE_SECONDS) return false;
  const key = Buffer.from(facts.webhook_secret.replace(/^whsec_/, ""), "base64");
  const expected = createHmac("sha256", key).update(`${headers["webhook-id"]}.${stamp}.`).update(body).digest();
  return (headers["webhook-signature"] ?? "").split(" ").some((text) => {
    const signature = Buffer.from(text.replace(/^v1,/, ""), "base64");
    return signature.length === expected.length && timingSafeEqual(signature, expected);
  });
}

function take(headers, body) {
  if (!isGenuine(headers, body)) return 401;
  const notification = JSON.parse(body.toString());
  if (taken.has(notification.notification)) return 204;
  taken.add(notification.notification);
  const known = caseOf(notification.order);
  advance(known, AFTER_CODE[notification.code] ?? "waiting");
  if (notification.slot && notification.at >= known.toldAt) [known.slot, known.toldAt] = [notification.slot, notification.at];
  return 204;
}

// --- files ---

function sftp(commands) {
  const { host, port: sftpPort, username, client_keys: key, known_hosts: hosts } = facts.sftp;
  const options = ["-q", "-b", "-", "-P", String(sftpPort), "-i", key, "-o", `UserKnownHostsFile=${hosts}`, "-o", "BatchMode=yes"];
  return new Promise((resolve, reject) => {
    const child = execFile("sftp", ["-F", "none", ...options, `${username}@${host}`], (error, out) => (error ? reject(error) : resolve(out)));
    child.stdin.end(commands.join("\n") + "\n");
  });
}

async function poll() {
  const listing = await sftp(["ls -1"]);
  const names = listing.split("\n").map((line) => line.trim().split("/").pop());
  const fresh = names.filter((name) => FINAL_NAME.test(name) && !fetched.has(name));
  if (fresh.length === 0) return;
  const folder = mkdtempSync(join(tmpdir(), "operator-"));
  try {
    await sftp(fresh.map((name) => `get ${name} ${join(folder, name)}`));
    for (const name of fresh) {
      readFile(readFileSync(join(folder, name), "utf8"));
      fetched.add(name);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function readFile(text) {
  for (const row of text.split("\r\n")) {
    const [order, day, link] = row.split(";"); // the fourth is the telephone number
    if (link && /^\d\d\/\d\d\/\d{4}$/.test(day)) caseOf(order).link = link;
  }
}

// --- the Virtual Agent ---

function wanted(known) {
  if (known.standing === "over" || known.refusals >= MOST_REFUSALS) return null;
  if (known.standing === "waiting") return known.errand === "decline" ? "decline" : "confirm";
  return known.errand === "move" ? "reschedule" : null;
}

async function call(known, method, act, body) {
  const url = `${facts.sandbox}/agent/${known.link.split("/").pop()}${act}`;
  const headers = body ? { "Content-Type": "application/json" } : {};
  const answer = await fetch(url, { method, headers, body: body && JSON.stringify(body), redirect: "manual" });
  if (answer.status === 429) {
    quietUntil = performance.now() + 1000 * Number(answer.headers.get("retry-after"));
    return null;
  }
  const view = await answer.json();
  if ([404, 409, 410].includes(answer.status)) {
    known.refusals += 1;
    known.errand = null;
    advance(known, AFTER_REFUSAL[view.reason] ?? "waiting");
    return null;
  }
  advance(known, AFTER_VIEW[view.state]);
  known.slot = view.slot ?? known.slot;
  return view;
}

function chosen(known, slots) {
  const days = [...new Set(slots.map((slot) => slot.start.slice(0, 10)))].sort();
  const present = known.slot?.start.slice(0, 10);
  const day = days.slice(4).find((one) => one !== present) ?? days.find((one) => one !== present);
  return slots.find((slot) => slot.start.startsWith(day));
}

async function serve(known) {
  const act = wanted(known);
  if (!act || !known.link || performance.now() < known.lookFrom) return;
  const view = await call(known, "GET", "");
  if (!view || wanted(known) !== act) return; // or the customer was first
  const slot = act === "decline" ? null : chosen(known, view.slots);
  if (!slot && act !== "decline") {
    known.lookFrom = performance.now() + LOOK_AGAIN_MS;
  } else if (await call(known, "POST", `/${act}`, slot ? { slot } : {})) {
    known.errand = null;
    if (act === "decline") known.standing = "over";
  }
}

async function round() {
  await poll().catch(() => {}); // the site is not there now: next time
  for (const known of [...cases.values()]) {
    if (performance.now() >= quietUntil) await serve(known);
  }
}

// --- the call centre and the web server ---

async function asked({ do: errand, ...order }) {
  if (errand !== "order") {
    Object.assign(caseOf(order.order), { errand, refusals: 0 });
    return 204;
  }
  const members = { ...order, line_state: "LNA", pdc_disaggregated: order.disaggregated ?? false, project_code: facts.project_code };
  const headers = { "Content-Type": "application/json", Authorization: `Bearer ${facts.api_key}` };
  const request = { method: "POST", headers, body: JSON.stringify(members) };
  let answer;
  while ((answer = await fetch(`${facts.sandbox}/v1/orders`, request)).status === 429) {
    await sleep(1000 * Number(answer.headers.get("retry-after")));
  }
  return answer.ok ? 204 : 502;
}

async function answer(request, body) {
  if (request.url === "/notifications") return take(request.headers, body);
  if (request.url === "/desk") return asked(JSON.parse(body.toString()));
  if (request.url !== "/round") return 404;
  working = working.then(round); // one at a time
  return working.then(() => 204);
}

const server = createServer((request, response) => {
  const parts = [];
  request.on("data", (part) => parts.push(part));
  request.on("end", async () => response.writeHead(await answer(request, Buffer.concat(parts))).end());
});
server.listen(Number(port), "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}/notifications`));
if (seconds) setInterval(() => (working = working.then(round)), 1000 * Number(seconds));
