"""Search that finds English by its stems, and Chinese by pairs of characters, without a dictionary."""

from __future__ import annotations

import re

from sphinx.search.en import SearchEnglish

_RUN = re.compile(r"[\u3400-\u9fff]+|[^\W\u3400-\u9fff]+")
_CHINESE = re.compile(r"[\u3400-\u9fff]")


class BilingualSearch(SearchEnglish):
    """English and Chinese on one page: 西城街道 is found as 西城, 城街, 街道."""

    js_splitter_code = r"""
var splitQuery = (query) => {
  const runs = query.match(/[\u3400-\u9fff]+|(?:[^\u3400-\u9fff\s\p{P}\p{S}]|_)+/gu) || [];
  const pairs = (run) => run.length < 2 ? [run]
    : Array.from({length: run.length - 1}, (_, i) => run.slice(i, i + 2));
  return runs.flatMap((run) => /[\u3400-\u9fff]/.test(run) ? pairs(run) : [run]);
};
"""

    def split(self, input: str) -> list[str]:
        """Return the words of a text: runs of letters, and pairs of Chinese characters."""
        return [part for run in _RUN.findall(input) for part in _parts(run)]


def _parts(run: str) -> list[str]:
    if len(run) < 2 or not _CHINESE.match(run):
        return [run]
    return [run[place : place + 2] for place in range(len(run) - 1)]
