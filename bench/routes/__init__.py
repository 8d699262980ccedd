"""Routes held against what is surely true: planted chains, every combination, and a large registry."""
