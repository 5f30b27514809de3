"""Give every reader broken files, and count what does not end in an answer or a sentence.

Each file is a mutation of a real one: of its bytes, of its structure (the parts of a package, the
values of JSON, the header of a snapshot with checksums that fit, the cells of a table), or by a
word of a grammar of what people and machines write. They are read by the command line in processes
forked from one warm process, some dozen files one after the other; what does not plainly end in an
answer or a sentence is read again alone, its time, memory and exit code watched.

    python tools/fuzz.py --files 500 --seed 1
    python tools/fuzz.py --files 100000 --seed 1 --sums sums.json  # goes on where it was ended
    python tools/fuzz.py --files 0 --sums sums.json                # the table of all that was run
"""

from __future__ import annotations

import argparse
import collections
import contextlib
import functools
import gc
import importlib
import io
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from fuzz_seeds import BESIDE, FINDINGS, LINES, places_of, turns

SECONDS, MEGABYTES, REFUSED = 20, 1_500, 2
PATIENCE = 6  # times as long, where others use the processor
TOGETHER = 24  # files that one process reads
ADDRESSES = 4 << 30  # bytes that a process may ask for at all
_LOOK_AFTER, _LOOK_EVERY = 0.002, 0.05  # seconds: at first, and at most

TEXTS = ("csv", "json", "graphml", "toml", "txt", "geojson", "html")
WORDS = [
    *(
        "",
        " ",
        "\0",
        "\ufeff",
        "\u200b",
        "\u2028",
        "\u202e",
        "\ud800",
        "\U0001f3e5",
        "，",
        "、",
        "；",
    ),
    *("0", "-1", "1e308", "1e999", "NaN", "inf", "9" * 400, "0x10", "1,000", "12.5%", "１２"),
    *("2023-02-30", "0000-00-00", "9999-12-31", "2023年13月", "45000", "#N/A", "=1+1", "'=1", "-"),
    *('"', '""', "'", "\n", "\r", "\t", ",", ";", "{", "}", "[", "]", "<", "&amp;", "<!DOCTYPE a>"),
    *(
        "true",
        "null",
        "是",
        "无",
        "全部",
        "331003003000",
        "3310",
        "G1",
        "MEMBER_OF",
        "上转",
        "合计",
    ),
    *("[[", "]]", "a.b.c", "__class__", "../../etc/passwd", "{0}", "%s", "x" * 5_000),
]
VALUES = [
    None,
    True,
    -1,
    0,
    2**63,
    1e308,
    float("nan"),
    "",
    "\ud800",
    [],
    {},
    [[[]]],
    {"a": {}},
    "x" * 5_000,
]


Counts = dict[str, collections.Counter]


@dataclass(frozen=True)
class Outcome:
    """What a file came to: a word, and where the program failed, if it did."""

    word: str
    detail: str = ""


# -- mutations -------------------------------------------------------------------------------------


def mutated(name: str, content: bytes, dice: random.Random) -> bytes:
    """Change a file in one to four ways."""
    for _ in range(dice.choice((1, 1, 2, 4))):
        content = dice.choice(_mutations(name))(content, dice)
    return content


def _mutations(name: str) -> list:
    suffix = name.rpartition(".")[2]
    by_structure = {
        **dict.fromkeys(("xlsx", "docx", "ods"), _package),
        "parquet": _parquet,
        "json": _json,
        "geojson": _json,
        "mgz": _snapshot,
        "csv": _table,
    }.get(suffix)
    text = [_word, _lines] if suffix in TEXTS else []
    return [_bytes, *text, *([by_structure] * 2 if by_structure else [])]


def _bytes(content: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(content) + 1)
    length = min(dice.choice((1, 1, 2, 4, 16, 200)), len(content) - at)
    kind = dice.randrange(5)
    if kind == 0:
        return content[:at] + dice.randbytes(length) + content[at + length :]
    if kind == 1:
        return content[:at] + content[at + length :]
    if kind == 2:
        return (
            content[:at]
            + content[at : at + length] * dice.choice((2, 3, 50))
            + content[at + length :]
        )
    if kind == 3:
        return content[:at]
    other = dice.randrange(len(content) + 1)
    return content[:at] + content[other : other + length] + content[at:]


def _word(content: bytes, dice: random.Random) -> bytes:
    """Put a word of the grammar in the place of another."""
    places = list(re.finditer(rb"[^\s,\"<>={}\[\]:]+", content)) or [re.match(b"", content)]
    found = dice.choice(places)
    word = _encoded(dice.choice(WORDS), dice)
    return content[: found.start()] + word + content[found.end() :]


