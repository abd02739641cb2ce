"""How the files of an edition's data are used from other programs: code to copy.

Pure. Every line here is run by a test. Knows names of tables, columns and views; an address and a
series are handed in.
"""

from __future__ import annotations


def load_in_pandas(address: str) -> str:
    """One line of Python: a series as the edition shows it, from the address of its CSV."""
    return f'import pandas as pd; data = pd.read_csv("{address}").dropna(subset=["shown"])'


def load_in_r(address: str) -> str:
    """One line of R that does the same."""
    return f'subset(read.csv("{address}"), !is.na(shown))'


def load_in_duckdb(address: str) -> str:
    """One line of SQL for DuckDB, which reads CSV from an address."""
    return f"SELECT period, shown FROM read_csv('{address}') WHERE shown IS NOT NULL;"  # noqa: S608


def query_newest(series: str) -> str:
    """SQL for the database: a series as the edition shows it."""
    return f"SELECT period, value FROM newest WHERE series = '{series}' ORDER BY period;"  # noqa: S608


def query_day(series: str, day: str) -> str:
    """SQL for the database: a series as it was known at the end of an earlier day.

    Of each source the row published last stands, and of sources the best in rank that has a value,
    as the edition chooses; declared corrections are left out.
    """
    return f"""\
WITH known AS (
  SELECT *, row_number() OVER (PARTITION BY period, source ORDER BY published DESC) AS age
  FROM observations WHERE series = '{series}' AND published <= '{day}'
), standing AS (
  SELECT known.*, row_number() OVER (
    PARTITION BY period
    ORDER BY status = 'not_published', rank, published DESC, source
  ) AS place
  FROM known JOIN preferences USING (series, source)
  WHERE age = 1 AND status <> 'retracted'
)
SELECT period, value, status, published, source FROM standing WHERE place = 1 ORDER BY period;
"""  # noqa: S608 - ids and days of ours
