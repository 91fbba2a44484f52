"""The data are what their sources say, the published statistics come out of them, and no learner can damage them."""

import copy
import gzip
import hashlib
import importlib.util
import pickle
import re
import tomllib
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lossutils import data, rng

ROOT = Path(__file__).resolve().parents[2]
DATASETS = ROOT / "lossutils" / "data" / "datasets"
ABOUT = tomllib.loads((DATASETS / "about.toml").read_text(encoding="utf-8"))
FILES = {about["file"]: about["sha256"] for about in ABOUT.values()}

MADE_HERE = "by tools/"  # no package has them

every_dataset = pytest.mark.parametrize("load", data.LOADERS, ids=lambda load: load.__name__)


def unpacked(file):
    raw = (DATASETS / file).read_bytes()
    return gzip.decompress(raw) if file.endswith(".gz") else raw


def least_squares(x, y):
    return np.linalg.lstsq(np.column_stack([np.ones(len(x)), x]), y, rcond=None)[0]


# ---- the files


@pytest.mark.parametrize("file", FILES)
def test_the_text_of_each_file_has_the_recorded_hash(file):
    assert hashlib.sha256(unpacked(file)).hexdigest() == FILES[file]


def test_packed_files_carry_no_time_so_the_same_text_gives_the_same_bytes():
    packed = [path.read_bytes() for path in DATASETS.glob("*.gz")]
    assert packed
    assert all(raw[4:8] == bytes(4) for raw in packed)


def test_attribution_names_every_file_and_no_other():
    headings = re.findall(r"^## (.+)$", (DATASETS / "ATTRIBUTION.md").read_text(encoding="utf-8"), re.M)
    named = [file for heading in headings for file in re.findall(r"`([^`]+)`", heading)]
    present = [path.name for path in DATASETS.iterdir() if path.is_file()]
    assert sorted(named) == sorted(set(present) - {"ATTRIBUTION.md", "about.toml"}) == sorted(FILES)


def test_the_data_weigh_400_kilobytes_at_most():
    assert sum(path.stat().st_size for path in DATASETS.iterdir() if path.is_file()) <= 400_000


