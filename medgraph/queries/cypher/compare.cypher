UNWIND [$from_day, $to_day] AS day
CALL (day) {
  MATCH (n:MGNode {network: $network})
    WHERE (coalesce(n.valid_from, day) <= day OR n.status = 'planned') AND day <= coalesce(n.valid_to, day)
  RETURN [label IN labels(n) WHERE label <> 'MGNode' | substring(label, 2)][0] AS what, n.id AS source,
    null AS relation, null AS target, [] AS told
UNION ALL
  MATCH (a:MGNode {network: $network})-[r]->(b:MGNode)
    WHERE type(r) <> 'SUCCEEDED_BY' AND coalesce(r.valid_from, day) <= day <= coalesce(r.valid_to, day)
      AND all(n IN [a, b] WHERE day <= coalesce(n.valid_to, day)
        AND (coalesce(n.valid_from, day) <= day OR coalesce(n.status, '') = 'planned'))
  RETURN 'Link' AS what, a.id AS source, type(r) AS relation, b.id AS target,
    [coalesce(r.specialty, ''), coalesce(r.service, ''), coalesce(r.person, ''), coalesce(r.period, ''),
     coalesce(r.recipient, '')] AS told
}
WITH what, source, relation, target, told,
  count(CASE day WHEN $from_day THEN 1 END) AS before, count(CASE day WHEN $to_day THEN 1 END) AS after
  WHERE before <> after
RETURN what, CASE WHEN before < after THEN 'added' ELSE 'removed' END AS change, source, relation, target, told,
  abs(after - before) AS times
ORDER BY what, change, source, relation, target
