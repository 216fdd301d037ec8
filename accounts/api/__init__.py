"""How the REST API knows a person: by the visit of the browser, or by a personal token."""
