"""`/self`: what members do for themselves in a browser."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, Router, get
from litestar.di import Provide
from litestar.params import FromPath

from nexus_api.pages import failing, member_corrections, member_deposits, member_keys, sign_in
from nexus_api.pages.session import visitor
from nexus_hub.aquilo.errors import NoSuchRoute

MAX_FORM_BYTES = 64_000


@get("/self/{rest:path}", include_in_schema=False, sync_to_thread=False)
def no_such_page(rest: FromPath[str], request: Request[Any, Any, Any]) -> Response[Any]:
    """A page there is not."""
    raise NoSuchRoute(f"there is no page {rest[:100]}")


route_handlers = [
    Router(
        path="/",
        route_handlers=[
            sign_in.sign_in_form,
            sign_in.sign_in,
            sign_in.sign_out,
            member_deposits.overview,
            member_deposits.deposits,
            member_deposits.one_deposit,
            member_deposits.one_record,
            member_corrections.correction_page,
            member_corrections.one_correction,
            member_corrections.decide,
            member_keys.keys,
            member_keys.issue,
            member_keys.rotate_form,
            member_keys.rotate,
            member_keys.revoke_form,
            member_keys.revoke,
            no_such_page,
        ],
        dependencies={"visitor": Provide(visitor)},
        exception_handlers={Exception: failing.answer},
        request_max_body_size=MAX_FORM_BYTES,
    )
]
