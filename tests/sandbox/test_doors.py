"""Registrations anew and links by their domain, at the wires of a sandbox."""

from __future__ import annotations

import pytest
import requests

import appuntamento
from tests.sandbox.process import SandboxProcess

ALFA_HOST, BETA_HOST = "appuntamenti.alfa.example", "appuntamenti.beta.example"


def under(box: SandboxProcess, host: str, path: str, **headers: str) -> requests.Response:
    """The answer under a host name."""
    return box.ask("GET", path, headers={"Host": host} | headers, allow_redirects=False)


@pytest.mark.parametrize("route", ["/{token}", "/va/{token}"])
def test_a_link_opens_its_page_under_the_domain_of_its_operator_and_under_no_other(
    box: SandboxProcess, route: str
) -> None:  # LINK-1
    path = route.format(token=box.engage(f"PAGE-{len(route)}")["link"].rpartition("/")[2])
    assert under(box, ALFA_HOST, path).status_code == 303
    assert under(box, BETA_HOST, path).status_code == 404
    assert under(box, "127.0.0.1", "/va/" + path.rpartition("/")[2]).status_code == 303


def test_programs_too_open_a_link_under_the_domain_of_its_operator_only(box: SandboxProcess) -> None:  # LINK-1
    token = box.engage("AGENT-1")["link"].rpartition("/")[2]
    key, appointment = {"Authorization": f"Bearer {token}"}, "/tmf-api/appointment/v4/appointment"
    for host, status in ((ALFA_HOST, 200), (BETA_HOST, 404), ("127.0.0.1", 200)):
        assert under(box, host, f"/agent/{token}").status_code == status
        assert under(box, host, appointment, **key).status_code == status
    foreign = box.ask("POST", f"/agent/{token}/decline", {}, headers={"Host": BETA_HOST})
    assert (foreign.status_code, foreign.json()["reason"]) == (404, "unknown_link")
    assert box.get("/_sandbox/orders/AGENT-1")["state"] == "engaged"


def test_the_test_controls_are_not_served_under_an_operators_domain(box: SandboxProcess) -> None:
    assert under(box, ALFA_HOST, "/_sandbox/orders").status_code == 404


def test_a_registration_anew_holds_from_then_on_and_keeps_what_is_not_of_it(box: SandboxProcess) -> None:
    endpoint = box.put("/_sandbox/operators/ALFA/endpoint", {"url": None})
    account = box.get("/_sandbox/operators/ALFA")
    old_message = box.engage("OLD-1")
    body = {"operator": "ALFA", "engagement_alias": "Nuova", "agent_domain": "nuova.alfa.example"}
    anew = box.put("/_sandbox/operators/ALFA", body)
    assert anew["agent_domain"] == "nuova.alfa.example"
    assert {name: anew[name] for name in ("api_key", "webhook_secrets", "sftp_user", "endpoint")} == {
        name: account[name] for name in ("api_key", "webhook_secrets", "sftp_user", "endpoint")
    }
    assert endpoint["secrets"] == anew["webhook_secrets"]
    new_message = box.engage("NEW-1")
    assert (old_message["alias"], new_message["alias"]) == ("Attivazione", "Nuova")
    assert new_message["link"].startswith("https://nuova.alfa.example/")
    for message, host, other_host in (
        (old_message, ALFA_HOST, "nuova.alfa.example"),
        (new_message, "nuova.alfa.example", ALFA_HOST),
    ):
        token = message["link"].rpartition("/")[2]
        assert under(box, host, f"/{token}").status_code == 303
        assert under(box, other_host, f"/{token}").status_code == 404
    box.put("/_sandbox/operators/ALFA", {"operator": "ALFA"})
    assert box.get("/_sandbox/operators/ALFA")["agent_domain"] == ALFA_HOST


def test_a_registration_that_is_there_is_replaced_only_on_purpose(
    box: SandboxProcess, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = box.ask("POST", "/_sandbox/operators", {"operator": "BETA"})
    assert (answer.status_code, answer.json()["field"]) == (422, "operator")
    answer = box.ask("PUT", "/_sandbox/operators/OMEGA", {"operator": "OMEGA"})
    assert answer.status_code == 404
    answer = box.ask("PUT", "/_sandbox/operators/BETA", {"operator": "ALFA"})
    assert (answer.status_code, answer.json()["field"]) == (422, "operator")
    assert appuntamento.main(["operators", "change", "BETA", "--reminder-alias", "Beta", "--url", box.url]) == 0
    assert "BETA" in capsys.readouterr().out


@pytest.mark.parametrize("number", ["00393331234567", "393331234567", "3331234567"])
def test_a_number_is_reached_however_its_country_is_written(box: SandboxProcess, number: str) -> None:  # SMS-1
    assert box.engage(f"TEL-{len(number)}", phone=number)["to"] == "+393331234567"
