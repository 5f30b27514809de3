"""What to ask so that verdicts can be given: questions, their order, and what they are good for."""
