"""The data of the second report are taken away whole, described, and without what is withheld."""

from __future__ import annotations

import csv
import io
import json
import warnings
import zipfile
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import pytest
from csvw import CSVW  # type: ignore[import-untyped]
from frictionless import validate

from report.corrections import Action, Correction
from report.downloads import Downloads
from report.model import Observation
from report.schemas import SCHEMAS
from report.views import make_view
from tests.examples import ENGLISH, PROJECT, make_second_report, make_second_view

TAKEN = PROJECT / "tests" / "taken"
GOLDEN = sorted(path.relative_to(TAKEN).as_posix() for path in TAKEN.rglob("*.csv"))
ARCHIVE = "data/bicycle-corridors-2026.zip"
DATABASE = "data/bicycle-corridors-2026.sqlite"
VALUES = {"observations.csv": "2026-06-01", "computed.csv": "2026-03-01"}
"""Tables of values, and the last day on which one of theirs became known."""
SURVEY_ALONE = ("question 7", "question 3", "question 9", "question 10", "question 12")
"""Places in the survey, which does not let its values be passed on."""


@lru_cache
def take_files() -> Mapping[str, bytes]:
    """All files of the second report's data."""
    return Downloads(make_second_view(), ENGLISH).files


def read_rows(name: str) -> list[dict[str, str]]:
    """The rows of a CSV file below `data/`."""
    text = take_files()[f"data/{name}"].decode()
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def unpack() -> dict[str, bytes]:
    """Files of the archive by their path in it."""
    with zipfile.ZipFile(io.BytesIO(take_files()[ARCHIVE])) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def fits_csvw(metadata: Path) -> bool:
    """Whether tables are as their CSVW metadata say; the library raises at some faults."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return bool(CSVW(str(metadata), validate=True).is_valid)
        except ValueError:
            return False


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files on a disk."""
    folder = tmp_path_factory.mktemp("data")
    for path, content in take_files().items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


@pytest.mark.parametrize("name", GOLDEN)
def test_tables_are_as_worked_out_by_hand(name: str) -> None:
    """Values, vintages, what is shown, what is withheld, and verdicts."""
    assert take_files()[f"data/{name}"].decode() == (TAKEN / name).read_text(encoding="utf-8")


def test_a_series_is_told_whole_in_json() -> None:
    """Unit, sources with terms, exact numbers, and where to get what is withheld."""
    told = json.loads(take_files()["data/series/river.trips.json"], parse_float=Decimal)

    assert told["title"] == "Trips on the river corridor"
    assert told["unit"] == {"id": "trips", "title": "thousand trips"}
    assert told["frequency"] == "annual"
    assert told["url"] == "https://example.org/bicycles/en/2026/data/#series-river.trips"
    assert told["sources"]["counters"]["licence"] == "CC0 1.0"
    assert told["withheld"]["where"] == [
        {
            "source": "survey",
            "count": 2,
            "first": "2020",
            "last": "2021",
            "licence": "all rights reserved",
            "url": "https://example.org/survey/",
        }
    ]
    assert len(told["values"]) == 12
    assert told["values"][2] == {
        "period": "2020",
        "value": None,
        "status": "withheld",
        "published": "2021-06-01",
        "source": "survey",
    }
    assert told["values"][10] == {
        "period": "2024",
        "value": Decimal("498.5"),
        "shown": Decimal("498.5"),
        "status": "final",
        "published": "2026-03-01",
        "source": "counters",
        "locator": "table 1",
        "reason": "routine",
    }


def test_a_computed_series_tells_how_it_is_computed() -> None:
    """Inputs and formula; of 120 and 410 the share is 12000/530, to 28 digits."""
    told = json.loads(take_files()["data/series/hill.trips.share.json"], parse_float=Decimal)
    index = json.loads(take_files()["data/series/river.trips.index.json"])

    assert told["computed"]["operation"] == "share"
    assert told["computed"]["inputs"] == ["hill.trips", "both.trips"]
    assert told["computed"]["formula"] == "share(hill.trips, both.trips)"
    assert told["computed"]["method"].startswith("Part in percent of a whole")
    assert index["computed"]["formula"] == "index(river.trips; base=2019)"
    assert told["values"][0]["value"] == Decimal("22.64150943396226415094339623")
    assert told["values"][0]["sources"] == ["counters"]


