"""What stands behind `make`: prepares the machine, starts and stops everything. Only the standard library."""
