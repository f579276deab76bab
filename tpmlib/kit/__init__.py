"""The generic part: a course on another subject could stand on it unchanged."""
