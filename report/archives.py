"""A site in one archive that nobody vouches for: what it may hold, and why it is refused.

Pure: bytes in, files by path out. Whatever made the archive may have meant harm, so everything is
judged before anything is written, and only names and bytes are taken: no links, no rights, no
owners. Knows how the files of a site look; knows nothing of what the site is about.
"""

from __future__ import annotations

import io
import re
import tarfile
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Mapping

from report.policies import find_policy_faults
from report.problems import ReportError

MOST_FILES = 20_000
MOST_BYTES = 300_000_000
"""Of all files together."""
MOST_OF_ONE = 30_000_000
"""Bytes of one file."""
MOST_PACKED = MOST_BYTES + 1_536 * MOST_FILES + 10_240
"""Bytes of the archive: each file has a head and is filled up to whole blocks."""
SUFFIXES = frozenset(
    [
        "atom",
        "bib",
        "cff",
        "css",
        "csv",
        "gif",
        "html",
        "ico",
        "jpg",
        "js",
        "json",
        "jsonld",
        "md",
        "pdf",
        "png",
        "ris",
        "sha256",
        "sqlite",
        "svg",
        "txt",
        "webmanifest",
        "webp",
        "woff2",
        "xlsx",
        "xml",
        "zip",
    ]
)
"""Kinds of files that a site has."""
HIDDEN = frozenset({".nojekyll"})
"""Names with a dot before them that a site may have."""
_NAME = re.compile(r"[A-Za-z0-9._/-]{1,200}", re.ASCII)
_KINDS = {
    tarfile.SYMTYPE: "a symbolic link",
    tarfile.LNKTYPE: "a hard link",
    tarfile.CHRTYPE: "a device",
    tarfile.BLKTYPE: "a device",
    tarfile.FIFOTYPE: "a pipe",
    tarfile.GNUTYPE_SPARSE: "a file with holes",
}
_MOST_SAID = 40


class ArchiveRefused(ReportError):
    """An archive that may not be unpacked; says all that is wrong with it."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        said = "".join(f"\n  {fault}" for fault in self.faults[:_MOST_SAID])
        super().__init__(f"the archive is refused, nothing was written:{said}")


def pack_files(files: Mapping[str, bytes]) -> bytes:
    """An archive of files by path; the same files give the same bytes."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:", format=tarfile.USTAR_FORMAT) as archive:
        for path, content in sorted(files.items()):
            member = tarfile.TarInfo(path)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return packed.getvalue()


def unpack_files(packed: bytes) -> dict[str, bytes]:
    """The files of an archive by path; raises ArchiveRefused with everything that is wrong."""
    if len(packed) > MOST_PACKED:
        raise ArchiveRefused([f"it has {len(packed):,} bytes; at most {MOST_PACKED:,} are taken"])
    try:
        with tarfile.open(fileobj=io.BytesIO(packed), mode="r:") as archive:
            members = archive.getmembers()
            faults = [*_judge_members(members), *_judge_end(packed, archive)]
            if faults:
                raise ArchiveRefused(faults)
            files = {member.name: _take(archive, member) for member in members if member.isreg()}
    except (tarfile.TarError, ValueError, OverflowError, EOFError) as error:
        raise ArchiveRefused([f"it is no plain tar: {error}"]) from None
    faults = [f"{path}: {what}" for path in sorted(files) for what in _judge(path, files[path])]
    if faults:
        raise ArchiveRefused(faults)
    return files


def _take(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    reader = archive.extractfile(member)
    return b"" if reader is None else reader.read()


# The list of what is in it.


def _judge_members(members: list[tarfile.TarInfo]) -> Iterator[str]:
    files = [member for member in members if not member.isdir()]
    folders = {member.name for member in members if member.isdir()}
    if len(members) > 2 * MOST_FILES:
        yield f"it has {len(members):,} entries; at most {2 * MOST_FILES:,} are taken"
        return
    if not files:
        yield "it holds no file"
    if len(files) > MOST_FILES:
        yield f"it has {len(files):,} files; at most {MOST_FILES:,} are taken"
    if (size := sum(member.size for member in files)) > MOST_BYTES:
        yield f"its files have {size:,} bytes; at most {MOST_BYTES:,} are taken"
    for member in members:
        for what in _judge_member(member):
            yield f"{member.name!r} {what}"
    yield from _judge_places([member.name for member in files], folders)


def _judge_member(member: tarfile.TarInfo) -> Iterator[str]:
    if member.type not in {tarfile.REGTYPE, tarfile.AREGTYPE, tarfile.DIRTYPE}:
        yield f"is {_KINDS.get(member.type, 'neither a file nor a folder')}"
    elif member.sparse is not None or member.pax_headers:
        yield "has extended headers, which no file of a site needs"
    elif member.size > MOST_OF_ONE:
        yield f"has {member.size:,} bytes; at most {MOST_OF_ONE:,} are taken"
    yield from _judge_name(member.name, folder=member.isdir())


def _judge_name(name: str, *, folder: bool) -> Iterator[str]:
    if not _NAME.fullmatch(name):
        yield "is a name with other characters than A-Z a-z 0-9 . _ / -, or too long"
        return
    parts = name.split("/")
    if any(part in {"", ".", ".."} for part in parts):
        yield "is no plain path below the site"
    elif any(part.startswith(".") and part not in HIDDEN for part in parts):
        yield "is hidden"
    elif not folder and parts[-1] not in HIDDEN:
        stem, dot, suffix = parts[-1].rpartition(".")
        if not (stem and dot and suffix in SUFFIXES):
            yield "is no kind of file that a site has"


def _judge_places(files: list[str], folders: set[str]) -> Iterator[str]:
    """Files that would stand in each other's place."""
    seen: set[str] = set()
    for name in files:
        if name in seen:
            yield f"{name!r} is there twice"
        seen.add(name)
    parents = folders | {
        name[:end] for name in files for end, letter in enumerate(name) if letter == "/"
    }
    for name in sorted(seen & parents):
        yield f"{name!r} is both a file and a folder"


def _judge_end(packed: bytes, archive: tarfile.TarFile) -> Iterator[str]:
    if packed[archive.offset :].strip(b"\0"):
        yield "something follows after its end, or it is harmed"


# What the files hold.


def _judge(path: str, content: bytes) -> Iterator[str]:
    suffix = path.rpartition(".")[2]
    if suffix == "html":
        try:
            yield from find_policy_faults(content.decode())
        except UnicodeDecodeError:
            yield "is not UTF-8"
    elif suffix in {"svg", "xml", "atom"}:
        yield from _judge_xml(content)


def _judge_xml(content: bytes) -> Iterator[str]:
    """Why an XML file could run code where a browser opens it: it carries no policy of its own."""
    text = content.decode("utf-8", errors="replace")
    if "<!DOCTYPE" in text.upper() or "<!ENTITY" in text.upper() or "<?xml-stylesheet" in text:
        yield "declares a type, an entity or a style sheet"
        return
    try:
        elements = list(ET.fromstring(content).iter())  # noqa: S314 - no entities: see above
    except (ET.ParseError, ValueError, LookupError):
        yield "is no XML"
        return
    for element in elements:
        name = str(element.tag).rpartition("}")[2].lower()
        if name in {"script", "foreignobject", "iframe", "object", "embed", "handler"}:
            yield f"holds <{name}>"
        for key, value in element.attrib.items():
            attribute = key.rpartition("}")[2].lower()
            address = "".join(value.split()).lower()
            if attribute.startswith("on"):
                yield f"has {attribute!r}, which runs code"
            elif address.startswith(("javascript:", "data:text")):
                yield f"has {attribute!r} that runs code"
