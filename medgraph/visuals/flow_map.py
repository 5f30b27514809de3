"""Draw planned against observed referrals: as planned, planned but unused, past the plan."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pandas as pd

from medgraph.errors import OptionError
from medgraph.graphmodel.day import Day
from medgraph.visuals import style, svg
from medgraph.visuals.arguments import check_frame, check_map
from medgraph.visuals.figure import Figure
from medgraph.visuals.flow_scene import (
    LABEL,
    ROW,
    STATES,
    TOP,
    FlowEnd,
    FlowLink,
    FlowScene,
    flow_scene,
    shown_count,
)
from medgraph.visuals.node_names import stamps
from medgraph.words.joining import title_without_ends
from medgraph.words.say import language, say, speaking
from medgraph.words.stamps import title_of

if TYPE_CHECKING:
    import datetime

    from medgraph.graphmodel.network import MedicalNetwork

WIDTH, MARGIN = 1180, 18
LEFT, RIGHT, BAR = 300, 850, 8
_SMALL = 13
_NAMED = 30  # groups in the legend
_RELATIONS = {"up": "REFERS_UP_TO", "down": "REFERS_DOWN_TO"}
# Colour and dashes; red is kept for what the plan does not know.
_LOOKS: dict[str, tuple[str, str | None]] = {
    "unused": (style.FAINT, "5 4"),
    "used": (style.BLUE, None),
    "unplanned": (style.PROBLEM, None),
    "protected": (style.BLUE, "1.5 4"),
}


def flow_map(
    net: MedicalNetwork,
    flows: pd.DataFrame,
    *,
    direction: str = "up",
    as_of: datetime.date | str | None = None,
    lang: str | None = None,
) -> Figure:
    """Draw each referral from its sender (left) to its receiver (right), as wide as its volume.

    A planned link that is used is blue, one that is not is a grey dashed line, one that no plan
    knows is red; a protected count is a dotted line. Widths grow with the square root of the count.
    Senders are ordered by group; beyond 90 senders, groups are drawn in place of facilities.

    Parameters
    ----------
    net
        Where names and groups come from.
    flows
        The frame of `mg.flows.flows`: source, relation, target, status (used, unused, unplanned),
        count (referrals; empty where it is protected) and shown (how the count reads).
    direction
        Which referrals are drawn: `up`, those of no planned direction with them, or `down`.
    as_of
        The day that the picture names; the data day of the network by default.
    lang
        Language of the words, `zh` or `en`; that of now by default.

    Returns
    -------
    Figure
        Its `counts` are the links of the direction (`shown` and `all` are the same), how many of
        them have each status, and the `lines` they make.

    Raises
    ------
    OptionError
        For another direction.

    Examples
    --------
    >>> import medgraph as mg
    >>> import pandas as pd
    >>> columns = ["source", "relation", "target", "status", "count", "shown"]
    >>> row = ["TZ-P07", "REFERS_UP_TO", "TZ-H01", "used", 40, "40"]
    >>> flows = pd.DataFrame([row], columns=columns)
    >>> mg.visuals.flow_map(mg.samples.taizhou(), flows).counts
    {'shown': 1, 'all': 1, 'lines': 1, 'used': 1}
    """
    if direction not in _RELATIONS:
        allowed = ", ".join(_RELATIONS)
        raise OptionError(say("not_one_of", what="direction", value=direction, allowed=allowed))
    check_map(lang, net, as_of=as_of)
    check_frame("flows", flows, ("source", "target", "relation"))
    relations = {_RELATIONS[direction]}
    if direction == "up":
        relations.add("")  # what no plan knows has no direction
    with speaking(lang or language()):
        day = Day(net, as_of)
        scene = flow_scene(day, flows[flows["relation"].isin(relations)], language())
        return _FlowDrawing(net, scene, direction, day.date).figure()


class _FlowDrawing:
    """One drawing of a scene; knows sizes and looks."""

    def __init__(
        self, net: MedicalNetwork, scene: FlowScene, direction: str, day: datetime.date
    ) -> None:
        self.scene, self.day = scene, day
        self.stamps = stamps(net)
        self.most = max([1, *(link.count for link in scene.links)])
        title = say(f"flow_map.title_{direction}", title=title_of(net.meta))
        self.title = title_without_ends(title)

    def figure(self) -> Figure:
        scene = self.scene
        ends = [*scene.senders.values(), *scene.receivers.values()]
        bottom = max((end.y for end in ends), default=TOP) + ROW + 10
        legend, height = self.legend(bottom)
        links = sorted(scene.links, key=lambda link: (STATES.index(link.status), link.count))
        body = [
            svg.rect(0, 0, WIDTH, height, fill=style.PAPER),
            self.header(),
            *map(self.link, links),
            *map(self.sender, scene.senders.values()),
            *map(self.receiver, scene.receivers.values()),
            legend,
        ]
        total = sum(scene.totals.values())
        counts = {"shown": total, "all": total, "lines": len(links)}
        counts |= {status: number for status, number in scene.totals.items() if number}
        drawing = svg.document(WIDTH, height, self.title, "".join(body))
        return Figure(self.title, counts, drawing, lang=language(), table=self.table())

    # -- around the links ------------------------------------------------------------------------

    def header(self) -> str:
        badges, right = self.badges()
        facts = say("flow_map.facts", day=self.day.isoformat(), **self.scene.totals)
        facts = style.fitted(facts, 15, WIDTH - 2 * MARGIN)
        title = style.fitted(self.title, 24, right - MARGIN - 10)
        drawn = [
            svg.text(MARGIN, 36, title, size=24, weight="bold"),
            svg.text(MARGIN, 62, facts, size=15, fill=style.SOFT_INK),
            *badges,
            *self.sides(),
        ]
        return "".join(drawn)

    def badges(self) -> tuple[list[str], float]:
        """The stamps as badges, and where the leftmost one begins."""
        right, drawn = float(WIDTH - MARGIN), []
        look: svg.Attributes = {
            "size": 15,
            "anchor": "middle",
            "weight": "bold",
            "fill": style.PAPER,
        }
        for stamp in self.stamps:
            room = style.width(stamp, 15) + 16
            ground = svg.rect(right - room, 14, room, 26, rx=4, fill=style.INK)
            drawn.append(ground + svg.text(right - room / 2, 32, stamp, **look))
            right -= room + 8
        return drawn, right

    def sides(self) -> list[str]:
        """The headings over senders and receivers."""
        end = "_groups" if self.scene.joined else ""
        left, right = say(f"flow_map.from{end}"), say(f"flow_map.to{end}")
        look: svg.Attributes = {"size": 15, "weight": "bold", "fill": style.SOFT_INK}
        y = TOP - 24
        return [
            svg.text(LEFT - 6, y, left, anchor="end", **look),
            svg.text(RIGHT + BAR + 8, y, right, **look),
        ]

    # -- senders, receivers, links ---------------------------------------------------------------

    def sender(self, end: FlowEnd) -> str:
        """A bar in the colour of the group, at its left the mark, the short name and the volume."""
        look, x = _look(end.group), LEFT - 12
        words = end.label(LEFT - 50)
        return (
            _bar(LEFT, end.y, ROW - 5, look)
            + svg.mark(look.mark, x, end.y, 5, fill=look.colour)
            + svg.text(x - 11, end.y + 5, words, size=LABEL, anchor="end")
        )

    def receiver(self, end: FlowEnd) -> str:
        """A higher bar, at its right the mark, the short name and the volume."""
        look, x = _look(end.group), RIGHT + BAR + 12
        words = end.label(WIDTH - RIGHT - 50)
        return (
            _bar(RIGHT, end.y, 34, look)
            + svg.mark(look.mark, x, end.y, 5, fill=look.colour)
            + svg.text(x + 11, end.y + 5, words, size=LABEL, weight="bold")
        )

    def link(self, link: FlowLink) -> str:
        """A curve from sender to receiver, as wide as its volume, with the words that say so."""
        start, end = self.scene.senders[link.source], self.scene.receivers[link.target]
        protected = bool(link.hidden) and not link.count
        colour, dashes = _LOOKS[link.status]
        middle = (LEFT + BAR + RIGHT) / 2
        bend = f"C{middle} {start.y:.1f} {middle} {end.y:.1f} {RIGHT} {end.y:.1f}"
        state = say(f"flow_map.{link.status}")
        volume = shown_count(link.count, link.hidden)
        curve = svg.element(
            "path",
            svg.tooltip(f"{start.name} → {end.name}: {state} · {volume}"),
            d=f"M{LEFT + BAR} {start.y:.1f}{bend}",
            fill="none",
            stroke=colour,
            stroke_width=self.line_width(link, protected=protected),
            stroke_opacity=0.9 if link.status == "unplanned" else 0.55,
            stroke_dasharray=_LOOKS["protected"][1] if protected else dashes,
            stroke_linecap="round" if protected else None,
        )
        return svg.thing(
            curve, f"{link.source} {link.target}", group=self.group_of(start), state=state
        )

    def group_of(self, end: FlowEnd) -> str:
        """Return the name of the group of a sender or receiver, as far as it is in one."""
        return self.scene.groups[end.group] if 0 <= end.group < len(self.scene.groups) else ""

    def table(self) -> pd.DataFrame:
        """Return the table behind the picture: a row for each line, counts as they may be shown."""
        scene = self.scene
        return pd.DataFrame(
            [
                {
                    "id": f"{link.source} {link.target}",
                    "source": scene.senders[link.source].name,
                    "target": scene.receivers[link.target].name,
                    "group": self.group_of(scene.senders[link.source]),
                    "state": say(f"flow_map.{link.status}"),
                    "count": shown_count(link.count, link.hidden),
                }
                for link in scene.links
            ]
        )

    def line_width(self, link: FlowLink, *, protected: bool) -> float:
        if protected or link.status == "unused":
            return 1.4
        return 1.2 + 11 * math.sqrt(link.count / self.most)

    # -- legend ----------------------------------------------------------------------------------

    def legend(self, top: float) -> tuple[str, float]:
        """What lines, widths and bars mean, and the height of the whole drawing."""
        line = svg.element("path", d=f"M{MARGIN} {top}H{WIDTH - MARGIN}", stroke=style.FAINT)
        groups, y = self.group_legend(top + 52)
        note = say("flow_map.widths", most=self.most)
        widths = svg.text(MARGIN, y + 26, note, size=_SMALL, fill=style.SOFT_INK)
        return line + self.state_legend(top + 26) + groups + widths, y + 44

    @staticmethod
    def state_legend(y: float) -> str:
        x, drawn = float(MARGIN), []
        for status in ("used", "unused", "unplanned", "protected"):
            colour, dashes = _LOOKS[status]
            wide = 6 if status in ("used", "unplanned") else 1.6
            look = {"stroke": colour, "stroke_width": wide, "stroke_dasharray": dashes}
            words = say(f"flow_map.{status}")
            drawn.append(svg.element("path", d=f"M{x} {y - 5}h44", **look))
            drawn.append(svg.text(x + 52, y, words, size=LABEL))
            x += 52 + style.width(words, LABEL) + 28
        return "".join(drawn)

    def group_legend(self, y: float) -> tuple[str, float]:
        """The marks of the groups in rows, and the height of the last row."""
        x, drawn = float(MARGIN), []
        for number, name in enumerate(self.scene.groups[:_NAMED]):
            look, wide = _look(number), style.width(name, _SMALL)
            if x + wide + 40 > WIDTH - MARGIN:
                x, y = float(MARGIN), y + 22
            drawn.append(svg.mark(look.mark, x + 6, y - 5, 6, fill=look.colour))
            drawn.append(svg.text(x + 18, y, name, size=_SMALL))
            x += wide + 44
        return "".join(drawn), y


def _bar(x: float, y: float, high: float, look: style.Look) -> str:
    return svg.rect(x, y - high / 2, BAR, high, fill=look.colour)


def _look(group: int) -> style.Look:
    if group < 0:
        return style.Look(style.FAINT, style.tint(style.FAINT), "square")
    return style.look(group)
