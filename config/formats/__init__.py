"""How values read in each language, where Django's own way is not that of our readers."""
