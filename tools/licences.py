"""List the licence of every package that medgraph's core needs, directly or not; 1 if one is copyleft.

    python tools/licences.py [--all]

`--all` lists every package that is installed, and fails on none of those beyond the core.
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution, distributions

from packaging.requirements import Requirement

COPYLEFT = re.compile(
    r"\b(A?GPL|LGPL|MPL|EPL|EUPL|CDDL|OSL|SSPL|CC-BY-SA|GNU|Mozilla|Eclipse)", re.IGNORECASE
)
UNKNOWN = "not stated"


def core(name: str = "medgraph") -> dict[str, Distribution]:
    """Return the installed packages that `name` needs without any extra, itself among them."""
    found: dict[str, Distribution] = {}
    waiting = [name]
    while waiting:
        wanted = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if wanted in found:
            continue
        try:
            found[wanted] = distribution(wanted)
        except PackageNotFoundError:  # for another platform
            continue
        for text in found[wanted].requires or ():
            requirement = Requirement(text)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                waiting.append(requirement.name)
    return found


def licence(package: Distribution) -> str:
    """Return the licence that a package states: the expression, its classifiers, or the field."""
    about = package.metadata
    if expression := about.get("License-Expression"):
        return str(expression)
    classifiers = [
        text.rpartition("::")[2].strip()
        for text in about.get_all("Classifier") or ()
        if text.startswith("License ::")
    ]
    first_line = (about.get("License") or "").strip().partition("\n")[0]
    return ", ".join(classifiers) or first_line or UNKNOWN


def faults(packages: dict[str, Distribution]) -> list[str]:
    """Return the packages whose licence is copyleft or not stated."""
    stated = {name: licence(package) for name, package in packages.items()}
    return [
        f"{name}: {text}"
        for name, text in sorted(stated.items())
        if text == UNKNOWN or COPYLEFT.search(text)
    ]


def main(arguments: list[str]) -> int:
    needed = core()
    shown = (
        {found.name.lower(): found for found in distributions()} if "--all" in arguments else needed
    )
    for name, package in sorted(shown.items()):
        print(f"{name:32} {package.version:16} {licence(package)}")
    found = faults(needed)
    for line in found:
        print(f"copyleft or not stated, in the core: {line}", file=sys.stderr)
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