def test_every_series_of_which_something_is_known_has_its_files() -> None:
    """Twelve that are observed and four that are computed; the register lists the same."""
    names = {path.removeprefix("data/series/") for path in take_files() if "/series/" in path}
    declared = {*make_second_report().series, *make_second_report().derived}

    assert len(declared) == 16
    assert {f"{name}.{suffix}" for name in declared for suffix in ("csv", "json")} == names - {
        "csv-metadata.json"
    }
    assert {row["id"] for row in read_rows("series.csv")} == declared
    assert {row["path"] for row in read_rows("series.csv")} == {
        f"series/{name}.csv" for name in declared
    }


def test_nothing_that_came_after_the_cut_off_is_in_any_file() -> None:
    """The 545 of September 2026, and the lift of August."""
    for path, content in take_files().items():
        for text in unpack().values() if path == ARCHIVE else [content]:
            assert b"notice 5" not in text, path
            assert b"2026-09-15,counters,table" not in text, path
            assert b'"published": "2026-09-15", "source"' not in text, path
    assert "545" not in {row["value"] for row in read_rows("observations.csv")}
    days = {name: [row["published"] for row in read_rows(name)] for name in VALUES}
    assert {name: max(found) for name, found in days.items()} == VALUES


def test_nothing_that_may_not_be_passed_on_is_in_any_file() -> None:
    """Neither values of the survey nor places in it, nor what is computed from them."""
    for path, content in take_files().items():
        for text in unpack().values() if path == ARCHIVE else [content]:
            assert not [place for place in SURVEY_ALONE if place.encode() in text], path
    observed = [row for row in read_rows("observations.csv") if row["source"] == "survey"]
    computed = [row for row in read_rows("computed.csv") if "survey" in row["sources"].split()]
    assert len(observed) == 18
    assert len(computed) == 5
    assert {(row["value"], row["status"]) for row in [*observed, *computed]} == {("", "withheld")}


def test_numbers_of_a_source_that_is_closed_are_left_out_everywhere() -> None:
    """Of claims, and of corrections of its values."""
    report = make_second_report()
    closed = report.sources["plan"].model_copy(update={"redistributable": False})
    correction = Correction(
        series="river.time",
        period="2025",
        source="survey",
        action=Action.SCALE,
        expect=Decimal(58),
        factor=Decimal("0.1"),
        reason={"en": "The decimal point is lost"},
        date=date(2026, 6, 2),
    )
    changed = {field: getattr(report, field) for field in type(report).__dataclass_fields__} | {
        "sources": {**report.sources, "plan": closed},
        "corrections": (correction,),
    }
    view = make_view(type(report)(**changed), report.editions[0])
    files = Downloads(view, ENGLISH).files
    claims = list(csv.DictReader(io.StringIO(files["data/claims.csv"].decode())))

    assert [(row["value"], row["tolerance"]) for row in claims] == [("", "")] * 3
    assert files["data/corrections.csv"].decode().splitlines()[1:] == [
        "river.time,2025,survey,2026-06-02,scale,,,0.1,The decimal point is lost"
    ]


def test_a_corrected_value_is_shown_beside_the_one_that_was_published() -> None:
    """The row keeps 11 crashes; what is shown is 12."""
    report = make_second_report()
    correction = Correction(
        series="crashes.river",
        period="2025",
        source="counters",
        action=Action.OVERRIDE,
        expect=Decimal(11),
        value=Decimal(12),
        reason={"en": "One was told of later"},
        date=date(2026, 6, 2),
    )
    changed = {field: getattr(report, field) for field in type(report).__dataclass_fields__} | {
        "corrections": (correction,)
    }
    view = make_view(type(report)(**changed), report.editions[0])
    files = Downloads(view, ENGLISH).files

    last = files["data/series/crashes.river.csv"].decode().splitlines()[-1]
    assert last == "2025,11,12,provisional,2026-03-01,counters,table 5,first,"
    assert b'"reason": "One was told of later"' in files["data/series/crashes.river.json"]


# Descriptions.


def test_the_data_package_and_all_its_tables_are_valid(folder: Path) -> None:
    """Every cell by its type, every key, size and hash, as Frictionless reads them."""
    found = validate(str(folder / "data/datapackage.json"))

    assert found.flatten(["type", "title", "note"]) == []
    assert found.valid
    assert found.stats["tasks"] == len(SCHEMAS) == 14


