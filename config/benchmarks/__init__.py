"""Measures of what must stay fast, each beside its floor in the same run (`make bench`)."""
