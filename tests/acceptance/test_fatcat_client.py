"""fatcat-openapi-client 0.5.0, as PyPI has it, edits and reads through `/v0`."""

from __future__ import annotations

import datetime
import warnings
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from uuid import UUID, uuid4

import httpx
import pytest

from api.keyring import bearer, make_editor, make_key
from nexus_hub.catalog.editing import redact
from nexus_hub.catalog.fatcat.idents import from_ident
from nexus_hub.catalog.queries.models import EditorRole

with warnings.catch_warnings():
    # Its patterns hold escapes that Python warns of when it compiles them.
    warnings.simplefilter("ignore")
    import fatcat_openapi_client as fatcat
    from fatcat_openapi_client import ApiException

UNKNOWN = "aaaaaaaaaaaaaeiraaaaaaaaai"
DAY = datetime.date(2011, 4, 5)
_numbers = count(1)


@pytest.fixture(scope="module")
def keys(shared_database):
    """The keys of an admin and of an editor, and the idents of both."""
    with shared_database.connect() as connection:
        connection.autocommit = True
        return {
            name: make_key(connection, make_editor(connection, name, role)).text()
            for name, role in (("root", EditorRole.ADMIN), ("ada", EditorRole.EDITOR))
        }


def client_of(service: str, key: str | None) -> fatcat.DefaultApi:
    chosen = fatcat.Configuration()
    chosen.host = f"{service}/v0"
    if key is not None:
        chosen.api_key["Authorization"] = key
        chosen.api_key_prefix["Authorization"] = "Bearer"
    return fatcat.DefaultApi(fatcat.ApiClient(chosen))


@pytest.fixture(scope="module")
def api(service, keys):
    """The client of an admin."""
    return client_of(service, keys["root"])


@pytest.fixture(scope="module")
def ada(service, keys):
    """The client of an editor."""
    return client_of(service, keys["ada"])


@pytest.fixture(scope="module")
def plain(service, keys):
    """Plain HTTP, with the key of an admin."""
    with httpx.Client(base_url=f"{service}/v0", headers=bearer(keys["root"]), timeout=30) as http:
        yield http


def opened(api) -> str:
    return api.create_editgroup(fatcat.Editgroup()).editgroup_id


def applied(api, call, *arguments):
    """What an edit that is accepted at once answered."""
    group = opened(api)
    edit = call(group, *arguments)
    api.accept_editgroup(group)
    return edit


def creator(api, name="A. Ng", **members):
    return applied(api, api.create_creator, fatcat.CreatorEntity(display_name=name, **members))


def release(api, title="On Salt", **members):
    members = {"ext_ids": fatcat.ReleaseExtIds()} | members
    return applied(api, api.create_release, fatcat.ReleaseEntity(title=title, **members))


def doi() -> str:
    return f"10.5555/test.{next(_numbers)}"


def refused(status, call, *arguments, **named) -> str:
    """The error of a call that is refused, by its slug."""
    with pytest.raises(ApiException) as told:
        call(*arguments, **named)
    assert told.value.status == status, told.value.body
    return told.value.body


# ------------------------------------------------------------------ life cycle


def test_editgroup_is_opened_submitted_taken_back_and_accepted_once(api, ada):
    group = ada.create_editgroup(fatcat.Editgroup(description="mending", extra={"a": 1}))
    assert (group.description, group.extra, group.submitted) == ("mending", {"a": 1}, None)
    ident = group.editgroup_id
    assert ident in [ada.get_editgroup(ident).editgroup_id]
    group.description = "mended"
    submitted = ada.update_editgroup(ident, group, submit=True)
    assert submitted.submitted is not None
    assert submitted.description == "mended"
    waiting = api.get_editgroups_reviewable(expand="editors", limit=10)
    assert ident in [each.editgroup_id for each in waiting]
    assert {each.editor.username for each in waiting} >= {"ada"}
    assert ada.update_editgroup(ident, group, submit=False).submitted is None
    assert ident not in [each.editgroup_id for each in api.get_editgroups_reviewable()]
    assert "forbidden" in refused(403, ada.accept_editgroup, ident)
    assert api.accept_editgroup(ident).success is True
    assert "editgroup-closed" in refused(400, api.accept_editgroup, ident)
    assert api.get_editgroup(ident).changelog_index > 0
    entity = fatcat.CreatorEntity(display_name="late")
    assert "editgroup-closed" in refused(400, api.create_creator, ident, entity)
    assert "editgroup-closed" in refused(400, api.update_editgroup, ident, group)