def _encoded(word: str, dice: random.Random) -> bytes:
    """A word in one of two encodings, with half a pair of UTF-16 as some programs write it."""
    if dice.random() < 0.2:
        return word.encode("utf-8", "surrogatepass")
    return word.encode(dice.choice(("utf-8", "utf-8", "gb18030")), "replace")


def _lines(content: bytes, dice: random.Random) -> bytes:
    lines = content.splitlines(keepends=True) or [b""]
    at, other = dice.randrange(len(lines)), dice.randrange(len(lines))
    kind = dice.randrange(4)
    if kind == 0:
        lines[at], lines[other] = lines[other], lines[at]
    elif kind == 1:
        del lines[at]
    elif kind == 2:
        lines.insert(other, lines[at] * dice.choice((1, 2, 40)))
    else:
        encoding = dice.choice(("utf-16", "gb18030", "utf-8-sig"))
        return content.decode("utf-8", "replace").encode(encoding, "replace")
    return b"".join(lines)


def _table(content: bytes, dice: random.Random) -> bytes:
    """Change a cell, or the number of cells, of one row of a table."""
    rows = [line.split(b",") for line in content.split(b"\n")]
    row = dice.choice(rows)
    word = dice.choice(WORDS).encode("utf-8", "replace")
    kind = dice.randrange(3)
    if kind == 0:
        row[dice.randrange(len(row))] = word
    elif kind == 1:
        row.insert(dice.randrange(len(row) + 1), word)
    else:
        del row[dice.randrange(len(row))]
    return b"\n".join(b",".join(row) for row in rows)


def _json(content: bytes, dice: random.Random) -> bytes:
    """Put a value of another kind in the place of one."""
    try:
        data = json.loads(content)
    except (ValueError, RecursionError):
        return content
    where, here = [], [data]
    while here:
        found = here.pop()
        inner = (
            list(found.items())
            if isinstance(found, dict)
            else list(enumerate(found))
            if isinstance(found, list)
            else []
        )
        where += [(found, key) for key, _ in inner]
        here += [value for _, value in inner]
    if where:
        holder, key = dice.choice(where[: dice.choice((20, len(where)))])
        holder[key] = dice.choice(VALUES)
    return json.dumps(data).encode()


def _parquet(content: bytes, dice: random.Random) -> bytes:
    """Change a cell, the type or the name of a column, or the number of columns."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(io.BytesIO(content))
        place = dice.randrange(table.num_columns)
        name, column = table.column_names[place], table.column(place).combine_chunks()
        kind = dice.randrange(4)
        if kind == 0:
            texts = [None if value is None else str(value) for value in column.to_pylist()]
            texts[dice.randrange(len(texts))] = dice.choice(WORDS).replace("\ud800", "?")
            table = table.set_column(place, name, pa.array(texts, pa.string()))
        elif kind == 1:
            other = dice.choice((pa.list_(pa.string()), pa.float32(), pa.bool_(), pa.date32()))
            table = table.set_column(place, name, pa.nulls(len(table), other))
        elif kind == 2:
            names = list(table.column_names)
            names[place] = dice.choice(names)
            table = table.rename_columns(names)
        else:
            table = table.drop_columns([name])
        new = io.BytesIO()
        pq.write_table(table, new)
    except Exception:  # another mutation has broken it
        return content
    return new.getvalue()


def _package(content: bytes, dice: random.Random) -> bytes:
    """Change one part of a package as text."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except Exception:  # another mutation has broken it
        return content
    new = io.BytesIO()
    chosen = dice.choice(list(parts))
    with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            text = dice.choice((_word, _bytes, _attribute))(part, dice) if name == chosen else part
            if name != chosen or dice.random() > 0.05:
                archive.writestr(name, text)
    return new.getvalue()


def _attribute(content: bytes, dice: random.Random) -> bytes:
    """Change the value of one attribute of XML."""
    places = list(re.finditer(rb'="([^"]*)"', content))
    if not places:
        return content
    found = dice.choice(places)
    value = dice.choice(
        (b"", b"-1", b"0", b"999999999999", b"A1:XFD1048576", b"XFD1048576", b"x", b"rId99", b"1e9")
    )
    return content[: found.start(1)] + value + content[found.end(1) :]


