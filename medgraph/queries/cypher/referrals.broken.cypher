MATCH (net:MGNetwork {name: $network})
MATCH (a:MGFacility {network: $network})-[r:REFERS_UP_TO|REFERS_DOWN_TO]->(b:MGFacility)
  WHERE coalesce(r.valid_from, $day) <= $day <= coalesce(r.valid_to, $day)
WITH net, a, r, b, type(r) = 'REFERS_UP_TO' AS up,
  CASE type(r) WHEN 'REFERS_UP_TO' THEN 'REFERS_DOWN_TO' ELSE 'REFERS_UP_TO' END AS opposite,
  all(x IN [a, b] WHERE coalesce(x.valid_from, $day) <= $day <= coalesce(x.valid_to, $day)
    AND NOT coalesce(x.status, '') IN ['closed', 'suspended']
    AND (coalesce(x.status, '') <> 'planned' OR x.valid_from IS NOT NULL)) AS working,
  COLLECT {
    MATCH (a)-[i:LEADS|MEMBER_OF]->(g:MGGroup)
    WHERE coalesce(g.type, '') <> 'specialty_alliance'
      AND all(x IN [i, g] WHERE coalesce(x.valid_from, $day) <= $day <= coalesce(x.valid_to, $day)) RETURN g
  } AS groups_a,
  COLLECT {
    MATCH (b)-[i:LEADS|MEMBER_OF]->(g:MGGroup)
    WHERE coalesce(g.type, '') <> 'specialty_alliance'
      AND all(x IN [i, g] WHERE coalesce(x.valid_from, $day) <= $day <= coalesce(x.valid_to, $day)) RETURN g
  } AS groups_b,
  COLLECT {
    MATCH (x)-[l:LEADS]->(g:MGGroup)
    WHERE x IN [a, b] AND all(y IN [l, g] WHERE coalesce(y.valid_from, $day) <= $day <= coalesce(y.valid_to, $day))
    RETURN {node: x, type: coalesce(g.type, ''), specialty: g.specialty}
  } AS leads,
  COLLECT {
    MATCH (b)-[back:REFERS_UP_TO|REFERS_DOWN_TO]->(a)
    WHERE type(back) <> type(r) AND coalesce(back.valid_from, $day) <= $day <= coalesce(back.valid_to, $day)
    RETURN {specialty: back.specialty, minutes: CASE WHEN back.minutes >= 0 THEN back.minutes END}
  } AS back
WITH *, reduce(least = null, x IN [y IN back WHERE y.minutes IS NOT NULL | y.minutes] |
  CASE WHEN least IS NULL OR x < least THEN x ELSE least END) AS down
UNWIND [
  CASE WHEN NOT working THEN 'closed' END,
  CASE WHEN working AND up
    AND (coalesce(a.type, '') IN ['village_clinic', 'community_health_station']
      OR (a.type IS NULL AND coalesce(a.ws218, '') =~ '(B200|D600)([^A-Z0-9]+(B200|D600))*'))
    AND (b.level STARTS WITH '3' OR (b.level IS NULL AND b.type = 'national_regional_medical_centre')
      OR any(l IN leads WHERE l.node = b AND l.type <> 'specialty_alliance')) THEN 'level_skip' END,
  CASE WHEN working AND EXISTS {
    MATCH ANY (b) ((x:MGFacility)-[s:REFERS_UP_TO|REFERS_DOWN_TO]->(y:MGFacility)
      WHERE type(s) = type(r) AND all(z IN [x, s, y] WHERE
          coalesce(z.valid_from, $day) <= $day <= coalesce(z.valid_to, $day))
        AND all(z IN [x, y] WHERE NOT coalesce(z.status, '') IN ['closed', 'suspended']
          AND (coalesce(z.status, '') <> 'planned' OR z.valid_from IS NOT NULL)))* (a)
  } THEN 'loop' END,
  CASE WHEN working AND none(g IN groups_a WHERE g IN groups_b)
    AND none(l IN leads WHERE l.type = 'specialty_alliance')
    AND none(x IN [a, b] WHERE coalesce(x.type, '') = 'national_regional_medical_centre')
    AND all(x IN [a, b] WHERE x.type IS NOT NULL OR NOT coalesce(x.ws218, 'A100') CONTAINS 'A100')
    AND coalesce(net['meta.links.MEMBER_OF.complete'], net['meta.links.complete'], '') = 'complete'
    AND none(key IN keys(net) WHERE key STARTS WITH 'meta.links.MEMBER_OF.' AND net[key] = 'partial')
    AND (coalesce(net['meta.links.LEADS.complete'], net['meta.links.complete'], '') = 'complete'
      OR all(x IN [a, b] WHERE coalesce(x.type, '') IN ['central_township_health_centre', 'community_health_centre',
        'community_health_station', 'subdistrict_health_centre', 'township_health_centre', 'village_clinic']))
    THEN 'out_of_group' END,
  CASE WHEN up AND r.specialty IS NOT NULL AND b.specialties IS NOT NULL AND (b.is_class
    OR NOT (r.specialty IN split(b.specialties, '|')
      OR any(l IN leads WHERE l.node = b AND l.type = 'specialty_alliance' AND coalesce(l.specialty, '') = r.specialty)
      OR r.specialty IN CASE coalesce(b.type, '') WHEN 'tcm_hospital' THEN ['tcm']
        WHEN 'psychiatric_hospital' THEN ['psychiatry'] WHEN 'rehabilitation_hospital' THEN ['rehabilitation']
        WHEN 'maternity_hospital' THEN ['obstetrics', 'mch'] WHEN 'childrens_hospital' THEN ['paediatrics']
        WHEN 'women_children_hospital' THEN ['mch', 'obstetrics', 'paediatrics']
        WHEN 'mch_institution' THEN ['mch'] ELSE [] END))
    AND (coalesce(net['meta.links.LEADS.complete'], net['meta.links.complete'], '') = 'complete'
      OR coalesce(b.type, '') IN ['central_township_health_centre', 'community_health_centre',
        'community_health_station', 'subdistrict_health_centre', 'township_health_centre', 'village_clinic']) THEN 'lacks_specialty' END,
  CASE WHEN up AND r.minutes >= 0 AND (r.minutes > down AND r.minutes >= 1.5 * down
    OR down > r.minutes AND down >= 1.5 * r.minutes) THEN 'asymmetric_minutes' END,
  CASE WHEN none(x IN back WHERE coalesce(x.specialty, '') IN ['', coalesce(r.specialty, '')])
    AND coalesce(net['meta.links.' + opposite + '.complete'], net['meta.links.complete'], '') = 'complete'
    THEN CASE WHEN up THEN 'up_without_down' ELSE 'down_without_up' END END
] AS status
WITH a, r, b, status WHERE status IS NOT NULL
RETURN a.id AS source, type(r) AS relation, b.id AS target, status
ORDER BY status, source, target
