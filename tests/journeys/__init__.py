"""The road in a real browser, in the words of the people on it."""
