"""A person with a browser goes through a guided run, with a kill in the middle and without; and what the pages keep.

The pictures in docs/images are made anew only with APPUNTAMENTO_SCREENSHOTS=1.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from appuntamento import main
from sim.validation.guided.forms import GUIDED_ACTS
from sim.validation.report import broken_seals
from tests.places import ROOT
from tests.sandbox.in_process import order
from tests.sandbox.pages.accessibility import accessibility_faults
from tests.sandbox.pages.page_visitors import DESK, IMAGES, Pictures, Visitor, cut_texts
from tests.sandbox.process import SandboxProcess, sandbox
from tests.validation.guided_walkers import PLAN, Walker, unpacked, walker

PICTURE = (IMAGES / "customer-booked.png").read_bytes()
WIDTHS = (360, 768, 1280)


def test_a_run_that_is_killed_half_way_ends_with_the_verdicts_of_one_that_was_not(
    tmp_path: Path, visitor: Visitor, pictures: Pictures
) -> None:
    with sandbox("--data", str(tmp_path / "whole")) as box:
        walker_to_the_end = Walker(box)
        walker_to_the_end.begin()
        walker_to_the_end.go_through()
        uninterrupted = walker_to_the_end.end()
    folder = str(tmp_path / "killed")
    with sandbox("--data", folder) as box:
        killed = walker(box, visitor)
        killed.begin()
        killed.go_to("operator-books", "clock term-end", "book")
        killed.page.goto(f"{killed.base}/guided")
        expect(killed.page.get_by_role("heading", level=1)).to_have_text(
            "book for OL-0001 from the link in the file by the end of Thursday 5 March"
        )
        pictures.take(killed.page, "guided-run")
        run = killed.run
        box.kill()
    with sandbox("--data", folder, "--port", box.url.rpartition(":")[2]) as again:
        killed.box = again
        assert killed.run == run
        killed.page.reload()
        expect(killed.page.get_by_role("heading", level=1)).to_contain_text("book for OL-0001")
        killed.go_through()
        resumed = killed.end()
        pictures.take(killed.page, "guided-judgement")
    assert resumed["verdicts.json"] == uninterrupted["verdicts.json"]
    verdicts = {rule["rule"]: rule["verdict"] for rule in json.loads(resumed["verdicts.json"])["rules"]}
    assert verdicts == dict(zip(verdicts, ("PASS", "INCONCLUSIVE", "PASS", "PASS", "NOT_EXERCISED"), strict=True))


@pytest.fixture(scope="module")
def box() -> Iterator[SandboxProcess]:
    with sandbox() as running:
        yield running


def begun(box: SandboxProcess, text: str = PLAN) -> str:
    """The address of a new run's world."""
    world = box.post("/_sandbox/guided", {"plan": "own", "text": text})["world"]
    return f"{box.url}/worlds/{world}"


