"""Reads of the desk, one module a page."""
