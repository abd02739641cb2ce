"""Measure what a reader's phone makes of pages: `python -m benchmarks.pages`.

Lighthouse judges pages of the built site on a throttled phone, and beside them a page with the same
words whose charts are drawn by plain vega-embed. Runs alternate. Then a browser on a slow network
tells when the first words and the first chart were there. Needs `make bench-pages`, which installs
Lighthouse below this folder.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.browsing import serve, watch
from tests.browser.chromium import find_chromium

PROJECT = Path(__file__).resolve().parent.parent
LIBRARIES = PROJECT / "benchmarks" / "node_modules"
PLAIN = "plain vega-embed"
SCORES = {"performance", "accessibility", "best-practices", "seo"}
TIMES = {
    "first-contentful-paint": "first contentful paint, s",
    "largest-contentful-paint": "largest contentful paint, s",
    "total-blocking-time": "blocked, ms",
    "cumulative-layout-shift": "layout shift",
    "total-byte-weight": "transferred, kB",
}
SCALES = {"s": 1000, "kB": 1000}


def write_plain(site: Path, page: str) -> str:
    """A page with the words of another whose charts are drawn as Altair's own HTML would.

    Vega, Vega-Lite and vega-embed in the head, the specifications in the page, no drawings.
    """
    edition, name = site / "en" / "latest", page.strip("/")
    html = (edition / name / "index.html").read_text(encoding="utf-8")
    html = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", html)
    html = re.sub(r'<script type="module" src="[^"]*charts\.js"></script>', "", html)
    html = re.sub(
        r"(<div class=\"figure__plate[^>]*>)(?:<svg\b.*?</svg>)+", r"\1", html, flags=re.DOTALL
    )
    charts = []
    for figure in re.findall(r'<figure class="figure" id="plate-([^"]+)"', html):
        chart = json.loads((edition / "figures" / f"{figure}.vega.json").read_text("utf-8"))
        spec = json.dumps(chart["revised"]["wide"]).replace("<", "\\u003c")
        place = f"#plate-{figure} .figure__plate:not(.figure__plate--first)"
        charts.append(f"vegaEmbed({json.dumps(place)}, {spec}, {{renderer: 'svg'}});")
    up = "../" * (name.count("/") + 1)
    scripts = ""
    for library in ("vega", "vega-lite", "vega-embed"):
        shutil.copy(LIBRARIES / library / "build" / f"{library}.min.js", edition / "assets")
        scripts += f'<script src="{up}assets/{library}.min.js"></script>'
    html = html.replace("</head>", f"{scripts}</head>", 1)
    html = html.replace("</body>", f"<script>{''.join(charts)}</script></body>", 1)
    target = edition / f"{name}-plain" / "index.html"
    target.parent.mkdir(parents=True)
    target.write_text(html, encoding="utf-8")
    return f"{name}-plain/"


def judge(node: str, browser: str, address: str) -> dict[str, float]:
    """Scores and times of one run of Lighthouse, as on a slow phone."""
    command = [node, str(LIBRARIES / "lighthouse" / "cli" / "index.js"), address, "--quiet"]
    command += ["--output=json", "--output-path=stdout", "--no-enable-error-reporting"]
    command += ["--chrome-flags=--headless=new --no-sandbox --disable-gpu"]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"CHROME_PATH": browser},
    )
    if done.returncode:
        raise SystemExit(f"Lighthouse failed:\n{done.stderr}")
    report = json.loads(done.stdout)
    found = {name: 100 * report["categories"][name]["score"] for name in sorted(SCORES)}
    for audit, words in TIMES.items():
        scale = SCALES.get(words.rpartition(" ")[2], 1)
        found[words] = report["audits"][audit]["numericValue"] / scale
    for name in sorted(SCORES - {"performance"}):
        for item in report["categories"][name]["auditRefs"]:
            audit = report["audits"][item["id"]]
            if item["weight"] and audit["score"] not in (None, 1):
                print(f"  {name}: {audit['title']}", file=sys.stderr)
    return found


def measure(site: Path, pages: dict[str, str], runs: int) -> dict[str, dict[str, Any]]:
    """Medians and all runs of each page."""
    node, browser = shutil.which("node"), find_chromium()
    if node is None or browser is None:
        raise SystemExit("Node.js and Chromium are needed: run make bench-pages")
    found: dict[str, list[dict[str, float]]] = {name: [] for name in pages}
    with serve(site) as address:
        for number in range(runs):
            for name, page in pages.items():
                print(f"run {number + 1}: {name}", file=sys.stderr)
                place = f"{address}/en/latest/{page}"
                one = judge(node, browser, place)
                if "figure__plate" in (site / "en/latest" / page / "index.html").read_text("utf-8"):
                    one |= watch(browser, place)
                found[name].append(one)
    return {
        name: {
            "median": {
                what: round(statistics.median(r[what] for r in all_), 3) for what in all_[0]
            },
            "runs": [{what: round(value, 3) for what, value in one.items()} for one in all_],
        }
        for name, all_ in found.items()
    }


def main() -> int:
    """Build, measure, tell and keep."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--site", type=Path, help="a site that was built before")
    parser.add_argument("--pathway", default="pathways/market_integration/")
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        site = Path(place, "site")
        if options.site:
            shutil.copytree(options.site, site)
        else:
            build = [sys.executable, str(PROJECT / "build.py"), "site", "--site-dir", str(site)]
            subprocess.run(build, check=True, cwd=PROJECT)
        pages = {"home": "", "pathway": options.pathway, "claims": "claims/"}
        pages[PLAIN] = write_plain(site, options.pathway)
        results = measure(site, pages, options.runs)
    today = dt.datetime.now(tz=dt.UTC).date().isoformat()
    kept = PROJECT / "benchmarks" / "results" / f"pages-{today}.json"
    about = {"date": today, "system": platform.system(), "processors": os.cpu_count()}
    kept.write_text(json.dumps({**about, "pages": results}, indent=1) + "\n", encoding="utf-8")
    for what in next(iter(results.values()))["median"]:
        row = [str(found["median"].get(what, "")) for found in results.values()]
        print(f"| {what} | {' | '.join(row)} |")
    print(f"kept in {kept}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
