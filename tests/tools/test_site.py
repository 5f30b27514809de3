"""The site of the documents: everything a user can name stands in it, and it works without a network."""

from __future__ import annotations

import functools

import click
import pytest

import medgraph
from medgraph.cli import cli
from medgraph.words.columns import TABLE_TITLES
from medgraph.words.say import CATALOGUE, speaking
from medgraph.words.vocabularies import VOCABULARIES
from tests.browser import browser, opened
from tests.public_names import public_callables
from tools.site import build, commands, faults, links, markdown
from tools.site.search import BilingualSearch

pytestmark = pytest.mark.xdist_group("site")
LANGUAGES = ("en", "zh")


@functools.cache
def pages() -> dict[str, str]:
    return build.made_pages()


@pytest.mark.parametrize(("lang", "name"), [("en", "commands.md"), ("zh", "commands.zh.md")])
def test_every_command_and_option_stands_in_the_reference(lang, name):
    """In both languages, each command has its part, and in it each of its options."""
    parts = dict(part.split("\n", 1) for part in pages()[name].split("\n## ")[1:])
    with speaking(lang):
        found = list(commands.commands(cli, click.Context(cli, info_name="medgraph")))
    assert len(found) > 60
    for context in found:
        said = parts[context.command_path]
        options = [p for p in context.command.params if isinstance(p, click.Option)]
        lacking = [o.opts[0] for o in options if not o.hidden and o.opts[0] not in said]
        assert lacking == [], context.command_path


def test_every_code_stands_with_its_cause_and_its_cure():
    codes = [key for key in CATALOGUE if key[0] in "EWI" and key[1:].isdigit()]
    parts = pages()["codes.md"].split("\n## ")[1:]
    assert sorted(codes) == [part.split("\n")[0] for part in parts]
    for part, fault in zip(parts, faults.faults(), strict=True):
        assert part.count("→ ") >= 2, fault.code
        assert all(text.strip() for text in (*fault.texts.values(), *faults.cures(fault)))


@pytest.mark.parametrize("name", [n for n in medgraph.__all__ if not n.startswith("_")])
def test_every_door_of_the_package_has_its_place(name):
    held = pages()
    assert f"python/mg.{name}.md" in held or name == "errors"


def test_every_public_name_stands_with_its_example():
    text = "".join(page for name, page in pages().items() if name.startswith("python/"))
    lacking = [one.name for one in public_callables() if f"## {one.name}\n\n" not in text]
    assert lacking == []
    assert text.count("\n>>> ") > len(list(public_callables()))


def test_every_table_and_every_word_stands_in_the_reference():
    assert [name for name in TABLE_TITLES if f"## {name} " not in pages()["tables.md"]] == []
    glossary = pages()["glossary.md"]
    lacking = [
        term.word
        for terms in VOCABULARIES.values()
        for term in terms.values()
        if f"| `{term.word}` | " not in glossary
    ]
    assert lacking == []


def test_a_cell_stays_in_its_row():
    shown = markdown.table(["a"], [["x | y\nz"]])
    assert shown == "| a |\n| --- |\n| x \\| y z |\n\n"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("西城街道", ["西城", "城街", "街道"]),
        ("甲", ["甲"]),
        ("E031 at 机构!C17", ["E031", "at", "机构", "C17"]),
        ("a dead end", ["a", "dead", "end"]),
    ],
)
def test_words_are_split_for_the_search(text, parts):
    assert BilingualSearch({}).split(text) == parts


def test_a_link_that_leads_nowhere_is_named(tmp_path):
    (tmp_path / "b.html").write_text('<h1 id="here"></h1>', encoding="utf-8")
    (tmp_path / "a.html").write_text(
        '<a href="b.html#here"></a><a href="b.html#gone"></a><a href="c.html"></a>'
        '<a href="https://elsewhere.example"></a><script src="https://cdn.example/x.js"></script>',
        encoding="utf-8",
    )
    assert list(links.faults(tmp_path)) == [
        "a.html loads https://cdn.example/x.js",
        "a.html leads to b.html#gone, which is not there",
        "a.html leads to c.html, which is not there",
    ]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site") / "site"
    assert build.build(folder) == []
    return folder


def found(started, site, words: str) -> list[str]:
    """Return the titles that a search finds, asked as a file, with the network blocked and logged."""
    with opened(started, site / "search.html") as one:  # index.html goes on to another page
        one.page.goto((site / "search.html").as_uri() + f"?q={words}")
        results = one.page.locator("#search-results ul.search li > a")
        results.first.wait_for(timeout=120_000)
        shown = 0
        while shown < (shown := results.count()):  # they come one after the other
            one.page.wait_for_timeout(1000)
        assert one.requests == []
        assert one.errors == []
        return results.all_inner_texts()


def test_the_site_works_offline(site):
    """Strictly built, no broken link; opened as files no page asks for anything, and search finds both languages."""
    with browser() as started:
        with opened(started, site / "index.html") as one:
            one.page.wait_for_url("**/docs/index.html")
            for name in ("index", "reference/codes", "gallery", "zh/index", "reference/commands"):
                one.page.goto((site / "docs" / f"{name}.html").as_uri())
            assert one.requests == []
            assert one.errors == []
        assert "medgraph" in found(started, site, "西城")
        assert "How it thinks" in found(started, site, "dead end")
