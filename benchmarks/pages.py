"""The pages on the sample study: a first visit, and every control set to values that the process has not seen.

Run through the framework's own test runner, whose time for building the page's elements is counted in.
"""

from __future__ import annotations

import importlib
import itertools
import logging
import statistics
from collections.abc import Iterator

from streamlit.testing.v1 import AppTest

from benchmarks.measuring import ROOT, Line, percentile, seconds
from pages.before_after.parts import PARTS

_MEDIAN = "Any control, new value, median"
_TAIL = "Any control, new value, 95th percentile"
_VISIT = "First visit to a page"
_BUDGETS = {_MEDIAN: 0.08, _TAIL: 0.2, _VISIT: 0.4}
_MOST_CHANGES, _SLIDES = 60, 12
_IMPORTED_AT_START = ("plotly.graph_objects", "scipy.stats")  # by the dashboard's background thread


def lines() -> Iterator[Line]:
    """Lines of the table."""
    if not (ROOT / "app.py").exists():
        yield from (Line(name, budget, None, remark="there is no app.py") for name, budget in _BUDGETS.items())
        return
    # Outside a server the framework warns of each thread; that is no fault here.
    logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context").setLevel(logging.ERROR)
    for name in _IMPORTED_AT_START:
        importlib.import_module(name)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()
    visits: dict[str, float] = {}
    changes: dict[str, list[float]] = {}
    for page in sorted(path.parent.name for path in (ROOT / "pages").glob("*/page.py")):
        app.switch_page(f"pages/{page}/page.py")
        visits[page] = seconds(app.run)
        for part, (label, _) in PARTS.items() if page == "before_after" else [("", ("", ()))]:
            name = f"{page}, {label}" if label else page
            if part:
                app.segmented_control(key="select_part").set_value(part).run()
            runs = itertools.islice(_changes(app, 0, {_state(app)}), _MOST_CHANGES)
            changes[name] = [*runs, *_slides(app)]
    for page, runs in changes.items():
        if runs:  # page by page: a page on which a choice changes little would flatter the others
            remark = f"{len(runs)} changes, longest {1000 * max(runs):.0f} ms"
            yield Line(f"{_MEDIAN}: {page}", _BUDGETS[_MEDIAN], statistics.median(runs), remark=remark)
            yield Line(f"{_TAIL}: {page}", _BUDGETS[_TAIL], percentile(runs, 0.95))
    for page, taken in visits.items():
        yield Line(f"{_VISIT}: {page}", _BUDGETS[_VISIT], taken)


def _slides(app: AppTest) -> Iterator[float]:
    """Move each slider to values that it has not had."""
    for slider in range(len(app.slider)):
        for step in range(1, _SLIDES + 1):
            low, high = app.slider[slider].min, app.slider[slider].max
            app.slider[slider].set_value(round(low + (high - low) * step / (_SLIDES + 1), 1))
            yield seconds(app.run)


def _state(app: AppTest) -> tuple[object, ...]:
    return tuple(control.value for control in app.selectbox)


def _changes(app: AppTest, position: int, seen: set[tuple[object, ...]]) -> Iterator[float]:
    """Walk through all combinations of the page's choices; yield the time of each run that shows a new one."""
    if position >= len(app.selectbox):
        return
    for option in list(app.selectbox[position].options):
        if position < len(app.selectbox) and option in app.selectbox[position].options:
            app.selectbox[position].set_value(option)
            taken = seconds(app.run)
            if _state(app) not in seen:
                seen.add(_state(app))
                yield taken
            yield from _changes(app, position + 1, seen)
