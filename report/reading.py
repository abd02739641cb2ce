"""Files of a report folder read into texts, with everything suspicious about them said.

One of the few modules that touch the outside: it only reads, follows no link, opens nothing but
regular files below the report's folder, and knows nothing of what the texts mean.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from report.problems import Place, Problem

LARGEST = 2 * 1024 * 1024
TEXT_SUFFIXES = frozenset({".csv", ".yml", ".md", ".jinja", ".po"})


@dataclass(slots=True)
class Texts:
    """Texts by path below the report's folder, and the problems of their files."""

    by_path: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_texts(root: Path, folder: str) -> Texts:
    """All texts below a folder of the report, in order of path."""
    texts = Texts()
    for path, entry in _walk(root / folder, folder, texts):
        text = _read_text(entry, path, texts)
        if text is not None:
            texts.by_path[path] = text
    return texts


def read_manifests(root: Path) -> Texts:
    """The manifests of frozen editions, which are data that only the machine writes."""
    texts = Texts()
    for path, entry in _walk(root / "data" / "editions", "data/editions", Texts(), {".json"}):
        text = _read_text(entry, path, texts)
        if text is not None:
            texts.by_path[path] = text
    return texts


def read_theme(root: Path) -> Texts:
    """The renderer's forms that stand in the place of its theme's own."""
    texts = Texts()
    for path, entry in _walk(root / "templates" / "theme", "templates/theme", texts, {".html"}):
        text = _read_text(entry, path, texts)
        if text is not None:
            texts.by_path[path] = text
    return texts


def list_inputs(path: Path) -> list[Path]:
    """Regular files at or below a path, in order, without links and what is hidden."""
    found = [path] if path.is_file() else []
    for folder, folders, files in os.walk(path):
        folders[:] = sorted(name for name in folders if name[0] != "." and name != "__pycache__")
        found += [Path(folder, name) for name in sorted(files) if name[0] != "."]
    return [place for place in found if place.is_file() and not place.is_symlink()]


def _walk(
    folder: Path, name: str, texts: Texts, suffixes: Collection[str] = TEXT_SUFFIXES
) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Regular files below a folder; links, devices and odd names become problems."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    except OSError as error:
        what = f"the folder cannot be read: {error.strerror}"
        texts.problems.append(Problem(Place(name), "E103", what, "give read permission"))
        return
    seen: dict[str, str] = {}
    for entry in entries:
        path = f"{name}/{entry.name}"
        if entry.name.startswith("."):
            continue
        if (other := seen.setdefault(entry.name.casefold(), entry.name)) != entry.name:
            what = f"its name differs from {other} by case only"
            texts.problems.append(Problem(Place(path), "E104", what, "rename one of them"))
        elif entry.is_symlink():
            what = "a link, which is never followed"
            texts.problems.append(Problem(Place(path), "E103", what, "put the file itself here"))
        elif entry.is_dir():
            yield from _walk(folder / entry.name, path, texts, suffixes)
        elif not stat.S_ISREG(entry.stat(follow_symlinks=False).st_mode):
            what = "no regular file"
            texts.problems.append(Problem(Place(path), "E103", what, "take it away"))
        elif Path(entry.name).suffix in suffixes:
            yield path, entry


def _read_text(entry: os.DirEntry[str], path: str, texts: Texts) -> str | None:
    """The text of a file with line ends as LF, or None with a problem."""
    if entry.stat().st_size > LARGEST:
        what = f"the file is larger than {LARGEST // 1024 // 1024} MiB"
        texts.problems.append(Problem(Place(path), "E117", what, "split it"))
        return None
    try:
        content = Path(entry.path).read_bytes()
    except OSError as error:
        what = f"the file cannot be read: {error.strerror}"
        texts.problems.append(Problem(Place(path), "E103", what, "give read permission"))
        return None
    found = _find_encoding_problem(content, path)
    if found is not None:
        texts.problems.append(found)
        return _recover_text(content)
    return content.decode().replace("\r\n", "\n")


def _recover_text(content: bytes) -> str:
    """What can be read of a faulty text, so that its other problems come out in the same run."""
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = content.decode("utf-16" if wide else "utf-8-sig", errors="replace")
    return text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")


def _find_encoding_problem(content: bytes, path: str) -> Problem | None:
    """What makes bytes unfit as text: encoding, byte order mark, NUL, or old line ends."""
    if content.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        what = "the file begins with a byte order mark"
        return Problem(Place(path), "E105", what, "save it as UTF-8 without BOM")
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        place = _find_place(path, content[: error.start].decode())
        what = f"line {place.line} is not UTF-8"
        return Problem(place, "E106", what, "save the file as UTF-8")
    for mark, name in (("\0", "a NUL character"), ("\r", "a line end of the old kind (CR)")):
        before, found, _ = text.replace("\r\n", "\n").partition(mark)
        if found:
            what = f"the line holds {name}"
            return Problem(_find_place(path, before), "E107", what, "end lines with LF")
    return None


def _find_place(path: str, before: str) -> Place:
    """The place of what comes after a beginning of a file."""
    return Place(path, before.count("\n") + 1, len(before) - before.rfind("\n"))