def test_accepting_makes_one_entry_of_the_changelog(api):
    before = api.get_changelog(limit=1)
    group = opened(api)
    edits = [
        api.create_creator(group, fatcat.CreatorEntity(display_name=name)) for name in ("a", "b")
    ]
    api.accept_editgroup(group)
    entry = api.get_changelog(limit=1)[0]
    assert entry.index == (before[0].index if before else 0) + 1
    assert entry.editgroup_id == group
    assert {each.edit_id for each in entry.editgroup.edits.creators} == {
        each.edit_id for each in edits
    }
    assert api.get_changelog_entry(entry.index).editgroup.changelog_index == entry.index
    refused(404, api.get_changelog_entry, entry.index + 1000)


# ------------------------------------------------------------------ create


def test_new_entity_is_in_work_until_it_is_accepted(api):
    group, orcid = opened(api), "0000-0002-1825-0097"
    edit = api.create_creator(group, fatcat.CreatorEntity(display_name="A. Ng", orcid=orcid))
    assert edit.prev_revision is None
    assert api.get_creator(edit.ident).state == "wip"
    refused(404, api.lookup_creator, orcid=orcid)
    api.accept_editgroup(group)
    found = api.lookup_creator(orcid=orcid)
    assert (found.ident, found.state, found.revision) == (edit.ident, "active", edit.revision)
    assert api.get_creator(edit.ident.upper()).display_name == "A. Ng"


def test_release_without_a_work_gets_one(api):
    edit = release(api, refs=[fatcat.ReleaseRef(key="a", title="Earlier")])
    made = api.get_release(edit.ident)
    assert api.get_work(made.work_id).state == "active"
    assert [each.ident for each in api.get_work_releases(made.work_id)] == [edit.ident]
    assert [each.title for each in made.refs] == ["Earlier"]


def test_every_kind_is_made_and_comes_back(api, plain):
    work = applied(api, api.create_work, fatcat.WorkEntity(extra={"a": "b"}))
    assert api.get_work(work.ident).extra == {"a": "b"}
    journal = applied(
        api, api.create_container, fatcat.ContainerEntity(name="Salt", issnl="0378-5955")
    )
    person = creator(api, "B. Bo")
    made = release(
        api,
        "Whole",
        work_id=work.ident,
        container_id=journal.ident,
        release_type="article-journal",
        release_stage="published",
        release_date=DAY,
        ext_ids=fatcat.ReleaseExtIds(doi="10.5555/WHOLE", arxiv="0806.2878v1", pmcid="PMC12"),
        contribs=[fatcat.ReleaseContrib(index=0, creator_id=person.ident, role="author")],
        abstracts=[fatcat.ReleaseAbstract(content="Salty.", mimetype="text/plain", lang="en")],
        language="en",
    )
    read = api.get_release(made.ident, expand="container,creators,nonsense")
    assert (read.work_id, read.release_date, read.release_year) == (work.ident, DAY, 2011)
    assert read.ext_ids.doi == "10.5555/whole"
    assert read.container.issnl == "0378-5955"
    assert read.contribs[0].creator.display_name == "B. Bo"
    assert read.abstracts[0].content == "Salty."
    assert read.abstracts[0].sha1 is not None
    sha1 = "9d7c7f1b5b0d0f9b1c5f5a7b2a7fd2a1b6f0a001"
    file = applied(
        api,
        api.create_file,
        fatcat.FileEntity(
            sha1=sha1,
            size=7,
            urls=[fatcat.FileUrl(url="https://example.org/a.pdf", rel="web")],
            release_ids=[made.ident],
        ),
    )
    fileset = applied(
        api,
        api.create_fileset,
        fatcat.FilesetEntity(
            manifest=[fatcat.FilesetFile(path="a.csv", size=1, md5="0" * 32)],
            release_ids=[made.ident],
        ),
    )
    moment = datetime.datetime(2016, 9, 19, 17, 20, 24, tzinfo=datetime.UTC)
    capture = applied(
        api,
        api.create_webcapture,
        fatcat.WebcaptureEntity(
            original_url="https://example.org/",
            timestamp=moment,
            cdx=[
                fatcat.WebcaptureCdxLine(
                    surt="org,example)/", timestamp=moment, url="https://example.org/", sha1=sha1
                )
            ],
            archive_urls=[fatcat.WebcaptureUrl(url="https://a.example/", rel="wayback")],
            release_ids=[made.ident],
        ),
    )
    assert api.lookup_file(sha1=sha1).ident == file.ident
    for asked in ({}, {"timestamp": "2016-09-19T17:20:24Z"}):
        answer = plain.get("/webcapture/lookup", params={"surt": "org,example)/"} | asked)
        assert answer.json()["ident"] == capture.ident
    late = {"surt": "org,example)/", "timestamp": "2016-09-19T17:20:25Z"}
    assert plain.get("/webcapture/lookup", params=late).status_code == 404
    assert [each.ident for each in api.get_release_files(made.ident)] == [file.ident]
    assert [each.ident for each in api.get_release_filesets(made.ident)] == [fileset.ident]
    assert [each.ident for each in api.get_release_webcaptures(made.ident)] == [capture.ident]
    assert [each.ident for each in api.get_creator_releases(person.ident)] == [made.ident]
    whole = api.get_release(made.ident, expand="files,filesets,webcaptures")
    assert whole.files[0].urls[0].rel == "web"
    assert whole.filesets[0].manifest[0].path == "a.csv"
    assert whole.webcaptures[0].cdx[0].timestamp == moment
    assert api.get_file(file.ident, expand="releases").releases[0].title == "Whole"


