"""The course's real measurements, by name.

    flour = data.chem()
    flour["copper"]         # an array; change it if you like, the next call gives the original again
    flour                   # what was measured, by whom, in which units, under which licence
    pd.DataFrame(flour)     # the whole table in pandas; dict(flour) likewise

What each data set is stands in datasets/about.toml, next to the files.
"""

import functools

import numpy as np

from lossutils.data.dataset import Dataset
from lossutils.engine.moved import gone


def chem():
    """Copper in flour, one value far off: `copper` (24,), parts per million. Analytical Methods Committee 1989."""
    return _load("chem")


def engel():
    """What Belgian households earned and ate: `income`, `food` (235,), francs a year. Koenker and Bassett 1982."""
    return _load("engel")


def diabetes():
    """442 patients, ten raw measurements, and the disease a year later.

    `age` years, `sex` 1 or 2, `bmi` kg/m², `bp` mm Hg, `s1` … `s6` blood values, `progression` (the target, a score).
    Efron, Hastie, Johnstone and Tibshirani 2004.
    """
    return _load("diabetes")


def horse_kicks():
    """Prussian soldiers killed by a horse's kick: `corps` (text), `year`, `deaths` a year (280,).

    The classical 200 rows leave out four corps: `~np.isin(ds["corps"], ["G", "I", "VI", "XI"])`.
    Von Bortkiewicz 1898.
    """
    return _load("horse_kicks")


def auto_mpg():
    """Fuel consumption of 392 cars, 1970 to 1982, in the order of the UCI repository.

    `mpg` (the target, miles per gallon), `cylinders`, `displacement` cubic inches, `horsepower`, `weight` pounds,
    `acceleration` seconds, `year` − 1900, `origin` (1 USA, 2 Europe, 3 Japan), `name` (text). Quinlan 1993.
    """
    return _load("auto_mpg")


def stackloss():
    """21 days of a plant: `air_flow`, `water_temperature` °C, `acid`, target `loss`, per mille. Brownlee 1965."""
    return _load("stackloss")


def challenger():
    """23 launches of the space shuttle, and whether cold damaged its O-rings.

    `flight` (text), `temperature` °F, `pressure` psi, `damaged_rings` 0 to 6, `damage` 0 or 1 (the target).
    Dalal, Fowlkes and Hoadley 1989.
    """
    return _load("challenger")


def anes96():
    """944 American voters of 1996 and the party they feel close to, in seven steps.

    `population` thousands, `tv_news` days a week, `self_lr`, `clinton_lr`, `dole_lr` 1 left to 7 right,
    `party` 0 to 6 (the target; its names are in `labels`), `age` years, `education` 1 to 7, `income` 1 to 24,
    `vote` 0 Clinton, 1 Dole. American National Election Studies 1996.
    """
    return _load("anes96")


def digits():
    """Handwritten digits: `pixels` (1797, 64), ink 0 to 16, and `digit` (1797,), 0 to 9. Alpaydin and Kaynak 1998."""
    return _load("digits")


def yeast():
    """1484 proteins: eight scores `mcg` … `nuc`, and the target `me2`, 1 for 51 of them. Horton and Nakai 1996."""
    return _load("yeast")


def yeast_runs():
    """What each loss made of the yeast proteins, 92 runs: `loss` (text), `hidden` … `coefficient`. Our own."""
    return _load("yeast_runs")


def yeast_scores():
    """Scores of the 1484 yeast proteins under 18 focal losses: `gamma0_ratio1by3` … `gamma5_ratio84` (1484,)."""
    return _load("yeast_scores")


def iris():
    """150 flowers: `sepal_length`, `sepal_width`, `petal_length`, `petal_width` cm, `species` 0 to 2. Fisher 1936."""
    return _load("iris")


def breast_cancer():
    """569 tumours, 30 features of their cells, `mean_radius` … `worst_fractal_dimension`, and `malignant` 0 or 1.

    Street, Wolberg and Mangasarian 1993.
    """
    return _load("breast_cancer")


def coal_mines():
    """Explosions in British coal mines that killed ten or more: `year`, `disasters` a year (110,). Jarrett 1979."""
    return _load("coal_mines")


def longley():
    """Employment in the United States in 16 years, and what moves with it; a famous test of software.

    `price_level`, `gnp`, `unemployed`, `armed_forces`, `population`, `year`, and the target, `employed` in thousands.
    Longley 1967.
    """
    return _load("longley")


def phones():
    """Telephone calls from Belgium in 24 years, six of them in another unit: `year`, `calls`. Rousseeuw 1987."""
    return _load("phones")


def penguins():
    """333 penguins of the Palmer Archipelago; none of their measures is missing.

    `bill_length`, `bill_depth`, `flipper_length` mm, `mass` grams, `species` 0 Adelie, 1 Chinstrap, 2 Gentoo, `island`,
    `sex` (text), `year`. Gorman, Williams and Fraser 2014.
    """
    return _load("penguins")


LOADERS = (
    chem,
    engel,
    diabetes,
    horse_kicks,
    auto_mpg,
    stackloss,
    challenger,
    anes96,
    digits,
    yeast,
    yeast_runs,
    yeast_scores,
    iris,
    breast_cancer,
    coal_mines,
    longley,
    phones,
    penguins,
)

NOT_OURS = "the twenty points and three networks belong to a book whose licence lets nobody pass on a changed copy"
__getattr__ = gone("data", {"udl": ("03", NOT_OURS), "udl_network": ("03", NOT_OURS)})


def _load(name):
    about = _about()[name]
    columns = [column for column, *_ in about["columns"]]
    units, meanings = (dict(zip(columns, row, strict=True)) for row in list(zip(*about["columns"], strict=True))[2:])
    labels = {c: {int(k): v for k, v in names.items()} for c, names in about.get("labels", {}).items()}
    said = {key: about[key] for key in ("title", "description", "source", "licence")}
    return Dataset(name=name, **said, units=units, meanings=meanings, labels=labels, _arrays=_arrays(name))


@functools.cache
def _about():
    from lossutils.data import files

    return files.settings("about.toml")


@functools.cache
def _arrays(name):
    """The columns of a file, read once."""
    from lossutils.data import files

    about = _about()[name]
    fields = files.columns(about["file"])
    return {column: _array(kind, fields) for column, kind, *_ in about["columns"]}


def _array(kind, fields):
    as_python = {"text": str, "count": int, "number": float}.get(kind)
    if as_python:
        return np.array([as_python(field) for field in next(fields)])
    return np.column_stack([_array("number", fields) for _ in range(int(kind.removesuffix(" numbers")))])
