"""Every sentence that a user reads, in Chinese and English, one file for each noun."""
