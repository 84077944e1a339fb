"""The HTTP interface does what its OpenAPI says, whatever is sent: no fault of ours, no answer but those described."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.patience import HANG_SECONDS
from tests.places import ROOT
from tests.sandbox.process import sandbox

CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "response_headers_conformance",
)


# Fields at and beyond their bounds, of things that are not there; and some requests by chance, about things that are
# there. Nobody waits for an SMS that will not come. BETA is disturbed instead of ALFA, in whose name all is asked: told
# to wait, ALFA would get nothing but 429 for a while, and what is asked then would go unchecked.
KNOWN = 'parameters = {{ "path.order" = "A-1", "path.operator" = "ALFA", "path.token" = "{token}", "path.id" = "A-1" }}'
SETTINGS = """
[warnings]
fail-on = ["rate_limited"]
[[operations]]
include-path = "/_sandbox/sms/wait"
parameters = { timeout_seconds = 0 }
[[operations]]
include-path = "/_sandbox/operators/{operator}/disturb"
parameters = { "path.operator" = "BETA" }
"""


@pytest.mark.parametrize("about_known", [True, False], ids=["things that are there", "anything"])
def test_whatever_is_sent_the_answers_are_those_of_the_schema(tmp_path: Path, about_known: bool) -> None:
    with sandbox() as box:
        token = box.engage("A-1")["link"].rpartition("/")[2]
        settings = f"{KNOWN.format(token=token)}\n{SETTINGS}" if about_known else SETTINGS
        (tmp_path / "settings.toml").write_text(settings, encoding="utf-8")
        (tmp_path / "openapi.json").write_text(json.dumps(box.get("/openapi.json")), encoding="utf-8")
        credentials = token if about_known else box.operator("ALFA")["api_key"]
        command = [
            *(str(Path(sys.executable).with_name("schemathesis")), "--config-file", str(tmp_path / "settings.toml")),
            *("run", str(tmp_path / "openapi.json"), "--url", box.url),  # it waits ten seconds for an address
            *("--header", f"Authorization: Bearer {credentials}"),
            *("--checks", ",".join(CHECKS), "--phases", "fuzzing" if about_known else "coverage"),
            *("--max-examples", "4"),
            *("--seed", "1", "--generation-database", "none", "--no-color"),
            *("--request-timeout", "300", "--suppress-health-check", "too_slow"),  # a slow machine is no fault
        ]
        process = subprocess.run(
            command,
            cwd=tmp_path,
            env=os.environ | {"HYPOTHESIS_STORAGE_DIRECTORY": str(ROOT / ".hypothesis")},
            capture_output=True,
            text=True,
            timeout=HANG_SECONDS,
            check=False,
        )
        assert process.returncode == 0, process.stdout[-6000:]
        assert box.get("/readyz")["status"] == "ok"
