"""State, caches, drawing, exports and the one broad handler each have one home."""

from __future__ import annotations

import pytest

from tests.architecture import streamlit_use
from tests.architecture.sources import faults

PAGE = "pages/overview/page.py"


def test_session_state_has_one_home() -> None:
    assert faults(streamlit_use.state_outside_its_home, "app.py", "pages/", "evalcore/") == []


def test_caches_have_one_home() -> None:
    assert faults(streamlit_use.cache_outside_its_home, "app.py", "pages/", "evalcore/") == []


def test_only_shared_components_draw_and_export() -> None:
    assert faults(streamlit_use.draws_by_itself, "app.py", "pages/") == []


def test_pages_do_no_arithmetic() -> None:
    shared = set(faults(streamlit_use.computes_on_a_page, "pages/_shared/"))
    assert set(faults(streamlit_use.computes_on_a_page, "app.py", "pages/")) - shared == set()


def test_everything_is_caught_in_one_place_only() -> None:
    found = faults(streamlit_use.broad_handlers, "app.py", "pages/", "evalcore/", "sample_data/")
    assert len(found) == 1
    assert found[0].startswith("pages/_shared/")


@pytest.mark.parametrize(
    "source",
    [
        "import streamlit as st\nst.session_state['study'] = 1",
        "from streamlit import session_state",
        "import streamlit as st\nstore = st.session_state",
    ],
)
def test_session_state_elsewhere_is_found(source: str) -> None:
    assert streamlit_use.state_outside_its_home(PAGE, source)
    assert streamlit_use.state_outside_its_home(streamlit_use.STATE_HOME, source) == []


@pytest.mark.parametrize("source", ["@st.cache_data\ndef f(): ...", "from streamlit import cache_resource"])
def test_a_cache_elsewhere_is_found(source: str) -> None:
    assert len(streamlit_use.cache_outside_its_home(PAGE, source)) == 1
    assert streamlit_use.cache_outside_its_home(streamlit_use.CACHE_HOME, source) == []


@pytest.mark.parametrize(
    "source",
    [
        "st.plotly_chart(figure)",
        "left.metric('n', 7)",
        "st.download_button('Save', data)",
        "st.columns(2)[0].table(frame)",
    ],
)
def test_drawing_elsewhere_is_found(source: str) -> None:
    assert len(streamlit_use.draws_by_itself(PAGE, source)) == 1
    assert streamlit_use.draws_by_itself("pages/_shared/components.py", source) == []


def test_an_attribute_of_that_name_is_no_drawing() -> None:
    assert streamlit_use.draws_by_itself(PAGE, "frame = finding.table\nshow(frame)") == []


@pytest.mark.parametrize("source", ["a.merge(b)", "frame.groupby('site').n.sum()", "scores.mean()"])
def test_arithmetic_on_a_page_is_found(source: str) -> None:
    assert len(streamlit_use.computes_on_a_page(PAGE, source)) == 1


@pytest.mark.parametrize("kind", ["", " Exception", " BaseException as fault", " (ValueError, Exception)"])
def test_a_broad_handler_is_found(kind: str) -> None:
    assert len(streamlit_use.broad_handlers(PAGE, f"try:\n    f()\nexcept{kind}:\n    pass")) == 1


def test_a_handler_that_raises_again_is_broad_only_for_exception() -> None:
    again = "try:\n    f()\nexcept {}:\n    if known():\n        return\n    raise"
    assert streamlit_use.broad_handlers(PAGE, again.format("BaseException")) == []
    assert len(streamlit_use.broad_handlers(PAGE, again.format("Exception"))) == 1


def test_a_named_handler_is_allowed() -> None:
    assert streamlit_use.broad_handlers(PAGE, "try:\n    f()\nexcept EvalcoreError:\n    pass") == []
