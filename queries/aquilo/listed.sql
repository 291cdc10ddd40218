-- name: listed_list :many
-- Members, prefixes, funders, journals or licences, by words of their names, a page at a time.
-- not null: *
SELECT
  l.id, array_agg(DISTINCT l.name ORDER BY l.name) AS names,
  array_agg(DISTINCT l.detail ORDER BY l.detail) AS details,
  -- Who deposits here says how it is called, then a registry, then works.
  (array_agg(l.name ORDER BY l.is_here DESC, l.origin = 'works', l.name))[1] AS name,
  bool_or(l.is_here) AS is_here, array_agg(DISTINCT l.origin ORDER BY l.origin) AS origins,
  jsonb_agg(DISTINCT jsonb_build_array(l.detail, l.name)) AS pairs
FROM aquilo.listing AS l
WHERE
  l.collection = @collection
  AND (length(l.id), l.id) > (@after_length::integer, @after_id::text)
  AND (sqlc.narg('words')::text IS NULL OR l.search @@ aquilo.write_query(sqlc.narg('words')::text))
  AND (sqlc.narg('detail')::text IS NULL OR lower(l.detail) = lower(sqlc.narg('detail')::text))
  AND (sqlc.narg('ids')::text[] IS NULL OR l.id = ANY(sqlc.narg('ids')::text[]))
GROUP BY l.id
ORDER BY length(l.id), l.id
LIMIT @limit_count OFFSET @offset_count;

-- name: listed_count :one
-- How many members, prefixes, funders, journals or licences there are of this.
-- always one row
-- not null: *
SELECT count(DISTINCT l.id) AS listed_count
FROM aquilo.listing AS l
WHERE
  l.collection = @collection
  AND (sqlc.narg('words')::text IS NULL OR l.search @@ aquilo.write_query(sqlc.narg('words')::text))
  AND (sqlc.narg('detail')::text IS NULL OR lower(l.detail) = lower(sqlc.narg('detail')::text))
  AND (sqlc.narg('ids')::text[] IS NULL OR l.id = ANY(sqlc.narg('ids')::text[]));

-- name: listed_get :many
-- What there is of one member, prefix, funder or licence.
-- not null: *
SELECT l.id, l.name, l.detail, l.is_here, l.origin FROM aquilo.listing AS l
WHERE l.collection = @collection AND l.id = @id
ORDER BY l.is_here DESC, l.origin = 'works', l.name, l.detail;

-- name: listed_journal :many
-- What there is of the journal with an ISSN.
-- not null: *
SELECT l.id, l.name, l.detail FROM aquilo.listed AS l
WHERE l.collection = 'journals' AND string_to_array(l.id, ',') @> ARRAY[@issn::text]
ORDER BY length(l.id) DESC, l.name, l.detail;

-- name: listed_counts :one
-- How many works have one of these terms, how many are current, and how many there are by year.
-- always one row
-- not null: *
SELECT c.total, c.current, c.by_year
FROM aquilo.count_term(@terms::text[], @since::date) AS c (total, current, by_year);

-- name: listed_type_list :many
-- What a work can be.
-- not null: *
SELECT t.record_type AS id, aquilo.fold_value('label', t.record_type) AS label
FROM catalog.record_type AS t
ORDER BY t.record_type;

-- name: listed_agency_get :one
-- Where a work is registered: its DOI, what its record says, and whether its prefix is of a member.
SELECT
  r.doi,
  EXISTS(
    SELECT FROM nauvis.prefix AS p WHERE p.prefix = r.prefix AND p.owned @> current_date
  ) AS is_here,
  (
    SELECT substr(t.term, 8) FROM aquilo.document AS d CROSS JOIN unnest(d.terms) AS t (term)
    WHERE d.croid = r.croid AND starts_with(t.term, 'source=') ORDER BY t.term LIMIT 1
  ) AS source
FROM croid.identifier AS i JOIN catalog.release AS r ON r.croid = i.croid
WHERE i.scheme = 'doi' AND i.value = @doi;

-- name: listed_counts_list :many
-- The same of each of these terms.
-- not null: *
SELECT t.term, c.total, c.current, c.by_year
FROM unnest(@terms::text[]) AS t (term)
CROSS JOIN LATERAL aquilo.count_term(ARRAY[t.term], @since::date) AS c (total, current, by_year);

-- name: listed_member_by_count :many
-- The numbers of the members with so many current works, and so many older ones.
-- not null: *
SELECT substr(t.term, 8) AS id
FROM aquilo.document AS d CROSS JOIN unnest(d.terms) AS t (term)
WHERE starts_with(t.term, 'member=')
GROUP BY t.term
HAVING
  coalesce(count(*) FILTER (WHERE d.issued_on >= @since::date) = sqlc.narg('current')::bigint, true)
  AND coalesce(count(*) FILTER (WHERE d.issued_on < @since::date) = sqlc.narg('backfile')::bigint, true);
