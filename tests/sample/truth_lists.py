"""Works of the sample that have no record of their own among the real data, and why."""

from __future__ import annotations

from typing import Final

# Cited several times there; the number says how many authors those citations name.
OFTEN_CITED: Final = {
    "10.1016/0263-7855(96)00018-5": 3,
    "10.1016/j.tree.2009.03.020": 9,
    "10.1016/j.tree.2011.04.007": 4,
    "10.1023/a:1010933404324": 1,
    "10.1038/269471a0": 1,
    "10.1038/35098000": 5,
    "10.1038/nature08227": 10,
    "10.1073/pnas.1319030111": 7,
    "10.1109/mcse.2006.122": 1,
    "10.1109/mcse.2007.55": 1,
    "10.1126/science.1219805": 4,
    "10.12688/f1000research.3-62.v2": 1,
    "10.25080/majora-92bf1922-00a": 1,
    "10.3233/978-1-61499-649-1-87": 14,
}

# Title, date and object come from the list of updates (`retractions/open-retractions`).
NOTICES: Final = (
    "10.1016/s0140-6736(20)31324-6",
    "10.1038/ncomms13417",
    "10.1371/annotation/acddcd7d-0e2e-4abb-acbf-d5552fa286f8",
    "10.1371/journal.ppat.1004861",
    "10.4168/aair.2013.5.2.116",
)

# Not in the folder at all. "relation" names the one record whose link was added by hand.
VERIFIED_ELSEWHERE: Final = {
    "work": {
        "10.1016/s0140-6736(04)15715-2": "The Lancet's page of the partial retraction",
        "10.1016/s0140-6736(10)60175-4": "EPA HERO record of the retraction, volume and page",
        "10.1016/s0140-6736(20)31180-6": "PubMed 32450107",
        "10.1021/acs.jpcb.7b11820": "first page of the article; its preprint's record links here",
        "10.1029/2020ms002386": "NSF PAR 10451999; its preprint's record links here",
        "10.1038/ncomms4761": "MEDLINE 24781844, with affiliations",
        "10.1080/07420528.2018.1509867": "the journal's page; its preprint's record links here",
        "10.1371/journal.pone.0149151": "the journal's page, with affiliations; its correction",
        "10.3354/esr00889": "the authors' page; same title and authors as the preprint",
        "10.3390/app13052918": "the journal's page; its preprint's record links here",
        "10.35802/218300": "the Crossref record as the REST API gives it",
        "10.5194/acp-22-2365-2022": "the journal's page; its preprint's record links here",
        "10.7287/peerj.preprints.2512": "first page of the preprint; the article links here",
        "10.7554/elife.35014": "the journal's RIS export and first page",
    },
    "relation": {
        "10.7287/peerj.preprints.3508": "published as 10.3354/esr00889",
    },
}
