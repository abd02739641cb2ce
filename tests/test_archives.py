"""An archive of a site is taken as a whole or refused with everything that is wrong with it."""

from __future__ import annotations

import gzip
import io
import tarfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report import archives
from report.archives import ArchiveRefused, pack_files, unpack_files
from tests.test_policies import PAGE, SOUND

SITE = {"index.html": SOUND.encode(), "en/2026/a.css": b"p{}", ".nojekyll": b""}
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>'


def pack(*members: tuple[tarfile.TarInfo, bytes], form: int = tarfile.USTAR_FORMAT) -> bytes:
    """An archive of any members after those of a sound site."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:", format=form) as archive:
        for name, content in SITE.items():
            archive.addfile(describe(name, len(content)), io.BytesIO(content))
        for member, content in members:
            archive.addfile(member, io.BytesIO(content))
    return packed.getvalue()


def describe(name: str, size: int = 0, kind: bytes = tarfile.REGTYPE) -> tarfile.TarInfo:
    """A member of an archive."""
    member = tarfile.TarInfo(name)
    member.size, member.type, member.linkname = size, kind, "/etc/passwd"
    return member


def refuse(packed: bytes) -> str:
    """Why an archive is refused."""
    with pytest.raises(ArchiveRefused) as caught:
        unpack_files(packed)
    return str(caught.value)


def test_what_was_packed_comes_out_and_the_same_bytes_each_time() -> None:
    """Packing and unpacking change nothing; the order of files does not show."""
    packed = pack_files(SITE)

    assert unpack_files(packed) == SITE
    assert packed == pack_files(dict(reversed(SITE.items())))


def test_folders_may_be_listed() -> None:
    """An archive made by `tar` itself names folders, which hold nothing."""
    assert unpack_files(pack((describe("en", kind=tarfile.DIRTYPE), b""))) == SITE


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("../x.css", "'../x.css' is no plain path"),
        ("/etc/x.css", "'/etc/x.css' is no plain path"),
        ("a/../../x.css", "is no plain path"),
        ("./x.css", "'./x.css' is no plain path"),
        ("a//x.css", "is no plain path"),
        (".git/config.txt", "'.git/config.txt' is hidden"),
        (".github/workflows/x.txt", "is hidden"),
        (".htaccess", "is hidden"),
        ("CNAME", "'CNAME' is no kind of file"),
        ("a/x.php", "is no kind of file"),
        ("a/x.HTML", "is no kind of file"),
        ("a/x.htm", "is no kind of file"),
        ("a\\..\\x.css", "other characters"),
        ("x\n.css", "other characters"),
        ("x .css", "other characters"),
        ("ｘ.css", "other characters"),
        ("index.html", "'index.html' is there twice"),
        ("index.html/x.css", "'index.html' is both a file and a folder"),
        ("en", "'en' is both a file and a folder"),
    ],
)
def test_a_name_that_leads_astray_is_refused(name: str, said: str) -> None:
    """Names lead to files of a site and nowhere else."""
    assert said in refuse(pack((describe(name), b"")))


def test_a_long_name_is_refused() -> None:
    """201 characters are one too many."""
    name = f"{'a' * 97}/{'b' * 97}/{'c.css'}"
    assert len(name) == 201

    assert "too long" in refuse(pack((describe(name), b""), form=tarfile.GNU_FORMAT))
    assert name[1:] in unpack_files(pack((describe(name[1:]), b""), form=tarfile.GNU_FORMAT))


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (tarfile.SYMTYPE, "is a symbolic link"),
        (tarfile.LNKTYPE, "is a hard link"),
        (tarfile.CHRTYPE, "is a device"),
        (tarfile.BLKTYPE, "is a device"),
        (tarfile.FIFOTYPE, "is a pipe"),
        (tarfile.CONTTYPE, "is neither a file nor a folder"),
        (b"Z", "is neither a file nor a folder"),
    ],
)
def test_whatever_is_not_a_file_is_refused(kind: bytes, said: str) -> None:
    """No link, no device: only regular files and folders."""
    assert said in refuse(pack((describe("x.css", kind=kind), b"")))


def test_a_file_with_holes_is_refused() -> None:
    """Few bytes that claim to be many would fill the disk."""
    member = describe("x.css", 3)
    member.pax_headers = {"GNU.sparse.major": "1", "GNU.sparse.realsize": "9000000000"}

    assert "extended headers" in refuse(pack((member, b"abc"), form=tarfile.PAX_FORMAT))


def test_bombs_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Too large by one byte, together, by number, or packed once more."""
    monkeypatch.setattr(archives, "MOST_OF_ONE", 3)
    assert "has 4 bytes; at most 3" in refuse(pack((describe("x.css", 4), b"abcd")))
    monkeypatch.undo()

    whole = sum(len(content) for content in SITE.values())
    monkeypatch.setattr(archives, "MOST_BYTES", whole)
    assert unpack_files(pack()) == SITE
    assert f"have {whole + 1:,} bytes" in refuse(pack((describe("x.css", 1), b"a")))
    monkeypatch.undo()

    monkeypatch.setattr(archives, "MOST_FILES", len(SITE))
    assert unpack_files(pack()) == SITE
    assert "it has 4 files; at most 3" in refuse(pack((describe("x.css"), b"")))
    monkeypatch.undo()

    folders = [(describe(f"d{number}", kind=tarfile.DIRTYPE), b"") for number in range(5)]
    monkeypatch.setattr(archives, "MOST_FILES", 3)
    assert "it has 8 entries; at most 6" in refuse(pack(*folders))
    monkeypatch.undo()

    assert "no plain tar" in refuse(gzip.compress(pack()))
    monkeypatch.setattr(archives, "MOST_PACKED", len(pack()) - 1)
    assert "at most" in refuse(pack())


