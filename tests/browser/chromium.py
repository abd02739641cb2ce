"""Find a Chromium for the tests, or install one: `python -m tests.browser.chromium`.

Looks for browsers of the system first. Where there is none, asks the system's package manager (as
root on Debian and its kin), then Playwright's own installer; with `--system` not the latter, which
needs the libraries of the tests.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = (
    "chromium-headless-shell",  # the same without windows, which take a third of a visit's time
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
    *("microsoft-edge", "brave-browser"),
)
APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)


def find_chromium() -> str | None:
    """The path of a browser that Playwright can drive, or None."""
    return find_installed() or _find_own()


def find_installed() -> str | None:
    """The browser that was chosen, or one of the system's."""
    if chosen := os.environ.get("CHROMIUM"):
        return chosen
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return found or next((path for path in APPLICATIONS if Path(path).exists()), None)


def _find_own() -> str | None:
    """The browser that Playwright's installer has put into its cache, if it has."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where it is needed

    with sync_playwright() as driver:
        path = driver.chromium.executable_path
    return path if Path(path).exists() else None


def _list_cached() -> list[Path]:
    """What Playwright's installer has put there, as far as that can be told without it."""
    chosen = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    folder = Path(chosen) if chosen else Path.home() / ".cache" / "ms-playwright"
    return list(folder.glob("chromium*"))


def install_package() -> None:
    """Install a browser by the system's package manager, where we may."""
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        # A browser and letters for it; what else is recommended, such as printing, is not used.
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "fonts-liberation"]
        for name in ("chromium-headless-shell", "chromium"):
            if subprocess.run([*install, name], check=False).returncode == 0:
                return


def main(*options: str) -> int:
    """Say which browser the tests use; install one first where there is none."""
    if "--system" in options:
        if find_installed() is None and not _list_cached():
            install_package()
        return 0
    if find_chromium() is None:
        install_package()
    if find_chromium() is None:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)
    path = find_chromium()
    if path is None:
        sys.stderr.write("no Chromium was found or installed; set CHROMIUM to the path of one\n")
        return 1
    sys.stdout.write(f"browser for the tests: {path}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
