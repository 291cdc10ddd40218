import json
import pytest
from faults.flow import *
from nexus_hub.fulgora import service as fulgora
from nexus_hub.nauvis import service as nauvis
import time

def test_basic(fresh_database, tmp_path):
    with fresh_database.connect() as c:
        d = take_records(c, [record("10.5555/a"), record("10.5555/b", author=[author("X","University of Testing, Berlin, Germany")])])
        drain(fresh_database)
        print(verdicts(c, d)); print(bodies(c))

def test_dupes_in_load(fresh_database, tmp_path):
    with fresh_database.connect() as c:
        f = write_lines(tmp_path/"x.jsonl", [record("10.5555/a"), record("10.5555/b"), record("10.5555/a", "Two")])
        for t in nauvis.load(c, [f]): print(t); c.commit()
        drain(fresh_database)
        print(verdicts(c, t.deposits[0])); print(bodies(c)['10.5555/a']['title'])

def test_unchanged_same_deposit(fresh_database, tmp_path):
    with fresh_database.connect() as c:
        d0 = take_records(c, [record("10.5555/a")])
        drain(fresh_database)
        f = write_lines(tmp_path/"x.jsonl", [record("10.5555/a", "Two"), record("10.5555/a")])
        f2 = f
        body = json.dumps
        for t in nauvis.load(c, [f]): print(t); c.commit()
        drain(fresh_database)
        print(verdicts(c, t.deposits[0])); print(bodies(c)['10.5555/a']['title'])

def test_ror_change(fresh_database, tmp_path):
    with fresh_database.connect() as c:
        f = write_lines(tmp_path/"x.jsonl", [organisation(1,"A"), organisation(2,"B")])
        print(fulgora.load(c,"ror",f)); c.commit()
        drain(fresh_database)
        f = write_lines(tmp_path/"x.jsonl", [organisation(1,"A2", **changed("2021-01-01")), organisation(2,"B")])
        print(fulgora.load(c,"ror",f)); c.commit()
        drain(fresh_database)
        print({k: v['names'] for k,v in bodies(c,"ror").items()})

def test_crossref_bad_base(fresh_database, tmp_path):
    with fresh_database.connect() as c:
        f = write_lines(tmp_path/"x.jsonl", [{"DOI": "10.5555/a", "title": ["no type"]}])
        print(fulgora.load(c,"crossref",f)); c.commit()
        drain(fresh_database)
        d = take_records(c, [record("10.5555/a")])
        drain(fresh_database)
        print(verdicts(c, d), bodies(c))
