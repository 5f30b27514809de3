MATCH (stop:MGFacility {network: $network, id: $facility})
MATCH (f:MGFacility {network: $network})
  WHERE f <> stop AND all(x IN [f, stop] WHERE NOT coalesce(x.is_class, false)
    AND coalesce(x.valid_from, $day) <= $day <= coalesce(x.valid_to, $day)
    AND NOT coalesce(x.status, '') IN ['closed', 'suspended']
    AND (coalesce(x.status, '') <> 'planned' OR x.valid_from IS NOT NULL))
CALL (f, stop) {
  // who leads its groups
  MATCH (f)-[i:LEADS|MEMBER_OF]->(g:MGGroup)<-[l:LEADS]-(o:MGFacility)
  WHERE coalesce(g.type, '') <> 'specialty_alliance' AND NOT coalesce(g.is_class, false)
    AND all(x IN [i, g, l] WHERE coalesce(x.valid_from, $day) <= $day <= coalesce(x.valid_to, $day))
  RETURN 'lead' AS loses, o
UNION
  // (a lead is its own lead, also where nobody else is a member)
  MATCH (f)-[l:LEADS]->(g:MGGroup)
  WHERE coalesce(g.type, '') <> 'specialty_alliance' AND NOT coalesce(g.is_class, false)
    AND all(x IN [g, l] WHERE coalesce(x.valid_from, $day) <= $day <= coalesce(x.valid_to, $day))
  RETURN 'lead' AS loses, f AS o
UNION
  // who sends it staff
  MATCH (o:MGFacility)-[d:DISPATCHES]->(f)
  WHERE o <> f AND coalesce(d.valid_from, $day) <= $day <= coalesce(d.valid_to, $day)
  RETURN 'staff' AS loses, o
UNION
  // who hosts the centres that it uses, kind by kind
  MATCH (f)-[u:USES_CENTRE]->(c:MGSharedCentre)<-[h:HOSTS_CENTRE]-(o:MGFacility)
  WHERE c.type IS NOT NULL
    AND all(x IN [u, c, h] WHERE coalesce(x.valid_from, $day) <= $day <= coalesce(x.valid_to, $day))
  RETURN c.type AS loses, o
UNION
  MATCH (f)-[h:HOSTS_CENTRE]->(c:MGSharedCentre)
  WHERE c.type IS NOT NULL
    AND all(x IN [c, h] WHERE coalesce(x.valid_from, $day) <= $day <= coalesce(x.valid_to, $day))
  RETURN c.type AS loses, f AS o
UNION
  MATCH (f)-[t:TELEMEDICINE]-(o:MGFacility)
  WHERE coalesce(t.valid_from, $day) <= $day <= coalesce(t.valid_to, $day)
  RETURN 'telemedicine' AS loses, o
UNION
  // every way up: the stopped one stands for all, where no way goes round it
  WITH f, stop, stop AS o WHERE EXISTS {
    MATCH ANY (f) ((a:MGFacility)-[u:REFERS_UP_TO]->(b:MGFacility)
      WHERE all(x IN [a, u, b] WHERE coalesce(x.valid_from, $day) <= $day <= coalesce(x.valid_to, $day))
        AND all(x IN [a, b] WHERE NOT coalesce(x.is_class, false)
          AND NOT coalesce(x.status, '') IN ['closed', 'suspended']
          AND (coalesce(x.status, '') <> 'planned' OR x.valid_from IS NOT NULL)))+ (goal)
    WHERE coalesce(goal.level, '') STARTS WITH '3' OR EXISTS {
      MATCH (goal)-[l:LEADS]->(g:MGGroup)
      WHERE coalesce(g.type, '') <> 'specialty_alliance' AND NOT coalesce(g.is_class, false)
        AND all(x IN [l, g] WHERE coalesce(x.valid_from, $day) <= $day <= coalesce(x.valid_to, $day)) }
  } AND NOT EXISTS {
    MATCH ANY (f) ((a:MGFacility)-[u:REFERS_UP_TO]->(b:MGFacility)
      WHERE b <> stop
        AND all(x IN [a, u, b] WHERE coalesce(x.valid_from, $day) <= $day <= coalesce(x.valid_to, $day))
        AND all(x IN [a, b] WHERE NOT coalesce(x.is_class, false)
          AND NOT coalesce(x.status, '') IN ['closed', 'suspended']
          AND (coalesce(x.status, '') <> 'planned' OR x.valid_from IS NOT NULL)))* (goal)
    WHERE coalesce(goal.level, '') STARTS WITH '3' OR EXISTS {
      MATCH (goal)-[l:LEADS]->(g:MGGroup)
      WHERE coalesce(g.type, '') <> 'specialty_alliance' AND NOT coalesce(g.is_class, false)
        AND all(x IN [l, g] WHERE coalesce(x.valid_from, $day) <= $day <= coalesce(x.valid_to, $day)) }
  }
  RETURN 'referral_path' AS loses, o
}
WITH f, stop, loses, o
  WHERE NOT coalesce(o.is_class, false) AND coalesce(o.valid_from, $day) <= $day <= coalesce(o.valid_to, $day)
    AND NOT coalesce(o.status, '') IN ['closed', 'suspended']
    AND (coalesce(o.status, '') <> 'planned' OR o.valid_from IS NOT NULL)
WITH f, stop, loses, collect(DISTINCT o) AS sources
  WHERE sources = [stop]
RETURN f.id AS facility, f.name AS name, loses
ORDER BY loses, facility
