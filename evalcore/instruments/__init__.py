"""What a questionnaire is: items, answers, scales, rules and what is known about it; one definition file each."""

from evalcore.instruments.instrument import Instrument
from evalcore.instruments.loading import list_instruments, load_instrument

__all__ = ["Instrument", "list_instruments", "load_instrument"]