def test_the_page_goes_on_by_itself_when_the_operator_has_done_its_act(box: SandboxProcess, visitor: Visitor) -> None:
    base, page = begun(box), visitor(viewport=DESK).new_page()
    page.goto(f"{base}/guided")
    page.get_by_role("button", name="Avanti", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("invia un ordine VULA FTTH con il tuo codice")
    box.post(f"{base.removeprefix(box.url)}/_sandbox/orders", order("A-1"))
    expect(page.get_by_role("heading", level=1)).to_have_text("il campo segnala pronta la linea di A-1")


def test_notes_and_pictures_stand_in_the_report_under_its_seal(
    box: SandboxProcess, visitor: Visitor, pictures: Pictures, tmp_path: Path
) -> None:
    base, page = begun(box), visitor(viewport=DESK, locale="en-GB").new_page()
    page.goto(f"{base}/guided")
    form = page.locator("#notes form")
    form.get_by_label("Rule").select_option("OP-4")
    form.get_by_label("Note").fill("the agent <b>read</b> the band out")
    form.get_by_label("Picture").set_input_files({"name": "band.png", "mimeType": "image/png", "buffer": PICTURE})
    form.get_by_role("button", name="Add").click()
    expect(page.locator(".rule-note")).to_contain_text("the agent <b>read</b> the band out")
    loaded = "picture => picture.complete && picture.naturalWidth > 0"
    page.wait_for_function(f"() => ({loaded})(document.querySelector('.rule-note img'))")
    page.locator("#notes").scroll_into_view_if_needed()
    pictures.take(page, "guided-notes")
    page.get_by_role("button", name="End and judge").click()
    page.get_by_role("button", name="Yes, end it").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the sealed report").click()
    report = tmp_path / "report"
    report.mkdir()
    for name, content in unpacked(download.value.path().read_bytes()).items():
        (report / name).write_bytes(content)
    assert (report / "picture-1.png").read_bytes() == PICTURE
    assert broken_seals(report) == []
    page.goto((report / "index.html").as_uri())
    expect(page.locator("#notes .rule-note")).to_contain_text("the agent <b>read</b> the band out")
    page.wait_for_function(f"() => ({loaded})(document.querySelector('.rule-note img'))")
    (report / "picture-1.png").write_bytes(PICTURE + b"!")
    assert broken_seals(report) == ["picture-1.png: changed"]


def test_what_is_no_picture_is_refused_whatever_its_name_says(box: SandboxProcess) -> None:
    base = begun(box)
    for content, message in ((b"GIF89a", "no picture"), (PICTURE[:99] + bytes(900_000), "900,")):
        fields, files = {"rule": "OP-4", "text": "seen"}, {"picture": ("x.png", content, "image/png")}
        answer = box.http.post(f"{base}/control/guided_note", fields, files=files)
        assert (answer.status_code, message in answer.text) == (422, True)
        query = {"rule": "OP-4", "name": "x.png"}
        answer_to_program = box.http.post(f"{base}/_sandbox/guided/pictures", content, params=query)
        assert answer_to_program.status_code == 422
    assert box.get(f"{base.removeprefix(box.url)}/_sandbox/guided")["notes"] == []


def test_the_forms_work_without_a_script(box: SandboxProcess, visitor: Visitor) -> None:
    base, page = begun(box), visitor(java_script_enabled=False, locale="en-GB").new_page()
    page.goto(f"{base}/guided")
    page.get_by_role("button", name="Go on", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("hand in an order")
    page.get_by_role("button", name="Go on anyway").click()
    page.get_by_role("button", name="Yes, go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("the field reports the line of S01-1 ready")
    page.locator("#notes form").get_by_label("Picture").set_input_files(
        {"name": "band.png", "mimeType": "image/png", "buffer": PICTURE}
    )
    page.get_by_role("button", name="Add").click()
    expect(page.locator(".rule-note")).to_contain_text("band.png")


def test_at_no_width_is_anything_cut_or_inaccessible(box: SandboxProcess, visitor: Visitor) -> None:
    walker = Walker(box)
    base = begun(box)
    walker.world = base.rpartition("/")[2]
    walker.go_to("operator-books", "clock term-end", "fetch")
    page = visitor().new_page()
    for address in (f"{box.url}/guided", f"{base}/guided", f"{base}/guided?lang=en"):
        page.goto(address)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            assert cut_texts(page) == [], (address, width)
            assert accessibility_faults(page) == [], (address, width)


def test_the_commands_of_the_docs_are_taken(
    box: SandboxProcess, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    page = (ROOT / "docs" / "validate.md").read_text(encoding="utf-8")
    start, *commands = [shlex.split(line)[1:] for line in page.split("```sh\n")[1].split("```")[0].splitlines()]
    monkeypatch.setenv("APPUNTAMENTO_URL", box.url)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "screen.png").write_bytes(PICTURE)
    assert main([*start, "--json"]) == 0
    world = json.loads(capsys.readouterr().out)["world"]
    done = {words[1]: main([*words[: words.index("--world") + 1], world]) for words in commands}
    assert done == {"--world": 0, "wait": 0, "go-on": 0, "note": 0, "attach": 0, "end": 3, "report": 2}
    assert "acts are still to come" in capsys.readouterr().err
    assert broken_seals(tmp_path / "out" / "guided") == []


def test_beyond_loopback_all_of_it_is_behind_the_door() -> None:
    with sandbox("--host", "0.0.0.0") as box:
        url, plan = f"http://127.0.0.1:{box.url.rpartition(':')[2]}", {"plan": "essential", "operator": "ALFA"}
        visits = (
            *(("GET", path, None) for path in ("/guided", "/guided/report", "/guided/picture/0f")),
            *(("POST", f"/control/{act}", plan) for act in GUIDED_ACTS),
            ("POST", "/_sandbox/guided", None),
        )
        shut = {box.http.request(method, url + path, data=form).status_code
                for method, path, form in visits}  # fmt: skip
        assert shut == {401}
        token = {"token": box.introduction["control_token"]}
        box.http.post(f"{url}/control/enter", token, allow_redirects=False)
        begun = box.http.post(f"{url}/control/guided_start", plan)
        assert (begun.status_code, begun.url) == (200, f"{url}/worlds/guided/guided")


@pytest.mark.parametrize("act", GUIDED_ACTS)
def test_no_foreign_site_can_send_the_forms(box: SandboxProcess, act: str) -> None:
    base = begun(box)
    worlds = box.get("/_sandbox/worlds")
    foreign = {"Origin": "http://foreign.example", "Sec-Fetch-Site": "cross-site"}
    answer = box.http.post(f"{base}/control/{act}", {"sure": "yes"}, headers=foreign)
    assert answer.status_code == 403
    assert box.get("/_sandbox/worlds") == worlds
