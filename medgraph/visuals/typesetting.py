"""Set paper with typst: the data goes in as data, and no letter comes out as an empty box.

typst prints an empty box, without a word, for a letter that no font has. So every letter is tried
first (as PDF/A, which refuses such boxes): without a Chinese font that is an error which names one
to install; a single letter that no font has is written as its code.
"""

from __future__ import annotations

import json
import os
import re
import struct
import zlib
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from medgraph.errors import OptionError, TargetError
from medgraph.visuals.style import FONTS
from medgraph.words.joining import listed
from medgraph.words.say import problem, say
from medgraph.words.workbook_words import MARK

if TYPE_CHECKING:
    from collections.abc import Sequence

# Families as typst names them, the ones people read most easily on paper first.
CHINESE = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Microsoft YaHei",
    "PingFang SC",
    "SimHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "SimSun",
    "FangSong",
    "KaiTi",
    "Songti SC",
    "STSong",
    "STFangsong",
    "Droid Sans Fallback",
)
_TRIED = """#set page(width: 400pt, height: auto)
#set text(font: json(bytes(sys.inputs.fonts)))
#sys.inputs.letters"""
_PICTURE = """#set document(title: sys.inputs.title, author: sys.inputs.author)
#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), width: 1000pt)"""
_CHINESE_LETTERS = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF))
_METRES_AN_INCH = 0.0254
_PNG_HEAD = 33  # bytes: the signature and the first chunk
_MANY_LOST = 100  # Chinese letters without a font: then the font is not one for Chinese
_LATIN = ("Libertinus Serif",)  # comes with typst
# What made a PDF, as its properties say it twice.
_MADE_BY = re.compile(rb"(/Creator ?\(|<xmp:CreatorTool>)(Typst [0-9.]+)")


def set_pdf(template: str, data: dict[str, Any], *, system_fonts: bool = True) -> bytes:
    """Return a PDF (PDF/A-2b) of `data` in `template`, which reads it from `sys.inputs.data`.

    Raise TargetError where no Chinese font is installed, OptionError where typst is not.
    """
    fonts = families(system_fonts)
    text = json.dumps(data | {"fonts": list(fonts)}, ensure_ascii=False)
    lost = missing(text, fonts, system_fonts)
    for letter in lost:
        text = text.replace(letter, f"[U+{ord(letter):04X}]")
    if lost:
        text = json.dumps(json.loads(text) | {"lost": _lost_words(lost)}, ensure_ascii=False)
    return _compile(template, {"data": text}, system_fonts, format="pdf", pdf_standards=["a-2b"])


def picture(svg: str, *, system_fonts: bool = True, ppi: float = 160) -> bytes:
    """Return an SVG as PNG, 1,000 points wide at `ppi`."""
    return _of_its_size(_picture(svg, system_fonts, format="png", ppi=ppi), ppi)


def _of_its_size(png: bytes, ppi: float) -> bytes:
    """The PNG with its dots per inch stated: Word sets a picture at the size that they give."""
    per_metre = round(ppi / _METRES_AN_INCH)
    stated = b"pHYs" + struct.pack(">IIB", per_metre, per_metre, 1)
    chunk = struct.pack(">I", len(stated) - 4) + stated + struct.pack(">I", zlib.crc32(stated))
    return png[:_PNG_HEAD] + chunk + png[_PNG_HEAD:]


def picture_pdf(svg: str, *, title: str = "", system_fonts: bool = True) -> bytes:
    """Return an SVG as a PDF of one page, 1,000 points wide, its letters as text."""
    return _picture(svg, system_fonts, title, format="pdf")


def _picture(svg: str, system_fonts: bool, title: str = "", **options: Any) -> bytes:
    fonts = families(system_fonts)
    for letter in missing(svg, fonts, system_fonts):
        svg = svg.replace(letter, f"[U+{ord(letter):04X}]")
    inputs = {"svg": _in_font(svg, fonts), "title": title, "author": MARK}
    return _compile(_PICTURE, inputs, system_fonts, **options)