@pytest.mark.parametrize(
    "members",
    [
        {"title": None},
        {"release_type": "nonsense"},
        {"release_date": "2000-01"},
        {"release_date": "2000-88-99"},
        {"ext_ids": {"doi": "10.2/x"}},
        {"ext_ids": {"arxiv": "0806.2878"}},
        {"contribs": [{"role": "nonsense"}]},
        {"refs": "none"},
        {"work_id": UNKNOWN},
        {"contribs": [{"creator_id": UNKNOWN}]},
        {"refs": [{"target_release_id": UNKNOWN}]},
    ],
)
def test_release_that_is_not_right_is_refused(api, plain, members):
    entity = {"title": "On Salt", "ext_ids": {}} | members
    answer = plain.post(f"/editgroup/{opened(api)}/release", json=entity)
    assert (answer.status_code, answer.json()["error"]) == (400, "bad-record"), answer.text
    assert answer.json()["success"] is False
    assert answer.json()["message"]


def test_entity_names_others_of_the_right_kind(api, plain):
    person, group = creator(api), opened(api)
    for entity in ({"container_id": person.ident}, {"container_id": "no ident"}):
        answer = plain.post(
            f"/editgroup/{group}/release", json={"title": "On Salt", "ext_ids": {}} | entity
        )
        assert answer.status_code == 400, answer.text
        assert "container" in answer.json()["message"]
    refused(400, api.create_file, group, fatcat.FileEntity(release_ids=[person.ident]))
    work = api.create_work(group, fatcat.WorkEntity())
    made = api.create_release(group, fatcat.ReleaseEntity(
        title="On Salt", work_id=work.ident, ext_ids=fatcat.ReleaseExtIds()))  # fmt: skip
    api.accept_editgroup(group)
    assert [each.ident for each in api.get_work_releases(work.ident)] == [made.ident]


def test_unknown_members_are_left_out_and_years_may_be_before_christ(api, plain):
    entity = {"title": "Old", "ext_ids": {}, "release_year": -40, "colour": "red"}
    answer = plain.post(f"/editgroup/{opened(api)}/release", json=entity)
    assert answer.status_code == 201, answer.text
    read = plain.get(f"/release/{answer.json()['ident']}").json()
    assert read["release_year"] == -40
    assert "colour" not in read


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'"a"', b'{"display_name": []}'])
def test_what_is_no_entity_is_refused(api, plain, body):
    answer = plain.post(f"/editgroup/{opened(api)}/creator", content=body)
    assert (answer.status_code, answer.json()["success"]) == (400, False)


