"""The offline bundle for Windows: its batch files, its list of wheels with hashes, its limit."""

from __future__ import annotations

import json
import re
import zipfile

import pytest

from medgraph.cli import cli
from tools import windows_bundle as bundle

BATCHES = ("install.bat", "check.bat", "board.bat", "medgraph.bat", "find_python.bat")


def wheel(folder, name, version, content=b"x"):
    """Write a wheel that holds one file."""
    path = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(zipfile.ZipInfo(f"{name}/data/{'long' * 10}.txt"), content)
    return path


@pytest.fixture
def wheels(tmp_path):
    folder = tmp_path / "wheels"
    folder.mkdir()
    for name, version in (("colorama", "0.4.6"), ("medgraph", "0.1.0"), ("pip", "26.3")):
        wheel(folder, name, version)
    return folder


@pytest.fixture
def texts(wheels):
    return bundle.pages("3.11", "0.1.0", sorted(wheels.glob("*.whl")))


@pytest.fixture
def held(wheels, texts, tmp_path):
    with zipfile.ZipFile(bundle.pack(tmp_path / "bundle.zip", wheels, texts)) as archive:
        return {
            name.removeprefix("medgraph-windows/"): archive.read(name)
            for name in archive.namelist()
        }


@pytest.mark.parametrize("name", BATCHES)
def test_batch_files_are_ascii_with_crlf(name, held):
    """cmd reads a batch file in the code page of the console and jumps wrongly in one without CRLF."""
    content = held[name]
    assert content.isascii()
    assert content.count(b"\n") == content.count(b"\r\n") > 0
    assert b"$" not in content


@pytest.mark.parametrize("name", BATCHES)
def test_batch_files_jump_and_call_what_is_there(name, held):
    """Every label that is jumped to stands in the same file, every file that is called in the bundle."""
    said = held[name].decode("ascii")
    labels = set(re.findall(r"^:(\w+)", said, flags=re.MULTILINE))
    assert set(re.findall(r"(?:goto|call) :?(\w+)\b(?!\.)", said)) <= labels
    named = set(re.findall(r"\b\w+\.(?:bat|py|txt)\b", said.replace("%~dp0", "/")))
    assert named <= set(held)


@pytest.mark.parametrize(
    ("name", "verbs"), [("check.bat", ["tidy", "check", "report"]), ("board.bat", ["board"])]
)
def test_batch_files_call_commands_that_there_are(name, verbs):
    """Every command and option that a batch file uses is one of the command line."""
    said = (bundle.TEMPLATES / name).read_text(encoding="ascii")
    calls = re.findall(r'run\.py" (\w+) (.*)', said)
    assert [verb for verb, _ in calls] == verbs
    for verb, rest in calls:
        options = {word for one in cli.commands[verb].params for word in one.opts}
        assert set(re.findall(r"--[\w-]+", rest)) <= options


def test_names_are_ascii(held):
    """Unzippers differ on other names."""
    assert all(name.isascii() for name in held)


def test_texts_open_on_windows(held):
    """Notepad knows the readme by its mark; what `type` shows on a Chinese console is in its code page."""
    readme = held["readme.txt"].decode("utf-8-sig")
    assert held["readme.txt"].startswith(b"\xef\xbb\xbf")
    assert "Python 3.11" in readme
    assert "没有找到 64 位的 Python 3.11" in held["no_python.txt"].decode("gbk")
    assert "拖到 check.bat 上" in held["usage.txt"].decode("gbk")


def test_requirements_name_every_wheel_with_its_hash(held, wheels):
    """One line a wheel with the hash of that very file; pip installs and is not installed."""
    lines = held["requirements.txt"].decode().splitlines()
    assert [line.split(" ")[0] for line in lines] == ["colorama==0.4.6", "medgraph==0.1.0"]
    for line, path in zip(lines, sorted(wheels.glob("*.whl")), strict=False):
        assert line.endswith(f"--hash=sha256:{bundle.sha256(path.read_bytes())}")


def test_the_manifest_names_every_wheel(held):
    """Every wheel of the zip stands in the manifest with its size and its hash, and nothing else."""
    said = json.loads(held["manifest.json"])
    assert (said["python"], said["platform"], said["medgraph"]) == ("3.11", "win_amd64", "0.1.0")
    assert {(one["file"], one["bytes"], one["sha256"]) for one in said["files"]} == {
        (name, len(content), bundle.sha256(content))
        for name, content in held.items()
        if name.startswith("wheels/")
    }


def test_the_readme_says_how_long_a_path_may_be(wheels, texts):
    """What is left of 259 characters beside the longest file of a wheel: colorama/data/long....txt has 58."""
    assert bundle.longest_path(sorted(wheels.glob("*.whl"))) == len(
        "colorama/data/" + "long" * 10 + ".txt"
    )
    assert f"不要超过 {259 - 9 - 58} 个字符" in texts["readme.txt"]


def test_the_same_wheels_give_the_same_zip(wheels, texts, tmp_path):
    """Two builds of one day differ in no byte, so that its checksum can be published."""
    one, other = (bundle.pack(tmp_path / f"{name}.zip", wheels, texts) for name in ("one", "other"))
    assert one.read_bytes() == other.read_bytes()


def test_a_bundle_over_the_limit_is_refused(wheels, texts, tmp_path, monkeypatch):
    """More than the limit is an error that says the size, and no zip is left."""
    monkeypatch.setattr(bundle, "LIMIT", 100)
    with pytest.raises(SystemExit, match="more than"):
        bundle.pack(tmp_path / "bundle.zip", wheels, texts)
    assert not (tmp_path / "bundle.zip").exists()


def test_the_limit_is_the_one_promised():
    assert bundle.LIMIT == 120_000_000
