"""Keys of the presentation, and the style that leaves nothing of the dashboard on the screen."""

from __future__ import annotations

import json

import streamlit as st

_STYLE = """<style>
[data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stToolbar"], [data-testid="stStatusWidget"],
[data-testid="stSidebarCollapsedControl"], [data-testid="stExpandSidebarButton"] { display: none !important; }
.st-key-room_controls, .st-key-room_jumps {
  position: fixed; left: 0; right: 0; bottom: 0; z-index: 999993; padding: .5rem 1rem; opacity: 0;
  background: var(--background-color, #fff);
}
.st-key-room_jumps { bottom: 3.6rem; visibility: hidden; }
.st-key-room_controls:hover, .st-key-room_controls:focus-within, .room-jumping .st-key-room_controls { opacity: 1; }
.room-jumping .st-key-room_jumps, .st-key-room_jumps:focus-within { opacity: 1; visibility: visible; }
.st-key-room_panel {
  position: fixed; left: 3vw; right: 3vw; width: auto !important; bottom: 4.5vh; z-index: 999992; padding: 1rem;
  max-height: 62vh; overflow-y: auto; background: var(--room-panel, #fff); border: 2px solid #767f87;
  border-radius: .5rem;
}
.st-key-room_panel button p { font-size: clamp(16px, 1.5vw, 26px); }
.st-key-room_panel label p { font-size: clamp(15px, 1.2vw, 22px); }
.st-key-room_panel [data-testid="stNumberInput"] { max-width: 34rem; }
.room-link { font-size: clamp(26px, 3.4vw, 64px); font-weight: 650; margin: 0; overflow-wrap: anywhere; }
.room-link-more { font-size: clamp(18px, 1.8vw, 34px); margin: 0; }
#room-blank { position: fixed; inset: 0; z-index: 999999; background: #000; }
#room-help {
  position: fixed; right: 2vw; bottom: 6vh; z-index: 999998; background: #0e1117; color: #f5f6f7; padding: 1rem 1.5rem;
  font: 20px/1.5 'Source Sans', 'Segoe UI', Arial, sans-serif; border-radius: .5rem; max-width: 90vw;
}
</style>"""
_SCRIPT = """<script>
(() => {
  window.evaluationScreens = TOTAL;
  if (window.evaluationRoomKeys) return;
  window.evaluationRoomKeys = true;
  const keys = {
    ArrowRight: "next", PageDown: "next", " ": "next", Enter: "next", r: "next",
    ArrowLeft: "back", PageUp: "back", Backspace: "back",
    a: "react", t: "tally", q: "phones", Escape: "end", Home: "jump_1"
  };
  const help = "→ next or show the result · ← back · number, then Enter: jump · B blank" +
    " · 1 to 4 what the room expects · A reactions · T tally · Q phones · F full screen · J all screens · Esc end";
  const press = (name) => {
    const button = document.querySelector(`.st-key-room_${name} button`);
    if (button && !button.disabled) button.click();
    return Boolean(button);
  };
  const toggle = (id, text) => {
    const there = document.getElementById(id);
    if (there) { there.remove(); return; }
    const made = document.createElement("div");
    made.id = id;
    made.textContent = text;
    if (text) made.setAttribute("role", "status");
    document.body.appendChild(made);
  };
  const clear = () => {
    for (const id of ["room-blank", "room-help"]) document.getElementById(id)?.remove();
    document.body.classList.remove("room-jumping");
  };
  let typed = "";
  document.addEventListener("keydown", (event) => {
    if (!document.querySelector(".room-stage")) { clear(); return; }
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const field = event.target.closest("input, textarea, select, [contenteditable=true], [role=listbox]");
    if (field) {
      if (event.key === "Escape") { field.blur(); event.stopPropagation(); }
      return;
    }
    const onButton = event.target.closest("button") && (event.key === "Enter" || event.key === " ");
    if (onButton || event.key === "Tab") return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (document.getElementById("room-blank")) { clear(); event.preventDefault(); return; }
    if (/^[0-9]$/.test(key)) {
      if (document.querySelector(".room-before") && press(`pick_${key}`)) { event.preventDefault(); return; }
      typed += key;
      return;
    }
    if (key === "Enter" && typed) {
      press(`jump_${Math.min(Math.max(Number(typed), 1), window.evaluationScreens)}`);
      typed = ""; clear(); event.preventDefault(); return;
    }
    typed = "";
    if (key === "b" || key === ".") { toggle("room-blank", ""); event.preventDefault(); return; }
    if (key === "?" || key === "h") { toggle("room-help", help); event.preventDefault(); return; }
    if (key === "j") { document.body.classList.toggle("room-jumping"); event.preventDefault(); return; }
    if (key === "f") {
      if (document.fullscreenElement) document.exitFullscreen(); else document.documentElement.requestFullscreen();
      event.preventDefault(); return;
    }
    if (key === "End") { press(`jump_${window.evaluationScreens}`); event.preventDefault(); return; }
    if (keys[key]) { clear(); press(keys[key]); event.preventDefault(); }
  }, true);
})();
</script>"""


def hand_over(total: int) -> None:
    """Hand the keys and the style to the browser; `total` is how many screens there are to jump to."""
    st.html(_STYLE + _SCRIPT.replace("TOTAL", json.dumps(total)), unsafe_allow_javascript=True)