def test_the_archive_is_a_valid_data_package_of_its_own(tmp_path: Path) -> None:
    """With a readme and the licences, in one folder."""
    files = unpack()
    for path, content in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    home = tmp_path / "bicycle-corridors-2026"

    assert {path.partition("/")[0] for path in files} == {home.name}
    assert validate(str(home / "datapackage.json")).valid
    assert CSVW(str(home / "csv-metadata.json"), validate=True).is_valid
    assert "CC0 1.0" in (home / "LICENCE.txt").read_text()
    assert "Household survey" not in (home / "LICENCE.txt").read_text()
    assert "Values withheld: 23, of 11 series" in (home / "README.md").read_text()
    for path, content in files.items():
        beside = take_files()["data/" + path.partition("/")[2]]
        assert content == beside


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("observations.csv", "hill.trips,2019,120,", "hill.trips,2019,many,"),
        ("observations.csv", "hill.trips,2019,120,", "hill.trails,2019,120,"),
        ("observations.csv", "2020-03-01,counters,table 2", "someday,counters,table 2"),
        ("sources.csv", ",CC0 1.0,yes,", ",CC0 1.0,perhaps,"),
    ],
)
def test_descriptions_refuse_what_they_do_not_describe(
    folder: Path, tmp_path: Path, name: str, old: str, new: str
) -> None:
    """A word for a number, a series that is not there, a day that is none, a yes that is none."""
    for schema in SCHEMAS:
        path = folder / "data" / f"{schema.name}.csv"
        text = path.read_text(encoding="utf-8")
        assert schema.name != name.removesuffix(".csv") or text.count(old) == 1
        changed = text.replace(old, new) if path.name == name else text
        (tmp_path / path.name).write_text(changed, encoding="utf-8")
    package = json.loads((folder / "data/datapackage.json").read_bytes())
    for resource in package["resources"]:
        del resource["bytes"], resource["hash"]
    (tmp_path / "datapackage.json").write_text(json.dumps(package))
    metadata = (folder / "data/csv-metadata.json").read_bytes()
    (tmp_path / "csv-metadata.json").write_bytes(metadata)

    assert not validate(str(tmp_path / "datapackage.json")).valid
    assert not fits_csvw(tmp_path / "csv-metadata.json")


@pytest.mark.parametrize("name", ["csv-metadata.json", "series/csv-metadata.json"])
def test_csvw_describes_each_table(folder: Path, name: str) -> None:
    """All tables, and all files of single series, as a CSVW validator reads them."""
    found = CSVW(str(folder / "data" / name), validate=True)
    urls = {table.url.string for table in found.tables}
    beside = {path.name for path in (folder / "data" / name).parent.glob("*.csv")}

    assert found.is_valid, found.warnings
    assert urls == beside


def test_what_descriptions_say_of_columns_is_the_same() -> None:
    """Data Package and CSVW name the same columns in the same order, with a description each."""
    package = json.loads(take_files()["data/datapackage.json"])
    tables = json.loads(take_files()["data/csv-metadata.json"])["tables"]
    for schema, resource, table in zip(SCHEMAS, package["resources"], tables, strict=True):
        fields = resource["schema"]["fields"]
        columns = table["tableSchema"]["columns"]
        header = take_files()[f"data/{schema.name}.csv"].decode().splitlines()[0].split(",")
        assert [field["name"] for field in fields] == header
        assert [column["name"] for column in columns] == header
        assert all(field["description"] for field in fields)
    assert package["licenses"] == [
        {
            "name": "CC0-1.0",
            "path": "https://creativecommons.org/publicdomain/zero/1.0/",
            "title": "CC0 1.0",
        }
    ]
    assert [source["title"] for source in package["sources"]] == [
        "Counting posts of both towns: Yearly counts"
    ]


# As a whole.


def test_the_same_facts_give_the_same_bytes() -> None:
    """Made anew from rows in another order."""
    report = make_second_report()
    turned: tuple[Observation, ...] = report.observations[::-1]
    changed = {field: getattr(report, field) for field in type(report).__dataclass_fields__} | {
        "observations": turned
    }
    view = make_view(type(report)(**changed), report.editions[0])

    assert Downloads(view, ENGLISH).files == take_files()


def test_the_archive_keeps_nothing_of_the_machine() -> None:
    """Names in order, one time for all, rights of an ordinary file."""
    with zipfile.ZipFile(io.BytesIO(take_files()[ARCHIVE])) as archive:
        members = archive.infolist()

    assert [member.filename for member in members] == sorted(m.filename for m in members)
    assert {member.date_time for member in members} == {(2026, 7, 1, 0, 0, 0)}
    assert {member.external_attr >> 16 for member in members} == {0o100644}


def test_the_database_keeps_nothing_of_the_library() -> None:
    """The version that SQLite writes into the head is taken out."""
    content = take_files()[DATABASE]

    assert content[:16] == b"SQLite format 3\0"
    assert content[96:100] == bytes(4)