# ------------------------------------------------------------------ update


def test_update_revert_and_history(api):
    first = creator(api, "first", orcid="0000-0001-5109-3700")
    second = applied(
        api, api.update_creator, first.ident, fatcat.CreatorEntity(display_name="second")
    )
    assert second.prev_revision == first.revision
    assert api.get_creator(first.ident).display_name == "second"
    refused(404, api.lookup_creator, orcid="0000-0001-5109-3700")
    back = applied(
        api, api.update_creator, first.ident, fatcat.CreatorEntity(revision=first.revision)
    )
    assert back.revision == first.revision
    assert api.lookup_creator(orcid="0000-0001-5109-3700").display_name == "first"
    again = fatcat.CreatorEntity(revision=first.revision)
    refused(409, api.update_creator, opened(api), first.ident, again)
    history = api.get_creator_history(first.ident)
    assert [each.edit.edit_id for each in history] == [
        each.edit_id for each in (back, second, first)
    ]
    assert history[0].changelog_entry.index > history[1].changelog_entry.index
    assert history[0].editgroup.changelog_index == history[0].changelog_entry.index
    assert len(api.get_creator_history(first.ident, limit=2)) == 2
    assert api.get_creator_revision(second.revision).display_name == "second"
    assert api.get_creator_edit(second.edit_id).ident == first.ident
    refused(404, api.get_work_revision, second.revision)
    refused(404, api.get_creator_edit, str(uuid4()))


def test_release_keeps_its_work_when_an_update_names_none(api):
    made = release(api)
    work = api.get_release(made.ident).work_id
    again = fatcat.ReleaseEntity(title="Other", ext_ids=fatcat.ReleaseExtIds())
    applied(api, api.update_release, made.ident, again)
    assert api.get_release(made.ident).work_id == work


def test_second_edit_waits_until_the_first_is_deleted(api):
    made, group = creator(api), opened(api)
    entity = fatcat.CreatorEntity(display_name="other")
    edit = api.update_creator(group, made.ident, entity)
    assert "already-edited" in refused(409, api.update_creator, group, made.ident, entity)
    refused(404, api.delete_creator_edit, group, str(uuid4()))
    assert api.delete_creator_edit(group, edit.edit_id).success is True
    last = api.update_creator(group, made.ident, entity)
    api.accept_editgroup(group)
    refused(400, api.delete_creator_edit, group, last.edit_id)


def test_update_of_what_changed_since_is_refused(api):
    made = creator(api, "base")
    read = api.get_creator(made.ident)
    late, group = opened(api), opened(api)
    api.update_creator(late, made.ident, fatcat.CreatorEntity(display_name="late"))
    api.update_creator(group, made.ident, fatcat.CreatorEntity(display_name="early"))
    api.accept_editgroup(group)
    assert "stale-base" in refused(409, api.accept_editgroup, late)
    read.display_name = "from before"
    assert "stale-base" in refused(409, api.update_creator, opened(api), made.ident, read)
    assert api.get_creator(made.ident).display_name == "early"


def test_entity_that_was_read_is_sent_back_changed(api):
    made = release(
        api, ext_ids=fatcat.ReleaseExtIds(doi=doi()), contribs=[fatcat.ReleaseContrib(raw_name="X")]
    )
    read = api.get_release(made.ident)
    read.title = "On Sugar"
    applied(api, api.update_release, made.ident, read)
    again = api.get_release(made.ident)
    assert (again.title, again.contribs[0].raw_name) == ("On Sugar", "X")
    assert again.ext_ids.doi == read.ext_ids.doi


# ------------------------------------------------------------------ merge and delete


