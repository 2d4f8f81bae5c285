"""Finds a Chromium, Chrome or Edge that is installed; nothing is downloaded."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "msedge", "chrome")
PLACES = (
    "/opt/google/chrome/chrome",
    "/opt/microsoft/msedge/msedge",
    "/snap/bin/chromium",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
WINDOWS_ROOTS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
WINDOWS_PLACES = ("Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
MISSING = (
    "no Chromium, Chrome or Edge was found: install one (the README has the line), or name it in the environment "
    "variable CHROMIUM"
)


def browser_path(environment: Mapping[str, str] = os.environ) -> str | None:
    """Path of the browser to test with: $CHROMIUM, then the names on the path, then where Chrome and Edge live."""
    if environment.get("CHROMIUM"):
        return environment["CHROMIUM"] if Path(environment["CHROMIUM"]).is_file() else None
    for name in NAMES:
        if found := shutil.which(name, path=environment.get("PATH", "")):
            return found
    windows = (
        Path(environment[root], place) for root in WINDOWS_ROOTS if root in environment for place in WINDOWS_PLACES
    )
    return next((str(place) for place in (*map(Path, PLACES), *windows) if place.is_file()), None)


def must_have_browser(environment: Mapping[str, str] = os.environ) -> bool:
    """True where a missing browser is a failure: on a machine that checks submissions (CI=true)."""
    return environment.get("CI", "").lower() in {"true", "1"}
