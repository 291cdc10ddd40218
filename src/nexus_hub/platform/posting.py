"""Hands bytes to an outside address: guarded like a fetch, never redirected, over within a time."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping

import httpx

from nexus_hub.platform import addresses
from nexus_hub.platform.error_classes import AddressRefused, FetchFailed
from nexus_hub.platform.fetch import USER_AGENT

TOTAL_S = 20.0
_SILENCE = httpx.Timeout(10.0, connect=5.0)


async def post(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    allow_hosts: Collection[str] = (),
    total_s: float = TOTAL_S,
) -> int:
    """The status with which an address answers a POST; what else it says is not read.

    A redirect is an answer, and is not followed. Raises AddressRefused where the address is not
    public, and FetchFailed where no answer comes in time.
    """
    try:
        async with asyncio.timeout(total_s):
            return await _post(httpx.URL(url), body, headers, allow_hosts)
    except TimeoutError:
        raise FetchFailed(f"no answer within {total_s:.0f} s") from None
    except httpx.InvalidURL as error:
        raise AddressRefused(str(error)) from None
    except httpx.HTTPError as error:
        raise FetchFailed(str(error) or type(error).__name__) from error


async def _post(
    url: httpx.URL, body: bytes, headers: Mapping[str, str], allow_hosts: Collection[str]
) -> int:
    place = await asyncio.to_thread(addresses.resolve, url, allow_hosts)
    named = {"User-Agent": USER_AGENT, **headers, "Host": url.netloc.decode("ascii")}
    # The name goes into the Host header and the TLS handshake, the checked address alone into the
    # connection.
    extensions = {"sni_hostname": url.raw_host.decode("ascii")}
    async with httpx.AsyncClient(
        verify=httpx.create_ssl_context(), timeout=_SILENCE, trust_env=False
    ) as client:
        for number, address in enumerate(place.addresses, 1):
            request = client.build_request(
                "POST", place.at(address), content=body, headers=named, extensions=extensions
            )
            try:
                response = await client.send(request, stream=True)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                if number == len(place.addresses):
                    raise
                continue
            await response.aclose()
            return response.status_code
    raise FetchFailed(f"{url.host} has no address")