def test_merged_entity_shows_its_survivor(api):
    one = creator(api, "one", orcid="0000-0002-1694-233X")
    two = creator(api, "two", wikidata_qid="Q42")
    made = release(api, contribs=[fatcat.ReleaseContrib(creator_id=two.ident)])
    merge = fatcat.CreatorEntity(redirect=one.ident)
    edit = applied(api, api.update_creator, two.ident, merge)
    assert edit.redirect_ident == one.ident
    seen = api.get_creator(two.ident)
    assert (seen.ident, seen.state, seen.redirect) == (two.ident, "redirect", one.ident)
    assert (seen.display_name, seen.revision) == ("one", one.revision)
    assert api.get_creator_redirects(one.ident) == [two.ident]
    refused(404, api.lookup_creator, wikidata_qid="Q42")
    for ident in (one.ident, two.ident):
        assert [each.ident for each in api.get_creator_releases(ident)] == [made.ident]
    # The survivor changes, and at once what was merged into it shows that.
    applied(api, api.update_creator, one.ident, fatcat.CreatorEntity(display_name="uno"))
    assert api.get_creator(two.ident).display_name == "uno"
    applied(api, api.delete_creator, one.ident)
    gone = api.get_creator(two.ident)
    assert (gone.state, gone.redirect, gone.revision) == ("redirect", one.ident, None)
    # An update splits it off again.
    applied(api, api.update_creator, two.ident, fatcat.CreatorEntity(display_name="two again"))
    split = api.get_creator(two.ident)
    assert (split.state, split.redirect, split.display_name) == ("active", None, "two again")
    assert api.get_creator_redirects(one.ident) == []


def test_merges_that_lead_nowhere_are_refused(api):
    one, two, three = (creator(api, name) for name in ("one", "two", "three"))
    work = applied(api, api.create_work, fatcat.WorkEntity())
    group = opened(api)
    wip = api.create_creator(opened(api), fatcat.CreatorEntity(display_name="wip"))

    def merge(ident, target):
        return refused(400, api.update_creator, group, ident, fatcat.CreatorEntity(redirect=target))

    for target in (one.ident, wip.ident, work.ident, UNKNOWN):
        assert "bad-redirect" in merge(one.ident, target)
    applied(api, api.update_creator, two.ident, fatcat.CreatorEntity(redirect=one.ident))
    assert "bad-redirect" in merge(two.ident, one.ident)
    assert "bad-redirect" in merge(three.ident, two.ident)
    assert "bad-redirect" in merge(one.ident, three.ident)
    applied(api, api.delete_creator, three.ident)
    applied(api, api.update_creator, three.ident, fatcat.CreatorEntity(redirect=one.ident))
    assert api.get_creator(three.ident).state == "redirect"


def test_deleted_entity_is_a_shell_and_can_come_back(api, plain):
    name = doi()
    made = release(api, ext_ids=fatcat.ReleaseExtIds(doi=name))
    applied(api, api.delete_release, made.ident)
    shell = api.get_release(made.ident)
    assert (shell.state, shell.revision, shell.title) == ("deleted", None, None)
    assert plain.get(f"/release/{made.ident}").json()["ext_ids"] == {}
    refused(404, api.lookup_release, doi=name)
    assert "wrong-state" in refused(409, api.delete_release, opened(api), made.ident)
    applied(api, api.update_release, made.ident, fatcat.ReleaseEntity(
        revision=made.revision, ext_ids=fatcat.ReleaseExtIds()))  # fmt: skip
    assert api.lookup_release(doi=name).ident == made.ident
    group = opened(api)
    wip = api.create_creator(group, fatcat.CreatorEntity(display_name="wip"))
    assert "wrong-state" in refused(409, api.delete_creator, opened(api), wip.ident)
    refused(404, api.delete_creator, group, UNKNOWN)


def test_merged_entity_can_be_deleted(api):
    one, two = creator(api), creator(api)
    applied(api, api.update_creator, two.ident, fatcat.CreatorEntity(redirect=one.ident))
    applied(api, api.delete_creator, two.ident)
    assert api.get_creator(two.ident).state == "deleted"
    assert api.get_creator_redirects(one.ident) == []


def test_identifier_of_a_live_release_is_not_given_twice(api):
    name = doi()
    release(api, ext_ids=fatcat.ReleaseExtIds(doi=name))
    group = opened(api)
    api.create_release(group, fatcat.ReleaseEntity(
        title="Twin", ext_ids=fatcat.ReleaseExtIds(doi=name)))  # fmt: skip
    assert "identifier-taken" in refused(409, api.accept_editgroup, group)
    assert api.get_editgroup(group).changelog_index is None


# ------------------------------------------------------------------ lookup


