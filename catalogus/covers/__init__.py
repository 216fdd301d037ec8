"""Pictures of covers: which are wanted, how they are fetched, made small and kept, and which are held."""