@pytest.mark.parametrize(
    ("packed", "said"),
    [
        (b"", "no plain tar"),
        (b"PK\x03\x04" + b"\0" * 1000, "no plain tar"),
        (pack()[:700], "no plain tar"),
        (pack() + pack(), "something follows"),
        (pack() + b"x", "something follows"),
        (b"\0" * 10240, "no file"),
    ],
)
def test_what_is_no_archive_is_refused(packed: bytes, said: str) -> None:
    """One whole tar, and nothing else."""
    assert said in refuse(packed)


def test_a_harmed_head_is_refused() -> None:
    """A head whose sum is wrong ends the list; what comes after is not passed over."""
    packed = bytearray(pack((describe("x.css"), b"")))
    place = packed.index(b"en/2026/a.css")
    packed[place] ^= 1

    assert "something follows" in refuse(bytes(packed))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.html", PAGE.encode(), "a.html: does not begin with the security policy"),
        ("a.html", SOUND.replace("go()", "come()").encode(), "not named in its policy"),
        ("a.html", SOUND.replace("default-src 'none'", "default-src *").encode(), "default-src *"),
        ("a.html", b"\xff", "a.html: is not UTF-8"),
        ("a.svg", SVG.replace(b"<path", b"<script>go()</script><path"), "holds <script>"),
        ("a.svg", SVG.replace(b"<path", b"<foreignObject/><path"), "holds <foreignobject>"),
        ("a.svg", SVG.replace(b"d=", b"onload='go()' d="), "'onload', which runs code"),
        ("a.svg", SVG.replace(b"d=", b"href=' java\nscript:go()' d="), "'href' that runs code"),
        ("a.svg", SVG[:-2], "is no XML"),
        ("a.svg", b"<!DOCTYPE a [<!ENTITY b 'c'>]>" + SVG, "declares a type"),
        ("a.xml", b"<?xml-stylesheet href='a.xsl'?><a/>", "style sheet"),
        (
            "a.xml",
            b"<x:script xmlns:x='http://www.w3.org/1999/xhtml'>go()</x:script>",
            "holds <script>",
        ),
    ],
)
def test_a_file_that_could_run_code_is_refused(name: str, content: bytes, said: str) -> None:
    """Pages carry their policy; drawings, which carry none, hold no code."""
    assert said in refuse(pack_files({**SITE, name: content}))


def test_all_faults_are_said_at_once() -> None:
    """Whoever mends an archive sees the whole list."""
    said = refuse(pack((describe("../x.css"), b""), (describe("CNAME"), b"")))

    assert "'../x.css'" in said
    assert "'CNAME'" in said


@given(st.binary(max_size=2000))
def test_no_bytes_raise_anything_but_a_refusal(packed: bytes) -> None:
    """Noise is refused in words."""
    refuse(packed)


@given(st.integers(0, 511), st.integers(0, 255))
def test_a_harmed_archive_is_refused_or_gives_plain_names(place: int, byte: int) -> None:
    """One byte of a head changed never lets a name out of the site."""
    packed = bytearray(pack_files(SITE))
    packed[place] = byte
    try:
        files = unpack_files(bytes(packed))
    except ArchiveRefused:
        return
    assert all(".." not in name and not name.startswith("/") for name in files)