@pytest.mark.parametrize(
    ("name", "value", "asked"),
    [
        ("doi", "10.5555/LOOK.up", "10.5555/look.UP"),
        ("isbn13", "978-1-56619-909-4", "978-1-56619-909-4"),
        ("pmid", "1234567", "1234567"),
        ("pmcid", "PMC12345", "PMC12345"),
        ("arxiv", "hep-th/9901001v1", "hep-th/9901001v1"),
        ("core", "1234", "1234"),
        ("jstor", "1819117", "1819117"),
        ("ark", "ark:/13030/m53r5pzm", "ark:/13030/m53r5pzm"),
        ("mag", "992489213", "992489213"),
        ("doaj", "00000d5cfc9a4d6ea2e3a1a4f2d3c1b0", "00000d5cfc9a4d6ea2e3a1a4f2d3c1b0"),
        ("dblp", "journals/dlib/VogelL00", "journals/dlib/VogelL00"),
        ("oai", "oai:example.org:1", "oai:example.org:1"),
        ("hdl", "2381/Abc", "2381/aBC"),
        ("wikidata_qid", "Q4321", "Q4321"),
    ],
)
def test_release_is_found_by_each_of_its_identifiers(api, name, value, asked):
    made = release(api, ext_ids=fatcat.ReleaseExtIds(**{name: value}))
    assert api.lookup_release(**{name: asked}).ident == made.ident
    applied(api, api.delete_release, made.ident)


def test_container_is_found_by_the_issn_of_any_medium(api):
    made = applied(
        api,
        api.create_container,
        fatcat.ContainerEntity(
            name="Salt", issnl="2150-4008", issne="0028-0836", issnp="1476-4687"
        ),
    )
    for asked in (
        {"issnl": "2150-4008"},
        {"issne": "0028-0836"},
        {"issnp": "1476-4687"},
        *({"issn": issn} for issn in ("2150-4008", "0028-0836", "1476-4687")),
    ):
        assert api.lookup_container(**asked).ident == made.ident
    refused(404, api.lookup_container, issnl="0028-0836")


def test_file_is_found_by_each_hash(api):
    hashes = {"md5": "a" * 32, "sha1": "b" * 40, "sha256": "c" * 64}
    made = applied(api, api.create_file, fatcat.FileEntity(**hashes))
    for name, value in hashes.items():
        assert api.lookup_file(**{name: value}).ident == made.ident


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/release/lookup", 400),
        ("/release/lookup?doi=10.5555/a&pmid=1", 400),
        ("/release/lookup?doi=10.5555/a&doi=10.5555/b", 400),
        ("/release/lookup?doi=nonsense", 400),
        ("/release/lookup?arxiv=0806.2878", 400),
        ("/release/lookup?isbn13=978-1-56619-909-5", 400),
        ("/release/lookup?doi=10.5555/nobody", 404),
        ("/creator/lookup?orcid=0000-0002-1825-0098", 400),
        ("/container/lookup?issnl=12345678", 400),
        ("/file/lookup?sha1=xyz", 400),
        ("/file/lookup?sha1=" + "z" * 40, 400),
        ("/file/lookup?md5=" + "9" * 32, 404),
        ("/work/lookup", 400),
        ("/editor/lookup", 400),
        ("/editor/lookup?username=nobody", 404),
        (f"/creator/{UNKNOWN}", 404),
        (f"/creator/{UNKNOWN[:-1]}", 400),
        (f"/creator/1{UNKNOWN[1:]}", 400),
        (f"/creator/{UNKNOWN}/history", 404),
        (f"/creator/{UNKNOWN}/redirects", 404),
        (f"/creator/{UNKNOWN}/releases", 404),
        (f"/creator/{UNKNOWN}/files", 404),
        ("/creator/rev/nonsense", 400),
        ("/creator/edit/nonsense", 400),
        (f"/person/{UNKNOWN}", 404),
        (f"/organisation/{UNKNOWN}", 404),
        ("/changelog?limit=true", 400),
        ("/changelog?limit=0", 400),
        ("/changelog?limit=101", 400),
        ("/changelog?limit=-1", 400),
        ("/changelog/x", 400),
        ("/editgroup/reviewable?limit=true", 400),
        ("/editgroup/reviewable?since=yesterday", 400),
        (f"/editgroup/{UNKNOWN}", 404),
        ("/editgroup/nonsense", 400),
        (f"/editgroup/{UNKNOWN}/annotations", 404),
        (f"/editor/{UNKNOWN}", 404),
        (f"/editor/{UNKNOWN}/editgroups", 404),
        ("/nothing", 404),
    ],
)
def test_what_is_asked_wrongly_or_not_there_is_told_as_fatcat_tells_it(plain, path, status):
    answer = plain.get(path)
    assert answer.status_code == status, answer.text
    told = answer.json()
    assert told.keys() == {"success", "error", "message"}
    assert told["success"] is False
    assert answer.headers["content-type"] == "application/json"


