MATCH (net:MGNetwork {name: $network})
OPTIONAL MATCH (g:MGGroup {network: $network})
  WHERE coalesce(g.valid_from, $day) <= $day <= coalesce(g.valid_to, $day)
    AND coalesce(g.type, '') <> 'specialty_alliance' AND NOT coalesce(g.is_class, false)
WITH net, collect(g) AS groups
MATCH (f:MGFacility {network: $network})
  WHERE NOT coalesce(f.is_class, false) AND coalesce(f.valid_from, $day) <= $day <= coalesce(f.valid_to, $day)
    AND NOT coalesce(f.status, '') IN ['closed', 'suspended']
    AND (coalesce(f.status, '') <> 'planned' OR f.valid_from IS NOT NULL)
    AND NOT (coalesce(f.type, '') IN ['village_clinic', 'community_health_station']
      OR (f.type IS NULL AND coalesce(f.ws218, '') =~ '(B200|D600)([^A-Z0-9]+(B200|D600))*'))
WITH net, groups, f, COLLECT {
  MATCH (f)-[i:LEADS|MEMBER_OF]->(g)
  WHERE g IN groups AND coalesce(i.valid_from, $day) <= $day <= coalesce(i.valid_to, $day) RETURN DISTINCT g
} AS own
WHERE NOT EXISTS {  // the lead of a group supports, and is not asked
    MATCH (f)-[l:LEADS]->(g)
    WHERE g IN groups AND coalesce(l.valid_from, $day) <= $day <= coalesce(l.valid_to, $day)
  }
  AND NOT EXISTS {
    MATCH (o:MGFacility)-[r:DISPATCHES|SINKS_SLOTS|SINKS_BEDS|SINKS_RESOURCES_TO|TELEMEDICINE]-(f)
    WHERE (type(r) = 'TELEMEDICINE' OR (endNode(r) = f AND o <> f)) AND NOT coalesce(o.is_class, false)
      AND all(x IN [r, o] WHERE coalesce(x.valid_from, $day) <= $day <= coalesce(x.valid_to, $day))
      AND NOT coalesce(o.status, '') IN ['closed', 'suspended']  // planned without a day: it may be at work
  }
  AND NOT EXISTS {
    MATCH (f)-[u:USES_CENTRE]->(c:MGSharedCentre)<-[h:HOSTS_CENTRE]-(o:MGFacility)
    WHERE o <> f AND NOT coalesce(o.is_class, false)
      AND all(x IN [c, o] WHERE NOT coalesce(x.status, '') IN ['closed', 'suspended'])
      AND all(x IN [u, c, h, o] WHERE coalesce(x.valid_from, $day) <= $day <= coalesce(x.valid_to, $day))
  }
  AND NOT EXISTS {  // what is sunk to the whole group may reach it
    MATCH ()-[r:SINKS_SLOTS|SINKS_BEDS|SINKS_RESOURCES_TO]->(g)
    WHERE g IN own AND coalesce(r.valid_from, $day) <= $day <= coalesce(r.valid_to, $day)
  }
  AND (coalesce(net['meta.links.HOSTS_CENTRE.complete'], net['meta.links.complete'], '') = 'complete' OR NOT EXISTS {
    MATCH (f)-[u:USES_CENTRE]->()  // another may host the centre that it uses
    WHERE coalesce(u.valid_from, $day) <= $day <= coalesce(u.valid_to, $day)
  })
  AND all(relation IN ['DISPATCHES', 'SINKS_SLOTS', 'SINKS_BEDS', 'SINKS_RESOURCES_TO', 'USES_CENTRE', 'TELEMEDICINE'] +
    CASE WHEN EXISTS {  // it may be in a group that something is sunk to
      MATCH ()-[r:SINKS_SLOTS|SINKS_BEDS|SINKS_RESOURCES_TO]->(g)
      WHERE g IN groups AND coalesce(r.valid_from, $day) <= $day <= coalesce(r.valid_to, $day)
    } THEN ['MEMBER_OF'] ELSE [] END WHERE
    coalesce(net['meta.links.' + relation + '.complete'], net['meta.links.complete'], '') = 'complete'
    OR groups <> [] AND all(g IN CASE size(own) WHEN 1 THEN own ELSE groups END WHERE 'complete' = coalesce(
      net['meta.links.' + relation + '.' + g.id + '.complete'], net['meta.links.' + relation + '.complete'],
      net['meta.links.complete'], '')))
RETURN f.id AS facility, f.name AS name, f.type AS type, [g IN own | g.id] AS group
ORDER BY facility
