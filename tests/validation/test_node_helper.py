"""The helper for operators' tests in Node.js: a sandbox, a fresh world, and whether a notification is genuine."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sim.operators import model_program
from tests.patience import HANG_SECONDS

HELPER = Path(model_program.__file__).with_name("testing.mjs")
TEST_OF_AN_OPERATOR = """
import { createServer } from "node:http";
const { isGenuine, makeWorld, startSandbox } = await import(process.argv[2]);
const taken = [];
const server = createServer((request, response) => {
  const parts = [];
  request.on("data", (part) => parts.push(part));
  request.on("end", () => {
    taken.push([request.headers, Buffer.concat(parts)]);
    response.writeHead(204).end();
  });
});
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
const sandbox = await startSandbox(process.argv.slice(3));
const endpoint = `http://127.0.0.1:${server.address().port}/`;
const world = await makeWorld(sandbox, { endpoint });
const order = { order: "A-1", operator: "ALFA", service: "VULA_FTTH", line_state: "LNA", phone: "+393331234567" };
await world.ask("POST", "/_sandbox/orders", { ...order, project_code: world.facts.project_code });
await world.ask("POST", "/_sandbox/orders/A-1/line", { code: "CO" });
await world.ask("POST", "/_sandbox/clock", { advance: "1 h" });
const other = await makeWorld(sandbox);
const { webhook_secret: secret } = world.facts;
const [headers, body] = taken[0];
console.log(JSON.stringify({
  codes: taken.map(([, text]) => JSON.parse(text).code),
  genuine: taken.map(([said, text]) => isGenuine(secret, said, text)),
  forged: [
    isGenuine(secret, headers, Buffer.concat([body, Buffer.from(" ")])),
    isGenuine(other.facts.webhook_secret, headers, body),
    isGenuine(secret, headers, body, Date.now() + 301_000),
    isGenuine(secret, {}, body),
  ],
  others: (await other.ask("GET", "/_sandbox/orders")).orders,
  facts: Object.keys(world.facts),
}));
await sandbox.stop();
server.close();
"""


@pytest.mark.skipif(not shutil.which("node"), reason="node is not there")
def test_a_test_in_node_has_a_world_of_its_own_and_knows_what_is_genuine(tmp_path: Path) -> None:
    script = tmp_path / "test.mjs"
    script.write_text(TEST_OF_AN_OPERATOR, encoding="utf-8")
    command = ["node", str(script), HELPER.as_uri(), sys.executable, "-m", "appuntamento"]
    process = subprocess.run(command, capture_output=True, text=True, timeout=HANG_SECONDS, check=False)
    assert process.returncode == 0, process.stderr
    answer = json.loads(process.stdout)
    assert (answer["codes"], answer["genuine"]) == (["CO", "W08"], [True, True])
    assert (answer["forged"], answer["others"]) == ([False] * 4, [])
    assert answer["facts"] == [
        "operator", "sandbox", "api_key", "webhook_secret", "project_code", "delivery_code", "sftp",
    ]  # fmt: skip


@pytest.mark.skipif(not shutil.which("node"), reason="node is not there")
def test_a_sandbox_that_does_not_start_is_told(tmp_path: Path) -> None:
    script = tmp_path / "test.mjs"
    script.write_text(
        "const { startSandbox } = await import(process.argv[2]);\n"
        "await startSandbox(['node', '--eval', '']).catch((error) => console.log(error.message));\n",
        encoding="utf-8",
    )
    command = ["node", str(script), HELPER.as_uri()]
    process = subprocess.run(command, capture_output=True, text=True, timeout=HANG_SECONDS, check=True)
    assert process.stdout.startswith("the sandbox did not start")
