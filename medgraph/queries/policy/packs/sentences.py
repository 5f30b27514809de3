"""The sentences of a document, each with the rules that answer it, or why none does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from medgraph.words.say import pick

if TYPE_CHECKING:
    from collections.abc import Mapping

Texts = tuple[str, str]  # in Chinese, in English


@dataclass(frozen=True)
class Sentence:
    """A sentence of a document, in words of one's own.

    Parameters
    ----------
    clause
        Where in the document it stands.
    says
        What it says, in Chinese and in English.
    kind
        `rule` or `indicator` where rules answer it; `not_judged` or `context` where none does.
    rules
        The rules that answer it; one of another pack as `urban-2023/UG-03`.
    because
        Why it is not judged.
    document
        The document, where that is not the one of the pack.

    Examples
    --------
    >>> import medgraph as mg
    >>> mg.policy.load("referral-2024").sentences[0].rules
    ('RF-01',)
    """

    clause: str
    says: Texts
    kind: str
    rules: tuple[str, ...] = ()
    because: Texts = ("", "")
    document: str = ""

    @property
    def place(self) -> str:
        """Where it stands: the clause, and the document where that is another one."""
        return f"{self.document} {self.clause}".strip()

    def to_dict(self) -> dict[str, str]:
        """Return the sentence as plain values, in the language of now.

        Examples
        --------
        >>> import medgraph as mg
        >>> mg.policy.load("referral-2024").sentences[0].to_dict()["kind"]
        'rule'
        """
        return {
            "document": self.document,
            "clause": self.clause,
            "says": pick(zh=self.says[0], en=self.says[1]),
            "kind": self.kind,
        }


def in_both(raw: Mapping[str, Any], key: str) -> Texts:
    """Return the text of a key, and of the same key in English."""
    return raw.get(key, ""), raw.get(f"{key}_en", "")


def sentence(raw: Mapping[str, Any]) -> Sentence:
    """Return a sentence as the TOML of a pack states it."""
    return Sentence(
        clause=raw["clause"],
        says=in_both(raw, "says"),
        kind=raw["kind"],
        rules=tuple(raw.get("rules", ())),
        because=in_both(raw, "because"),
        document=raw.get("document", ""),
    )
