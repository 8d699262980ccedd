"""The schema as data: `load_schema()` reads and checks `types/*.yaml` and `edges.yaml`."""

from kg.schema.loader import load_schema
from kg.schema.model import EdgeSpec, KindSpec, Label, PropertySpec, ReferenceSpec, Schema

__all__ = ["EdgeSpec", "KindSpec", "Label", "PropertySpec", "ReferenceSpec", "Schema", "load_schema"]
