MATCH (net:MGNetwork {name: $network})
OPTIONAL MATCH (g:MGGroup {network: $network})
  WHERE coalesce(g.valid_from, $day) <= $day <= coalesce(g.valid_to, $day)
    AND coalesce(g.type, '') <> 'specialty_alliance' AND NOT coalesce(g.is_class, false)
WITH net, collect(g) AS groups
WITH groups,
  coalesce(net['meta.links.SERVES.complete'], net['meta.links.complete'], '') = 'complete' AND
  all(id IN CASE groups WHEN [] THEN [''] ELSE [g IN groups | g.id] END WHERE 'complete' = coalesce(
    net['meta.links.MEMBER_OF.' + id + '.complete'], net['meta.links.MEMBER_OF.complete'],
    net['meta.links.complete'], '')) AS complete,
  all(id IN CASE groups WHEN [] THEN [''] ELSE [g IN groups | g.id] END WHERE 'complete' = coalesce(
    net['meta.links.LEADS.' + id + '.complete'], net['meta.links.LEADS.complete'],
    net['meta.links.complete'], '')) AS leads
MATCH (a:MGArea {network: $network})
  WHERE coalesce(a.valid_from, $day) <= $day <= coalesce(a.valid_to, $day)
WITH groups, complete, leads, a, coalesce(a.type, '') AS kind,
  CASE WHEN a.id =~ '([0-9]{2}){1,3}|[0-9]{9}|[0-9]{12}' THEN left(a.id + '0000000000', 12) ELSE '' END AS code
WITH groups, complete, leads, a, code, kind = 'quasi_unit' OR '400' <= substring(code, 6, 3) <= '599' AS quasi,
  CASE WHEN a.level IS NOT NULL THEN a.level
       WHEN kind IN ['subdistrict', 'town', 'township', 'quasi_unit'] THEN 'township'
       WHEN kind IN ['province', 'city', 'county', 'village', 'community'] THEN 'another'
       WHEN code ENDS WITH '000' AND NOT code ENDS WITH '000000' THEN 'township'
       WHEN code = '' THEN 'unknown' ELSE 'another' END AS level
  WHERE level IN ['township', 'unknown']
OPTIONAL MATCH (f:MGFacility)-[s:SERVES]->(a)
  WHERE coalesce(s.valid_from, $day) <= $day <= coalesce(s.valid_to, $day)
    AND (coalesce(f.valid_from, $day) <= $day OR f.status = 'planned') AND $day <= coalesce(f.valid_to, $day)
WITH groups, complete, leads, a, code, quasi, level, f,
  CASE WHEN f.is_class THEN 'class'
       WHEN coalesce(f.valid_from, $day) <= $day AND NOT coalesce(f.status, '') IN ['closed', 'suspended']
        AND (coalesce(f.status, '') <> 'planned' OR f.valid_from IS NOT NULL) THEN 'at work' END AS state
OPTIONAL MATCH (f)-[i:LEADS|MEMBER_OF]->(g)
  WHERE state = 'at work' AND g IN groups
    AND coalesce(i.valid_from, $day) <= $day <= coalesce(i.valid_to, $day)
WITH complete, leads, a, code, quasi, level, groups, collect(DISTINCT g.id) AS serving,
  collect(DISTINCT CASE WHEN g IS NOT NULL THEN f.id END) AS members,
  collect(DISTINCT CASE WHEN g IS NULL AND state = 'at work' THEN f.id END) AS loose,
  collect(DISTINCT CASE state WHEN 'class' THEN f.id END) AS classes
RETURN a.id AS area, a.name AS name, serving AS group,
  CASE members WHEN [] THEN loose ELSE members END AS facilities,
  CASE WHEN quasi THEN 'excluded'
       WHEN level = 'unknown' THEN 'unknown'
       WHEN members <> [] THEN 'served'
       WHEN loose <> [] OR classes <> [] OR NOT complete THEN 'unknown'
       WHEN EXISTS {
         MATCH (b:MGArea {network: $network})<-[s:SERVES]-(f:MGFacility)
         WHERE code <> '' AND b.id STARTS WITH left(code, 9) AND NOT coalesce(f.is_class, false)
           AND b.id =~ '[0-9]{9}|[0-9]{12}' AND coalesce(b.valid_from, $day) <= $day <= coalesce(b.valid_to, $day)
           AND all(x IN [f, s] WHERE coalesce(x.valid_from, $day) <= $day <= coalesce(x.valid_to, $day))
           AND NOT coalesce(f.status, '') IN ['closed', 'suspended']
           AND (coalesce(f.status, '') <> 'planned' OR f.valid_from IS NOT NULL)
           AND NOT (coalesce(f.type, '') IN ['village_clinic', 'community_health_station']
             OR (f.type IS NULL AND coalesce(f.ws218, '') =~ '(B200|D600)([^A-Z0-9]+(B200|D600))*'))
           AND (NOT leads OR EXISTS {  // who is in no group may lead one that nobody listed
             MATCH (f)-[i:LEADS|MEMBER_OF]->(g)
             WHERE g IN groups AND coalesce(i.valid_from, $day) <= $day <= coalesce(i.valid_to, $day)
           })
       } THEN 'unknown'
       ELSE 'gap' END AS status
ORDER BY area
