"""An invented study with known answers: its source, the script that builds it, and the files."""
