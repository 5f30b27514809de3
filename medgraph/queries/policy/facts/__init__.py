"""What rules are tested on: a network on its day, who is asked, and over what."""
