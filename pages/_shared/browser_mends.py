"""Faults of the framework, mended in the browser by one script and one style; nothing of the study is in it.

* On a phone the sidebar lies over the page and stays open after a tap on a page's link: it is closed.
* On a server that nobody has asked anything yet, a link to a page is first looked for beside `app.py`, and a dialog
  "Page not found" stands over the page that was found: it is closed, if the link was to one of our pages.
* A table that is wider than the screen scrolls, but not by keyboard: it is made reachable with the Tab key.
* The chosen one of a row of buttons is written in the theme's colour on a tint of it, too faint on a dark page: it gets
  the colour of the text, and bold.
* A refresh or a closed tab loses what is not kept: while the page says so (`banner`), the browser asks first.
"""

import json
from collections.abc import Iterable

import streamlit as st

MARKER = "evaluation-at-risk"
"""Class of what stands on the page while something would be lost with it."""

_STYLE = """<style>
button[data-variant="segmented_control"][data-selected="true"] { color: inherit !important; font-weight: 600; }
</style>"""
_SCRIPT = """<script>
(() => {
  if (window.evaluationDashboardMended) return;
  window.evaluationDashboardMended = true;
  const opened = new URL(performance.getEntriesByType("navigation")[0].name).pathname.split("/").pop();
  document.addEventListener("click", (event) => {
    if (window.innerWidth > 768 || !event.target.closest('[data-testid="stSidebarNavLink"]')) return;
    setTimeout(() => document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click(), 50);
  });
  window.addEventListener("beforeunload", (event) => {
    if (document.querySelector(".MARKER")) event.preventDefault();
  });
  const reachTables = () => {
    for (const part of document.querySelectorAll('[data-testid="stTable"] > div')) {
      const scrolls = part.scrollWidth > part.clientWidth;
      if (scrolls === part.hasAttribute("tabindex")) continue;
      if (!scrolls) { part.removeAttribute("tabindex"); continue; }
      part.setAttribute("tabindex", "0");
      part.setAttribute("role", "group");
      part.setAttribute("aria-label", "Wide table: scroll sideways with the arrow keys");
    }
  };
  // By the clock: a table grows wide when its font arrives, which no event of the page tells.
  setInterval(reachTables, 500);
  const closeNeedlessDialog = () => {
    for (const dialog of document.querySelectorAll('[role="dialog"]')) {
      if (!dialog.textContent.startsWith("Page not found")) continue;
      dialog.querySelector('button[aria-label="Close"]')?.click();
    }
  };
  if (!SLUGS.includes(opened)) return;
  const watch = new MutationObserver(closeNeedlessDialog);
  watch.observe(document.body, { childList: true, subtree: true });
  setTimeout(() => watch.disconnect(), 15000);
  closeNeedlessDialog();
})();
</script>"""


def apply(slugs: Iterable[str]) -> None:
    """Hand the script to the browser, which runs it once in a window; `slugs` are the addresses of our pages."""
    script = _SCRIPT.replace("SLUGS", json.dumps(list(slugs))).replace("MARKER", MARKER)
    with st.sidebar:
        st.html(_STYLE + script, unsafe_allow_javascript=True)
