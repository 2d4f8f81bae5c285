"""What runs in the process of its own: the questions, the tallies, and the page that phones get.

Only Python's standard library is imported here, and other modules of this folder by relative names, so that the process
can not hold a study. `process.main` is where it begins.
"""
