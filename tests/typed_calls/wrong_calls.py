"""Calls that a type checker must refuse: each line that ends with `# wrong` is an error, no other line is."""

# ruff: noqa: B018  (that an expression is useless is not what is wrong here)

import medgraph as mg
from medgraph.queries.policy import scoring

net = mg.samples.taizhou()

mg.covrage  # wrong
mg.coverage.servd(net)  # wrong
mg.coverage.served(net, lvel=3)  # wrong
mg.coverage.served(net, level=3)  # wrong
mg.coverage.served("roster.xlsx")  # wrong
mg.coverage.served()  # wrong
mg.coverage.served(net, "township")  # wrong
mg.coverage.served(net).shares  # wrong
mg.coverage.served(net).share.met  # wrong
mg.coverage.access(net, travel=40)  # wrong
mg.coverage.StraightLine("fast")  # wrong
mg.referrals.path(net)  # wrong
mg.referrals.path(net, "TZ-P07", speciality="psychiatry")  # wrong
mg.sharing.unsupported(net, primary=True)  # wrong
mg.dispatch.ledger(net, year="2023")  # wrong
mg.resilience.dependents(net, 7)  # wrong
mg.policy.audit(net)  # wrong
mg.policy.audit(net, "urban-2023", waiver=None)  # wrong
mg.compare(net, plan=net)  # wrong
mg.visuals.tile_map(net, colour_by=None)  # wrong
mg.visuals.tile_map(net).save()  # wrong
mg.read("roster.xlsx", lenient="yes")  # wrong
mg.read(net)  # wrong
mg.write("roster.xlsx", net)  # wrong
mg.Day(net).at_wrk  # wrong
mg.MedicalNetwork.from_frame  # wrong
net.node()  # wrong
net.moved("TZ-P34")  # wrong
net.find(34)  # wrong
net.meta = {}  # wrong
mg.changes.Move("TZ-P34")  # wrong
mg.errors.MedgraphError  # wrong
scoring.henn  # wrong
