"""expected.py: writes expected.csv with mpmath (Debian's python3-mpmath): the means, shares and paired differences of
examples.csv from their definitions, in 40 digits, row by row; intervals by Student's t from linearised ratios (Cochran,
Sampling Techniques, 3rd ed., 1977, 2.39 and 6.9)."""
import csv
from mpmath import betainc, findroot, log, mp, mpf, sqrt

mp.dps = 40
rows = list(csv.DictReader(open("examples.csv")))
positive = [row["label"] == "1" for row in rows]


def quantile(level, freedom):
    within = lambda t: 1 - betainc(mpf(freedom) / 2, mpf(1) / 2, 0, freedom / (freedom + t * t), regularized=True)
    return findroot(lambda t: within(t) - level, 2)


def terms(column, gamma, alpha, threshold, weight):
    """Each example's weighted loss, and whether it is easy."""
    out = []
    for row, y in zip(rows, positive):
        pt = mpf(row[column]) if y else 1 - mpf(row[column])
        factor = 1 if alpha is None else alpha if y else 1 - alpha
        out.append((mpf(row["w"] if weight else 1) * factor * (1 - pt) ** gamma * -log(pt), pt >= threshold))
    return out


def half(added, level, cluster):
    """Of the examples, or of the sums over those of one cluster."""
    if cluster:
        sums = {}
        for row, e in zip(rows, added):
            sums[row[cluster]] = sums.get(row[cluster], 0) + e
        added = list(sums.values())
    n = len(added)
    return quantile(level, n - 1) * sqrt(mpf(n) / (n - 1) * sum(e * e for e in added))


def put(out, name, second, difference, width):
    out.writerow(settings + [name, mp.nstr(second, 20), mp.nstr(difference, 20), mp.nstr(difference - width, 20),
                             mp.nstr(difference + width, 20)])


with open("expected.csv", "w") as file:
    out = csv.writer(file, lineterminator="\n")
    out.writerow("model loss gamma alpha easy weighted cluster ci figure second difference low high".split())
    for model, loss, gamma, alpha, threshold, weighted, cluster, level in (
            ("b", "ce", 0, None, "0.5", "", "", "0.95"), ("b", "focal", 2, None, "0.5", "", "", "0.95"),
            ("b", "balanced-focal", 2, "0.25", "0.3", "w", "", "0.9"),
            ("c", "focal", "0.5", None, "0.8", "w", "", "0.99"), ("b", "ce", 0, None, "0.5", "", "page", "0.95"),
            ("c", "balanced-focal", 1, "0.4", "0.6", "w", "page", "0.8"),
            ("b", "trained", 2, "0.25", "0.5", "w", "", "0.95")):  # CE of the first, balanced FL of the second
        settings = [model, loss, gamma if loss != "ce" else "", alpha or "", threshold, weighted, cluster, level]
        given = mpf(gamma), alpha and mpf(alpha), mpf(threshold), weighted
        trained = loss == "trained"
        first = terms("a", *((0, None) + given[2:] if trained else given))
        second = terms(model, *given)
        weight = [mpf(row["w"] if weighted else 1) for row in rows]
        all1, all2 = sum(l for l, easy in first), sum(l for l, easy in second)
        difference = (all2 - all1) / sum(weight)
        added = [(l2 - l1 - w * difference) / sum(weight) for (l1, _), (l2, _), w in zip(first, second, weight)]
        if not trained:
            put(out, "mean", all2 / sum(weight), difference, half(added, mpf(level), cluster))
        for name, side, wanted in (("easy_neg", False, True), ("hard_neg", False, False), ("easy_pos", True, True),
                                   ("hard_pos", True, False)):
            z1 = [l if y == side and easy == wanted else 0 for (l, easy), y in zip(first, positive)]
            z2 = [l if y == side and easy == wanted else 0 for (l, easy), y in zip(second, positive)]
            share1, share2 = sum(z1) / all1, sum(z2) / all2
            added = [(b - share2 * l2) / all2 - (a - share1 * l1) / all1
                     for a, b, (l1, _), (l2, _) in zip(z1, z2, first, second)]
            put(out, name, share2, share2 - share1, half(added, mpf(level), cluster))
