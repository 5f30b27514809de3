MATCH (net:MGNetwork {name: $network})
OPTIONAL MATCH (g:MGGroup {network: $network})
  WHERE coalesce(g.valid_from, $day) <= $day <= coalesce(g.valid_to, $day)
    AND coalesce(g.type, '') <> 'specialty_alliance' AND NOT coalesce(g.is_class, false)
WITH net, collect(g) AS groups
  WHERE coalesce(net['meta.links.SERVES.complete'], net['meta.links.complete'], '') = 'complete' AND
  all(id IN CASE groups WHEN [] THEN [''] ELSE [g IN groups | g.id] END WHERE 'complete' = coalesce(
    net['meta.links.MEMBER_OF.' + id + '.complete'], net['meta.links.MEMBER_OF.complete'],
    net['meta.links.complete'], ''))
MATCH (a:MGArea {network: $network})
  WHERE coalesce(a.valid_from, $day) <= $day <= coalesce(a.valid_to, $day)
WITH groups, a, coalesce(a.type, '') AS kind,
  all(id IN CASE groups WHEN [] THEN [''] ELSE [g IN groups | g.id] END WHERE 'complete' = coalesce(
    net['meta.links.LEADS.' + id + '.complete'], net['meta.links.LEADS.complete'],
    net['meta.links.complete'], '')) AS leads,
  CASE WHEN a.id =~ '([0-9]{2}){1,3}|[0-9]{9}|[0-9]{12}' THEN left(a.id + '0000000000', 12) ELSE '' END AS code
WITH groups, leads, a, code
  WHERE kind <> 'quasi_unit' AND NOT '400' <= substring(code, 6, 3) <= '599'
    AND CASE WHEN a.level IS NOT NULL THEN a.level = 'township'
             WHEN kind IN ['subdistrict', 'town', 'township'] THEN true
             WHEN kind IN ['province', 'city', 'county', 'village', 'community'] THEN false
             ELSE code ENDS WITH '000' AND NOT code ENDS WITH '000000' END
    AND NOT EXISTS {  // nobody at work serves it, nor a class that stands for several
      MATCH (f:MGFacility)-[s:SERVES]->(a)
      WHERE coalesce(s.valid_from, $day) <= $day <= coalesce(s.valid_to, $day) AND $day <= coalesce(f.valid_to, $day)
        AND CASE WHEN f.is_class THEN coalesce(f.valid_from, $day) <= $day OR f.status = 'planned'
                 ELSE coalesce(f.valid_from, $day) <= $day AND NOT coalesce(f.status, '') IN ['closed', 'suspended']
                  AND (coalesce(f.status, '') <> 'planned' OR f.valid_from IS NOT NULL) END
    }
    AND NOT EXISTS {  // nor a part of it
      MATCH (b:MGArea {network: $network})<-[s:SERVES]-(f:MGFacility)
      WHERE code <> '' AND b.id STARTS WITH left(code, 9) AND NOT coalesce(f.is_class, false)
        AND b.id =~ '[0-9]{9}|[0-9]{12}'
        AND all(x IN [b, s, f] WHERE coalesce(x.valid_from, $day) <= $day <= coalesce(x.valid_to, $day))
        AND NOT coalesce(f.status, '') IN ['closed', 'suspended']
        AND (coalesce(f.status, '') <> 'planned' OR f.valid_from IS NOT NULL)
        AND NOT (coalesce(f.type, '') IN ['village_clinic', 'community_health_station']
          OR (f.type IS NULL AND coalesce(f.ws218, '') =~ '(B200|D600)([^A-Z0-9]+(B200|D600))*'))
        AND (NOT leads OR EXISTS {  // who is in no group may lead one that nobody listed
          MATCH (f)-[i:LEADS|MEMBER_OF]->(g)
          WHERE g IN groups AND coalesce(i.valid_from, $day) <= $day <= coalesce(i.valid_to, $day)
        })
    }
RETURN a.id AS area, a.name AS name
ORDER BY area
