"""Every source, declared once: rows of the database, commands, schedules and pages follow."""

from __future__ import annotations

from typing import Final

from nexus_hub.catalog.funder import read_funder_key
from nexus_hub.catalog.journal import read_journal_key
from nexus_hub.catalog.organisation import read_ror_key
from nexus_hub.catalog.person import read_person_key
from nexus_hub.fulgora import funders, journals, members, people, updates, works
from nexus_hub.fulgora.declaration import File, Pages, Reader, Record, Source

_CC0: Final = "CC0-1.0"
_FACTS: Final = "Facts; see https://www.crossref.org/documentation/retrieve-metadata/"


def _prefix_holders(name: str, title: str, columns: str, read: Reader, notes: str = "") -> Source:
    """One of the lists that tell which member of Crossref holds which prefix."""
    return Source(
        name=name,
        title=title,
        licence=_FACTS,
        attribution="Crossref",
        homepage="https://www.crossref.org/members/prefix/",
        makes="a lookup from prefixes to members; no object",
        columns=columns,
        read=read,
        key=members.prefix_key,
        state=members.state_prefix,
        rank=10,
        is_whole=True,
        views=("prefix_holder",),
        notes=notes,
    )


_ALL: Final = (
    Source(
        name="ror",
        title="Research Organization Registry",
        licence=_CC0,
        attribution="Research Organization Registry (ROR)",
        homepage="https://ror.org/",
        makes="organisations: a row is the organisation's base",
        columns="records of schema 1 or 2, as JSON; official archives are read as they are",
        read=works.read_ror,
        key=read_ror_key,
        state=works.state_ror,
        kind="organisation",
        scheme="ror",
        rank=20,
        fetcher=Record(
            "https://zenodo.org/api/records/?communities=ror-data&sort=mostrecent&size=1"
        ),
        cron="17 3 * * *",
        views=("unmerged_organisation",),
        notes="A release need not hold every row. Organisations are never taken away: one that "
        "closed is `inactive` or `withdrawn` and names its successors. Its funder ids join it with "
        "the row of the funder registry.",
    ),
    Source(
        name="crossref",
        title="Crossref works",
        licence=_FACTS,
        attribution="Crossref",
        homepage="https://www.crossref.org/",
        makes="releases: a work is the release's base, below a deposit made here",
        columns="works as the REST API and the public data file give them",
        read=works.read_json,
        key=works.read_crossref_key,
        kind="release",
        scheme="doi",
        rank=20,
        fetcher=Pages(
            "https://api.crossref.org/works?filter=from-index-date:{since}"
            "&rows=1000&cursor={cursor}",
            "crossref",
            "2002-01-01",
        ),
        notes="Load the public data file first; a sync then asks for what Crossref indexed since "
        "the day of the last one. A version that Crossref indexed earlier never replaces a later "
        "one, in whatever order files come.",
    ),
    Source(
        name="retraction-watch",
        title="Retraction Watch",
        licence="Open data; Crossref asks for attribution",
        attribution="Retraction Watch Database (Crossref, Center for Scientific Integrity)",
        homepage="https://gitlab.com/crossref/retraction-watch-data",
        makes="what is said about releases: `updated` of the paper, `notice` of the notice",
        columns="the CSV with the header `" + ", ".join(updates.RETRACTION_WATCH_COLUMNS) + "`",
        read=updates.read_retraction_watch,
        key=updates.retraction_watch_key,
        state=updates.state_retraction_watch,
        rank=10,
        is_whole=True,
        fetcher=File(
            "https://gitlab.com/crossref/retraction-watch-data/-/raw/main/retraction_watch.csv",
            ".csv",
        ),
        cron="37 3 * * *",
        views=("update_notice", "update_type", "update_word"),
        notes="Dates are m/d/Y H:M, lists end each item with `;`. What happened (retraction, "
        "expression of concern, correction, reinstatement) becomes one of `fulgora.update_type` by "
        "the table `fulgora.update_word`; an unknown word stays as it was given.",
    ),
    Source(
        name="open-retractions",
        title="Open Retractions",
        licence=_CC0,
        attribution="Open Retractions",
        homepage="https://openretractions.com/",
        makes="what is said about releases: `updated` of the paper, `notice` of the notice",
        columns="JSON lines: `identifier.doi` and `updates` with `type`, `timestamp`, `identifier`",
        read=updates.read_open_retractions,
        key=updates.open_retractions_key,
        state=updates.state_open_retractions,
        rank=10,
        is_whole=True,
        views=("update_notice", "update_type", "update_word"),
        notes="The words for what happened are those of publishers, misspelt ones among them.",
    ),
    Source(
        name="funder-registry",
        title="Open Funder Registry",
        licence=_CC0,
        attribution="Crossref, Open Funder Registry",
        homepage="https://www.crossref.org/documentation/funder-registry/",
        makes="organisations under their funder id; where ROR lists the id, the same one",
        columns="RDF: SKOS concepts, their elements as members",
        read=funders.read_funder_registry,
        key=read_funder_key,
        kind="organisation",
        scheme="funder",
        rank=15,
        is_whole=True,
        fetcher=File(
            "https://gitlab.com/crossref/open_funder_registry/-/raw/master/registry.rdf", ".rdf"
        ),
        cron="47 3 * * 0",
        notes="`broader` and `narrower` are parents and children, `isReplacedBy` and its kin "
        "successors; a funder that was replaced or is deprecated is `inactive`.",
    ),
    Source(
        name="doaj",
        title="Directory of Open Access Journals",
        licence=_CC0,
        attribution="Directory of Open Access Journals (DOAJ)",
        homepage="https://doaj.org/",
        makes="containers under their ISSNs, and what is said of each ISSN: `listed`",
        columns="the CSV that doaj.org offers, or the same with dotted headers",
        read=journals.read_doaj,
        key=read_journal_key,
        state=journals.state_doaj,
        kind="container",
        scheme="issn",
        rank=10,
        is_whole=True,
        fetcher=File("https://doaj.org/csv", ".csv"),
        cron="57 3 * * 0",
        views=("listed_journal",),
        notes="Both ISSNs of a row lead to one container, whichever was here first.",
    ),
    Source(
        name="journal-abbreviations",
        title="Abbreviations of journal titles",
        licence="MIT",
        attribution="Crossref",
        homepage="https://www.crossref.org/",
        makes="a lookup from abbreviations to titles; no object",
        columns="lines of abbreviation and title, a tab between them",
        read=journals.read_abbreviations,
        key=journals.abbreviation_key,
        state=journals.state_abbreviation,
        rank=10,
        is_whole=True,
        views=("title_abbreviation",),
        notes="One abbreviation may stand for several titles.",
    ),
    Source(
        name="openapc",
        title="OpenAPC",
        licence="ODbL-1.0",
        attribution="Contains information from OpenAPC (https://openapc.net), made available under "
        "the Open Database License (ODbL)",
        homepage="https://openapc.net/",
        makes="what is said about releases: `paid`, with the institution, the cost and the licence",
        columns="the CSV `apc_de.csv`, or JSON lines of its columns",
        read=journals.read_openapc,
        key=journals.openapc_key,
        state=journals.state_openapc,
        rank=10,
        is_whole=True,
        fetcher=File(
            "https://raw.githubusercontent.com/OpenAPC/openapc-de/master/data/apc_de.csv", ".csv"
        ),
        cron="7 4 * * 0",
        views=("paid_article",),
        notes="The licence asks that the notice be kept and that what is derived as a database "
        "stays open.",
    ),
    _prefix_holders(
        "crossref-members",
        "Members of Crossref",
        "lines of member, prefix, number of DOIs and name, tabs between them",
        members.read_members,
        "Who deposits here is another matter: `nauvis.member`.",
    ),
    _prefix_holders(
        "crossref-prefixes",
        "Prefixes of Crossref",
        "a CSV of `id`, `name` and `prefix`",
        members.read_prefixes,
    ),
    Source(
        name="orcid",
        title="ORCID public records",
        licence=_CC0,
        attribution="ORCID Public Data File",
        homepage="https://orcid.org/",
        makes="creators, with their employments; and what is said about releases: `claimed`",
        columns="the archive of XML summaries, single records in XML, or JSON of version 3",
        read=people.read_orcid,
        key=read_person_key,
        state=people.state_orcid,
        clean=people.without_emails,
        kind="creator",
        scheme="orcid",
        rank=20,
        views=("work_claim", "employment"),
        notes="The file of a year has an address of its own: `nexus fulgora sync orcid --url URL`. "
        "A record without a public name makes no creator. E-mail addresses, public or not, are "
        "left out on reading: rows are kept and told without `person.emails`.",
    ),
    Source(
        name="datacite",
        title="DataCite DOIs",
        licence=_CC0,
        attribution="DataCite",
        homepage="https://datacite.org/",
        makes="releases: a record is the release's base, below a deposit made here",
        columns="JSON:API objects or bare attributes, in JSON lines or as pages of the REST API",
        read=works.read_json,
        key=works.datacite_key,
        kind="release",
        scheme="doi",
        rank=20,
        fetcher=Pages(
            "https://api.datacite.org/dois?query=updated:%5B{since}+TO+*%5D"
            "&page%5Bsize%5D=1000&page%5Bcursor%5D=1",
            "datacite",
            "2011-01-01",
        ),
        notes="Load the data file first. A version that DataCite updated earlier never replaces a "
        "later one.",
    ),
)

SOURCES: Final[dict[str, Source]] = {source.name: source for source in _ALL}
"""The sources by name."""