def _snapshot(content: bytes, dice: random.Random) -> bytes:
    """Change the header or a section of a snapshot, and let the checksums fit."""
    try:
        length = int.from_bytes(content[8:12], "little")
        header = json.loads(content[16 : 16 + length])
        sections = dict(header["sections"])
        parts = {name: content[at : at + size] for name, (at, size, _) in sections.items()}
        if dice.random() < 0.4:
            header = json.loads(_json(json.dumps(header).encode(), dice))
        else:
            name = dice.choice(list(parts))
            parts[name] = _bytes(parts[name], dice)
        room = 64 * ((len(json.dumps(header)) + 600) // 64 + 1)
        body = b""
        for name, part in parts.items():
            body += b"\0" * (-len(body) % 64)
            header["sections"][name] = [room + len(body), len(part), zlib.crc32(part)]
            body += part
        text = json.dumps(header).encode()
    except Exception:  # another mutation has broken it
        return content
    sizes = len(text).to_bytes(4, "little") + zlib.crc32(text).to_bytes(4, "little")
    return (b"MEDGRAPH" + sizes + text).ljust(room, b"\0") + body


# -- running ---------------------------------------------------------------------------------------


def watched(line: list[str], scratch: Path) -> Outcome:
    """Run one line in a process forked from this one, and say what it came to."""
    child = os.fork()
    if not child:
        _become(line, scratch)
    status, used = _waited(child)
    about = " ".join(line[:2])
    if status is None:
        return Outcome("hang", about)
    if os.WIFSIGNALED(status) and not _fault_reports(scratch):
        return Outcome("abort", f"signal {os.WTERMSIG(status)} {about}")
    if used > MEGABYTES << 10:
        return Outcome("memory", f"{used >> 10} MB {about}")
    return _judged(line, scratch, os.WEXITSTATUS(status))


def _judged(line: list[str], scratch: Path, code: int) -> Outcome:
    """What a line came to that ended with this code, and what it left behind."""
    if faults := _fault_reports(scratch):
        places = faults[0].read_text("utf-8").splitlines()
        own = [text.strip() for text in places if text.startswith("  medgraph/")]
        kind = next(
            text
            for text in places
            if text and not text.startswith(("medgraph ", "python ", "system "))
        )
        return Outcome("fault", f"{kind} {own[-1] if own else ''} <- {places[-1].strip()}")
    output, errors = (stream.read_text("utf-8", "replace") for stream in _streams(scratch))
    if "Traceback (most recent" in output + errors:
        return Outcome("traceback", (output + errors)[-300:])
    about = " ".join(line[:2])
    if code not in (0, 1, 2) or (code == 1 and line[0] not in FINDINGS):
        return Outcome("code", f"{code} {about}")
    if code != REFUSED and not _is_accounted(output):
        return Outcome("rows", about)
    return Outcome({0: "read", 1: "findings", REFUSED: "refused"}[code])


def _fault_reports(scratch: Path) -> list[Path]:
    return sorted(scratch.glob("medgraph-fault-*"))


def _streams(scratch: Path) -> list[Path]:
    """Where what a line says is kept: stdout and stderr."""
    return [scratch / name for name in ("output.txt", "errors.txt")]


def together(files: Iterable[tuple[int, Callable[[], list[str]]]], scratch: Path) -> dict[int, str]:
    """Read several files in one forked process; return what those came to that ended plainly.

    Each is its number, and what writes it and returns its line.
    """
    told = scratch.with_suffix(".told")
    told.write_text("")
    child = os.fork()
    if not child:
        _read_on(files, scratch, told)
    status, used = _waited(child)
    if status != 0 or used > MEGABYTES << 10:
        return {}
    return {int(number): word for number, word in map(str.split, told.read_text().splitlines())}


def _read_on(
    files: Iterable[tuple[int, Callable[[], list[str]]]], scratch: Path, told: Path
) -> None:
    """Read files one after the other in a forked process, and note what is plain; never return."""
    code = 1
    try:
        _limit(scratch)
        with told.open("w", buffering=1) as notes:
            for number, written in files:
                line = written()
                began = time.process_time()
                ended = _run(line, scratch)
                found = _judged(line, scratch, ended)
                if not found.detail and time.process_time() - began < SECONDS / 4:
                    print(number, found.word, file=notes)
        code = 0
    finally:
        os._exit(code)


def _is_accounted(output: str) -> bool:
    """Whether an answer in JSON accounts for every row that came in; another has nothing to say."""
    if not output.startswith("{"):
        return True
    found = json.loads(output)
    if "rows_in" in found:
        return found["rows_in"] == found["loaded"] + found["left_out"]
    parts = found["accounted"]
    return parts["in"] == parts["judged"] + parts["unknown"] + parts["excluded"]


def _become(line: list[str], scratch: Path) -> None:
    """Be the command line, in a forked process; never return."""
    code = 99
    try:
        _limit(scratch)
        code = _run(line, scratch)
    finally:
        os._exit(code)


def _limit(scratch: Path) -> None:
    """Bound what this process may ask for, and let it write into a folder of its own."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    tempfile.tempdir = str(scratch)
    os.chdir(scratch)


def _run(line: list[str], scratch: Path) -> int:
    """Run a line of the command in this process; return its exit code."""
    from medgraph.cli import app

    for number, stream in enumerate(_streams(scratch), 1):
        file = os.open(stream, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(file, number)
        os.close(file)
    try:
        app.main(line)
    except SystemExit as end:
        return int(end.code or 0)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 99


def _waited(child: int) -> tuple[int | None, int]:
    """The status of a process and its memory in KB; None where it took too long.

    That is counted in time of the processor, for others may use it too; and where a process only
    waits, it is ended at last.
    """
    began = time.monotonic()
    while time.monotonic() - began < PATIENCE * SECONDS:
        pid, status, usage = os.wait4(child, os.WNOHANG)
        if pid:
            is_long = usage.ru_utime + usage.ru_stime > SECONDS
            return (None if is_long else status), usage.ru_maxrss
        time.sleep(min(_LOOK_EVERY, _LOOK_AFTER + (time.monotonic() - began) / 20))
    os.kill(child, signal.SIGKILL)
    os.wait4(child, 0)
    return None, 0


def _prepared(name: str, content: bytes, seeds: Path, scratch: Path) -> list[str]:
    """Write a mutated file where its line finds it, and return that line."""
    for left in scratch.rglob("*"):
        if left.is_file() or left.is_symlink():
            left.unlink()
    folder = scratch / "in"
    folder.mkdir(exist_ok=True)
    if name in BESIDE:
        for file in (seeds / BESIDE[name]).iterdir():
            if file.name != name:
                os.link(file, folder / file.name)
    (folder / name).write_bytes(content)
    places = places_of(name, folder, seeds)
    return [word.format(**places) for word in LINES[name]]


def _seed(name: str, seeds: Path) -> bytes:
    return (seeds / BESIDE.get(name, "") / name).read_bytes()


def fuzz(files: range, seed: int, names: list[str], kept: Path | None) -> Iterator[Counts]:
    """Read so many broken files; yield the counts by reader at times and at the end.

    Files that failed are kept.
    """
    table: Counts = {name: collections.Counter() for name in names}
    order = turns(names)
    with tempfile.TemporaryDirectory() as folder:
        seeds, scratch = Path(folder, "seeds"), Path(folder, "scratch")
        seeds.mkdir()
        scratch.mkdir()
        _write_seeds(seeds)
        contents = {name: _seed(name, seeds) for name in names}
        _warm(names, seeds, scratch)
        written = functools.partial(_written, seed, order, contents, seeds, scratch)
        for some in _portions(files):
            plain = together(
                [(number, functools.partial(written, number)) for number in some], scratch
            )
            for number in some:
                name = order[number % len(order)]
                found = Outcome(plain.get(number, ""))
                if not found.word:
                    found = watched(written(number), scratch)
                table[name][found.word] += 1
                if found.detail:
                    print(f"{number} {name}: {found.word}: {found.detail}", flush=True)
                    _keep(kept, f"{seed}-{number}-{name}", (scratch / "in" / name).read_bytes())
            yield table


def _portions(files: range) -> Iterator[range]:
    for start in range(0, len(files), TOGETHER):
        yield files[start : start + TOGETHER]


def _written(
    seed: int,
    order: list[str],
    contents: dict[str, bytes],
    seeds: Path,
    scratch: Path,
    number: int,
) -> list[str]:
    """Write the file of a number, and return the line that reads it."""
    dice = random.Random(f"{seed}/{number}")
    name = order[number % len(order)]
    return _prepared(name, mutated(name, contents[name], dice), seeds, scratch)


def _keep(kept: Path | None, name: str, content: bytes) -> None:
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        (kept / name).write_bytes(content)


def _write_seeds(seeds: Path) -> None:
    """Write the sound files in another process, so that this one keeps nothing of them."""
    code = (
        "import sys; from pathlib import Path; import fuzz_seeds as seeds;"
        "seeds.write_seeds(Path(sys.argv[1]))"
    )
    here = str(Path(__file__).resolve().parent)
    path = os.pathsep.join([here, os.path.dirname(here), os.environ.get("PYTHONPATH", "")])
    subprocess.run(
        [sys.executable, "-c", code, str(seeds)],
        check=True,
        env={**os.environ, "PYTHONPATH": path},
    )


def _warm(names: list[str], seeds: Path, scratch: Path) -> None:
    """Import what the lines import, so that a fork need not.

    Only the imports are taken over: what the lines compute or start stays in a process of theirs.
    """
    __import__("medgraph.cli.app")
    wanted = scratch.with_suffix(".modules")
    lines = (_prepared(name, _seed(name, seeds), seeds, scratch) for name in names)
    child = os.fork()
    if not child:
        _tell_imports(lines, scratch, wanted)
    _, status = os.waitpid(child, 0)
    if status:
        sys.exit(
            f"the sound files could not be read: {_streams(scratch)[1].read_text('utf-8', 'replace')}"
        )
    for module in json.loads(wanted.read_text()):
        with contextlib.suppress(ImportError):  # part of a compiled module, or a plug-in
            importlib.import_module(module)
    gc.collect()
    gc.freeze()  # or each fork copies all of them as soon as it collects


def _tell_imports(lines: Iterable[list[str]], scratch: Path, wanted: Path) -> None:
    """Read sound files in a forked process and write which modules that took; never return."""
    before, code = set(sys.modules), 1
    try:
        _limit(scratch)
        for line in lines:
            _run(line, scratch)
        wanted.write_text(json.dumps(sorted(set(sys.modules) - before)))
        code = 0
    finally:
        os._exit(code)


BAD = ("fault", "traceback", "abort", "hang", "memory", "code", "rows")


def as_table(table: Counts) -> str:
    """Return the counts as a table of Markdown."""
    words = ("read", "findings", "refused", *BAD)
    lines = [f"| file | files | {' | '.join(words)} |", f"|---|{'---|' * (len(words) + 1)}"]
    total = sum(table.values(), collections.Counter())
    for name, counts in {**table, "all": total}.items():
        cells = " | ".join(str(counts[word]) for word in words)
        lines.append(f"| {name} | {counts.total()} | {cells} |")
    return "\n".join(lines)


class Sums:
    """What the runs of all seeds came to, in a small file, each seed as far as it was run."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.by_seed: dict[str, Counts] = {}
        if path.exists():
            kept = json.loads(path.read_text("utf-8"))
            self.by_seed = {seed: _counted(table) for seed, table in kept.items()}

    def done(self, seed: int) -> int:
        """Return how many files of a seed were tried."""
        return sum(counts.total() for counts in self.by_seed.get(str(seed), {}).values())

    def save(self, seed: int, table: Counts) -> None:
        """Keep the counts of a seed; other runs keep theirs in the same file."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.by_seed = {**Sums(self.path).by_seed, str(seed): table}
        new = self.path.with_suffix(f".{seed}.new")
        new.write_text(json.dumps(self.by_seed, indent=1), "utf-8")
        new.replace(self.path)

    def of_seed(self, seed: int) -> Counts:
        """Return the counts of a seed so far."""
        return self.by_seed.get(str(seed), {})

    def total(self) -> Counts:
        """Return the counts of all seeds together."""
        return functools.reduce(_sum, self.by_seed.values(), {})


def _counted(table: dict[str, dict[str, int]]) -> Counts:
    return {name: collections.Counter(counts) for name, counts in table.items()}


def _sum(one: Counts, other: Counts) -> Counts:
    names = [*one, *(name for name in other if name not in one)]
    return {
        name: one.get(name, collections.Counter()) + other.get(name, collections.Counter())
        for name in names
    }


def main() -> None:
    """Run, print the table, and end with 1 where a file ended otherwise than it should."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--files", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", action="append", choices=list(LINES))
    parser.add_argument("--keep", type=Path, help="a folder for the files that failed")
    parser.add_argument("--sums", type=Path, help="a file in which runs add up, and go on")
    asked = parser.parse_args()
    names = asked.only or list(LINES)
    if asked.only and asked.sums:
        parser.error("--sums counts the files of all readers: leave --only out")
    if asked.sums is None:
        *_, table = fuzz(range(asked.files), asked.seed, names, asked.keep)
    else:
        table = _added(Sums(asked.sums), asked.files, asked.seed, names, asked.keep)
    print(as_table(table))
    sys.exit(any(counts[word] for counts in table.values() for word in BAD))


def _added(sums: Sums, files: int, seed: int, names: list[str], kept: Path | None) -> Counts:
    """Go on with a seed where it was ended, and return what all seeds came to."""
    before = sums.of_seed(seed)
    left = range(sums.done(seed), files)
    if left:
        for table in fuzz(left, seed, names, kept):
            sums.save(seed, _sum(before, table))
    return sums.total()


if __name__ == "__main__":
    main()
