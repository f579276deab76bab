"""The pictures of the course: figure and frame in, an update(frame) out, matplotlib only."""
