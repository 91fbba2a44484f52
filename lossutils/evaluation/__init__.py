"""What to report about a model: fair test predictions, recall and precision, ranking, calibration, cost, intervals.

`y` are labels 0 and 1; the rare class, the positives, is 1. `p` are probabilities, and a sample is called positive
where p is above the threshold. None of these is a loss: they judge a model, they do not train it. Each refuses in words
what it would count wrongly: other lengths, nan, labels that are not 0 and 1, pandas objects with different indexes.
"""

from lossutils.evaluation.calibration import (
    Bin,
    bins,
    ece,
    equal_counts,
    equal_widths,
    recalibration,
    reliability,
    temperature,
)
from lossutils.evaluation.decisions import (
    auc,
    average_precision,
    confusion,
    cost,
    precision,
    precision_by_recall,
    recall,
)
from lossutils.evaluation.folds import out_of_fold, stratified_folds
from lossutils.evaluation.intervals import McNemar, mcnemar, wilson
from lossutils.evaluation.parts import BrierParts, ScoreParts, brier_parts, score_parts

__all__ = [
    "Bin",
    "BrierParts",
    "McNemar",
    "ScoreParts",
    "auc",
    "average_precision",
    "bins",
    "brier_parts",
    "confusion",
    "cost",
    "ece",
    "equal_counts",
    "equal_widths",
    "mcnemar",
    "out_of_fold",
    "precision",
    "precision_by_recall",
    "recalibration",
    "recall",
    "reliability",
    "score_parts",
    "stratified_folds",
    "temperature",
    "wilson",
]
