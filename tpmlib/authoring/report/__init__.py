"""A class by its downloaded records: read, counted, written; nobody is named."""
