MATCH (f:MGFacility {network: $network, id: $facility})-[i:LEADS|MEMBER_OF]->(g:MGGroup)<-[l:LEADS]-(lead:MGFacility)
  WHERE coalesce(g.type, '') <> 'specialty_alliance' AND f <> lead
    AND all(x IN [f, i, g, l, lead] WHERE coalesce(x.valid_from, $day) <= $day <= coalesce(x.valid_to, $day))
WITH DISTINCT f, lead
MATCH way = (f) ((a:MGFacility)-[u:REFERS_UP_TO]->(b:MGFacility)
  WHERE u.specialty IS NULL
    AND all(x IN [a, u, b] WHERE coalesce(x.valid_from, $day) <= $day <= coalesce(x.valid_to, $day))
    AND all(x IN [a, b] WHERE NOT coalesce(x.status, '') IN ['closed', 'suspended']
      AND (coalesce(x.status, '') <> 'planned' OR x.valid_from IS NOT NULL))
    AND NOT (  // a station refers to the township, not past it to a lead or a tertiary hospital
      (coalesce(a.type, '') IN ['village_clinic', 'community_health_station']
        OR (a.type IS NULL AND coalesce(a.ws218, '') =~ '(B200|D600)([^A-Z0-9]+(B200|D600))*'))
      AND (coalesce(b.level, '') STARTS WITH '3'
        OR (b.level IS NULL AND coalesce(b.type, '') = 'national_regional_medical_centre') OR EXISTS {
        MATCH (b)-[l:LEADS]->(g:MGGroup)
        WHERE coalesce(g.type, '') <> 'specialty_alliance'
          AND all(x IN [l, g] WHERE coalesce(x.valid_from, $day) <= $day <= coalesce(x.valid_to, $day))
      }))
  ){1,8} (lead)
WITH f, lead, way, CASE WHEN all(u IN relationships(way) WHERE u.minutes >= 0)
  THEN reduce(sum = 0.0, u IN relationships(way) | sum + u.minutes) END AS minutes
ORDER BY minutes, length(way)
LIMIT 1
RETURN lead.id AS target, lead.name AS target_name, minutes, length(way) AS steps, [n IN nodes(way) | n.id] AS path,
  CASE WHEN EXISTS {
    MATCH ANY (lead) ((a:MGFacility)-[d:REFERS_DOWN_TO]->(b:MGFacility)
      WHERE d.specialty IS NULL
        AND all(x IN [a, d, b] WHERE coalesce(x.valid_from, $day) <= $day <= coalesce(x.valid_to, $day))
        AND all(x IN [a, b] WHERE NOT coalesce(x.status, '') IN ['closed', 'suspended']
          AND (coalesce(x.status, '') <> 'planned' OR x.valid_from IS NOT NULL))
    )+ (f)
  } THEN 'reached' ELSE 'no_return' END AS status
