"""A demonstration registry of any size: generated files, their source file, the truth about its routes."""

from ingest.demo.registry import DemoFiles, write_registry

__all__ = ["DemoFiles", "write_registry"]
