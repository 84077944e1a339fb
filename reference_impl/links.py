"""Virtual Agent links: which order a link opens and for whom.

A link is the operator's domain and a secret; the secrets come from a port, because the service draws no random number.
Nothing personal is in a link.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from reference_impl.orders import Order
from reference_impl.policy import Policy
from reference_impl.ports import LinkKeys
from reference_impl.registry import Operator

CUSTOMER, OPERATOR, SHARED = "customer", "operator", "shared"
CHANNELS = (CUSTOMER, OPERATOR)
SUBDOMAIN = "va"


# Whom a link stands for: an order, and the channel it was given to (`shared` where both have the same).
Bearer = tuple[Order, str]


class LinkBook:
    """All links that were given out. A link is known by its host and its secret, whatever else an address says."""

    def __init__(self, keys: LinkKeys, policy: Policy) -> None:
        self._keys = keys
        self._policy = policy
        self._bearers: dict[str, Bearer] = {}
        self._sites: dict[str, dict[str, str]] = {}  # by operator, then by the domains that it has had

    def link(self, order: Order, channel: str) -> str:
        """LINK-4: the link of a channel; asked again, the same link."""
        given_to = SHARED if self._policy.link_identity == "shared" else channel
        key = self._keys.issue(order.key, given_to)
        link = self._site(order.operator) + key
        self._bearers[link] = order, given_to
        return link

    def bearer(self, link: str) -> Bearer | None:
        """The order and the party that a link stands for; None for one that was not given out under its domain."""
        bearer = self._bearers.get(link)
        if bearer is not None:  # to the letter, as nearly always
            return bearer
        try:
            parts = urlsplit(link)
        except ValueError:  # not an address at all
            return None
        return self._bearers.get(f"https://{parts.hostname}{parts.path}")  # LINK-1: under no other operator's domain

    def forget(self, order: Order) -> None:
        """Withdraw the links of an order that is forgotten, under every domain that its operator has had."""
        for given_to in (SHARED,) if self._policy.link_identity == "shared" else CHANNELS:
            key = self._keys.issue(order.key, given_to)
            for site in self._sites.get(order.key.operator, {}).values():
                self._bearers.pop(site + key, None)

    def _site(self, operator: Operator) -> str:
        """LINK-1, LINK-2: the domain registered by the operator, or a name under it by reading."""
        sites, domain = self._sites.setdefault(operator.operator, {}), operator.link_domain
        site = sites.get(domain)
        if site is None:
            under = "" if self._policy.domain_match == "exact" else f"{SUBDOMAIN}."
            site = sites[domain] = f"https://{under}{domain}/"
        return site
