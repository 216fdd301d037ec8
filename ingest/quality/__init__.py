"""What is wrong with what was delivered, how complete it is, and how both change from pass to pass."""
