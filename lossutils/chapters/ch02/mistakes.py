"""What learners write instead in chapter 02: the sentence, then what stands in the reference and what they write there.

Where two mistakes return the same, the first one is named.
"""

from __future__ import annotations

# Slopes and curvatures -------------------------------------------------------------------------------------------

FOURTH, PSEUDO = "return e**3, 3 * e**2", "return e / root, 1 / root**3"
CAUCHY = "return e / (1 + u**2), (1 - u**2) / (1 + u**2) ** 2"
SLOPE_AND_CURVATURE = (
    (
        "the loss is e⁴/4, so that the 4 of the exponent cancels; the slope is e³",
        (FOURTH, "return 4 * e**3, 12 * e**2"),
    ),
    ("the curvature is the slope of the slope; that of e³ is 3e²", (FOURTH, "return e**3, e**2")),
    (
        "this is the loss itself beside its slope; the slope and the curvature are asked for",
        (FOURTH, "return e**4 / 4, e**3"),
    ),
    ("the slope of e⁴/4 keeps the sign of the error", (FOURTH, "return np.abs(e) ** 3, 3 * e**2")),
    (
        "c counts for the pseudo-Huber and the Cauchy loss only; the fourth power has no scale",
        (FOURTH, "return u**3, 3 * u**2"),
    ),
    (
        "the chain rule's factor 1/c cancels one of the two c in c², so that the slope has e, not u",
        (PSEUDO, "return u / root, 1 / root**3"),
    ),
    (
        "the slope of the pseudo-Huber loss has one root below; this is its square",
        (PSEUDO, "return e / root**2, 1 / root**3"),
    ),
    ("c is ignored; the error is divided by it before it is squared", ("u = e / c", "u = e")),
    ("the scale stands below, u = e/c; here it is multiplied", ("u = e / c", "u = e * c")),
    (
        "the curvature of the pseudo-Huber loss comes from e/√(1 + u²) as a quotient: both of its parts depend on e",
        (PSEUDO, "return e / root, 1 / root"),
    ),
    (
        "the curvature of the pseudo-Huber loss comes from e/√(1 + u²) as a quotient: both of its parts depend on e",
        (PSEUDO, "return e / root, 1 / root**2"),
    ),
    (
        "the slope of a straight line has no curvature, but the pseudo-Huber loss bends everywhere a little",
        (PSEUDO, "return e / root, 0 * e"),
    ),
    (
        "this is Huber's own slope, clipped at c; the pseudo-Huber loss has no edge",
        (PSEUDO, "return np.clip(e, -c, c), 1.0 * (np.abs(e) <= c)"),
    ),
    (
        "½ of c²/2 meets the 2 of the square's slope; the slope of the Cauchy loss is e/(1 + u²)",
        (CAUCHY, "return 2 * e / (1 + u**2), 2 * (1 - u**2) / (1 + u**2) ** 2"),
    ),
    (
        "the chain rule's factor 1/c cancels one of the two c in c², so that the slope has e, not u",
        (CAUCHY, "return u / (1 + u**2), (1 - u**2) / (1 + u**2) ** 2"),
    ),
    (
        "beyond the scale the Cauchy loss bends downwards, so that its curvature is below 0 there",
        (CAUCHY, "return e / (1 + u**2), np.abs(1 - u**2) / (1 + u**2) ** 2"),
    ),
    (
        "beyond the scale the Cauchy loss bends downwards, so that its curvature is below 0 there",
        (CAUCHY, "return e / (1 + u**2), 1 / (1 + u**2) ** 2"),
    ),
    (
        "the slope of the Cauchy loss is a quotient; the quotient rule squares what stands below",
        (CAUCHY, "return e / (1 + u**2), (1 - u**2) / (1 + u**2)"),
    ),
    (
        "the slope of a quotient is not the quotient of the slopes",
        (CAUCHY, "return e / (1 + u**2), 1 / (2 * u / c + 1e-300)"),
    ),
    (
        "the two are exchanged; first the slopes, then the curvatures",
        (FOURTH, "return 3 * e**2, e**3"),
        (PSEUDO, "return 1 / root**3, e / root"),
    ),
    (
        "the mean is taken here; one slope and one curvature for each error are asked for",
        (FOURTH, "return np.mean(e**3), np.mean(3 * e**2)"),
        (PSEUDO, "return np.mean(e / root), np.mean(1 / root**3)"),
    ),
    (
        "these are differences of the loss's values with a fixed step, which other units make too long or too short; "
        "derive the formulas on paper",
        (
            FOURTH,
            "return ((e + 1e-4) ** 4 - (e - 1e-4) ** 4) / 8e-4, ((e + 1e-4) ** 4 + (e - 1e-4) ** 4 - 2 * e**4) / 4e-8",
        ),
    ),
)

