"""Numbers as people type them: which are understood, and what is said of the others."""

import math

import pytest

from lossutils.widgets.typed import typed_number

READ = {
    "4.67": 4.67,
    " .5 ": 0.5,
    "0,6931": 0.6931,
    ",5": 0.5,
    "-0,5": -0.5,
    "−0.69": -0.69,
    "1 234,5": 1234.5,
    "1 000 000": 1e6,
    "1,234,567": 1234567,
    "1.234.567": 1234567,
    "1,234.5": 1234.5,
    "1.234,5": 1234.5,
    "1,234": 1.234,
    "1,5e-3": 0.0015,
    "2.5E-3": 0.0025,
    "3 · 10^-4": 3e-4,
    "1/4": 0.25,
    "-14/3": -14 / 3,
    "1 - 1/e": 1 - 1 / math.e,
    "ln 2": math.log(2),
    "ln2": math.log(2),
    "log(2)": math.log(2),
    "log2": math.log(2),
    "log2 8": 3,
    "log2(8)": 3,
    "log10(1000)": 3,
    "-ln 0,25": math.log(4),
    "2 ln 2": math.log(4),
    "ln 2/2": math.log(2) / 2,
    "exp -1": 1 / math.e,
    "1/e": 1 / math.e,
    "e^-1": 1 / math.e,
    "e**2": math.e**2,
    "2e": 2 * math.e,
    "sqrt(2)": math.sqrt(2),
    "√2": math.sqrt(2),
    "sqrt ln 2": math.sqrt(math.log(2)),
    "2π": 2 * math.pi,
    "PI/2": math.pi / 2,
    "2(1+1)": 4,
}
UNKNOWN = ["", "four", "nan", "1..2", "1,,2", "12 34", "1_000", "0x10", "1j", "True", "log(2, 10)", "f(2)", "ln", "2 +"]
UNSAFE = ["__import__('os')", "e.real", "[1]", "'a'", "1 if 1 else 2", "lambda: 1", "(" * 5000, "-" * 5000 + "1"]
NO_VALUE = {
    "1/0": "divides by 0",
    "0^-1": "divides by 0",
    "ln 0": "log of 0 is no real number",
    "ln(-1)": "log of -1 is no real number",
    "sqrt(-4)": "sqrt of -4 is no real number",
    "(-1)^0.5": "of -1 is no real number",
    "9**9**9": "too large",
    "e^1000": "too large",
    "1e999": "too large",
    "1e300*1e300": "too large",
}


@pytest.mark.parametrize("text", READ)
def test_a_number_is_read_as_people_mean_it(text):
    assert typed_number(text) == pytest.approx(READ[text], rel=1e-15)


@pytest.mark.parametrize("text", [*UNKNOWN, *UNSAFE])
def test_what_is_not_understood_is_refused_with_an_example(text):
    with pytest.raises(ValueError, match="is not a number; write it as in 0.25, 1/4, ln 2"):
        typed_number(text)


@pytest.mark.parametrize("text", NO_VALUE)
def test_what_has_no_value_is_refused_with_its_reason(text):
    with pytest.raises(ValueError, match=f"is not a number: .*{NO_VALUE[text]}"):
        typed_number(text)
