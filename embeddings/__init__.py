"""Text to vectors: the shipped static model, transformers on request, and how the static model is made.

Knows text and arrays only; stores, schemas and pages are elsewhere and never imported from here.
"""

from embeddings.encoder import Encoder, open_encoder
from embeddings.errors import EncoderError

__all__ = ["Encoder", "EncoderError", "open_encoder"]