# Rates -----------------------------------------------------------------------------------------------------------

HESSIAN, LARGEST = "bend * X.T @ (w[:, np.newaxis] * X) / np.sum(w)", "np.max(np.linalg.eigvalsh(H))"
RATE_LIMIT = (
    ("one over the curvature is safe, but twice that is the limit", ("float(2 /", "float(1 /")),
    (
        "the smallest eigenvalue is that of the flattest direction; the steepest one sets the limit",
        (LARGEST, "np.min(np.linalg.eigvalsh(H))"),
    ),
    ("this is the sum of all eigenvalues; the largest sets the limit", (LARGEST, "np.trace(H)")),
    ("the diagonal holds no eigenvalues unless all else is 0; use np.linalg.eigvalsh", (LARGEST, "np.max(np.diag(H))")),
    ("the curvature of the loss, `bend`, is ignored", ("bend * X.T", "X.T")),
    (
        "a loss that bends more has a smaller limit; `bend` stands in H",
        (HESSIAN, "X.T @ (w[:, np.newaxis] * X) / np.sum(w) / bend"),
    ),
    ("the weights are ignored", (HESSIAN, "bend * X.T @ X / len(X)")),
    (
        "with weights the sum is divided by the sum of the weights, not by the number of samples",
        ("/ np.sum(w)", "/ len(X)"),
    ),
    ("the risk is a mean: divide by the sum of the weights", (" / np.sum(w)", "")),
    ("the weights stand in H once; here they are squared", ("(w[:, np.newaxis] * X)", "(w[:, np.newaxis] ** 2 * X)")),
    (
        "the roots of the weights stand in both factors of XᵀWX, so the weight itself stands there once",
        ("(w[:, np.newaxis] * X)", "(np.sqrt(w)[:, np.newaxis] * X)"),
    ),
    (
        "a sample of small weight is dropped here; it counts by its weight",
        ("H = bend", "w = np.where(w < 1e-3, 0, w)\n    H = bend"),
    ),
    (
        "the mean of the inputs is subtracted here; the model has no intercept that could take it up",
        ("H = bend", "X = X - np.mean(X, axis=0)\n    H = bend"),
    ),
    (
        "a column of ones is added here; X is already all that the model sees",
        ("H = bend", "X = np.column_stack([np.ones(len(X)), X])\n    H = bend"),
    ),
    ("H has a row and a column for each weight, XᵀX; this is XXᵀ", (HESSIAN, "bend * X @ X.T / np.sum(w)")),
    (
        "the singular values of X are the roots of the eigenvalues of XᵀX",
        (LARGEST, "np.sqrt(np.max(np.linalg.eigvalsh(H)))"),
    ),
)

# Steps -----------------------------------------------------------------------------------------------------------

