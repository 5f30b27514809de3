"""The modules that break a rule of the house still, one `rule module` a line in not_yet.txt.

The list only shrinks. `python -m tests.not_yet` strikes out what is kept by now, and hands the line of a module
that is gone to one that took its place. Branches that both strike lines out are merged by keeping both sides and
striking out again.
"""

from __future__ import annotations

from pathlib import Path

LIST = Path(__file__).with_name("not_yet.txt")


def lines() -> set[tuple[str, str]]:
    """Return each (rule, module) of the list."""
    text = LIST.read_text(encoding="utf-8") if LIST.exists() else ""
    return {(words[0], words[1]) for line in text.splitlines() if (words := line.split())}


def listed(rule: str) -> set[str]:
    """Return the modules that break `rule` still."""
    return {module for own, module in lines() if own == rule}


def still_broken(rule: str, known: set[str], broken: set[str], present: set[str]) -> set[str]:
    """Return the modules to list: those that break the rule still, as many new ones as known ones are gone."""
    gone = len(known - present)
    return (known & broken) | set(sorted(broken - known)[:gone])


def strike_out() -> None:
    """Leave in the list only what does break its rule."""
    from tests.house import modules
    from tests.test_architecture import RULES, breakers

    left = {
        (rule, module)
        for rule in RULES
        for module in still_broken(rule, listed(rule), set(breakers(rule)), set(modules()))
    }
    LIST.write_text("".join(f"{rule} {module}\n" for rule, module in sorted(left)), "utf-8")
    print(f"{len(left)} lines left")


if __name__ == "__main__":
    strike_out()
