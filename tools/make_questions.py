"""Write docs/questions.md: ten questions, each with a picture and its lines: `python -m tools.make_questions`.

The lines that stand on the page are those that draw its picture; as examples they run in the tests.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from medgraph.words.say import speaking

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGE, PICTURES = DOCS / "questions.md", DOCS / "questions"
INTRO = """# Ten questions, ten pictures

Each in three lines; the first is always `import medgraph as mg`. Written by `python -m tools.make_questions`.

"""
# file, question, what the picture shows, and three lines of which the last draws it
QUESTIONS = (
    (
        "served",
        "Which township does no group serve?",
        "One of 39: 西城街道, hatched in red.",
        """net = mg.samples.taizhou()
served = mg.coverage.served(net)
figure = mg.visuals.tile_map(net, color_by=served.status)""",
    ),
    (
        "ungrouped",
        "Which hospital belongs to no group?",
        "Nine, marked in red; alliances hold some of them.",
        """net = mg.samples.taizhou()
alone = mg.coverage.ungrouped(net).frame.set_index("facility")["status"]
figure = mg.visuals.network_map(net, problems=alone.to_dict())""",
    ),
    (
        "critical",
        "Whose closing would cost others their way?",
        "Four for certain; of 53 more the plan does not say enough.",
        """net = mg.samples.taizhou()
lost = mg.resilience.critical(net).frame.set_index("facility")["status"]
figure = mg.visuals.swimlane(net, problems=lost.to_dict())""",
    ),
    (
        "specialties",
        "How does each township get to each specialty?",
        "Inside the group, by an alliance, or not at all.",
        """net = mg.samples.taizhou()
ways = mg.referrals.specialties(net).frame.pivot(index="area", columns="specialty", values="status")
figure = mg.visuals.matrix(net, ways)""",
    ),
    (
        "duties",
        "What should each health centre have, and has?",
        "A tick is met, a question mark is not known; a cross would be known to be missing.",
        """net = mg.samples.taizhou()
duties = mg.sharing.matrix(net, obligations=("lead", "laboratory", "physician", "team")).frame.set_index("facility")
figure = mg.visuals.matrix(net, duties[["lead", "laboratory", "physician", "team"]], by=duties["group"])""",
    ),
    (
        "verdicts",
        "Does the plan keep the national policy?",
        "Passed, failed, and what cannot be decided, rule by rule and group by group.",
        """net = mg.samples.taizhou()
audit = mg.policy.audit(net, packs=["urban-2023"]).findings
figure = mg.visuals.matrix(net, audit.pivot(index="subject", columns="rule", values="verdict"))""",
    ),
    (
        "moved",
        "What does the map look like if a health centre moves?",
        "The network never changes; a change gives another.",
        """net = mg.samples.taizhou()
plan = net.moved("TZ-P34", to_group="G2")
figure = mg.visuals.tile_map(plan, color_by=mg.coverage.served(plan).status)""",
    ),
    (
        "regrouped",
        "What is the smallest regrouping that evens out the groups?",
        "Two of twelve towns move, which is proven to be the fewest.",
        """county = mg.read("planning.json")
plan = mg.propose.regroup(county, value="population", tolerance=0.2)
figure = mg.visuals.tile_map(county.applying(plan.changes))""",
    ),
    (
        "city",
        "Where are the gaps of a city of eight counties?",
        "A made-up city; one gap was planted in it.",
        """city = mg.samples.synthetic(seed=1, scale="city", defects=["gap"])
served = mg.coverage.served(city)
figure = mg.visuals.tile_map(city, color_by=served.status)""",
    ),
    (
        "where",
        "Where do the facilities of a county lie?",
        "By their coordinates, without map tiles from anywhere: a sketch.",
        """county = mg.samples.synthetic(seed=1, scale="county", defects=["gap"])
served = mg.coverage.served(county)
figure = mg.visuals.geo_map(county, color_by=served.status)""",
    ),
)


def page() -> str:
    """Return the page."""
    return INTRO + "".join(_part(number, *row) for number, row in enumerate(QUESTIONS, 1))


def _part(number: int, name: str, question: str, shown: str, lines: str) -> str:
    examples = "".join(f">>> {line}\n" for line in lines.splitlines())
    head = ">>> import medgraph as mg\n" if number == 1 else ""
    picture = f"![{question}](questions/{name}.svg)"
    return (
        f"## {number}. {question}\n\n{shown}\n\n```python\n{head}{examples}\n```\n\n{picture}\n\n"
    )


def draw() -> None:
    """Draw every picture by the lines that stand beside it."""
    PICTURES.mkdir(exist_ok=True)
    os.chdir(DOCS)
    for name, _, _, lines in QUESTIONS:
        names: dict[str, object] = {}
        exec(f"import medgraph as mg\n{lines}", names)
        names["figure"].save(PICTURES / f"{name}.svg")
        print(name)


def main() -> None:
    """Write the page and its pictures, in English."""
    PAGE.write_text(re.sub(r"\n+\Z", "\n", page()), encoding="utf-8")
    with speaking("en"):
        draw()


if __name__ == "__main__":
    main()
