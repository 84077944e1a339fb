"""Labels, numbers, times and masked texts, in Italian and English, for every page and the terminal."""
