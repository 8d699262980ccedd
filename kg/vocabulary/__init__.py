"""The vocabulary of unit operations: names, synonyms, families and who is broader than whom."""

from kg.vocabulary.loading import load_vocabulary
from kg.vocabulary.model import Category, Related, UnitOp, Vocabulary, plain_name

__all__ = ["Category", "Related", "UnitOp", "Vocabulary", "load_vocabulary", "plain_name"]
