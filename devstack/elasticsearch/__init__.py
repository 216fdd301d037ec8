"""A real Elasticsearch node out of Maven Central's jars, for development and tests.

Maven Central has the server but not its module analysis-common, so `src/` holds the part of it that our indices use;
the README of this folder says what it has and what not. Production takes the official server by ELASTICSEARCH_URL.
"""
