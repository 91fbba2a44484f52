"""Losses in neuro-fuzzy systems.

Rules in words, blended by how well their conditions hold: which loss fits them, and what does it promise?
"""

from lossutils.chapters import shown_from

__getattr__, __dir__ = shown_from(
    __name__,
    holding="memberships_and_shares",
    blend="blended_rules",
    means="fuzzy_c_means",
    groups="fuzzy_groups",
    slips="Slips slipped_rules",
    curious="far_away more_or_less_fuzzy rules_that_classify",
    sliders="widget",
)
