"""The heart: from a result or a need to lines and funds, each with a proof per constraint, and an honest no.

One `Knowledge` per view is all that the three questions need; it keeps what it read until the store changes.
"""

from kg.transfer.answers import routes_for
from kg.transfer.asked import RouteOptions
from kg.transfer.knowledge import Knowledge
from kg.transfer.match import match_need
from kg.transfer.screen import screen_fund

__all__ = ["Knowledge", "RouteOptions", "match_need", "routes_for", "screen_fund"]
