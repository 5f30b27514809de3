"""The stamps that a network is shown with: sample data, synthetic data, a guess nobody confirmed.

A file holds a stamp in the words of whoever wrote it. Those that medgraph writes are said in the
language of now; any other is shown as it stands.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from medgraph.words.joining import listed
from medgraph.words.say import in_every_language, say

if TYPE_CHECKING:
    from collections.abc import Mapping

SAMPLE, SYNTHETIC = "样本数据", "合成数据"  # as the samples hold them
STAMP = "stamp"  # the key
BETWEEN = "|"  # of several stamps
_KNOWN = ("stamp.sample", "stamp.synthetic", "stamp.invented", "draft_stamp", "foreign_stamp")
_TITLES = ("title.synthetic", "title.taizhou")  # of the samples


def stamps_of(meta: Mapping[str, str]) -> tuple[str, ...]:
    """Return the stamps in what is stated of a network, each once, in the language of now.

    >>> from medgraph.words.say import speaking
    >>> with speaking("en"):
    ...     stamps_of({"stamp": "样本数据 | 内部资料"})
    ('sample data', '内部资料')
    """
    written = (part.strip() for part in meta.get(STAMP, "").split(BETWEEN))
    # by its key, so that there are as many in every language
    several = dict.fromkeys(_keys().get(stamp, stamp) for stamp in written if stamp)
    return tuple(say(stamp) if stamp in _KNOWN else stamp for stamp in several)


def stated(meta: Mapping[str, str], key: str) -> str:
    """Return what is stated of a network under a key, its stamps in the language of now."""
    return listed(stamps_of(meta)) if key == STAMP else in_words(meta[key])


def in_words(text: str) -> str:
    """Return a text in the language of now where it is a stamp of ours, else as it is."""
    key = _keys().get(text)
    return say(key) if key else text


def title_of(meta: Mapping[str, str]) -> str:
    """Return the title of a network, that of a sample in the language of now; empty without one.

    >>> from medgraph.words.say import speaking
    >>> with speaking("en"):
    ...     title_of({"title": "合成网络"}), title_of({"title": "台州"})
    ('Synthetic network', '台州')
    """
    written = meta.get("title", "")
    key = next((key for key in _TITLES if written in in_every_language(key)), "")
    return say(key) if key else written


@cache
def _keys() -> dict[str, str]:
    return {words: key for key in _KNOWN for words in in_every_language(key)}
