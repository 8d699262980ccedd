"""The vector and text indexes that lie beside the embedded graph."""
