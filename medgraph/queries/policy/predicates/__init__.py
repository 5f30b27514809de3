"""The tests that rules are made of, by what they look at: counts, links, numbers, scores."""
