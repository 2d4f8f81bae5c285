"""Named, cited cut-points and verbal labels; one definition file each."""

from evalcore.rules.loading import list_band_schemes, load_band_scheme
from evalcore.rules.rule import BandScheme, band
from evalcore.rules.source import Source

__all__ = ["BandScheme", "Source", "band", "list_band_schemes", "load_band_scheme"]
