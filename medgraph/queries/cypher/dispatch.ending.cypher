MATCH (from:MGFacility {network: $network})-[p:DISPATCHES]->(to:MGFacility)
  WHERE NOT coalesce(from.is_class, false) AND NOT coalesce(to.is_class, false)
    AND coalesce(p.valid_from, $day) <= $day AND $day <= p.valid_to <= $day + duration({days: $within_days})
RETURN from.id AS source, from.name AS source_name, to.id AS target, to.name AS target_name, p.person AS person,
  p.valid_to AS end, duration.inDays($day, p.valid_to).days AS days_left,
  COLLECT {
    MATCH (who)-[next:DISPATCHES]->(to)
    WITH who, next, p.valid_to + duration({days: 1}) AS after
    WHERE next <> p AND coalesce(next.valid_from, after) <= after <= coalesce(next.valid_to, after)
    RETURN who.id
  } AS followed_by
ORDER BY end, source, target
