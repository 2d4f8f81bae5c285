"""Print the budgets as a table: `python -m benchmarks`."""

from __future__ import annotations

import platform

from benchmarks import caseloads, data, exports, pages, reports, startup, statistics
from benchmarks.measuring import Line

_HEADER = f"{'budget':64}{'allowed':>12}{'measured':>12}{'share':>8}  "


def main() -> None:
    """Measure one budget after the other; nothing fails here, a line only says so."""
    print(
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}; medians unless said otherwise\n"
    )
    print(_HEADER)
    for module in (startup, data, caseloads, exports, pages, reports, statistics):
        for line in module.lines():
            print(_written(line), flush=True)


def _written(line: Line) -> str:
    if line.measured is None or line.ratio is None:
        return f"{line.name:64}{_amount(line.budget, line.unit):>12}{'-':>12}{'-':>8}  {line.remark}"
    verdict = "ok" if line.ratio <= 1 else "OVER"
    end = f"{verdict}; {line.remark}" if line.remark else verdict
    amounts = f"{_amount(line.budget, line.unit):>12}{_amount(line.measured, line.unit):>12}{line.ratio:>8.0%}"
    return f"{line.name:64}{amounts}  {end}"


def _amount(value: float, unit: str) -> str:
    if unit == "s":
        return f"{1000 * value:,.0f} ms" if value < 1 else f"{value:.2f} s"
    return f"{value:.1f} {unit}"


if __name__ == "__main__":
    main()
