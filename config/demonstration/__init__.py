"""A fictitious call played from beginning to end, through the same services that the views call."""
