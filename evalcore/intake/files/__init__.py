"""Bytes to a table of text: which kind of file it is, its heading lines, the survey tool that wrote it."""
