"""Take the lines of a file of Pajek apart: vertices as counted, arcs, edges, and what is neither.

Pajek writes arcs and edges one behind the other, and only those vertices that have a name of their
own; networkx takes all links for what the first are, and any vertex that a link names.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from medgraph.loaders.loaded import LeftRow
from medgraph.words.say import say

if TYPE_CHECKING:
    from pathlib import Path

_MOST_VERTICES = 1_000_000  # a count is no reason to make so many


@dataclass
class Lines:
    """The vertices of a file, and its links by whether they have a direction."""

    vertices: dict[str, str] = field(default_factory=dict)  # by number, each as its line
    links: dict[str, list[str]] = field(default_factory=lambda: {"*arcs": [], "*edges": []})

    @property
    def arcs(self) -> list[str]:
        """The file with its directed links alone."""
        return [*self._vertices, "*Arcs", *self.links["*arcs"]]

    @property
    def edges(self) -> list[str]:
        """The file with its other links alone."""
        return [*self._vertices, "*Arcs", *self.links["*edges"]]  # which keep their order so

    @property
    def _vertices(self) -> list[str]:
        return [f"*Vertices {len(self.vertices)}", *self.vertices.values()]


def checked_lines(source: Path) -> tuple[Lines, list[LeftRow]]:
    """Return the lines of a file, and the links that are none, each with its place.

    Raise ValueError for vertices that are none, stand twice, or are more than is stated.
    """
    lines, left = Lines(), []
    names: set[str] = set()
    section, count = "", 0
    for number, line in enumerate(source.read_text(encoding="utf-8-sig").split("\n"), 1):
        plain = line.strip()
        if not plain or plain.startswith("%"):
            continue
        if plain.startswith("*"):
            section = plain.split()[0].casefold()
            count = _count(plain, number) if section == "*vertices" else count
        elif section == "*vertices":
            _add_vertex(lines, names, plain, number, count)
        elif section in lines.links:
            reason = _why_no_link(shlex.split(plain), count)
            if reason:
                left.append(LeftRow(f"{source.name}[{number}]", reason))
            else:
                lines.links[section].append(plain)
        elif section != "*network":
            left.append(LeftRow(f"{source.name}[{number}]", say("pajek_no_edge")))
    for vertex in map(str, range(1, count + 1)):  # Pajek leaves out those that it names itself
        lines.vertices.setdefault(vertex, f'{vertex} "{vertex}"')
    return lines, left


def _count(line: str, number: int) -> int:
    """How many vertices there are."""
    said = line.split()[1:]
    if len(said) != 1 or not said[0].isdecimal() or int(said[0]) > _MOST_VERTICES:
        raise ValueError(say("pajek_vertex", line=number))
    return int(said[0])


def _add_vertex(lines: Lines, names: set[str], line: str, number: int, count: int) -> None:
    parts = shlex.split(line)
    if len(parts) < 2:
        raise ValueError(say("pajek_vertex", line=number))
    vertex, name = parts[:2]
    if vertex in lines.vertices or name in names:
        raise ValueError(say("pajek_twice", line=number, value=name))
    if not _is_among(vertex, count):
        raise ValueError(say("pajek_count", line=number, value=name, expected=count))
    lines.vertices[vertex] = line
    names.add(name)


def _why_no_link(parts: list[str], count: int) -> str:
    """Why a line is no link; nothing where it is one."""
    if len(parts) < 2 or (len(parts) > 2 and not _is_number(parts[2])):
        return say("pajek_no_edge")
    strange = next((end for end in parts[:2] if not _is_among(end, count)), None)
    return say("ods_no_target", value=strange) if strange is not None else ""


def _is_among(vertex: str, count: int) -> bool:
    return vertex.isascii() and vertex.isdecimal() and 1 <= int(vertex[:9]) <= count


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
