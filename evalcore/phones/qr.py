"""A link as a QR code."""

from __future__ import annotations

BORDER = 4
"""Modules of white around the code, as ISO/IEC 18004 asks for: without them, phones do not find it."""

DARK, LIGHT = "#000", "#fff"


def qr_svg(link: str) -> str:
    """Return the link as a QR code: an SVG drawing of any size, black on white on every page, light or dark.

    The drawing fills what holds it. It can be read with up to 15 % of it lost (level M), or more where that costs no
    larger code.

    Parameters
    ----------
    link : str
        As phones shall open it, such as `Room.link`.

    Examples
    --------
    >>> qr_svg("http://192.168.1.20:8765/k7m2pq").startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    True
    """
    import io

    import segno

    drawing = io.BytesIO()
    code = segno.make_qr(link, error="m")
    code.save(
        drawing,
        kind="svg",
        border=BORDER,
        dark=DARK,
        light=LIGHT,
        xmldecl=False,
        omitsize=True,
        svgclass=None,
        lineclass=None,
        title=f"QR code of {link}",
    )
    return drawing.getvalue().decode().strip()


def qr_data_uri(link: str) -> str:
    """Return the same drawing as an address that an image can be given.

    >>> qr_data_uri("http://192.168.1.20:8765/k7m2pq")[:26]
    'data:image/svg+xml;base64,'
    """
    from base64 import b64encode

    return "data:image/svg+xml;base64," + b64encode(qr_svg(link).encode()).decode()
