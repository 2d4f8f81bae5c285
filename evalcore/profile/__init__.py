"""The pilot's people beside the caseload."""
