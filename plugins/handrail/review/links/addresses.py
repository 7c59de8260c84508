"""Which addresses a link check may connect to: those of the public internet, and none that leads back into somebody's network.

``ipaddress.is_global`` is not enough: NAT64, 6to4, Teredo and mapped addresses are called global there, and carry an IPv4
address of any kind inside them.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Sequence[str]]

_REFUSED = tuple(ipaddress.ip_network(block) for block in (
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24",
    "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4",
    "240.0.0.0/4",
    "::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "100:0:0:1::/64", "2001::/23", "2001:db8::/32", "2002::/16",
    "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
))
_ISATAP = frozenset((0x00005EFE, 0x02005EFE))
"""Middle of an IPv6 address that carries an IPv4 address in its last 32 bits."""


def problem(text: str) -> str:
    """Return why an address may not be connected to, or an empty string."""
    try:
        address: Address = ipaddress.ip_address(text.split("%")[0])
    except ValueError:
        return "not an address"
    if any(address in block for block in _REFUSED if block.version == address.version):
        return "not an address of the public internet"
    if isinstance(address, ipaddress.IPv6Address) and (int(address) >> 32) & 0xFFFFFFFF in _ISATAP:
        return "not an address of the public internet"
    if "%" in text or not address.is_global or address.is_multicast:
        return "not an address of the public internet"
    return ""


def resolve(host: str, port: int) -> Sequence[str]:
    """Return all addresses of a host, in the order of the system; ``OSError`` when it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))