FACTORS, SLOWEST = "np.abs(1 - rate * np.asarray(curvatures, dtype=float))", "np.max(factors)"
EXACT, RESULT = "np.log(times) / -np.log(slowest)", "return int(np.ceil(exact - 1e-9))"
NEVER = "        return np.inf"
SWING = "a factor below 0 swings from side to side, and its size counts: take |1 − rate · λ|"
STEPS_NEEDED = (
    (SWING, (FACTORS, "np.clip(1 - rate * np.asarray(curvatures, dtype=float), 1e-12, None)")),
    (
        "the flattest direction is not always the slowest; near the limit the steepest one is",
        (SLOWEST, "abs(1 - rate * np.min(curvatures))"),
    ),
    (
        "the steepest direction sets the limit, not the time; take the slowest factor of all",
        (SLOWEST, "abs(1 - rate * np.max(curvatures))"),
    ),
    ("every direction must arrive, the slowest too; this is the fastest", (SLOWEST, "np.min(factors)")),
    ("the slowest direction decides, not the mean of the factors", (SLOWEST, "np.mean(factors)")),
    ("a part of a step is no step; round up, not down", (RESULT, "return int(np.floor(exact + 1e-9))")),
    ("a part of a step is no step; round up, not to the nearest", (RESULT, "return round(exact)")),
    ("a number of steps is whole; round up", (RESULT, "return exact")),
    ("after so many steps it is there already; this is one more", (RESULT, "return int(np.ceil(exact - 1e-9)) + 1")),
    (
        "the distances are asked for; the risk goes with their squares and needs half the steps",
        (EXACT, "np.log(times) / -np.log(slowest) / 2"),
    ),
    ("the base of both logarithms must be the same", (EXACT, "np.log10(times) / -np.log(slowest)")),
    (
        "the steps do not add up, the factors multiply: solve qᵗ = 1/times with logarithms",
        (EXACT, "(1 - 1 / times) / (1 - slowest)"),
    ),
    (
        "a distance that is above 1/times by rounding only is reached; allow for 1e-9 before you round up",
        (RESULT, "return int(np.ceil(exact))"),
    ),
    ("a factor of 1 or more never shrinks; return infinity", (NEVER, "        return 0")),
    (
        "a factor of exactly 1 does not shrink either: at the limit, and where there is no curvature, return infinity",
        ("if slowest >= 1:", "if slowest > 1:"),
        ("if slowest == 0:", "if slowest == 1:\n        return 0\n    if slowest == 0:"),
    ),
    ("a factor of 0 arrives in one step, not in none", ("        return 1", "        return 0")),
    (
        "the limit is 2/λ; from 1/λ on a walk swings, but still arrives",
        ("if slowest >= 1:", "if slowest >= 1 or rate * np.max(curvatures) > 1:"),
    ),
    (
        "one step divides the distance by 1/q, not by 1/(1 − q)",
        (FACTORS, "np.abs(rate * np.asarray(curvatures, dtype=float))"),
    ),
    (
        "the factor is 1 − rate · λ; for half the squared error there is no 2",
        (FACTORS, "np.abs(1 - 2 * rate * np.asarray(curvatures, dtype=float))"),
    ),
)

# Faults in a gradient --------------------------------------------------------------------------------------------

PLACES, DIFFERENCE = (
    "2 * np.sin(np.outer([1.0, 2.0, 3.0], np.arange(1, k + 1)))",
    "(f(place + step) - f(place - step)) / 2e-5",
)
NEAR, OFF, LAST = "1e-5 * np.max(np.abs(right))", "off = np.abs(claimed - right) > near", 'return "penalty"'
SIGN, SWAPPED = "if all(turned):", "if wrong == 2 and exchanged:"
MISSING, ONE_SIGN = "if wrong == 1 and gone:", "if wrong == 1 and all(turned[off]):"
ALONE = "exactly one slope is wrong here, and it is 0 or has the other sign; the others are right"
PENALTY = "what is left here is a penalty: the right slopes less the claimed ones are a multiple of w"
CLOSER = "a factor near 1 is a factor, and a small penalty is no rounding; compare the slopes more closely"
ROUNDING = "nearly all slopes look wrong here; take central differences, h = 1e-5, and allow for rounding"
EACH = "a fault may sit in any of the slopes; compare all of them"
GRADIENT_FAULT = (
    ("at w = 0 a penalty has no slope; check at random places", (PLACES, "np.zeros((1, k))")),
    (
        "the difference f(w + h) − f(w − h) spans 2h; divide by 2h",
        (DIFFERENCE, "(f(place + step) - f(place - step)) / 1e-5"),
    ),
    (ROUNDING, (DIFFERENCE, "(f(place + 100 * step) - f(place)) / 1e-3")),
    (ROUNDING, (DIFFERENCE, "(f(place + 1e-8 * step) - f(place - 1e-8 * step)) / 2e-13")),
    (ROUNDING, (NEAR, "0")),
    (ALONE, (MISSING, "if False:"), (ONE_SIGN, "if False:")),
    ('all signs are wrong, which is "sign"; the factor −1 has this word of its own', (SIGN, "if False:")),
    (
        "a slope that is always 0 is missing; its sign is not wrong",
        (MISSING, "if False:"),
        (ONE_SIGN, "if wrong == 1:"),
    ),
    ("a slope with the other sign is not missing", (MISSING, "if wrong == 1:")),
    ("two slopes are wrong here, and each is the other's: they have changed places", (SWAPPED, "if False:")),
    ("with two weights, two that are exchanged are all there are", (SWAPPED, "if k > 2 and wrong == 2 and exchanged:")),
    (PENALTY, (LAST, 'return "factor"')),
    (PENALTY, (LAST, 'return "right"')),
    (CLOSER, (NEAR, "0.05 * np.max(np.abs(right))")),
    (CLOSER, (NEAR, "0.004 * np.max(np.abs(right))")),
    (EACH, (OFF, f"claimed, right = claimed[:1], right[:1]\n        {OFF}")),
    (EACH, (OFF, f"claimed, right = claimed[-1:], right[-1:]\n        {OFF}")),
    (
        "only the sizes of the slopes are compared, which a wrong sign does not change",
        (OFF, "off = np.abs(np.abs(claimed) - np.abs(right)) > near"),
    ),
    ("the signs are compared here, not the slopes", (OFF, "off = np.sign(claimed) != np.sign(right)")),
)

