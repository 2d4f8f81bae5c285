"""The pages of a document: their size and margins, and the settings of each stretch of them."""

from __future__ import annotations

from dataclasses import dataclass, replace

MARGINS = ("top", "right", "bottom", "left", "header", "footer", "gutter")
"""The distances of a page, in the order in which they are written."""


@dataclass(frozen=True)
class Paper:
    """A page, in twips (a twentieth of a point): A4 with 2.5 cm on either side unless a template says otherwise.

    `borders` is a frame around the page as a template draws it, in WordprocessingML.
    """

    width: int = 11906
    height: int = 16838
    top: int = 1304
    right: int = 1417
    bottom: int = 1247
    left: int = 1417
    header: int = 624
    footer: int = 567
    gutter: int = 0
    borders: str = ""

    def lying(self) -> Paper:
        """Return the page when it lies wide: turned with its margins, as Word turns it.

        >>> Paper().lying().room, Paper().lying().lying() == Paper().lying()
        ((14287, 9072), True)
        """
        if self.width >= self.height:
            return self
        turned = replace(self, width=self.height, height=self.width)
        return replace(turned, left=self.top, right=self.bottom, top=self.left, bottom=self.right)

    @property
    def room(self) -> tuple[int, int]:
        """Width and height of what a page has for text.

        >>> Paper().room
        (9072, 14287)
        """
        return self.width - self.left - self.right - self.gutter, self.height - self.top - self.bottom


def section(paper: Paper, *, references: str = "", first_differs: bool = False) -> str:
    """Return the settings of a stretch of pages, which begins on a new page.

    Parameters
    ----------
    paper : Paper
    references : str
        Its headers and footers; without any it has those of the stretch before it.
    first_differs : bool
        Whether its first page has a header and a footer of its own.

    >>> 'w:orient="landscape"' in section(Paper().lying()), 'w:orient="landscape"' in section(Paper())
    (True, False)
    """
    lying = ' w:orient="landscape"' if paper.width > paper.height else ""
    margins = " ".join(f'w:{name}="{getattr(paper, name)}"' for name in MARGINS)
    first = "<w:titlePg/>" if first_differs else ""
    return (
        f'<w:sectPr>{references}<w:type w:val="nextPage"/><w:pgSz w:w="{paper.width}" w:h="{paper.height}"{lying}/>'
        f"<w:pgMar {margins}/>{paper.borders}{first}</w:sectPr>"
    )