def families(system_fonts: bool = True) -> tuple[str, ...]:
    """Return the families to set text in: the first Chinese one there is, then typst's own."""
    seen = _fonts(system_fonts, _own_paths()).families()
    found = [family for family in CHINESE if family in seen]
    return (*found[:1], *_LATIN)


@cache
def _fonts(system_fonts: bool, paths: tuple[str, ...]) -> Any:
    """The fonts to set in, read once: a Chinese one has 20 MB, and typst keeps what it reads."""
    return _typst().Fonts(include_system_fonts=system_fonts, font_paths=list(paths))


def _own_paths() -> tuple[str, ...]:
    """Folders of fonts that the user names, as the typst command line takes them."""
    stated = os.environ.get("TYPST_FONT_PATHS", "")
    return tuple(path for path in stated.split(os.pathsep) if path)


def missing(text: str, fonts: Sequence[str], system_fonts: bool) -> list[str]:
    """Return the letters of `text` that no font has; raise TargetError for plain Chinese ones."""
    letters = sorted({letter for letter in text if ord(letter) > 0x7E})
    lost = _without_font("".join(letters), tuple(fonts), system_fonts)
    chinese = [letter for letter in lost if _is_chinese(letter)]
    if chinese and (_no_chinese_font(fonts) or len(chinese) > _MANY_LOST):
        raise TargetError(str(problem("E095", value="".join(chinese[:8]))))
    return lost


def _is_chinese(letter: str) -> bool:
    return any(first <= ord(letter) <= last for first, last in _CHINESE_LETTERS)


def _no_chinese_font(fonts: Sequence[str]) -> bool:
    return len(fonts) <= len(_LATIN)


def _without_font(letters: str, fonts: tuple[str, ...], system_fonts: bool) -> list[str]:
    """Which of the letters cannot be set: halve until each is alone."""
    if not letters or _settable(letters, json.dumps(fonts), system_fonts):
        return []
    if len(letters) == 1:
        return [letters]
    if _is_chinese(letters[0]) and _no_chinese_font(fonts):
        return [letters[0]]  # without any Chinese font there is nothing to look for
    half = len(letters) // 2
    return [
        *_without_font(letters[:half], fonts, system_fonts),
        *_without_font(letters[half:], fonts, system_fonts),
    ]


def _settable(letters: str, fonts: str, system_fonts: bool) -> bool:
    try:
        _compile(
            _TRIED,
            {"letters": letters, "fonts": fonts},
            system_fonts,
            format="pdf",
            pdf_standards=["a-2b"],
        )
    except _typst().TypstError:
        return False
    return True


def _compile(template: str, inputs: dict[str, str], system_fonts: bool, **options: Any) -> bytes:
    compiled: bytes = _typst().compile(
        template.encode("utf-8"),
        sys_inputs=inputs,
        ignore_system_fonts=not system_fonts,
        font_paths=_fonts(system_fonts, _own_paths()),
        **options,
    )
    return _MADE_BY.sub(_by_us, compiled) if options["format"] == "pdf" else compiled


def _by_us(found: re.Match[bytes]) -> bytes:
    """As many letters as before: a PDF says at which byte each of its parts begins."""
    return found[1] + MARK.encode().ljust(len(found[2]))


def _in_font(svg: str, fonts: tuple[str, ...]) -> str:
    """The picture in the family chosen, whatever the page would use."""
    return svg.replace(FONTS.replace("'", "&#x27;"), ",".join(fonts))


def _lost_words(lost: list[str]) -> str:
    codes = listed(f"U+{ord(letter):04X}" for letter in lost)
    return say("report.lost_letters", letters=codes)


def _typst() -> Any:
    require("typst")
    import typst

    return typst


def require(library: str) -> None:
    """Raise OptionError where a library is missing that comes with the extra `report`."""
    if find_spec(library) is None:
        raise OptionError(say("records.not_installed", extra="report"))