# ------------------------------------------------------------------ read


def test_hidden_lists_are_null_and_empty_ones_are_lists(api, plain):
    made = release(api, abstracts=[fatcat.ReleaseAbstract(content="Salty.")])
    read = plain.get(f"/release/{made.ident}").json()
    assert (read["refs"], read["contribs"], len(read["abstracts"])) == ([], [], 1)
    assert read.get("files") is None
    read = plain.get(f"/release/{made.ident}?hide=abstracts,refs,nonsense").json()
    assert (read["abstracts"], read["refs"], read["contribs"]) == (None, None, [])
    stored = applied(api, api.create_fileset, fatcat.FilesetEntity())
    assert plain.get(f"/fileset/{stored.ident}").json()["manifest"] == []
    assert plain.get(f"/fileset/{stored.ident}?hide=manifest").json()["manifest"] is None
    assert plain.get(f"/fileset/rev/{stored.revision}?hide=manifest").json()["manifest"] is None


def test_changelog_is_read_onwards_from_an_index(api, plain):
    indexes = []
    for name in ("a", "b", "c"):
        creator(api, name)
        indexes.append(api.get_changelog(limit=1)[0].index)
    since = plain.get(f"/changelog?since={indexes[0]}&limit=2").json()
    assert [each["index"] for each in since] == indexes[1:]
    newest = plain.get("/changelog?limit=3").json()
    assert [each["index"] for each in newest] == indexes[::-1]


# ------------------------------------------------------------------ editors, annotations, keys


def test_editor_is_read_and_takes_another_name(api, ada):
    me = ada.lookup_editor(username="ADA")
    assert (me.username, me.is_admin, me.is_bot, me.is_active) == ("ada", False, False, True)
    assert ada.get_editor(me.editor_id).username == "ada"
    me.username = "lovelace"
    assert ada.update_editor(me.editor_id, me).username == "lovelace"
    me.username = "1ada"
    assert "bad-username" in refused(400, ada.update_editor, me.editor_id, me)
    me.username, me.is_admin = "ada", True
    refused(403, ada.update_editor, me.editor_id, me)
    root = api.lookup_editor(username="root")
    refused(403, ada.update_editor, root.editor_id, root)
    me.is_admin = False
    assert api.update_editor(me.editor_id, me).username == "ada"


def test_annotations_are_listed_by_editgroup_and_by_editor(api, ada):
    group = opened(ada)
    said = api.create_editgroup_annotation(
        group, fatcat.EditgroupAnnotation(comment_markdown="*well*", extra={"a": 1})
    )
    assert (said.comment_markdown, said.extra, said.editgroup_id) == ("*well*", {"a": 1}, group)
    listed = ada.get_editgroup_annotations(group, expand="editors")
    assert [each.annotation_id for each in listed] == [said.annotation_id]
    assert listed[0].editor.username == "root"
    mine = api.get_editor_annotations(said.editor_id, limit=1)
    assert [each.annotation_id for each in mine] == [said.annotation_id]
    refused(404, api.create_editgroup_annotation, UNKNOWN, fatcat.EditgroupAnnotation())


def test_editgroups_of_an_editor_are_listed_between_moments(ada):
    groups = [ada.create_editgroup(fatcat.Editgroup()) for _ in range(3)]
    idents = [each.editgroup_id for each in groups]
    editor = groups[0].editor_id
    newest = ada.get_editor_editgroups(editor, limit=2)
    assert [each.editgroup_id for each in newest] == idents[:0:-1]
    since = ada.get_editor_editgroups(editor, since=groups[0].created)
    assert [each.editgroup_id for each in since] == idents[1:]
    before = ada.get_editor_editgroups(editor, before=groups[1].created, limit=1)
    assert [each.editgroup_id for each in before] == idents[:1]


