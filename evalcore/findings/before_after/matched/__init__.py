"""The matched people: the change and its tests, its shape, its Bayes factor."""
