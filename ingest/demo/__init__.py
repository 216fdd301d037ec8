"""The demonstration Koppelpunt: an SRU 1.2 server over an invented catalogue. It imports nothing of the other rooms."""
