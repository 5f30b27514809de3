"""Calls as the documents make them; a type checker finds nothing wrong with any."""

import medgraph as mg

net = mg.samples.taizhou()
served = mg.coverage.served(net, level="township", as_of="2023-10-25")
if served.share is not None:
    met: int = served.share.met
areas: list[str] = served.frame["area"].tolist()
mg.coverage.access(net, travel=mg.coverage.StraightLine(40), minutes=(15,))
mg.coverage.access(net, speed_kmh=40)
mg.referrals.path(net, "TZ-P07", specialty="psychiatry")
mg.referrals.broken(net)
mg.sharing.unsupported(net, primary_only=True)
mg.dispatch.ledger(net, year=2023)
mg.resilience.dependents(net, "TZ-H01")
mg.teams.missing(net)
mg.alliances.members(net)
mg.policy.audit(net, "urban-2023")
mg.policy.audit(net, ["urban-2023", "county-2023"], as_of="2023-10-25")
plan = net.moved("TZ-P34", to_group="G2")
mg.compare(net, plan)
mg.compare(net, from_day="2023-01-01", to_day="2023-10-25")
mg.visuals.tile_map(net, color_by=served.status).save("grid.html")
mg.visuals.network_map(net)
mg.write(plan, "plan.xlsx")
mg.read("plan.xlsx", lenient=True)
net.applying([mg.changes.Move("TZ-P34", "G2")])
day = mg.Day(net)
certain: int = int(day.group.certain.sum())
try:
    mg.read("nowhere.xlsx")
except mg.errors.SourceError as error:
    codes: list[str] = [problem.code for problem in error.problems]
