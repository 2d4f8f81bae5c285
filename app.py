"""The frame of the dashboard: page settings, navigation, the choices in the sidebar, and the chosen page."""

import streamlit as st

from pages._shared import browser_mends, cache, components, state

TITLE = "Before-and-after evaluation"

st.set_page_config(page_title=TITLE, layout="wide", initial_sidebar_state="auto")
cache.warm_up()

overview = st.Page("pages/overview/page.py", title="Overview", url_path="start", default=True)
# The framework puts the first page at the bare address only; this makes a link to /overview lead there too.
link_to_overview = st.Page("pages/overview/page.py", title="Overview", url_path="overview", visibility="hidden")
add_data = st.Page("pages/add_data/page.py", title="Add data", url_path="add_data")
before_after = st.Page("pages/before_after/page.py", title="Before and after", url_path="before_after")

page = st.navigation([overview, add_data, before_after, link_to_overview])
browser_mends.apply(("overview", "add_data", "before_after"))
components.guarded(state.start)
if page == link_to_overview:
    st.switch_page(overview)
components.guarded(components.sidebar)
components.guarded(page.run)
