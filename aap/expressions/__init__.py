"""Conditions over answers, as data: no text is ever executed."""
