"""Whose request it is, as far as a server behind other servers can know.

``X-Forwarded-For`` can be written by anybody, so it counts only where the connection comes from a
server named in ``SMUP_PROXIES``. Addresses are kept only as long as a request takes: limits count
by digests, the log holds the network alone.
"""

import ipaddress
import os
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
FORWARDED = "HTTP_X_FORWARDED_FOR"
_HOPS = 10  # servers one behind another that are looked through
_KEPT = {4: 24, 6: 48}  # bits of an address the log keeps
_ONE = {4: 32, 6: 64}  # bits that tell one client: a household or an office has a whole /64


@cache
def trusted() -> tuple[Network, ...]:
    """The servers whose word counts: addresses and networks of ``SMUP_PROXIES``, with commas."""
    named = os.environ.get("SMUP_PROXIES", "").split(",")
    return tuple(ipaddress.ip_network(one.strip(), strict=False) for one in named if one.strip())


def client_address(environ: Mapping[str, Any]) -> str:
    """The address of the client; "" where it cannot be known.

    It cannot where a server on this machine passes requests on and is not named as trusted: all
    the world would then be one client, and the first busy one would shut out the others.
    """
    peer = str(environ.get("REMOTE_ADDR", ""))
    told = str(environ.get(FORWARDED, ""))
    if not told:
        return peer
    if not _is_trusted(peer):
        return "" if _is_loopback(peer) else peer
    hops = [hop.strip() for hop in told.rsplit(",", _HOPS)[-_HOPS:]]
    for hop in reversed(hops):
        if _network(hop, 128) is None:
            return peer
        if not _is_trusted(hop):
            return hop
    return hops[0]


def from_trusted(environ: Mapping[str, Any]) -> bool:
    """Does the connection come from a server named in ``SMUP_PROXIES``?"""
    return _is_trusted(str(environ.get("REMOTE_ADDR", "")))


@lru_cache(maxsize=4096)
def one_client(address: str) -> str:
    """What is counted together: an IPv4 address, a /64 of IPv6; "" for what is no address."""
    return _cut(address, _ONE)


@lru_cache(maxsize=4096)
def shortened(address: str) -> str:
    """The network an address is in, which points at nobody: the form the log keeps."""
    return _cut(address, _KEPT)


def _cut(address: str, bits: Mapping[int, int]) -> str:
    found = _address(address)
    network = None if found is None else _network(address, bits[found.version])
    return "" if network is None else str(network.network_address)


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """An address of IPv4 that a socket of IPv6 shows (``::ffff:192.0.2.1``) is that of IPv4."""
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return None
    return (found.ipv4_mapped if found.version == 6 else None) or found


def _network(address: str, bits: int) -> Network | None:
    found = _address(address)
    if found is None:
        return None
    return ipaddress.ip_network((found, min(bits, found.max_prefixlen)), strict=False)


@lru_cache(maxsize=1024)
def _is_trusted(address: str) -> bool:
    network = _network(address, 128)
    return network is not None and any(network.network_address in one for one in trusted())


@lru_cache(maxsize=1024)
def _is_loopback(address: str) -> bool:
    network = _network(address, 128)
    return network is not None and network.network_address.is_loopback
