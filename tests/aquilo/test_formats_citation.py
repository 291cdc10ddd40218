"""Formatted citations: styles and languages by name, odd records, bounded time."""

import threading
import time

import pytest

from aquilo.works_to_write import ODD, odd, real
from nexus_hub.aquilo.citation import cite, locale_named, locales, style_named, styles
from nexus_hub.aquilo.errors import ValidationFailed


def test_a_work_is_cited_as_its_style_says() -> None:
    assert cite(odd()) == (
        "Lovelace, A. (2021). A plain title. Journal of Odd Things, 12(3), 101–119. "
        "https://doi.org/10.5555/odd"
    )
    assert cite(odd(), style="ieee").startswith("[1] A. Lovelace, “A plain title”, ")
    assert cite(odd(), style="nature").startswith("1. Lovelace, A. A plain title. ")


def test_a_citation_is_written_in_the_language_that_is_asked_for() -> None:
    told = {code: cite(odd(), style="ieee", locale=code) for code in ("en", "de-AT", "fr", "ru")}
    assert len(set(told.values())) == 4
    assert "« A plain title »" in told["fr"]
    assert cite(odd(), style="ieee", locale="DE_at") == told["de-AT"]


def test_styles_are_found_by_alias_nickname_and_file_name() -> None:
    assert style_named("APA.csl") == style_named("") == "apa"
    assert style_named("http://www.zotero.org/styles/nature") == "nature"
    assert style_named("vancouver") == "vancouver-nlm"
    assert len(styles()) > 10_000
    # One that only points to another.
    assert cite(odd(), style="american-journal-of-industrial-medicine")


@pytest.mark.parametrize("name", ["natur", "../../../etc/passwd", "/etc/passwd", "x" * 10_000])
def test_an_unknown_style_is_refused_with_similar_names(name: str) -> None:
    with pytest.raises(ValidationFailed) as refused:
        cite(odd(), style=name)
    assert len(str(refused.value)) < 300
    assert (name == "natur") == ("did you mean nature" in str(refused.value))


def test_a_style_that_the_engine_cannot_apply_is_refused() -> None:
    with pytest.raises(ValidationFailed, match="french4"):
        cite(odd(), style="french4")


def test_an_unknown_language_is_refused_with_those_there_are() -> None:
    with pytest.raises(ValidationFailed, match="de-DE"):
        locale_named("tlh")
    assert all(locale_named(name) == name for name in locales().values())


def test_a_title_that_stands_for_the_authors_is_told_once() -> None:
    for style in ("apa", "chicago-author-date", "modern-language-association"):
        assert cite(odd(author=[]), style=style).casefold().count("a plain title") == 1


def test_particles_of_names_are_not_initials() -> None:
    names = [{"family": "Silva", "given": "Edilene Oliveira da"}, {"family": "van Gogh"}]
    assert "Silva, E. O. da" in (told := cite(odd(author=names)))
    assert "van Gogh" in told
    assert "da ." not in told


def test_markup_and_what_looks_like_it_is_no_part_of_a_citation() -> None:
    told = cite(odd(title=["The <i>E. coli</i> of H<sub>2</sub>O < <scp>DNA</scp> & 5%"]))
    assert "The E. coli of H2O < DNA & 5%" in told


def test_odd_works_are_cited_in_one_line_in_every_style_and_leave_nothing_behind() -> None:
    for style in (
        "apa",
        "ieee",
        "chicago-author-date",
        "nature",
        "din-1505-2",
        "gost-r-7-0-5-2008",
    ):
        before = cite(ODD[0], style=style)
        for body in ODD:
            told = cite(body, style=style)
            assert told
            assert "\n" not in told
        assert cite(ODD[0], style=style) == before


def test_a_record_without_end_is_cited_in_bounded_time() -> None:
    people = [{"family": f"Family{n}", "given": "Ada B."} for n in range(50_000)]
    endless = odd(author=people, title=["word " * 200_000], abstract="a " * 1_000_000)
    cite(odd(), style="gost-r-7-0-5-2008")
    begun = time.process_time()
    assert len(cite(endless, style="gost-r-7-0-5-2008")) < 100_000
    # Far above what it takes, far below what fifty thousand names would.
    assert time.process_time() - begun < 10


def test_citations_in_many_threads_do_not_mix() -> None:
    wrong: list[str] = []

    def ask(n: int) -> None:
        for _ in range(10):
            told = cite(odd(title=[f"Title number {n}"]), style="apa" if n % 2 else "ieee")
            if f"Title number {n}" not in told:
                wrong.append(told)

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


@pytest.mark.real_data
def test_real_works_are_cited_with_what_they_are_known_by(real_data) -> None:
    for body in real(real_data):
        told = cite(body, style="apa")
        year = body.get("issued", {}).get("date-parts", [[]])[0][:1]
        assert not year or str(year[0]) in told
        assert body["DOI"] in told
