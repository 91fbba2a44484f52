"""A learner's older notebook: what it calls still works, or says in a sentence which command brings the new edition."""

import importlib
import re

import pytest

from lossutils import data, plot, widgets

# What plot and widgets of the first edition held, but for two figures that nobody called; and what else was called.
PLOT = """
histogram_with_constants loss_curves slopes risk_curves constant_game walks loss_surface label_fits two_classes
likelihood_to_loss observed_and_expected likelihood squares residuals error_parts where_training_ends ranges
ranking_and_calibration rare_class guesses gallery three_classes lines training_curves RareClass Game
Likelihood Squares Surface ThreeClasses TwoClasses reach png show
"""
WIDGETS = """
constant_game two_classes likelihood loss_surface squares rare_class three_classes quiz Explorer LossPicker float_slider
loss_controls round_number typical_error
"""
CALLED = """
data.anes96 data.auto_mpg data.challenger data.chem data.diabetes data.digits data.engel data.horse_kicks data.iris
data.stackloss health.check_setup losses.catalogue.FAMILIES losses.catalogue.table
models.Network numerics.sigmoid numerics.softmax practice.check practice.hint practice.hidden_points practice.points
practice.progress practice.solution practice.forget training.Adam training.descend training.train
"""
OLD = [(plot, name) for name in PLOT.split()] + [(widgets, name) for name in WIDGETS.split()]


@pytest.mark.parametrize(("room", "name"), OLD, ids=[f"{room.__name__[10:]}.{name}" for room, name in OLD])
@pytest.mark.parametrize("way", ["attribute", "import"])
def test_a_name_of_the_first_edition_works_or_says_which_command_brings_the_new_one(room, name, way):
    if name in room.__all__:
        assert callable(getattr(room, name))
        return
    with pytest.raises(ImportError) as told:
        getattr(room, name) if way == "attribute" else exec(f"from {room.__name__} import {name}")
    chapter, place = re.match(rf"{room.__name__[10:]}\.{name} is now (ch\d\d)\.(\w+); ", str(told.value)).groups()
    assert callable(getattr(importlib.import_module(f"lossutils.chapters.{chapter}"), place))
    assert f"`from lossutils.chapters import {chapter}`" in str(told.value)
    assert f"`python tools/course.py renew {chapter[2:]}` brings the chapter's new edition" in str(told.value)


@pytest.mark.parametrize("name", CALLED.split())
def test_whatever_else_the_notebooks_of_the_first_edition_called_is_there(name):
    module, _, thing = name.rpartition(".")
    assert getattr(importlib.import_module(f"lossutils.{module}"), thing) is not None


@pytest.mark.parametrize("name", ["udl", "udl_network"])
@pytest.mark.parametrize("way", ["attribute", "import"])
def test_data_that_may_not_be_passed_on_are_gone_and_a_sentence_says_why(name, way):
    with pytest.raises(ImportError, match=rf"data\.{name} is no longer there: .* a book whose licence") as told:
        getattr(data, name) if way == "attribute" else exec(f"from lossutils.data import {name}")
    assert "`python tools/course.py renew 03` brings the chapter's new edition" in str(told.value)


@pytest.mark.parametrize("room", [plot, widgets, data])
def test_a_name_that_never_was_is_missing_as_anywhere(room):
    assert not hasattr(room, "sqares")
    with pytest.raises(ImportError, match="cannot import name 'sqares'"):
        exec(f"from {room.__name__} import sqares")
