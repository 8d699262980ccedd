"""Value types: what a cell means, with units, precision and bounds. Each type has its module; `clean` and
`present` tie them to the schema."""

from kg.values.cleaning import clean, is_empty, present, stored_names
from kg.values.errors import UnreadableError
from kg.values.text import split_values

__all__ = ["UnreadableError", "clean", "is_empty", "present", "split_values", "stored_names"]
