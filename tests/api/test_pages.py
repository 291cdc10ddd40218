"""What every page has: one stylesheet, headers that let nothing foreign in, escaped text."""

import pytest
from jinja2 import UndefinedError

from nexus_api.pages.page import POLICY, STYLE_PATH, page


def test_stylesheet_is_kept_for_ever_under_the_name_of_its_content(serve) -> None:
    client = serve()
    answered = client.get(STYLE_PATH)
    assert answered.status_code == 200
    assert answered.headers["content-type"].startswith("text/css")
    assert "immutable" in answered.headers["cache-control"]
    assert client.get("/style/0123456789abcdef.css").status_code == 404


def test_page_escapes_what_it_is_given_and_lets_no_script_run() -> None:
    values = {"title": "<script>alert(1)</script>", "detail": "a & b", "hint": None}
    answered = page("failure.html", values, status=404)
    assert b"<script" not in answered.content
    assert b"a &amp; b" in answered.content
    assert answered.headers["Content-Security-Policy"] == POLICY
    assert "default-src 'none'" in POLICY
    assert "unsafe" not in POLICY


def test_page_fails_on_what_its_template_lacks() -> None:
    with pytest.raises(UndefinedError):
        page("failure.html", {"title": "A"})
