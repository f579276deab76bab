"""What an instructor does to the course: check it, run its lessons, add to it."""
