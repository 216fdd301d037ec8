"""The open files of DUO (Dienst Uitvoering Onderwijs) about schools: how they are read, and what their words mean."""
