"""Release bodies as RDF: Turtle and RDF/XML with the vocabularies Crossref's RDF uses.

Dublin Core terms for the work, BIBO and PRISM for where it stands, FOAF for people; the order of
the authors is BIBO's `authorList`. rdflib writes it, and is read when the first graph is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal
from xml.sax.saxutils import escape, quoteattr

from nexus_hub.aquilo import csl, schema_org

if TYPE_CHECKING:
    from rdflib import Graph, URIRef
    from rdflib.term import Node

Syntax = Literal["turtle", "xml"]
PREFIXES: Mapping[str, str] = {
    "bibo": "http://purl.org/ontology/bibo/",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prism": "http://prismstandard.org/namespaces/basic/2.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
TYPES: Mapping[str, str] = {
    "article-journal": "AcademicArticle",
    "article-magazine": "Article",
    "article-newspaper": "Article",
    "article": "Article",
    "book": "Book",
    "chapter": "Chapter",
    "entry": "DocumentPart",
    "paper-conference": "AcademicArticle",
    "patent": "Patent",
    "periodical": "Periodical",
    "report": "Report",
    "standard": "Standard",
    "thesis": "Thesis",
    "webpage": "Webpage",
}
"""CSL item types -> classes of BIBO; what is missing here is a `Document`."""

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LITERALS: Mapping[str, tuple[str, ...]] = {
    "DOI": ("bibo:doi", "prism:doi", "dcterms:identifier"),
    "volume": ("bibo:volume", "prism:volume"),
    "issue": ("bibo:issue", "prism:number"),
    "page": ("bibo:pages", "prism:pageRange"),
    "number": ("bibo:number",),
    "edition": ("bibo:edition",),
    "publisher": ("dcterms:publisher",),
    "language": ("dcterms:language",),
    "abstract": ("dcterms:abstract",),
    "version": ("dcterms:hasVersion",),
}


def serialise(body: Mapping[str, Any], croid: str | None, syntax: Syntax) -> bytes:
    """One release as a document in UTF-8; the same body gives the same bytes."""
    built = graph(body, croid)
    if syntax == "turtle":
        return built.serialize(format="turtle", encoding="utf-8")
    return _xml(built)


def graph(body: Mapping[str, Any], croid: str | None = None) -> Graph:
    """One release as a graph about the link of its DOI, or about its CROID where it has none."""
    from rdflib import Graph, Namespace, URIRef

    item = csl.item(body, croid)
    out = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        out.bind(prefix, Namespace(namespace))
    work = URIRef(item["URL"] if "DOI" in item else f"urn:croid:{croid or 'unknown'}")
    facts = _Facts(out)
    facts.kind(work, "bibo:" + TYPES.get(item["type"], "Document"))
    facts.say(work, "dcterms:title", csl.plain(item.get("title", "")))
    for name, terms in _LITERALS.items():
        for term in terms:
            facts.say(work, term, item.get(name, ""))
    _put_pages(facts, work, item)
    facts.date(work, schema_org.date(item))
    for url in schema_org.licences(body):
        facts.link(work, "dcterms:license", URIRef(url))
    if croid:
        facts.link(work, "owl:sameAs", URIRef(f"urn:croid:{croid}"))
    _put_container(facts, work, item)
    for role, term in (("author", "dcterms:creator"), ("editor", "bibo:editor")):
        named = [
            _person(facts, f"{role}{n}", person)
            for n, person in enumerate(schema_org.people(body.get(role)), 1)
        ]
        for node in named:
            facts.link(work, term, node)
        facts.listed(work, f"bibo:{role}List", named, role)
    return out


class _Facts:
    """What is said in a graph; terms are written `prefix:name`, and nothing empty is said."""

    def __init__(self, out: Graph) -> None:
        self.out = out

    def term(self, name: str) -> URIRef:
        from rdflib import URIRef

        prefix, _, local = name.partition(":")
        return URIRef(PREFIXES[prefix] + local)

    def say(self, subject: Node, term: str, value: str, datatype: str | None = None) -> None:
        from rdflib import Literal

        if clean := _NOT_XML.sub("", value):
            kind = self.term(datatype) if datatype else None
            self.out.add((subject, self.term(term), Literal(clean, datatype=kind)))

    def link(self, subject: Node, term: str, value: Node) -> None:
        self.out.add((subject, self.term(term), value))

    def kind(self, subject: Node, name: str) -> None:
        from rdflib import RDF

        self.out.add((subject, RDF.type, self.term(name)))

    def date(self, subject: Node, date: str) -> None:
        kinds = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}
        # Year 0 is no year of XML Schema 1.0.
        if len(date) in kinds and not date.startswith("0000"):
            self.say(subject, "dcterms:date", date, kinds[len(date)])

    def listed(self, subject: Node, term: str, nodes: Sequence[Node], name: str) -> None:
        from rdflib import RDF, BNode

        if not nodes:
            return
        cells = [BNode(f"{name}List{n:05}") for n in range(len(nodes))]
        self.link(subject, term, cells[0])
        for cell, node, following in zip(cells, nodes, [*cells[1:], RDF.nil], strict=True):
            self.out.add((cell, RDF.first, node))
            self.out.add((cell, RDF.rest, following))


def _person(facts: _Facts, name: str, person: Mapping[str, Any]) -> Node:
    from rdflib import BNode, URIRef

    node = URIRef(person["@id"]) if "@id" in person else BNode(name)
    facts.kind(node, "foaf:Person" if person["@type"] == "Person" else "foaf:Organization")
    facts.say(node, "foaf:name", person["name"])
    facts.say(node, "foaf:givenName", person.get("givenName", ""))
    facts.say(node, "foaf:familyName", person.get("familyName", ""))
    return node


def _put_pages(facts: _Facts, work: Node, item: csl.Item) -> None:
    first, dash, last = item.get("page", "").replace("–", "-").partition("-")
    for prefix, start, end in (
        ("bibo", "pageStart", "pageEnd"),
        ("prism", "startingPage", "endingPage"),
    ):
        facts.say(work, f"{prefix}:{start}", first.strip())
        facts.say(work, f"{prefix}:{end}", last.strip() if dash else "")


def _put_container(facts: _Facts, work: Node, item: csl.Item) -> None:
    from rdflib import BNode, URIRef

    title = csl.plain(item.get("container-title", ""))
    issn, isbn = item.get("ISSN", ""), item.get("ISBN", "")
    is_whole = item["type"] in {"book", "periodical"}
    if not (title or issn) or is_whole:
        facts.say(work, "bibo:isbn", isbn)
        facts.say(work, "bibo:issn", issn)
        return
    node = URIRef(f"urn:issn:{issn}") if re.fullmatch(r"\d{4}-\d{3}[\dXx]", issn) else BNode("in")
    is_journal = bool(issn) and not isbn
    facts.kind(node, "bibo:Journal" if is_journal else "bibo:Collection")
    facts.say(node, "dcterms:title", title)
    facts.say(node, "bibo:shortTitle", csl.plain(item.get("container-title-short", "")))
    facts.say(node, "bibo:issn", issn)
    facts.say(node, "prism:issn", issn)
    facts.say(node, "bibo:isbn", isbn)
    facts.link(work, "dcterms:isPartOf", node)


def _xml(built: Graph) -> bytes:
    """A graph as RDF/XML, a description a subject, all in order.

    rdflib's own writer goes through sets, so that its bytes differ from process to process.
    """
    about: dict[Node, list[str]] = {}
    for subject, predicate, value in sorted(built, key=lambda said: [str(node) for node in said]):
        name = built.namespace_manager.qname(str(predicate))
        about.setdefault(subject, []).append(f"    {_property(name, value)}\n")
    head = "".join(f" xmlns:{prefix}={quoteattr(uri)}" for prefix, uri in PREFIXES.items())
    out = ['<?xml version="1.0" encoding="utf-8"?>\n', f"<rdf:RDF{head}>\n"]
    for subject, said in about.items():
        out += [f"  <rdf:Description {_node('about', subject)}>\n", *said]
        out.append("  </rdf:Description>\n")
    return "".join([*out, "</rdf:RDF>\n"]).encode()


def _property(name: str, value: Node) -> str:
    from rdflib import Literal

    if not isinstance(value, Literal):
        return f"<{name} {_node('resource', value)}/>"
    kind = f" rdf:datatype={quoteattr(str(value.datatype))}" if value.datatype else ""
    return f"<{name}{kind}>{escape(str(value), {chr(13): '&#13;'})}</{name}>"


def _node(attribute: str, node: Node) -> str:
    from rdflib import BNode

    name = "nodeID" if isinstance(node, BNode) else attribute
    return f"rdf:{name}={quoteattr(str(node))}"