def maintainers_script():
    spec = importlib.util.spec_from_file_location("make_datasets", ROOT / "tools" / "datasets" / "make_datasets.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_attribution_is_what_the_script_writes():
    written = (DATASETS / "ATTRIBUTION.md").read_text(encoding="utf-8")
    assert maintainers_script().attribution() == written


@pytest.mark.oracle
@pytest.mark.parametrize("name", [name for name, about in ABOUT.items() if not about["origin"].startswith(MADE_HERE)])
def test_each_file_is_what_its_source_package_gives(name):
    script = maintainers_script()
    try:
        rebuilt = script.build(name)
    except script.SourceMissing as missing:
        pytest.skip(str(missing))
    assert rebuilt == script.shipped(ABOUT[name]["file"])


# ---- what a data set says of itself


def test_every_data_set_has_its_loader():
    assert sorted(load.__name__ for load in data.LOADERS) == sorted(ABOUT)


@every_dataset
def test_every_data_set_says_what_it_is(load):
    ds = load()
    assert ds.name == load.__name__
    assert re.search(r"\d{4}", ds.source), "a source has a year"
    assert len(ds.licence) > 10
    assert len(ds.description) > 60
    assert str(len(ds)) in ds.description.replace(",", "")
    assert set(ds.units) == set(ds.meanings) == set(ds.columns)
    assert all(ds.units.values())
    assert all(ds.meanings.values())


@every_dataset
def test_every_column_of_the_file_is_loaded_finite_and_of_the_same_length(load):
    ds = load()
    header = unpacked(ABOUT[ds.name]["file"]).decode("utf-8").splitlines()[0].split(",")
    assert sum(ds[c].shape[1] if ds[c].ndim == 2 else 1 for c in ds.columns) == len(header)
    assert list(dict.fromkeys(re.sub(r"_\d\d$", "", h) for h in header)) == list(ds.columns)
    assert all(len(ds[c]) == len(ds) for c in ds.columns)
    assert all(np.isfinite(ds[c]).all() for c in ds.columns if ds[c].dtype.kind != "U")


@every_dataset
def test_the_labels_name_exactly_the_codes_that_occur(load):
    ds = load()
    for column, names in ds.labels.items():
        assert set(np.unique(ds[column]).tolist()) == set(names)


@every_dataset
def test_the_docstring_names_the_columns(load):
    text, columns = load.__doc__, load().columns
    first_and_last = (columns[0], columns[-1])
    expected = columns if "…" not in text else first_and_last
    assert all(f"`{column}`" in text for column in expected)


@every_dataset
def test_the_card_shows_every_column_with_its_unit_and_the_source(load):
    ds = load()
    with np.errstate(all="raise"):
        card = ds._repr_markdown_()
    rows = [line for line in card.splitlines() if line.startswith("| `")]
    assert len(rows) == len(ds.columns)
    assert {line.count("|") for line in rows} == {7}
    assert all(ds.units[c] in row for c, row in zip(ds.columns, rows, strict=True))
    assert ds.source in card
    assert ds.licence in card


def test_the_card_gives_least_middle_and_largest_value():
    row = "| `copper` | copper found in one determination | parts per million | 2.2 | 3.385 | 28.95 |"
    assert row in data.chem()._repr_markdown_()


def test_the_repr_is_one_short_line():
    assert repr(data.chem()) == "<Dataset chem: 24 rows of copper>"
    assert repr(data.diabetes()) == "<Dataset diabetes: 442 rows of age, sex, bmi, …, progression>"


# ---- what a learner may do


@every_dataset
def test_writing_into_an_array_does_not_reach_the_next_call(load):
    ds = load()
    column = ds.columns[-1]
    before = ds[column].tolist()
    array = ds[column]
    array[:] = array[::-1].copy()
    array[0] = array[-1]
    assert ds[column].tolist() == before == load()[column].tolist()


def test_changing_what_a_data_set_says_does_not_reach_the_next_call():
    data.auto_mpg().units["mpg"] = "litres"
    data.auto_mpg().labels["origin"][1] = "Mars"
    assert data.auto_mpg().units["mpg"] == "miles per US gallon"
    assert data.auto_mpg().labels["origin"][1] == "USA"


def test_a_column_that_is_not_there_is_answered_with_the_names_that_are():
    with pytest.raises(KeyError) as error:
        data.engel()["foood"]
    assert str(error.value) == "engel has no column 'foood'; it has income, food"
    with pytest.raises(KeyError, match="engel has no column 0; it has income, food"):
        data.engel()[0]


def test_a_table_taken_for_an_array_is_answered_with_a_column():
    with pytest.raises(TypeError, match=r'chem is a table, not an array; take a column: chem\["copper"\]'):
        np.asarray(data.chem())


def test_a_matrix_puts_columns_side_by_side_as_floats():
    cars = data.auto_mpg()
    matrix = cars.matrix("weight", "year")
    assert matrix.shape == (392, 2)
    assert matrix.dtype == np.float64
    assert matrix[0].tolist() == [3504, 70]
    assert data.digits().matrix("pixels").shape == (1797, 64)


@pytest.mark.parametrize("columns", [(), ("weight", "name")])
def test_a_matrix_of_nothing_or_of_text_is_refused(columns):
    with pytest.raises(TypeError, match="auto_mpg: a matrix needs the names of one or more columns that hold numbers"):
        data.auto_mpg().matrix(*columns)


def test_a_data_set_can_be_asked_for_its_columns():
    assert list(data.engel()) == ["income", "food"]
    assert "income" in data.engel()
    assert "rent" not in data.engel()


@every_dataset
def test_a_data_set_goes_into_pandas_and_into_a_dict_in_one_call(load):
    ds = load()
    header = unpacked(ABOUT[ds.name]["file"]).decode("utf-8").splitlines()[0].split(",")
    frame, table = pd.DataFrame(ds), dict(ds)
    assert list(frame.columns) == list(table) == list(ds) == header
    assert len(frame) == len(ds)
    for name in header:
        assert table[name].shape == (len(ds),)
        assert np.array_equal(frame[name].to_numpy().astype(table[name].dtype), table[name])
        assert np.array_equal(table[name], ds[name])
        assert frame[name].dtype == table[name].dtype or table[name].dtype.kind == "U"
    assert [name for name, _ in ds.items()] == header and len(ds.values()) == len(header)


def test_a_block_of_columns_is_a_matrix_and_its_parts_have_names_of_their_own():
    digits = data.digits()
    assert np.array_equal(digits["pixels"][:, 7], digits["pixels_07"])
    assert "pixels" in digits and "pixels_63" in digits and "pixels_64" not in digits


@pytest.mark.parametrize(
    "own_table",
    [dict, data.Dataset.copy, lambda ds: dict(ds.items()), lambda ds: {"copper": ds.get("copper")}],
    ids=["dict", "copy", "items", "get"],
)
def test_what_is_written_into_ones_own_table_does_not_reach_the_data(own_table):
    flour = data.chem()
    own = own_table(flour)
    own["copper"][0] = -1.0
    assert flour["copper"][0] == data.chem()["copper"][0] == 2.9


def test_a_data_set_itself_cannot_be_changed_and_says_what_to_do():
    flour = data.chem()
    for change in (
        lambda: flour.__setitem__("log", np.log(flour["copper"])),
        lambda: flour.update(log=1),
        lambda: flour.pop("copper"),
        flour.clear,
    ):
        with pytest.raises(TypeError, match=r"chem stays as it was measured; .* dict\(data.chem\(\)\) or pd.DataFrame"):
            change()
    assert flour.get("rent") is None and flour != data.chem() and flour in {flour}


@pytest.mark.parametrize(
    "twin_of", [copy.copy, copy.deepcopy, lambda ds: pickle.loads(pickle.dumps(ds))], ids=["copy", "deep", "pickle"]
)
def test_a_copy_of_a_data_set_says_the_same(twin_of):
    digits = data.digits()
    twin = twin_of(digits)
    assert repr(twin) == repr(digits) and twin.units == digits.units
    assert all(np.array_equal(twin[name], digits[name]) for name in digits)


# ---- published statistics


def test_chem_has_the_published_mean_and_median():
    copper = data.chem()["copper"]
    assert round(copper.mean(), 4) == 4.2804
    assert round(np.median(copper), 4) == 3.3850
    rest = copper[copper != 28.95]
    assert len(rest) == 23
    assert round(copper.mean() - rest.mean(), 4) == 1.0726
    assert round(np.median(copper) - np.median(rest), 4) == 0.015


def test_engel_has_the_published_mean_median_and_line():
    engel = data.engel()
    assert round(engel["food"].mean(), 4) == 624.1501
    assert round(np.median(engel["food"]), 4) == 582.5413
    line = least_squares(engel["income"], engel["food"])
    assert line == pytest.approx([147.475389, 0.485178424], rel=1e-8)


def test_diabetes_is_raw_and_standardised_gives_the_known_curvature():
    patients = data.diabetes()
    assert patients["age"][0] == 59
    assert patients["progression"][:3].tolist() == [151, 75, 141]
    x = patients.matrix(*patients.columns[:-1])
    x = np.column_stack([(x - x.mean(0)) / x.std(0), np.ones(442)])
    assert np.linalg.eigvalsh(x.T @ x / 442)[-1] == pytest.approx(4.02421, abs=5e-6)


def test_horse_kicks_give_the_famous_counts_without_four_corps():
    kicks = data.horse_kicks()
    assert len(kicks) == 280
    assert round(kicks["deaths"].mean(), 2) == 0.70
    assert Counter(kicks["corps"].tolist()) == dict.fromkeys(np.unique(kicks["corps"]).tolist(), 20)
    assert len(np.unique(kicks["corps"])) == 14
    assert (kicks["year"].min(), kicks["year"].max()) == (1875, 1894)
    deaths = kicks["deaths"][~np.isin(kicks["corps"], ["G", "I", "VI", "XI"])]
    assert np.bincount(deaths).tolist() == [109, 65, 22, 3, 1]
    assert deaths.mean() == 0.61


def test_auto_mpg_gives_the_published_errors_of_the_six_input_line():
    cars = data.auto_mpg()
    x = cars.matrix("cylinders", "displacement", "horsepower", "weight", "acceleration", "year")
    train, test = slice(0, None, 2), slice(1, None, 2)
    w = least_squares(x[train], cars["mpg"][train])
    error = np.column_stack([np.ones(392), x]) @ w - cars["mpg"]
    rmse = [round(float(np.sqrt(np.mean(error[half] ** 2))), 4) for half in (train, test)]
    assert rmse == [3.4527, 3.4444]
    assert cars["name"][0] == "chevrolet chevelle malibu"
    assert cars["name"][-1] == "chevy s-10"


def test_stackloss_gives_brownlees_plane():
    plant = data.stackloss()
    w = least_squares(plant.matrix("air_flow", "water_temperature", "acid"), plant["loss"])
    assert w.round(4).tolist() == [-39.9197, 0.7156, 1.2953, -0.1521]


def newton_logistic(x, y):
    x, w = np.column_stack([np.ones(len(x)), x]), np.zeros(2)
    for _ in range(20):
        p = 1 / (1 + np.exp(-x @ w))
        w = w + np.linalg.solve((x.T * (p * (1 - p))) @ x, x.T @ (y - p))
    return w


def test_challenger_gives_the_published_logistic_curve():
    launches = data.challenger()
    assert len(launches) == 23
    assert launches["damage"].sum() == 7
    assert np.array_equal(launches["damage"], launches["damaged_rings"] > 0)
    w = newton_logistic(launches["temperature"], launches["damage"])
    assert w.round(4).tolist() == [15.0429, -0.2322]
    line = least_squares(launches["temperature"], launches["damage"])
    assert [round(float(line @ [1, t]), 3) for t in (31, 81)] == [1.746, -0.123]


def test_anes96_gives_the_published_null_likelihood():
    party = data.anes96()["party"]
    assert len(party) == 944
    assert data.anes96().labels["party"][0] == "strong Democrat"
    counts = np.bincount(party)
    assert -np.sum(counts * np.log(counts / 944)) == pytest.approx(1750.34670999, abs=5e-9)


@pytest.mark.oracle
def test_anes96_gives_the_published_softmax_minimum():
    optimize = pytest.importorskip("scipy.optimize")
    voters = data.anes96()
    features = voters.matrix("population", "self_lr", "age", "education", "income")
    features[:, 0] = np.log(features[:, 0] + 0.1)
    x = np.column_stack([(features - features.mean(0)) / features.std(0), np.ones(944)])
    onehot = voters["party"][:, None] == np.arange(7)

    def nll(w):
        z = x @ w.reshape(6, 7)
        log_sum = np.logaddexp.reduce(z, axis=1)
        return np.sum(log_sum - z[onehot]), (x.T @ (np.exp(z - log_sum[:, None]) - onehot)).ravel()

    best = optimize.minimize(nll, np.zeros(42), jac=True, method="BFGS", options={"gtol": 1e-5})
    assert best.fun == pytest.approx(1461.922747, abs=1e-5)


def test_digits_are_images_of_8_by_8_with_17_levels():
    digits = data.digits()
    assert digits["pixels"].shape == (1797, 64)
    assert np.unique(digits["pixels"]).tolist() == list(range(17))
    assert np.bincount(digits["digit"]).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]


