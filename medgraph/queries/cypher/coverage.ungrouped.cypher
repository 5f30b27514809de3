MATCH (net:MGNetwork {name: $network})
OPTIONAL MATCH (g:MGGroup {network: $network})
  WHERE coalesce(g.valid_from, $day) <= $day <= coalesce(g.valid_to, $day)
    AND coalesce(g.type, '') <> 'specialty_alliance' AND NOT coalesce(g.is_class, false)
WITH net, collect(g) AS groups
  WHERE all(id IN CASE groups WHEN [] THEN [''] ELSE [g IN groups | g.id] END WHERE 'complete' = coalesce(
    net['meta.links.LEADS.' + id + '.complete'], net['meta.links.LEADS.complete'],
    net['meta.links.complete'], ''))
    AND all(id IN CASE groups WHEN [] THEN [''] ELSE [g IN groups | g.id] END WHERE 'complete' = coalesce(
    net['meta.links.MEMBER_OF.' + id + '.complete'], net['meta.links.MEMBER_OF.complete'],
    net['meta.links.complete'], ''))
MATCH (f:MGFacility {network: $network})
  WHERE (coalesce(f.valid_from, $day) <= $day OR f.status = 'planned') AND $day <= coalesce(f.valid_to, $day)
    AND NOT coalesce(f.is_class, false) AND coalesce(f.status, '') <> 'closed'
    AND NOT EXISTS {
      MATCH (f)-[i:LEADS|MEMBER_OF]->(g)
      WHERE g IN groups AND coalesce(i.valid_from, $day) <= $day <= coalesce(i.valid_to, $day)
    }
RETURN f.id AS facility, f.name AS name, f.type AS type, f.status AS status
ORDER BY facility
