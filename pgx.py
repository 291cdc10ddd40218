import psycopg, time
log=open('/tmp/reads-dev/hold.log').read().split(); owner=log[log.index("READY")+2]
with psycopg.connect(owner) as c:
    dois=[d for (d,) in c.execute("SELECT doi FROM catalog.release WHERE doi IS NOT NULL ORDER BY md5(doi) LIMIT 16")]
    q="""EXPLAIN (ANALYZE, BUFFERS) SELECT
  d.value AS asked, i.croid, i.state::text AS state, i.redirect_to, w.revision_id, w.doi, w.index,
  w.reference_count, w.cited_by_count, w.created_at, w.deposited_at, w.indexed_at, w.updated_by
FROM croid.identifier AS d
JOIN catalog.ident AS i ON i.croid = d.croid
LEFT JOIN aquilo.work AS w ON w.croid = i.croid
WHERE d.scheme = 'doi' AND d.value = ANY(%s::text[]) AND i.is_live"""
    c.execute(q,[dois])
    for (l,) in c.execute(q,[dois]): print(l)