def test_yeast_has_51_of_1484_in_class_me2_and_31_repeated_rows():
    yeast = data.yeast()
    assert (len(yeast), yeast["me2"].sum()) == (1484, 51)
    rows = yeast.matrix(*yeast.columns)
    assert rows.shape == (1484, 9)
    assert len(rows) - len(np.unique(rows, axis=0)) == 31


def test_iris_rows_35_and_38_are_as_fisher_printed_them():
    iris = data.iris()
    x = iris.matrix(*iris.columns[:4])
    assert x[34].tolist() == [4.9, 3.1, 1.5, 0.2]
    assert x[37].tolist() == [4.9, 3.6, 1.4, 0.1]
    assert np.bincount(iris["species"]).tolist() == [50, 50, 50]


def test_breast_cancer_has_212_malignant_tumours():
    tumours = data.breast_cancer()
    assert (len(tumours), len(tumours.columns), tumours["malignant"].sum()) == (569, 31, 212)
    larger = tumours["mean_radius"][tumours["malignant"] == 1].mean()
    assert larger > tumours["mean_radius"][tumours["malignant"] == 0].mean()


def test_coal_mines_hold_186_disasters_of_the_record_in_110_full_years():
    mines = data.coal_mines()
    assert (mines["year"][0], mines["year"][-1], len(mines)) == (1852, 1961, 110)
    assert mines["disasters"].sum() == 186  # 191 with those of 1851 and 1962
    until_1890 = mines["year"] <= 1890
    means = [mines["disasters"][part].mean() for part in (until_1890, ~until_1890)]
    assert [f"{mean:.1f}" for mean in means] == ["3.1", "0.9"]  # Carlin, Gelfand and Smith 1992


