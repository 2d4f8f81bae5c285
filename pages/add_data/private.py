"""Codes in place of identifiers: made by a key that only this session and its owner have."""

import streamlit as st

from evalcore.intake.people import pseudonyms
from pages._shared import components, uploads

_BOX, _FIELD = "replace_identifiers", "pseudonym_field"


def draw() -> bool:
    """Offer to replace the identifiers of the files that are uploaded from now on; return whether files may be read."""
    held = uploads.pseudonym_key()
    if not st.checkbox("Replace identifiers by codes as files are read", value=bool(held), key=_BOX):
        uploads.set_pseudonym_key("")
        return True
    key = st.text_input(
        "Your key",
        value=held or pseudonyms.new_key(),
        type="password",
        key=_FIELD,
        autocomplete="off",
        help="The eye shows it. Note it, or put in the key that you noted for earlier files.",
    )
    uploads.set_pseudonym_key(key)
    wrong = pseudonyms.check_key(key)
    if wrong:
        st.warning(f"{components.plain(wrong)} Until then no file is read.")
    st.caption(
        "The key stays in this browser session and is kept nowhere else: note it for the files that come later. The "
        "same key gives the same person the same code, so that files still match. Slips in identifiers can not be "
        "found afterwards. Files that are in the study already stay as they are."
    )
    return not wrong
