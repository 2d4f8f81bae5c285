"""The pages; each lives in a folder of its own."""