def test_longley_gives_the_certified_sum_of_squares_and_the_published_likelihood():
    """The sum of squares of the National Institute of Standards and Technology; R software prints −109.6174."""
    years = data.longley()
    x = years.matrix(*years.columns[:-1])
    x = np.column_stack([np.ones(16), x])
    error = years["employed"] - x @ np.linalg.lstsq(x, years["employed"], rcond=None)[0]
    assert np.sum(error**2) == pytest.approx(836424.055505915, rel=1e-9)
    assert -8 * (np.log(2 * np.pi * np.mean(error**2)) + 1) == pytest.approx(-109.6174, abs=5e-5)


def test_six_of_24_years_of_phones_hold_minutes():
    phones = data.phones()
    assert (len(phones), phones["year"][0], phones["year"][-1]) == (24, 1950, 1973)
    minutes = (phones["year"] >= 1964) & (phones["year"] <= 1969)
    assert phones["calls"][minutes].min() > 2.5 * phones["calls"][~minutes].max()
    line = np.polyfit(phones["year"] - 1900, phones["calls"], 1)
    assert [f"{v:.4f}" for v in line] == ["5.0415", "-260.0592"]  # Venables and Ripley 2002, page 157


def test_a_penguin_weighs_50_grams_more_for_each_millimetre_of_flipper():
    birds = data.penguins()
    assert [int(np.sum(birds["species"] == code)) for code in birds.labels["species"]] == [146, 68, 119]
    intercept, slope = least_squares(birds["flipper_length"], birds["mass"])
    assert [f"{intercept:.2f}", f"{slope:.2f}"] == ["-5872.09", "50.15"]  # as R prints it for the complete rows
    error = birds["mass"] - intercept - slope * birds["flipper_length"]
    spread = np.sqrt(np.sum(error**2) / 331) / np.sqrt(
        np.sum((birds["flipper_length"] - birds["flipper_length"].mean()) ** 2)
    )
    assert [f"{spread:.2f}", f"{slope / spread:.2f}"] == ["1.54", "32.56"]