# Walks that mend their rate --------------------------------------------------------------------------------------

START, STEP = "w = np.zeros(X.shape[1])", "w - rate * X.T @ loss.grad(X @ w, y)"
WORSE, HALVE, MOVE = "if its_risk > risk:", "            rate = rate / 2\n", "            w, risk = there, its_risk"
ELSE = "        else:\n            w, risk = there, its_risk"
AGAIN = (
    f"            while loss(X @ ({STEP}), y) > risk:\n                rate = rate / 2\n"
    f"            w = {STEP}\n            risk = loss(X @ w, y)\n"
)
CAREFUL_WALK = (
    ("the rate is never mended; halve it when the step would raise the risk", (HALVE, "            pass\n")),
    (
        "a step that raises the risk is made all the same; stay where you are",
        (ELSE, "        w, risk = there, its_risk"),
    ),
    (
        "the rate is mended only once; halve it whenever a step would raise the risk",
        (WORSE, "if its_risk > risk and rate == first:"),
        (START, "first = rate\n    " + START),
    ),
    (
        "the rate is halved after every step; only a step that would raise the risk does that",
        (
            WORSE,
            "if its_risk <= risk:\n            w, risk, rate = there, its_risk, rate / 2\n        elif True:",
        ),
    ),
    ("the rate is divided by 10; halve it", (HALVE, "            rate = rate / 10\n")),
    ("the rate grows here; halve it", (HALVE, "            rate = rate * 2\n")),
    ("the step goes uphill; walk against the slope", (STEP, "w + rate * X.T @ loss.grad(X @ w, y)")),
    ("a risk that stays the same is not raised; the rate stays too", (WORSE, "if its_risk >= risk:")),
    (
        "the risk is compared with that of the start; compare it with the risk at w",
        (MOVE, "            w = there"),
    ),
    (
        "a step that is not made counts as a step too; here it is tried again at once",
        (
            HALVE,
            HALVE + AGAIN,
        ),
    ),
    (
        "the walk stops at the first step that would raise the risk; go on with half the rate",
        (HALVE, HALVE + "            break\n"),
    ),
    ("this is one step too few", ("range(steps)", "range(steps - 1)")),
    ("this is one step too many", ("range(steps)", "range(steps + 1)")),
    (
        "the rate with which the walk began is returned; return the mended one",
        (START, "first = rate\n    " + START),
        ("return w, rate", "return w, first"),
    ),
    (
        "`loss.grad` is the slope of the mean already; do not divide by n again",
        (STEP, "w - rate * X.T @ loss.grad(X @ w, y) / len(y)"),
    ),
    (
        "`loss.grad` is the slope of the mean; do not multiply by n",
        (STEP, "w - rate * X.T @ loss.grad(X @ w, y) * len(y)"),
    ),
    ("the walk starts at w = 0, not at 1", (START, "w = np.ones(X.shape[1])")),
    (
        "this is the slope of the squared error whatever loss is given; ask `loss.grad`",
        (STEP, "w - rate * X.T @ (2 * (X @ w - y)) / len(y)"),
    ),
)