def test_key_is_checked_with_and_without_its_prefix(service, keys, api, ada):
    assert api.auth_check(role="admin").success is True
    assert ada.auth_check().success is True
    refused(403, ada.auth_check, role="admin")
    for header in (keys["ada"], f"Bearer {keys['ada']}", f"bearer {keys['ada']}"):
        answer = httpx.get(f"{service}/v0/auth/check", headers={"Authorization": header})
        assert answer.status_code == 200, answer.text


def test_bad_keys_are_refused_before_anything_is_read(service, keys):
    editgroup = fatcat.Editgroup()
    for key in (None, "garbled", keys["ada"][:-5] + "aaaaa"):
        body = refused(401, client_of(service, key).create_editgroup, editgroup)
        assert '"success":false' in body
    assert client_of(service, None).get_changelog(limit=1) is not None


def test_key_made_here_ends_when_it_was_said(service, ada):
    me = ada.lookup_editor(username="ada")
    token = ada.create_auth_token(me.editor_id, duration_seconds=600).token
    assert client_of(service, token).auth_check().success is True
    refused(403, ada.create_auth_token, UNKNOWN)


def test_editgroups_of_others_are_not_edited(api, ada):
    entity = fatcat.CreatorEntity(display_name="mine")
    assert "not-allowed" in refused(403, ada.create_creator, opened(api), entity)
    group = opened(ada)
    assert api.create_creator(group, entity).editgroup_id == group
    refused(404, ada.create_creator, UNKNOWN, entity)


def test_key_of_an_editor_who_is_kept_out_is_refused(service, shared_database, api):
    with shared_database.connect() as connection:
        connection.autocommit = True
        key = make_key(connection, make_editor(connection, "mallory"))
    mallory = client_of(service, key.text())
    me = mallory.lookup_editor(username="mallory")
    me.is_active = False
    refused(403, mallory.update_editor, me.editor_id, me)
    assert api.update_editor(me.editor_id, me).is_active is False
    assert "bad-key" in refused(401, mallory.auth_check)


def test_content_that_was_taken_away_is_told(api, shared_database):
    first = creator(api, "private")
    applied(api, api.update_creator, first.ident, fatcat.CreatorEntity(display_name="public"))
    with shared_database.connect() as connection:
        root = from_ident(api.lookup_editor(username="root").editor_id)
        redact(connection, from_ident(first.ident), UUID(first.revision), root, "wanted so")
    assert "redacted" in refused(410, api.get_creator_revision, first.revision)
    back = fatcat.CreatorEntity(revision=first.revision)
    assert "redacted" in refused(410, api.update_creator, opened(api), first.ident, back)


def test_one_of_several_acceptances_at_once_wins(api, plain):
    group = opened(api)
    made = api.create_creator(group, fatcat.CreatorEntity(display_name="once"))
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: plain.post(f"/editgroup/{group}/accept"), range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 400, 400, 400]
    assert len(api.get_creator_history(made.ident)) == 1


# ------------------------------------------------------------------ batches


def test_batch_is_accepted_at_one_go_by_admins_alone(api, ada):
    names = [doi() for _ in range(3)]
    batch = fatcat.ReleaseAutoBatch(
        editgroup=fatcat.Editgroup(description="three", extra={"from": "here"}),
        entity_list=[
            fatcat.ReleaseEntity(title=name, ext_ids=fatcat.ReleaseExtIds(doi=name))
            for name in names
        ],
    )
    refused(403, ada.create_release_auto_batch, batch)
    made = api.create_release_auto_batch(batch)
    assert made.changelog_index == api.get_changelog(limit=1)[0].index
    assert (made.description, len(made.edits.releases), len(made.edits.works)) == ("three", 3, 3)
    assert [api.lookup_release(doi=name).title for name in names] == names
    before = api.get_changelog(limit=1)[0].index
    assert "identifier-taken" in refused(409, api.create_release_auto_batch, batch)
    batch.entity_list = []
    refused(400, api.create_release_auto_batch, batch)
    assert api.get_changelog(limit=1)[0].index == before
