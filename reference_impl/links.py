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
    """All links that were given out. A link is known by its secret, whatever else an address that holds it says."""

    def __init__(self, keys: LinkKeys, policy: Policy) -> None:
        self._keys = keys
        self._policy = policy
        self._bearers: dict[str, Bearer] = {}
        self._sites: dict[str, str] = {}  # by operator

    def link(self, order: Order, channel: str) -> str:
        """LINK-4: the link of a channel; asked again, the same link."""
        given_to = SHARED if self._policy.link_identity == "shared" else channel
        key = self._keys.issue(order.key, given_to)
        link = self._site(order.operator) + key
        self._bearers[link] = order, given_to
        return link

    def bearer(self, link: str) -> Bearer | None:
        """The order and the party that a link stands for, by its secret; None for one that was never given out."""
        bearer = self._bearers.get(link)
        if bearer is not None:  # to the letter, as nearly always
            return bearer
        try:
            key = urlsplit(link).path.lstrip("/")
        except ValueError:  # not an address at all
            return None
        bearers = (self._bearers.get(site + key) for site in self._sites.values())
        return next((bearer for bearer in bearers if bearer is not None), None)

    def forget(self, order: Order) -> None:
        """Withdraw the links of an order that is forgotten."""
        site = self._site(order.operator)
        for given_to in (SHARED,) if self._policy.link_identity == "shared" else CHANNELS:
            self._bearers.pop(site + self._keys.issue(order.key, given_to), None)

    def _site(self, operator: Operator) -> str:
        """LINK-1, LINK-2: the domain registered by the operator, or a name under it by reading."""
        site = self._sites.get(operator.operator)
        if site is None:
            under = "" if self._policy.domain_match == "exact" else f"{SUBDOMAIN}."
            site = self._sites[operator.operator] = f"https://{under}{operator.link_domain}/"
        return site
