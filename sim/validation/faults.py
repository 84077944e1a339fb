"""What has to be mended before a run makes sense: one line each, with who is to mend it and how. Words only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reports.words.labels import Term
from sim.validation.outcome import CONFIGURATION, ENVIRONMENT

Mend = tuple[str, Term]  # whose it is, and how


@dataclass(frozen=True, slots=True)
class Fault:
    """Something to be mended before a run makes sense."""

    problem: str
    blame: str
    mend: Term


SIGNATURE = Term("controlla il segreto webhook, e che l'orologio sia giusto", "check the webhook secret and your clock")
PATH = Term("correggi il percorso in endpoint", "mend the path in endpoint")
STATUS = Term("rispondi 2xx a una notifica che prendi in carico", "answer a notification that you take over with 2xx")
REDIRECT = Term("dì in endpoint l'indirizzo finale", "say the final address in endpoint")
SPEED = Term("rispondi prima, e lavora dopo", "answer first, and work afterwards")
NO_HTTP = Term("dì in endpoint una porta che parla HTTP, o https", "name a port in endpoint that speaks HTTP, or https")
CLOCK = Term("sincronizza l'orologio (NTP) su entrambe le macchine", "set the clock of both machines (NTP)")
# What a genuine notification is answered with, where it is not taken, and the mend.
MENDS_OF_STATUS: Mapping[int, Term] = {
    **dict.fromkeys((400, 401, 403), SIGNATURE),
    **dict.fromkeys((404, 405), PATH),
    **dict.fromkeys((301, 302, 303, 307, 308), REDIRECT),
}

DESK = Term("correggi desk nel file --operator; risponda 2xx", "mend desk in the --operator file; let it answer 2xx")
HANDS_IN = Term(
    "invia l'ordine a sandbox + /v1/orders con la api_key di operator.json",
    "hand the order in at sandbox + /v1/orders with the api_key of operator.json",
)
AS_ASKED = Term(
    "invia dallo sportello l'ordine come è chiesto, con line_state LNA: il servizio è per linee non attive",
    "let the desk hand the order in as it is asked, with line_state LNA: the service is for lines that are not active",
)
ROUND = Term("correggi round nel file --operator", "mend round in the --operator file")
REGISTRATION = Term("correggi il file --operator", "mend the --operator file")

SITE_CLOSED = Term("apri la rete verso il sito SFTP", "open the network to the SFTP site")
KNOWN_HOSTS = Term(
    "usa sftp.known_hosts di operator.json: contiene la chiave di questo sito",
    "use sftp.known_hosts of operator.json: it holds the key of this site",
)
OWN_KEY = Term("usa la chiave sftp.client_keys di operator.json", "use the key sftp.client_keys of operator.json")
ACCOUNT = Term("usa l'utente sftp.username di operator.json", "use the user sftp.username of operator.json")
API_KEY = Term("usa sandbox e api_key di operator.json", "use sandbox and api_key of operator.json")
# Why one who came was not let in, as far as the sandbox says it, and the mend.
MENDS_OF_STRANGERS: Sequence[tuple[str, Term]] = (
    ("no account of", ACCOUNT),
    ("API key", API_KEY),
    ("key of this site", KNOWN_HOSTS),
    ("key", OWN_KEY),
)
# What befalls the harness itself at the SFTP site, with the operator's own account.
MENDS_OF_SITE: Mapping[str, Mend] = {
    "HostKeyNotVerifiable": (CONFIGURATION, KNOWN_HOSTS),
    "PermissionDenied": (CONFIGURATION, OWN_KEY),
}
SITE_NOT_REACHED: Mend = (ENVIRONMENT, SITE_CLOSED)
