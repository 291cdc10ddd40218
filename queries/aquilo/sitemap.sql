-- name: sitemap_list :many
-- Where each page of so many works begins, in the order of CROIDs, and when its youngest revision
-- was made.
-- not null: first_croid
-- nullable: modified_at
SELECT
  p.croids[1] AS first_croid, p.modified_at
FROM (
  SELECT
    array_agg(n.croid ORDER BY n.croid) FILTER (WHERE n.place = 0) AS croids,
    max(n.modified_at) AS modified_at
  FROM (
    SELECT
      r.croid, uuid_extract_timestamp(i.revision_id) AS modified_at,
      (row_number() OVER (ORDER BY r.croid) - 1) % @size::integer AS place,
      (row_number() OVER (ORDER BY r.croid) - 1) / @size::integer AS page
    FROM catalog.release AS r JOIN catalog.ident AS i ON i.croid = r.croid
    WHERE r.doi IS NOT NULL
  ) AS n
  GROUP BY n.page
) AS p
ORDER BY p.croids[1];

-- name: sitemap_get :many
-- The works of a page, in the order of their CROIDs, and when their revisions were made.
-- not null: doi
-- nullable: modified_at
SELECT r.doi, uuid_extract_timestamp(i.revision_id) AS modified_at
FROM catalog.release AS r JOIN catalog.ident AS i ON i.croid = r.croid
WHERE r.croid >= @first_croid AND r.doi IS NOT NULL
ORDER BY r.croid
LIMIT @size;
