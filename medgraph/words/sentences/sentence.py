"""State what a sentence is, and what a problem is: a sentence with a code and an advice."""

from __future__ import annotations


class Sentence:
    """One sentence: `texts` holds it by language, each text a `str.format` template."""

    __slots__ = ("texts",)

    def __init__(self, *, zh: str, en: str, **further: str) -> None:
        """Take the text of each language as a keyword: Chinese, English, and any further one."""
        self.texts: dict[str, str] = {"zh": zh, "en": en, **further}


class Fault(Sentence):
    """One problem with data: its `code` (E: error, W: warning), its sentence and its advice."""

    __slots__ = ("advice", "code")

    def __init__(
        self, code: str, *, zh: str, en: str, advice: Sentence | None = None, **further: str
    ) -> None:
        """Take the code first, then the texts as a sentence does; `advice` says what to do."""
        super().__init__(zh=zh, en=en, **further)
        self.code = code
        self.advice = advice
