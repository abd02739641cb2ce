"""Find a Chromium for the tests, or install one: `python -m tests.browser.chromium`.

Looks for browsers of the system first. Where there is none, asks the system's package manager (as
root on Debian and its kin), then Playwright's own installer.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
    *("microsoft-edge", "brave-browser"),
)
APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)


def find_chromium() -> str | None:
    """The path of a browser that Playwright can drive, or None."""
    if chosen := os.environ.get("CHROMIUM"):
        return chosen
    for name in NAMES:
        if path := shutil.which(name):
            return path
    for path in APPLICATIONS:
        if Path(path).exists():
            return path
    return _find_own()


def _find_own() -> str | None:
    """The browser that Playwright's installer has put into its cache, if it has."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where it is needed

    with sync_playwright() as driver:
        path = driver.chromium.executable_path
    return path if Path(path).exists() else None


def install_chromium() -> None:
    """Install a browser by whatever this machine offers."""
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        done = subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], check=False)
        if done.returncode == 0:
            return
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


def main() -> int:
    """Say which browser the tests use; install one first where there is none."""
    if find_chromium() is None:
        install_chromium()
    path = find_chromium()
    if path is None:
        sys.stderr.write("no Chromium was found or installed; set CHROMIUM to the path of one\n")
        return 1
    sys.stdout.write(f"browser for the tests: {path}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
