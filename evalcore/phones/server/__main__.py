"""Started as a folder: `python -I -S -B <this folder>`. The dashboard does so; nobody types it."""

import sys
from importlib import import_module
from pathlib import Path

# Its own package, and that by its plain name: nothing else of the project is within reach from here.
here = Path(__file__).resolve().parent
sys.path[0] = str(here.parent)
sys.exit(import_module(f"{here.name}.process").main())
