"""Which outside addresses may be fetched from: public ones, over http and https.

A name is resolved once, every address it has is checked, and the connection is made to a checked
address; so a name that means something else a moment later changes nothing.
"""

from __future__ import annotations

import socket
from collections.abc import Collection
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

import httpx

from nexus_hub.platform.error_classes import AddressRefused, FetchFailed

PORTS = {"http": 80, "https": 443}
_TRANSLATED = IPv6Network("64:ff9b::/96")
"""NAT64: the last 32 bits are the IPv4 address that is meant (RFC 6052)."""


@dataclass(frozen=True, slots=True)
class Place:
    """A URL whose host has been resolved, and the addresses that were found good."""

    url: httpx.URL
    addresses: tuple[str, ...]

    def at(self, address: str) -> httpx.URL:
        """The URL with the host replaced by one of its addresses."""
        return self.url.copy_with(host=address)


def resolve(url: httpx.URL, allow_hosts: Collection[str] = ()) -> Place:
    """Find and check the addresses behind a URL.

    `allow_hosts` names hosts the operator trusts, as `host` or `host:port`; their addresses are not
    checked. Raises AddressRefused for any other scheme, for credentials in the URL, and where one
    address is not public; FetchFailed where the name does not resolve.
    """
    if url.scheme not in PORTS or not url.host or url.userinfo:
        raise AddressRefused(f"{shown(url)} is not a plain http or https address")
    port = url.port or PORTS[url.scheme]
    try:
        found = socket.getaddrinfo(url.raw_host.decode("ascii"), port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FetchFailed(f"{url.host}: {reason}") from error
    addresses = tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not {url.host, f"{url.host}:{port}"} & set(allow_hosts):
        for address in addresses:
            if not is_public(address):
                raise AddressRefused(f"{url.host} leads to {address}, which is not public")
    return Place(url, addresses)


def follow(url: httpx.URL, location: str) -> httpx.URL:
    """Where a redirect leads; raises AddressRefused for nonsense, and from https to http.

    >>> follow(httpx.URL("https://example.org/a/b"), "../c")
    URL('https://example.org/c')
    """
    try:
        target = url.join(location)
    except httpx.InvalidURL as error:
        raise AddressRefused(f"{shown(url)} redirects to {location}") from error
    if url.scheme == "https" and target.scheme == "http":
        raise AddressRefused(f"{shown(url)} redirects from https to http")
    return target


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the open internet (IANA special-purpose registries).

    >>> is_public("104.16.0.1"), is_public("10.0.0.1"), is_public("169.254.169.254")
    (True, False, False)
    >>> is_public("2606:4700::1"), is_public("::ffff:127.0.0.1"), is_public("64:ff9b::a00:1")
    (True, False, False)
    """
    meant = _meant(ip_address(address))
    return meant.is_global and not (
        meant.is_multicast
        or meant.is_reserved
        or meant.is_loopback
        or meant.is_link_local
        or meant.is_unspecified
    )


def shown(url: httpx.URL) -> str:
    """A URL without what may be secret in it."""
    return str(url.copy_with(userinfo=b"", query=None, fragment=None))


def _meant(ip: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    if isinstance(ip, IPv4Address):
        return ip
    if ip in _TRANSLATED:
        return IPv4Address(ip.packed[-4:])
    return ip.ipv4_mapped or ip.sixtofour or ip
