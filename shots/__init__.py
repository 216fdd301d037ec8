"""Pictures of every kind of page as gunicorn serves it, to be looked at. Made with `make screenshots`."""
