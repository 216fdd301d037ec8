#!/usr/bin/env python
"""Django's command-line entry point."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    if sys.argv[1:2] != ["runserver"]:
        # The limit is for pages; an index over a million rows may take its time.
        os.environ.setdefault("DATABASE_STATEMENT_TIMEOUT_MS", "0")
    execute_from_command_line(sys.argv)
