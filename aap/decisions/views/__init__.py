"""Screens of the decisions: one module per subject."""
