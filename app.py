"""The frame of the dashboard: page settings, navigation, the choices in the sidebar, and the chosen page."""

import streamlit as st

from pages._shared import banner, browser_mends, cache, components, state

TITLE = "Before-and-after evaluation"

st.set_page_config(page_title=TITLE, layout="wide", initial_sidebar_state="auto")
cache.warm_up()

overview = st.Page("pages/overview/page.py", title="Overview", url_path="start", default=True)
# The framework puts the first page at the bare address only; this makes a link to /overview lead there too.
link_to_overview = st.Page("pages/overview/page.py", title="Overview", url_path="overview", visibility="hidden")
add_data = st.Page("pages/add_data/page.py", title="Add data", url_path="add_data")
plan = st.Page("pages/plan/page.py", title="Analysis plan", url_path="plan")
questionnaires = st.Page("pages/questionnaires/page.py", title="Questionnaires", url_path="questionnaires")
before_after = st.Page("pages/before_after/page.py", title="Before and after", url_path="before_after")
people = st.Page("pages/people/page.py", title="People", url_path="people")
feasibility = st.Page("pages/feasibility/page.py", title="Feasibility", url_path="feasibility")
next_phase = st.Page("pages/next_phase/page.py", title="Next phase", url_path="next_phase")
what_leaves = st.Page("pages/what_leaves/page.py", title="What leaves", url_path="what_leaves")
studies = st.Page("pages/studies/page.py", title="Studies", url_path="studies")
methods = st.Page("pages/methods/page.py", title="Methods", url_path="methods")

workshop = st.Page("pages/workshop/page.py", title="Workshop", url_path="workshop")
report = st.Page("pages/report/page.py", title="Report", url_path="report")

results = [questionnaires, before_after, people, feasibility, next_phase]
shown = [overview, add_data, plan, *results, workshop, report, what_leaves, studies, methods]
page = st.navigation([*shown, link_to_overview], expanded=True)
browser_mends.apply([each.url_path or "overview" for each in shown])
components.guarded(state.start)
if page == link_to_overview:
    st.switch_page(overview)
if page != workshop:
    state.choose(state.PRESENT, "")
components.guarded(components.sidebar)
components.guarded(banner.draw)
components.guarded(page.run)
