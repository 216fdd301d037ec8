"""The demonstration federation: a real OpenID provider over invented people, a Django project of its own.

Never among the site's INSTALLED_APPS; started as `python -m accounts.demo.federation`, on 127.0.0.1 alone.
"""
