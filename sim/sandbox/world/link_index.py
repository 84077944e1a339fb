"""Links of the Virtual Agent by the digest of their secret, and texts without secrets.

The secret of a link is the right to act, so it is never written down: beyond the wire where it comes in, a link is
named by its digest. Links are learned from what the wires carried.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from reference_impl.links import CUSTOMER, OPERATOR, SHARED
from reference_impl.ports import OrderKey

LINK = re.compile(r"(https://[^/\s\"\\]{4,255}/)([A-Za-z0-9_-]{22})")


@dataclass(frozen=True, slots=True)
class GivenLink:
    """A link as it was issued: to whom, and for which order."""

    digest: str
    link: str
    order: OrderKey
    channel: str


class LinkIndex:
    """All links that the wires of one world have carried."""

    def __init__(self) -> None:
        self._given: dict[str, GivenLink] = {}
        self._hosts: dict[str, set[str]] = {}  # under which a link was given out: an operator may change its domain
        self._by_order: dict[tuple[OrderKey, str], str] = {}

    def learn(self, event: Mapping[str, Any]) -> list[GivenLink]:
        """Take in the links of an event; return those that are new."""
        return [link for link in _links_in(event) if self._add(link)]

    def find(self, digest: str) -> GivenLink | None:
        """The link of a digest."""
        return self._given.get(digest)

    def of_order(self, order: OrderKey, channel: str) -> GivenLink | None:
        """The link that a party of an order has been given so far."""
        digest = self._by_order.get((order, channel))
        return self._given[digest] if digest else None

    def is_given_under(self, host: str, digest: str | None = None) -> bool:
        """Whether a link, or any link at all, was given out under a host (LINK-1)."""
        sets = self._hosts.values() if digest is None else (self._hosts.get(digest, set()),)
        return any(host in hosts for hosts in sets)

    def url(self, digest: str) -> str:
        """The link of a digest; for one that was never given out, an address that leads nowhere."""
        given_link = self._given.get(digest)
        return given_link.link if given_link else f"https://unknown.invalid/{digest}"

    def without_secrets(self, text: str) -> str:
        """A text in which every link that was given out shows its digest in place of its secret."""
        return LINK.sub(self._digest_for_secret, text)

    def __iter__(self) -> Iterator[GivenLink]:
        return iter(self._given.values())

    def _add(self, given_link: GivenLink) -> bool:
        self._by_order.setdefault((given_link.order, given_link.channel), given_link.digest)
        self._hosts.setdefault(given_link.digest, set()).add(given_link.link.split("/")[2])
        known_link = self._given.get(given_link.digest)
        if known_link is None:
            self._given[given_link.digest] = given_link
        elif known_link.channel != given_link.channel:  # the reading `link_identity = shared`
            self._given[given_link.digest] = GivenLink(given_link.digest, given_link.link, given_link.order, SHARED)
        return known_link is None

    def _digest_for_secret(self, match: re.Match[str]) -> str:
        digest = digest_of(match[2])
        return f"{match[1]}{digest}" if digest in self._given else match[0]


def digest_of(link: str) -> str:
    """The digest of a link, or of its secret alone."""
    return hashlib.sha256(link.rpartition("/")[2].encode()).hexdigest()


def _links_in(event: Mapping[str, Any]) -> Iterator[GivenLink]:
    data = event["data"]
    if event["type"] == "sms.sent" and "link" in data:
        order = OrderKey(data["operator"], event["subject"])
        yield GivenLink(digest_of(data["link"]), data["link"], order, CUSTOMER)
    elif event["type"] == "csv.deposited":
        for row in data["rows"]:
            order = OrderKey(data["operator"], row["order"])
            yield GivenLink(digest_of(row["link"]), row["link"], order, OPERATOR)
