// For the tests of an operator's own system in Node.js (20 or later), without any package:
//
//     const sandbox = await startSandbox();
//     const world = await makeWorld(sandbox, { endpoint: "http://127.0.0.1:9000/notifications" });
//     await world.ask("POST", "/_sandbox/clock", { advance: "1 h" });
//     isGenuine(world.facts.webhook_secret, request.headers, body);
//     await sandbox.stop();
//
// A sandbox is a process of its own on free ports of 127.0.0.1; each world in it is fresh, with the operator ALFA under
// test. `facts` are what `out/validate/operator.json` holds.

import { createHmac, timingSafeEqual } from "node:crypto";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const OPTIONS = ["sandbox", "--json", "--port", "0", "--sftp-port", "0", "--operator", "BETA", "--private-addresses"];
const TOLERANCE_SECONDS = 300;
let worlds = 0;

/** Start a sandbox; `command` is how the program is called here. Its `stop` ends it and removes its data. */
export async function startSandbox(command = ["appuntamento"]) {
  const folder = mkdtempSync(join(tmpdir(), "appuntamento-"));
  const [program, ...before] = command;
  const child = spawn(program, [...before, ...OPTIONS, "--data", folder], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "close").catch((error) => [error]);
  const lines = createInterface({ input: child.stdout });
  const first = await Promise.race([once(lines, "line"), ended.then(() => null)]);
  if (first === null) {
    rmSync(folder, { recursive: true });
    throw new Error("the sandbox did not start; its standard error says why");
  }
  const stop = async () => {
    child.kill("SIGINT");
    await ended;
    rmSync(folder, { recursive: true });
  };
  return { ...JSON.parse(first[0]), stop };
}

/** A fresh world with the operator ALFA under test. `members` are those of its registration, such as `endpoint`. */
export async function makeWorld(sandbox, members = {}) {
  worlds += 1;
  const name = `test-${worlds}`;
  const url = `${sandbox.http}/worlds/${name}`;
  const ask = (method, path, body) => asked(method, url + path, body);
  await asked("POST", `${sandbox.http}/_sandbox/worlds`, { name, under_test: "operator" });
  const operator = await ask("POST", "/_sandbox/operators", { operator: "ALFA", ...members });
  return { name, url, ask, facts: factsOf(operator, url, sandbox) };
}

/** Whether a notification is signed with this secret (Standard Webhooks), and not older than five minutes. */
export function isGenuine(secret, headers, body, nowMs = Date.now()) {
  const stamp = headers["webhook-timestamp"] ?? "";
  if (!/^\d+$/.test(stamp) || Math.abs(nowMs / 1000 - Number(stamp)) > TOLERANCE_SECONDS) return false;
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const expected = createHmac("sha256", key).update(`${headers["webhook-id"]}.${stamp}.`).update(body).digest();
  return (headers["webhook-signature"] ?? "").split(" ").some((text) => {
    const signature = Buffer.from(text.replace(/^v1,/, ""), "base64");
    return signature.length === expected.length && timingSafeEqual(signature, expected);
  });
}

async function asked(method, url, body) {
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch(url, { method, headers, body: body && JSON.stringify(body), redirect: "manual" });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${text}`);
  return text ? JSON.parse(text) : {};
}

function factsOf(operator, url, sandbox) {
  const [host, port] = sandbox.sftp.split(/:(?=\d+$)/);
  return {
    operator: operator.operator,
    sandbox: url,
    api_key: operator.api_key,
    webhook_secret: operator.webhook_secrets[0],
    project_code: operator.project_codes[0] ?? null,
    delivery_code: operator.delivery_codes[0] ?? null,
    sftp: {
      host,
      port: Number(port),
      username: operator.sftp_user,
      client_keys: operator.sftp_key_file,
      known_hosts: sandbox.sftp_known_hosts,
    },
  };
}
