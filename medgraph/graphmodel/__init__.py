"""What a medical network is: its two tables, the changes of it, its compiled form, its facts."""
