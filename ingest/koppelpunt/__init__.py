"""The Koppelpunt Catalogusinformatie: Kennisnet's SRU service with ECK records."""
