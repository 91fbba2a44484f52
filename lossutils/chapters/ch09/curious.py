"""Folded, for the curious: the two directions of the divergence, and Newton's steps for the voters."""

from __future__ import annotations

import numpy as np

from lossutils import KullbackLeibler, SoftmaxCrossEntropy, data
from lossutils.numerics import softmax
from lossutils.plot.folded import curious


def two_directions() -> None:
    """Show that the Kullback–Leibler divergence has a direction."""
    half, sure, kl = [[0.5, 0.5]], [[0.9, 0.1]], KullbackLeibler()
    curious(
        "the divergence has a direction",
        r"$\mathrm{KL}(q, p)$ weighs each class by the target. For $q = (0.5, 0.5)$ and $p = (0.9, 0.1)$ it is "
        f"{kl(sure, half):.4f}, and with the two exchanged {kl(half, sure):.4f}. The first order punishes a prediction "
        "that gives nearly nothing to a class of the target. The second does not mind a class that is left out; it "
        "punishes a prediction where the target is nearly 0. Cross-entropy contains the divergence in the first order.",
    )


def newton(X, y, classes: int, steps: int) -> np.ndarray:
    """Return the weights (inputs, classes) of a linear softmax model after so many Newton steps from 0.

    Class 0 keeps the score 0, since only differences count.
    """
    W, free, q = np.zeros((X.shape[1], classes)), range(1, classes), np.eye(classes)[y]
    for _ in range(steps):
        p = softmax(X @ W)
        bend = [[p[:, [j]] * ((j == k) - p[:, [k]]) for k in free] for j in free]
        hessian = np.block([[X.T @ (b * X) for b in row] for row in bend])
        gradient = X.T @ (p - q)[:, 1:]
        W[:, 1:] -= np.linalg.solve(hessian, gradient.T.ravel()).reshape(len(free), -1).T
    return W


def voters_newton() -> None:
    """Show how Newton's steps reach the published loss of the voters, and what a coefficient says."""
    voters = data.anes96()
    party = voters["party"]
    X = np.column_stack(
        [np.ones(944), np.log(voters["population"] + 0.1), voters.matrix("self_lr", "age", "education", "income")]
    )
    loss = SoftmaxCrossEntropy()
    lines = [f"| {steps} | {944 * loss(X @ newton(X, party, 7, steps), party):.6f} |" for steps in range(6)]
    W = newton(X, party, 7, 7)
    right = np.mean((X @ W).argmax(axis=1) == party)
    curious(
        "five of Newton's steps, and what the voters' coefficients say",
        r"The curvature of one row's loss in its scores is the matrix $\mathrm{diag}(p) - p\,p^\top$. So with "
        "6 inputs, the constant included, and 6 free classes all second derivatives form a matrix of 36 rows. Newton's "
        "step divides the gradient by it.",
        "\n".join(["| steps | total loss of the 944 voters |", "|--:|--:|", *lines]),
        "Take two voters who differ only in where they see themselves: one is a step further to the right. The odds "
        f"of *strong Republican* against *strong Democrat* are {np.exp(W[2, 6]):.1f} times as high for her. The most "
        f"probable class is right for {100 * right:.0f} % of the voters.",
        "The loss does not know that the seven classes have an order. For a strong Democrat it finds *weak Democrat* "
        "as wrong as *strong Republican*.",
    )
