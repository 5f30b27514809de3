MATCH (net:MGNetwork {name: $network})
MATCH (g:MGGroup {network: $network})
  WHERE coalesce(g.valid_from, $day) <= $day <= coalesce(g.valid_to, $day)
    AND coalesce(g.type, '') <> 'specialty_alliance' AND NOT coalesce(g.is_class, false)
WITH g, all(relation IN ['HOSTS_CENTRE', 'MEMBER_OF', 'LEADS'] WHERE 'complete' = coalesce(
    net['meta.links.' + relation + '.' + g.id + '.complete'], net['meta.links.' + relation + '.complete'],
    net['meta.links.complete'], '')) AS complete,
  COLLECT {
    MATCH (f:MGFacility)-[i:LEADS|MEMBER_OF]->(g)
    WHERE NOT coalesce(f.is_class, false) AND NOT coalesce(f.status, '') IN ['closed', 'suspended']
      AND (coalesce(f.status, '') <> 'planned' OR f.valid_from IS NOT NULL)
      AND all(x IN [f, i] WHERE coalesce(x.valid_from, $day) <= $day <= coalesce(x.valid_to, $day)) RETURN DISTINCT f
  } AS inside,
  COLLECT {
    MATCH (f:MGFacility {network: $network})-[h:HOSTS_CENTRE]->(c:MGSharedCentre)
    WHERE NOT coalesce(f.status, '') IN ['closed', 'suspended']
      AND (coalesce(f.status, '') <> 'planned' OR f.valid_from IS NOT NULL)
      AND c.type IS NOT NULL
      AND all(x IN [f, h] WHERE coalesce(x.valid_from, $day) <= $day <= coalesce(x.valid_to, $day))
    RETURN DISTINCT c.type
  } AS named
UNWIND ['laboratory', 'imaging', 'ecg', 'pathology', 'sterile_supply'] + named AS kind
WITH DISTINCT g, complete, inside, kind
OPTIONAL MATCH (f:MGFacility)-[h:HOSTS_CENTRE]->(c:MGSharedCentre)
  WHERE f IN inside AND c.type = kind AND NOT coalesce(c.status, '') IN ['closed', 'suspended']
    AND (coalesce(c.status, '') <> 'planned' OR c.valid_from IS NOT NULL)
    AND all(x IN [h, c] WHERE coalesce(x.valid_from, $day) <= $day <= coalesce(x.valid_to, $day))
WITH g, complete, inside, kind, collect(DISTINCT f) AS hosts, collect(DISTINCT c) AS centres
WITH g, kind, hosts, centres, complete AND NOT EXISTS {  // it states no kind, is of a class, or planned without a day
    MATCH (g)<-[i:LEADS|MEMBER_OF]-(f:MGFacility)-[h:HOSTS_CENTRE]->(c:MGSharedCentre)
    WHERE coalesce(c.type, kind) = kind
      AND all(x IN [f, c] WHERE NOT coalesce(x.status, '') IN ['closed', 'suspended'])
      AND all(x IN [f, i, h, c] WHERE coalesce(x.valid_from, $day) <= $day <= coalesce(x.valid_to, $day))
  } AS complete,
  [f IN inside WHERE NOT (coalesce(f.type, '') IN ['village_clinic', 'community_health_station']
    OR (f.type IS NULL AND coalesce(f.ws218, '') =~ '(B200|D600)([^A-Z0-9]+(B200|D600))*'))] AS members
RETURN g.id AS group, g.name AS name, kind, [c IN centres | c.name] AS centre, [f IN hosts | f.name] AS host,
  size([f IN members WHERE f IN hosts OR EXISTS {
    MATCH (f)-[u:USES_CENTRE]->(c)
    WHERE c IN centres AND coalesce(u.valid_from, $day) <= $day <= coalesce(u.valid_to, $day)
  }]) AS using, size(members) AS members,
  CASE WHEN hosts <> [] THEN 'hosted' WHEN complete THEN 'missing' ELSE 'unknown' END AS status
ORDER BY group, kind
