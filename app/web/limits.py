"""Limits on wrong tries: sign-ins and codes.

Law: only failures count, so that a hall of 200 people behind one address is never held up by its own number.
"""

import ipaddress
import time

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.requests import HTTPConnection

from app.errors import N_, TooMany

FROM_ONE_ADDRESS = RateLimitItemPerMinute(30)
FOR_ONE_ACCOUNT = RateLimitItemPerMinute(10, 15)


class Limits:
    """Counts failures in this worker's memory: losing them on a restart harms nobody."""

    def __init__(self) -> None:
        self._window = MovingWindowRateLimiter(MemoryStorage())

    def failed(self, limit: RateLimitItem, *who: str) -> None:
        """Count one failure, as of an address or of an account from an address."""
        self._window.hit(limit, *who)

    def check(self, limit: RateLimitItem, *who: str) -> None:
        """Refuse with TooMany while there are as many failures as the limit allows."""
        if self._window.test(limit, *who):
            return
        reset = self._window.get_window_stats(limit, *who).reset_time
        wait = max(1, round(reset - time.time()))
        raise TooMany(N_("That did not work too many times. Wait a little, then try again."), wait=wait)


def address_of(connection: HTTPConnection) -> str:
    """Name the address somebody comes from; of IPv6 the network, as one device has many addresses.

    Behind the trusted proxy uvicorn has already put the real address in its place.
    """
    host = connection.client.host if connection.client else "unknown"
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if address.version == 6 and address.ipv4_mapped is None:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return host
