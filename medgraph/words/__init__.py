"""Every word, read or said: sentences, vocabularies, numerals, days, how names end."""