# ---- scikit-learn as an oracle


@pytest.mark.oracle
def test_diabetes_digits_iris_and_breast_cancer_are_those_of_scikit_learn():
    sklearn = pytest.importorskip("sklearn.datasets")
    theirs = {
        data.diabetes: sklearn.load_diabetes(scaled=False),
        data.digits: sklearn.load_digits(),
        data.iris: sklearn.load_iris(),
        data.breast_cancer: sklearn.load_breast_cancer(),
    }
    for load, bunch in theirs.items():
        ds = load()
        assert np.array_equal(ds.matrix(*ds.columns[:-1]), bunch.data), ds.name
        target = 1 - bunch.target if load is data.breast_cancer else bunch.target
        assert np.array_equal(ds[ds.columns[-1]], target), ds.name


# ---- randomness


def test_the_stream_of_a_seed_never_changes():
    assert rng(0).random_sample(3).round(8).tolist() == [0.5488135, 0.71518937, 0.60276338]
    assert rng(1).standard_normal(3).round(8).tolist() == [1.62434536, -0.61175641, -0.52817175]
    assert rng(2).permutation(6).tolist() == [4, 1, 3, 2, 5, 0]


def test_each_call_starts_its_own_stream():
    first = rng(7)
    first.random_sample(5)
    assert rng(7).random_sample() == rng(np.int64(7)).random_sample()


@pytest.mark.parametrize("seed", [None, 1.5, "1", True])
def test_a_seed_that_is_not_a_whole_number_is_refused(seed):
    with pytest.raises(TypeError, match="rng: the seed must be a whole number"):
        rng(seed)
